"""Designed voices: a description gives similar but never identical speakers on each call (WIRE.md section 3.3)."""

from __future__ import annotations

import itertools
import random
import re

from app.demo.speech.speaking_style import FEMALE, MALE, SpeakingStyle, VoiceTimbre, stable_uniform
from app.demo.speech.style_lexicon import style_in, traits_in

_YEARS = re.compile(r"(\d{1,2})\s*(?:-?\s*years?(?:\s|-)old|岁)|\b(?:aged?|age of)\s+(\d{1,2})\b", re.IGNORECASE)
_DEFAULT_AGE = 32

# (age in years, median pitch in Hz, formant factor); values between are interpolated linearly
_BY_AGE = {
    "male": (
        (5, 270, 1.24),
        (10, 245, 1.18),
        (15, 150, 1.08),
        (24, 125, 1.02),
        (48, 104, 0.97),
        (72, 112, 0.95),
        (95, 128, 0.96),
    ),
    "female": (
        (5, 290, 1.24),
        (10, 270, 1.18),
        (15, 240, 1.1),
        (24, 216, 1.05),
        (48, 190, 1.0),
        (72, 182, 0.97),
        (95, 190, 0.97),
    ),
}


def voice(description: str, rng: random.Random) -> tuple[VoiceTimbre, SpeakingStyle]:
    """Design a voice and its style from a description. `rng` provides the variation between calls."""
    text = description.strip().lower()
    traits = traits_in(text)
    gender = next((trait.gender for trait in traits if trait.gender), "")
    if not gender:
        gender = "female" if stable_uniform(text, "gender", 0, 1) < 0.5 else "male"
    pitch_hz, formant = _at_age(gender, _age(text, [trait.age for trait in traits if trait.age]))
    variants = FEMALE if gender == "female" else MALE
    timbre = VoiceTimbre(
        variant=variants[int(stable_uniform(text, "variant", 0, len(variants) - 0.001))],
        pitch_hz=pitch_hz * stable_uniform(text, "pitch", 0.92, 1.09) * rng.uniform(0.96, 1.04),
        formant=formant * stable_uniform(text, "formant", 0.96, 1.04) * rng.uniform(0.985, 1.015),
        tilt=stable_uniform(text, "tilt", -1.5, 1.5),
        rate=stable_uniform(text, "rate", 0.94, 1.06) * rng.uniform(0.96, 1.04),
        spread=stable_uniform(text, "spread", 0.85, 1.15),
    )
    return timbre, style_in(text)


def _age(text: str, ages: list[int]) -> int:
    if years := _YEARS.search(text):
        return int(years.group(1) or years.group(2))
    return ages[0] if ages else _DEFAULT_AGE


def _at_age(gender: str, age: int) -> tuple[float, float]:
    rows = _BY_AGE[gender]
    if age <= rows[0][0]:
        return rows[0][1:]
    for (young, young_pitch, young_formant), (old, old_pitch, old_formant) in itertools.pairwise(rows):
        if age <= old:
            fraction = (age - young) / (old - young)
            return young_pitch + fraction * (old_pitch - young_pitch), young_formant + fraction * (
                old_formant - young_formant
            )
    return rows[-1][1:]
