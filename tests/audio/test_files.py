"""Reading and writing sound files, including malicious ones."""

from __future__ import annotations

import errno
import io
import json
import os
import struct
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from app.audio.files import Container, Sound, read_sound
from app.audio.metadata import settings_path
from app.audio.sound_writing import wav_bytes, write_sound
from app.core.errors import AudioError, Code
from tests.audio.signals import level_db, noise, pcm16

RATE = 24_000
SOUND = Sound((np.rint(noise(1.0, RATE) * 32768) / 32768).astype(np.float32)[:, None], RATE)
SETTINGS = {"text": "长长的一句话。" * 2000, "voice": {"id": "mimo_default"}, "seed": 7}
TAGS = {"title": "标题 é", "artist": "茉莉", "comment": "一句 (quiet)", "software": "MiMo Workbench"}


def refused(origin: Path | bytes, **limits: int) -> Code:
    with pytest.raises(AudioError) as caught:
        read_sound(origin, **limits)
    return caught.value.code


def settings_in(path: Path) -> Any:
    """The settings saved with a sound file: in the chunk `mimo` of a WAV file, else in the JSON file next to it."""
    if path.suffix != ".wav":
        return json.loads(settings_path(path).read_bytes())
    data = path.read_bytes()
    start = data.index(b"mimo") + 8
    (size,) = struct.unpack("<I", data[start - 4 : start])
    return json.loads(data[start : start + size])


@pytest.mark.parametrize("container", ["wav", "flac", "mp3", "ogg"])
def test_sound_tags_and_settings_round_trip(container: Container, tmp_path: Path) -> None:
    path = tmp_path / f"line.{container}"
    write_sound(path, SOUND, container, metadata=TAGS, settings=SETTINGS)
    again = read_sound(path)
    assert (again.rate, again.channels, len(again.samples)) == (RATE, 1, RATE)
    if container in ("wav", "flac"):
        assert np.array_equal(again.samples, SOUND.samples)
    assert level_db(again.samples) == pytest.approx(level_db(SOUND.samples), abs=0.5)
    assert settings_in(path) == SETTINGS
    assert settings_path(path).exists() == (container != "wav")
    command = ["ffprobe", "-v", "error", "-show_entries", "format_tags:stream_tags", "-of", "json", str(path)]
    told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    tags = told["format"].get("tags") or told["streams"][0]["tags"]
    assert {name.lower(): value for name, value in tags.items()}.items() >= {
        "title": TAGS["title"], "artist": TAGS["artist"], "comment": TAGS["comment"],
    }.items()  # fmt: skip
    assert {file.name for file in tmp_path.iterdir()} <= {path.name, settings_path(path).name}


@pytest.mark.parametrize("name", ["line.aiff", "line.m4a", "line.opus", "line.webm", "line.mp4"])
@pytest.mark.parametrize("as_bytes", [False, True])
def test_other_formats_are_read(name: str, as_bytes: bool, tmp_path: Path) -> None:
    write_sound(tmp_path / "line.wav", SOUND, "wav")
    path = tmp_path / name
    subprocess.run(["ffmpeg", "-v", "error", "-i", str(tmp_path / "line.wav"), str(path)], check=True)
    again = read_sound(path.read_bytes() if as_bytes else path)
    assert again.seconds == pytest.approx(1.0, abs=0.1)
    assert level_db(again.samples) == pytest.approx(level_db(SOUND.samples), abs=1)


def test_without_ffmpeg_a_phone_recording_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(b"\0\0\0\x20ftypM4A " + bytes(100)) is Code.SOUND_NEEDS_FFMPEG
    assert refused(b"some words, no sound" * 10) is Code.SOUND_UNREADABLE


def test_a_wav_in_memory_has_the_format_of_the_service() -> None:
    made = wav_bytes(SOUND)
    assert made[:4] == b"RIFF" and made[-2 * RATE :] == pcm16(SOUND.samples[:, 0])


def float_wav(samples: np.ndarray, path: Path) -> Path:
    soundfile.write(path, samples, RATE, subtype="FLOAT")
    return path


def header(data_size: int, channels: int = 1, rate: int = RATE) -> bytes:
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * 2 * channels & 0xFFFFFFFF, 2 * channels, 16)
    return b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", data_size)


def test_files_that_are_not_sounds_are_refused(tmp_path: Path) -> None:
    assert refused(b"") is Code.SOUND_EMPTY
    assert refused(header(0)) is Code.SOUND_EMPTY
    assert refused(os.urandom(5_000)) is Code.SOUND_UNREADABLE
    assert refused(header(100)[:30]) is Code.SOUND_UNREADABLE
    assert refused(tmp_path / "nowhere.wav") is Code.FILE_MISSING
    assert refused(tmp_path) is Code.FILE_IS_FOLDER
    assert refused(Path("/dev/null")) is Code.FILE_IS_SPECIAL
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") is Code.FILE_IS_SPECIAL
    (tmp_path / "broken").symlink_to(tmp_path / "gone")
    assert refused(tmp_path / "broken") is Code.FILE_MISSING
    assert refused(header(3_200, channels=16) + bytes(3_200)) is Code.SOUND_FORMAT
    assert refused(header(200, rate=1) + bytes(200)) is Code.SOUND_FORMAT


def test_a_header_claiming_2_gb_allocates_nothing() -> None:
    assert len(read_sound(header(0x7FFFFFF0) + pcm16(SOUND.samples[:, 0])).samples) == RATE


def test_eight_channels_are_accepted(tmp_path: Path) -> None:
    assert read_sound(float_wav(np.zeros((500, 8), np.float32), tmp_path / "8.wav")).channels == 8


def test_a_sound_over_the_size_limit_is_refused() -> None:
    assert refused(wav_bytes(SOUND), max_bytes=50_000) is Code.SOUND_TOO_LARGE


def test_a_playlist_opens_no_other_file(tmp_path: Path) -> None:
    write_sound(tmp_path / "secret.wav", SOUND, "wav")
    playlist = tmp_path / "list.m4a"
    playlist.write_text(f"ffconcat version 1.0\nfile '{tmp_path}/secret.wav'\n")
    assert refused(playlist) is Code.SOUND_UNREADABLE


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "line.mp3"
    write_sound(path, SOUND, "mp3")
    before = path.read_bytes()
    with pytest.raises(AudioError) as caught:
        write_sound(path, Sound(SOUND.samples, 12_345), "mp3")
    assert caught.value.code is Code.SOUND_FORMAT and path.read_bytes() == before
    with pytest.raises(AudioError) as caught:
        write_sound(tmp_path / "no" / "line.wav", SOUND, "wav")
    assert caught.value.code is Code.FILE_NOT_WRITTEN
    assert [file.name for file in tmp_path.iterdir()] == ["line.mp3"]


@pytest.mark.parametrize("container", ["wav", "flac", "mp3", "ogg"])
def test_a_full_disk_raises_the_same_code_in_every_format(
    container: Container, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.FileIO):
        """A disk with room for 10 kB."""

        def write(self, piece: Any) -> int:
            if self.tell() + len(piece) > 10_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(piece)

    monkeypatch.setattr(os, "fdopen", lambda descriptor, mode: Full(descriptor, "w+"))
    path = tmp_path / f"take.{container}"
    path.write_bytes(b"the old one")
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (10 * RATE, 1)).astype(np.float32)
    with pytest.raises(AudioError) as caught:
        write_sound(path, Sound(noise, RATE), container)
    assert caught.value.code is Code.DISK_FULL
    assert path.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [path]
