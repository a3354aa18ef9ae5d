"""Sentences of the compare room: singular and plural, what is left out, and no claim that was not found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.core.comparison import Answer, Comparison, answered, begin_test, compare, revealed
from app.core.takes import Take, VoiceSnapshot
from app.ui.texts import comparison as texts


def outcome(takes: int, winners: Sequence[int | None]) -> Comparison:
    """A test of so many takes; each winner is an index, None for a tie, and -1 for side A."""
    test = begin_test(compare("c", [Take(f"t{n}", VoiceSnapshot("builtin"), number=n + 1) for n in range(takes)]), 3)
    for winner in winners:
        pair = test.pair
        assert pair is not None
        choice = "tie" if winner is None else "a" if winner in (-1, pair.a) else "b"
        test = answered(test, Answer(choice, "a", 1, 1), 2.0)  # type: ignore[arg-type]
    return revealed(test, 3.0)


def test_one_pair_is_in_the_singular() -> None:
    one = outcome(2, [0])
    assert texts.verdict_subtitle(one) == "2 takes, 1 pair, names shown"
    assert texts.of_pairs(1) == "of 1 pair" and texts.of_pairs(2) == "of 2 pairs"
    assert texts.letters_text(1, 0) == "A in 1 pair, B in 0" and texts.letters_text(0, 1) == "A in 0 pairs, B in 1"
    assert texts.title_of_test(outcome(3, [-1])) == "3 takes, 1 pair"
    said = texts.ties_and_order(outcome(2, [0, None]))
    assert said.startswith("Ties, left out of the count: 1.") and "once" in said and "1 times" not in said


def test_the_figure_leaves_ties_out() -> None:
    test = outcome(2, [0, 0, None, 0, 0, 0, 0, None])
    assert texts.verdict_sentence(test) == "Take 1 was preferred in 6 of 6: a clear result."
    assert "in 3 of 100 such tests" in texts.verdict_explanation(test)
    assert texts.ties_and_order(test).startswith("Ties, left out of the count: 2.")


def test_takes_that_never_met_are_no_tie() -> None:
    assert "neither was preferred to the other" in texts.verdict_sentence(outcome(3, [-1]))
    assert texts.verdict_sentence(outcome(3, [None, None])) == "Every pair was a tie: no preference."


@pytest.mark.parametrize(("parts", "text"), [(("没有。", "是。"), "没有。是。"), (("No.", "", "Yes."), "No. Yes.")])
def test_no_space_follows_a_chinese_full_stop(parts: tuple[str, ...], text: str) -> None:
    assert texts._sentences(*parts) == text
