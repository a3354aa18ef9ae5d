"""The sentence that is heard is found in the text that is shown."""

from __future__ import annotations

from app.core.heard_words import find_sentence

SHOWN = "Rooms\nThen the roof speaks. You hear a soft drumming (see this page) and a single drip. 馆里很安静，你听。"


def shown(sentence: str, start: int = 0) -> str | None:
    found = find_sentence(SHOWN, sentence, start)
    return SHOWN[found.start : found.end] if found is not None else None


def test_a_sentence_is_found_though_marks_and_a_few_words_differ() -> None:
    assert shown("Then the roof speaks.") == "Then the roof speaks"
    spoken = "You hear a soft drumming, see page, and a single drip."
    assert shown(spoken) == "You hear a soft drumming (see this page) and a single drip"
    assert shown("馆里很安静，你听。") == "馆里很安静，你听"


def test_what_is_not_shown_yet_or_stands_before_is_not_found() -> None:
    assert shown("They call it the clock.") is None
    assert shown("Then the roof speaks.", start=20) is None
    assert shown("…") is None


def test_the_word_that_is_heard_moves_with_the_share_that_was() -> None:
    found = find_sentence(SHOWN, "Then the roof speaks.")
    assert found is not None
    words = [SHOWN[slice(*found.word_at(share))] for share in (0.0, 0.35, 0.6, 0.9, 1.0)]
    assert words == ["Then", "the", "roof", "speaks", "speaks"]
