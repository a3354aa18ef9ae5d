"""Images: format, size, frames, and the commonest colour of their pixels."""

from __future__ import annotations

import io
from collections import Counter
from typing import Literal, cast

import msgspec

_FORMATS = {"PNG": "PNG", "JPEG": "JPEG", "GIF": "GIF", "WEBP": "WebP", "BMP": "BMP"}
_SIDE = 160
"""Pixels across and down that are looked at."""
_MOST_PIXELS = 64_000_000
"""Of an image that is decoded; of a larger one only the header is read."""


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


def measure(file: bytes, *, colors: bool = True) -> Image | None:
    """None for anything that is none of the five formats, or is cut off within its header.

    Args:
        colors: the pixels are looked at too.
    """
    # Only a request with an image pays for this.
    from PIL import Image as Picture

    try:
        with Picture.open(io.BytesIO(file), formats=list(_FORMATS)) as picture:
            kind = cast("Literal['PNG', 'JPEG', 'GIF', 'WebP', 'BMP']", _FORMATS[picture.format or ""])
            size = picture.width, picture.height
            frames = getattr(picture, "n_frames", 1)
            color = None
            if colors and size[0] * size[1] <= _MOST_PIXELS:
                color = _color(picture)
            return Image(kind, *size, color, frames)
    except (OSError, ValueError, SyntaxError, Picture.DecompressionBombError):
        # Pillow raises SyntaxError for broken PNG chunks.
        return None


def tokens(image: Image) -> int:
    """WIRE.md section 5: sides to multiples of 32, area clamped, a token for 32 × 32 pixels."""
    width, height = (max(round(side / 32), 1) * 32 for side in (image.width, image.height))
    return min(max(width * height, 8_192), 8_388_608) // 1024


def _color(picture: object) -> tuple[int, int, int] | None:
    """The average of the fullest cell of a coarse colour cube; None where the pixels are damaged."""
    from PIL import Image as Picture

    assert isinstance(picture, Picture.Image)
    try:
        picture.draft("RGB", (_SIDE, _SIDE))  # A JPEG is decoded no larger than needed.
        small = picture.convert("RGB").resize((_SIDE, _SIDE), Picture.Resampling.NEAREST)
    except (OSError, ValueError, SyntaxError):
        return None
    octets = small.tobytes()
    pixels = list(zip(octets[::3], octets[1::3], octets[2::3], strict=True))
    cells = Counter((r >> 5, g >> 5, b >> 5) for r, g, b in pixels)
    fullest = cells.most_common(1)[0][0]
    members = [(r, g, b) for r, g, b in pixels if (r >> 5, g >> 5, b >> 5) == fullest]
    red, green, blue = (round(sum(values) / len(members)) for values in zip(*members, strict=True))
    return red, green, blue
