"""The takes of an answer are played in the order in which they were spoken."""

from __future__ import annotations

from typing import Any, cast

from app.core.takes import Take, message_session
from app.services.talk.spoken_takes import SpokenTakes
from tests.services.talk.fakes import MIA, FakePlayback


class Store:
    def __init__(self, *takes: Take) -> None:
        self._takes = takes

    async def of_session(self, session: str = "") -> tuple[Take, ...]:
        return tuple(take for take in reversed(self._takes) if take.session == session)


class Playing(FakePlayback):
    async def play_take(self, take: Take) -> None:
        self.play_stream(take, object())


def spoken(number: int, **fields: Any) -> Take:
    return Take(f"t{number}", MIA, f"{number}.", session=message_session("m"), state="done", audio="a", frames=9,
                created=float(number), number=number, **fields)  # fmt: skip


async def test_they_play_one_after_the_other_and_a_second_press_stops() -> None:
    playback = Playing()
    silent = Take("x", MIA, "cut before it sounded", session=message_session("m"), state="cut")
    takes = SpokenTakes(cast(Any, Store(spoken(1), silent, spoken(2))), cast(Any, playback))
    await takes.toggle("m")
    assert playback.played == ["1."] and not takes.is_due and takes.sounding == "m"
    playback.end()
    assert takes.sounding == ""
    assert takes.is_due
    await takes.play_next()
    playback.end()
    assert playback.played == ["1.", "2."] and not takes.is_due
    await takes.toggle("m")
    await takes.toggle("m")
    assert playback.played == ["1.", "2.", "1."] and playback.silenced == 1
    playback.end()
    assert not takes.is_due


async def test_silence_stops_them_and_what_would_follow() -> None:
    playback = Playing()
    takes = SpokenTakes(cast(Any, Store(spoken(1), spoken(2))), cast(Any, playback))
    assert not takes.silence()
    await takes.toggle("m")
    assert takes.silence() and playback.silenced == 1 and not takes.is_due
    assert not takes.silence()
    await takes.toggle("m")
    assert not takes.is_due, "it sounds"
    playback.end()
    assert takes.silence() and not takes.is_due, "between two takes"


async def test_another_sound_ends_them() -> None:
    playback = Playing()
    takes = SpokenTakes(cast(Any, Store(spoken(1), spoken(2))), cast(Any, playback))
    await takes.toggle("m")
    playback.start_other()
    playback.end()
    assert not takes.is_due
