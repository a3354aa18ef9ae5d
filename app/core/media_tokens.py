"""Estimates the tokens of an attachment (WIRE.md section 5). None means unknown, which is never 0."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Literal

from app.core.attachments import kind_of
from app.core.media import DEFAULT_FPS
from app.core.messages import Media
from app.core.tokens import audio_tokens, image_size, image_tokens

_MAX_FRAMES = 2_048
_FRAMES_PER_GRID = 2
_DEFAULT_GRID_PIXELS, _MAX_GRID_PIXELS = 300 * 1_024, 8_388_608
_MAX_GRID_TOKENS = 131_072
"""Of all grids of a video together."""
_PIXELS_PER_TOKEN = 1_024


def media_tokens(media: Media) -> int | None:
    """Tokens of an attachment in one request; None if its size or length is unknown."""
    match kind_of(media):
        case "image":
            return image_tokens(media.width, media.height) if media.width and media.height else None
        case "audio":
            return audio_tokens(media.seconds) if media.seconds else None
        case "video":
            if not media.seconds:
                return None
            return video_tokens(
                media.width, media.height, media.seconds, media.fps or DEFAULT_FPS, media.resolution or "default"
            )


def video_tokens(
    width: int, height: int, seconds: float, fps: float, resolution: Literal["default", "max"]
) -> int | None:
    """Tokens of a video with its sound; None if its size in pixels is unknown.

    One grid holds two frames. Besides its picture each has a time stamp of 3 tokens, 5 above two frames a second, and
    2 special tokens.
    """
    if not width or not height:
        return None
    frames = min(_MAX_FRAMES, math.ceil(seconds * fps))
    grids = max(1, math.ceil(frames / _FRAMES_PER_GRID))
    columns, rows = image_size(width, height, _MAX_GRID_PIXELS if resolution == "max" else _DEFAULT_GRID_PIXELS)
    pictures = min(_MAX_GRID_TOKENS, grids * (columns * rows // _PIXELS_PER_TOKEN))
    return pictures + grids * ((5 if fps > 2 else 3) + 2) + 2 + audio_tokens(seconds)


def total_tokens(media: Iterable[Media]) -> tuple[int, bool]:
    """The known tokens of some attachments together, and whether all of them are known."""
    known = [media_tokens(part) for part in media]
    return sum(tokens or 0 for tokens in known), None not in known
