"""Synthetic signals with known properties, and functions to compare a recording with them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

FADE = 0.005


def noise(seconds: float, rate: int, level: float = 0.2, seed: int = 1) -> Samples:
    """Noise below a fifth of the rate, shape (frames,): it never repeats and is nowhere silent for long."""
    length = round(seconds * rate)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(length))
    spectrum[len(spectrum) * 2 // 5 :] = 0
    spectrum[: max(1, round(50 * seconds))] = 0
    sound = np.fft.irfft(spectrum, length)
    return (sound * level / np.sqrt(np.mean(sound**2))).clip(-0.99, 0.99).astype(np.float32)


def sine(frequency: float, seconds: float, rate: int, amplitude: float = 0.5) -> Samples:
    return (amplitude * np.sin(2 * np.pi * frequency * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


def pcm16(samples: Samples) -> bytes:
    return np.rint(samples * 32768).clip(-32768, 32767).astype("<i2").tobytes()


def offset_of(expected: Samples, heard: Samples) -> int:
    """The offset of `expected` in `heard`, found by correlating its first second."""
    pattern = expected[: min(len(expected), 48_000)]
    size = 1 << (len(heard) + len(pattern)).bit_length()
    product = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(pattern, size)), size)
    return int(np.argmax(product[: len(heard)]))


def gaps_in(heard: Samples, rate: int, shortest: float = 0.01) -> list[tuple[int, int]]:
    """The spans of digital silence inside the recording."""
    silent = np.abs(heard) < 1e-7
    edges = np.flatnonzero(np.diff(np.concatenate([[0], silent.astype(np.int8), [0]])))
    spans = [(int(first), int(last)) for first, last in zip(edges[::2], edges[1::2], strict=True)]
    return [span for span in spans if span[1] - span[0] >= shortest * rate]


def without_gaps(heard: Samples, rate: int) -> tuple[Samples, list[int]]:
    """The audible parts concatenated, and the frames at which they were joined."""
    pieces: list[Samples] = []
    seams: list[int] = []
    position = 0
    for first, last in [*gaps_in(heard, rate), (len(heard), len(heard))]:
        pieces.append(heard[position:first])
        position = last
        seams.append(sum(map(len, pieces)))
    return np.concatenate(pieces), seams[:-1]


def level_db(samples: Samples) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-30))
