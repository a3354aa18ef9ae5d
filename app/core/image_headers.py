"""Reads the size in pixels of an image from its header, without decoding the image."""

from __future__ import annotations

import struct
from typing import BinaryIO, NamedTuple

_MAX_JPEG_SEGMENTS = 400
"""Segments looked at before the size of a JPEG is given up: colour profiles and previews are split into many."""
_MAX_FILL_BYTES = 1_024
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of the segment that has the size; the three others in this range are tables."""
_STANDALONE = frozenset(range(0xD0, 0xD8)) | {0x01}


class PixelSize(NamedTuple):
    """Width and height in pixels, as stored: a photo may be shown turned."""

    width: int
    height: int


def image_pixels(file: BinaryIO, format_name: str) -> PixelSize | None:
    """The size of a JPEG, PNG, GIF, WebP or BMP that begins at the position of `file`; None if it has no valid one."""
    reader = {"JPEG": _jpeg, "PNG": _png, "GIF": _gif, "WebP": _webp, "BMP": _bmp}.get(format_name)
    if reader is None:
        return None
    try:
        size = reader(file)
    except (struct.error, IndexError):
        return None
    return size if size is not None and size.width > 0 and size.height > 0 else None


def _png(file: BinaryIO) -> PixelSize | None:
    head = file.read(24)
    return PixelSize(*struct.unpack(">II", head[16:24])) if head[12:16] == b"IHDR" else None


def _gif(file: BinaryIO) -> PixelSize:
    return PixelSize(*struct.unpack("<HH", file.read(10)[6:10]))


def _bmp(file: BinaryIO) -> PixelSize:
    head = file.read(26)
    if head[14] == 12:
        return PixelSize(*struct.unpack("<HH", head[18:22]))
    width, height = struct.unpack("<ii", head[18:26])
    return PixelSize(width, abs(height))  # A negative height is that of rows from top to bottom.


def _webp(file: BinaryIO) -> PixelSize | None:
    head = file.read(30)
    match head[12:16]:
        case b"VP8X":
            return PixelSize(1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little"))
        case b"VP8L":
            (bits,) = struct.unpack("<I", head[21:25])
            return PixelSize(1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF))
        case b"VP8 ":
            width, height = struct.unpack("<HH", head[26:30])
            return PixelSize(width & 0x3FFF, height & 0x3FFF)
    return None


def _jpeg(file: BinaryIO) -> PixelSize | None:
    file.seek(2, 1)
    for _ in range(_MAX_JPEG_SEGMENTS):
        marker = file.read(2)
        for _fill in range(_MAX_FILL_BYTES):  # Fill bytes may precede a marker.
            if marker[1:] != b"\xff":
                break
            marker = marker[1:] + file.read(1)
        else:
            return None
        if len(marker) < 2 or marker[0] != 0xFF:
            return None
        if marker[1] in _STANDALONE:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if marker[1] in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", file.read(5)[1:5])
            return PixelSize(width, height)
        if marker[1] in (0xD9, 0xDA):
            return None
        file.seek(length - 2, 1)
    return None
