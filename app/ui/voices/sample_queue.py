"""The samples of the Clone tab: files that were opened, takes, and recordings that are not saved as a voice."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.core.messages import new_id
from app.core.takes import Take
from app.core.voices import DraftSample, KeptRecording
from app.services.speech.ports import Blobs
from app.services.speech.sample_checks import Fix
from app.services.speech.sample_editor import SampleEdits
from app.ui.texts.numbers import seconds, short_date
from app.ui.texts.speech import voice_name
from app.ui.theme.icons import Icon
from app.ui.voices.sample_bar import SampleBar
from app.ui.widgets.row_model import Row

_COPY_BLOCK = 1 << 20

SourceKind = Literal["file", "recording", "take"]
"""Where a sample comes from."""


class SampleEntry(NamedTuple):
    """One sample that can be opened. `edits` are those made when it was open last; `path` is that of a file."""

    key: str
    kind: SourceKind
    path: Path
    take: Take | None = None
    recording: KeptRecording | None = None
    edits: SampleEdits | None = None


class SampleQueue(QObject):
    """The list of the samples.

    Signals:
        changed: a sample was added, removed, opened or edited.

    Attributes:
        current: key of the open sample; empty for none.
    """

    changed = Signal()

    def __init__(self, bar: SampleBar, blobs: Blobs) -> None:
        super().__init__(bar)
        self._bar, self._blobs = bar, blobs
        self._entries: list[SampleEntry] = []
        self.current = ""

    @property
    def recordings(self) -> tuple[KeptRecording, ...]:
        """The recordings that are not saved as a voice, oldest first."""
        return tuple(entry.recording for entry in self._entries if entry.recording is not None)

    def get(self, key: str) -> SampleEntry | None:
        return next((entry for entry in self._entries if entry.key == key), None)

    def add_file(self, path: Path) -> SampleEntry:
        """List a file; one that is listed already stays where it is."""
        return self.find_file(path) or self._add(SampleEntry(new_id(), "file", path))

    def find_file(self, path: Path) -> SampleEntry | None:
        """The entry of a file; None if it is not listed."""
        return next((entry for entry in self._entries if entry.kind == "file" and entry.path == path), None)

    def add_take(self, take: Take) -> SampleEntry:
        """List a take with sound."""
        known = next((entry for entry in self._entries if entry.take is not None and entry.take.id == take.id), None)
        return known or self._add(SampleEntry(new_id(), "take", self._blobs.path(take.audio), take))

    def keep_recording(self, path: Path, duration: float) -> KeptRecording:
        """Store a recording of `duration` seconds. Blocks: call it in a thread. Raises StorageError."""
        writer = self._blobs.writer()
        try:
            with path.open("rb") as file:
                while piece := file.read(_COPY_BLOCK):
                    writer.write(piece)
            digest = writer.finish()
        except BaseException:
            writer.abandon()
            raise
        return KeptRecording(new_id(), digest, time.time(), duration)

    def add_recording(self, recording: KeptRecording) -> SampleEntry:
        """List a stored recording."""
        path = self._blobs.path(recording.audio)
        return self._add(SampleEntry(recording.id, "recording", path, recording=recording))

    def set_entries(self, entries: Iterable[SampleEntry]) -> None:
        """List the samples of an earlier run before those of this one."""
        earlier = [entry for entry in entries if self.get(entry.key) is None and not self._is_listed_file(entry)]
        self._entries[:0] = earlier
        self.show()

    def insert(self, place: int, entry: SampleEntry) -> None:
        """List a sample of an earlier run where it was."""
        if self.get(entry.key) is None:
            self._entries.insert(place, entry)
            self.show()
            self.changed.emit()

    def _is_listed_file(self, entry: SampleEntry) -> bool:
        return entry.kind == "file" and self.find_file(entry.path) is not None

    def recording_entry(self, recording: KeptRecording) -> SampleEntry:
        """The entry of a recording of an earlier run."""
        return SampleEntry(recording.id, "recording", self._blobs.path(recording.audio), recording=recording)

    def take_entry(self, key: str, take: Take) -> SampleEntry:
        """The entry of a take that was listed in an earlier run."""
        return SampleEntry(key, "take", self._blobs.path(take.audio), take)

    def drafts(self) -> tuple[DraftSample, ...]:
        """What is stored of the list."""
        return tuple(draft_of(entry) for entry in self._entries)

    def remove(self, key: str) -> SampleEntry | None:
        """Take a sample off the list, and return it for `put_back`."""
        entry = self.get(key)
        if entry is not None:
            self._entries.remove(entry)
        self.current = "" if self.current == key else self.current
        self.show()
        self.changed.emit()
        return entry

    def put_back(self, entry: SampleEntry) -> None:
        """List a sample again that was removed."""
        self._add(entry)

    def keep_edits(self, edits: SampleEdits) -> None:
        """Remember what is done to the open sample."""
        self._entries = [entry._replace(edits=edits) if entry.key == self.current else entry for entry in self._entries]
        self.changed.emit()

    def set_current(self, key: str) -> None:
        self.current = key
        self.show()
        self.changed.emit()

    def show(self) -> None:
        """Show the list in the current language."""
        self._bar.queue_model.set_rows([_row(entry) for entry in self._entries])
        self._bar.queue.select_key(self.current or None)
        self._bar.show_queue()

    def _add(self, entry: SampleEntry) -> SampleEntry:
        self._entries.append(entry)
        self.show()
        self.changed.emit()
        return entry


def draft_of(entry: SampleEntry) -> DraftSample:
    """What is stored of an entry; the recording itself is stored beside it."""
    path = str(entry.path) if entry.kind == "file" else ""
    draft = DraftSample(entry.key, path, entry.take.id if entry.take is not None else "")
    edits = entry.edits
    if edits is None:
        return draft
    fixes, shrunk = (tuple(sorted(fix.value for fix in some)) for some in (edits.fixes, edits.shrunk))
    former = tuple((fix.value, trim) for fix, trim in edits.former)
    return msgspec.structs.replace(draft, trim=edits.trim, fixes=fixes, former=former, shrunk=shrunk)


def edits_of(draft: DraftSample) -> SampleEdits | None:
    """What was done to a stored sample; None if it was never opened. A fix that is no longer known is left out."""
    if draft.trim[1] <= draft.trim[0]:
        return None
    known = {fix.value for fix in Fix}
    fixes, shrunk = (frozenset(Fix(fix) for fix in some if fix in known) for some in (draft.fixes, draft.shrunk))
    former = tuple((Fix(fix), trim) for fix, trim in draft.former if fix in known)
    return SampleEdits(None, draft.trim, fixes, former, shrunk)


def entry_name(entry: SampleEntry) -> str:
    """The name under which a sample is shown."""
    if entry.take is not None:
        return voice_name(entry.take) or QCoreApplication.translate("Voices", "Take")
    if entry.recording is not None:
        return QCoreApplication.translate("Voices", "Recording")
    return entry.path.name


def _row(entry: SampleEntry) -> Row:
    if entry.recording is not None:
        text = QCoreApplication.translate("Voices", "recorded {date} · {t}")
        detail = text.format(date=short_date(entry.recording.created), t=seconds(entry.recording.seconds))
        return Row(entry.key, entry_name(entry), detail, icon=Icon.MIC)
    if entry.take is not None:
        detail = " ".join(entry.take.text.split())
        return Row(entry.key, entry_name(entry), detail, icon=Icon.STUDIO)
    return Row(entry.key, entry_name(entry), str(entry.path.parent), icon=Icon.FILE)
