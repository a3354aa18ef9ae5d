"""Tells whether an Ogg file is whole, and where others follow in it.

Its header states no length, so a reader ends silently where it breaks off, or after the first file.
"""

from __future__ import annotations

import struct

_CAPTURE = b"OggS"
_HEADER = struct.Struct("<4sBBqIIIB")
_FIRST, _LAST = 0x02, 0x04
"""Flags of the first and the last page of a stream."""


def is_whole(file: bytes) -> bool:
    """Whether the pages follow each other without a gap, and every stream has its last page.

    What was recorded from a running stream has no last page either. Bytes that are damaged inside a page are not found.
    """
    at = file.find(_CAPTURE)
    expected: dict[int, int] = {}
    """The number of the next page of each stream that has not ended."""
    while at >= 0 and at + _HEADER.size <= len(file):
        capture, _, flags, _, serial, number, _, segments = _HEADER.unpack_from(file, at)
        body = at + _HEADER.size
        after = body + segments + sum(file[body : body + segments])
        if capture != _CAPTURE or after > len(file) or number != expected.get(serial, number):
            return False
        expected[serial] = number + 1
        if flags & _LAST:
            del expected[serial]
        at = after
        if at == len(file) or not file[at : at + 4].strip(b"\0"):
            break
    return at >= 0 and not expected


def first_pages(file: bytes) -> list[int]:
    """Where, in bytes, each of the files begins that follow each other here: at a first page when no stream is open."""
    found: list[int] = []
    at, open_streams = 0, set[int]()
    while at + _HEADER.size <= len(file) and file[at : at + 4] == _CAPTURE:
        _, _, flags, _, serial, _, _, segments = _HEADER.unpack_from(file, at)
        if flags & _FIRST and not open_streams:
            found.append(at)
        if flags & _FIRST:
            open_streams.add(serial)
        if flags & _LAST:
            open_streams.discard(serial)
        body = at + _HEADER.size
        at = body + segments + sum(file[body : body + segments])
    return found
