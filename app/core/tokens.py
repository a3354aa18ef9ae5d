"""Estimates tokens before a request is sent (WIRE.md section 5). The service bills its own count."""

from __future__ import annotations

import math

AUDIO_TOKENS_PER_SECOND = 6.25
_PIXEL_MULTIPLE = 32
_MIN_PIXELS, _MAX_PIXELS = 8_192, 8_388_608


def text_tokens(text: str) -> int:
    """A rough estimate for prose: a token per four letters, two tokens per three Chinese characters."""
    letters = len(text.encode("ascii", "ignore"))
    return math.ceil(letters / 4 + (len(text) - letters) * 2 / 3)


def image_size(width: int, height: int, max_pixels: int = _MAX_PIXELS) -> tuple[int, int]:
    """The size in pixels an image is scaled to: multiples of 32, area between 8,192 and `max_pixels`."""
    columns = max(_PIXEL_MULTIPLE, round(width / _PIXEL_MULTIPLE) * _PIXEL_MULTIPLE)
    rows = max(_PIXEL_MULTIPLE, round(height / _PIXEL_MULTIPLE) * _PIXEL_MULTIPLE)
    if columns * rows > max_pixels:
        shrink = math.sqrt(width * height / max_pixels)
        columns = max(_PIXEL_MULTIPLE, math.floor(width / shrink / _PIXEL_MULTIPLE) * _PIXEL_MULTIPLE)
        rows = max(_PIXEL_MULTIPLE, math.floor(height / shrink / _PIXEL_MULTIPLE) * _PIXEL_MULTIPLE)
    elif columns * rows < _MIN_PIXELS:
        grow = math.sqrt(_MIN_PIXELS / (width * height))
        columns = math.ceil(width * grow / _PIXEL_MULTIPLE) * _PIXEL_MULTIPLE
        rows = math.ceil(height * grow / _PIXEL_MULTIPLE) * _PIXEL_MULTIPLE
    return columns, rows


def image_tokens(width: int, height: int) -> int:
    """Tokens of an image of a size in pixels; 1024 tokens for 1024 × 1024."""
    columns, rows = image_size(width, height)
    return columns * rows // 16 // 16 // 4


def audio_tokens(seconds: float) -> int:
    """Tokens of a recording."""
    return math.ceil(seconds * AUDIO_TOKENS_PER_SECOND)
