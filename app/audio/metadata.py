"""Metadata in sound files: short tags for other programs, and the complete settings for this one.

libsndfile writes tags correctly to WAV, FLAC and OGG, but garbles non-ASCII text in MP3, so MP3 tags are written here
as ID3v2.4, which WAV files have as well in a chunk `id3 `: some programs read only that. No single place for settings
survives in every format: WAV files have a chunk `mimo` (readers skip unknown chunks), other formats a JSON file next to
them.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

NAMES = ("title", "artist", "comment", "date", "software", "album", "genre", "lyrics")
ID3_ONLY = frozenset({"lyrics"})
"""Names for which libsndfile has no tag: written here."""
_ID3 = {"title": b"TIT2", "artist": b"TPE1", "date": b"TDRC", "software": b"TSSE", "album": b"TALB", "genre": b"TCON"}
SETTINGS_CHUNK = b"mimo"
ID3_CHUNK = b"id3 "


def settings_path(sound: Path) -> Path:
    """The path of the settings of a sound file other than WAV: `line.mp3` has `line.mp3.json`."""
    return sound.with_name(sound.name + ".json")


def encode_settings(settings: Mapping[str, Any]) -> bytes:
    """Encode settings as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(settings), indent=2)


def id3(tags: Mapping[str, str]) -> bytes:
    """Encode an ID3v2.4 tag in UTF-8, to be written before the first MP3 frame; empty without tags."""
    frames = b"".join(_frame(_ID3[name], b"\x03" + text.encode()) for name, text in tags.items() if name in _ID3)
    if "comment" in tags:
        frames += _frame(b"COMM", b"\x03und\x00" + tags["comment"].encode())
    if "lyrics" in tags:
        frames += _frame(b"USLT", b"\x03und\x00" + tags["lyrics"].encode())
    return b"ID3\x04\x00\x00" + _syncsafe(len(frames)) + frames if frames else b""


def append_chunk(wav: IO[bytes], name: bytes, content: bytes) -> None:
    """Append a chunk to a WAV file that is open for reading and writing."""
    wav.seek(0, os.SEEK_END)
    if wav.tell() % 2:
        wav.write(b"\x00")
    wav.write(name + struct.pack("<I", len(content)) + content + b"\x00" * (len(content) % 2))
    size = wav.tell()
    wav.seek(4)
    wav.write(struct.pack("<I", size - 8))
    wav.seek(0, os.SEEK_END)


def _frame(name: bytes, content: bytes) -> bytes:
    return name + _syncsafe(len(content)) + b"\x00\x00" + content


def _syncsafe(number: int) -> bytes:
    return bytes((number >> shift) & 0x7F for shift in (21, 14, 7, 0))
