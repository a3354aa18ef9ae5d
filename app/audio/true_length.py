"""Has a WAV or MP3 file read to its end, whatever its header says of its length."""

from __future__ import annotations

import io
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple

import soundfile

from app.audio.file_bytes import bytes_of
from app.audio.mp3_frames import mp3_layout, with_length
from app.audio.wav_repair import RepairedWav, layout

MAX_REWRITTEN_BYTES = 512 * 1024 * 1024
"""Size of a compressed file up to which it is read into memory to find its true length: days of MP3."""


class TrueLength(NamedTuple):
    """A file that its reader reads to its end.

    Attributes:
        readable: its path or content, as `soundfile` opens it.
        seconds: what it claims to hold, 0 if unknown.
        has_other_formats: other formats follow, which are not read.
    """

    readable: str | IO[bytes] | RepairedWav
    seconds: float = 0.0
    has_other_formats: bool = False


def with_true_length(origin: Path | str | bytes, size: int, files: ExitStack) -> TrueLength:
    """A file of `size` bytes that is read to its end. What it is read from is closed with `files`.

    A file of another kind, or an MP3 too large to be rewritten, is returned as it is. Raises FILE_UNREADABLE.
    """
    content = files.enter_context(bytes_of(origin))
    head = content[:12]
    as_given = TrueLength(io.BytesIO(origin) if isinstance(origin, bytes) else str(origin))
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        found = layout(content)
        if found is None or not found.bytes_per_second:
            return as_given
        seconds = (found.claimed + found.ignored) / found.bytes_per_second
        readable = as_given.readable if found.is_regular else RepairedWav(content, found)
        return TrueLength(readable, seconds, bool(found.ignored))
    is_mp3 = head[:3] == b"ID3" or (head[:1] == b"\xff" and len(head) > 1 and head[1] & 0xE6 == 0xE2)
    return _mp3(content[:], as_given) if is_mp3 and size <= MAX_REWRITTEN_BYTES else as_given


def _mp3(content: bytes, as_given: TrueLength) -> TrueLength:
    frames = mp3_layout(content)
    if frames is None:
        return as_given
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as opened:
            rate, known = int(opened.samplerate), int(opened.frames)
    except soundfile.LibsndfileError:
        return as_given
    # Encoders state up to three frames of delay and padding that are no sound.
    if known < frames.samples - 4 * 1152:
        seconds = frames.samples / rate + frames.ignored
        return TrueLength(io.BytesIO(with_length(content, frames)), seconds, bool(frames.ignored))
    return TrueLength(as_given.readable, known / rate + frames.ignored if frames.ignored else 0.0, bool(frames.ignored))
