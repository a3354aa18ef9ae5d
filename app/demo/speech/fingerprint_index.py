"""Index of the speech that the service has produced, to recognise it again by its fingerprints."""

from __future__ import annotations

import threading
from collections import Counter

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.demo.speech.acoustics import RATE, Samples
from app.demo.speech.fingerprint import FRAMES_PER_SECOND, Fingerprint, fingerprint
from app.demo.speech.synthesiser import Word

_MAX_HASHES = 3_000_000  # about three hours of speech
_MIN_HASHES = 8  # minimum for a match
_MIN_HASH_SHARE = 0.04  # minimum share of the hashes in the matched range
_OFFSET_TOLERANCE = 2  # tolerance of the time offset between matching hashes
_MAX_WORD_SECONDS = 0.6
_REPEAT_SECONDS = 0.3  # equal words that start closer than this are the same word
# A word is recognised if a matching hash lies within this range around it; hashes have the time of the earlier peak.
_BEFORE_SECONDS, _AFTER_SECONDS = 0.55, 0.3


class IndexedSpeech(msgspec.Struct, frozen=True):
    """One synthesised audio: its words with their start (frames at `RATE`), duration and fingerprint."""

    words: tuple[Word, ...]
    seconds: float
    fingerprint: Fingerprint


class Match(msgspec.Struct, frozen=True):
    """A range of a recording that matches indexed speech.

    Attributes:
        offset: where the speech starts in the recording, in seconds; may be negative.
        hash_times: times of the matching hashes in the recording, in seconds, ascending.
    """

    entry: IndexedSpeech
    offset: float
    hash_times: NDArray[np.float64]

    @property
    def begin(self) -> float:
        return float(self.hash_times[0])

    @property
    def end(self) -> float:
        return float(self.hash_times[-1])


class FingerprintIndex:
    """Index of synthesised speech; the oldest entries are dropped when it is full. Thread-safe."""

    def __init__(self) -> None:
        self._entries: list[IndexedSpeech] = []
        self._lock = threading.Lock()
        self._sorted_hashes: tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32]] | None = None

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, samples: Samples, words: tuple[Word, ...]) -> None:
        """Add speech to the index (samples at `RATE`)."""
        entry = IndexedSpeech(words, len(samples) / RATE, fingerprint(samples, RATE))
        with self._lock:
            self._entries.append(entry)
            while sum(len(entry.fingerprint.hashes) for entry in self._entries) > _MAX_HASHES:
                del self._entries[0]
            self._sorted_hashes = None

    def recognise(self, samples: Samples, rate: int) -> str | None:
        """Return the words of all indexed speech in this audio, in order; None if there is none."""
        query = fingerprint(samples, rate)
        if not len(query.hashes):
            return None
        return merged_text(self._matches(query), len(samples) / rate) or None

    def _matches(self, query: Fingerprint) -> list[Match]:
        """Matching ranges without overlap, best first."""
        with self._lock:
            entries, (hashes, entry_numbers, frames) = list(self._entries), self._hashes_in_order()
        left = np.searchsorted(hashes, query.hashes, "left")
        count = np.searchsorted(hashes, query.hashes, "right") - left
        # Very common hashes carry no information and are expensive.
        count[count > 400] = 0
        query_index = np.repeat(np.arange(len(count)), count)
        positions = np.repeat(left - np.cumsum(count) + count, count) + np.arange(int(count.sum()))
        query_frames, entry_number, offset = (
            query.frames[query_index],
            entry_numbers[positions],
            query.frames[query_index] - frames[positions],
        )
        result: list[Match] = []
        for (number, shift), _ in Counter(zip(entry_number.tolist(), (offset // 2).tolist(), strict=True)).most_common(
            200
        ):
            agreeing = (entry_number == number) & (np.abs(offset - 2 * shift) <= _OFFSET_TOLERANCE)
            match = _match(entries[number], 2 * shift, np.unique(query_frames[agreeing], return_counts=True), query)
            if match and not any(_overlaps(match, other) for other in result):
                result.append(match)
        return result

    def _hashes_in_order(self) -> tuple[NDArray[np.uint32], NDArray[np.int32], NDArray[np.int32]]:
        """All hashes in ascending order, with the entry and frame of each."""
        if self._sorted_hashes is None:
            hashes = np.concatenate([entry.fingerprint.hashes for entry in self._entries] or [np.zeros(0, np.uint32)])
            entry_numbers = np.repeat(
                np.arange(len(self._entries), dtype=np.int32),
                [len(entry.fingerprint.hashes) for entry in self._entries],
            )
            frames = np.concatenate([entry.fingerprint.frames for entry in self._entries] or [np.zeros(0, np.int32)])
            order = np.argsort(hashes, kind="stable")
            self._sorted_hashes = hashes[order], entry_numbers[order], frames[order]
        return self._sorted_hashes


def _match(
    entry: IndexedSpeech, shift: int, agreeing: tuple[NDArray[np.int32], NDArray[np.int64]], query: Fingerprint
) -> Match | None:
    frames, counts = agreeing
    hash_count = int(counts.sum())
    if hash_count < _MIN_HASHES:
        return None
    begin, end = int(frames[0]), int(frames[-1])
    query_hashes = int(np.sum((query.frames >= begin) & (query.frames <= end)))
    if hash_count < _MIN_HASH_SHARE * query_hashes:
        return None
    return Match(entry, shift / FRAMES_PER_SECOND, frames / FRAMES_PER_SECOND)


def _overlaps(first: Match, second: Match) -> bool:
    """Whether two matches overlap by more than 150 ms."""
    return min(first.end, second.end) - max(first.begin, second.begin) > 0.15


def merged_text(matches: list[Match], seconds: float) -> str:
    """Merge the words of the matches (best first) in a recording of `seconds`, in order of time.

    At each time only the word of the best match counts, even if several indexed takes of the same text match.
    """
    merged: list[_TimedWord] = []
    ranges: list[list[_TimedWord]] = []
    for match in matches:
        new_words = [word for word in _timed_words(match, seconds) if not any(map(word.is_taken_by, merged))]
        if new_words:
            merged.extend(new_words)
            ranges.append(new_words)
    ranges.sort(key=lambda words: words[0].begin)
    return " ".join(filter(None, ("".join(word.text for word in words).strip() for words in ranges)))


class _TimedWord(msgspec.Struct, frozen=True):
    """A word and its time range in the recording, in seconds."""

    begin: float
    end: float
    text: str

    @property
    def middle(self) -> float:
        return (self.begin + self.end) / 2

    def is_taken_by(self, other: _TimedWord) -> bool:
        """Whether another word was recognised in its place, or the same one at nearly the same time."""
        if other.begin <= self.middle < other.end:
            return True
        return self.text == other.text and abs(self.begin - other.begin) < _REPEAT_SECONDS


def _timed_words(match: Match, seconds: float) -> list[_TimedWord]:
    """Words of the match whose middle lies within the recording and near a matching hash."""
    words = match.entry.words
    starts = [match.offset + word.frame / RATE for word in words]
    ends = [*starts[1:], match.offset + match.entry.seconds]
    result = []
    for begin, end, word in zip(starts, ends, words, strict=True):
        # Silence may follow the last word or a punctuation mark.
        timed_word = _TimedWord(begin, min(end, begin + _MAX_WORD_SECONDS), word.text)
        near = match.hash_times[np.searchsorted(match.hash_times, timed_word.middle - _BEFORE_SECONDS) :]
        if 0 <= timed_word.middle <= seconds and len(near) and near[0] <= timed_word.middle + _AFTER_SECONDS:
            result.append(timed_word)
    return result
