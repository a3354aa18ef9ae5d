"""Exports many takes into a folder: format, sample rate, loudness and tags as asked, no file ever replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec
import numpy as np

from app.core.errors import AudioError, Code, StorageError, WorkbenchError
from app.core.export_names import unique_file_names
from app.core.tags import plain
from app.core.takes import Take
from app.services.atomic_write import not_written
from app.services.speech.loudness_matching import TargetGain, target_gain
from app.services.speech.ports import Audio, Blobs, Sound
from app.services.stoppable_thread import Check, run_stoppable

ExportFormat = Literal["wav", "flac", "mp3", "ogg"]
FORMATS: tuple[ExportFormat, ...] = ("wav", "flac", "mp3", "ogg")
RATES = (8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
"""The sample rates that every format takes."""
SOFTWARE = "MiMo Workbench"
SETTINGS_ENDING = ".json"
_ENDS_EXPORT = frozenset({Code.DISK_FULL, Code.FILE_NOT_WRITTEN, Code.FOLDER_MISSING})
"""What would happen to the next file as well."""
_MAX_TITLE = 120


class ExportOptions(NamedTuple):
    """How takes are exported.

    Attributes:
        rate: frames per second; 0 as delivered.
        target_lufs: loudness, with true peaks up to `peak_limit_dbtp`; None as delivered.
        has_tags: whether title, artist, comment, date and software are written into the file.
        has_settings: whether all settings of the take are saved: in a WAV file, or in a JSON file beside any other.
    """

    format: ExportFormat = "wav"
    rate: int = 0
    target_lufs: float | None = None
    peak_limit_dbtp: float = -1.0
    has_tags: bool = True
    has_settings: bool = True

    @property
    def companion(self) -> str:
        """The ending of the file that is written beside each; empty for none."""
        return SETTINGS_ENDING if self.has_settings and self.format != "wav" else ""


class ExportedTake(NamedTuple):
    """A take, the name of its file with its ending, and what its tags say beside what it says itself."""

    take: Take
    name: str
    artist: str = ""
    album: str = ""


class ExportOutcome(NamedTuple):
    """What became of one take: its file and the gain in it, or why there is none."""

    path: Path | None = None
    gain: TargetGain = TargetGain(0.0)
    error: WorkbenchError | None = None


def ending_of(take: Take, format_: ExportFormat) -> str:
    """The ending of the exported file. What can't be decoded here is exported as it came."""
    if take.frames:
        return f".{format_}"
    return ".pcm" if take.container == "pcm16" else f".{take.container}"


def names_in(folder: Path) -> list[str]:
    """The names of everything in a folder; none if it can't be read. Blocks."""
    with suppress(OSError):
        return [entry.name for entry in folder.iterdir()]
    return []


class TakeExport:
    """Writes takes into a folder, one after the other."""

    def __init__(self, blobs: Blobs, audio: Audio) -> None:
        self._blobs, self._audio = blobs, audio

    async def run(
        self,
        takes: Sequence[ExportedTake],
        folder: Path,
        options: ExportOptions,
        report: Callable[[int, ExportOutcome | None], object] = lambda _place, _outcome: None,
    ) -> list[ExportOutcome]:
        """Export takes; `report` is called with the place of each, when it begins with None and at its end.

        A take that can't be exported is left out, and its outcome has the reason. Raises FOLDER_MISSING,
        FILE_NOT_WRITTEN and DISK_FULL, after which nothing more is written. If this is cancelled, finished files stay,
        and nothing is left of the one that was being written.
        """
        outcomes: list[ExportOutcome] = []
        for place, item in enumerate(takes):
            report(place, None)
            try:
                # Whoever is told may cancel this: then the file is not begun.
                await asyncio.sleep(0)
                outcome = await run_stoppable(partial(self._export, item, folder, options), partial(report, place))
            except WorkbenchError as error:
                if error.code in _ENDS_EXPORT:
                    raise
                outcome = ExportOutcome(error=error)
            outcomes.append(outcome)
            report(place, outcome)
        return outcomes

    def _export(self, item: ExportedTake, folder: Path, options: ExportOptions, check: Check) -> ExportOutcome:
        if not item.take.audio:
            raise AudioError(Code.SOUND_EMPTY)
        content = self._blobs.read(item.take.audio)
        check()
        if not item.take.frames:
            return ExportOutcome(_write_new(folder, item.name, "", lambda path: _write_bytes(path, content)))
        sound, gain = self._prepared(content, options, check)
        tags = tags_of(item) if options.has_tags else {}
        settings = _settings_of(item.take) if options.has_settings else None

        def write(path: Path) -> None:
            self._audio.write_sound(
                path, sound, options.format, metadata=tags, settings=settings, replace=False, check=check
            )

        return ExportOutcome(_write_new(folder, item.name, options.companion, write), gain)

    def _prepared(self, content: bytes, options: ExportOptions, check: Check) -> tuple[Sound, TargetGain]:
        sound = self._audio.read_sound(content)
        check()
        samples, rate = sound.samples, options.rate or sound.rate
        if rate != sound.rate:
            samples = self._audio.resample(samples, sound.rate, rate)
            check()
        gain = TargetGain(0.0)
        if options.target_lufs is not None:
            # Measured as it is exported: another sample rate moves the peaks.
            measured = self._audio.measure(samples, rate)
            check()
            gain = target_gain(measured.integrated, measured.true_peak, options.target_lufs, options.peak_limit_dbtp)
            samples = samples * np.float32(10 ** (gain.gain / 20))
        return self._audio.make_sound(samples, rate), gain


def tags_of(item: ExportedTake) -> dict[str, str]:
    """What other programs show of a file: what is said, who says it, and when it was made."""
    take = item.take
    text = take.spoken or take.text
    tags = {
        "title": plain(text)[:_MAX_TITLE],
        "artist": item.artist or take.voice.name or take.voice.id,
        "album": item.album,
        "comment": text,
        "lyrics": text,
        "date": datetime.fromtimestamp(take.created).date().isoformat() if take.created else "",
        "software": SOFTWARE,
    }
    # A tag ends at a zero byte in most formats.
    return {name: text.replace("\0", "") for name, text in tags.items() if text.strip("\0 ")}


def _settings_of(take: Take) -> dict[str, Any]:
    settings: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(take, peaks=b""))
    return settings


def _write_new(folder: Path, name: str, companion: str, write: Callable[[Path], None]) -> Path:
    """Write a file that was not there, under the first name that is free. Raises FOLDER_MISSING and as `write`."""
    tried: list[str] = []
    while True:
        if not folder.is_dir():
            raise StorageError(Code.FOLDER_MISSING, path=str(folder))
        # The plan saw the folder as it was; what came since gets a number too.
        free = unique_file_names([name], [*names_in(folder), *tried], companion)[0]
        tried.append(free)
        with suppress(FileExistsError):
            write(folder / free)
            return folder / free


def _write_bytes(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise
    except OSError as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise not_written(path, error) from error
