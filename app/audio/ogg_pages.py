"""Tells whether an Ogg file is whole. Its header states no length, so a reader ends silently where it breaks off."""

from __future__ import annotations

import struct

_CAPTURE = b"OggS"
_HEADER = struct.Struct("<4sBBqIIIB")
_LAST = 0x04
"""Flag of the last page of a stream."""


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
