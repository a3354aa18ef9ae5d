"""Tells what a tag in free wording is about: a voice, or a body that makes no sound (WIRE.md section 3.7).

The words are data, `resources/tag_words.toml`.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

import msgspec

from app.core.resources import resource_path

PARTS_OF_TAG = re.compile(r"[,，、;；/|]+|\band\b|\bthen\b")
"""What stands between the parts of a tag that says several things."""
_HAN = re.compile(r"[㐀-鿿]")
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_DOUBLED = re.compile(r"([㐀-鿿])[了一]?\1")
_FILLING = re.compile(r"[了着过住起出上下到开一]|[他她它你我](?:们)?的?|自己的?|[双两]")
_POSSESSIVES = frozenset({"his", "her", "their", "my", "your", "its", "both"})
_VOWELS = "aeiou"
_MAX_HAN_BETWEEN = 6
"""Characters between a gesture and its object in Chinese."""


class Words(msgspec.Struct, frozen=True):
    """A list in both languages."""

    en: tuple[str, ...]
    zh: tuple[str, ...]


class TagWords(msgspec.Struct, frozen=True):
    """The lists, as the file explains them."""

    actions: Words
    gestures: Words
    body: Words
    things: Words
    vocal: Words
    manner: Words
    moods: Words
    effects: Words


@cache
def tag_words() -> TagWords:
    """The shipped lists; they are read once."""
    return msgspec.toml.decode(resource_path("tag_words.toml").read_bytes(), type=TagWords)


@lru_cache(maxsize=4096)
def says_how(words: str) -> bool:
    """Whether a tag, or a part of one, says how something sounds or feels."""
    lists = tag_words()
    if _HAN.search(words):
        return any(word in words for word in (*lists.vocal.zh, *lists.manner.zh, *lists.moods.zh))
    return _is_vocal(words) or _has_any(words.lower(), _manner_forms())


@lru_cache(maxsize=4096)
def is_body_action(words: str) -> bool:
    """Whether a part of a tag is something a body does without a sound."""
    if _DIGIT.search(words) or _is_vocal(words):
        return False
    return _is_chinese_action(words) if _HAN.search(words) else _is_english_action(words.lower())


@lru_cache(maxsize=4096)
def is_sound_effect(words: str) -> bool:
    """Whether a tag names a sound that no voice makes."""
    if _HAN.search(words):
        return any(effect in words for effect in tag_words().effects.zh)
    return not _is_vocal(words) and _has_any(words.lower(), _effect_forms())


def parts_of(words: str) -> tuple[str, ...]:
    """The parts of a tag that says several things, such as `nods, laughing`."""
    return tuple(part for piece in PARTS_OF_TAG.split(words) if (part := piece.strip()))


def _is_vocal(words: str) -> bool:
    """Whether a voice can be heard in what a part of a tag says."""
    if _HAN.search(words):
        return any(word in words for word in tag_words().vocal.zh)
    return _has_any(words.lower(), _vocal_forms())


def _is_english_action(words: str) -> bool:
    if _has_any(words, _action_forms()):
        return True
    found = _WORD.findall(words)
    first = found[1:] if found[:1] and found[0] in _POSSESSIVES else found
    if first and first[0] in _body_forms():
        return True
    gesture = next((place for place, word in enumerate(found) if word in _gesture_forms()), None)
    return gesture is not None and any(word in _object_forms() for word in found[gesture + 1 :])


def _is_chinese_action(words: str) -> bool:
    lists = tag_words()
    short = _FILLING.sub("", _DOUBLED.sub(r"\1", words))
    if any(action in words or action in short for action in lists.actions.zh):
        return True
    if words.startswith(lists.body.zh):
        return True
    for gesture in lists.gestures.zh:
        at = words.find(gesture)
        if at >= 0:
            after = words[at + len(gesture) : at + len(gesture) + _MAX_HAN_BETWEEN]
            if any(thing in after for thing in (*lists.body.zh, *lists.things.zh)):
                return True
    return False


def _has_any(words: str, forms: frozenset[str]) -> bool:
    """Whether one of some words, or of some pairs of words, occurs."""
    found = _WORD.findall(words)
    return any(word in forms for word in found) or any(f"{a} {b}" in forms for a, b in pairwise(found))


@cache
def _action_forms() -> frozenset[str]:
    return _forms(tag_words().actions.en)


@cache
def _gesture_forms() -> frozenset[str]:
    return _forms(tag_words().gestures.en)


@cache
def _body_forms() -> frozenset[str]:
    return _forms(tag_words().body.en)


@cache
def _object_forms() -> frozenset[str]:
    return _body_forms() | _forms(tag_words().things.en)


@cache
def _vocal_forms() -> frozenset[str]:
    return _forms(tag_words().vocal.en)


@cache
def _effect_forms() -> frozenset[str]:
    return _forms(tag_words().effects.en)


@cache
def _manner_forms() -> frozenset[str]:
    return _forms((*tag_words().manner.en, *tag_words().moods.en))


def _forms(words: tuple[str, ...]) -> frozenset[str]:
    """The words with their usual endings; of several words the first has them."""
    found: set[str] = set()
    for word in words:
        first, _, rest = word.partition(" ")
        found.update(f"{form} {rest}".rstrip() for form in _endings(first))
    return frozenset(found)


def _endings(word: str) -> set[str]:
    """`nod`, `nods`, `nodded`, `nodding`, `happily` and so on: all that exist, and some that do not."""
    stems = {word}
    if word.endswith("e"):
        stems.add(word[:-1])
    elif len(word) > 2 and word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS:
        stems.add(word + word[-1])
    found = {word}
    for stem in stems:
        found |= {stem + ending for ending in ("s", "es", "ed", "ing", "ly", "ingly", "edly", "y", "er")}
    if word.endswith("y"):
        found |= {word[:-1] + ending for ending in ("ies", "ied", "ily", "iness")}
    if word.endswith("c"):
        found |= {word + "ally"}
    if word.endswith("le"):
        found.add(word[:-1] + "y")
    return found
