"""Auditions: what is on an audition page in which order, and the votes that came back.

A vote comes back as a code that the listener copies: `MIMO-K7QX2M9A-BA0-3F9ZPQ-7C [Anna]` names the page, the choice
for each section, the vote itself (so that it counts once), and a check against typing errors.
`resources/audition/vote.js` makes it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

import msgspec

from app.core.bounds import bound
from app.core.comparison import ComparedTake, compared
from app.core.tags import plain
from app.core.takes import Take

LABELS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NO_PREFERENCE_MARK = "0"
NO_PREFERENCE, UNANSWERED = -1, -2
"""Choices beside the places of samples."""
MAX_TAKES = 60
"""Of one page."""
MAX_SECONDS = 1_200.0
"""Of one page, as `page_seconds` counts; about 20 MB."""
MAX_VOTES = 500
MAX_LISTENER_LENGTH = 60
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ID_LENGTH = 8
_CODE = re.compile(
    r"(?<![0-9A-Z])MIMO-([0-9A-Z]{8})-([0-9A-Z]{1,60})-([0-9A-Z]{6})-([0-9A-Z]{2})(?![0-9A-Z])"
    r"(?:[ \t]*\[([^\[\]\n]*)\])?",
    re.IGNORECASE,
)


class AuditionSection(msgspec.Struct, frozen=True):
    """The samples of one text; the first one has label A."""

    text: str
    takes: tuple[ComparedTake, ...]

    def __post_init__(self) -> None:
        if len(self.takes) > len(LABELS):
            msgspec.structs.force_setattr(self, "takes", self.takes[: len(LABELS)])


class AuditionVote(msgspec.Struct, frozen=True):
    """What one listener preferred.

    Attributes:
        id: made on the page, new each time it is opened; a later vote with the same id replaces the former.
        choices: for each section the place of a sample, NO_PREFERENCE or UNANSWERED.
        listener: the name the listener gave; may be empty.
        received: Unix time in seconds.
    """

    id: str
    choices: tuple[int, ...]
    listener: str = ""
    received: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("received",))
        if len(self.listener) > MAX_LISTENER_LENGTH:
            msgspec.structs.force_setattr(self, "listener", self.listener[:MAX_LISTENER_LENGTH])


class Audition(msgspec.Struct, frozen=True):
    """A blind audition page and its votes: the key to what is behind the labels.

    Attributes:
        id: as in the page.
        session: the studio session the takes belong to.
        revealed: whether the names were shown.
        created, updated: Unix time in seconds.
    """

    id: str
    sections: tuple[AuditionSection, ...]
    title: str = ""
    session: str = ""
    votes: tuple[AuditionVote, ...] = ()
    revealed: bool = False
    created: float = 0.0
    updated: float = 0.0

    def __post_init__(self) -> None:
        """Bring a record from outside within bounds: a choice that names no sample is unanswered."""
        bound(self, timestamps=("created", "updated"))
        sections = self.sections[:MAX_TAKES]
        votes = tuple(_fitted(vote, sections) for vote in self.votes[:MAX_VOTES])
        for name, value in (("sections", sections), ("votes", votes)):
            if value != getattr(self, name):
                msgspec.structs.force_setattr(self, name, value)

    @property
    def samples(self) -> int:
        return sum(len(section.takes) for section in self.sections)


def _fitted(vote: AuditionVote, sections: Sequence[AuditionSection]) -> AuditionVote:
    given = (*vote.choices, *(UNANSWERED,) * len(sections))
    choices = tuple(
        choice if choice == NO_PREFERENCE or 0 <= choice < len(section.takes) else UNANSWERED
        for choice, section in zip(given, sections, strict=False)
    )
    return vote if choices == vote.choices else msgspec.structs.replace(vote, choices=choices)


class ReadVote(NamedTuple):
    """A vote as it was read, and the id of its page."""

    page: str
    vote: AuditionVote


class ReadVotes(NamedTuple):
    """What was found in a text; `damaged` codes did not match their check."""

    votes: tuple[ReadVote, ...]
    damaged: int = 0


class Tally(NamedTuple):
    """The votes for one section.

    Attributes:
        counts: for each sample.
        no_preference: votes for none of them.
        chance: how often chance alone gives some sample as many votes as the best one has; 1 without a vote.
    """

    counts: tuple[int, ...]
    no_preference: int
    chance: Fraction

    @property
    def decided(self) -> int:
        return sum(self.counts)

    @property
    def best(self) -> int | None:
        """The place of the sample with most votes; None if there is none, or several have as many."""
        most = max(self.counts, default=0)
        return self.counts.index(most) if most and self.counts.count(most) == 1 else None


def spoken_groups(takes: Iterable[Take]) -> list[tuple[str, list[Take]]]:
    """The takes by what is said in them, whatever their tags, in order.

    A group has at most as many as there are labels.
    """
    groups: dict[str, list[list[Take]]] = {}
    for take in takes:
        parts = groups.setdefault(plain(take.text), [[]])
        if len(parts[-1]) == len(LABELS):
            parts.append([])
        parts[-1].append(take)
    return [(text, part) for text, parts in groups.items() for part in parts]


def page_seconds(takes: Iterable[Take]) -> float:
    """The length of all sounds of a page, on which the samples of a text are as long as the longest of them."""
    groups = [[take.frames / take.rate for take in group] for _text, group in spoken_groups(takes)]
    return sum(max(lengths) * len(lengths) for lengths in groups)


def new_audition(
    takes: Sequence[Take], rng: random.Random, *, title: str = "", session: str = "", now: float = 0.0
) -> Audition:
    """Shuffle takes for a blind page: within each text, independently of the others."""
    page_id = "".join(rng.choice(_ALPHABET) for _ in range(_ID_LENGTH))
    sections = []
    for text, group in spoken_groups(takes):
        dealt = [compared(take) for take in group]
        rng.shuffle(dealt)
        sections.append(AuditionSection(text, tuple(dealt)))
    return Audition(page_id, tuple(sections), title, session, created=now, updated=now)


def mentioned(names: Iterable[str], text: str) -> tuple[str, ...]:
    """Those of the names that a text mentions, each once."""
    folded = text.casefold()
    return tuple(dict.fromkeys(name for name in names if name.strip() and name.casefold() in folded))


def read_votes(text: str, now: float = 0.0) -> ReadVotes:
    """Find the codes in a text such as a mail with several of them."""
    found: dict[tuple[str, str], ReadVote] = {}
    damaged = 0
    for match in _CODE.finditer(text):
        page, marks, vote_id, check = (part.upper() for part in match.groups()[:4])
        if check_of(f"{page}-{marks}-{vote_id}") != check:
            damaged += 1
            continue
        listener = " ".join((match.group(5) or "").split())
        vote = AuditionVote(vote_id, tuple(map(_choice, marks)), listener, now)
        found[page, vote_id] = ReadVote(page, vote)
    return ReadVotes(tuple(found.values()), damaged)


def check_of(body: str) -> str:
    """Two characters that change with nearly every error in a code."""
    total = 0
    for character in body:
        total = (total * 31 + ord(character)) % 1021
    return _ALPHABET[total // 32] + _ALPHABET[total % 32]


def _choice(mark: str) -> int:
    if mark == NO_PREFERENCE_MARK:
        return NO_PREFERENCE
    return LABELS.find(mark) if mark in LABELS else UNANSWERED


def with_vote(audition: Audition, vote: AuditionVote, now: float) -> Audition:
    """Add a vote, or replace the former one with its id."""
    others = tuple(other for other in audition.votes if other.id != vote.id)
    return msgspec.structs.replace(audition, votes=(*others, vote)[-MAX_VOTES:], updated=now)


def revealed(audition: Audition, now: float) -> Audition:
    """Show which sample is which."""
    return msgspec.structs.replace(audition, revealed=True, updated=now)


def tally(audition: Audition, section: int) -> Tally:
    """Count the votes for a section."""
    choices = [vote.choices[section] for vote in audition.votes]
    counts = tuple(choices.count(place) for place in range(len(audition.sections[section].takes)))
    return Tally(counts, choices.count(NO_PREFERENCE), most_by_chance(counts))


@lru_cache(256)
def most_by_chance(counts: tuple[int, ...]) -> Fraction:
    """How often some of equally good samples gets at least as many votes as the best one in `counts` has. Exact."""
    votes, most, samples = sum(counts), max(counts, default=0), len(counts)
    if not votes:
        return Fraction(1)
    # Ways to distribute n votes so that no sample gets as many: n! times the coefficient of x^n in the power `samples`
    # of the sum of x^k / k! for k < most, by the recurrence for powers of a polynomial.
    ways = [1]
    for given in range(1, votes + 1):
        total, choose = 0, 1
        for own in range(1, min(most - 1, given) + 1):
            choose = choose * (given - own + 1) // own
            total += (own * (samples + 1) - given) * choose * ways[given - own]
        ways.append(total // given)
    return 1 - Fraction(ways[votes], samples**votes)
