"""Comparisons of takes by ear: what is compared, the pairs of a blind test as dealt, the answers, and ratings."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import combinations
from typing import Literal

import msgspec

from app.core.bounds import MAX_COUNT, bound
from app.core.takes import Take, VoiceSnapshot

MIN_TAKES = 2
MAX_TAKES = 9
"""As many as there are keys from 1 to 9."""
MAX_RATING = 100
MAX_PAIRS = 1_000
"""Of one test, over all its looks."""
PAIRS_OF_TWO = 8
"""How often two takes meet in a test of these two, and how many pairs are added at a time."""
_USUAL_PAIRS = 12
"""What a test of more takes has at least, if their pairs can be dealt twice as often."""

Choice = Literal["a", "b", "tie"]
Side = Literal["", "a", "b"]


class ComparedTake(msgspec.Struct, frozen=True):
    """A take as it was compared; the take itself may be deleted later.

    Attributes:
        id, number, model, voice, direction: as in `Take`; the voice is stored without its sample.
        gain: decibels of equal loudness with which it was played; None as delivered.
        rating: 0 to 100; None while it is not rated.
    """

    id: str
    number: int = 0
    model: str = ""
    voice: VoiceSnapshot = VoiceSnapshot("builtin")
    direction: str = ""
    gain: float | None = None
    rating: int | None = None

    def __post_init__(self) -> None:
        bound(self, counts=("number", "rating"))
        if self.rating is not None and self.rating > MAX_RATING:
            msgspec.structs.force_setattr(self, "rating", MAX_RATING)


class Pair(msgspec.Struct, frozen=True, array_like=True):
    """Two takes that meet, as indexes into the compared takes: `a` is offered first."""

    a: int
    b: int


class Answer(msgspec.Struct, frozen=True):
    """What was preferred in a pair.

    Attributes:
        heard_first: the one that was played first; empty if neither was.
        times_a, times_b: how often each was started.
    """

    choice: Choice
    heard_first: Side = ""
    times_a: int = 0
    times_b: int = 0

    def __post_init__(self) -> None:
        bound(self, counts=("times_a", "times_b"))

    @property
    def heard_both(self) -> bool:
        return self.times_a > 0 and self.times_b > 0


class Comparison(msgspec.Struct, frozen=True):
    """Takes compared by ear, and the blind test of them if there is one.

    Attributes:
        session: the studio session the takes belong to; empty for takes made elsewhere.
        text: what the takes speak, if all speak the same; else empty.
        seed: from which the pairs are dealt.
        pairs: of the blind test, in the order in which they are heard; empty without a test.
        answers: of the first pairs, in order.
        looks: after how many answers the names were shown; the last is the result.
        revealed: whether the names are shown now. While they are not, the test goes on.
        kept: id of the take that was kept; empty for none.
        created, updated: Unix time in seconds.
    """

    id: str
    takes: tuple[ComparedTake, ...]
    session: str = ""
    text: str = ""
    seed: int = 0
    pairs: tuple[Pair, ...] = ()
    answers: tuple[Answer, ...] = ()
    looks: tuple[int, ...] = ()
    revealed: bool = False
    kept: str = ""
    created: float = 0.0
    updated: float = 0.0

    def __post_init__(self) -> None:
        """Bring a record from outside within bounds: a pair that names no take would have no sound."""
        bound(self, counts=("seed",), timestamps=("created", "updated"))
        takes = self.takes[:MAX_TAKES]
        whole = next((n for n, pair in enumerate(self.pairs) if not _is_pair(pair, len(takes))), len(self.pairs))
        pairs = self.pairs[: min(whole, MAX_PAIRS)]
        answers = self.answers[: len(pairs)]
        looks = tuple(sorted({min(max(look, 0), len(answers)) for look in self.looks}))
        for name, value in (("takes", takes), ("pairs", pairs), ("answers", answers), ("looks", looks)):
            if value != getattr(self, name):
                msgspec.structs.force_setattr(self, name, value)

    @property
    def is_test(self) -> bool:
        """Whether a blind test was begun."""
        return bool(self.pairs)

    @property
    def is_running(self) -> bool:
        """Whether a blind test waits for answers, or for its names to be shown."""
        return self.is_test and not self.revealed

    @property
    def is_complete(self) -> bool:
        """Whether every pair was answered."""
        return len(self.answers) == len(self.pairs)

    @property
    def pair(self) -> Pair | None:
        """The pair to be heard now; None if none is left."""
        return None if self.is_complete else self.pairs[len(self.answers)]


def _is_pair(pair: Pair, takes: int) -> bool:
    return 0 <= pair.a < takes and 0 <= pair.b < takes and pair.a != pair.b


def compared(take: Take, gain: float | None = None) -> ComparedTake:
    """A take as a comparison remembers it."""
    voice = msgspec.structs.replace(take.voice, sample="")
    return ComparedTake(take.id, take.number, take.model, voice, take.direction, gain)


def compare(
    comparison_id: str,
    takes: Sequence[Take],
    *,
    session: str = "",
    now: float = 0.0,
    gains: dict[str, float] | None = None,
) -> Comparison:
    """Begin to compare takes. Raises ValueError for fewer than 2 or more than 9, or one that is there twice."""
    if not MIN_TAKES <= len(takes) <= MAX_TAKES or len({take.id for take in takes}) < len(takes):
        raise ValueError(f"{len(takes)} takes")
    texts = {take.text for take in takes}
    gains = gains or {}
    return Comparison(
        comparison_id, tuple(compared(take, gains.get(take.id)) for take in takes), session,
        texts.pop() if len(texts) == 1 else "", created=now, updated=now,
    )  # fmt: skip


def begin_test(comparison: Comparison, seed: int) -> Comparison:
    """Deal the pairs of a blind test: every two takes meet equally often."""
    count = len(comparison.takes)
    pairs = deal(tuple(combinations(range(count), 2)), _rounds(count), seed)
    return msgspec.structs.replace(
        comparison, seed=seed % MAX_COUNT, pairs=pairs, answers=(), looks=(), revealed=False, kept=""
    )


def _rounds(takes: int) -> int:
    """How often every two takes meet: two takes 8 times, three 4 times, four and five twice, more once."""
    meetings = takes * (takes - 1) // 2
    if meetings == 1:
        return PAIRS_OF_TWO
    return max(1, _USUAL_PAIRS // meetings) if takes < 5 else 2 if takes == 5 else 1


def deal(meetings: Sequence[tuple[int, int]], rounds: int, seed: int) -> tuple[Pair, ...]:
    """Shuffle which two meet when, and which of them is A.

    Within all meetings of two takes each is A as often as the other, or once more: so what is heard first favours
    neither. Sides are drawn anew for every pair, so that an answer can't be given by remembering a letter.
    """
    rng = random.Random(seed)
    dealt: list[list[Pair]] = [[] for _ in range(rounds)]
    for one, other in meetings:
        sides = [Pair(one, other), Pair(other, one)] * ((rounds + 1) // 2)
        rng.shuffle(sides)
        # Of an odd number the one too many is dropped, which after the shuffle is either side.
        for place, pair in zip(dealt, sides, strict=False):
            place.append(pair)
    for place in dealt:
        rng.shuffle(place)
    return tuple(pair for place in dealt for pair in place)


def answered(comparison: Comparison, answer: Answer, now: float) -> Comparison:
    """Answer the pair that is heard now. Raises ValueError if none is left."""
    if comparison.pair is None or comparison.revealed:
        raise ValueError("no pair to answer")
    return msgspec.structs.replace(comparison, answers=(*comparison.answers, answer), updated=now)


def taken_back(comparison: Comparison, now: float) -> Comparison:
    """Take back the last answer. Raises ValueError if there is none since the names were shown last."""
    if comparison.revealed or not can_take_back(comparison):
        raise ValueError("no answer to take back")
    return msgspec.structs.replace(comparison, answers=comparison.answers[:-1], updated=now)


def can_take_back(comparison: Comparison) -> bool:
    """Whether an answer was given since the names were shown last."""
    return len(comparison.answers) > (comparison.looks[-1] if comparison.looks else 0)


def revealed(comparison: Comparison, now: float) -> Comparison:
    """Show the names. Pairs that were not heard stay listed, so that it can be said that the test ended early.

    Not so further pairs of which none was answered: the former result stands as it was.
    """
    count = len(comparison.answers)
    pairs = comparison.pairs[:count] if count and count in comparison.looks else comparison.pairs
    looks = tuple(sorted({*comparison.looks, count}))
    return msgspec.structs.replace(comparison, pairs=pairs, looks=looks, revealed=True, updated=now)


def with_more_pairs(comparison: Comparison, meetings: Sequence[tuple[int, int]], rounds: int, now: float) -> Comparison:
    """Go on blind with more pairs after the answered ones. Raises ValueError beyond MAX_PAIRS."""
    heard = comparison.pairs[: len(comparison.answers)]
    more = deal(meetings, rounds, comparison.seed + len(heard) + 1)
    if len(heard) + len(more) > MAX_PAIRS:
        raise ValueError(f"{len(heard) + len(more)} pairs")
    return msgspec.structs.replace(comparison, pairs=(*heard, *more), revealed=False, updated=now)


def kept(comparison: Comparison, take_id: str, now: float) -> Comparison:
    """Note which take was kept."""
    return msgspec.structs.replace(comparison, kept=take_id, updated=now)


def rated(comparison: Comparison, take_id: str, rating: int | None, now: float) -> Comparison:
    """Rate a take from 0 to 100; None takes the rating back."""
    takes = tuple(
        msgspec.structs.replace(take, rating=rating) if take.id == take_id else take for take in comparison.takes
    )
    return msgspec.structs.replace(comparison, takes=takes, updated=now)


def resting(comparison: Comparison) -> int:
    """How many takes are not in the pair that is heard now."""
    return len(comparison.takes) - 2 if comparison.pair is not None else 0
