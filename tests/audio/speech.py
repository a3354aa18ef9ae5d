"""Synthetic speech with known properties: vowels of a chosen pitch and rate, made of harmonics."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


def vowel(pitch: float, seconds: float, rate: int, formants: tuple[float, ...] = (700, 1200, 2600)) -> Samples:
    """Harmonics under three formants, peak 1."""
    time = np.arange(round(seconds * rate)) / rate
    sound = np.zeros(len(time))
    for harmonic in range(1, int(rate * 0.45 / pitch)):
        frequency = harmonic * pitch
        strength = sum(1 / (1 + ((frequency - formant) / 120) ** 2) for formant in formants) + 0.02
        sound += strength / harmonic**0.5 * np.sin(2 * np.pi * frequency * time + harmonic)
    return (sound / np.abs(sound).max()).astype(np.float32)


def phrase(
    pitch: float = 120.0, syllables: int = 12, pace: float = 4.0, rate: int = 24_000, level: float = 0.5
) -> Samples:
    """Syllables of `1 / pace` seconds that rise and fade, alternating between two vowels without pauses."""
    length = round(rate / pace)
    parts = []
    for index in range(syllables):
        formants = (700.0, 1200.0, 2600.0) if index % 2 else (400.0, 1900.0, 2500.0)
        shape = np.sin(np.pi * (np.arange(length) + 0.5) / length) ** 1.5
        parts.append(vowel(pitch, length / rate, rate, formants) * (0.06 + 0.94 * shape))
    sound = np.concatenate(parts) * level
    edge = round(0.03 * rate)
    sound[:edge] *= np.linspace(0, 1, edge)
    sound[-edge:] *= np.linspace(1, 0, edge)
    return sound.astype(np.float32)


def silence(seconds: float, rate: int = 24_000) -> Samples:
    return np.zeros(round(seconds * rate), np.float32)
