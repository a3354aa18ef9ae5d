"""How assistive tools see the widgets that Qt would describe wrongly, or not survive describing.

Qt's own description of a scroll area (QAccessibleAbstractScrollArea::child, Qt 6.11) reads beyond its list when it is
asked for a scroll bar that has just been hidden: a screen reader that counts the children and then asks for the last
one would end the program. Here a scroll area is described like any other widget, whose children are always the same.

Only the role is ours; everything else is Qt's. Overriding `interface_cast` here crashes.
"""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea, QWidget
from shiboken6 import isValid

_roles: dict[type[QWidget], QAccessible.Role] = {QScrollArea: QAccessible.Role.Client}
# Qt's cache owns the interfaces by address; they may not be collected while their widgets live.
_interfaces: list[QAccessibleWidget] = []
_installed = False
_swept = 0


def give_role(kind: type[QWidget], role: QAccessible.Role) -> None:
    """Every widget of this kind has that role from now on."""
    _roles[kind] = role


def install() -> None:
    """Describe widgets that are made from now on; needs the application. More calls do nothing."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface_for)


def _interface_for(_class_name: str, subject: QObject) -> QAccessibleInterface | None:
    global _swept
    if not isinstance(subject, QWidget):
        return None
    role = next((role for kind, role in _roles.items() if isinstance(subject, kind)), None)
    if role is None:
        return None
    if len(_interfaces) > 2 * _swept + 64:
        _interfaces[:] = [interface for interface in _interfaces if isValid(interface)]
        _swept = len(_interfaces)
    interface = QAccessibleWidget(subject, role)
    _interfaces.append(interface)
    return interface
