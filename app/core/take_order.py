"""Which takes of a session are listed, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, get_args

import msgspec

from app.core.takes import Take

Shown = Literal["all", "starred", "noted", "found"]
"""`noted`: with a note. `found`: with a finding about its sound."""
Order = Literal["newest", "oldest", "longest", "loudest", "stars", "voice"]
SHOWN: tuple[Shown, ...] = get_args(Shown)
ORDERS: tuple[Order, ...] = get_args(Order)
VoiceName = Callable[[Take], str]


class Arrangement(msgspec.Struct, frozen=True):
    """How a list of takes is filtered, sorted and grouped.

    Attributes:
        query: words that all have to occur in the text, the direction, the voice or the note of a take.
        by_text: takes of one text stand together, under the text as heading.
    """

    shown: Shown = "all"
    query: str = ""
    order: Order = "newest"
    by_text: bool = False

    @property
    def is_filtered(self) -> bool:
        return self.shown != "all" or bool(self.query.strip())


def has_finding(take: Take) -> bool:
    """Whether something was found in the sound of a take, or it has audio in which nothing can be heard."""
    return bool(take.findings) or is_silent(take)


def is_silent(take: Take) -> bool:
    """Whether a measured take has audio in which nothing can be heard."""
    return take.state == "done" and bool(take.frames) and bool(take.peaks) and take.loudness is None


def matches(take: Take, arrangement: Arrangement, voice_name: VoiceName) -> bool:
    """Whether a take passes the filter. One that is being made always does."""
    if not take.has_ended:
        return True
    match arrangement.shown:
        case "starred" if not take.stars:
            return False
        case "noted" if not take.note.strip():
            return False
        case "found" if not has_finding(take):
            return False
    terms = arrangement.query.casefold().split()
    if not terms:
        return True
    voice = take.voice
    fields = (take.text, take.spoken, take.direction, take.note, voice.name, voice.description, voice_name(take))
    words = "\n".join(fields).casefold()
    return all(term in words for term in terms)


def ordered(takes: Iterable[Take], order: Order, voice_name: VoiceName) -> list[Take]:
    """Sort takes, equal ones from the newest to the oldest.

    What is not known of a take while it is made does not move it: then those that are made come first.
    """
    newest = sorted(takes, key=lambda take: (take.created, take.number), reverse=True)
    if order == "newest":
        return newest
    if order == "oldest":
        return newest[::-1]
    ended = [take for take in newest if take.has_ended]
    match order:
        case "longest":
            ended.sort(key=lambda take: take.frames / take.rate, reverse=True)
        case "loudest":
            ended.sort(key=lambda take: -200.0 if take.loudness is None else take.loudness, reverse=True)
        case "stars":
            ended.sort(key=lambda take: take.stars, reverse=True)
        case "voice":
            ended.sort(key=lambda take: voice_name(take).casefold())
    return [take for take in newest if not take.has_ended] + ended


def grouped_by(takes: Iterable[Take], key_of: Callable[[Take], str]) -> list[tuple[str, list[Take]]]:
    """Put takes with the same key together, groups and their takes in the order in which they come."""
    groups: dict[str, list[Take]] = {}
    for take in takes:
        groups.setdefault(key_of(take), []).append(take)
    return list(groups.items())
