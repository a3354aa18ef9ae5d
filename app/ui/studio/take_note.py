"""The note of the take that is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.core.takes import Take
from app.ui.widgets.fields import LineField

_AUTOSAVE_DELAY_MS = 400


class TakeNote(QObject):
    """What is typed belongs to the take it was typed for, and is kept a moment later, however it came there."""

    def __init__(self, field: LineField, save: Callable[[str, str], None]) -> None:
        """`keep` takes the id of a take and its note."""
        super().__init__(field)
        self._field, self._save = field, save
        self._take_id, self._saved = "", ""
        self._autosave = QTimer(self, singleShot=True, interval=_AUTOSAVE_DELAY_MS)
        self._autosave.timeout.connect(self.save)
        field.editingFinished.connect(self.save)
        # Nobody presses Enter after a note.
        field.textChanged.connect(lambda _text: self._autosave.start())

    def show(self, take: Take | None) -> None:
        """Another take, or a newer state of the same one; what is being typed for that stays."""
        take_id, note = (take.id, take.note) if take is not None else ("", "")
        if take_id != self._take_id:
            self.save()
        elif self._field.text() != self._saved:
            return
        self._take_id, self._saved = take_id, note
        if note != self._field.text():
            # Words that stand there already keep their cursor, and what can be undone.
            self._field.setText(note)
        self._autosave.stop()

    def save(self) -> None:
        self._autosave.stop()
        note = self._field.text()
        if self._take_id and note != self._saved:
            self._saved = note
            self._save(self._take_id, note)

    def take_pending(self, take: Take) -> str | None:
        """What was typed for a take and not kept, for whoever keeps it himself; None for nothing."""
        note = self._field.text()
        if take.id != self._take_id or note == self._saved:
            return None
        self._saved = note
        self._autosave.stop()
        return note
