"""A parameter that is on or off: the switch at the right of its name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from app.ui.chat.parameters.row import ParameterRow
from app.ui.theme.tokens import Type
from app.ui.widgets.labels import Hint
from app.ui.widgets.switch import Switch


class SwitchRow(ParameterRow):
    """A switch; a click on its name toggles it too.

    Attributes:
        switch: carries the accessible name.
        hint: a remark below, hidden while empty.
    """

    def __init__(self, name: str) -> None:
        self.switch = Switch()
        super().__init__(name, self.switch, beside=True)
        self.caption.set_ink("text")
        self.caption.set_size(Type.CONTROL)
        self.hint = Hint(wrap=True)
        self.hint.hide()
        self.body.addWidget(self.hint)
        self.setFocusProxy(self.switch)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        under: QWidget | None = self.childAt(event.position().toPoint())
        is_name = under is None or under is self.caption
        if event.button() == Qt.MouseButton.LeftButton and is_name and self.switch.isEnabled():
            self.switch.click()
