"""Laughs, sighs, breaths, coughs and sobs, made of shaped noise and, for laughs and sobs, spoken syllables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.demo.speech import acoustics
from app.demo.speech.acoustics import RATE, Samples
from app.demo.speech.speaking_style import SpeakingStyle
from app.demo.speech.style_lexicon import SoundKind

Voice = Callable[[str, SpeakingStyle], Samples]
"""Speaks a few syllables with the current voice in a style."""

_LAUGH = SpeakingStyle(pitch=1.35, rate=1.5, spread=1.6, breath=0.2)
_HEARTY = SpeakingStyle(pitch=1.25, rate=1.35, spread=2.0, level=3, breath=0.1)
_SOB = SpeakingStyle(pitch=1.2, rate=1.0, spread=1.4, tremble=0.8, breath=0.5, level=-3)


def make(kind: SoundKind, manner: SpeakingStyle, voice: Voice, chance: np.random.Generator) -> Samples:
    """Synthesise a sound effect.

    Raises:
        ValueError: for a pause.
    """
    match kind:
        case "laugh":
            return voice("heh heh heh", manner.and_(_LAUGH))
        case "hearty-laugh":
            return voice("hah hah hah hah hah", manner.and_(_HEARTY))
        case "sob":
            gasp = _breath(0.22, 0.1, chance, low=700, high=4500)
            return np.concatenate([gasp, voice("uh huh", manner.and_(_SOB)), gasp])
        case "sigh":
            return _sigh(0.75, chance)
        case "long-sigh":
            return _sigh(1.5, chance)
        case "inhale":
            return _breath(0.6, 0.07, chance)
        case "pant":
            return np.concatenate([_breath(0.24, 0.09, chance, low=600 + 500 * (n % 2)) for n in range(5)])
        case "cough":
            return np.concatenate([_cough(chance), acoustics.silence(0.09), _cough(chance)])
    raise ValueError(kind)


def _sigh(seconds: float, chance: np.random.Generator) -> Samples:
    """Exhaled breath: a quick rise and a long fall, getting darker as the mouth closes."""
    frames = round(seconds * RATE)
    time = np.linspace(0, 1, frames)
    shape = np.minimum(time / 0.15, 1) * (1 - time) ** 1.4
    bright = acoustics.noise(frames, 900, 3800, chance) * (1 - time)
    dark = acoustics.noise(frames, 350, 1300, chance) * (0.5 + time)
    return (0.09 * shape * (bright + dark)).astype(np.float32)


def _breath(
    seconds: float, level: float, chance: np.random.Generator, low: float = 1100, high: float = 6500
) -> Samples:
    frames = round(seconds * RATE)
    time = np.linspace(0, 1, frames)
    shape = np.sin(np.pi * time**1.6) ** 1.2
    return (level * shape * acoustics.noise(frames, low, high, chance)).astype(np.float32)


def _cough(chance: np.random.Generator) -> Samples:
    frames = round(0.26 * RATE)
    time = np.linspace(0, 1, frames)
    shape = np.exp(-7 * time) * np.minimum(time / 0.01, 1)
    return (0.28 * shape * acoustics.noise(frames, 250, 3200, chance)).astype(np.float32)
