"""`talk-…`: how soon MiMo is heard, on the demo service at the pace of the fact sheet and a real device.

`talk-flush`: from the character that shows that the first sentence has ended to the request of its sound, beside one
flush of the transcript. `talk-gap`: the longest silence between two sentences of a built-in voice, on the recording.
`talk-first-sound`: from the end of what was said to the first sound, beside the sum of its steps measured one by one.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing, asynccontextmanager
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

from app.audio.player import Player
from app.audio.resampling import resample
from app.composition.audio_adapter import audio
from app.core.conversation import Conversation, MessageTree
from app.core.events import ChatEvent, TextDelta
from app.core.messages import Message, user_message
from app.core.profiles import Profile
from app.core.spoken_sentences import SpokenSentences
from app.core.takes import Take, VoiceSnapshot
from app.core.talk import TalkOptions, TalkState, spoken_parameters
from app.mimo.client import MimoClient
from app.services.chat.approval import Approvals
from app.services.chat.session import ChatSession, SessionObserver
from app.services.speech.dictation import Dictation, Speech
from app.services.speech.playback import Playback
from app.services.speech.recognition import RATE, Recognition
from app.services.speech.take_service import TakeService
from app.services.talk.recordings import Recordings
from app.services.talk.speech_queue import SpeechQueue
from app.services.talk.talk import Talk
from app.services.tasks import TaskSet
from app.services.tools.tool import Toolbox
from app.storage.database import Database
from app.storage.home import open_home
from tests.audio.signals import offset_of
from tests.benchmarks.job_flood import OneClient
from tests.benchmarks.row import Row, row
from tests.plugins import demo_service
from tests.plugins.sound_harness import RATE as DEVICE_RATE
from tests.plugins.sound_harness import SoundDesk, running_sound_desk
from tests.plugins.take_services import take_service

ROUNDS = 5
FLUSH_SECONDS = 0.033
MAX_GAP_SECONDS = 0.25
MIA = VoiceSnapshot("builtin", "Mia", "Mia")
QUESTION = "Tell me about the sea."
SENTENCES = (
    "The hall is bare stone, so every sound stays for a long time before it leaves.",
    "Above you the rain drums softly on the copper roof of the museum.",
    "And in the winter it all stops, and the guards count their own steps.",
)
MODELS: Any = SimpleNamespace(
    chosen=lambda kind: {"speech": "mimo-v2.5-tts", "recognition": "mimo-v2.5-asr"}.get(kind, "mimo-v2.6-pro")
)


class _Desk(NamedTuple):
    connection: Any
    speech: TakeService
    playback: Playback
    player: Player
    dictation: _Said
    session: ChatSession
    queue: SpeechQueue
    talk: Talk


class _Said(Dictation):
    """Hears at once what was recorded before; the rest is real."""

    speech: Speech
    ended_at = 0.0

    async def record(self, show: Callable[..., object], **how: Any) -> Speech:
        how["gate"].has_spoken, how["gate"].ended = True, self.speech.seconds
        self.ended_at = time.perf_counter()
        return self.speech


class _Ended(SessionObserver):
    """Notes when the character arrived that shows that the first sentence has ended."""

    def __init__(self) -> None:
        self.at = 0.0
        self._cutter = SpokenSentences()

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        if isinstance(event, TextDelta) and not self.at and self._cutter.feed(event.text):
            self.at = time.perf_counter()


def run() -> list[Row]:
    service = demo_service.start("--no-limits")
    try:
        profile = Profile("demo", "demo", "Demo", service.base_url, requests_per_minute=0)
        with tempfile.TemporaryDirectory(prefix="talk-") as folder, running_sound_desk(Path(folder)) as sound:
            return asyncio.run(_measured(profile, service.key, sound))
    finally:
        demo_service.stop(service)


async def _measured(profile: Profile, key: str, sound: SoundDesk) -> list[Row]:
    async with _desk(profile, key) as desk:
        desk.dictation.speech = await _spoken(desk)
        flushes: list[float] = []
        wholes: list[float] = []
        for number in range(ROUNDS + 1):
            flush, whole = await _turn(desk)
            if number:  # The first round warms up.
                flushes.append(flush)
                wholes.append(whole)
        steps = [await _one_by_one(desk) for _ in range(ROUNDS)]
        gap = max([await _longest_gap(desk, sound) for _ in range(2)])
    whole, alone = statistics.median(wholes), statistics.median(steps)
    return [
        row("talk-flush", max(flushes), "s", peer="one flush", peer_value=FLUSH_SECONDS, at_most=1.0),
        row("talk-gap", gap, "s", peer="a pause of 0.25 s", peer_value=MAX_GAP_SECONDS, at_most=1.0),
        row("talk-first-sound", whole, "s", peer="its steps one by one", peer_value=alone, at_most=1.2),
    ]


@asynccontextmanager
async def _desk(profile: Profile, key: str) -> AsyncIterator[_Desk]:
    failures: list[BaseException] = []
    client, player = MimoClient(profile, key), Player(device="pulse/out")
    connection: Any = OneClient(profile, client)
    with tempfile.TemporaryDirectory(prefix="talk-") as folder:
        database, tasks = await Database.open(open_home(Path(folder) / "home")), TaskSet(failures.append)
        async with take_service(connection, tasks, database, player=player) as (speech, _queue, playback):
            dictation = _Said(
                cast(Any, None), Recognition(connection, audio()), audio(), MODELS, lambda: 1.2, Path(folder)
            )
            queue = SpeechQueue(speech, playback, MODELS)
            talk = Talk(
                dictation, queue, Recordings(database.blobs, audio(), _nothing, _nothing), tasks, TalkOptions,
                lambda conversation: MIA, lambda: None,
            )  # fmt: skip
            session = ChatSession(
                Conversation("c", model="mimo-v2.6-pro"), MessageTree(), connection=connection, toolbox=Toolbox(()),
                approvals=Approvals(ask=False), tasks=tasks,
            )  # fmt: skip
            yield _Desk(connection, speech, playback, player, dictation, session, queue, talk)
            talk.end()
        await tasks.aclose()
        await database.close()
    await client.aclose()
    await asyncio.to_thread(player.close)
    assert not failures, failures


async def _nothing(_subject: str) -> None:
    """No recording is kept here."""


async def _spoken(desk: _Desk) -> Speech:
    """The question as the demo service speaks it, which its recognition knows."""
    made = desk.speech.generate(Take("q", MIA, QUESTION, model=MODELS.chosen("speech")))
    sources: list[Any] = []
    unsubscribe = desk.speech.on_sound.subscribe(lambda _take, source: sources.append(source))
    await desk.speech.finished(made.id)
    unsubscribe()
    return Speech(resample(sources[0].read(0, sources[0].known), sources[0].rate, RATE), True, -6.0)


async def _until(desk: _Desk, *states: TalkState) -> None:
    async with asyncio.timeout(60):
        while desk.talk.state not in states:
            await asyncio.sleep(0.002)


async def _first_sound(desk: _Desk) -> float:
    """`time.perf_counter()` at which the device took the first frame of what begins to play."""
    async with asyncio.timeout(60):
        while not desk.playback.playing or desk.player.state.started_at is None:
            await asyncio.sleep(0.001)
    return desk.player.state.started_at + time.perf_counter() - time.monotonic()


async def _turn(desk: _Desk) -> tuple[float, float]:
    """A whole turn: seconds from the end of the sentence to its request, and from what was said to the first sound."""
    ended, requests = _Ended(), list[float]()
    end_watching = desk.session.subscribe(ended)
    forget = desk.speech.on_take.subscribe(lambda _take: requests.append(time.perf_counter()))
    desk.talk.begin(desk.session)
    desk.talk.listen()
    await _until(desk, "speaking")
    heard = await _first_sound(desk)
    desk.talk.end()  # What watches next is told before it.
    end_watching()
    forget()
    desk.session.stop()
    await desk.session.wait()
    await asyncio.sleep(0.3)
    return requests[0] - ended.at, heard - desk.dictation.ended_at


async def _one_by_one(desk: _Desk) -> float:
    """Recognition, then the request to the end of the first sentence, then its first sound."""
    began = time.perf_counter()
    words = await desk.dictation.recognise(desk.dictation.speech)
    recognised = time.perf_counter() - began
    request = desk.session._request  # The same request as a turn makes.
    message = user_message(words)
    tree, desk.session.tree = desk.session.tree, MessageTree((message,))
    asked = request(
        Message("a", "assistant", parent=message.id),
        spoken_parameters("", desk.session.conversation.sampling, words, thinks=False),
    )
    desk.session.tree = tree
    cutter, sentence = SpokenSentences(), ""
    began = time.perf_counter()
    async with desk.connection.client() as (_profile, client), aclosing(client.chat(asked)) as events:
        async for event in events:
            if isinstance(event, TextDelta) and not sentence and (ended := cutter.feed(event.text)):
                sentence, answered = ended[0], time.perf_counter() - began
    began = time.perf_counter()
    forget = desk.speech.on_sound.subscribe(desk.playback.play_stream)
    made = desk.speech.generate(Take("s", MIA, sentence, model=MODELS.chosen("speech")))
    sounded = await _first_sound(desk) - began
    forget()
    desk.playback.silence()
    desk.speech.stop(made.id)
    await desk.speech.finished(made.id)
    await asyncio.sleep(0.3)
    return recognised + answered + sounded


async def _longest_gap(desk: _Desk, sound: SoundDesk) -> float:
    """The longest silence between two sentences, each longer to play than the next to make."""
    with sound.recording() as heard:
        desk.queue.begin("gap", MIA, "")
        for sentence in SENTENCES:
            desk.queue.add(sentence)
        desk.queue.finish()
        async with asyncio.timeout(90):
            while desk.queue.is_active:
                await asyncio.sleep(0.02)
    spans = []
    for sentence in desk.queue.sentences:
        assert sentence.source is not None
        pcm = sentence.source.pcm()
        wave = resample(pcm.astype("float32") / 32768, sentence.source.rate, DEVICE_RATE)[:, 0]
        start = offset_of(wave, heard.left)
        spans.append((start, start + len(wave)))
    return max((later[0] - before[1]) / DEVICE_RATE for before, later in pairwise(spans))
