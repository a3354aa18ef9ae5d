"""Chips with texts of the user, such as tags, in a row that wraps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.icons import Icon
from app.ui.widgets.chips import Chip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.presentation_cover import presentation_cover


class CoveredChip(Chip):
    """A chip whose text, which comes from the user, is masked while the presentation cover is active."""

    def __init__(self, text: str, icon: Icon | None = None, *, name: str = "") -> None:
        """`name` is the accessible name, by default the text."""
        self._full_text, self._name = text, name or text
        super().__init__(text, icon, checkable=False)

    def restyle(self) -> None:
        mask = presentation_cover().mask
        self.setText(mask(self._full_text).replace("&", "&&"))
        self.setAccessibleName(mask(self._name))
        super().restyle()


class ChipRow(QWidget):
    """Chips that wrap.

    Signals:
        pressed: the key of the chip that was pressed.
    """

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self)
        self._shown: tuple[bool | tuple[str, str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Add a control behind the chips."""
        self._flow.addWidget(widget)

    def show_chips(
        self, chips: Sequence[tuple[str, str, str]], icon: Icon | None = None, *, enabled: bool = True
    ) -> None:
        """Show chips, each with its key, text and accessible name."""
        if (enabled, *chips) == self._shown:
            return
        self._shown = (enabled, *chips)
        others: list[QWidget] = []
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if isinstance(widget, CoveredChip):
                widget.hide()
                widget.deleteLater()
            elif widget is not None:
                others.append(widget)
        for key, text, name in chips:
            chip = CoveredChip(text, icon, name=name)
            chip.setEnabled(enabled)
            chip.clicked.connect(lambda _on=False, key=key: self.pressed.emit(key))
            self._flow.addWidget(chip)
            chip.show()
        for widget in others:
            self._flow.addWidget(widget)
        self.updateGeometry()
