"""Images: what their headers say, and for PNG and BMP the colour of their pixels."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from typing import Literal

import msgspec

_PIXELS_READ = 40_000
_SIZE_MAX = 64_000_000  # bytes of unpacked pixels that are still looked at


class Image(msgspec.Struct, frozen=True):
    """Measures of an image.

    Attributes:
        color: the commonest colour (8-bit RGB); None where the pixels were not decoded.
        frames: of an animation, 1 otherwise.
    """

    format: Literal["PNG", "JPEG", "GIF", "WebP", "BMP"]
    width: int
    height: int
    color: tuple[int, int, int] | None = None
    frames: int = 1


def measure(file: bytes) -> Image | None:
    """None for anything that is none of the five formats, or is cut off within its header."""
    try:
        if file.startswith(b"\x89PNG\r\n\x1a\n"):
            return _png(file)
        if file.startswith(b"\xff\xd8"):
            return _jpeg(file)
        if file.startswith((b"GIF87a", b"GIF89a")):
            return _gif(file)
        if file[:4] == b"RIFF" and file[8:12] == b"WEBP":
            return _webp(file)
        if file.startswith(b"BM"):
            return _bmp(file)
    except (struct.error, IndexError, zlib.error, ValueError):
        return None
    return None


def tokens(image: Image) -> int:
    """mimo-api section 5: sides to multiples of 32, area clamped, a token for 32 × 32 pixels."""
    width, height = (max(round(side / 32), 1) * 32 for side in (image.width, image.height))
    return min(max(width * height, 8_192), 8_388_608) // 1024


def _png(file: bytes) -> Image:
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", file[16:29])
    packed, palette, frames, position = b"", b"", 1, 8
    while position + 8 <= len(file):
        length, name = struct.unpack(">I4s", file[position : position + 8])
        body = file[position + 8 : position + 8 + length]
        if name == b"IDAT":
            packed += body
        elif name == b"PLTE":
            palette = body
        elif name == b"acTL":
            frames = struct.unpack(">I", body[:4])[0]
        position += 12 + length
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}.get(kind)
    if channels is None or not width or not height:
        raise ValueError("not a PNG")
    color = None
    if depth == 8 and not interlaced and width * height * channels < _SIZE_MAX:
        rows = _unfiltered(zlib.decompressobj().decompress(packed, (width * channels + 1) * height), width, channels)
        color = _commonest(_png_pixels(rows, width, height, channels, kind, palette))
    return Image("PNG", width, height, color, frames)


def _unfiltered(raw: bytes, width: int, channels: int) -> list[bytearray]:
    """Scan lines with the PNG filters undone; at most as many as are needed for a colour."""
    step, before = width * channels, bytearray(width * channels)
    rows = []
    for start in range(0, min(len(raw) - step, 400 * (step + 1)), step + 1):
        kind, line = raw[start], bytearray(raw[start + 1 : start + 1 + step])
        for n in range(step):
            left = line[n - channels] if n >= channels else 0
            up = before[n]
            if kind == 1:
                line[n] = (line[n] + left) & 255
            elif kind == 2:
                line[n] = (line[n] + up) & 255
            elif kind == 3:
                line[n] = (line[n] + (left + up) // 2) & 255
            elif kind == 4:
                corner = before[n - channels] if n >= channels else 0
                line[n] = (line[n] + _paeth(left, up, corner)) & 255
        rows.append(line)
        before = line
        if len(rows) * step > 1_500_000:
            break
    return rows


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def _png_pixels(
    rows: list[bytearray], width: int, height: int, channels: int, kind: int, palette: bytes
) -> list[tuple[int, int, int]]:
    stride = max(len(rows) * width // _PIXELS_READ, 1)
    pixels = []
    for row in rows:
        for x in range(0, width, stride):
            spot = row[x * channels : (x + 1) * channels]
            if kind == 3:
                pixels.append(_rgb(palette[3 * spot[0] : 3 * spot[0] + 3]))
            elif kind in (0, 4):
                pixels.append((spot[0], spot[0], spot[0]))
            else:
                pixels.append(_rgb(spot))
    return pixels


def _rgb(values: bytes | bytearray) -> tuple[int, int, int]:
    return values[0], values[1], values[2]


def _commonest(pixels: list[tuple[int, int, int]]) -> tuple[int, int, int] | None:
    """The average of the fullest cell of a coarse colour cube."""
    if not pixels:
        return None
    cells = Counter((r >> 5, g >> 5, b >> 5) for r, g, b in pixels)
    fullest = cells.most_common(1)[0][0]
    members = [(r, g, b) for r, g, b in pixels if (r >> 5, g >> 5, b >> 5) == fullest]
    red, green, blue = (round(sum(values) / len(members)) for values in zip(*members, strict=True))
    return red, green, blue


def _jpeg(file: bytes) -> Image:
    position = 2
    while position < len(file):
        marker, length = struct.unpack(">HH", file[position : position + 4])
        if marker & 0xFFF0 == 0xFFC0 and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack(">HH", file[position + 5 : position + 9])
            return Image("JPEG", width, height)
        position += 2 + length
    raise ValueError("no frame header")


def _gif(file: bytes) -> Image:
    width, height = struct.unpack("<HH", file[6:10])
    return Image("GIF", width, height, frames=max(file.count(b"\x21\xf9\x04"), 1))


def _webp(file: bytes) -> Image:
    kind = file[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(file[at : at + 3], "little") + 1 for at in (24, 27))
        return Image("WebP", width, height, frames=max(file.count(b"ANMF"), 1))
    if kind == b"VP8L":
        bits = int.from_bytes(file[21:25], "little")
        return Image("WebP", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = struct.unpack("<HH", file[26:30])
    return Image("WebP", width & 0x3FFF, height & 0x3FFF)


def _bmp(file: bytes) -> Image:
    offset = struct.unpack("<I", file[10:14])[0]
    width, height, _, depth = struct.unpack("<iiHH", file[18:30])
    color = None
    if depth in (24, 32):
        step = depth // 8
        row = (width * step + 3) // 4 * 4
        stride = max(width * abs(height) // _PIXELS_READ, 1)
        spots = (offset + y * row + x * step for y in range(abs(height)) for x in range(y % stride, width, stride))
        color = _commonest([(file[at + 2], file[at + 1], file[at]) for at in spots if at + 2 < len(file)])
    return Image("BMP", width, abs(height), color)
