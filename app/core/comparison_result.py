"""What a blind test found: pairs won, the best two takes, and how often chance alone gets as far."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from app.core.chance import LEVEL, Look, needed, reached
from app.core.comparison import MAX_PAIRS, PAIRS_OF_TWO, Answer, Comparison, Pair


class Score(NamedTuple):
    """How a take did.

    Attributes:
        take: index into the compared takes.
        won, lost, ties: of the pairs it was heard in.
        as_a: in how many of them it was A.
    """

    take: int
    won: int = 0
    lost: int = 0
    ties: int = 0
    as_a: int = 0

    @property
    def heard(self) -> int:
        return self.won + self.lost + self.ties

    @property
    def share(self) -> Fraction:
        """Of the decided pairs, those that were won; 1/2 if none was decided."""
        decided = self.won + self.lost
        return Fraction(self.won, decided) if decided else Fraction(1, 2)


class BestPair(NamedTuple):
    """The two takes that did best, as they did against each other.

    Attributes:
        winner, other: indexes into the compared takes; the winner did best over all pairs, unless the other is clearly
            preferred to it in the pairs of the two.
        won, decided: of the pairs in which the two met and one was preferred. Ties are left out.
        ties: pairs of the two in which neither was preferred.
        chance: how often chance alone gets as far, over all looks and all pairs of takes that could have come out best.
        called: whether that is less than one in twenty.
        looks: at how many moments these two were looked at.
    """

    winner: int
    other: int
    won: int
    decided: int
    ties: int
    chance: Fraction
    called: bool
    looks: int


class FirstHeard(NamedTuple):
    """How often what was heard first was preferred, and how often what was heard second."""

    first: int
    second: int


class MorePairs(NamedTuple):
    """What more pairs of the best two could settle.

    Attributes:
        pairs: how many more.
        needed, decided: so many of so many pairs would be enough, if none of those to come is a tie.
        chance: how often chance alone would get that far, with all looks counted.
    """

    pairs: int
    needed: int
    decided: int
    chance: Fraction


def heard(comparison: Comparison) -> Iterator[tuple[Pair, Answer]]:
    """The answered pairs with their answers, in order."""
    return zip(comparison.pairs, comparison.answers, strict=False)


def preferred(pair: Pair, answer: Answer) -> int | None:
    """The take that was preferred; None for a tie."""
    return {"a": pair.a, "b": pair.b, "tie": None}[answer.choice]


def scores(comparison: Comparison) -> tuple[Score, ...]:
    """How every take did, the best first; of equals the one that won more, then the one compared first."""
    counts = [Score(take) for take in range(len(comparison.takes))]
    for pair, answer in heard(comparison):
        best = preferred(pair, answer)
        for take in (pair.a, pair.b):
            score = counts[take]
            counts[take] = score._replace(
                won=score.won + (best == take),
                lost=score.lost + (best is not None and best != take),
                ties=score.ties + (best is None),
                as_a=score.as_a + (take == pair.a),
            )
    return tuple(sorted(counts, key=lambda score: (-score.share, -score.won, score.take)))


def best_pair(comparison: Comparison) -> BestPair:
    """The best two and the chance figure.

    With more than two takes, the best two were found by the test itself. Any of the n(n-1)/2 pairs of takes could have
    come out so, which multiplies the figure (Bonferroni); each pair may then only be called below that part of 5 %.
    """
    first, second = (score.take for score in scores(comparison)[:2])
    one, other = _count(comparison, first, second, len(comparison.answers))
    looks = _looks_of(comparison, first, second)
    pairs_of_takes = _pairs_of_takes(comparison)
    chance = min(Fraction(1), reached(looks, LEVEL / pairs_of_takes) * pairs_of_takes) if one + other else Fraction(1)
    called = chance < LEVEL
    if called and other > one:
        # Ahead over all pairs, but clearly behind the second in the pairs of the two.
        first, second, one, other = second, first, other, one
    met = sum({pair.a, pair.b} == {first, second} for pair, _ in heard(comparison))
    return BestPair(first, second, one, one + other, met - one - other, chance, called, max(1, len(looks)))


def first_heard(comparison: Comparison) -> FirstHeard:
    """Whether what was played first was favoured. Without a record of that, A counts as first."""
    first = second = 0
    for _, answer in heard(comparison):
        if answer.choice == "tie":
            continue
        is_first = answer.choice == (answer.heard_first or "a")
        first, second = first + is_first, second + (not is_first)
    return FirstHeard(first, second)


def more_pairs(comparison: Comparison) -> MorePairs | None:
    """The smallest number of more pairs of the best two that could settle it; None if it is called, or none would."""
    best = best_pair(comparison)
    if best.called:
        return None
    level = LEVEL / _pairs_of_takes(comparison)
    ahead = max(best.won, best.decided - best.won)
    past = [look.decided for look in _looks_of(comparison, best.winner, best.other)]
    for more in range(PAIRS_OF_TWO, MAX_PAIRS - len(comparison.answers) + 1, PAIRS_OF_TWO):
        sizes = [*past, best.decided + more]
        enough = needed(sizes, level)
        if enough is not None and enough <= ahead + more:
            looks = [*_looks_of(comparison, best.winner, best.other), Look(enough, sizes[-1])]
            return MorePairs(more, enough, sizes[-1], reached(looks, level) * _pairs_of_takes(comparison))
    return None


def ended_early(comparison: Comparison) -> bool:
    """Whether the names were shown before the last pair that was planned."""
    return comparison.revealed and not comparison.is_complete


def unheard(comparison: Comparison) -> int:
    """How many answers were given before both takes had been heard."""
    return sum(not answer.heard_both for answer in comparison.answers)


def _pairs_of_takes(comparison: Comparison) -> int:
    count = len(comparison.takes)
    return count * (count - 1) // 2


def _count(comparison: Comparison, one: int, other: int, answers: int) -> tuple[int, int]:
    """How many of the first `answers` pairs of two takes each of them won."""
    wins = {one: 0, other: 0}
    for pair, answer in list(heard(comparison))[:answers]:
        best = preferred(pair, answer)
        if {pair.a, pair.b} == {one, other} and best is not None:
            wins[best] += 1
    return wins[one], wins[other]


def _looks_of(comparison: Comparison, one: int, other: int) -> list[Look]:
    """The counts of two takes at each look, without looks at which nothing new of them was decided."""
    looks: list[Look] = []
    for answers in comparison.looks or (len(comparison.answers),):
        won, lost = _count(comparison, one, other, answers)
        if won + lost > (looks[-1].decided if looks else 0):
            looks.append(Look(won, won + lost))
    return looks
