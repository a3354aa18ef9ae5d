"""The sentences of an answer are spoken in order; the next one is made while this one plays."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import pytest

from app.core.errors import AudioError, Code, InputError, ServiceError, WorkbenchError
from app.core.takes import message_session
from app.services.talk.speech_queue import Sentence, SpeechQueue
from tests.services.talk.fakes import MIA, FakeModels, FakePlayback, FakeSpeech


class Made(NamedTuple):
    queue: SpeechQueue
    speech: FakeSpeech
    playback: FakePlayback
    failures: list[tuple[Sentence, WorkbenchError]]
    ends: list[bool]

    @property
    def states(self) -> list[str]:
        return [sentence.state for sentence in self.queue.sentences]


@pytest.fixture
def made() -> Made:
    speech, playback = FakeSpeech(), FakePlayback()
    queue = SpeechQueue(cast(Any, speech), cast(Any, playback), cast(Any, FakeModels()), lambda: 7.0)
    failures: list[tuple[Sentence, WorkbenchError]] = []
    ends: list[bool] = []
    queue.on_failed.subscribe(lambda sentence, error: failures.append((sentence, error)))
    queue.on_end.subscribe(lambda: ends.append(True))
    queue.begin("m", MIA, "softly")
    return Made(queue, speech, playback, failures, ends)


def say(made: Made, *texts: str) -> None:
    for text in texts:
        made.queue.add(text)


def test_each_sentence_is_a_take_of_the_answer_made_one_ahead_and_played_in_order(made: Made) -> None:
    say(made, "One.", "Two.", "Three.", "Four.")
    assert made.speech.texts == ["One.", "Two."]
    assert {(take.session, take.direction) for take in made.speech.takes} == {(message_session("m"), "softly")}
    made.speech.begin(1)
    assert made.playback.played == [], "not before its turn"
    made.speech.begin(0)
    assert made.playback.played == ["One."]
    assert made.speech.texts == ["One.", "Two."], "one ahead"
    made.playback.end()
    assert made.playback.played == ["One.", "Two."]
    assert made.speech.texts == ["One.", "Two.", "Three."]
    assert made.queue.place is not None
    assert (made.queue.place.sentence.number, made.queue.place.position) == (2, 500)
    made.queue.finish()
    for index in (2, 3):
        made.speech.begin(index)
        made.playback.end()
    assert made.states == ["heard", "heard", "heard", "speaking"] and made.ends == []
    made.playback.end()
    assert made.ends == [True]


def test_waiting_is_known_while_the_next_sentence_is_not_ready(made: Made) -> None:
    say(made, "One.", "Two.")
    assert made.queue.waited is None, "nothing was heard yet"
    made.speech.begin(0)
    made.playback.end()
    assert made.queue.waited == 0.0
    made.speech.begin(1)
    assert made.queue.waited is None


def test_silence_drops_what_is_not_heard_and_stops_making_it(made: Made) -> None:
    say(made, "One.", "Two.", "Three.")
    made.speech.begin(0)
    made.speech.begin(1)
    made.queue.silence()
    assert made.playback.silenced == 1
    assert set(made.speech.stopped) == {take.id for take in made.speech.takes}
    made.playback.end()
    say(made, "Four.")
    assert made.playback.played == ["One."] and len(made.speech.takes) == 2
    assert made.ends == []


def test_a_sentence_that_fails_waits_for_retry_and_what_follows_with_it(made: Made) -> None:
    say(made, "One.", "Two.", "Three.")
    made.speech.begin(0)
    made.speech.fail(1, ServiceError(Code.TOO_MANY_REQUESTS, status=429))
    assert made.failures == [], "while the one before it sounds"
    made.playback.end()
    assert [(sentence.text, error.code) for sentence, error in made.failures] == [("Two.", Code.TOO_MANY_REQUESTS)]
    assert made.speech.texts == ["One.", "Two."], "no flood of failures"
    assert not made.queue.is_active
    made.queue.retry()
    assert made.speech.texts == ["One.", "Two.", "Two.", "Three."]
    made.speech.begin(2)
    made.playback.end()
    made.speech.begin(3)
    made.queue.finish()
    made.playback.end()
    assert made.states == ["heard"] * 3 and made.ends == [True]


def test_what_there_is_of_a_broken_sentence_is_heard_before_it_fails(made: Made) -> None:
    say(made, "One.")
    made.speech.begin(0)
    made.speech.fail(0, ServiceError(Code.OVERLOADED))
    assert made.failures == []
    made.playback.end()
    assert len(made.failures) == 1


def test_a_device_that_is_unplugged_is_a_failure_and_retry_plays_what_was_made(made: Made) -> None:
    say(made, "One.")
    made.speech.begin(0)
    made.speech.end(0)
    made.playback.on_error.emit(AudioError(Code.DEVICE_LOST, device="headset"))
    assert [error.code for _, error in made.failures] == [Code.DEVICE_LOST]
    made.queue.retry()
    assert made.playback.played == ["One.", "One."]
    assert len(made.speech.takes) == 1, "it is not made again"


def test_silence_gives_up_what_failed(made: Made) -> None:
    say(made, "One.", "Two.")
    made.speech.fail(0, ServiceError(Code.OVERLOADED))
    assert made.queue.failed is not None
    made.queue.silence()
    made.queue.retry()
    assert made.queue.failed is None and made.speech.texts == ["One.", "Two."]


def test_a_voice_that_may_not_be_spoken_fails_at_once(made: Made) -> None:
    made.speech.refusal = InputError(Code.NO_CONSENT)
    say(made, "One.", "Two.")
    assert [error.code for _, error in made.failures] == [Code.NO_CONSENT]


def test_another_sound_takes_its_place(made: Made) -> None:
    say(made, "One.", "Two.")
    made.speech.begin(0)
    made.playback.start_other()
    assert made.playback.silenced == 0, "the other sound goes on"
    assert made.ends == [True] and made.queue.current is None


def test_an_answer_without_a_sentence_ends_at_once(made: Made) -> None:
    made.queue.finish()
    assert made.ends == [True]
