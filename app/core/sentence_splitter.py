"""Splits long texts for speech, lint, Talk and Script: into sentences, and into parts of a bounded length.

Every function returns contiguous slices: joined, they are the text again, character for character. A cut never falls
inside an abbreviation, a decimal, an address, a quotation's closing mark, a tag, a pair of brackets, or a grapheme
(an emoji of several code points, a letter with its combining marks), unless a limit leaves no other choice.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import pairwise

FULL_STOPS = "。！？!?…‥｡"
"""Marks that end a sentence wherever they stand; the Latin full stop needs a look at what follows."""
CLOSERS = "\"'”’」』）)】］]》〉›»*_~"
PAIRS = {"(": ")", "（": "）", "[": "]", "［": "］", "【": "】", "〔": "〕", "{": "}"}
MAX_BRACKET_CHARS = 240
"""Brackets that hold more than this are prose, and may be cut inside."""

_TITLES = "mr mrs ms mx dr prof rev messrs mme mlle fr sr jr st mt ft gen col maj capt cmdr lt sgt hon pres gov sen rep"
_LATIN = "e.g i.e eg ie vs cf viz"
_OTHER = "etc al approx ca est ed eds ex inc ltd co corp bros dept univ assn ave blvd rd min max"
_DATES = "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat"
_DOTTED = "a.m p.m am pm u.s u.k u.n e.u d.c ph.d b.a m.a b.sc m.sc"
_ABBREVIATIONS = frozenset(f"{_TITLES} {_LATIN} {_OTHER} {_DATES} {_DOTTED}".split())
_NUMBERED = frozenset(f"{'no nos fig figs eq eqs vol vols'} {'ch chap sec p pp art'}".split())
"""Abbreviations only where a number follows: "no." is also a word."""
_NEVER_LAST = frozenset(f"{'mr mrs ms mx dr prof rev messrs mme mlle'} {_LATIN}".split())
"""Abbreviations that no sentence ends with; after the others a capital letter begins a new one."""

_CANDIDATE = re.compile(rf"(?:[{re.escape(FULL_STOPS)}]|\.)+[{re.escape(CLOSERS)}]*|\n+|[；;](?=\s)|；")
_WORD_BEFORE = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]+$|\d+$")
_LIST_NUMBER = re.compile(r"(?:^|\n[ \t]*|[.!?。！？]\s+)(?:\d{1,3}|[a-z])$")
_CLAUSE = re.compile(r"[，、：；,:;—–]++[”’\"')）\]】]*+\s*+|(?<!\s)\s++[-–—]\s++")
_BLANK = re.compile(r"\s+")
_WORD_CHARACTER = re.compile(r"[A-Za-z0-9]")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`, each with the blanks that follow it. Joined, they are `text`."""
    return _slices(text, _sentence_ends(text))


def parts(text: str, max_chars: int) -> tuple[str, ...]:
    """Slices of at most `max_chars` code points, cut after sentences where that is possible. Joined, they are `text`.

    A sentence that is longer is cut after a clause, else at a blank, else between graphemes. A grapheme or a pair of
    brackets longer than the limit is cut inside. Raises ValueError for a limit below 1.
    """
    if max_chars < 1:
        raise ValueError(f"a part can't have {max_chars} characters")
    ends = _sentence_ends(text)
    protected = _protected(text)
    cuts: list[int] = []
    start = 0
    while len(text) - start > max_chars:
        limit = start + max_chars
        index = bisect_right(ends, limit) - 1
        cut = ends[index] if index >= 0 and ends[index] > start else _cut_inside(text, start, limit, protected)
        cuts.append(cut)
        start = cut
    if start < len(text):
        cuts.append(len(text))
    return _slices(text, cuts)


def grapheme_boundary(text: str, at: int, start: int = 0) -> int:
    """The last place at or before `at` that is not inside a grapheme that begins behind `start`; else `start`."""
    while start < at < len(text) and _joins(text, at, start):
        at -= 1
    return at


def _slices(text: str, ends: list[int]) -> tuple[str, ...]:
    return tuple(text[start:end] for start, end in pairwise([0, *ends]))


def _sentence_ends(text: str) -> list[int]:
    """Ends of sentences, each behind the blanks that follow; the last is the length of the text."""
    protected = _protected(text)
    ends: list[int] = []
    first = 0  # The first place since the last end that is neither blank nor in brackets, as far as was looked.
    for match in _CANDIDATE.finditer(text):
        at = match.end()
        blank = _BLANK.match(text, at)
        end = blank.end() if blank else at
        if end >= len(text) or _inside(protected, at):
            continue
        first = _first_word(text, first, at, protected)
        if first >= at:
            # Nothing but blanks and brackets, such as a style tag, is no sentence of its own.
            continue
        if _ends_sentence(text, match, end) and not _joins(text, end):
            ends.append(end)
            first = end
    if text:
        ends.append(len(text))
    return [end for number, end in enumerate(ends) if number == 0 or end > ends[number - 1]]


def _ends_sentence(text: str, match: re.Match[str], next_: int) -> bool:
    mark, after = match.group(), text[next_]
    if "\n" in mark or mark in "；;":
        return True
    spaced = next_ > match.end()
    if set(mark) & set("。！？｡"):
        return True
    if not spaced:
        # "3.14", "mimo.mi.com", "wait...what": nothing ends without a blank, but before Chinese.
        return not _WORD_CHARACTER.match(after) and ord(after) >= 0x2E80 and mark[0] != "."
    quoted_and_goes_on = after.islower()
    if mark[0] in "!?…‥" or mark.startswith(".."):
        return not quoted_and_goes_on
    return not quoted_and_goes_on and not _is_abbreviation(text, match.start(), after)


def _is_abbreviation(text: str, stop: int, after: str) -> bool:
    """Whether the full stop at `stop` belongs to the word before it; `after` is the next visible character."""
    before = _WORD_BEFORE.search(text, max(0, stop - 24), stop)
    if before is None:
        return False
    word = before.group()
    if _LIST_NUMBER.search(text[max(0, stop - 8) : stop]):
        return True  # "1. First".
    if word.isdigit():
        return False
    if len(word) == 1 and word.isupper() and word != "I":
        return True  # An initial: "J. Smith".
    lower = word.lower()
    if lower in _NUMBERED:
        return after.isdigit()
    return lower in _NEVER_LAST or (lower in _ABBREVIATIONS and not after.isupper() and ord(after) < 0x2E80)


def _protected(text: str) -> list[tuple[int, int]]:
    """Spans of balanced brackets of a bounded length, outermost only, in order."""
    spans: list[tuple[int, int]] = []
    open_: list[tuple[str, int]] = []
    closers = set(PAIRS.values())
    for at, character in enumerate(text):
        if character in PAIRS:
            open_.append((PAIRS[character], at))
        elif character in closers:
            while open_:
                closer, start = open_.pop()
                if closer == character:
                    if at + 1 - start <= MAX_BRACKET_CHARS:
                        while spans and spans[-1][0] > start:
                            spans.pop()
                        spans.append((start, at + 1))
                    break
    return spans


def _first_word(text: str, at: int, end: int, protected: list[tuple[int, int]]) -> int:
    """The first place from `at` on that is neither blank nor in brackets; `end` or more where there is none."""
    while at < end:
        index = bisect_right(protected, (at, len(text) + 1)) - 1
        if index >= 0 and protected[index][0] == at:
            at = protected[index][1]
        elif text[at].isspace():
            at += 1
        else:
            break
    return at


def _inside(spans: list[tuple[int, int]], at: int) -> bool:
    index = bisect_right(spans, (at, 0)) - 1
    return index >= 0 and spans[index][0] < at < spans[index][1]


def _cut_inside(text: str, start: int, limit: int, protected: list[tuple[int, int]]) -> int:
    """Where to cut a sentence that is too long: behind `start`, at most at `limit`."""
    for pattern in (_CLAUSE, _BLANK):
        places = [
            match.end()
            for match in pattern.finditer(text, start, limit)
            if match.end() - start > (limit - start) // 3
            and not _inside(protected, match.end())
            and not _joins(text, match.end())
            and not _splits_number(text, match.end())
        ]
        if places:
            return places[-1]
    cut = limit
    index = bisect_right(protected, (limit, 0)) - 1
    if _inside(protected, limit) and protected[index][0] > start:
        cut = protected[index][0]
    cut = _before_word(text, start, cut)
    cut = grapheme_boundary(text, cut, start)
    return cut if cut > start else limit


def _before_word(text: str, start: int, cut: int) -> int:
    """The beginning of the Latin word or number at `cut`, where one begins behind `start`."""
    at = cut
    while start < at < len(text):
        in_word = _WORD_CHARACTER.match(text[at - 1]) and _WORD_CHARACTER.match(text[at])
        if not in_word and not _splits_number(text, at):
            return at
        at -= 1
    return at if at > start else cut


def _splits_number(text: str, at: int) -> bool:
    """Whether a cut falls inside `3.14` or `1,000`."""
    if not 0 < at < len(text):
        return False
    mark_before = at > 1 and text[at - 1] in ".,:" and text[at - 2].isdigit() and text[at].isdigit()
    mark_after = text[at] in ".,:" and text[at - 1].isdigit() and at + 1 < len(text) and text[at + 1].isdigit()
    return mark_before or mark_after


def _joins(text: str, at: int, start: int = 0) -> bool:
    """Whether the code points before and at `at` belong to one grapheme (Unicode UAX 29, the rules for text in use).

    Flags are counted in pairs from `start` on, where a grapheme begins.
    """
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before == "\r" and after == "\n":
        return True
    if (
        after in "\u200d\ufe0e\ufe0f\u20e3"
        or "\U0001f3fb" <= after <= "\U0001f3ff"
        or "\U000e0020" <= after <= "\U000e007f"
    ):
        return True
    if unicodedata.category(after) in ("Mn", "Me", "Mc"):
        return True
    if before == "\u200d":
        return ord(after) > 0x203B
    if _is_regional(before) and _is_regional(after):
        run = at
        while run > start and _is_regional(text[run - 1]):
            run -= 1
        return (at - run) % 2 == 1
    return False


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
