"""A widget that assistive technology sees as a named group."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from app.ui.retranslate import Retranslated
from app.ui.widgets import accessible


class AccessibleGroup(Retranslated):
    """Groups related widgets; `setAccessibleName` names the group."""

    def __init__(self, parent: QWidget | None = None) -> None:
        accessible.install()
        super().__init__(parent)


accessible.give_role(AccessibleGroup, QAccessible.Role.Grouping)
