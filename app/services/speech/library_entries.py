"""What the library lists: built-in voices and those of the user, filtered, searched and in an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from app.core.voices import Voice, lacks_consent, needs_consent
from app.services.speech.builtin import BuiltinProfile

Source = Literal["builtin", "designed", "cloned", "take"]
Order = Literal["used", "name", "newest"]
ORDERS: tuple[Order, ...] = ("used", "name", "newest")
Shown = Literal["all", "builtin", "designed", "cloned"]
SHOWN: tuple[Shown, ...] = ("all", "builtin", "designed", "cloned")


class LibraryEntry(NamedTuple):
    """A voice of the library, or a built-in one.

    Attributes:
        name: as shown.
        words: more text by which it is found: of a built-in voice its traits, in the language of the window.
        used, created: Unix time in seconds; 0 for never, and for built-in voices.
        voice: the voice of the library; None for a built-in one.
        is_missing: its sample is missing or damaged.
    """

    id: str
    name: str
    source: Source
    language: str = ""
    tags: tuple[str, ...] = ()
    words: str = ""
    favourite: bool = False
    used: float = 0.0
    created: float = 0.0
    peaks: bytes = b""
    voice: Voice | None = None
    is_missing: bool = False

    @property
    def lacks_consent(self) -> bool:
        return self.voice is not None and lacks_consent(self.voice)


class Filter(NamedTuple):
    """What is listed. `languages` are codes, none for all of them."""

    query: str = ""
    shown: Shown = "all"
    languages: frozenset[str] = frozenset()
    starred: bool = False


def saved_entry(voice: Voice, *, is_missing: bool = False) -> LibraryEntry:
    return LibraryEntry(
        voice.id, voice.name, voice.source, voice.language, voice.tags, f"{voice.note}\n{voice.description}",
        voice.favourite, voice.used, voice.created, voice.peaks, voice, is_missing,
    )  # fmt: skip


def builtin_entry(
    profile: BuiltinProfile, name: str, words: str, tags: tuple[str, ...], *, starred: Sequence[str] = (),
    used: Mapping[str, float] | None = None, peaks: bytes = b"",
) -> LibraryEntry:  # fmt: skip
    """`starred` and `used` are as in the settings."""
    return LibraryEntry(
        profile.id, name, "builtin", profile.language, tags, words, profile.id in starred,
        (used or {}).get(profile.id, 0.0), peaks=peaks,
    )  # fmt: skip


def kind_of(entry: LibraryEntry) -> Shown:
    """The kind an entry is counted as: what was kept from a take counts as what it was made from."""
    if entry.source == "take":
        return "cloned" if entry.voice is not None and needs_consent(entry.voice) else "designed"
    return entry.source


def counts(entries: Iterable[LibraryEntry]) -> dict[Shown, int]:
    """How many entries each kind has."""
    kinds = [kind_of(entry) for entry in entries]
    return {shown: len(kinds) if shown == "all" else kinds.count(shown) for shown in SHOWN}


def listed(
    entries: Iterable[LibraryEntry], wanted: Filter, order: Order, language_name: Callable[[str], str] = str
) -> list[LibraryEntry]:
    """The entries that are wanted, in an order. `language_name` returns a language's names, for the search."""
    terms = wanted.query.casefold().split()

    def matches(entry: LibraryEntry) -> bool:
        if wanted.shown not in ("all", kind_of(entry)) or (wanted.starred and not entry.favourite):
            return False
        if wanted.languages and entry.language not in wanted.languages:
            return False
        if not terms:
            return True
        text = "\n".join((entry.name, *entry.tags, entry.words, language_name(entry.language))).casefold()
        return all(term in text for term in terms)

    found = [entry for entry in entries if matches(entry)]
    if order == "name":
        return sorted(found, key=lambda entry: entry.name.casefold())
    if order == "newest":
        return sorted(found, key=lambda entry: -entry.created)
    return sorted(found, key=lambda entry: (-max(entry.used, entry.created), entry.source == "builtin"))
