"""The sample on the bench is the one last asked for, whole or not at all."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from app.audio.resampling import resample
from app.composition.audio_adapter import audio
from app.core.errors import AudioError, Code, InputError
from app.core.voices import mime_of
from app.services.speech.sample_checks import FIXED_CHECK, Check, Finding, Fix, SampleFacts, base64_size, findings
from app.services.speech.sample_editor import SampleEditor
from app.ui.texts.sample_checks import check_sentence
from tests.audio.speech import phrase, silence


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


RATE = 48_000


@cache
def phrase_and_pause() -> np.ndarray:
    return np.concatenate([phrase(syllables=10), silence(0.4)])


def speech(seconds: float, rate: int = RATE) -> np.ndarray:
    """Phrases and pauses, shape (frames,)."""
    part = phrase_and_pause()
    there = resample(np.tile(part, int(seconds * 24_000 / len(part)) + 1)[:, None], 24_000, rate)
    return np.asarray(there[: round(seconds * rate), 0] * np.float32(0.5))


async def opened(path: Path, samples: np.ndarray, rate: int = RATE, subtype: str = "PCM_16") -> SampleEditor:
    soundfile.write(path, samples, rate, subtype)
    editor = SampleEditor(audio())
    await editor.open(path)
    return editor


def finding(editor: SampleEditor, check: Check) -> Finding:
    return next(one for one in editor.findings if one.check is check)


async def test_a_long_file_opens_with_its_best_stretch_which_can_be_undone(tmp_path: Path) -> None:
    noisy = np.random.default_rng(1).standard_normal(16 * 8_000).astype(np.float32) * 0.05
    clean = speech(40, 8_000)
    editor = await opened(tmp_path / "long.wav", np.concatenate([noisy[: 8 * 8_000], clean, noisy]), 8_000)
    start, stop = editor.trim
    assert start >= 8_000 and stop <= 48_000 and 25_000 < stop - start <= 30_000
    assert finding(editor, Check.LENGTH).used is Fix.BEST
    await editor.set_fix(Fix.BEST, False)
    assert editor.trim == (0, 64_000) and finding(editor, Check.LENGTH).used is None


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a sample could have a fortieth of the size, so that the tests need short sounds."""
    for module in ("sample_checks", "sample_editor", "sample_encoding"):
        monkeypatch.setattr(f"app.services.speech.{module}.MAX_ENCODED_BYTES", 262_500)
    for module in ("sample_checks", "sample_encoding"):
        monkeypatch.setattr(f"app.services.speech.{module}.WARN_ENCODED_BYTES", 250_000)


@pytest.mark.usefixtures("small_limit")
async def test_what_is_too_large_is_sent_only_after_shrinking(tmp_path: Path) -> None:
    path = tmp_path / "large.wav"
    editor = await opened(path, np.stack([speech(1.5)] * 2, axis=1))
    before, size = path.read_bytes(), finding(editor, Check.SIZE)
    assert (size.grade, size.fix) == ("bad", Fix.SHRINK) and editor.is_too_large
    with pytest.raises(InputError) as refused:
        editor.sample()
    assert refused.value.code is Code.SAMPLE_TOO_LARGE
    await editor.set_fix(Fix.SHRINK, True)
    assert editor.fixes == {Fix.SHRINK, Fix.MONO}, "no more than it takes"
    assert base64_size(len(editor.sample())) / 1e6 == pytest.approx(size.effect, rel=1e-3)
    assert mime_of(editor.encoded) == "audio/wav"
    assert path.read_bytes() == before
    await editor.set_fix(Fix.SHRINK, False)
    assert editor.is_too_large and not editor.fixes


@pytest.mark.usefixtures("small_limit")
async def test_an_mp3_has_the_size_that_was_stated_before(tmp_path: Path) -> None:
    editor = await opened(tmp_path / "long.wav", speech(4.5, 24_000), 24_000)
    size = finding(editor, Check.SIZE)
    await editor.set_fix(Fix.SHRINK, True)
    assert Fix.MP3 in editor.fixes and mime_of(editor.sample()) == "audio/mpeg"
    assert base64_size(len(editor.encoded)) / 1e6 == pytest.approx(size.effect, rel=0.01)
    assert finding(editor, Check.SIZE).used is Fix.SHRINK


def test_what_no_fix_makes_fit_says_how_long_it_may_be() -> None:
    facts = SampleFacts(size_before=14.9, max_minutes=9.36)
    found = findings(audio().analyse(np.zeros((8_000, 1), np.float32), 8_000), 11_200_000, facts)
    size = next(one for one in found if one.check is Check.SIZE)
    assert (size.note, size.fix) == ("too-long", None)
    assert check_sentence(size) == "14.9 of 10 MB, and no fix makes it fit. Trim to at most 9 min."


async def test_every_fix_helps_its_check_and_can_be_undone_alone(tmp_path: Path) -> None:
    rate = 50_000
    voice = speech(3, rate) * np.float32(0.02)
    sound = np.concatenate([np.zeros(rate, np.float32), voice])
    hum = 0.002 * np.sin(2 * np.pi * 50 * np.arange(len(sound)) / rate)
    sound = (sound + hum + 0.02).astype(np.float32)
    editor = await opened(tmp_path / "sample.wav", np.stack([sound, sound], axis=1), rate, "FLOAT")
    for fix in (Fix.LEVEL, Fix.MONO, Fix.RATE, Fix.OFFSET, Fix.HIGH_PASS, Fix.TRIM):
        before, all_before, others = finding(editor, FIXED_CHECK[fix]), editor.findings, editor.fixes
        assert before.grade != "good" and before.fix is fix and (before.effect is not None or fix is Fix.OFFSET), fix
        await editor.set_fix(fix, True)
        after = finding(editor, FIXED_CHECK[fix])
        assert after.used is fix
        if fix is Fix.LEVEL:
            assert after.value == pytest.approx((before.value or 0) + (before.effect or 0), abs=0.2)
        else:
            assert after.grade == "good", after
        if fix is not Fix.HIGH_PASS:  # Without it there is no silence to trim.
            await editor.set_fix(fix, False)
            assert (editor.fixes, editor.findings) == (others, all_before), fix
    await editor.undo_fixes()
    assert not editor.fixes and editor.trim == (0, editor.milliseconds) and not editor.is_changed


async def test_opposite_channels_are_said_and_mixed_without_cancelling(tmp_path: Path) -> None:
    voice = speech(3, 24_000)
    editor = await opened(tmp_path / "sample.wav", np.stack([voice, -voice], axis=1), 24_000)
    assert finding(editor, Check.CHANNELS).note == "opposite"
    await editor.set_fix(Fix.MONO, True)
    assert editor.edited is not None and np.abs(editor.edited.samples).max() == pytest.approx(np.abs(voice).max(), 0.01)


async def test_the_edits_of_a_sample_are_there_when_it_is_opened_again(tmp_path: Path) -> None:
    editor = await opened(tmp_path / "sample.wav", np.stack([speech(5, 24_000)] * 2, axis=1), 24_000)
    await editor.set_fix(Fix.MONO, True)
    await editor.set_trim(1_000, 4_000)
    edits, found = editor.edits, editor.findings
    await editor.open(tone(tmp_path / "other.wav", 2.0))
    await editor.open(tmp_path / "sample.wav", edits=edits, name="again")
    assert (editor.name, editor.trim, editor.fixes, editor.findings) == ("again", (1_000, 4_000), {Fix.MONO}, found)


async def test_a_handle_snaps_to_the_silence_next_to_it(tmp_path: Path) -> None:
    sound = np.concatenate([phrase(syllables=8), silence(0.4), phrase(syllables=8)]) * np.float32(0.5)
    editor = await opened(tmp_path / "sample.wav", sound, 24_000)
    assert editor.opened is not None
    pause = round(1000 * len(phrase(syllables=8)) / 24_000)
    near = editor.opened.snapped(pause - 200)
    assert pause - 300 <= near <= pause + 400
    await editor.open(tone(tmp_path / "tone.wav", 2.0))
    assert editor.opened.snapped(1_000) == 1_000, "none is near"


async def test_a_file_too_long_for_memory_opens_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.speech.opened_sample.MAX_OPEN_BYTES", 4 * 8_000 * 30)
    hiss = np.random.default_rng(1).standard_normal(90 * 8_000).astype(np.float32) * 0.05
    hiss[50 * 8_000 : 80 * 8_000] = speech(30, 8_000)
    editor = await opened(tmp_path / "long.wav", hiss, 8_000)
    whole = finding(editor, Check.COMPLETE)
    assert whole.note == "part" and editor.milliseconds == 30_000
    start, seconds = whole.more
    assert (start, seconds) == (pytest.approx(50, abs=3), 90)
    assert check_sentence(whole).startswith("Too long to open whole: 0:")


async def test_the_waveform_after_the_fixes_is_that_of_the_kept_part_as_it_is_sent(tmp_path: Path) -> None:
    editor = await opened(tmp_path / "quiet.wav", speech(5, 24_000) * np.float32(0.05), 24_000)
    await editor.set_trim(1_000, 4_000)
    assert editor.peaks(after=True) == editor.peaks(after=False), "no fix changes the level"
    await editor.set_fix(Fix.LEVEL, True)
    before, after = editor.peaks(after=False), editor.peaks(after=True)
    first, last = len(before) // 5, 4 * len(before) // 5
    assert len(after) == len(before) and (after[:first], after[last:]) == (before[:first], before[last:])
    assert editor.edited is not None
    highest = max(max(-low, high) for low, high in after[first:last])
    assert highest == pytest.approx(np.abs(editor.edited.samples).max(), abs=0.01)
    assert highest > 4 * max(max(-low, high) for low, high in before)
