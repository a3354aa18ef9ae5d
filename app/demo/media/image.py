"""Measures images: format, size, number of frames and dominant colour."""

from __future__ import annotations

import io
from collections import Counter
from typing import Literal, cast

import msgspec

_FORMATS = {"PNG": "PNG", "JPEG": "JPEG", "GIF": "GIF", "WEBP": "WebP", "BMP": "BMP"}
_SAMPLED_SIDE = 160
"""Width and height in pixels to which an image is reduced before its colours are counted."""
_MAX_PIXELS = 64_000_000
"""Images with more pixels are not decoded; only their header is read."""


class Image(msgspec.Struct, frozen=True):
    """Measurements of an image.

    Attributes:
        color: dominant colour (8-bit RGB); None if the pixels were not decoded.
        frames: number of frames of an animation, 1 for a still image.
    """

    format: Literal["PNG", "JPEG", "GIF", "WebP", "BMP"]
    width: int
    height: int
    color: tuple[int, int, int] | None = None
    frames: int = 1


def measure(file: bytes, *, colors: bool = True) -> Image | None:
    """Measure an image file; None if it has none of the five formats or its header is incomplete.

    Args:
        colors: whether to decode the pixels and determine the dominant colour.
    """
    # Imported here so that only requests with an image pay for it.
    from PIL import Image as Picture

    try:
        with Picture.open(io.BytesIO(file), formats=list(_FORMATS)) as picture:
            kind = cast("Literal['PNG', 'JPEG', 'GIF', 'WebP', 'BMP']", _FORMATS[picture.format or ""])
            size = picture.width, picture.height
            frames = getattr(picture, "n_frames", 1)
            color = None
            if colors and size[0] * size[1] <= _MAX_PIXELS:
                color = _color(picture)
            return Image(kind, *size, color, frames)
    except (OSError, ValueError, SyntaxError, Picture.DecompressionBombError):
        # Pillow raises SyntaxError for broken PNG chunks.
        return None


def tokens(image: Image) -> int:
    """Token count: sides rounded to multiples of 32, area clamped, a token per 32 × 32 pixels (WIRE.md section 5)."""
    width, height = (max(round(side / 32), 1) * 32 for side in (image.width, image.height))
    return min(max(width * height, 8_192), 8_388_608) // 1024


def _color(picture: object) -> tuple[int, int, int] | None:
    """Average of the most frequent cell of a coarse RGB cube; None if the pixels are damaged."""
    from PIL import Image as Picture

    assert isinstance(picture, Picture.Image)
    try:
        picture.draft("RGB", (_SAMPLED_SIDE, _SAMPLED_SIDE))  # Lets a JPEG be decoded at a reduced size.
        small = picture.convert("RGB").resize((_SAMPLED_SIDE, _SAMPLED_SIDE), Picture.Resampling.NEAREST)
    except (OSError, ValueError, SyntaxError):
        return None
    data = small.tobytes()
    pixels = list(zip(data[::3], data[1::3], data[2::3], strict=True))
    cells = Counter((r >> 5, g >> 5, b >> 5) for r, g, b in pixels)
    fullest = cells.most_common(1)[0][0]
    members = [(r, g, b) for r, g, b in pixels if (r >> 5, g >> 5, b >> 5) == fullest]
    red, green, blue = (round(sum(values) / len(members)) for values in zip(*members, strict=True))
    return red, green, blue
