"""When somebody begins and stops to speak."""

from __future__ import annotations

import pytest

from app.core.speech_gate import MAX_THRESHOLD_DB, MIN_THRESHOLD_DB, SpeechGate

STEP = 0.05


def after(*stretches: tuple[float, float]) -> SpeechGate:
    """A gate after stretches of (seconds, dBFS)."""
    gate, at = SpeechGate(), 0.0
    for seconds, level in stretches:
        for _ in range(round(seconds / STEP)):
            at += STEP
            gate.add(at, level)
    return gate


def test_speech_is_what_is_well_above_the_noise_of_the_beginning() -> None:
    quiet_room = after((0.3, -58.0))
    assert quiet_room.threshold == pytest.approx(-48.0)
    assert after((0.3, -58.0), (0.5, -47.0)).has_spoken
    assert not after((0.3, -58.0), (3.0, -50.0)).has_spoken
    assert quiet_room.silent_seconds == pytest.approx(0.3)


def test_the_threshold_has_limits() -> None:
    assert after((0.3, -85.0)).threshold == MIN_THRESHOLD_DB
    loud = after((1.0, -20.0))
    assert loud.threshold == MAX_THRESHOLD_DB
    assert loud.has_spoken, "somebody who speaks from the first moment is heard"


def test_zeros_of_a_microphone_that_has_just_been_opened_are_no_noise() -> None:
    assert after((0.5, -96.0), (0.3, -47.0)).threshold == pytest.approx(-37.0)


def test_a_click_is_no_speech_but_ends_a_silence() -> None:
    gate = after((0.3, -60.0), (0.1, -20.0), (0.3, -60.0), (0.1, -20.0), (0.2, -60.0))
    assert not gate.has_spoken
    assert gate.silent_seconds == pytest.approx(0.2)


def test_a_pause_is_counted_since_the_last_word_but_not_while_nothing_was_measured() -> None:
    gate = after((0.3, -60.0), (1.0, -25.0), (0.7, -60.0))
    assert gate.has_spoken
    assert gate.silent_seconds == pytest.approx(0.7)
    gate.add(10.0, -60.0)
    assert gate.silent_seconds == pytest.approx(0.85)
