"""What of an answer is said aloud: its words, without marks and code, a long one in parts."""

from __future__ import annotations

from typing import Any, cast

import pytest

from app.core.errors import Code, InputError
from app.core.markdown.readings import is_only_code, spoken_text
from app.core.observers import Event
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.read_aloud import ReadAloud


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("Leave **before 9:00** and _ride_.", "Leave before 9:00 and ride."),
        ("# Title\n\n- one\n- two", "Title\n\none\ntwo"),
        ("See [the page](https://example.org/x).", "See the page."),
        ("Use `print`:\n\n```python\nprint(1)\n```\n\nDone.", "Use print:\n\nDone."),
        ("你好，**世界**。", "你好，世界。"),
        ("> 1. Quoted\n  * deep\n---\n1999. A year", "1. Quoted\ndeep\n\n1999. A year"),
        ("[not a link] (there)", "[not a link] (there)"),
        ("It takes 5~8 minutes, 3*2 and 2~3.", "It takes 5~8 minutes, 3*2 and 2~3."),
        ("Raise `max_retry_count` or max_retry_count.", "Raise max_retry_count or max_retry_count."),
        ("Before\n\n~~~py\nx = 1\n~~~\n\nafter", "Before\n\nafter"),
        ("- [x] done\n- [ ] open [x]", "done\nopen"),
        ("So $E = mc^2$, or\n\n$$\na^2\n$$\n\nEnd", "So, or\n\nEnd"),
        ("Look at https://example.org/a_b (<https://x.org>).", "Look at."),
        ("2. Second\n3. Third", "2. Second\n3. Third"),
    ],
)
def test_words_only(markdown: str, words: str) -> None:
    assert spoken_text(markdown) == words


def test_a_table_is_read_by_its_cells() -> None:
    said = spoken_text("| Hour | Rain |\n|---|---|\n| 06 | 10 % |")
    assert "Hour, Rain" in said
    assert "---" not in said
    assert "06, 10 %" in said


@pytest.mark.parametrize("piece", [" ", "[", "[a](", "|", "| ", "-", "`", "* ", "1", "\n ", "\\t|:-"])
def test_no_answer_takes_longer_than_its_length_deserves(piece: str) -> None:
    many = piece * 20_000
    assert spoken_text(f"Before\n{many}x\nafter").startswith("Before")


def test_an_answer_of_code_alone_is_told_from_an_empty_one() -> None:
    assert is_only_code("```py\nx\n```")
    assert is_only_code("~~~\nx")
    assert is_only_code("$$\nx\n$$")
    assert not is_only_code("  ")
    assert not is_only_code("Words\n\n```py\nx\n```")


class FakeSpeech:
    """Generates nothing; a test lets the sound of a take begin."""

    def __init__(self) -> None:
        self.takes: list[Take] = []
        self.stopped: list[str] = []
        self.on_sound: Event[Any, Any] = Event()
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

    def stop(self) -> None:
        self._change(self.key, playing=False, ended=False)

    def end(self) -> None:
        self._change(self.key, playing=False, ended=True)


class FakeModels:
    def chosen(self, role: str) -> str:
        return "model"


@pytest.fixture
def reading() -> tuple[ReadAloud, FakeSpeech, FakePlayback]:
    speech, playback = FakeSpeech(), FakePlayback()
    voice = VoiceSnapshot("builtin", "Mia", "Mia")
    return ReadAloud(
        cast(Any, speech), cast(Any, playback), cast(Any, FakeModels()), lambda: voice
    ), speech, playback  # fmt: skip


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
