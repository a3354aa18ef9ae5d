"""What of an answer is said aloud: its words, without marks and code, a long one in parts."""

from __future__ import annotations

from typing import Any, cast

import pytest

from app.core.errors import Code, InputError
from app.core.observers import Event
from app.core.takes import Take, VoiceSnapshot, message_session
from app.services.speech.read_aloud import ReadAloud


class FakeSpeech:
    """Generates nothing; a test lets the sound of a take begin."""

    def __init__(self) -> None:
        self.takes: list[Take] = []
        self.stopped: list[str] = []
        self.on_sound: Event[Any, Any] = Event()
        self.on_take: Event[Any] = Event()
        self.on_failed: Event[Any, Any] = Event()

    def generate(self, spec: Take) -> Take:
        self.takes.append(spec)
        return spec

    def running(self) -> tuple[str, ...]:
        return tuple(take.id for take in self.takes if take.id not in self.stopped)

    def stop(self, take_id: str) -> None:
        self.stopped.append(take_id)

    def begin(self, index: int) -> None:
        self.on_sound.emit(self.takes[index], object())


class FakePlayback:
    """Plays what it is given until a test ends it."""

    def __init__(self) -> None:
        self.key = ""
        self.playing = self.ended = False
        self.played: list[str] = []
        self.on_change: Event[()] = Event()

    def _change(self, key: str, playing: bool, ended: bool) -> None:
        self.key, self.playing, self.ended = key, playing, ended
        self.on_change.emit()

    def play_stream(self, take: Take, source: object) -> None:
        self.played.append(take.text)
        self._change(take.id, playing=True, ended=False)

    def silence(self) -> None:
        self._change(self.key, playing=False, ended=False)

    def end(self) -> None:
        self._change(self.key, playing=False, ended=True)


class FakeModels:
    def chosen(self, role: str) -> str:
        return "model"


@pytest.fixture
def reading() -> tuple[ReadAloud, FakeSpeech, FakePlayback]:
    speech, playback = FakeSpeech(), FakePlayback()
    aloud = ReadAloud(cast(Any, speech), cast(Any, playback), cast(Any, FakeModels()))
    aloud.use_voice(lambda: (VoiceSnapshot("builtin", "Mia", "Mia"), "softly"))
    return aloud, speech, playback


def test_it_reports_what_it_reads_from_the_request_to_the_end(
    reading: tuple[ReadAloud, FakeSpeech, FakePlayback],
) -> None:
    aloud, speech, playback = reading
    seen: list[str] = []
    aloud.on_change.subscribe(lambda: seen.append(aloud.speaking))
    aloud.toggle("a", "Hello.")
    assert seen == ["a"], "before any sound has arrived"
    spec = speech.takes[0]
    assert (spec.voice.name, spec.direction, spec.session) == ("Mia", "softly", message_session("a"))
    speech.begin(0)
    speech.stopped.append(speech.takes[0].id)
    speech.on_take.emit(speech.takes[0])
    assert seen == ["a"], "generated, and still played"
    playback.end()
    assert seen == ["a", ""]
    aloud.toggle("b", "Bye.")
    speech.stopped.append(speech.takes[1].id)
    speech.on_take.emit(speech.takes[1])
    assert seen == ["a", "", "b", ""], "it ended without any sound"
    aloud.toggle("b", "Bye.")
    aloud.toggle("b", "Bye.")
    assert seen[4:] == ["b", ""]


LONG = "The ferry leaves at nine, and Dr. Smith waits. " * 130


def test_a_long_answer_is_read_in_parts_one_after_the_other(
    reading: tuple[ReadAloud, FakeSpeech, FakePlayback],
) -> None:
    aloud, speech, playback = reading
    aloud.toggle("m", LONG)
    assert len(speech.takes) == 1, "the next part is requested once this one is heard"
    for index in range(3):
        speech.begin(index)
        if index < 2:
            assert len(speech.takes) == index + 2
            assert len(playback.played) == index + 1, "not before its turn"
        playback.end()
    assert " ".join(playback.played) == LONG.strip()
    assert all(len(take.text) <= 2_500 and take.text.endswith("waits.") for take in speech.takes)
    assert len(speech.takes) == 3


def test_stop_silences_the_parts_that_would_follow(reading: tuple[ReadAloud, FakeSpeech, FakePlayback]) -> None:
    aloud, speech, playback = reading
    aloud.toggle("m", LONG)
    speech.begin(0)
    aloud.toggle("m", LONG)
    assert set(speech.stopped) == {take.id for take in speech.takes}
    speech.begin(1)
    playback.end()
    assert len(playback.played) == 1
    assert len(speech.takes) == 2


def test_only_code_is_said_in_a_sentence_of_its_own(reading: tuple[ReadAloud, FakeSpeech, FakePlayback]) -> None:
    aloud, speech, _ = reading
    with pytest.raises(InputError) as refused:
        aloud.toggle("m", "```py\nprint(1)\n```")
    assert refused.value.code is Code.ONLY_CODE
    assert not speech.takes
