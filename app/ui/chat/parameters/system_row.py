"""The row of the system prompt: the choice of a preset is beside its name, or below where both are too wide."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent

from app.ui.chat.parameters.row import ParameterRow
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import TextArea


class SystemRow(ParameterRow):
    """Keeps the name of the preset readable, however narrow the panel is and whatever stands beside it."""

    def __init__(self, prompt: TextArea, preset: Choice) -> None:
        self._preset: Choice | None = None
        super().__init__("system", prompt, beside=False)
        self._preset = preset
        self.head.addWidget(preset)

    def event(self, event: QEvent) -> bool:
        is_handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place_preset()
        return is_handled

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_preset()

    def _place_preset(self) -> None:
        preset = self._preset
        if preset is None:
            return
        parts = [part for part in (self.caption, self.info, self.changed, self.lock, preset) if not part.isHidden()]
        wide = sum(part.sizeHint().width() for part in parts) + len(parts) * self.head.spacing()
        is_beside = self.head.indexOf(preset) >= 0
        if is_beside == (wide <= self.width()):
            return
        if is_beside:
            self.head.removeWidget(preset)
            self.body.insertWidget(1, preset, 0, Qt.AlignmentFlag.AlignRight)
        else:
            self.body.removeWidget(preset)
            self.head.addWidget(preset)
