"""The rows of the voice library: what each says, and which voice plays."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from app.services.speech.library_entries import LibraryEntry
from app.ui.texts.voice_library import card_badge, kind_line
from app.ui.theme.icons import Icon
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import Row, RowModel, RowRole

_Index = QModelIndex | QPersistentModelIndex

SOURCE_ICONS = {"builtin": Icon.VOICES, "designed": Icon.WAND, "cloned": Icon.MIC, "take": Icon.STUDIO}


class VoiceRole(IntEnum):
    """Item roles in addition to those of `RowRole`."""

    PLAYING = RowRole.MARKS + 1
    PEAKS = RowRole.MARKS + 2
    TAGS = RowRole.MARKS + 3
    STARRED = RowRole.MARKS + 4


class VoiceModel(RowModel):
    """The entries of the library."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[LibraryEntry] = []
        self._places: dict[str, int] = {}
        self._playing: str | None = None

    def set_entries(self, entries: Sequence[LibraryEntry]) -> None:
        changed = [
            place for place, (old, new) in enumerate(zip(self._entries, entries, strict=False)) if old is not new
        ]
        self._entries = list(entries)
        self._places = {entry.id: place for place, entry in enumerate(entries)}
        self.set_rows([
            Row(
                entry.id, entry.name, kind_line(entry), card_badge(entry), "warn", icon=SOURCE_ICONS[entry.source],
            )
            for entry in entries
        ])  # fmt: skip
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def entry(self, key: str | None) -> LibraryEntry | None:
        place = self._places.get(key or "")
        return None if place is None else self._entries[place]

    def row_of(self, key: str) -> int:
        return self._places.get(key, -1)

    def entries(self) -> Sequence[LibraryEntry]:
        return self._entries

    def is_playing(self, entry: LibraryEntry) -> bool:
        return entry.id == self._playing

    def set_playing(self, key: str | None) -> None:
        """Mark the voice that is playing, None for none."""
        if key != self._playing:
            self._playing = key
            if self.rowCount():
                self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry, mask = self._entries[index.row()], presentation_cover().mask
        match role:
            case VoiceRole.PLAYING:
                return self.is_playing(entry)
            case VoiceRole.PEAKS:
                return entry.peaks
            case VoiceRole.TAGS:
                return tuple(map(mask, entry.tags))
            case VoiceRole.STARRED:
                return entry.favourite
            case Qt.ItemDataRole.AccessibleTextRole:
                spoken = (super().data(index, role), *map(mask, entry.tags), mask(_remark(entry)))
                return ", ".join(part for part in spoken if part)
        return super().data(index, role)


def _remark(entry: LibraryEntry) -> str:
    """What is known of a voice beside its name, on one line: its note, or its description."""
    voice = entry.voice
    return " ".join(((voice.note or voice.description) if voice is not None else "").split())
