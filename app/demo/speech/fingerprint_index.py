"""What the service has spoken so far, to recognise it again: fingerprints with words."""

from __future__ import annotations

import threading
from collections import Counter

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.demo.speech.acoustics import RATE, Samples
from app.demo.speech.fingerprint import FRAMES_PER_SECOND, Print, fingerprint
from app.demo.speech.voice import Word

_KEPT = 3_000_000  # hashes, about three hours of speech
_FEWEST = 8  # agreeing hashes that make a match
_SHARE = 0.04  # of the hashes of the stretch that must agree
_SLACK = 2  # frames by which agreeing hashes may differ
_WORD = 0.6  # seconds that a word lasts at most
_APART = 0.3  # seconds between two that are the same
_BEFORE, _AFTER = 0.55, 0.3  # seconds around a word in which a hash must agree; they sit at the earlier partner


class Take(msgspec.Struct, frozen=True):
    """One performance: where its words begin (frames at `RATE`) and how long it is."""

    words: tuple[Word, ...]
    seconds: float
    print: Print


class Match(msgspec.Struct, frozen=True):
    """A stretch of the question that agrees with a take, which began at `offset` seconds of the question.

    `agreeing` holds the seconds of the question, ascending, where single hashes agree.
    """

    take: Take
    offset: float
    agreeing: NDArray[np.float64]

    @property
    def begin(self) -> float:
        return float(self.agreeing[0])

    @property
    def end(self) -> float:
        return float(self.agreeing[-1])


class FingerprintIndex:
    """Spoken takes; the oldest are forgotten when there are too many. May be used from several threads."""

    def __init__(self) -> None:
        self._takes: list[Take] = []
        self._lock = threading.Lock()
        self._index: tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32]] | None = None

    def __len__(self) -> int:
        return len(self._takes)

    def remember(self, samples: Samples, words: tuple[Word, ...]) -> None:
        """Takes in what was just spoken (samples at `RATE`)."""
        take = Take(words, len(samples) / RATE, fingerprint(samples, RATE))
        with self._lock:
            self._takes.append(take)
            while sum(len(kept.print.hashes) for kept in self._takes) > _KEPT:
                del self._takes[0]
            self._index = None

    def words_in(self, samples: Samples, rate: int) -> str | None:
        """The words of everything in this sound that was spoken here, in order; None where nothing was."""
        asked = fingerprint(samples, rate)
        if not len(asked.hashes):
            return None
        return told(self._matches(asked), len(samples) / rate) or None

    def _matches(self, asked: Print) -> list[Match]:
        """Stretches that agree, best first, without overlap."""
        with self._lock:
            takes, (hashes, owners, frames) = list(self._takes), self._sorted()
        left = np.searchsorted(hashes, asked.hashes, "left")
        count = np.searchsorted(hashes, asked.hashes, "right") - left
        # Hashes that nearly everything has say nothing and cost much.
        count[count > 400] = 0
        at = np.repeat(np.arange(len(count)), count)
        spots = np.repeat(left - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
        when, owner, offset = asked.frames[at], owners[spots], asked.frames[at] - frames[spots]
        found: list[Match] = []
        for (number, shift), _ in Counter(zip(owner.tolist(), (offset // 2).tolist(), strict=True)).most_common(200):
            agreeing = (owner == number) & (np.abs(offset - 2 * shift) <= _SLACK)
            match = _judged(takes[number], 2 * shift, np.unique(when[agreeing], return_counts=True), asked)
            if match and not any(_overlap(match, other) for other in found):
                found.append(match)
        return found

    def _sorted(self) -> tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32]]:
        """All hashes in order, with the take and frame of each."""
        if self._index is None:
            hashes = np.concatenate([take.print.hashes for take in self._takes] or [np.zeros(0, np.uint32)])
            owners = np.repeat(
                np.arange(len(self._takes), dtype=np.int32), [len(take.print.hashes) for take in self._takes]
            )
            frames = np.concatenate([take.print.frames for take in self._takes] or [np.zeros(0, np.int32)])
            order = np.argsort(hashes, kind="stable")
            self._index = hashes[order], owners[order], frames[order]
        return self._index


def _judged(
    take: Take, shift: int, agreeing: tuple[NDArray[np.int32], NDArray[np.int64]], asked: Print
) -> Match | None:
    frames, counts = agreeing
    votes = int(counts.sum())
    if votes < _FEWEST:
        return None
    begin, end = int(frames[0]), int(frames[-1])
    within = int(np.sum((asked.frames >= begin) & (asked.frames <= end)))
    if votes < _SHARE * within:
        return None
    return Match(take, shift / FRAMES_PER_SECOND, frames / FRAMES_PER_SECOND)


def _overlap(one: Match, other: Match) -> bool:
    """Whether two stretches share more than a margin."""
    return min(one.end, other.end) - max(one.begin, other.begin) > 0.15


def told(matches: list[Match], seconds: float) -> str:
    """The words of stretches (best first) in a recording of so many seconds, in order.

    Every word is told once: one line may have been spoken often, and more than one take agrees with what is heard.
    """
    taken: list[_Heard] = []
    stretches: list[list[_Heard]] = []
    for match in matches:
        fresh = [word for word in _heard(match, seconds) if not any(map(word.repeats, taken))]
        if fresh:
            taken.extend(fresh)
            stretches.append(fresh)
    stretches.sort(key=lambda words: words[0].begin)
    return " ".join(filter(None, ("".join(word.text for word in words).strip() for words in stretches)))


class _Heard(msgspec.Struct, frozen=True):
    """A word and where it lies in the question, in seconds."""

    begin: float
    end: float
    text: str

    @property
    def middle(self) -> float:
        return (self.begin + self.end) / 2

    def repeats(self, other: _Heard) -> bool:
        """Whether both are the same word at the same place, heard in two takes."""
        return self.text == other.text and abs(self.begin - other.begin) < _APART


def _heard(match: Match, seconds: float) -> list[_Heard]:
    """The take's words whose middles lie within the question, near a hash that agrees."""
    words = match.take.words
    starts = [match.offset + word.frame / RATE for word in words]
    ends = [*starts[1:], match.offset + match.take.seconds]
    heard = []
    for begin, end, word in zip(starts, ends, words, strict=True):
        # What follows the last word, or a mark, may be silence.
        one = _Heard(begin, min(end, begin + _WORD), word.text)
        near = match.agreeing[np.searchsorted(match.agreeing, one.middle - _BEFORE) :]
        if 0 <= one.middle <= seconds and len(near) and near[0] <= one.middle + _AFTER:
            heard.append(one)
    return heard
