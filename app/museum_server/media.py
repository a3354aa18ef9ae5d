"""The pictures and sounds of the museum, drawn and computed here."""

from __future__ import annotations

import math
import struct
import zlib

from app.museum_server.collection import MuseumObject

WIDTH, HEIGHT = 320, 240
_RATE = 16_000
_WALL, _FLOOR, _FLOOR_TOP = bytes((232, 226, 214)), bytes((190, 178, 158)), 180


def picture_of(thing: MuseumObject) -> bytes:
    """A PNG: the object as a coloured shape in front of a wall."""
    rows = []
    for y in range(HEIGHT):
        row = bytearray((_WALL if y < _FLOOR_TOP else _FLOOR) * WIDTH)
        half = _half_width(thing.kind, (y - 110) / 90)
        if half:
            # A weave: the tint becomes lighter and darker from row to row and from thread to thread.
            light = 0.9 + 0.1 * math.cos(y / (9 + thing.number % 3))
            threads = [
                bytes(min(255, round(part * light * shade)) for part in thing.tint) for shade in (0.92, 1.0, 1.05)
            ]
            row[3 * (WIDTH // 2 - half) : 3 * (WIDTH // 2 + half)] = b"".join(
                threads[x // (5 + thing.number % 4) % 3] for x in range(2 * half)
            )
        rows.append(bytes(row))
    return _png(rows)


def _half_width(kind: str, down: float) -> int:
    """Half of the width of a shape at a height from -1 to 1, in pixels; 0 above and below it."""
    if kind == "wall":
        return 84 if abs(down) < 0.75 else 0
    if kind == "floor":
        return round(100 * (0.35 + 0.15 * down)) if abs(down) < 0.95 else 0
    return round(100 * math.sqrt(max(0.0, 0.35 - down * down)))


def _png(rows: list[bytes]) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def chime(seconds: float = 1.2) -> bytes:
    """A WAV: a bell that fades."""
    count = round(seconds * _RATE)
    samples = bytearray()
    for index in range(count):
        at = index / _RATE
        tone = math.sin(2 * math.pi * 523.25 * at) + 0.5 * math.sin(2 * math.pi * 1318.5 * at)
        samples += struct.pack("<h", round(9_000 * tone * math.exp(-3 * at)))
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(samples), b"WAVE", b"fmt ", 16, 1, 1, _RATE, 2 * _RATE,
                       2, 16, b"data", len(samples))  # fmt: skip
    return head + bytes(samples)
