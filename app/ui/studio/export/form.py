"""Parts of the forms of the export page."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import PrimaryButton, ordinary_look
from app.ui.widgets.labels import Caption
from app.ui.widgets.painted_button import Look


class CaptionedField(QWidget):
    """A caption above one or more controls."""

    def __init__(self, *controls: QWidget) -> None:
        super().__init__()
        self._caption = Caption()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        column.addWidget(self._caption)
        for control in controls:
            column.addWidget(control)

    def set_caption(self, text: str) -> None:
        self._caption.setText(text)


class RunButton(PrimaryButton):
    """Begins something; while that runs, it is an ordinary button that stops it."""

    def __init__(self) -> None:
        self._runs = False
        super().__init__()

    def look(self) -> Look:
        return ordinary_look(self) if self._runs else super().look()

    def show_state(self, name: str, *, runs: bool) -> None:
        """Name the button for what a press does now."""
        self._runs = runs
        self.set_glyph(Icon.STOP if runs else None)
        self.setText(name)
        self.setAccessibleName(name)
