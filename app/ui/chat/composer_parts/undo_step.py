"""Inserting text as one step of the undo history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QPlainTextEdit


@contextmanager
def undo_step(field: QPlainTextEdit) -> Iterator[None]:
    """Make what is inserted inside one step: Undo takes nothing with it that was typed right before or after."""
    cursor = field.textCursor()
    cursor.beginEditBlock()
    try:
        yield
        # Qt merges what is typed next into an insertion, but not into a deletion.
        end = field.textCursor()
        end.insertText(" ")
        end.deletePreviousChar()
    finally:
        cursor.endEditBlock()
