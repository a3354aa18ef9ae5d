"""Corrects the size fields of WAV files: writers that stream leave them 0 or wrong, and files are joined end to end."""

from __future__ import annotations

import mmap
import struct
from typing import NamedTuple

Content = bytes | mmap.mmap

_HEADER_BYTES = 12
_CHUNK_HEADER_BYTES = 8
_JOINABLE = (1, 3, 0xFFFE)
"""Format tags whose samples may be cut and joined at any frame: integer, float and extensible PCM."""


class _Part(NamedTuple):
    """One WAV file within the content: its format chunk and where its samples begin and end, in bytes."""

    fmt: bytes
    start: int
    stop: int
    next: int
    is_mended: bool


def mended(content: Content) -> bytes | None:
    """Return the WAV file with correct sizes and the samples of every file joined to it.

    None if nothing has to be corrected or it is no WAV file of PCM. A size beyond the end of the content is not
    corrected: the file was cut, and readers report that. Files of another format than the first are not joined.
    """
    parts: list[_Part] = []
    position = 0
    while (part := _part_at(content, position)) is not None:
        if parts and part.fmt != parts[0].fmt:
            break
        parts.append(part)
        position = part.next
    if not parts or (len(parts) == 1 and not parts[0].is_mended):
        return None
    frame_bytes = max(1, struct.unpack_from("<H", parts[0].fmt, 12)[0])
    samples = b"".join(content[part.start : part.stop - (part.stop - part.start) % frame_bytes] for part in parts)
    fmt = _chunk(b"fmt ", parts[0].fmt)
    body = b"WAVE" + fmt + _chunk(b"data", samples)
    return _chunk(b"RIFF", body)


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", min(len(body), 0xFFFF_FFFF)) + body + b"\0" * (len(body) % 2)


def _part_at(content: Content, position: int) -> _Part | None:
    """Walk the chunks of the file at a position; None if there is none, or none with PCM samples."""
    if not _begins_file(content, position):
        return None
    fmt, at, end = b"", position + _HEADER_BYTES, len(content)
    while at + _CHUNK_HEADER_BYTES <= end:
        name, size = struct.unpack_from("<4sI", content, at)
        start = at + _CHUNK_HEADER_BYTES
        if name == b"data":
            return _data(content, fmt, start, size) if len(fmt) >= 16 and _format_tag(fmt) in _JOINABLE else None
        if name == b"fmt ":
            fmt = content[start : start + size] if size <= 1024 else b""
        at = start + size + size % 2
    return None


def _data(content: Content, fmt: bytes, start: int, size: int) -> _Part:
    """The samples from `start`: as far as the size says if a chunk, a file or the end follows, else to the end."""
    end = len(content)
    after = start + size + size % 2
    if start + size > end or not _ends_well(content, after):
        following = _next_file(content, start)
        is_cut = start + size > end and following == end
        return _Part(fmt, start, following, following, not is_cut)
    while after + _CHUNK_HEADER_BYTES <= end and not _begins_file(content, after):
        # Other chunks, such as tags, may lie between the samples and the next file.
        after += _CHUNK_HEADER_BYTES + struct.unpack_from("<I", content, after + 4)[0]
        after += after % 2
    return _Part(fmt, start, start + size, min(after, end), False)


def _ends_well(content: Content, after: int) -> bool:
    """Whether samples may end at a position: at the end of the content, a file, a chunk that fits, or an ID3v1 tag."""
    rest = len(content) - after
    if rest < _CHUNK_HEADER_BYTES or _begins_file(content, after):
        return True
    name, size = struct.unpack_from("<4sI", content, after)
    if name[:3] == b"TAG" and rest == 128:
        return True
    return all(0x20 <= sign < 0x7F for sign in name) and name[:1].isalpha() and size <= rest - _CHUNK_HEADER_BYTES


def _next_file(content: Content, position: int) -> int:
    """Where the next WAV file begins, or the end of the content."""
    found = content.find(b"RIFF", position)
    while found >= 0:
        if _begins_file(content, found) and content[found + 12 : found + 16] in (b"fmt ", b"JUNK", b"LIST", b"bext"):
            return found
        found = content.find(b"RIFF", found + 1)
    return len(content)


def _begins_file(content: Content, position: int) -> bool:
    return content[position : position + 4] == b"RIFF" and content[position + 8 : position + 12] == b"WAVE"


def _format_tag(fmt: bytes) -> int:
    return int(struct.unpack_from("<H", fmt)[0])
