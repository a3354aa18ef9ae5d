"""The header of a WAV file with 16-bit little-endian PCM, so that sound can be written as it arrives."""

from __future__ import annotations

import struct

HEADER_BYTES = 44
_MAX_DATA_BYTES = 0xFFFF_FFFF - HEADER_BYTES


def wav_header(rate: int, data_bytes: int, channels: int = 1) -> bytes:
    """Return the 44 bytes before `data_bytes` bytes of PCM at `rate` frames per second.

    While sound is still arriving `data_bytes` is 0; readers then take everything up to the end of the file.
    """
    size = min(data_bytes, _MAX_DATA_BYTES)
    frame = 2 * channels
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", size + HEADER_BYTES - 8 if size else 0, b"WAVE", b"fmt ", 16, 1, channels, rate,
        rate * frame, frame, 16, b"data", size,
    )  # fmt: skip


def repaired(content: bytes) -> bytes | None:
    """Return a file that begins with such a header with the size of what it really holds, up to the last whole frame.

    None for any other content.
    """
    if not _is_ours(content):
        return None
    channels, rate = struct.unpack_from("<HI", content, 22)
    (size,) = struct.unpack_from("<I", content, 40)
    data = content[HEADER_BYTES : HEADER_BYTES + size] if size else content[HEADER_BYTES:]
    data = data[: len(data) - len(data) % (2 * channels)]
    return wav_header(rate, len(data), channels) + data


def frames_in(content: bytes) -> int:
    """The number of frames of a file that `repaired` returned."""
    channels: int = struct.unpack_from("<H", content, 22)[0]
    return (len(content) - HEADER_BYTES) // (2 * channels)


def mono_pcm(content: bytes) -> tuple[int, bytes] | None:
    """Return rate and PCM of a file that begins with such a header and has one channel; None for any other content."""
    if not _is_ours(content) or content[22:24] != b"\1\0":
        return None
    data = content[HEADER_BYTES:]
    return struct.unpack_from("<I", content, 24)[0], data[: len(data) - len(data) % 2]


def _is_ours(content: bytes) -> bool:
    if len(content) < HEADER_BYTES or content[:4] != b"RIFF" or content[8:20] != b"WAVEfmt \x10\0\0\0":
        return False
    kind, channels, rate = struct.unpack_from("<HHI", content, 20)
    return kind == 1 and channels > 0 and rate > 0 and content[34:40] == b"\x10\0data"
