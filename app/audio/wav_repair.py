"""Reads WAV files whose sizes are not true: 0 or the largest number in a streamed file, or several files in one."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import msgspec

PLACEHOLDER = 0x7FFF0000
"""Sizes from here on are written by programs that do not know the length yet, as is 0."""
_CHUNKS = (b"RIFF", b"fmt ", b"data", b"LIST", b"fact", b"JUNK", b"bext", b"cue ", b"smpl", b"id3 ", b"ID3 ", b"mimo")
_OTHER_CONTENT = (b"ID3", b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"OggS", b"fLaC")
"""Begins of tags and files that some programs append to a WAV file, which are no samples."""


class WavLayout(msgspec.Struct, frozen=True):
    """What a WAV file holds.

    Attributes:
        form: the content of its first format chunk.
        parts: (start, stop) in bytes of each stretch of audio data.
        claimed: bytes of audio data according to the sizes in the file, where these are true numbers.
        is_regular: one stretch whose size is stated, so that any reader reads all of it.
        ignored: bytes of audio data in another format than the first.
    """

    form: bytes
    parts: tuple[tuple[int, int], ...]
    claimed: int
    is_regular: bool
    ignored: int = 0

    @property
    def bytes_per_second(self) -> int:
        return int(struct.unpack_from("<I", self.form, 8)[0])


def layout(file: bytes) -> WavLayout | None:
    """The layout of a RIFF file; None if it is none or has no format and data."""
    if file[:4] != b"RIFF" or file[8:12] != b"WAVE":
        return None
    form, parts, claimed, regular, ignored = b"", [], 0, True, 0
    current = b""
    for name, start, stop, size in _chunks(file):
        # No padding byte after an odd size, as the standard demands.
        regular = regular and not ((stop - start) % 2 and file[stop : stop + 4] in _CHUNKS)
        if name == b"fmt ":
            current = file[start:stop]
            form = form or current
        elif name == b"data":
            is_stated = 0 < size < PLACEHOLDER
            regular = regular and (is_stated or start == stop)
            if current != form:
                ignored += stop - start
                continue
            claimed += size if is_stated else stop - start
            parts.append((start, stop))
    if len(form) < 16 or not parts:
        return None
    return WavLayout(form, tuple(parts), claimed, regular and len(parts) == 1, ignored)


def rewritten(file: bytes, found: WavLayout) -> bytes:
    """The file with one data chunk of true size that holds all parts."""
    frame = max(1, struct.unpack_from("<H", found.form, 12)[0])
    data = b"".join(file[start : stop - (stop - start) % frame] for start, stop in found.parts)
    form = b"fmt " + struct.pack("<I", len(found.form)) + found.form + b"\0" * (len(found.form) % 2)
    body = b"WAVE" + form + b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunks(file: bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield name, start, stop and stated size of every chunk, of all files that follow each other."""
    at = 0
    while at + 8 <= len(file):
        name, size = file[at : at + 4], struct.unpack_from("<I", file, at + 4)[0]
        if name == b"RIFF" and file[at + 8 : at + 12] == b"WAVE":
            at += 12
            continue
        if not all(0x20 <= letter < 0x7F for letter in name):
            return
        start = at + 8
        stop = min(len(file), start + size)
        if name == b"data" and (size == 0 or size >= PLACEHOLDER) and file[start : start + 4] not in _CHUNKS:
            stop = _next_file(file, start)
        elif name == b"data" and not _continues(file, stop):
            # The stated size is too small: what follows is more audio, up to the next file.
            stop, size = _next_file(file, stop), 0
        yield name, start, stop, size
        # Some programs leave out the padding byte after an odd size.
        at = stop + (stop - start) % 2 if file[stop : stop + 4] not in _CHUNKS else stop


def _continues(file: bytes, at: int) -> bool:
    """Whether the file ends at `at`, or a chunk, a tag or another file begins there or after a padding byte."""
    if len(file) - at <= 8:
        return True
    for start in (at, at + 1):
        if file.startswith(_OTHER_CONTENT, start):
            return True
        name, rest = file[start : start + 4], file[start + 4 : start + 8]
        is_name = all(0x20 <= letter < 0x7F for letter in name)
        if name in _CHUNKS or (is_name and start + 8 + struct.unpack("<I", rest)[0] <= len(file) + 1):
            return True
    return False


def _next_file(file: bytes, start: int) -> int:
    """Where the next RIFF header begins; the end if there is none."""
    at = file.find(b"RIFF", start)
    while at >= 0 and file[at + 8 : at + 16] != b"WAVEfmt ":
        at = file.find(b"RIFF", at + 4)
    return at if at >= 0 else len(file)
