"""Faults in the bytes of speech: the wrong container, a wrong rate, and text that is no base64."""

from __future__ import annotations

import base64
import struct
from collections.abc import AsyncIterator

from app.demo.faults import Faults

_RATE = 24_000
_WRONG_RATE = 16_000
_RATE_AT = 24
"""Where a WAV file of the engine states its rate."""
_GARBLED_FROM = 2


async def faulty_stream(pieces: AsyncIterator[bytes], faults: Faults) -> AsyncIterator[bytes]:
    """The pieces of a stream; with `wav-header` the first begins with the header of a WAV file of unknown length."""
    is_first = True
    async for piece in pieces:
        yield _header(_stated_rate(faults)) + piece if is_first and "wav-header" in faults else piece
        is_first = False


def faulty_file(file: bytes, faults: Faults) -> bytes:
    """A whole file; `raw` leaves out the header of a WAV file, `rate` changes the rate in it."""
    if not file.startswith(b"RIFF"):
        return file
    if "raw" in faults:
        return file[file.index(b"data") + 8 :]
    if "rate" in faults:
        return file[:_RATE_AT] + struct.pack("<I", _stated_rate(faults)) + file[_RATE_AT + 4 :]
    return file


def encoded(data: bytes, number: int, faults: Faults) -> str:
    """The base64 of the piece with a number, from 0; with `bad-base64` not of the third and later ones."""
    if "no-bytes" in faults:
        return ""
    if "bad-base64" in faults and number >= _GARBLED_FROM:
        return "*" * 64
    return base64.b64encode(data).decode()


def _stated_rate(faults: Faults) -> int:
    if "rate" not in faults:
        return _RATE
    return int(faults["rate"]) if faults["rate"].isdigit() else _WRONG_RATE


def _header(rate: int) -> bytes:
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        0xFFFFFFFF,
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        rate,
        2 * rate,
        2,
        16,
        b"data",
        0xFFFFFFFF,
    )
