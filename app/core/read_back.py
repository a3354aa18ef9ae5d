"""What a take says, as a recogniser heard it, against what it should say.

Tags, punctuation, case, width, accents of Latin letters and the form of numbers make no difference, nor do characters
that sound the same and are commonly confused in transcripts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal, NamedTuple

from app.core.differences import Change, word_differences
from app.core.late_patterns import late_pattern
from app.core.spoken_money import MAX_WORDS, amount_at, without_trailing_zeros
from app.core.spoken_numbers import CHINESE_NUMERALS, chinese_value, is_number, joined_digits, spoken_value
from app.core.tags import language_of, tokens_in, without

ORIGIN = "read-back"
"""`Job.origin` of the jobs that read takes back."""
_OWNER = "read-back "

MAX_PHRASES = 40
MAX_PHRASE_LENGTH = 120
"""Characters shown of one phrase."""
MIN_WORDS = 4
"""Of a shorter text, what was heard may be all different by one error of the recogniser."""
ALIKE_SHARE = 0.34
"""Share of the words that are heard below which the two texts have little to do with each other."""

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = late_pattern(rf"\d+(?:\.\d+)*(?:st|nd|rd|th)?(?![^\W_{_CJK}])|[{_CJK}]|[^\W_{_CJK}]+(?:'[^\W_{_CJK}]+)*|[%&.]")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_MONEY = re.compile(r"([$€£¥])\s*(\d[\d,.]*\d|\d)")
_PERCENT_ZH = re.compile(r"(\d[\d.]*)\s*%")
_CLOCK = re.compile(r"(?<=\d):(?=\d\d)")
_LATIN = re.compile(r"[a-z'\u00df-\u024f]+")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
_UNITS = {
    "en": {"$": "dollars", "€": "euros", "£": "pounds", "¥": "yuan"},
    "zh": {"$": "美元", "€": "欧元", "£": "英镑", "¥": "元"},
}
_SAME_SOUND = str.maketrans("她它牠妳地得作", "他他他你的的做")
_SAME_WORD = {
    "okay": "ok", "mister": "mr", "missus": "mrs", "doctor": "dr", "percent": "%", "and": "&",
    "dollar": "dollars", "euro": "euros", "pound": "pounds", "point": ".", "点": ".",
}  # fmt: skip
_KEYS_OF_SIGNS = {"%": "percent", "&": "and"}
_JOINED_ZH = {"俩": ("2", "个"), "仨": ("3", "个")}
"""One character for a number and its measure word."""
_NUMERALS = frozenset(CHINESE_NUMERALS)

Likeness = Literal["same", "different", "unlike"]
"""`unlike`: so few words are the same that it is not known what is missing."""


class WordCheck(NamedTuple):
    """What was found when a take was read back.

    Attributes:
        missing, added: phrases that are in the text and were not heard, and that were heard and are not in the text; as
            they are written there, at most `MAX_PHRASES`.
    """

    likeness: Likeness
    missing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


class WordRun(NamedTuple):
    """A stretch of words that is in both texts, was not heard (`removed`), or was added.

    `text` is as it is written there; `words` is how many words it has, for Chinese characters.
    """

    change: Change
    text: str
    words: int


class _Word(NamedTuple):
    """A word and its place in the text it is from; `key` is what it is compared by."""

    key: str
    start: int
    stop: int


def job_owner(session: str) -> str:
    """The owner of the jobs that read the takes of a session back; those that make takes have another."""
    return _OWNER + session


def owning_session(owner: str) -> str:
    """The session whose takes a job reads back; empty for any other owner."""
    return owner.removeprefix(_OWNER) if owner.startswith(_OWNER) else ""


def check_words(text: str, heard: str) -> WordCheck:
    """Compare a text for speech with what a recogniser heard. May take seconds for very long texts."""
    runs = word_runs(text, heard)
    missing = tuple(_shortened(run.text) for run in runs if run.change == "removed")[:MAX_PHRASES]
    added = tuple(_shortened(run.text) for run in runs if run.change == "added")[:MAX_PHRASES]
    if not missing and not added:
        return WordCheck("same")
    words = sum(run.words for run in runs if run.change != "added")
    same = sum(run.words for run in runs if run.change == "same")
    is_unlike = words >= MIN_WORDS and same < ALIKE_SHARE * words
    return WordCheck("unlike" if is_unlike else "different", missing, added)


def word_runs(text: str, heard: str) -> list[WordRun]:
    """A text for speech and what was heard as one sequence of runs, what is missing before what was added instead."""
    spoken, transcript = _spoken(text), _spoken(heard)
    before, after = _words(spoken), _words(transcript)
    keys = [" ".join(word.key for word in words) for words in (before, after)]
    runs: list[WordRun] = []
    old = new = 0
    for run in _paired(word_differences(*keys)):
        if run.change == "added":
            runs.append(WordRun("added", _stretch(transcript, after[new : new + run.heard]), run.heard))
        else:
            runs.append(WordRun(run.change, _stretch(spoken, before[old : old + run.spoken]), run.spoken))
        old, new = old + run.spoken, new + run.heard
    return runs


class _Counts(NamedTuple):
    """How many words of either text a run has."""

    change: Change
    spoken: int
    heard: int


def _paired(runs: Sequence[tuple[Change, str]]) -> list[_Counts]:
    """The runs that have words; what is written as one word here and as two there, such as `every day`, is the same."""
    found: list[_Counts] = []
    removed = ""
    for change, text in runs:
        words = text.split()
        if not words:
            continue
        joined = "".join(words)
        if change == "added" and removed == joined:
            found[-1] = _Counts("same", found[-1].spoken, len(words))
        else:
            found.append(
                _Counts(change, 0 if change == "added" else len(words), 0 if change == "removed" else len(words))
            )
        removed = joined if change == "removed" else ""
    return found


def _spoken(text: str) -> str:
    """The text without tags, in half width, with signs that are spoken written as words."""
    text = unicodedata.normalize("NFKC", without(text, tokens_in(text)))
    language = language_of(text)
    units = _UNITS[language]
    text = _GROUPED.sub("", text.replace("’", "'"))
    text = _MONEY.sub(lambda found: f"{found[2]} {units[found[1]]}", text)
    text = without_trailing_zeros(text)
    text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    if language == "zh":
        text = _PERCENT_ZH.sub(r"百分之\1", text)
        return _CLOCK.sub("点", text)
    return _CLOCK.sub(" ", text)


def _words(text: str) -> list[_Word]:
    """The words of a text, numbers as one word each; for Chinese, Japanese and Korean the characters."""
    found = [_Word(_key(match[0]), match.start(), match.end()) for match in _TOKEN().finditer(text)]
    words: list[_Word] = []
    place = 0
    while place < len(found):
        numbers, used = _numbers(found, place)
        if used:
            words += [_Word(digits, found[place].start, found[place + used - 1].stop) for digits in numbers]
            place += used
            continue
        word = found[place]
        if word.key in _JOINED_ZH:
            number, measure = _JOINED_ZH[word.key]
            words += [word._replace(key=number), word._replace(key=measure)]
            # `我们俩个`, as some write it, says the measure word once.
            place += 2 if place + 1 < len(found) and found[place + 1].key == measure else 1
            continue
        key = _SAME_WORD.get(word.key, word.key)
        if key != ".":
            words.append(word._replace(key=_KEYS_OF_SIGNS.get(key, key)))
        place += 1
    return _with_amounts(words)


def _with_amounts(words: Sequence[_Word]) -> list[_Word]:
    """The words with each amount of money as its digits and its unit, however it is said."""
    found: list[_Word] = []
    place = 0
    while place < len(words):
        word = words[place]
        amount = amount_at([each.key for each in words[place : place + MAX_WORDS]]) if word.key.isdecimal() else None
        if amount is None:
            found.append(word)
            place += 1
            continue
        after, last = words[place + 1], words[place + amount.used - 1]
        found.append(word._replace(key=amount.digits))
        found += [_Word(unit, after.start, last.stop) for unit in amount.unit]
        place += amount.used
    return found


def _key(word: str) -> str:
    """A word as it is compared: case makes no difference, nor do the accents of Latin letters, as in `café`."""
    key = word.casefold().translate(_SAME_SOUND)
    if key.isascii() or not _LATIN.fullmatch(key):
        return key
    return "".join(letter for letter in unicodedata.normalize("NFD", key) if not unicodedata.combining(letter))


def _numbers(words: Sequence[_Word], start: int) -> tuple[list[str], int]:
    """The numbers that follow each other from a place on, and how many words they take."""
    numbers: list[str] = []
    place = start
    while place < len(words):
        digits, used = _one_number(words, place)
        if not used:
            is_point = _SAME_WORD.get(words[place].key, words[place].key) == "." and numbers
            if is_point and place + 1 < len(words) and _one_number(words, place + 1)[1]:
                place += 1
                continue
            break
        numbers.append(digits)
        place += used
    return list(joined_digits(numbers)), place - start if numbers else 0


def _one_number(words: Sequence[_Word], place: int) -> tuple[str, int]:
    key = words[place].key
    if key in _NUMERALS:
        stop = place
        while stop < len(words) and words[stop].key in _NUMERALS:
            stop += 1
        return chinese_value("".join(word.key for word in words[place:stop])), stop - place
    if key[0].isdecimal() and "." in key:
        return key.replace(".", ""), 1
    if key == "a" and place + 1 < len(words) and words[place + 1].key in ("hundred", "thousand", "million"):
        key = "one"
    if not is_number(key):
        return "", 0
    following = [key]
    for word in words[place + 1 : place + 20]:
        if word.key != "and" and not is_number(word.key):
            break
        following.append(word.key)
    return spoken_value(following)


def _stretch(text: str, words: Sequence[_Word]) -> str:
    return text[words[0].start : words[-1].stop] if words else ""


def _shortened(phrase: str) -> str:
    return phrase if len(phrase) <= MAX_PHRASE_LENGTH else phrase[: MAX_PHRASE_LENGTH - 1].rstrip() + "…"
