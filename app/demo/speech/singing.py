"""Singing: sets spoken lines to a melody with the WORLD vocoder, one note per syllable."""

from __future__ import annotations

import itertools
import random
import re
from typing import Literal

import msgspec
import numpy as np
import pyworld

from app.demo.speech.acoustics import RATE, Samples

_FRAME_PERIOD_MS = 5.0
_BEAT_SECONDS = 0.42
_CJK = re.compile(r"[\u3400-\u9fff]")
_VOWELS = re.compile(r"[aeiouy]+(?!\b)|[aiouy]\b", re.IGNORECASE)
_LINE_PATTERN = re.compile(r"[^，。！？；,.!?;\n…]+[，。！？；,.!?;\n…]*")
# Semitones of a major pentatonic scale, one row per line; lines end on the tonic or the fifth.
_PHRASES = (
    (0, 2, 4, 4, 7, 4, 2, 4),
    (7, 9, 7, 4, 2, 4, 2, 0),
    (4, 7, 9, 12, 9, 7, 4, 7),
    (9, 7, 4, 7, 2, 4, 2, 0),
)


class SungLine(msgspec.Struct, frozen=True):
    """A line of the song; `number` counts from 0."""

    text: str
    language: Literal["en", "zh"]
    number: int


class SungAudio(msgspec.Struct, frozen=True):
    """Audio at `RATE` and the frame where each word begins."""

    samples: Samples
    starts: tuple[int, ...]


def syllables(word: str) -> int:
    """Number of notes of a word: its Chinese characters plus its groups of vowels, at least 1."""
    return max(len(_CJK.findall(word)) + len(_VOWELS.findall(word)), 1)


def lines(lyrics: str) -> list[SungLine]:
    phrases = [part.strip() for part in _LINE_PATTERN.findall(lyrics) if re.search(r"\w", part)]
    return [SungLine(text, "zh" if _CJK.search(text) else "en", number) for number, text in enumerate(phrases)]


def sing(
    spoken: Samples, words: list[tuple[int, str]], line: SungLine, pitch_hz: float, rng: random.Random
) -> SungAudio:
    """Stretch every word to its beats and apply the melody.

    Args:
        spoken: the spoken line, at `RATE`.
        words: start frame and text of each word.
        pitch_hz: speaking pitch of the voice; the tonic is slightly above it.
    """
    sound = spoken.astype(np.float64)
    pitch, times = pyworld.dio(sound, RATE, f0_floor=60, f0_ceil=600, frame_period=_FRAME_PERIOD_MS)
    pitch = pyworld.stonemask(sound, pitch, times, RATE)
    spectrum = pyworld.cheaptrick(sound, pitch, times, RATE)
    aperiodicity = pyworld.d4c(sound, pitch, times, RATE)
    edges, first_notes = _notes(words, len(spoken))
    tonic = min(max(pitch_hz * 1.06, 110), 330)
    melody = _PHRASES[line.number % len(_PHRASES)]
    source_frames: list[np.ndarray] = []
    notes: list[np.ndarray] = []
    note_starts = []
    last = len(edges) - 2
    for note, (begin, end) in enumerate(itertools.pairwise(edges)):
        beats = 2.4 if note == last else 1.0
        length = round(beats * _BEAT_SECONDS * 1000 / _FRAME_PERIOD_MS)
        note_starts.append(sum(map(len, source_frames)))
        source_frames.append(_stretched(begin, max(end, begin + 1), length, len(pitch)))
        step = melody[note % len(melody)] if note != last else melody[-1]
        notes.append(np.full(length, tonic * 2 ** (step / 12)))
    frames = np.concatenate(source_frames)
    contour = _glided(np.concatenate(notes))
    time = np.arange(len(contour)) * _FRAME_PERIOD_MS / 1000
    contour = contour * (1 + 0.012 * np.sin(2 * np.pi * rng.uniform(5.0, 5.8) * time))
    voiced = np.where(pitch[frames] > 0, contour, 0.0)
    samples = pyworld.synthesize(
        voiced,
        np.ascontiguousarray(spectrum[frames]),
        np.ascontiguousarray(aperiodicity[frames]),
        RATE,
        _FRAME_PERIOD_MS,
    )
    starts = tuple(round(note_starts[first_note] * _FRAME_PERIOD_MS / 1000 * RATE) for first_note in first_notes)
    return SungAudio(samples.astype(np.float32), starts)


def _notes(words: list[tuple[int, str]], frames: int) -> tuple[list[int], list[int]]:
    """Vocoder frames where notes begin, followed by the end, and the index of the first note of each word."""
    edges: list[float] = []
    first_notes = []
    ends = [start for start, _ in words[1:]] + [frames]
    for (start, word), end in zip(words, ends, strict=True):
        first_notes.append(len(edges))
        edges.extend(np.linspace(start, end, syllables(word), endpoint=False))
    return [round(edge / RATE * 1000 / _FRAME_PERIOD_MS) for edge in [*edges, frames]], first_notes


def _stretched(begin: int, end: int, length: int, limit: int) -> np.ndarray:
    """Indices of vocoder frames for a note: the onset unchanged, the vowel stretched."""
    onset = min((end - begin) // 4, length // 4)
    vowel = np.linspace(begin + onset, end - 1, length - onset)
    frames = np.concatenate([np.arange(begin, begin + onset), vowel]).round()
    return np.asarray(np.minimum(frames, limit - 1), np.int64)


def _glided(contour: np.ndarray) -> np.ndarray:
    """Smooth the contour so that notes glide into each other within about 50 ms."""
    width = 11
    padded = np.pad(np.log2(contour), width // 2, mode="edge")
    return np.asarray(np.exp2(np.convolve(padded, np.full(width, 1 / width), "valid")))
