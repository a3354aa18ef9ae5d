"""A widget that assistive tools see as a named group."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from app.ui.retranslate import Retranslated
from app.ui.widgets import accessible


class Group(Retranslated):
    """Holds what belongs together; `setAccessibleName` names it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        accessible.install()
        super().__init__(parent)


accessible.give_role(Group, QAccessible.Role.Grouping)
