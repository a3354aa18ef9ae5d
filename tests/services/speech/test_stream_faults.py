"""Whatever goes wrong with a stream of speech: it is heard right or it is said, in order, once, and nothing is lost.

From the bytes on the wire to the stored take: the client, the take service, the database and the files are real.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
import pytest
import soundfile

from app.audio import output_device
from app.audio.player import Player
from app.core.errors import AudioError, Code, StorageError, WorkbenchError
from app.core.profiles import Timeouts
from app.core.takes import Take, TakeState, VoiceSnapshot
from app.core.wav import mono_pcm, wav_header
from app.mimo.client import MimoClient
from app.services.connection import Connection
from app.services.demo_process import DemoProcess
from app.services.speech.playback import Playback
from app.services.tasks import TaskSet
from app.storage.blobs import Blobs, BlobWriter
from app.storage.database import Database
from app.storage.home import open_home
from tests.audio.test_playback_thread import Loudspeaker
from tests.mimo.wire import Answer, Line, as_json, profile, says, serving, then_drops, then_stalls
from tests.plugins.take_services import take_service
from tests.waiting import wait_until

RATE = 24_000
LINE = Take("", VoiceSnapshot("builtin", "Mia", "Mia"), text="The tide comes in.", model="mimo-v2.5-tts")
WHOLE = msgspec.structs.replace(LINE, stream=False)
SOUND = (8_000 * np.sin(np.arange(RATE // 2) / 20) + np.arange(RATE // 2) % 97).astype("<i2").tobytes()
"""Half a second in which no two stretches are alike, so that what is missing, repeated or swapped is noticed."""
QUICK = Timeouts(connect=20.0, first_byte=0.2, idle=0.2, speech=0.2)
PATIENT = Timeouts(connect=20.0, first_byte=20.0, idle=20.0, speech=20.0)
FINISH = {"choices": [{"delta": {"content": None, "audio": None}, "finish_reason": "stop", "index": 0}]}
ROLE = {"choices": [{"delta": {"content": "", "role": "assistant", "audio": None}, "finish_reason": None}]}
USAGE = {"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 12, "total_tokens": 21}}
DONE = b"data: [DONE]\n\n"


def record(value: Any) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


def delta(data: str) -> bytes:
    return record({"choices": [{"delta": {"audio": {"id": "a", "data": data}}, "finish_reason": None, "index": 0}]})


def pieces(sound: bytes, size: int = 4_001) -> bytes:
    """Audio deltas of `size` bytes, which need not be whole frames."""
    starts = range(0, max(1, len(sound)), size)
    return b"".join(delta(base64.b64encode(sound[start : start + size]).decode()) for start in starts)


def stream(sound: bytes, size: int = 4_001) -> bytes:
    return record(ROLE) + pieces(sound, size) + record(FINISH) + record(USAGE) + DONE


def wav(sound: bytes, rate: int = RATE) -> bytes:
    header = wav_header(RATE, len(sound))
    return header[:24] + struct.pack("<I", rate) + header[28:] + sound


def encoded(sound: bytes, container: str, **options: Any) -> bytes:
    to = io.BytesIO()
    soundfile.write(to, np.frombuffer(sound, "<i2"), RATE, format=container, **options)
    return to.getvalue()


def completion(sound: bytes | None) -> Answer:
    data = None if sound is None else {"id": "a", "data": base64.b64encode(sound).decode()}
    message = {"role": "assistant", "content": "", "audio": data}
    return as_json({"choices": [{"message": message, "finish_reason": "stop", "index": 0}]})


class Fault(NamedTuple):
    """An answer, and what comes of it.

    Attributes:
        sound: the PCM that is stored; None if only its length counts, `frames`.
        spec: what was asked for.
    """

    name: str
    answer: Answer
    state: TakeState
    error: str = ""
    sound: bytes | None = SOUND
    frames: int = 0
    rate: int = RATE
    spec: Take = LINE
    timeouts: Timeouts = PATIENT


HALF = SOUND[:12_001]
ODD = SOUND + b"\x7f"
GARBLED = record(ROLE) + pieces(HALF, 4_000)
STEREO = encoded(SOUND, "WAV", subtype="FLOAT")
FAULTS = (
    Fault("nothing is wrong", says(stream(SOUND)), "done"),
    Fault("split in the middle of everything", says(stream(SOUND, 333), piece=61), "done"),
    Fault("cut mid-sample", then_drops(GARBLED), "cut", Code.CONNECTION_LOST, HALF[:12_000]),
    Fault("cut inside an event", then_drops(GARBLED + pieces(SOUND)[:900]), "cut", Code.CONNECTION_LOST, HALF[:12_000]),
    Fault("cut before the first audio", then_drops(record(ROLE)), "failed", Code.CONNECTION_LOST, b""),
    Fault("stalled in the middle", then_stalls(GARBLED), "cut", Code.IDLE_TIMEOUT, HALF[:12_000], timeouts=QUICK),
    Fault("stalled before it began", then_stalls(b""), "failed", Code.FIRST_BYTE_TIMEOUT, b"", timeouts=QUICK),
    Fault("one burst", says(stream(SOUND, 1 << 20)), "done"),
    Fault(
        "an error event in the middle", says(GARBLED + record({"error": {"code": "500", "message": "oh"}})), "cut",
        Code.SERVER_ERROR, HALF[:12_000],
    ),
    Fault("a record that is no JSON", says(GARBLED + b"data: {not json\n\n"), "cut", Code.GARBAGE, HALF[:12_000]),
    Fault("garbage instead of base64", says(record(ROLE) + delta("***") + DONE), "failed", Code.GARBAGE, b""),
    Fault("garbage after good base64", says(GARBLED + delta("!" * 64) + DONE), "cut", Code.GARBAGE, HALF[:12_000]),
    Fault("WAV where PCM was asked for", says(stream(wav(SOUND), 50)), "done"),
    Fault("WAV of unknown length", says(stream(wav_header(RATE, 0) + SOUND)), "done"),
    Fault("MP3 where PCM was asked for", says(stream(encoded(SOUND, "MP3"))), "done", sound=None, frames=RATE // 2),
    Fault("WAV of floats where PCM was asked for", says(stream(STEREO)), "done", sound=None, frames=RATE // 2),
    Fault("a WAV header with another rate", says(stream(wav(SOUND, 16_000))), "done", rate=16_000),
    Fault("a WAV header without a rate", says(stream(wav(SOUND, 0))), "done"),
    Fault("a WAV header with an absurd rate", says(stream(wav(SOUND, 0xFFFF_FFFF))), "done"),
    Fault("PCM where WAV was asked for", completion(SOUND), "done", spec=WHOLE),
    Fault("PCM of half a frame too much", completion(ODD), "done", spec=WHOLE),
    Fault("WAV at once where a stream was asked for", completion(wav(SOUND)), "done"),
    Fault("a stream where a file was asked for", says(stream(SOUND)), "done", spec=WHOLE),
    Fault("a whole file without a rate", completion(wav(SOUND, 0)), "failed", Code.SOUND_UNREADABLE, b"", spec=WHOLE),
    Fault("a file that breaks off", completion(wav(SOUND)[:9_000]), "done", sound=SOUND[: 9_000 - 44], spec=WHOLE),
    Fault("audio without bytes", says(stream(b"")), "failed", Code.SOUND_EMPTY, b""),
    Fault("no audio at all", completion(None), "failed", Code.SOUND_EMPTY, b"", spec=WHOLE),
    Fault("a WAV file without sound", says(stream(wav(b""))), "failed", Code.SOUND_EMPTY, b""),
    Fault("[DONE] missing", says(stream(SOUND).removesuffix(DONE)), "done"),
    Fault("finish and [DONE] missing", says(record(ROLE) + pieces(SOUND)), "cut", Code.CUT_SHORT),
    Fault("finish missing", says(record(ROLE) + pieces(SOUND) + DONE), "done"),
)  # fmt: skip


class _Keys:
    async def find(self, _name: str, /) -> Any:
        return type("Key", (), {"value": "sk-0123456789abcdef-secret"})


class Studio(NamedTuple):
    """A take service, and what it said."""

    service: Any
    queue: Any
    database: Database
    told: list[Take]
    errors: list[WorkbenchError]
    asked: list[Any]
    playback: Playback

    async def spoken(self, spec: Take) -> Take:
        """A take of a job, as the studio makes it."""
        (take,) = self.service.request([spec], title="")
        await self.service.finished(take.id)
        return next(told for told in reversed(self.told) if told.id == take.id)


@asynccontextmanager
async def studio(
    home: Path, *answers: Answer, timeouts: Timeouts = PATIENT, player: Any = None
) -> AsyncIterator[Studio]:
    database = await Database.open(open_home(home))
    failures: list[BaseException] = []
    tasks = TaskSet(failures.append)
    async with serving(*answers) as wire:
        service = profile(wire.url, timeouts=timeouts, retries=2)
        connection = Connection(service, keys=_Keys(), make_client=MimoClient, demo=DemoProcess())
        async with take_service(connection, tasks, database, player=player) as (takes, queue, playback):
            made = Studio(takes, queue, database, [], [], wire.asked, playback)
            takes.on_take.subscribe(made.told.append)
            takes.on_failed.subscribe(lambda _take, error: made.errors.append(error))
            yield made
        await tasks.aclose()
        await connection.aclose()
    await database.close()
    assert failures == []


@pytest.fixture(scope="module", autouse=True)
def _is_long_enough() -> Iterator[None]:
    assert len(HALF) % 2 and len(SOUND) % 4_001, "pieces end in the middle of a frame"
    yield


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.name for fault in FAULTS])
async def test_a_fault_is_heard_right_or_said(tmp_path: Path, fault: Fault) -> None:
    async with studio(tmp_path, fault.answer, timeouts=fault.timeouts) as desk:
        take = await desk.spoken(fault.spec)
        stored = await desk.database.takes.get(take.id)
        assert (stored.state, stored.error) == (fault.state, fault.error) == (take.state, take.error)
        assert [error.code for error in desk.errors] == ([fault.error] if fault.error else []), "said once"
        assert len(desk.asked) == 1, "what may have been billed is not sent again"
        if fault.sound == b"":
            assert stored.frames == 0
            has_bytes = fault.error == Code.SOUND_UNREADABLE
            assert bool(stored.audio) is has_bytes, "another program may read it"
            return
        kept = mono_pcm(desk.database.blobs.read(stored.audio))
        assert kept is not None
        rate, pcm = kept
        assert (rate, stored.rate) == (fault.rate, fault.rate)
        assert stored.frames == len(pcm) // 2
        if fault.sound is None:
            assert stored.frames == pytest.approx(fault.frames, abs=2_500)
        else:
            assert pcm == fault.sound[: len(fault.sound) // 2 * 2], "in order, once and whole"


async def test_an_answer_that_is_read_aloud_is_asked_for_again_only_before_it_was_heard(tmp_path: Path) -> None:
    async with studio(tmp_path, then_drops(b""), says(stream(SOUND))) as desk:
        take = desk.service.generate(LINE)
        await desk.service.finished(take.id)
        stored = await desk.database.takes.get(take.id)
        assert (stored.state, stored.frames, len(desk.asked), desk.errors) == ("done", len(SOUND) // 2, 2, [])
    async with studio(tmp_path / "b", then_drops(GARBLED), says(stream(SOUND))) as desk:
        take = desk.service.generate(LINE)
        await desk.service.finished(take.id)
        assert len(desk.asked) == 1 and [error.code for error in desk.errors] == [Code.CONNECTION_LOST]


async def test_half_an_hour_is_whole(tmp_path: Path) -> None:
    """At a low rate, so that measuring its loudness takes no long time."""
    rate = 4_000
    at = np.arange(30 * 60 * rate)
    minutes = (4_000 * np.sin(at / 9) + at // rate).astype("<i2").tobytes()
    async with studio(tmp_path, says(stream(wav(minutes, rate), 1 << 20))) as desk:
        take = await desk.spoken(LINE)
        assert (take.state, take.frames, take.rate) == ("done", 30 * 60 * rate, rate)
        assert mono_pcm(desk.database.blobs.read(take.audio)) == (rate, minutes)


def full(*_arguments: object) -> Any:
    raise StorageError(Code.DISK_FULL, path="blobs")


async def test_a_disk_that_is_full_while_sound_arrives_loses_none_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, calls = BlobWriter.write, list[int]()

    def full_at_first(writer: BlobWriter, piece: bytes) -> None:
        calls.append(len(piece))
        full() if len(calls) == 2 else write(writer, piece)

    monkeypatch.setattr(BlobWriter, "write", full_at_first)
    async with studio(tmp_path, says(stream(SOUND))) as desk:
        take = await desk.spoken(LINE)
        assert len(calls) == 3, "not tried for every piece, and once more for the whole"
        assert (take.state, desk.errors) == ("done", []), "there was room again at its end"
        assert mono_pcm(desk.database.blobs.read(take.audio)) == (RATE, SOUND)


async def test_a_disk_that_stays_full_is_said_and_the_sound_can_be_played_and_saved_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with studio(tmp_path, says(stream(SOUND))) as desk:
        with monkeypatch.context() as patched:
            for owner, name in ((BlobWriter, "write"), (Blobs, "put"), (BlobWriter, "finish")):
                patched.setattr(owner, name, full)
            take = await desk.spoken(LINE)
            assert [error.code for error in desk.errors] == [Code.DISK_FULL]
            source = desk.service.streaming_source(take.id)
            assert source is not None and source.pcm().tobytes() == SOUND and source.ended
        saved = await desk.service.ensure_saved(take)
        assert saved.state == "done" and mono_pcm(desk.database.blobs.read(saved.audio)) == (RATE, SOUND)


async def test_a_device_that_is_lost_and_back_loses_none_of_the_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output_device, "CALLBACK_TIMEOUT_SECONDS", 1e9)
    monkeypatch.setattr(output_device, "START_TIMEOUT_SECONDS", 1e9)
    loudspeaker, lost, said = Loudspeaker(), asyncio.Event(), list[AudioError]()
    player = Player(open_stream=loudspeaker.open)
    begun = 20_001

    async def answer(line: Line) -> None:
        await line.head()
        await line.say(record(ROLE) + pieces(SOUND[:begun]))
        await lost.wait()
        await line.say(pieces(SOUND[begun:]) + record(FINISH) + DONE)

    async with studio(tmp_path, answer, player=player) as desk:
        desk.playback.on_error.subscribe(said.append)
        (take,) = desk.service.request([LINE], title="", listen=lambda _take: 0.0)
        await wait_until(lambda: player.state.status == "playing")
        loudspeaker.ask(2)
        loudspeaker.active = False
        await wait_until(lambda: bool(said))
        assert [error.code for error in said] == [Code.DEVICE_LOST] and not desk.playback.playing
        position = player.position
        lost.set()
        await desk.service.finished(take.id)
        stored = await desk.database.takes.get(take.id)
        assert (stored.state, desk.errors) == ("done", []), "the take is none the worse"
        assert mono_pcm(desk.database.blobs.read(stored.audio)) == (RATE, SOUND)
        desk.playback.toggle()
        await wait_until(lambda: player.state.status == "playing")
        assert player.position == position > 0, "from where it stopped: nothing is heard twice or left out"
    await asyncio.to_thread(player.close)
