"""Index of the speech that the service has produced, to recognise it again by its fingerprints."""

from __future__ import annotations

import threading
from collections import Counter

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.demo.speech.acoustics import RATE, Samples
from app.demo.speech.fingerprint import FRAMES_PER_SECOND, Print, fingerprint
from app.demo.speech.voice import Word

_KEPT = 3_000_000  # about three hours of speech
_FEWEST = 8  # minimum for a match
_SHARE = 0.04  # minimum share of the hashes in the matched range
_SLACK = 2  # tolerance of the time offset between matching hashes
_WORD = 0.6
_APART = 0.3  # equal words that start closer than this are the same word
# A word is recognised if a matching hash lies within this range around it; hashes have the time of the earlier peak.
_BEFORE, _AFTER = 0.55, 0.3


class Take(msgspec.Struct, frozen=True):
    """One synthesised audio: its words with their start (frames at `RATE`), duration and fingerprint."""

    words: tuple[Word, ...]
    seconds: float
    print: Print


class Match(msgspec.Struct, frozen=True):
    """A range of a recording that matches indexed speech.

    Attributes:
        offset: where the speech starts in the recording, in seconds; may be negative.
        hash_times: times of the matching hashes in the recording, in seconds, ascending.
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
    """Index of synthesised speech; the oldest entries are dropped when it is full. Thread-safe."""

    def __init__(self) -> None:
        self._takes: list[Take] = []
        self._lock = threading.Lock()
        self._index: tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32]] | None = None

    def __len__(self) -> int:
        return len(self._takes)

    def remember(self, samples: Samples, words: tuple[Word, ...]) -> None:
        """Add speech to the index (samples at `RATE`)."""
        take = Take(words, len(samples) / RATE, fingerprint(samples, RATE))
        with self._lock:
            self._takes.append(take)
            while sum(len(kept.print.hashes) for kept in self._takes) > _KEPT:
                del self._takes[0]
            self._index = None

    def words_in(self, samples: Samples, rate: int) -> str | None:
        """Return the words of all indexed speech in this audio, in order; None if there is none."""
        asked = fingerprint(samples, rate)
        if not len(asked.hashes):
            return None
        return told(self._matches(asked), len(samples) / rate) or None

    def _matches(self, asked: Print) -> list[Match]:
        """Matching ranges without overlap, best first."""
        with self._lock:
            takes, (hashes, owners, frames) = list(self._takes), self._sorted()
        left = np.searchsorted(hashes, asked.hashes, "left")
        count = np.searchsorted(hashes, asked.hashes, "right") - left
        # Very common hashes carry no information and are expensive.
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
        """All hashes in ascending order, with the entry and frame of each."""
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
    """Whether two matches overlap by more than 150 ms."""
    return min(one.end, other.end) - max(one.begin, other.begin) > 0.15


def told(matches: list[Match], seconds: float) -> str:
    """Merge the words of the matches (best first) in a recording of `seconds`, in order of time.

    Each word appears once, even if several indexed takes of the same text match.
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
    """A word and its time range in the recording, in seconds."""

    begin: float
    end: float
    text: str

    @property
    def middle(self) -> float:
        return (self.begin + self.end) / 2

    def repeats(self, other: _Heard) -> bool:
        """Whether both are the same word at the same time, from two matches."""
        return self.text == other.text and abs(self.begin - other.begin) < _APART


def _heard(match: Match, seconds: float) -> list[_Heard]:
    """Words of the match whose middle lies within the recording and near a matching hash."""
    words = match.take.words
    starts = [match.offset + word.frame / RATE for word in words]
    ends = [*starts[1:], match.offset + match.take.seconds]
    heard = []
    for begin, end, word in zip(starts, ends, words, strict=True):
        # Silence may follow the last word or a punctuation mark.
        one = _Heard(begin, min(end, begin + _WORD), word.text)
        near = match.agreeing[np.searchsorted(match.agreeing, one.middle - _BEFORE) :]
        if 0 <= one.middle <= seconds and len(near) and near[0] <= one.middle + _AFTER:
            heard.append(one)
    return heard
