"""The accessibility of things that speak up: role `alert`, and an event when they appear.

Only role and name are ours; everything else is Qt's. Overriding `interface_cast` here crashes.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QFrame, QWidget
from shiboken6 import isValid


class Alert(QFrame):
    """A frame that a screen reader announces when `announce()` is called; its name is `spoken()`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        _install()
        super().__init__(parent)

    def spoken(self) -> str:
        """What is announced."""
        raise NotImplementedError

    def announce(self) -> None:
        self.setAccessibleName(self.spoken())
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


class _AlertInterface(QAccessibleWidget):
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.AlertMessage


# Qt's cache owns the interfaces by address; they may not be collected while their widgets live.
_interfaces: list[_AlertInterface] = []
_installed = False


def _interface_for(_class_name: str, subject: QObject) -> QAccessibleInterface | None:
    if not isinstance(subject, Alert):
        return None
    _interfaces[:] = [interface for interface in _interfaces if isValid(interface)]
    interface = _AlertInterface(subject)
    _interfaces.append(interface)
    return interface


def _install() -> None:
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface_for)
