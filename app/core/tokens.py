"""Token estimates before anything is sent (mimo-api section 5). The service's own count is what is billed."""

from __future__ import annotations

import math

AUDIO_TOKENS_PER_SECOND = 6.25
_UNIT = 32
_SMALLEST, _LARGEST = 8_192, 8_388_608


def text_tokens(text: str) -> int:
    """A rough count for prose: about four letters a token, and two for three Chinese characters."""
    letters = len(text.encode("ascii", "ignore"))
    return math.ceil(letters / 4 + (len(text) - letters) * 2 / 3)


def image_size(width: int, height: int, largest: int = _LARGEST) -> tuple[int, int]:
    """The pixels a picture is scaled to: multiples of 32, area between 8,192 and `largest`."""
    columns = max(_UNIT, round(width / _UNIT) * _UNIT)
    rows = max(_UNIT, round(height / _UNIT) * _UNIT)
    if columns * rows > largest:
        shrink = math.sqrt(width * height / largest)
        columns = max(_UNIT, math.floor(width / shrink / _UNIT) * _UNIT)
        rows = max(_UNIT, math.floor(height / shrink / _UNIT) * _UNIT)
    elif columns * rows < _SMALLEST:
        grow = math.sqrt(_SMALLEST / (width * height))
        columns = math.ceil(width * grow / _UNIT) * _UNIT
        rows = math.ceil(height * grow / _UNIT) * _UNIT
    return columns, rows


def image_tokens(width: int, height: int) -> int:
    """Tokens of a picture of so many pixels; 1024 × 1024 gives 1024."""
    columns, rows = image_size(width, height)
    return columns * rows // 16 // 16 // 4


def audio_tokens(seconds: float) -> int:
    return math.ceil(seconds * AUDIO_TOKENS_PER_SECOND)
