"""The gate of Talk follows the noise of the room."""

from __future__ import annotations

from app.core.speech_gate import RoomGate


def feed(gate: RoomGate, start: float, seconds: float, level: float) -> float:
    steps = round(seconds / 0.05)
    for step in range(1, steps + 1):
        gate.add(start + 0.05 * step, level)
    return start + seconds


def test_a_loud_room_is_not_taken_for_speech_and_speech_above_it_is() -> None:
    gate = RoomGate()
    at = feed(gate, 0.0, 2.0, -32.0)
    assert not gate.has_spoken
    at = feed(gate, at, 1.0, -15.0)
    assert gate.has_spoken
    assert abs(gate.began - 2.0) < 0.11
    feed(gate, at, 1.3, -32.0)
    assert gate.silent_seconds > 1.2, "the fan does not go on speaking"
    assert abs(gate.ended - 3.0) < 0.06


def test_the_level_of_the_room_is_kept_for_somebody_who_speaks_at_once() -> None:
    gate = RoomGate(-60.0)
    feed(gate, 0.0, 0.3, -25.0)
    assert gate.has_spoken


def test_a_room_that_becomes_louder_is_measured_again() -> None:
    gate = RoomGate(-60.0)
    feed(gate, 0.0, 6.0, -30.0)
    assert gate.room is not None
    assert gate.room > -31.0


def test_a_microphone_that_suppresses_noise_hears_who_speaks_into_its_silence() -> None:
    gate = RoomGate()
    at = feed(gate, 0.0, 1.0, -96.0)
    feed(gate, at, 0.5, -20.0)
    assert gate.has_spoken
    late = RoomGate()
    at = feed(late, 0.0, 0.3, -96.0)
    feed(late, at, 1.0, -32.0)
    assert not late.has_spoken, "it had only not delivered sound yet"
