"""Gives MP3 files without a true length one: those of variable bit rate without a header, and several in one."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import msgspec

_BITRATES_KBIT = {
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
_LENGTH_FRAMES = (b"Xing", b"Info", b"VBRI")


class Mp3Layout(msgspec.Struct, frozen=True):
    """The frames of an MP3 file.

    Attributes:
        spans: (start, stop) in bytes of every frame with sound in the format of the first.
        samples: samples per channel in these frames, with the encoder's delay and padding.
        ignored: seconds in frames of another format, which can't be part of the same sound.
    """

    spans: tuple[tuple[int, int], ...]
    samples: int
    ignored: float


def mp3_layout(file: bytes) -> Mp3Layout | None:
    """The layout of an MP3 file; None if it does not begin with a tag or two frames."""
    if not file.startswith(b"ID3") and not _frame_length(file, 0):
        return None
    spans, ignored, kind = [], 0.0, None
    for start, stop in _frames(file):
        if any(name in file[start : start + 48] for name in _LENGTH_FRAMES):
            continue
        # Version, layer, sample rate, and whether it is mono.
        found = (file[start + 1] & 0xFE, file[start + 2] & 0x0C, file[start + 3] >> 6 == 3)
        kind = kind or found
        if found == kind:
            spans.append((start, stop))
        else:
            ignored += _samples(file[start + 1]) / _RATES[file[start + 1] >> 3 & 3][file[start + 2] >> 2 & 3]
    if not spans:
        return None
    return Mp3Layout(tuple(spans), len(spans) * _samples(file[spans[0][0] + 1]), ignored)


def with_length(file: bytes, found: Mp3Layout) -> bytes:
    """The frames of a file behind a frame that states their number, as decoders expect."""
    first = found.spans[0][0]
    version, is_mono = file[first + 1] >> 3 & 3, file[first + 3] >> 6 == 3
    header = bytes([0xFF, file[first + 1] | 1, 0x90 | file[first + 2] & 0x0C, file[first + 3]])
    length = _frame_length(header, 0)
    side = {True: (17, 32), False: (9, 17)}[version == 3][0 if is_mono else 1]
    begin = header + bytes(side) + b"Xing" + struct.pack(">II", 1, len(found.spans))
    return begin.ljust(length, b"\0") + b"".join(file[start:stop] for start, stop in found.spans)


def _frames(file: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    while at + 4 <= len(file):
        if file[at : at + 3] == b"ID3" and at + 10 <= len(file):
            size = file[at + 6 : at + 10]
            at += 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
            continue
        length = _frame_length(file, at)
        after = at + length
        if length and after <= len(file) and (_frame_length(file, after) or _is_end(file, after)):
            yield at, after
            at = after
        else:
            at = file.find(b"\xff" if file[at + 1 : at + 4] != b"ID3" else b"ID3", at + 1)
            if at < 0:
                return


def _is_end(file: bytes, at: int) -> bool:
    return len(file) - at < 4 or file[at : at + 3] in (b"ID3", b"TAG") or file[at : at + 4] == b"APET"


def _frame_length(file: bytes, at: int) -> int:
    """Length in bytes of the MPEG Layer III frame that begins at `at`; 0 if there is none."""
    header = file[at : at + 4]
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or layer != 1 or bitrate in (0, 15) or rate == 3:
        return 0
    kilobits = _BITRATES_KBIT[3 if version == 3 else 2][bitrate]
    return (144 if version == 3 else 72) * kilobits * 1000 // _RATES[version][rate] + padding


def _samples(second_byte: int) -> int:
    return 1152 if second_byte >> 3 & 3 == 3 else 576
