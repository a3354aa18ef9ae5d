"""A widget that assistive tools see as a named group."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import isValid

from app.ui.retranslate import Retranslated


class Group(Retranslated):
    """Holds what belongs together; `setAccessibleName` names it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        _install()
        super().__init__(parent)


class _GroupInterface(QAccessibleWidget):
    def role(self) -> QAccessible.Role:
        return QAccessible.Role.Grouping


# Qt's cache owns the interfaces by address; they may not be collected while their widgets live.
_interfaces: list[_GroupInterface] = []
_installed = False
_swept = 0


def _interface_for(_class_name: str, subject: QObject) -> QAccessibleInterface | None:
    global _swept
    if not isinstance(subject, Group):
        return None
    if len(_interfaces) > 2 * _swept + 64:
        _interfaces[:] = [interface for interface in _interfaces if isValid(interface)]
        _swept = len(_interfaces)
    interface = _GroupInterface(subject)
    _interfaces.append(interface)
    return interface


def _install() -> None:
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface_for)
