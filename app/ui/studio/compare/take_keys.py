"""What the keys do where takes are compared by ear."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

STEP_MS = 1_000


class TakeKey(NamedTuple):
    """What a key asks for. `value` is the place of a take from 1, or milliseconds of a step; `none` for a held key."""

    act: Literal["play", "step", "number", "star", "none"]
    value: int = 0


def take_key(event: QKeyEvent) -> TakeKey | None:
    """What a key without modifiers asks for; None for any other key."""
    key = event.key()
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier != Qt.KeyboardModifier.NoModifier:
        return None
    if key == Qt.Key.Key_Space:
        return TakeKey("none" if event.isAutoRepeat() else "play")
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        return TakeKey("step", STEP_MS if key == Qt.Key.Key_Right else -STEP_MS)
    if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
        return TakeKey("number", key - Qt.Key.Key_1 + 1)
    return TakeKey("star") if key == Qt.Key.Key_S else None
