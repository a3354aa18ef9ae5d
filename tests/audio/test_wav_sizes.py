"""WAV files with size fields of 0 or wrong ones, and joined files, are read to their end."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from app.audio.analysis import analyse
from app.audio.files import Sound, read_sound
from app.audio.sound_writing import wav_bytes
from app.services.speech.sample_checks import Check, SampleFacts, findings
from app.ui.texts.sample_checks import check_sentence

FRAMES = 24_000
SOUND = Sound((np.arange(FRAMES, dtype=np.float32)[:, None] % 200 - 100) / 256, 24_000)
WAV = wav_bytes(SOUND)


def _sized(data: int, riff: int | None = None) -> bytes:
    changed = bytearray(WAV)
    changed[40:44] = struct.pack("<I", data)
    if riff is not None:
        changed[4:8] = struct.pack("<I", riff)
    return bytes(changed)


TAGS = b"LIST" + struct.pack("<I", 4) + b"INFO"


@pytest.mark.parametrize(
    ("content", "times"),
    [
        (WAV, 1),
        (_sized(0), 1),
        (_sized(0, 0), 1),
        (_sized(2 * FRAMES, 0), 1),
        (_sized(0xFFFF_FFFF, 0xFFFF_FFFF), 1),
        (_sized(1_001), 1),
        (WAV + WAV, 2),
        (WAV + TAGS + WAV + TAGS, 2),
        (_sized(0, 0) + _sized(0, 0), 2),
        (_sized(0xFFFF_FFFF, 0xFFFF_FFFF) + _sized(0xFFFF_FFFF, 0xFFFF_FFFF), 2),
        (WAV + WAV + WAV, 3),
    ],
    ids=["right", "data 0", "both 0", "riff 0", "endless", "short", "twice", "twice with tags", "twice 0",
         "twice endless", "thrice"],
)  # fmt: skip
def test_every_frame_is_read(content: bytes, times: int, tmp_path: Path) -> None:
    expected = np.concatenate([SOUND.samples] * times)
    path = tmp_path / "sound.wav"
    path.write_bytes(content)
    for origin in (content, path):
        read = read_sound(origin)
        assert read.rate == SOUND.rate
        np.testing.assert_allclose(read.samples, expected, atol=1e-4)


def test_joined_files_of_different_formats_say_that_the_first_is_read() -> None:
    other = wav_bytes(Sound(np.zeros((16_000, 2), np.float32), 16_000))
    read = read_sound(WAV + other)
    assert (len(read.samples), read.rate, read.is_first_format) == (FRAMES, 24_000, True)
    assert not read_sound(WAV + WAV).is_first_format
    (one,) = [
        found
        for found in findings(analyse(read.samples, read.rate), 100, SampleFacts(missing=0.5, is_first_format=True))
        if found.check is Check.COMPLETE
    ]
    assert check_sentence(one) == "Only the first format is read, 50 % is in another."
