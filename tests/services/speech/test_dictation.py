"""Dictation: when it ends, what of the recording is left, and its words from the demo service."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import soundfile

from app.composition.audio_adapter import audio
from app.core.errors import AudioError, Code, InputError, ServiceError
from app.services.connection import Connection
from app.services.speech import dictation
from app.services.speech.dictation import Dictation, Meter, Speech
from app.services.speech.recognition import Recognition
from app.storage.home import open_home
from tests.plugins.demo_service import DemoService
from tests.services.speech.test_recognition import ASR, client, spoken

__all__ = ["client"]
RATE = 24_000
BLOCK = RATE // 20


class Microphone:
    """Delivers 50 ms of a signal each time its level is asked for, then silence; it breaks after `breaks` blocks."""

    rate = RATE

    def __init__(self, signal: np.ndarray, breaks: int = 1 << 30) -> None:
        self._signal, self._breaks = signal, breaks
        self._path: Path | None = None
        self.state = SimpleNamespace(error=None)
        self.frames = 0
        self.paths: list[Path] = []
        self.stopped = 0

    async def start(self, path: Path) -> None:
        self._path = path
        self.paths.append(path)

    @property
    def level(self) -> Any:
        block = self._signal[self.frames : self.frames + BLOCK]
        self.frames += BLOCK
        if self.frames // BLOCK >= self._breaks:
            self.state = SimpleNamespace(error=AudioError(Code.MICROPHONE_LOST, device="desk mic"))
        rms, peak = (float(np.sqrt(np.mean(block**2))), float(np.abs(block).max())) if len(block) else (0.0, 0.0)
        return SimpleNamespace(rms=20 * np.log10(max(rms, 1e-5)), peak=20 * np.log10(max(peak, 1e-5)))

    async def stop(self) -> Any:
        self.stopped += 1
        assert self._path is not None
        signal = np.pad(self._signal, (0, max(0, self.frames - len(self._signal))))[: self.frames]
        soundfile.write(self._path, signal, RATE)
        return SimpleNamespace(path=self._path, frames=self.frames, gaps=0, lost=0, error=self.state.error)


class Words:
    """A recognition that returns what it was given and how long it was."""

    async def check(self) -> None: ...

    async def transcribe(self, samples: np.ndarray, model: str) -> AsyncGenerator[str, None]:
        yield f" {model}"
        yield f" {len(samples) / 16_000:.1f} s"


def noise(seconds: float, level_db: float) -> np.ndarray:
    samples = np.random.default_rng(3).standard_normal(round(seconds * RATE))
    return (samples * 10 ** (level_db / 20)).astype(np.float32)


def said(seconds: float) -> np.ndarray:
    """A quiet room, somebody speaking for so long, and the room again."""
    return np.concatenate([noise(0.5, -70), noise(seconds, -20), noise(2.0, -70)])


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dictation, "POLL_SECONDS", 0.0)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def dictating(microphone: Microphone, recognition: Any = None, pause: float = 0.8, model: str = ASR) -> Dictation:
    found: Any = recognition or Words()
    models: Any = SimpleNamespace(chosen=lambda kind: model if kind == "recognition" else "")
    return Dictation(microphone, found, audio(), models, lambda: pause, Path(tempfile.gettempdir()))


def ignore(_: Meter) -> None:
    pass


@pytest.mark.parametrize("pause", [0.8, 1.5])
async def test_it_ends_after_the_pause_and_leaves_no_file(pause: float, tmp_path: Path) -> None:
    microphone, seen = Microphone(said(1.0)), list[Meter]()
    speech = await dictating(microphone, pause=pause).record(seen.append)
    assert speech.seconds == pytest.approx(0.5 + 1.0 + pause, abs=0.11)
    assert speech.samples.shape[1] == 1
    assert (speech.has_spoken, speech.error, speech.is_full) == (True, None, False)
    assert [meter.has_spoken for meter in seen[:10]] == [False] * 10
    assert max(meter.level for meter in seen) == pytest.approx(-20, abs=1)
    assert microphone.stopped == 1
    assert list(tmp_path.iterdir()) == [], "a recording of somebody's voice is not left behind"


async def test_silence_ends_it_without_speech() -> None:
    speech = await dictating(Microphone(noise(60.0, -70))).record(ignore)
    assert not speech.has_spoken
    assert speech.seconds == pytest.approx(dictation.UNSPOKEN_SECONDS, abs=0.11)
    muted = await dictating(Microphone(np.zeros(0, np.float32))).record(ignore)
    assert muted.peak < -90


async def test_it_ends_by_hand_at_the_limit_and_when_the_microphone_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    by_hand = dictating(Microphone(noise(60.0, -20)))
    speech = await by_hand.record(lambda meter: by_hand.finish() if meter.seconds >= 1 else None)
    assert (speech.has_spoken, round(speech.seconds, 1)) == (True, 1.0)
    lost = await dictating(Microphone(noise(60.0, -20), breaks=40)).record(ignore)
    assert lost.error is not None
    assert lost.error.code is Code.MICROPHONE_LOST
    assert (lost.has_spoken, round(lost.seconds, 1)) == (True, 2.0), "what was said before is there"
    monkeypatch.setattr(dictation, "MAX_SECONDS", 3.0)
    full = await dictating(Microphone(noise(60.0, -20))).record(ignore)
    assert (full.is_full, round(full.seconds, 1)) == (True, 3.0)


async def test_without_a_model_nothing_is_recorded() -> None:
    microphone = Microphone(said(1.0))
    with pytest.raises(InputError) as refused:
        await dictating(microphone, model="").record(ignore)
    assert refused.value.code is Code.NO_MODEL
    assert microphone.paths == []


@pytest.mark.parametrize(("code", "stopped"), [(Code.ALREADY_RECORDING, 0), (Code.FILE_NOT_WRITTEN, 1)])
async def test_only_a_recording_of_its_own_is_stopped_when_it_cannot_begin(
    code: Code, stopped: int, tmp_path: Path
) -> None:
    microphone = Microphone(said(1.0))

    async def refuse(path: Path) -> None:
        await start(path)
        raise AudioError(code)

    start, microphone.start = microphone.start, refuse  # type: ignore[method-assign]
    with pytest.raises(AudioError) as refused:
        await dictating(microphone).record(ignore)
    assert refused.value.code is code
    assert microphone.stopped == stopped
    assert list(tmp_path.iterdir()) == []


async def test_a_cancelled_dictation_closes_the_microphone(tmp_path: Path) -> None:
    microphone = Microphone(noise(30.0, -20))
    started: Callable[[], bool] = lambda: microphone.frames > 0  # noqa: E731
    task = asyncio.ensure_future(dictating(microphone).record(ignore))
    async with asyncio.timeout(20):
        while not started():
            await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert microphone.stopped == 1
    assert list(tmp_path.iterdir()) == []


async def test_a_dictation_cancelled_while_it_begins_closes_the_microphone_then(tmp_path: Path) -> None:
    microphone, opening, opened = Microphone(said(1.0)), asyncio.Event(), asyncio.Event()

    async def open_slowly(path: Path) -> None:
        opening.set()
        await opened.wait()
        await start(path)

    start, microphone.start = microphone.start, open_slowly  # type: ignore[method-assign]
    task = asyncio.ensure_future(dictating(microphone).record(ignore))
    await opening.wait()
    task.cancel()
    await asyncio.sleep(0)
    opened.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (len(microphone.paths), microphone.stopped) == (1, 1)
    assert list(tmp_path.iterdir()) == []


async def test_the_recording_is_in_the_folder_that_is_cleared_after_a_kill(tmp_path: Path) -> None:
    microphone, home = Microphone(said(0.5)), open_home(tmp_path / "home")
    models: Any = SimpleNamespace(chosen=lambda kind: ASR)
    recognition: Any = Words()
    await Dictation(microphone, recognition, audio(), models, lambda: 0.8, home.temporary).record(ignore)
    (path,) = microphone.paths
    assert path.is_relative_to(home.temporary)


async def test_the_words_of_the_recognition_are_joined() -> None:
    speech = Speech(np.zeros((16_000, 1), np.float32), True, -20.0)
    assert await dictating(Microphone(said(0.1))).recognise(speech) == f"{ASR} 1.0 s"


async def test_the_demo_service_recognises_what_it_spoke(
    client: Any, connection: Connection, demo_service: DemoService
) -> None:
    sentence = "Please bring the green folder and your umbrella."
    sound = await spoken(client, sentence)
    microphone = Microphone(np.concatenate([noise(0.4, -75), sound, noise(2.0, -75)]))
    dictated = dictating(microphone, Recognition(connection, audio()), pause=1.2)
    speech = await dictated.record(ignore)
    assert speech.has_spoken
    assert sentence.rstrip(".") in await dictated.recognise(speech)


async def test_a_missing_key_is_said_before_anybody_speaks() -> None:
    class Refused(Words):
        async def check(self) -> None:
            raise ServiceError(Code.KEY_MISSING, host="example.org")

    microphone = Microphone(said(0.5))
    with pytest.raises(ServiceError) as raised:
        await dictating(microphone, Refused()).record(ignore)
    assert raised.value.code is Code.KEY_MISSING
    assert microphone.paths == [], "the microphone was not opened"
