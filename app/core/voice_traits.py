"""Traits of a voice in a description: which are there, and writing or taking out the words of one.

The words are data in both languages (`resources/voices/traits.toml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal, NamedTuple

import msgspec

from app.core.resources import resource_path
from app.core.tags import TextLanguage, language_of
from app.core.text_edits import Edit, edited

MAX_READ = 5_000
"""Characters of a description that are looked at: the service advises a few sentences."""
_BOUNDARY = re.compile(r"[,，、;；。!！?？\n]|\.(?=\s|$)|$")
_SENTENCE_END = re.compile(r"[。!！?？\n]|\.(?=\s|$)|\s*$")
_SEPARATOR_BEFORE = re.compile(r"\s*[,，、;；]\s*$")
_SEPARATOR_AFTER = re.compile(r"\s*[,，、;；]\s*")
_AND_BEFORE = re.compile(r"(?:\s+and\s+|\s*[和与]\s*)$", re.IGNORECASE)
_AND_AFTER = re.compile(r"\s+and\s+|\s*[和与]\s*", re.IGNORECASE)
_SOMEONE = re.compile(r"someone in their ", re.IGNORECASE)
_WHOSE = re.compile(r"in (?:his|her|their) ", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:a|an|the) $", re.IGNORECASE)
_THEIR = {"man": "his", "woman": "her"}


class TraitWords(msgspec.Struct, frozen=True):
    """A trait in one language: the label of its chip, the words it writes, and others that say the same.

    `alone` is written in the place of `words` where nothing is there that they could be about.
    """

    label: str
    words: str
    also: tuple[str, ...] = ()
    alone: str = ""


class Trait(msgspec.Struct, frozen=True):
    """Something that a description can say about a voice."""

    id: str
    en: TraitWords
    zh: TraitWords
    place: Literal["lead", "noun", "list"] = "list"

    def words_in(self, language: TextLanguage) -> TraitWords:
        return self.zh if language == "zh" else self.en


class Dimension(msgspec.Struct, frozen=True):
    """The traits of one kind; `visible` of them are shown at first."""

    name: str
    visible: int
    trait: tuple[Trait, ...]


class _Traits(msgspec.Struct, frozen=True):
    dimension: tuple[Dimension, ...]


class FoundTrait(NamedTuple):
    """A trait whose words stand at `start` to `stop` of a description."""

    start: int
    stop: int
    trait: Trait


@cache
def dimensions() -> tuple[Dimension, ...]:
    """The dimensions in the order in which a description goes through them; they are read once."""
    return msgspec.toml.decode(resource_path("voices", "traits.toml").read_bytes(), type=_Traits).dimension


@cache
def _traits() -> dict[str, tuple[int, Trait]]:
    """All traits by id, each with the place of its dimension."""
    return {trait.id: (at, trait) for at, dimension in enumerate(dimensions()) for trait in dimension.trait}


def traits_in(text: str) -> tuple[FoundTrait, ...]:
    """What a description says, in its order. Only whole words count; of words that overlap, the longer ones."""
    found: list[FoundTrait] = []
    for match in _pattern().finditer(text[:MAX_READ]):
        trait_id = _by_words()[match.group().casefold()]
        found.append(FoundTrait(match.start(), match.end(), _traits()[trait_id][1]))
    return tuple(found)


@cache
def _by_words() -> dict[str, str]:
    """The ids of the traits by everything that says them, in lower case."""
    known: dict[str, str] = {}
    for trait_id, (_, trait) in _traits().items():
        for words in (trait.en, trait.zh):
            written = (words.words.replace("{their}", whose) for whose in ("his", "her", "their"))
            for form in (*written, words.alone, *words.also):
                if form:
                    known.setdefault(form.casefold(), trait_id)
    return known


@cache
def _pattern() -> re.Pattern[str]:
    forms = sorted(_by_words(), key=len, reverse=True)
    latin = "|".join(re.escape(form) for form in forms if form.isascii())
    others = "|".join(re.escape(form) for form in forms if not form.isascii())
    return re.compile(rf"(?<![\w-])(?:{latin})(?![\w-])|{others}", re.IGNORECASE | re.ASCII)


def with_trait(text: str, trait: Trait, default: TextLanguage = "en") -> str:
    """The description with the words of a trait, in its language; everything that is there stays as it is.

    `default` is the language where the description is empty.
    """
    read = text[:MAX_READ]
    language = language_of(read) if read.strip() else default
    return edited(text, [_lead_of_age(text, trait, language) or _insertion(text, trait, language)])


def _lead_of_age(text: str, trait: Trait, language: TextLanguage) -> Edit | None:
    """What makes "someone in their seventies" a man in his; None if nobody's age stands there or it is not English."""
    if trait.place != "lead" or language != "en" or any(one.trait.place == "lead" for one in traits_in(text)):
        return None
    for one in traits_in(text):
        if one.trait.place == "noun" and (match := _SOMEONE.match(text, one.start, one.stop)) is not None:
            whose = _THEIR.get(trait.id, "their")
            return Edit(one.start, match.end(), _cased(f"{trait.en.words} in {whose} ", match.group()))
    return None


def _age_alone(text: str, lead: FoundTrait) -> Edit | None:
    """What leaves "someone in their seventies" of a man in his; None if no age follows the word for the gender."""
    for one in traits_in(text):
        match = _WHOSE.match(text, one.start, one.stop) if one.start == lead.stop + 1 else None
        if one.trait.place == "noun" and match is not None:
            article = _ARTICLE.search(text[: lead.start])
            start = article.start() if article is not None else lead.start
            if (before := text[:start].rstrip()) and not _BOUNDARY.match(before[-1]):
                return None  # "an old man": what stands there is about the word that goes
            return Edit(start, match.end(), _cased("someone in their ", text[start:]))
    return None


def _cased(words: str, like: str) -> str:
    return words[:1].upper() + words[1:] if like[:1].isupper() else words


def _insertion(text: str, trait: Trait, language: TextLanguage) -> Edit:
    found = traits_in(text)
    words, comma = trait.words_in(language), "，" if language == "zh" else ", "
    people = [one for one in found if one.trait.place == "lead"]
    if trait.place == "noun" and people and language == "zh":
        return Edit(people[0].start, people[0].start, words.words)
    if trait.place == "noun" and people:
        their = _THEIR.get(people[0].trait.id, "their")
        return Edit(people[0].stop, people[0].stop, " " + words.words.replace("{their}", their))
    written = words.alone or words.words
    if not text.strip():
        return Edit(0, len(text), written[:1].upper() + written[1:])
    order = _traits()[trait.id][0]
    before = [one for one in found if _traits()[one.trait.id][0] <= order]
    if trait.place != "list" and not before:
        start = len(text) - len(text.lstrip())
        return Edit(start, start, written[:1].upper() + written[1:] + comma)
    at = before[-1].stop if before else 0
    end = (_BOUNDARY if before else _SENTENCE_END).search(text, at)
    at = end.start() if end is not None else len(text)
    at = len(text[:at].rstrip())
    return Edit(at, at, (comma if text[:at].strip() else "") + written)


def without_trait(text: str, trait: Trait) -> str:
    """The description without the words of a trait, wherever they are; the separator that they leave goes with them."""
    return edited(text, list(_removals(text, [one for one in traits_in(text) if one.trait.id == trait.id])))


def _removals(text: str, found: Sequence[FoundTrait]) -> Iterator[Edit]:
    at = 0
    for one in found:
        edit = (_age_alone(text, one) if one.trait.place == "lead" else None) or removal(text, one.start, one.stop)
        yield Edit(max(at, edit.start), max(at, edit.stop), edit.words)
        at = max(at, edit.stop)


def removal(text: str, start: int, stop: int) -> Edit:
    """What takes words out of a text so that the rest still reads well: with a separator, a blank or an "and"."""
    before, after = text[:start], text[stop:]
    ends_here = _BOUNDARY.match(after.lstrip(" "))
    if (conjunction := _AND_AFTER.match(after)) is not None and not _AND_BEFORE.search(before):
        return Edit(start, stop + conjunction.end())
    if ends_here and (conjunction := _AND_BEFORE.search(before)) is not None:
        return Edit(conjunction.start(), stop)
    separator = _SEPARATOR_BEFORE.search(before)
    if separator is not None and ends_here and before[: separator.start()].strip():
        return Edit(separator.start(), stop)
    if not before.strip() and (following := _SEPARATOR_AFTER.match(after)) is not None:
        return Edit(start, stop + following.end())
    if before.endswith(" ") and (not after or not after[0].isalnum()):
        return Edit(start - 1, stop)
    if not before and after.startswith(" "):
        return Edit(start, stop + 1)
    return Edit(start, stop)
