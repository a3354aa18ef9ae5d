"""Rounds derived from takes, the pace of speech, and lines that suit a voice."""

from __future__ import annotations

import pytest

from app.core.preview_lines import SHOWN, starters, suggested_lines
from app.core.speech_pace import pace_of, syllables_of
from app.core.takes import Take, VoiceSnapshot
from app.core.voice_rounds import found_rounds, next_number, rounds_of
from app.core.voice_traits import traits_in


def _take(take_id: str, number: int, round_: int, description: str, created: float, **more: object) -> Take:
    voice = VoiceSnapshot("designed", description=description)
    return Take(take_id, voice, "Hello", number=number, round=round_, created=created, **more)  # type: ignore[arg-type]


def test_rounds_are_newest_first_and_old_candidates_are_grouped_by_what_they_were_made_from() -> None:
    takes = [
        _take("a", 1, 1, "A sailor", 10.0),
        _take("b", 2, 1, "A sailor", 10.1),
        _take("c", 3, 2, "A sailor", 20.0, spoken="Hello there"),
        _take("old-2", 2, 0, "A driver", 2.0),
        _take("old-1", 1, 0, "A driver", 1.0),
        # Of another home that was imported: the same number, another description.
        _take("d", 1, 2, "A teacher", 15.0),
    ]
    rounds = rounds_of(takes)
    assert [(one.number, one.description, len(one.takes)) for one in rounds] == [
        (2, "A sailor", 1), (2, "A teacher", 1), (1, "A sailor", 2), (0, "A driver", 2),
    ]  # fmt: skip
    assert len({one.key for one in rounds}) == 4
    assert [take.id for take in rounds[3].takes] == ["old-1", "old-2"]
    assert rounds[2].place_of("b") == 2 and rounds[2].place_of("c") == 0
    assert rounds[0].spoken == "Hello there"
    assert next_number(rounds) == 3 and next_number(rounds, highest=7) == 8 and next_number(()) == 1
    assert found_rounds(rounds, "sailor hello", {}) == (rounds[0], rounds[2])
    assert found_rounds(rounds, "wang", {"old-1": "Uncle Wang"}) == (rounds[3],)
    # The key stays when a candidate goes.
    assert rounds_of(takes[1:])[2].key == rounds[2].key


@pytest.mark.parametrize(
    ("text", "syllables"), [("你好世界。", 4), ("Yes, I had a sandwich.", 6), ("the little table", 5), ("", 0)]
)
def test_syllables(text: str, syllables: int) -> None:
    assert syllables_of(text) == syllables


def test_pace_needs_enough_to_tell() -> None:
    assert pace_of("你好世界，今天好", 2.0) == pytest.approx(3.5)
    assert pace_of("你好", 2.0) is None and pace_of("你好世界", 0.1) is None


def test_lines_suit_the_voice_in_the_language_of_its_description() -> None:
    said = suggested_lines("A teacher, stern")
    assert said[0].title == "Missing homework"
    assert suggested_lines("像位老师，严厉")[0].title == "作业没交"
    assert suggested_lines("", 0, "zh") != suggested_lines("", 0, "en")
    turns = [line.text for turn in range(4) for line in suggested_lines("A teacher, stern", turn)]
    assert len(set(turns)) == 4 * SHOWN, "each turn shows others"


def test_what_to_start_from_uses_words_that_are_recognised() -> None:
    for language in ("zh", "en"):
        assert all(len(traits_in(starter.text)) >= 4 for starter in starters(language))
