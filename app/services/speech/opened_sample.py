"""Opens a file as a clone sample: whole, or the best part of one that is too long to be held in memory."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.core.errors import AudioError, Code
from app.core.units import seconds_to_frames
from app.services.speech.best_stretch import FRAME_SECONDS, best_stretch, quiet_frames
from app.services.speech.ports import Audio, Sound, SoundOutline
from app.services.speech.sample_checks import GOOD_SPEECH_SECONDS

MAX_OPEN_BYTES = 240 * 1024 * 1024
"""Decoded size as float32 up to which a file is opened whole: 21 minutes of 48 kHz mono, 10 of stereo."""
MAX_PART_SECONDS = 600.0
MAX_COLUMNS = 12_000
SNAP_MS = 300
"""How far a handle moves at most to the next silence."""
_STEP_MS = round(1000 * FRAME_SECONDS)


class OpenedSample(NamedTuple):
    """A file as it was opened.

    Attributes:
        name: of the file.
        sound: the whole, or the opened part.
        peaks: its waveform as (lowest, highest) pairs within ±1.
        quiet: which of its frames of 10 ms are pauses.
        best: the best stretch in milliseconds.
        part: seconds where the opened part begins, and of the whole file; None if all is open.
        size: bytes of the file.
        comparison: of the channels, as from `Audio.compare_channels`.
    """

    name: str
    sound: Sound
    peaks: tuple[tuple[float, float], ...]
    quiet: NDArray[np.bool_]
    best: tuple[int, int]
    part: tuple[float, float] | None
    size: int
    comparison: Any

    @property
    def milliseconds(self) -> int:
        return round(1000 * self.sound.seconds)

    @property
    def is_long(self) -> bool:
        """Whether its best stretch is proposed instead of the whole."""
        return self.sound.seconds > GOOD_SPEECH_SECONDS[1] and self.best != (0, self.milliseconds)

    def peaks_with(self, trim: tuple[int, int], edited: NDArray[np.int8]) -> tuple[tuple[float, float], ...]:
        """The waveform with that of the edited kept part, int8 of shape (n, 2), in the place of the original."""
        count, whole = len(self.peaks), max(1, self.milliseconds)
        first, last = count * trim[0] // whole, max(count * trim[0] // whole + 1, count * trim[1] // whole)
        return (*self.peaks[:first], *_pairs(edited, last - first), *self.peaks[last:])

    def snapped(self, milliseconds: int) -> int:
        """The middle of the nearest silence within `SNAP_MS`; the same time where there is none."""
        at = milliseconds // _STEP_MS
        reach = SNAP_MS // _STEP_MS
        first = max(0, at - reach)
        near = np.flatnonzero(self.quiet[first : at + reach + 1]) + first
        if not len(near) or milliseconds in (0, self.milliseconds):
            return milliseconds
        return int(near[np.argmin(np.abs(near - at))]) * _STEP_MS + _STEP_MS // 2


def open_sample(audio: Audio, path: Path, progress: Callable[[float], None]) -> OpenedSample:
    """Read a file in the calling thread. Raises AudioError. The file is never changed."""
    size = _size(path)  # it may vanish while it is read
    sound, part = _read(audio, path, progress)
    outline = audio.outline(sound.samples, sound.rate)
    start, stop = best_stretch(outline.levels, outline.clipped)
    milliseconds = round(1000 * sound.seconds)
    return OpenedSample(
        path.name, sound, _pairs(outline.peaks), quiet_frames(outline.levels),
        (start * _STEP_MS, min(milliseconds, stop * _STEP_MS)), part, size,
        audio.compare_channels(sound.samples),
    )  # fmt: skip


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # reading it says why


def _read(audio: Audio, path: Path, progress: Callable[[float], None]) -> tuple[Sound, tuple[float, float] | None]:
    try:
        return audio.read_sound(path, max_bytes=MAX_OPEN_BYTES, progress=progress), None
    except AudioError as error:
        if error.code is not Code.SOUND_TOO_LARGE:
            raise
    outline = audio.outline_file(path, lambda done: progress(done / 2))
    start, stop = _part_of(outline)
    sound = audio.read_span(path, start, stop, lambda done: progress(0.5 + done / 2))
    missing = round(outline.missing / max(1e-9, 1 - outline.missing) * len(sound.samples))
    marked: Sound = audio.make_sound(
        sound.samples, sound.rate, missing=missing, silenced=outline.silenced, is_damaged=outline.is_damaged,
        depth=sound.depth,
    )  # fmt: skip
    return marked, (start / outline.rate, outline.seconds)


def _part_of(outline: SoundOutline) -> tuple[int, int]:
    """The frames of the part to open: around the best stretch, as long as may be held in memory."""
    most = min(MAX_PART_SECONDS, MAX_OPEN_BYTES / (4 * outline.channels * outline.rate))
    begins, ends = best_stretch(outline.levels, outline.clipped)
    middle = (begins + ends) / 2 * FRAME_SECONDS
    start = min(max(0.0, middle - most / 2), max(0.0, outline.seconds - most))
    first = seconds_to_frames(start, outline.rate)
    return first, min(outline.frames, first + seconds_to_frames(most, outline.rate))


def _pairs(peaks: NDArray[np.int8], columns: int = 0) -> tuple[tuple[float, float], ...]:
    """Peaks within ±1, in so many columns; by default one for each, up to `MAX_COLUMNS`."""
    columns = columns or min(len(peaks), MAX_COLUMNS)
    if len(peaks) != columns:
        starts = np.linspace(0, len(peaks), columns, endpoint=False).astype(np.intp)
        low, high = np.minimum.reduceat(peaks[:, 0], starts), np.maximum.reduceat(peaks[:, 1], starts)
        peaks = np.stack([low, high], axis=1)
    return tuple(map(tuple, (peaks / 127).tolist()))


def span_of(trim: tuple[int, int], sound: Sound) -> tuple[int, int]:
    """The frames of a trim in milliseconds."""
    return trim[0] * sound.rate // 1000, max(1, trim[1] * sound.rate // 1000)
