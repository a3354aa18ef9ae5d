"""Words from sound files, short and long, with the demo service and with a service that breaks off."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import soundfile

from app.composition.audio_adapter import audio
from app.core.errors import AudioError, Code, InputError, ServiceError, TransportError, WorkbenchError
from app.core.events import AudioDelta, Finished, Started, TextDelta, UsageReported, Waiting
from app.core.messages import Usage
from app.core.profiles import Profile
from app.core.requests import BuiltinVoice, RecognitionRequest, SpeechRequest
from app.mimo.client import MimoClient
from app.services.connection import Connection
from app.services.speech import recognition
from app.services.speech.recognition import Progress, Recognition
from tests.plugins.demo_service import DemoService
from tests.waiting import wait_until

ASR = "mimo-v2.5-asr"
SENTENCES = (
    "The committee discussed the new railway at length.",
    "Nobody had expected so many visitors on a rainy Tuesday.",
    "今天的会议改到星期五下午三点。",
    "Please bring the green folder and your umbrella.",
)


@pytest.fixture
async def client(demo_service: DemoService) -> AsyncIterator[MimoClient]:
    profile = Profile("d", "self-hosted", "D", demo_service.base_url, requests_per_minute=0)
    made = MimoClient(profile, demo_service.key)
    yield made
    await made.aclose()


async def spoken(client: MimoClient, text: str) -> np.ndarray:
    """A sentence as the demo service speaks it: float32 of shape (frames,) at 24 kHz."""
    pcm = b""
    async with aclosing(client.speak(SpeechRequest("mimo-v2.5-tts", text, BuiltinVoice("mimo_default")))) as events:
        async for event in events:
            if isinstance(event, AudioDelta):
                pcm += event.content
    return np.frombuffer(pcm, "<i2").astype(np.float32) / 32768


async def long_recording(client: MimoClient, path: Path) -> float:
    """All sentences with a second of silence after each; its length in seconds."""
    takes = [await spoken(client, sentence) for sentence in SENTENCES]
    sound = np.concatenate([part for take in takes for part in (take, np.zeros(24_000, np.float32))])
    soundfile.write(path, np.stack([sound, sound * 0.5], axis=1), 24_000)
    return len(sound) / 24_000


async def words_of(reader: Recognition, path: Path, seen: list[Progress] | None = None) -> list[str]:
    watch = None if seen is None else seen.append
    async with aclosing(reader.transcribe(path, ASR, progress=watch)) as words:
        return [word async for word in words]


async def test_a_long_recording_is_cut_at_silences_and_its_words_joined(
    client: MimoClient, connection: Connection, demo_service: DemoService, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(recognition, "PIECE_SECONDS", 7.0)
    path = tmp_path / "meeting.flac"
    seconds = await long_recording(client, path)
    demo_service.reset()
    reader = Recognition(connection, audio())
    seen: list[Progress] = []
    used: list[tuple[str, Usage]] = []
    reader.on_used.subscribe(lambda model, usage, call_id: used.append((model, usage)))
    words = await words_of(reader, path, seen)
    calls = [row for row in demo_service.requests() if row["path"].endswith("/chat/completions")]
    assert 2 <= len(words) == len(calls) == len(used)
    said = "".join(words)
    for sentence in SENTENCES:
        assert sentence.rstrip(".。") in said
    assert "length. Nobody" in said and "。 " not in said, "a space between English sentences, none after Chinese ones"
    assert {model for model, _ in used} == {ASR}
    assert sum(usage.audio_seconds for _, usage in used) == pytest.approx(seconds, abs=len(calls))
    done = [progress.done for progress in seen]
    assert done == sorted(done) and done[0] == 0.0 and done[-1] == pytest.approx(seconds, abs=0.01)
    assert {progress.seconds for progress in seen} == {seen[-1].done}


async def test_of_a_long_recording_with_little_said_only_that_is_sent(
    client: MimoClient, connection: Connection, demo_service: DemoService, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(recognition, "PIECE_SECONDS", 10.0)
    path = tmp_path / "quiet.wav"
    sentence = await spoken(client, SENTENCES[0])
    soundfile.write(path, np.concatenate([sentence, np.zeros(120 * 24_000, np.float32)]), 24_000)
    reader = Recognition(connection, audio())
    used: list[Usage] = []
    reader.on_used.subscribe(lambda model, usage, call_id: used.append(usage))
    words = await words_of(reader, path)
    assert "".join(words).strip() == SENTENCES[0]
    assert sum(usage.audio_seconds for usage in used) <= 11.0


async def test_a_short_one_streams(client: MimoClient, connection: Connection, tmp_path: Path) -> None:
    path = tmp_path / "note.ogg"
    soundfile.write(path, await spoken(client, SENTENCES[0]), 24_000)
    words = await words_of(Recognition(connection, audio()), path)
    assert "".join(words).strip() == SENTENCES[0] and len(words) > 1


async def test_stopping_ends_the_call_at_once(
    client: MimoClient, connection: Connection, demo_service: DemoService, tmp_path: Path
) -> None:
    path = tmp_path / "note.wav"
    soundfile.write(path, await spoken(client, SENTENCES[0]), 24_000)
    demo_service.reset()
    demo_service.arm("stall=600")
    task = asyncio.ensure_future(words_of(Recognition(connection, audio()), path))
    await wait_until(lambda: demo_service.state()["running"] == 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await wait_until(lambda: demo_service.state()["running"] == 0)


# -- a service that breaks off: what it does is told piece by piece


class Script:
    """A client whose recognitions play one list of events each; an exception among them is raised."""

    def __init__(self, *answers: list[Any]) -> None:
        self.answers = list(answers)
        self.seconds: list[float] = []

    async def recognise(self, request: RecognitionRequest) -> AsyncGenerator[Any, None]:
        self.seconds.append(soundfile.info(io.BytesIO(request.sound)).duration)
        for event in self.answers.pop(0):
            if isinstance(event, WorkbenchError):
                raise event
            yield event

    @asynccontextmanager
    async def client(self) -> AsyncIterator[tuple[Profile, Script]]:
        yield Profile("p", "payg", "P", "https://api.xiaomimimo.com/v1"), self

    def explain(self, error: Exception, profile: Profile) -> Exception:
        return error


def reader_of(script: Script) -> Recognition:
    return Recognition(script, audio())  # type: ignore[arg-type]


def said(*words: str, finish: Any = "stop") -> list[Any]:
    return [Started("1", ASR), *map(TextDelta, words), Finished(finish), UsageReported(Usage(audio_seconds=1))]


@pytest.fixture
def hour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four bursts of sound of 2 s with pauses between, cut into two pieces."""
    monkeypatch.setattr(recognition, "PIECE_SECONDS", 6.0)
    monkeypatch.setattr(recognition, "MIN_PIECE_SECONDS", 2.0)
    noise = np.random.default_rng(1).uniform(-0.3, 0.3, 16_000 * 2)
    sound = np.concatenate([np.concatenate([noise, np.zeros(16_000)]) for _ in range(4)])
    path = tmp_path / "hour.wav"
    soundfile.write(path, sound, 16_000)
    return path


async def test_a_piece_that_broke_off_is_asked_for_again_and_said_once(hour: Path) -> None:
    lost = [Started("1", ASR), TextDelta("One t"), TransportError(Code.CONNECTION_LOST)]
    script = Script(lost, said("One two."), said("Three four."))
    assert "".join(await words_of(reader_of(script), hour)) == "One two. Three four."
    assert script.answers == []


async def test_too_many_words_for_one_answer_come_from_shorter_pieces(hour: Path) -> None:
    script = Script(said("One", finish="length"), said("One"), said("two."), said("三四。"))
    assert "".join(await words_of(reader_of(script), hour)) == "One two.三四。"
    first, one, other, second = script.seconds
    assert one + other == pytest.approx(first) and first + second == pytest.approx(11.5, abs=0.01), (
        "the half second of silence at the end is not sent"
    )


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ([ServiceError(Code.QUOTA_EXHAUSTED)], Code.QUOTA_EXHAUSTED),
        ([TransportError(Code.CONNECTION_LOST)], Code.CONNECTION_LOST),
        ([TextDelta("x"), ServiceError(Code.CONTENT_REFUSED)], Code.CONTENT_REFUSED),
    ],
)
async def test_an_error_keeps_the_pieces_before_it(hour: Path, answer: list[Any], code: Code) -> None:
    script = Script(said("One two."), answer)
    words: list[str] = []
    with pytest.raises(WorkbenchError) as caught:
        async with aclosing(reader_of(script).transcribe(hour, ASR)) as found:
            async for word in found:
                words.append(word)
    assert (caught.value.code, words, script.answers) == (code, ["One two."], [])


async def test_a_piece_that_always_breaks_off_ends_it(hour: Path) -> None:
    lost = [TextDelta("x"), TransportError(Code.CONNECTION_LOST)]
    script = Script(*(list(lost) for _ in range(recognition.MAX_ATTEMPTS)))
    with pytest.raises(TransportError):
        await words_of(reader_of(script), hour)
    assert script.answers == []


async def test_waits_are_told_and_end_with_the_answer(hour: Path) -> None:
    waiting = Waiting(3.0, "rate", position=2)
    seen: list[Progress] = []
    await words_of(reader_of(Script([waiting, *said("a")], said("b"))), hour, seen)
    assert [progress.waiting for progress in seen[:3]] == [None, waiting, None]


async def test_silence_is_not_sent(tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(16_000), 16_000)
    with pytest.raises(AudioError) as caught:
        await words_of(reader_of(Script()), path)
    assert caught.value.code is Code.SOUND_EMPTY


async def test_nothing_is_read_without_a_model(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        async with aclosing(reader_of(Script()).transcribe(tmp_path / "none.wav", "")) as words:
            await anext(words)
    assert caught.value.code is Code.NO_MODEL


async def test_an_interrupted_recognition_goes_on_behind_the_last_piece(hour: Path) -> None:
    script = Script(said("One two."), [ServiceError(Code.OVERLOADED)])
    seen: list[Progress] = []
    with pytest.raises(ServiceError):
        await words_of(reader_of(script), hour, seen)
    rest = Script(said("三四。"))
    async with aclosing(reader_of(rest).transcribe(hour, ASR, start=seen[-1].done)) as words:
        assert [word async for word in words] == ["三四。"]
    assert rest.seconds == script.seconds[1:], "the first piece is not sent again"
    silent = Script()
    async with aclosing(reader_of(silent).transcribe(hour, ASR, start=1e9)) as words:
        assert [word async for word in words] == []


async def test_too_long_a_recording_is_refused_before_anything_is_sent(
    hour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognition, "MAX_FILE_MINUTES", 0.1)
    script = Script()
    with pytest.raises(AudioError) as refused:
        await words_of(reader_of(script), hour)
    assert refused.value.code is Code.SOUND_TOO_LARGE and script.seconds == []


async def test_what_stops_every_call_is_known_before_one_is_made() -> None:
    profile = Profile("p", "platform", "Platform", "https://api.xiaomimimo.com/v1")
    made = MimoClient(profile, None)

    @asynccontextmanager
    async def client() -> AsyncIterator[tuple[Profile, MimoClient]]:
        yield profile, made

    connection: Any = SimpleNamespace(client=client)
    try:
        with pytest.raises(ServiceError) as raised:
            await Recognition(connection, audio()).check()
        assert raised.value.code is Code.KEY_MISSING
    finally:
        await made.aclose()
