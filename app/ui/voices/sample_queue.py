"""The samples of the Clone tab: files that were opened, takes, and recordings that are not saved as a voice."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.core.messages import new_id
from app.core.takes import Take
from app.core.voices import KeptRecording
from app.services.speech.ports import Blobs
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
        recordings_changed: a recording was added or removed.

    Attributes:
        current: key of the open sample; empty for none.
    """

    recordings_changed = Signal()

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
        entry = self._add(SampleEntry(recording.id, "recording", path, recording=recording))
        self.recordings_changed.emit()
        return entry

    def set_recordings(self, recordings: tuple[KeptRecording, ...]) -> None:
        """List the recordings of an earlier run."""
        known = {entry.key for entry in self._entries}
        for recording in recordings:
            if recording.id not in known:
                path = self._blobs.path(recording.audio)
                self._entries.append(SampleEntry(recording.id, "recording", path, recording=recording))
        self.show()

    def remove(self, key: str) -> SampleEntry | None:
        """Take a sample off the list, and return it for `put_back`."""
        entry = self.get(key)
        if entry is not None:
            self._entries.remove(entry)
            if entry.recording is not None:
                self.recordings_changed.emit()
        self.current = "" if self.current == key else self.current
        self.show()
        return entry

    def put_back(self, entry: SampleEntry) -> None:
        """List a sample again that was removed."""
        self._add(entry)
        if entry.recording is not None:
            self.recordings_changed.emit()

    def keep_edits(self, edits: SampleEdits) -> None:
        """Remember what is done to the open sample."""
        self._entries = [entry._replace(edits=edits) if entry.key == self.current else entry for entry in self._entries]

    def set_current(self, key: str) -> None:
        self.current = key
        self.show()

    def show(self) -> None:
        """Show the list in the current language."""
        self._bar.queue_model.set_rows([_row(entry) for entry in self._entries])
        self._bar.queue.select_key(self.current or None)
        self._bar.show_queue()

    def _add(self, entry: SampleEntry) -> SampleEntry:
        self._entries.append(entry)
        self.show()
        return entry


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
