"""Estimates tokens before a request is sent (WIRE.md section 5). The service bills its own count."""

from __future__ import annotations

import math
from typing import Literal

AUDIO_TOKENS_PER_SECOND = 6.25
_PIXEL_MULTIPLE = 32
_MIN_PIXELS, _MAX_PIXELS = 8_192, 8_388_608
_MAX_FRAMES = 2_048
_DEFAULT_GRID_PIXELS = 300 * 1_024
_MAX_VIDEO_TOKENS = 131_072


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


def video_tokens(
    width: int, height: int, seconds: float, fps: float = 2.0, resolution: Literal["default", "max"] = "default",
    *, with_audio: bool = True,
) -> int:  # fmt: skip
    """Tokens of a video: a grid for every two frames, time stamps, and the audio track."""
    frames = min(_MAX_FRAMES, max(2, math.ceil(seconds * fps)))
    grids = (frames + frames % 2) // 2
    columns, rows = image_size(width, height, _DEFAULT_GRID_PIXELS if resolution == "default" else _MAX_PIXELS)
    images = min(_MAX_VIDEO_TOKENS, grids * (columns * rows // 16 // 16 // 4))
    timestamps = grids * ((5 if fps > 2 else 3) + 2) + 2
    return images + timestamps + (audio_tokens(seconds) if with_audio else 0)
