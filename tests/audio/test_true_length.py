"""Files whose header does not tell their true length are read whole, or it is known how much is missing."""

from __future__ import annotations

import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest
import soundfile

from app.audio.analysis import analyse
from app.audio.files import Container, Sound, read_sound
from app.audio.ogg_pages import is_whole
from app.audio.sound_writing import file_bytes, wav_bytes, write_sound
from app.services.speech.sample_checks import Check, SampleFacts, findings
from tests.audio.signals import noise

RATE = 24_000
SOUND = Sound(noise(2.0, RATE)[:, None], RATE)


def with_sizes(file: bytes, riff: int, data: int) -> bytes:
    at = file.index(b"data")
    return file[:4] + struct.pack("<I", riff) + file[8 : at + 4] + struct.pack("<I", data) + file[at + 8 :]


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF, 0x7FFFFFF0])
def test_a_streamed_wav_is_read_whole(size: int, tmp_path: Path) -> None:
    file = with_sizes(wav_bytes(SOUND), size, size)
    path = tmp_path / "take.wav"
    path.write_bytes(file)
    for origin in (file, path):
        found = read_sound(origin)
        assert len(found.samples) == 2 * RATE and not found.missing


def test_two_wavs_in_one_file_are_both_read() -> None:
    file = wav_bytes(SOUND)
    for first in (file, with_sizes(file, 0, 0)):
        found = read_sound(first + file)
        assert len(found.samples) == 4 * RATE and not found.missing
        assert np.array_equal(found.samples[: 2 * RATE], found.samples[2 * RATE :])


@pytest.mark.parametrize("appended", [b"ID3\x04\0\0\0\0\x07\x76" + b"\0" * 1014, b"TAG" + b"x" * 125])
def test_a_tag_behind_the_samples_is_no_sound(appended: bytes) -> None:
    found = read_sound(wav_bytes(SOUND) + appended)
    assert len(found.samples) == 2 * RATE and not found.missing


def test_an_odd_chunk_without_padding_hides_nothing() -> None:
    file = wav_bytes(SOUND)
    at = file.index(b"data")
    for padding in (b"", b"\0"):
        odd = file[:at] + b"LIST" + struct.pack("<I", 5) + b"INFOx" + padding + file[at:]
        assert len(read_sound(odd[:4] + struct.pack("<I", len(odd) - 8) + odd[8:]).samples) == 2 * RATE


def test_a_third_of_a_file_says_what_is_missing() -> None:
    file = wav_bytes(SOUND)
    found = read_sound(file[: 44 + RATE * 4 // 3 // 2 * 2])
    assert len(found.samples) == pytest.approx(RATE * 2 / 3, abs=2)
    assert found.missing == 2 * RATE - len(found.samples)


def test_what_is_no_number_is_silent_and_counted(tmp_path: Path) -> None:
    samples = np.full(1000, 0.1, np.float32)
    samples[500] = np.nan
    soundfile.write(tmp_path / "nan.wav", samples, RATE, subtype="FLOAT")
    found = read_sound(tmp_path / "nan.wav")
    assert (found.silenced, float(found.samples[500, 0])) == (1, 0.0)


def mp3(path: Path, *options: str) -> bytes:
    rising = np.tile(SOUND.samples * np.linspace(0, 1, 2 * RATE)[:, None], (5, 1)).astype(np.float32)
    wav = path.with_suffix(".wav")
    write_sound(wav, Sound(rising, RATE), "wav")
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-i", str(wav), *options, str(path)], check=True)
    return path.read_bytes()


def test_a_vbr_mp3_without_a_header_is_read_whole(tmp_path: Path) -> None:
    quiet_first = mp3(tmp_path / "vbr.mp3", "-q:a", "4", "-write_xing", "0", "-id3v2_version", "0")
    assert read_sound(quiet_first).seconds == pytest.approx(10, abs=0.15)


@pytest.mark.parametrize("header", ["0", "1"])
def test_two_joined_mp3s_are_read_whole(header: str, tmp_path: Path) -> None:
    one = mp3(tmp_path / "one.mp3", "-b:a", "64k", "-write_xing", header)
    (tmp_path / "two.mp3").write_bytes(one + one)
    found = read_sound(tmp_path / "two.mp3")
    assert found.seconds == pytest.approx(20, abs=0.3) and found.missing < 3000
    assert not read_sound(one).missing


def test_a_part_of_another_rate_is_said_to_be_missing(tmp_path: Path) -> None:
    joined = mp3(tmp_path / "a.mp3") + mp3(tmp_path / "b.mp3", "-ar", "44100")
    found = read_sound(joined)
    assert found.seconds == pytest.approx(10, abs=0.2)
    assert found.missing / RATE > 5


@pytest.mark.parametrize("container", ["ogg", "flac"])
@pytest.mark.parametrize("part", [0.4, 0.9])
def test_a_compressed_file_that_breaks_off_says_so(container: Container, part: float) -> None:
    long = Sound(np.tile(SOUND.samples, (5, 1)), RATE)
    file = file_bytes(long, container)
    whole, cut = read_sound(file), read_sound(file[: int(part * len(file))])
    assert not whole.is_damaged and not whole.missing
    assert cut.is_damaged and 0 < cut.seconds < 10 * part + 0.5
    checks = findings(analyse(cut.samples, RATE), 100, SampleFacts(is_damaged=cut.is_damaged))
    assert next(one for one in checks if one.check is Check.COMPLETE).grade != "good"


def test_an_ogg_with_a_hole_is_not_whole() -> None:
    file = file_bytes(SOUND, "ogg")
    at, size = len(file) // 2, len(file) // 4
    assert is_whole(file) and not is_whole(file[:at] + bytes(size) + file[at + size :])
    assert is_whole(file + bytes(200)) and is_whole(file + file)


@pytest.mark.parametrize("container", ["flac", "ogg"])
def test_joined_files_are_read_whole(container: Container, tmp_path: Path) -> None:
    one = file_bytes(SOUND, container)
    path = tmp_path / f"twice.{container}"
    path.write_bytes(one + one)
    for origin in (one + one, path):
        found = read_sound(origin)
        assert len(found.samples) == 4 * RATE and not found.missing
    other = file_bytes(Sound(noise(1.0, 48_000)[:, None], 48_000), container)
    found = read_sound(one + other)
    assert len(found.samples) == 2 * RATE
    assert (found.missing, found.is_first_format) == (RATE, True), "a second in another format"


def test_a_flac_without_a_length_is_read_whole() -> None:
    file = bytearray(file_bytes(SOUND, "flac"))
    file[21:26] = bytes([file[21] & 0xF0, 0, 0, 0, 0])
    found = read_sound(bytes(file))
    assert (len(found.samples), found.missing) == (2 * RATE, 0)


def test_of_a_flac_without_a_length_and_without_ffmpeg_little_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    file = bytearray(file_bytes(SOUND, "flac"))
    file[21:26] = bytes([file[21] & 0xF0, 0, 0, 0, 0])
    found = read_sound(bytes(file))
    assert (len(found.samples) == pytest.approx(2 * RATE, abs=1024)) and not found.missing


def test_what_can_be_decoded_of_a_cut_flac_is_read() -> None:
    file = file_bytes(SOUND, "flac")
    found = read_sound(file[: len(file) // 2])
    assert len(found.samples) == pytest.approx(RATE, abs=RATE // 3)
    assert found.is_damaged and found.missing == 2 * RATE - len(found.samples)


def test_joined_mp3s_of_two_rates_say_how_much_is_in_the_other(tmp_path: Path) -> None:
    first, second = mp3(tmp_path / "a.mp3", "-b:a", "64k"), mp3(tmp_path / "b.mp3", "-ar", "44100", "-b:a", "64k")
    found = read_sound(first + second)
    assert found.is_first_format
    assert found.missing / found.rate == pytest.approx(10, abs=0.2)
