"""The note of the take that is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from app.core.takes import Take
from app.ui.widgets.fields import LineField

_PAUSE_MS = 400


class TakeNote(QObject):
    """What is typed belongs to the take it was typed for, and is kept a moment later, however it came there."""

    def __init__(self, field: LineField, keep: Callable[[str, str], None]) -> None:
        """`keep` takes the id of a take and its note."""
        super().__init__(field)
        self._field, self._keep = field, keep
        self._take, self._kept = "", ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        field.editingFinished.connect(self.keep)
        # Nobody presses Enter after a note.
        field.textChanged.connect(lambda _text: self._pause.start())

    def show(self, take: Take | None) -> None:
        """Another take, or a newer state of the same one; what is being typed for that stays."""
        key, note = (take.id, take.note) if take is not None else ("", "")
        if key != self._take:
            self.keep()
        elif self._field.text() != self._kept:
            return
        self._take, self._kept = key, note
        if note != self._field.text():
            # Words that stand there already keep their cursor, and what can be undone.
            self._field.setText(note)
        self._pause.stop()

    def keep(self) -> None:
        self._pause.stop()
        note = self._field.text()
        if self._take and note != self._kept:
            self._kept = note
            self._keep(self._take, note)

    def pending(self, take: Take) -> str | None:
        """What was typed for a take and not kept, for whoever keeps it himself; None for nothing."""
        note = self._field.text()
        if take.id != self._take or note == self._kept:
            return None
        self._kept = note
        self._pause.stop()
        return note
