"""The sample on the bench is the one last asked for, whole or not at all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from app.composition.audio_adapter import audio
from app.core.errors import AudioError, Code
from app.core.voices import mime_of
from app.services.speech.sample_editor import Check, Fix, SampleEditor


def tone(path: Path, seconds: float) -> Path:
    soundfile.write(path, 0.3 * np.sin(np.arange(round(24_000 * seconds)) / 20), 24_000)
    return path


class Gate:
    """Does `work`, the first time only after `opened`."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self.entered, self.opened = threading.Event(), threading.Event()
        self._work = work
        self._first = True

    def __call__(self, *of: Any, **named: Any) -> Any:
        first, self._first = self._first, False
        if first:
            self.entered.set()
            assert self.opened.wait(20)
        return self._work(*of, **named)


async def test_the_last_one_chosen_stays_though_the_first_is_read_later(tmp_path: Path) -> None:
    gate = Gate(audio().read_sound)
    bench = SampleEditor(audio()._replace(read_sound=gate))
    first = asyncio.ensure_future(bench.open(tone(tmp_path / "first.wav", 2.0)))
    await asyncio.to_thread(gate.entered.wait, 20)
    assert await bench.open(tone(tmp_path / "second.wav", 1.0))
    gate.opened.set()
    assert not await first
    assert (bench.name, bench.milliseconds, bench.trim) == ("second.wav", 1_000, (0, 1_000))


async def test_another_sample_while_one_is_mended(tmp_path: Path) -> None:
    bench = SampleEditor(audio())
    await bench.open(tone(tmp_path / "first.wav", 2.0))
    done = await asyncio.gather(
        bench.set_trim(100, 1_500), bench.set_fix(Fix.LEVEL, True), bench.open(tone(tmp_path / "second.wav", 1.0))
    )
    assert done[-1] is True
    assert (bench.name, bench.trim, bench.fixes) == ("second.wav", (0, 1_000), frozenset())
    assert bench.edited is not None and bench.edited.seconds == 1.0


async def test_a_trim_that_can_not_be_made_changes_nothing(tmp_path: Path) -> None:
    bench = SampleEditor(audio())
    await bench.open(tone(tmp_path / "first.wav", 2.0))
    before = bench.sample()

    def refuse(_sound: Any, _edits: Any) -> Any:
        raise AudioError(Code.SOUND_EMPTY)

    broken = bench._audio._replace(edited=refuse)
    bench._audio = broken
    with pytest.raises(AudioError):
        await bench.set_trim(500, 500)
    assert bench.trim == (0, 2_000)
    assert bench.sample() == before


async def test_wishes_that_come_while_it_is_mended_all_hold(tmp_path: Path) -> None:
    bench = SampleEditor(audio())
    await bench.open(tone(tmp_path / "first.wav", 2.0))
    await asyncio.gather(bench.set_fix(Fix.LEVEL, True), bench.set_fix(Fix.MONO, True), bench.set_trim(100, 1_500))
    assert (bench.fixes, bench.trim) == ({Fix.LEVEL, Fix.MONO}, (100, 1_500))
    assert bench.edited is not None and bench.edited.seconds == 1.4


async def test_a_wish_that_can_not_come_true_takes_no_other_with_it(tmp_path: Path) -> None:
    bench = SampleEditor(audio())
    await bench.open(tone(tmp_path / "first.wav", 2.0))
    no_sound = tmp_path / "notes.wav"
    no_sound.write_text("not a sound")
    done = await asyncio.gather(
        bench.set_fix(Fix.LEVEL, True), bench.open(no_sound), bench.set_trim(500, 500), bench.set_fix(Fix.MONO, True),
        return_exceptions=True,
    )  # fmt: skip
    assert [isinstance(one, AudioError) for one in done] == [False, True, True, False]
    assert (bench.name, bench.fixes, bench.trim) == ("first.wav", {Fix.LEVEL, Fix.MONO}, (0, 2_000))


async def test_a_trim_of_one_sample_is_none_of_the_next(tmp_path: Path) -> None:
    gate = Gate(audio().wav_bytes)
    bench = SampleEditor(audio())
    await bench.open(tone(tmp_path / "first.wav", 2.0))
    bench._audio = audio()._replace(wav_bytes=gate)
    opening = asyncio.ensure_future(bench.open(tone(tmp_path / "second.wav", 1.0)))
    await asyncio.to_thread(gate.entered.wait, 20)
    trimming = asyncio.ensure_future(bench.set_trim(100, 1_800))
    await asyncio.sleep(0)
    gate.opened.set()
    await asyncio.gather(opening, trimming)
    assert (bench.name, bench.trim) == ("second.wav", (0, 1_000))


async def test_a_long_file_is_loaded_for_trimming_and_what_is_too_large_is_made_smaller(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    noise = np.random.default_rng(1).uniform(-0.1, 0.1, (600 * 8_000, 1))
    soundfile.write(path, noise, 8_000)
    bench = SampleEditor(audio())
    await bench.open(path)
    assert bench.milliseconds == 600_000
    size = next(found for found in bench.findings if found.check is Check.SIZE)
    assert size.note == "mp3" and mime_of(bench.encoded) == "audio/mpeg"
    assert len(bench.encoded) < 7_500_000
    await bench.set_trim(0, 20_000)
    assert mime_of(bench.encoded) == "audio/wav"


@pytest.mark.parametrize(("rate", "channels", "note"), [(48_000, 2, "mono"), (48_000, 1, "rate")])
async def test_what_is_little_too_large_stays_lossless(rate: int, channels: int, note: str, tmp_path: Path) -> None:
    path = tmp_path / "large.wav"
    seconds = 60 if channels == 2 else 100
    soundfile.write(path, np.random.default_rng(1).uniform(-0.1, 0.1, (seconds * rate, channels)), rate)
    bench = SampleEditor(audio())
    await bench.open(path)
    size = next(found for found in bench.findings if found.check is Check.SIZE)
    assert (size.note, mime_of(bench.encoded)) == (note, "audio/wav")
    assert bench.edited is not None and bench.edited.rate == rate, "only what is sent is smaller"
