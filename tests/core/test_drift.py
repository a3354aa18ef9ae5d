"""What equal requests differ in is measured from takes that are complete."""

from __future__ import annotations

import msgspec
import pytest

from app.core.drift import (
    TakeMeasures,
    can_be_measured,
    differing_fields,
    drift_of,
    of_equal_requests,
    rounded_up,
)
from app.core.takes import Take, VoiceSnapshot

TAKE = Take(
    "a", VoiceSnapshot("builtin", "Mia", "Mia"), "The tide comes in.", "Calm", model="m", state="done", frames=24_000,
    loudness=-20.0,
)  # fmt: skip


def measures(seconds: float, hz: float | None = 200.0, loudness: float | None = -20.0) -> TakeMeasures:
    return TakeMeasures(seconds, hz, loudness)


def test_a_spread_is_that_of_the_lowest_and_the_highest() -> None:
    semitone = 2 ** (1 / 12)
    drift = drift_of([measures(2.0), measures(1.97, 200 * semitone, -19.5), measures(2.03, 200.0, -20.4)])
    assert drift.length is not None and drift.pitch is not None and drift.level is not None
    assert drift.length.value == pytest.approx(3.0) and drift.pitch.value == pytest.approx(1.0)
    assert drift.level.value == pytest.approx(0.9)


def test_never_less_is_claimed_than_was_measured() -> None:
    assert rounded_up(2.01, 1.0) == 3 and rounded_up(0.0, 1.0) == 1
    assert rounded_up(0.31, 0.1) == pytest.approx(0.4) and rounded_up(0.3, 0.1) == pytest.approx(0.3)


def test_what_could_not_be_measured_is_not_counted() -> None:
    alone = drift_of([measures(2.0)])
    assert (alone.length, alone.pitch, alone.level) == (None, None, None), "one take has nothing to differ from"
    assert drift_of([measures(2.0, None), measures(2.1, None)]).pitch is None
    some = drift_of([measures(2.0, None), measures(2.1), measures(2.1)])
    assert some.pitch is not None and (some.pitch.takes, some.takes) == (2, 3)
    assert drift_of([]).length is None


def test_only_complete_takes_with_sound_are_measured() -> None:
    assert can_be_measured(TAKE)
    for changes in ({"state": "cut"}, {"frames": 0}, {"loudness": None}):
        assert not can_be_measured(msgspec.structs.replace(TAKE, **changes))


def test_equal_requests_are_told_from_others() -> None:
    def like(**fields: object) -> Take:
        return msgspec.structs.replace(TAKE, **fields)

    same = like(id="b", stars=1, container="mp3", stream=False, number=7, note="x")
    assert differing_fields([TAKE, same]) == ()
    renamed = like(voice=VoiceSnapshot("cloned", "1", "Old", sample="s"))
    also = like(voice=VoiceSnapshot("cloned", "2", "New", sample="s"))
    assert differing_fields([renamed, also]) == (), "the same sample, saved twice"
    other = like(text="The tide goes out.", voice=VoiceSnapshot("builtin", "Dean", "Dean"), temperature=0.3)
    assert differing_fields([TAKE, same, other]) == ("text", "voice", "parameters")
    assert differing_fields([TAKE, like(direction=""), like(model="n")]) == ("direction", "model")
    assert of_equal_requests(TAKE, [other, same, TAKE]) == [same, TAKE]
