"""Rounds of designing a voice: the candidates that one press made, from one description and text.

A round is derived from its takes, so that deleting, undoing, importing and searching treat candidates like all takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from app.core.takes import Take

SESSION = "design"
"""The session of all candidates, and their origin."""


class VoiceRound(msgspec.Struct, frozen=True):
    """The candidates of one press.

    Attributes:
        key: the same for the same round in every run of the program.
        number: from 1; 0 for candidates of earlier versions, which are grouped by what they were made from.
        created: Unix time in seconds of the first candidate.
        description, text, polish: what was asked for; the text may be empty where one was to be written.
        takes: the candidates in their order.
    """

    key: str
    number: int
    created: float
    description: str
    text: str
    polish: bool
    takes: tuple[Take, ...]

    @property
    def spoken(self) -> str:
        """The text that the first candidate with a polished text speaks; empty if none has one."""
        return next((take.spoken for take in self.takes if take.spoken), "")

    def take(self, take_id: str) -> Take | None:
        return next((take for take in self.takes if take.id == take_id), None)

    def place_of(self, take_id: str) -> int:
        """The place of a candidate, from 1; 0 if it is of another round."""
        return next((place for place, take in enumerate(self.takes, 1) if take.id == take_id), 0)


def rounds_of(takes: Iterable[Take]) -> tuple[VoiceRound, ...]:
    """The rounds, the newest first."""
    grouped: dict[tuple[int, str, str, bool], list[Take]] = {}
    for take in takes:
        key = (take.round, take.voice.description, take.text, take.voice.polish)
        grouped.setdefault(key, []).append(take)
    rounds = [_round(number, members) for (number, *_), members in grouped.items()]
    return tuple(sorted(rounds, key=lambda one: (one.created, one.number), reverse=True))


def _round(number: int, members: Sequence[Take]) -> VoiceRound:
    takes = tuple(sorted(members, key=lambda take: (take.number, take.created)))
    first = takes[0]
    key = "\n".join((str(number), str(first.voice.polish), first.voice.description, first.text))
    return VoiceRound(
        key, number, min(take.created for take in takes), first.voice.description,
        first.text, first.voice.polish, takes,
    )  # fmt: skip


def next_number(rounds: Iterable[VoiceRound], highest: int = 0) -> int:
    """The number of the next round; `highest` is the highest of those that were deleted."""
    return max([highest, *(one.number for one in rounds)]) + 1


def found_rounds(rounds: Iterable[VoiceRound], query: str, names: Mapping[str, str]) -> tuple[VoiceRound, ...]:
    """The rounds with all words of a query in description, text or the names of voices kept from them, by take id."""
    words = query.casefold().split()

    def is_found(one: VoiceRound) -> bool:
        kept = (names.get(take.id, "") for take in one.takes)
        content = "\n".join((one.description, one.text, one.spoken, *kept)).casefold()
        return all(word in content for word in words)

    return tuple(one for one in rounds if is_found(one))
