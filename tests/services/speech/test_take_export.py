"""Exporting many takes: what is in the files, that none is replaced, and what is left where it ends early."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import struct
import subprocess
import threading
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import soundfile

from app.audio import sound_writing
from app.audio.files import Sound
from app.composition.audio_adapter import audio
from app.core.errors import Code, StorageError, WorkbenchError
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.loudness_matching import target_gain
from app.services.speech.ports import Blobs, BlobWriter
from app.services.speech.take_export import ExportedTake, ExportOptions, ExportOutcome, TakeExport, ending_of

RATE = 24_000
WAV = ExportOptions()
TEXT = "(沉稳) 渡船九点开。 “Nine”, she said."


class _Blobs:
    """Blobs in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def read(self, digest: str) -> bytes:
        if digest not in self.files:
            raise StorageError(Code.NOT_KEPT, id=digest)
        return self.files[digest]

    def put(self, content: bytes) -> str:
        raise NotImplementedError

    def writer(self, name: str = "") -> BlobWriter:
        raise NotImplementedError


def tone(amplitude: float, seconds: float = 1.0) -> np.ndarray[Any, Any]:
    """A tone of 997 Hz; its true peak is its amplitude."""
    at = np.arange(round(seconds * RATE)) / RATE
    return (amplitude * np.sin(2 * np.pi * 997 * at)).astype(np.float32)[:, None]


@pytest.fixture
def blobs() -> _Blobs:
    kept = _Blobs()
    for name, amplitude in (("quiet", 0.1), ("loud", 0.5)):
        kept.files[name] = sound_writing.wav_bytes(Sound(tone(amplitude), RATE))
    return kept


def take(blob: str = "quiet", **fields: Any) -> Take:
    voice = VoiceSnapshot("builtin", "mia", "Mia")
    return msgspec.structs.replace(
        Take("t", voice, TEXT, state="done", audio=blob, rate=RATE, frames=RATE, created=1.8e9), **fields
    )


def items(*names: str, blob: str = "quiet") -> list[ExportedTake]:
    return [ExportedTake(take(blob), name, "Mia", "Harbour") for name in names]


async def export(
    blobs: Blobs, folder: Path, takes: list[ExportedTake], options: ExportOptions = WAV
) -> list[ExportOutcome]:
    return await TakeExport(blobs, audio()).run(takes, folder, options)


def probed(path: Path) -> dict[str, str]:
    command = ["ffprobe", "-v", "error", "-show_entries", "format_tags:stream_tags", "-of", "json", str(path)]
    told: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    tags = told["format"].get("tags") or told["streams"][0]["tags"]
    return {name.lower(): value for name, value in tags.items()}


@pytest.mark.parametrize("format_", ["wav", "flac", "mp3", "ogg"])
async def test_other_programs_read_who_says_what(blobs: _Blobs, tmp_path: Path, format_: Any) -> None:
    path = (await export(blobs, tmp_path, items(f"a.{format_}"), ExportOptions(format_)))[0].path
    assert path is not None
    tags = probed(path)
    assert (tags["title"], tags["artist"], tags["album"]) == ("渡船九点开。 “Nine”, she said.", "Mia", "Harbour")
    assert (tags["comment"], tags["date"]) == (TEXT, "2027-01-15")
    if format_ in ("flac", "ogg"):
        assert tags["lyrics"] == TEXT
    content = path.read_bytes()
    assert b"MiMo Workbench" in content
    if format_ in ("wav", "mp3"):
        assert b"USLT" in content and content.count(b"TPE1") == 1
    if format_ != "mp3":
        with soundfile.SoundFile(path) as file:
            assert (file.title, file.artist, file.comment) == (tags["title"], "Mia", TEXT)


async def test_without_tags_and_settings_a_file_tells_nothing(blobs: _Blobs, tmp_path: Path) -> None:
    for format_ in ("wav", "flac", "mp3", "ogg"):
        options = ExportOptions(format_, has_tags=False, has_settings=False)
        path = (await export(blobs, tmp_path, items(f"a.{format_}"), options))[0].path
        assert path is not None
        assert not any(private in path.read_bytes() for private in (b"Mia", "渡船".encode(), b"MiMo", b"ID3"))
    assert len(list(tmp_path.iterdir())) == 4


async def test_the_id3_chunk_of_a_wav_file_is_where_its_size_says(blobs: _Blobs, tmp_path: Path) -> None:
    path = (await export(blobs, tmp_path, items("a.wav")))[0].path
    assert path is not None
    content, at, chunks = path.read_bytes(), 12, {}
    while at < len(content):
        name, size = content[at : at + 4], struct.unpack("<I", content[at + 4 : at + 8])[0]
        chunks[name] = content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    assert at == len(content) == struct.unpack("<I", content[4:8])[0] + 8
    assert chunks[b"id3 "].startswith(b"ID3\x04")
    assert json.loads(chunks[b"mimo"])["text"] == TEXT


@pytest.mark.parametrize(("rate", "format_"), [(44_100, "wav"), (16_000, "mp3"), (48_000, "ogg"), (8_000, "flac")])
async def test_the_sample_rate_is_converted(blobs: _Blobs, tmp_path: Path, rate: int, format_: Any) -> None:
    path = (await export(blobs, tmp_path, items(f"a.{format_}"), ExportOptions(format_, rate)))[0].path
    assert path is not None
    sound = audio().read_sound(path)
    assert sound.rate == rate
    assert sound.seconds == pytest.approx(1.0, abs=0.06)
    spectrum = np.abs(np.fft.rfft(sound.samples[:, 0]))
    assert spectrum.argmax() / sound.seconds == pytest.approx(997, abs=3)


async def test_the_loudness_is_that_which_was_asked_for_and_the_gain_is_said(blobs: _Blobs, tmp_path: Path) -> None:
    options = ExportOptions(target_lufs=-16.0, peak_limit_dbtp=-1.0)
    outcomes = await export(blobs, tmp_path, [*items("a.wav"), *items("b.wav", blob="loud")], options)
    for outcome, before in zip(outcomes, (0.1, 0.5), strict=True):
        assert outcome.path is not None
        sound = audio().read_sound(outcome.path)
        assert audio().measure(sound.samples, sound.rate).integrated == pytest.approx(-16.0, abs=0.1)
        assert outcome.gain.short == 0
        assert np.abs(sound.samples).max() == pytest.approx(before * 10 ** (outcome.gain.gain / 20), rel=0.01)


async def test_a_peak_above_the_limit_lowers_the_gain_and_says_by_how_much(blobs: _Blobs, tmp_path: Path) -> None:
    options = ExportOptions(target_lufs=-5.0, peak_limit_dbtp=-6.0)
    outcome = (await export(blobs, tmp_path, items("a.wav"), options))[0]
    assert outcome.path is not None
    sound = audio().read_sound(outcome.path)
    assert audio().measure(sound.samples, sound.rate).true_peak == pytest.approx(-6.0, abs=0.1)
    loudness = audio().measure(sound.samples, sound.rate).integrated
    assert loudness is not None
    assert outcome.gain.short == pytest.approx(-5.0 - loudness, abs=0.1)
    assert outcome.gain.short > 1


def test_silence_gets_no_gain() -> None:
    assert target_gain(None, -120.0, -16.0, -1.0) == (0.0, 0.0)
    assert target_gain(-20.0, -10.0, -16.0, -1.0) == (4.0, 0.0)
    assert target_gain(-20.0, -3.0, -16.0, -1.0) == (2.0, 2.0)


async def test_no_file_is_ever_replaced(blobs: _Blobs, tmp_path: Path) -> None:
    (tmp_path / "LINE.mp3").write_bytes(b"mine")
    (tmp_path / "line 2.mp3.json").write_bytes(b"mine too")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    outcomes = await export(blobs, tmp_path, items("line.mp3", "line.mp3"), ExportOptions("mp3"))
    assert [outcome.path.name for outcome in outcomes if outcome.path] == ["line 3.mp3", "line 4.mp3"]
    assert {path: path.read_bytes() for path in before} == before
    assert len(list(tmp_path.iterdir())) == 6


async def test_a_file_that_appears_while_one_is_written_is_not_replaced(
    blobs: _Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = sound_writing.write_sound
    rivals = iter([True, False])

    def late(path: Path, *args: Any, **options: Any) -> None:
        if next(rivals):
            path.write_bytes(b"another program's")
        write(path, *args, **options)

    taken = audio()._replace(write_sound=late)
    outcomes = await TakeExport(blobs, taken).run(items("a.wav"), tmp_path, ExportOptions())
    assert outcomes[0].path == tmp_path / "a 2.wav"
    assert (tmp_path / "a.wav").read_bytes() == b"another program's"
    assert len(list(tmp_path.iterdir())) == 2


async def test_cancelling_keeps_what_is_finished_and_leaves_no_half(blobs: _Blobs, tmp_path: Path) -> None:
    blobs.files["long"] = sound_writing.wav_bytes(Sound(tone(0.2, 30), RATE))
    begun = asyncio.Event()
    running: asyncio.Task[Any]

    def report(place: int, outcome: ExportOutcome | None) -> None:
        if (place, outcome) == (1, None):
            begun.set()

    takes = [*items("a.flac"), *items("b.flac", "c.flac", blob="long")]
    running = asyncio.create_task(TakeExport(blobs, audio()).run(takes, tmp_path, ExportOptions("flac"), report))
    await begun.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.flac", "a.flac.json"]
    assert len(soundfile.SoundFile(tmp_path / "a.flac").read()) == RATE


async def test_a_file_that_was_finished_all_the_same_is_reported(
    blobs: _Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, loop = asyncio.Event(), asyncio.get_running_loop()
    release = threading.Event()
    write = sound_writing.write_sound

    def late(path: Path, *args: Any, **options: Any) -> None:
        write(path, *args, **options)
        loop.call_soon_threadsafe(written.set)
        release.wait(10)

    outcomes: list[ExportOutcome | None] = []
    exporting = TakeExport(blobs, audio()._replace(write_sound=late)).run(
        items("a.wav", "b.wav"), tmp_path, WAV, lambda _place, outcome: outcomes.append(outcome)
    )
    running = asyncio.create_task(exporting)
    await written.wait()
    running.cancel()
    loop.call_later(0.01, release.set)
    with pytest.raises(asyncio.CancelledError):
        await running
    assert [outcome and outcome.path for outcome in outcomes] == [None, tmp_path / "a.wav"]
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]


async def test_a_take_that_cannot_be_read_does_not_stop_the_others(blobs: _Blobs, tmp_path: Path) -> None:
    outcomes = await export(blobs, tmp_path, [*items("a.wav", blob="gone"), *items("b.wav")])
    assert outcomes[0].error is not None and outcomes[0].error.code is Code.NOT_KEPT
    assert outcomes[1].path == tmp_path / "b.wav"


async def test_what_can_not_be_decoded_is_exported_as_it_came(blobs: _Blobs, tmp_path: Path) -> None:
    blobs.files["raw"] = b"no sound at all"
    raw = take("raw", frames=0, container="pcm16")
    assert ending_of(raw, "flac") == ".pcm"
    outcome = (await export(blobs, tmp_path, [ExportedTake(raw, "a.pcm")], ExportOptions("flac")))[0]
    assert outcome.path is not None and outcome.path.read_bytes() == b"no sound at all"


async def test_a_folder_that_is_gone_is_said(blobs: _Blobs, tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError) as caught:
        await export(blobs, tmp_path / "gone", items("a.wav"))
    assert caught.value.code is Code.FOLDER_MISSING


async def test_a_full_disk_ends_it_and_finished_files_stay(
    blobs: _Blobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced = iter([False, True])

    def fsync(_descriptor: int) -> None:
        if next(synced):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(WorkbenchError) as caught:
        await export(blobs, tmp_path, items("a.wav", "b.wav", "c.wav"))
    assert caught.value.code is Code.DISK_FULL
    assert [path.name for path in tmp_path.iterdir()] == ["a.wav"]
