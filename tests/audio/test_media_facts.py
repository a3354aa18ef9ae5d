"""What the container of a sound says, also where its tags are broken."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from app.audio.media_facts import container_facts


def mp3(encoding: int, title: bytes) -> bytes:
    """Silence with an ID3 tag."""
    frame = b"TIT2" + struct.pack(">I", len(title) + 1) + b"\0\0" + bytes([encoding]) + title
    return (
        b"ID3\x03\0\0\0\0" + bytes([len(frame) >> 7, len(frame) & 127]) + frame + (b"\xff\xfb\x90\0" + b"\0" * 413) * 20
    )


@pytest.mark.parametrize(
    ("encoding", "title"),
    [(0, b"Ferry"), (0, b"\1\2"), (1, b"\xff\xfe\0\xd8A\0"), (1, b"\xff\xfe\x0b\0\xff\xff"), (3, b"\xed\xa0\x80\x08")],
    ids=["plain", "control characters", "half a surrogate pair", "no character", "surrogate in UTF-8"],
)
def test_a_broken_tag_leaves_unknown_what_can_not_be_read(tmp_path: Path, encoding: int, title: bytes) -> None:
    (tmp_path / "sound.mp3").write_bytes(mp3(encoding, title))
    facts = container_facts(tmp_path / "sound.mp3")
    assert facts is None or facts.has_sound
