"""Reads WAV files whose sizes are not true: 0 or the largest number in a streamed file, or several files in one."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from app.audio.file_bytes import Bytes

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PLACEHOLDER = 0x7FFF0000
"""Sizes from here on are written by programs that do not know the length yet, as is 0."""
_CHUNKS = (b"RIFF", b"fmt ", b"data", b"LIST", b"fact", b"JUNK", b"bext", b"cue ", b"smpl", b"id3 ", b"ID3 ", b"mimo")
_OTHER_CONTENT = (b"ID3", b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"OggS", b"fLaC")
"""Begins of tags and files that some programs append to a WAV file, which are no samples."""
_LONGEST_BEGIN = max(map(len, _OTHER_CONTENT))
_MAX_DATA_BYTES = 0xFFFF_0000
"""The size of a data chunk has four bytes."""


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


def layout(file: Bytes) -> WavLayout | None:
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


class RepairedWav(io.RawIOBase):
    """The file as it would be with one data chunk of true size that holds all parts; nothing is copied."""

    def __init__(self, file: Bytes, found: WavLayout) -> None:
        super().__init__()
        self._file, self._at = file, 0
        frame = max(1, struct.unpack_from("<H", found.form, 12)[0])
        parts = [(start, stop - (stop - start) % frame) for start, stop in found.parts]
        size = min(sum(stop - start for start, stop in parts), _MAX_DATA_BYTES - _MAX_DATA_BYTES % frame)
        form = b"fmt " + struct.pack("<I", len(found.form)) + found.form + b"\0" * (len(found.form) % 2)
        body = b"WAVE" + form + b"data" + struct.pack("<I", size)
        self._head = b"RIFF" + struct.pack("<I", len(body) + size) + body
        self._parts = parts
        self._size = len(self._head) + size

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        target = memoryview(buffer).cast("B")
        piece = self._piece(min(len(target), self._size - self._at))
        target[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _piece(self, count: int) -> bytes:
        """Up to `count` bytes from here on, within the header or one part."""
        if count <= 0:
            return b""
        if self._at < len(self._head):
            return self._head[self._at : self._at + count]
        at = self._at - len(self._head)
        for start, stop in self._parts:
            if at < stop - start:
                return self._file[start + at : min(stop, start + at + count)]
            at -= stop - start
        return b""


def _chunks(file: Bytes) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield name, start, stop and stated size of every chunk, of all files that follow each other."""
    at = 0
    while at + 8 <= len(file):
        name, size = file[at : at + 4], int.from_bytes(file[at + 4 : at + 8], "little")
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


def _continues(file: Bytes, at: int) -> bool:
    """Whether the file ends at `at`, or a chunk, a tag or another file begins there or after a padding byte."""
    if len(file) - at <= 8:
        return True
    for start in (at, at + 1):
        if file[start : start + _LONGEST_BEGIN].startswith(_OTHER_CONTENT):
            return True
        name, rest = file[start : start + 4], file[start + 4 : start + 8]
        is_name = all(0x20 <= letter < 0x7F for letter in name)
        if name in _CHUNKS or (is_name and start + 8 + struct.unpack("<I", rest)[0] <= len(file) + 1):
            return True
    return False


def _next_file(file: Bytes, start: int) -> int:
    """Where the next RIFF header begins; the end if there is none."""
    at = file.find(b"RIFF", start)
    while at >= 0 and file[at + 8 : at + 16] != b"WAVEfmt ":
        at = file.find(b"RIFF", at + 4)
    return at if at >= 0 else len(file)
