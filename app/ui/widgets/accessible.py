"""Accessible interfaces for widgets that Qt describes wrongly or crashes on.

Qt's own interface of a scroll area (QAccessibleAbstractScrollArea::child, Qt 6.11) reads past the end of its list when
asked for a scroll bar that has just been hidden: a screen reader that counts the children and then asks for the last
one crashes the program. Here a scroll area is described like any other widget, whose children do not change.

Only the role is overridden, or with an interface of its own also state and actions; everything else is Qt's.
Overriding `interface_cast` here crashes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QScrollArea, QWidget
from shiboken6 import isValid

Make = Callable[[Any], QAccessibleWidget]
"""Makes the interface of a widget."""


def _with_role(role: QAccessible.Role) -> Make:
    return lambda widget: QAccessibleWidget(widget, role)


_makers: dict[type[QWidget], Make] = {QScrollArea: _with_role(QAccessible.Role.Client)}
# Qt's cache holds the interfaces by address; they must not be garbage-collected while their widgets live.
_interfaces: list[QAccessibleWidget] = []
_installed = False
_live_at_last_sweep = 0


def give_role(kind: type[QWidget], role: QAccessible.Role) -> None:
    """Give every widget of this class created from now on the role `role`."""
    _makers[kind] = _with_role(role)


def give_interface(kind: type[QWidget], make: Make) -> None:
    """Give every widget of this class created from now on an interface of its own."""
    _makers[kind] = make


def install() -> None:
    """Install the interface factory for widgets created from now on. Needs the application. Idempotent."""
    global _installed
    if not _installed:
        _installed = True
        QAccessible.installFactory(_interface_for)


def _interface_for(_class_name: str, subject: QObject) -> QAccessibleInterface | None:
    global _live_at_last_sweep
    if not isinstance(subject, QWidget):
        return None
    make = next((make for kind, make in _makers.items() if isinstance(subject, kind)), None)
    if make is None:
        return None
    if len(_interfaces) > 2 * _live_at_last_sweep + 64:
        _interfaces[:] = [interface for interface in _interfaces if isValid(interface)]
        _live_at_last_sweep = len(_interfaces)
    interface = make(subject)
    _interfaces.append(interface)
    return interface
