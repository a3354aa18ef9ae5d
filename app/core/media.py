"""Attachments of messages."""

from __future__ import annotations

from typing import Literal

import msgspec

from app.core.bounds import bound

BLOB = "blob:"
"""Begins the URL of an attachment whose bytes are a file of the home."""
MAX_PEAK_BYTES = 1_024
"""Of the waveform of one attachment."""
MIN_FPS, MAX_FPS, DEFAULT_FPS = 0.1, 10.0, 2.0
"""Frames per second that a video is sampled with."""


class Media(msgspec.Struct, frozen=True, tag="media"):
    """An image, audio or video attachment of a message (WIRE.md section 5).

    Attributes:
        mime: such as `image/png`; the part before the slash is the kind.
        url: an https URL, `blob:DIGEST` for a file of the home, or a `data:` URL with the bytes in base64.
        name: the file name shown.
        size: in bytes, 0 if unknown (an https URL).
        fps: frames per second sampled from a video, [0.1, 10]; None for the service's default.
        resolution: `default` or `max`, videos only.
        width, height: of an image or a video in pixels, 0 if unknown.
        seconds: length of a sound or a video, None if unknown.
        format: its name, such as `JPEG`; with the codec of a video where that is known, such as `MP4, AVC`.
        peaks: of a sound, (lowest, highest) pairs of signed bytes; empty if it can't be decoded here.
        preview: `blob:DIGEST` of the first frame of a video; empty if there is none.
    """

    mime: str
    url: str
    name: str = ""
    size: int = 0
    fps: float | None = None
    resolution: Literal["default", "max"] | None = None
    width: int = 0
    height: int = 0
    seconds: float | None = None
    format: str = ""
    peaks: bytes = b""
    preview: str = ""

    def __post_init__(self) -> None:
        bound(self, counts=("size", "width", "height"), durations=("seconds",))
        if self.fps is not None and not MIN_FPS <= self.fps <= MAX_FPS:
            msgspec.structs.force_setattr(self, "fps", None)
        if len(self.peaks) > MAX_PEAK_BYTES:
            msgspec.structs.force_setattr(self, "peaks", self.peaks[:MAX_PEAK_BYTES])

    @property
    def digest(self) -> str:
        """The digest of its file in the home; empty for an address or a `data:` URL."""
        return self.url.removeprefix(BLOB) if self.url.startswith(BLOB) else ""
