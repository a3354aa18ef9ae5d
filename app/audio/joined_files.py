"""Finds the files in FLAC and Ogg files that were joined: a reader ends silently after the first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.audio.ogg_pages import first_pages

_FLAC_BEGIN = re.compile(rb"fLaC[\x00\x80]\x00\x00\x22")
"""The marker, and the header of the block of 34 bytes that has to follow."""
_BEGIN_BYTES = 8
_PIECE = 1 << 20
"""Searched at a time: other threads stand still meanwhile."""


def joined_files(file: bytes) -> tuple[bytes, ...]:
    """Return the files that `file` consists of: one, unless whole FLAC or Ogg files follow each other."""
    if file[:4] == b"fLaC":
        starts = list(_flac_begins(file))
    elif file[:4] == b"OggS":
        starts = first_pages(file)
    else:
        return (file,)
    if len(starts) < 2 or starts[0]:
        return (file,)
    return tuple(file[start:stop] for start, stop in zip(starts, (*starts[1:], len(file)), strict=True))


def _flac_begins(file: bytes) -> Iterator[int]:
    for at in range(0, len(file), _PIECE):
        for found in _FLAC_BEGIN.finditer(file, at, at + _PIECE + _BEGIN_BYTES - 1):
            yield found.start()
