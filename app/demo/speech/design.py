"""Designed voices: a description always gives a similar speaker, but never exactly the same (WIRE.md section 3.3)."""

from __future__ import annotations

import itertools
import random
import re

from app.demo.speech.speaking_style import FEMALE, MALE, SpeakingStyle, VoiceTimbre, stable_choice
from app.demo.speech.style_lexicon import manner_in, traits_in

_YEARS = re.compile(r"(\d{1,2})\s*(?:-?\s*years?(?:\s|-)old|岁)|\b(?:aged?|age of)\s+(\d{1,2})\b", re.IGNORECASE)
_ADULT = 32

# age: (median pitch in Hz, vocal tract factor), male and female; between them by straight lines
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


def voice(description: str, chance: random.Random) -> tuple[VoiceTimbre, SpeakingStyle]:
    """The speaker and their way of speaking. `chance` supplies the part that differs from call to call."""
    text = description.strip().lower()
    traits = traits_in(text)
    gender = next((trait.gender for trait in traits if trait.gender), "")
    if not gender:
        gender = "female" if stable_choice(text, "gender", 0, 1) < 0.5 else "male"
    hertz, formant = _at_age(gender, _age(text, [trait.age for trait in traits if trait.age]))
    variants = FEMALE if gender == "female" else MALE
    timbre = VoiceTimbre(
        variant=variants[int(stable_choice(text, "variant", 0, len(variants) - 0.001))],
        hertz=hertz * stable_choice(text, "pitch", 0.92, 1.09) * chance.uniform(0.96, 1.04),
        formant=formant * stable_choice(text, "formant", 0.96, 1.04) * chance.uniform(0.985, 1.015),
        tilt=stable_choice(text, "tilt", -1.5, 1.5),
        rate=stable_choice(text, "rate", 0.94, 1.06) * chance.uniform(0.96, 1.04),
        spread=stable_choice(text, "spread", 0.85, 1.15),
    )
    return timbre, manner_in(text)


def _age(text: str, said: list[int]) -> int:
    if years := _YEARS.search(text):
        return int(years.group(1) or years.group(2))
    return said[0] if said else _ADULT


def _at_age(gender: str, age: int) -> tuple[float, float]:
    rows = _BY_AGE[gender]
    if age <= rows[0][0]:
        return rows[0][1:]
    for (young, low, short), (old, high, long) in itertools.pairwise(rows):
        if age <= old:
            part = (age - young) / (old - young)
            return low + part * (high - low), short + part * (long - short)
    return rows[-1][1:]
