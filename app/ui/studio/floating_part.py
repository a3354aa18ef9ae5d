"""A part of the text panel that can also lie over the text."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent

from app.ui.widgets.panel import Panel


class FloatingPart(Panel):
    """Holds a part of the text panel. It has a border and a background only while it floats."""

    def __init__(self, inset: int = 0) -> None:
        """`inset`: distance in pixels to the border while it floats."""
        super().__init__()
        self._inset = inset
        self._is_floating = False
        self.body.setContentsMargins(0, 0, 0, 0)

    def set_floating(self, floating: bool) -> None:
        """Lie over something, or be a part of the panel around."""
        self._is_floating = floating
        inset = self._inset if floating else 0
        self.body.setContentsMargins(inset, inset, inset, inset)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_floating:
            super().paintEvent(event)
