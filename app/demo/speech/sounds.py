"""Laughs, sighs, breaths, coughs and sobs, made of shaped noise and, for laughs and sobs, spoken syllables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.demo.speech import acoustics
from app.demo.speech.acoustics import RATE, Samples
from app.demo.speech.speaking_style import SpeakingStyle
from app.demo.speech.style_lexicon import SoundKind

SpeakSyllables = Callable[[str, SpeakingStyle], Samples]
"""Speaks a few syllables with the current voice in a style."""

_LAUGH = SpeakingStyle(pitch=1.35, rate=1.5, spread=1.6, breath=0.2)
_HEARTY_LAUGH = SpeakingStyle(pitch=1.25, rate=1.35, spread=2.0, level=3, breath=0.1)
_SOB = SpeakingStyle(pitch=1.2, rate=1.0, spread=1.4, tremble=0.8, breath=0.5, level=-3)


def synthesise(kind: SoundKind, style: SpeakingStyle, speak: SpeakSyllables, rng: np.random.Generator) -> Samples:
    """Synthesise a sound effect.

    Raises:
        ValueError: for a pause.
    """
    match kind:
        case "laugh":
            return speak("heh heh heh", style.combined_with(_LAUGH))
        case "hearty-laugh":
            return speak("hah hah hah hah hah", style.combined_with(_HEARTY_LAUGH))
        case "sob":
            gasp = _breath(0.22, 0.1, rng, low=700, high=4500)
            return np.concatenate([gasp, speak("uh huh", style.combined_with(_SOB)), gasp])
        case "sigh":
            return _sigh(0.75, rng)
        case "long-sigh":
            return _sigh(1.5, rng)
        case "inhale":
            return _breath(0.6, 0.07, rng)
        case "pant":
            return np.concatenate([_breath(0.24, 0.09, rng, low=600 + 500 * (n % 2)) for n in range(5)])
        case "cough":
            return np.concatenate([_cough(rng), acoustics.silence(0.09), _cough(rng)])
    raise ValueError(kind)


def _sigh(seconds: float, rng: np.random.Generator) -> Samples:
    """Exhaled breath: a quick rise and a long fall, getting darker as the mouth closes."""
    frames = round(seconds * RATE)
    time = np.linspace(0, 1, frames)
    shape = np.minimum(time / 0.15, 1) * (1 - time) ** 1.4
    bright = acoustics.noise(frames, 900, 3800, rng) * (1 - time)
    dark = acoustics.noise(frames, 350, 1300, rng) * (0.5 + time)
    return (0.09 * shape * (bright + dark)).astype(np.float32)


def _breath(seconds: float, level: float, rng: np.random.Generator, low: float = 1100, high: float = 6500) -> Samples:
    frames = round(seconds * RATE)
    time = np.linspace(0, 1, frames)
    shape = np.sin(np.pi * time**1.6) ** 1.2
    return (level * shape * acoustics.noise(frames, low, high, rng)).astype(np.float32)


def _cough(rng: np.random.Generator) -> Samples:
    frames = round(0.26 * RATE)
    time = np.linspace(0, 1, frames)
    shape = np.exp(-7 * time) * np.minimum(time / 0.01, 1)
    return (0.28 * shape * acoustics.noise(frames, 250, 3200, rng)).astype(np.float32)
