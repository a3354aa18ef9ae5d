"""Edits the note of the selected take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from app.ui.widgets.fields import LineField

_AUTOSAVE_DELAY_MS = 400


class Noted(Protocol):
    """What has a note: a take, or a voice."""

    @property
    def id(self) -> str: ...
    @property
    def note(self) -> str: ...


class TakeNote(QObject):
    """Saves a note shortly after it changes, for the take it was typed for, whether typed or set by a tool.

    It does the same for voices of the library.
    """

    def __init__(self, field: LineField, save: Callable[[str, str], object]) -> None:
        """`save` takes the id of a take and its note."""
        super().__init__(field)
        self._field, self._save = field, save
        self._take_id, self._saved = "", ""
        self._autosave = QTimer(self, singleShot=True, interval=_AUTOSAVE_DELAY_MS)
        self._autosave.timeout.connect(self.save)
        field.editingFinished.connect(self.save)
        # Save without Enter: few users press it after a note.
        field.textChanged.connect(lambda _text: self._autosave.start())

    def show(self, take: Noted | None) -> None:
        """Show another take, or a newer state of the same one; unsaved text for the latter stays."""
        take_id, note = (take.id, take.note) if take is not None else ("", "")
        is_other = take_id != self._take_id
        if is_other:
            self.save()
        elif self._field.text() != self._saved:
            return
        self._take_id, self._saved = take_id, note
        if is_other or note != self._field.text():
            # Setting the same text again would lose the cursor position and the undo history of the take.
            self._field.setText(note)
        self._autosave.stop()

    def save(self) -> None:
        self._autosave.stop()
        note = self._field.text()
        if self._take_id and note != self._saved:
            self._saved = note
            self._save(self._take_id, note)

    def pending(self) -> tuple[str, str] | None:
        """The id of a take and its unsaved note, which the caller then saves; None if there is none."""
        note = self._field.text()
        if not self._take_id or note == self._saved:
            return None
        self._saved = note
        self._autosave.stop()
        return self._take_id, note
