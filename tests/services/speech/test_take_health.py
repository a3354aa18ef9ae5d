"""What is found in the sound of a take, and the times that are stored with it."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from numpy.typing import NDArray

from app.composition.audio_adapter import audio
from app.core.takes import Take, TakeFinding, TakeState, VoiceSnapshot
from app.services.connection import Connection
from app.services.speech.new_takes import as_redo, new_take_from
from app.services.speech.take_health import find_in_sound
from app.services.tasks import TaskSet
from app.storage.database import Database
from tests.plugins.take_services import take_service

RATE = 24_000
LINE = Take("", VoiceSnapshot("builtin", "Mia", "Mia"), text="The tide comes in.", model="mimo-v2.5-tts")


def speech(seconds: float, *, peak: float = 0.4, fades: bool = True) -> NDArray[np.float32]:
    """Syllables of a voiced tone, four a second: shape (frames,)."""
    time = np.arange(round(seconds * RATE)) / RATE
    tone = sum(np.sin(2 * np.pi * 130 * n * time) / n for n in range(1, 12))
    sound = tone * (0.55 + 0.45 * np.sin(2 * np.pi * 4 * time))
    sound *= peak / np.abs(sound).max()
    if fades:
        sound[-RATE // 4 :] *= np.linspace(1, 0, RATE // 4) ** 3
    return np.asarray(sound, np.float32)


def silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(round(seconds * RATE), np.float32)


def codes(sound: NDArray[np.float32], state: TakeState = "done") -> list[str]:
    return [found.code for found in find_in_sound(sound[:, None], RATE, audio(), state)]


def test_each_fault_is_found_and_nothing_in_a_good_take() -> None:
    assert codes(np.concatenate([silence(0.2), speech(3), silence(0.3)])) == []
    assert codes(speech(3)) == []
    assert codes(speech(3, fades=False)) == ["abrupt"]
    assert codes(speech(3, fades=False), "cut") == [], "its state says that it broke off"
    assert codes(silence(2)) == ["silent"]
    assert codes(np.clip(speech(3, peak=1.8), -1, 1)) == ["clips"]
    assert codes(speech(3, peak=0.99)) == []
    assert codes(np.concatenate([speech(1), silence(0.7), speech(1)])) == [], "a pause, no hole"
    assert codes(np.concatenate([silence(2), speech(1), silence(2)])) == [], "around the speech it is no hole"


def test_a_hole_is_found_where_it_is() -> None:
    sound = np.concatenate([speech(1), silence(1.6), speech(1)])
    (hole,) = find_in_sound(sound[:, None], RATE, audio(), "done")
    assert hole.code == "hole" and abs(hole.at - 1) < 0.2 and abs(hole.seconds - 1.6) < 0.25


def test_the_result_fields_of_a_new_take_are_empty() -> None:
    take = msgspec.structs.replace(
        LINE, id="a", findings=(TakeFinding("clips"),), sent=0.1, first_byte=0.2, last_byte=0.3, first_sound=0.3
    )
    again = new_take_from(as_redo(take))
    assert again.findings == () and (again.sent, again.first_byte, again.last_byte) == (None, None, None)


def test_a_sound_that_came_at_once_is_told_from_a_stream() -> None:
    def take(first_sound: float | None, last_byte: float | None) -> Take:
        return msgspec.structs.replace(LINE, first_sound=first_sound, last_byte=last_byte)

    assert take(0.9, 0.95).came_at_once and take(1.0, 0.9).came_at_once
    assert not take(0.3, 2.0).came_at_once
    assert not take(None, 2.0).came_at_once and not take(0.3, None).came_at_once, "not known"


def test_a_take_of_an_earlier_version_has_no_findings_and_a_newer_one_is_read() -> None:
    old = b'{"id":"a","voice":{"kind":"builtin","id":"Mia"},"frames":24000,"state":"done","first_sound":0.3}'
    take = msgspec.json.decode(old, type=Take)
    assert take.findings == () and take.sent is None and not take.came_at_once
    newer = b'{"id":"a","voice":{"kind":"builtin","id":"Mia"},"findings":[{"code":"croaks","at":1e999,"by":7}]}'
    with pytest.raises(msgspec.DecodeError):
        msgspec.json.decode(newer, type=Take)
    (found,) = msgspec.json.decode(newer.replace(b"1e999", b"1e300"), type=Take).findings
    assert found.code == "croaks" and found.at < 1e300


async def test_times_and_findings_are_stored_with_the_take(connection: Connection, database: Database) -> None:
    failures: list[BaseException] = []
    tasks = TaskSet(failures.append)
    asked: list[str] = []

    def call_times(call_id: str) -> tuple[float | None, float | None]:
        asked.append(call_id)
        return 0.001, 0.002

    async with take_service(connection, tasks, database, call_times=call_times) as (service, _queue, _playback):
        take = service.generate(LINE)
        await service.finished(take.id)
        (stored,) = await service.of_session("")
        assert asked == [stored.call_id] and stored.call_id
        assert (stored.sent, stored.first_byte) == (0.001, 0.002)
        assert stored.last_byte is not None and stored.first_sound is not None
        assert 0 < stored.first_sound <= stored.last_byte <= stored.seconds
        assert stored.findings == ()
    await tasks.aclose()
    assert failures == []
