"""Fills the fields of a tab with what was typed there in an earlier run, and saves what is typed."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, SignalInstance

from app.core.voices import VoiceDraft
from app.services.speech.voice_drafts import VoiceDrafts


class DraftFields(QObject):
    """Connects the fields of a tab to its draft."""

    def __init__(
        self,
        parent: QObject,
        drafts: VoiceDrafts,
        read: Callable[[], VoiceDraft],
        show: Callable[[VoiceDraft], None],
        *changes: SignalInstance,
    ) -> None:
        """`read` returns what the fields show; `changes` are emitted when that may have changed."""
        super().__init__(parent)
        self._drafts, self._read, self._show, self._changes = drafts, read, show, changes
        self._untouched = read()

    async def load(self) -> None:
        """Show the draft, in fields that nothing was typed in meanwhile. Raises StorageError."""
        try:
            await self._drafts.load()
        finally:
            now, draft = self._read(), self._drafts.get(self._untouched.id)
            if draft is not None:
                typed = {name: value for name, value in _fields(now) if value != getattr(self._untouched, name)}
                self._show(msgspec.structs.replace(draft, **typed))
            for change in self._changes:
                change.connect(self._save)
            if now != self._untouched:
                self._save()

    def _save(self) -> None:
        self._drafts.edit(self._read())


def _fields(draft: VoiceDraft) -> list[tuple[str, object]]:
    return [(name, getattr(draft, name)) for name in draft.__struct_fields__]
