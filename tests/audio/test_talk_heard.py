"""Talk on real (virtual) devices: what is said is heard, the answer sounds in order, and Escape silences it at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import numpy as np

from app.audio.player import Player
from app.audio.recorder import Recorder
from app.audio.resampling import resample
from app.audio.source import TakeSource
from app.composition.audio_adapter import audio
from app.core.events import Finished, TextDelta
from app.core.talk import TalkOptions
from app.services.speech.dictation import Dictation
from app.services.speech.playback import Playback
from app.services.talk.speech_queue import SpeechQueue
from app.services.talk.talk import Talk
from app.services.tasks import TaskSet
from tests.audio.disturbance import open_stream, undisturbed
from tests.audio.signals import Samples, noise, offset_of, pcm16
from tests.plugins.sound_harness import RATE, SoundDesk
from tests.services.talk.fakes import MIA, FakeModels, FakeSpeech
from tests.services.talk.test_talk import FakeRecordings, conversation
from tests.waiting import wait_until

TAKE_RATE = 24_000
LATE_SECONDS = 0.05
PRESSES = 20


class SoundingSpeech(FakeSpeech):
    """Makes takes of noise at once: each sentence sounds unlike every other."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def sound(self, index: int) -> Samples:
        return noise(self._seconds, TAKE_RATE, seed=100 + index)

    def generate(self, spec: Any) -> Any:
        take, index = super().generate(spec), len(self.takes) - 1
        asyncio.get_running_loop().call_soon(self._deliver, index)
        return take

    def _deliver(self, index: int) -> None:
        source = TakeSource(TAKE_RATE)
        self.on_sound.emit(self.takes[index], source)
        source.feed(pcm16(self.sound(index)))
        source.finish()
        self.end(index)

    def place_in(self, heard: Samples, index: int) -> int:
        """The frame of a recording at which the sound of a take begins."""
        return offset_of(resample(self.sound(index)[:, None], TAKE_RATE, RATE)[:, 0], heard)


class Loud(NamedTuple):
    queue: SpeechQueue
    speech: SoundingSpeech
    playback: Playback


@asynccontextmanager
async def loud(seconds: float) -> AsyncIterator[Loud]:
    """A queue of sentences of so many seconds that sound on the loudspeaker."""
    player = Player(device="pulse/out", open_stream=open_stream)
    playback = Playback(player, cast(Any, None), audio())
    speech = SoundingSpeech(seconds)
    try:
        yield Loud(SpeechQueue(cast(Any, speech), playback, cast(Any, FakeModels())), speech, playback)
    finally:
        await asyncio.to_thread(player.close)


@undisturbed
async def test_sentences_sound_in_order_without_overlap_and_close_together(sound_desk: SoundDesk) -> None:
    async with loud(0.8) as it:
        with sound_desk.recording() as heard:
            it.queue.begin("m", MIA, "")
            for text in ("One.", "Two.", "Three."):
                it.queue.add(text)
            it.queue.finish()
            await wait_until(lambda: all(each.state == "heard" for each in it.queue.sentences))
    starts = [it.speech.place_in(heard.left, index) for index in range(3)]
    assert starts == sorted(starts)
    between = [(later - start) / RATE - 0.8 for start, later in pairwise(starts)]
    assert all(-0.01 < gap < 0.5 for gap in between), between


@undisturbed
async def test_twenty_presses_of_escape_silence_within_50_ms_each(sound_desk: SoundDesk) -> None:
    async with loud(4.0) as it:
        late: list[float] = []
        while len(late) < PRESSES:
            made = len(it.speech.takes)
            positions: list[float] = []
            with sound_desk.recording() as heard:
                for press in range(5):
                    it.queue.begin(f"m{press}", MIA, "")
                    it.queue.add("A long sentence.")
                    await wait_until(lambda: it.playback.playing and it.playback.position > 250, interval=0.002)
                    positions.append(it.playback.position / 1000)
                    it.queue.silence()
                    await wait_until(lambda: not it.playback.playing)
            for press, position in enumerate(positions):
                start = it.speech.place_in(heard.left, made + press)
                sounding = heard.left[start : start + 4 * RATE]
                silent = np.flatnonzero(np.convolve(np.abs(sounding) > 1e-5, np.ones(480), "valid") == 0)
                late.append(int(silent[0]) / RATE - position)
    assert max(late) < LATE_SECONDS, late


class Echo:
    """A recognition that tells how much it was given."""

    def __init__(self) -> None:
        self.heard: list[Samples] = []

    async def check(self) -> None: ...

    async def transcribe(self, samples: Samples, model: str) -> AsyncIterator[str]:
        self.heard.append(samples[:, 0])
        yield "What would I hear?"


async def test_a_turn_goes_from_the_microphone_to_the_loudspeaker_and_never_hears_itself(
    sound_desk: SoundDesk, tmp_path: Path
) -> None:
    tasks, echo = TaskSet(lambda error: None), Echo()
    recorder = Recorder(device="pulse/mic")
    models: Any = SimpleNamespace(chosen=lambda kind: "model")
    dictation = Dictation(cast(Any, recorder), cast(Any, echo), audio(), models, lambda: 0.8, tmp_path)
    session, script = conversation(
        tasks, [TextDelta("Mostly yourself. The hall "), TextDelta("is stone."), Finished("stop")]
    )
    said, open_while_sounding = noise(1.0, RATE, level=0.1, seed=5), []
    async with loud(0.6) as it:
        it.playback.on_change.subscribe(
            lambda: open_while_sounding.append(it.playback.playing and recorder.state.status != "idle")
        )
        talk = Talk(
            dictation, it.queue, cast(Any, FakeRecordings()), tasks, TalkOptions, lambda conversation: MIA, lambda: None
        )
        talk.begin(session)
        with sound_desk.recording() as heard:
            talk.listen()
            await wait_until(lambda: talk.state == "listening")
            await asyncio.sleep(0.7)
            speaking = sound_desk.speak_into_mic(said)
            await wait_until(lambda: script.requests)
            await asyncio.to_thread(speaking.wait, 10)
            assert recorder.state.status == "idle", "before the answer sounds"
            await wait_until(lambda: talk.state == "silent")
        talk.end()
    await tasks.aclose()
    assert session.branch[0].spoken is not None
    assert 1.0 <= session.branch[0].spoken.seconds < 2.4, "without the silence that ended it"
    expected = resample(said[:, None], RATE, 16_000)[:, 0]
    start = offset_of(expected, echo.heard[0])
    assert np.corrcoef(echo.heard[0][start : start + 15_000], expected[:15_000])[0, 1] > 0.6, "what was said was heard"
    first, second = (it.speech.place_in(heard.left, index) for index in (0, 1))
    assert second - first >= 0.59 * RATE, "one after the other"
    assert not any(open_while_sounding), "half duplex"
