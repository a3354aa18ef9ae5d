"""Videos: what the container's header says."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Literal

import msgspec

_FIRST_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
"""What an MP4 or MOV file may begin with; files of old QuickTime have no `ftyp`."""


class Video(msgspec.Struct, frozen=True):
    """Measures of a video; 0 where the header does not say."""

    format: Literal["MP4", "MOV", "AVI", "WMV"]
    width: int = 0
    height: int = 0
    seconds: float = 0.0


def measure(file: bytes) -> Video | None:
    """None for anything that is none of the four containers."""
    try:
        if file[4:8] in _FIRST_BOXES:
            return _mp4(file)
        if file[:4] == b"RIFF" and file[8:12] == b"AVI ":
            return _avi(file)
    except (struct.error, IndexError):
        return None
    return Video("WMV") if file.startswith(bytes.fromhex("3026b2758e66cf11")) else None


def tokens(video: Video, fps: float, *, fine: bool) -> int:
    """WIRE.md section 5, without the sound's share: pairs of frames, each at most 300 (or, fine, its own) tokens."""
    frames = min(int(video.seconds * fps + 0.999), 2048)
    grids = (frames + frames % 2) // 2
    area = (video.width * video.height) // 1024
    each = min(area, 8192 if fine else 300) or 300
    return min(grids * (each + (5 if fps > 2 else 3) + 2) + 2, 131_072)


def _mp4(file: bytes) -> Video:
    kind: Literal["MP4", "MOV"] = "MP4" if file[4:8] == b"ftyp" and file[8:12] != b"qt  " else "MOV"
    width = height = 0
    seconds = 0.0
    for name, body in _boxes(file):
        if name != b"moov":
            continue
        for inner, content in _boxes(body):
            if inner == b"mvhd":
                scale, length = (
                    struct.unpack(">IQ", content[20:32]) if content[0] else struct.unpack(">II", content[12:20])
                )
                seconds = length / scale if scale else 0.0
            elif inner == b"trak":
                for header, track in _boxes(content):
                    if header == b"tkhd":
                        across, down = struct.unpack(">II", track[-8:])
                        width, height = max(width, across >> 16), max(height, down >> 16)
    return Video(kind, width, height, seconds)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position + 8 <= len(content):
        size, name = struct.unpack(">I4s", content[position : position + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", content[position + 8 : position + 16])[0], 16
        elif size == 0:
            size = len(content) - position
        if size < head:
            return
        yield name, content[position + head : position + size]
        position += size


def _avi(file: bytes) -> Video:
    at = file.index(b"avih") + 8 if b"avih" in file[:4096] else 0
    if not at:
        return Video("AVI")
    microseconds, _, _, _, frames, _, _, _, width, height = struct.unpack("<10I", file[at : at + 40])
    return Video("AVI", width, height, microseconds * frames / 1e6)
