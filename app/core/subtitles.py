"""Subtitles of a take: readable cues with times, from the parts it was spoken in, as SubRip or WebVTT.

The service sends no times of words. Of a take that was joined from parts, the seams between parts are known exactly;
inside a part, and for a take without parts, the text is laid over the sound in proportion.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.core.sentence_splitter import CLOSERS, PAIRS, grapheme_boundary, sentences
from app.core.tags import tokens_in, without
from app.core.takes import Take
from app.core.units import frames_to_milliseconds

LINES = 2
"""Lines of a cue."""
LINE_UNITS = 420
"""Width of a line: 42 Latin letters or 20 Chinese characters, the usual limits of subtitles."""
_NARROW, _WIDE = 10, 21
MIN_CUE_MS = 1_000
"""A sentence that is spoken faster than this shares its cue with a neighbour, if there is room."""
_NARROW_SPEECH, _WIDE_SPEECH = 1, 3
"""How long a letter and a Chinese character take to speak, relative to each other."""
_LOOK_AHEAD = 240
"""Characters in which the end of a cue is sought. Two lines hold far fewer, but marks without width add to them."""
_INSIDE_CLAUSE = 200
"""How much farther from the wanted place the end of a clause may be that is preferred to a place inside of one."""
_CLAUSE_END = frozenset("，、：；。！？,;:.!?…—–")
_NEVER_FIRST = frozenset("，、：；。！？·～,;:.!?…%％") | frozenset(CLOSERS)
_NEVER_LAST = frozenset(PAIRS) | frozenset("“‘《〈「『«‹")


class Cue(NamedTuple):
    """One subtitle. `start` and `end` are in milliseconds; `lines` are at most `LINES` lines of text."""

    start: int
    end: int
    lines: tuple[str, ...]


class Subtitles(NamedTuple):
    """The cues of a take, in order.

    `is_estimated`: no cue begins at a known time but the first, because the take has no parts.
    """

    cues: tuple[Cue, ...]
    is_estimated: bool


def subtitles(take: Take) -> Subtitles:
    """The subtitles of a take that has ended; without cues if it has no sound or no words.

    A part without sound is left out. Of a part that broke off only as much text is shown as its sound has room for, at
    the pace of the parts that are whole.
    """
    if not take.parts:
        text = take.spoken or take.text
        end = frames_to_milliseconds(take.frames, take.rate)
        return Subtitles(tuple(_laid_out(_spoken(text), 0, end)) if take.frames else (), True)
    whole = [part for part in take.parts if part.frames and not part.error]
    spoken_units = sum(_speech_units(_spoken(part.text)) for part in whole)
    pace = sum(part.frames for part in whole) / spoken_units if spoken_units else 0.0
    cues: list[Cue] = []
    for part in take.parts:
        if not part.frames:
            continue
        start, end = (frames_to_milliseconds(at, take.rate) for at in (part.start, part.start + part.frames))
        text = _spoken(part.text)
        expected = _speech_units(text) * pace
        if part.error and expected > part.frames:
            full = start + frames_to_milliseconds(round(expected), take.rate)
            cues += [cue._replace(end=min(cue.end, end)) for cue in _laid_out(text, start, full) if cue.start < end]
        else:
            cues += _laid_out(text, start, end)
    return Subtitles(tuple(cues), False)


def to_srt(cues: Sequence[Cue]) -> str:
    """SubRip: numbered cues, times with a comma."""
    return "\n".join(f"{number}\n{_block(cue, ',', cue.lines)}" for number, cue in enumerate(cues, 1))


def to_webvtt(cues: Sequence[Cue]) -> str:
    """WebVTT: times with a full stop; the characters that have a meaning in a cue are escaped."""
    return "\n".join(["WEBVTT\n", *(_block(cue, ".", map(_escaped, cue.lines)) for cue in cues)])


def _block(cue: Cue, point: str, lines: Iterable[str]) -> str:
    return "\n".join((f"{_time(cue.start, point)} --> {_time(cue.end, point)}", *lines, ""))


def _time(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{rest:03}"


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _spoken(text: str) -> str:
    """The words of a text, without tags in brackets and the styles of the earlier model, on one line."""
    return " ".join(without(text, tokens_in(text)).split())


def _laid_out(text: str, start: int, end: int) -> list[Cue]:
    """Cut a text into cues that share the time from `start` to `end`, in milliseconds, in proportion."""
    total = _speech_units(text)
    if not total or end <= start:
        return []
    pieces = _pieces(text, MIN_CUE_MS * total / (end - start))
    cues: list[Cue] = []
    at, spoken = start, 0
    for number, piece in enumerate(pieces, 1):
        spoken += _speech_units(piece)
        until = end if number == len(pieces) else start + round((end - start) * spoken / total)
        lines = _wrapped(piece) or (piece,)
        if until > at or not cues:
            cues.append(Cue(at, until, lines))
        else:
            # Less than a millisecond: shown together with the one before.
            cues[-1] = cues[-1]._replace(lines=(*cues[-1].lines, *lines))
        at = until
    return cues


def _pieces(text: str, least_units: float) -> list[str]:
    """The texts of the cues: sentences, cut where they are too long, joined where both are short.

    `least_units`: the speech units of a cue that is long enough to be read.
    """
    found: list[str] = []
    for sentence in sentences(text):
        for piece in _cut(sentence.strip()):
            before = found[-1] if found else ""
            is_short = min(_speech_units(before), _speech_units(piece)) < least_units
            together = before + (" " if _has_space(before, piece) else "") + piece
            if before and is_short and _wrapped(together) is not None:
                found[-1] = together
            else:
                found.append(piece)
    return found


def _has_space(before: str, after: str) -> bool:
    return bool(before and after) and not (_is_wide(before[-1]) or _is_wide(after[0]))


def _cut(sentence: str) -> list[str]:
    """Cut a sentence into pieces of similar width that fit into a cue each, after clauses if possible."""
    found: list[str] = []
    rest, width = sentence, _width(sentence)
    while rest and (width > LINES * LINE_UNITS + _WIDE or _wrapped(rest) is None):
        cues = -(-width // (LINES * LINE_UNITS))
        cut = _best_cut(rest, max(width // cues, LINE_UNITS))
        found.append(rest[:cut].strip())
        after = rest[cut:].lstrip()
        width -= _width(rest[: len(rest) - len(after)])
        rest = after
    return [*found, rest] if rest else found


def _best_cut(text: str, wanted: int) -> int:
    """Where the first cue of a text ends: near the wanted width, rather after a clause, never too long for a cue."""
    window = text[:_LOOK_AHEAD]
    best = best_distance = 0
    for at, width in _breaks(window):
        if _wrapped(window[:at].strip()) is None:
            break
        distance = abs(width - wanted) + (0 if _ends_clause(window, at) else _INSIDE_CLAUSE)
        if not best or distance < best_distance:
            best, best_distance = at, distance
    return best or _longest_fitting(window)


def _longest_fitting(text: str) -> int:
    """How much of a text without any place to break fits on one line; at least one grapheme."""
    width = at = 0
    while at < len(text) and width + _units(text[at]) <= LINE_UNITS:
        width += _units(text[at])
        at += 1
    cut = grapheme_boundary(text, at)
    return cut or max(1, at)


def _wrapped(text: str) -> tuple[str, ...] | None:
    """The lines of a cue, the two as equal as possible, rather broken after a clause; None if they do not fit."""
    width = _width(text)
    if width <= LINE_UNITS:
        return (text,)
    if width > LINES * LINE_UNITS + _WIDE:
        return None
    best: tuple[int, int] | None = None
    for at, before in _breaks(text):
        first = before - (_NARROW if text[at - 1] == " " else 0)
        if first > LINE_UNITS or width - before > LINE_UNITS:
            continue
        difference = abs(width - 2 * before) + (0 if _ends_clause(text, at) else _INSIDE_CLAUSE)
        if best is None or difference < best[0]:
            best = difference, at
    return None if best is None else (text[: best[1]].rstrip(), text[best[1] :])


def _breaks(text: str) -> list[tuple[int, int]]:
    """Places where a line may end, with the width before: after blanks, and beside Chinese characters."""
    found: list[tuple[int, int]] = []
    width = 0
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        width += _units(before)
        if before.isspace():
            is_place = not after.isspace()
        else:
            is_place = (_is_wide(before) or _is_wide(after)) and not after.isspace()
        if is_place and after not in _NEVER_FIRST and before not in _NEVER_LAST and grapheme_boundary(text, at) == at:
            found.append((at, width))
    return found


def _ends_clause(text: str, at: int) -> bool:
    return text[at - 2 : at].rstrip()[-1:] in _CLAUSE_END


def _width(text: str) -> int:
    return sum(map(_units, text))


@lru_cache(4096)
def _units(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return _WIDE if _is_wide(character) else _NARROW


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def _speech_units(text: str) -> int:
    return sum(_WIDE_SPEECH if _is_wide(character) else _NARROW_SPEECH for character in text)
