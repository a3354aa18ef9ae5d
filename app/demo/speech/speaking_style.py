"""Voices and speaking styles as parameters of the synthesiser."""

from __future__ import annotations

import hashlib
import random

import msgspec

# Measured median pitch of the unmodified eSpeak NG variants in English and Mandarin.
_NATURAL_PITCH_HZ = {
    "f1": (175, 155),
    "f2": (190, 166),
    "f3": (199, 176),
    "f4": (176, 157),
    "f5": (202, 179),
    "m1": (91, 79),
    "m2": (98, 89),
    "m3": (101, 87),
    "m6": (99, 88),
    "m7": (102, 87),
    "Andy": (94, 87),
    "Annie": (239, 187),
    "Michael": (102, 87),
    "belinda": (225, 212),
    "linda": (225, 212),
    "steph": (181, 173),
    "anika": (269, 231),
    "grandma": (194, 159),
    "grandpa": (103, 88),
    "adam": (99, 85),
    "max": (98, 86),
    "quincy": (82, 72),
}
FEMALE = ("f2", "f4", "Annie", "steph", "belinda", "f3", "linda", "f1")
MALE = ("m3", "m7", "Andy", "Michael", "max", "adam", "m6", "m2")


class VoiceTimbre(msgspec.Struct, frozen=True):
    """A voice.

    Attributes:
        variant: variant of eSpeak NG, without the language.
        pitch_hz: target median pitch.
        formant: factor of the formant frequencies; above 1 sounds brighter and younger.
        tilt: spectral tilt in dB between low and high frequencies.
        breath, husky: 0 to 1.
        rate, spread: factors of pace and pitch range.
    """

    variant: str = "f2"
    pitch_hz: float = 190.0
    formant: float = 1.0
    tilt: float = 0.0
    breath: float = 0.0
    husky: float = 0.0
    rate: float = 1.0
    spread: float = 1.0

    def natural_pitch_hz(self, language: str) -> float:
        english, mandarin = _NATURAL_PITCH_HZ[self.variant]
        return english if language.startswith("en") else mandarin


class SpeakingStyle(msgspec.Struct, frozen=True):
    """A speaking style, relative to the voice.

    Attributes:
        pitch, rate, spread, formant: factors.
        level: gain in dB.
        tilt: dB, as in `VoiceTimbre`.
        breath, husky, tremble: 0 to 1, added to the voice's.
        whisper: whether to whisper.
        gap: silence between words, in units of 10 ms.
        accent: language of eSpeak NG to use for Chinese text ("yue"), "" for none.
    """

    pitch: float = 1.0
    rate: float = 1.0
    spread: float = 1.0
    formant: float = 1.0
    level: float = 0.0
    tilt: float = 0.0
    breath: float = 0.0
    husky: float = 0.0
    tremble: float = 0.0
    whisper: bool = False
    gap: int = 0
    accent: str = ""

    def combined_with(self, other: SpeakingStyle) -> SpeakingStyle:
        """Combine two styles, limited to values that still sound like speech."""
        return SpeakingStyle(
            pitch=_clamp(self.pitch * other.pitch, 0.6, 1.8),
            rate=_clamp(self.rate * other.rate, 0.45, 2.2),
            spread=_clamp(self.spread * other.spread, 0.2, 2.0),
            formant=_clamp(self.formant * other.formant, 0.8, 1.3),
            level=_clamp(self.level + other.level, -15, 6),
            tilt=_clamp(self.tilt + other.tilt, -9, 9),
            breath=min(self.breath + other.breath, 1.0),
            husky=min(self.husky + other.husky, 1.0),
            tremble=min(self.tremble + other.tremble, 1.0),
            whisper=self.whisper or other.whisper,
            gap=self.gap + other.gap,
            accent=other.accent or self.accent,
        )

    def varied(self, rng: random.Random) -> SpeakingStyle:
        """Return a slight random variation, as no two takes of the platform are alike."""
        return msgspec.structs.replace(
            self,
            pitch=self.pitch * rng.uniform(0.97, 1.03),
            rate=self.rate * rng.uniform(0.95, 1.05),
            spread=self.spread * rng.uniform(0.9, 1.12),
        )


PLAIN = SpeakingStyle()

BUILT_IN = {
    "冰糖": VoiceTimbre("f2", 248, 1.12, tilt=1, rate=1.1, spread=1.35),
    "茉莉": VoiceTimbre("f4", 196, 1.02, rate=0.97, spread=0.9),
    "苏打": VoiceTimbre("m3", 152, 1.09, tilt=1, rate=1.08, spread=1.2),
    "白桦": VoiceTimbre("m7", 92, 0.94, tilt=-2, rate=0.9, spread=0.8),
    "Mia": VoiceTimbre("f3", 256, 1.13, tilt=1, rate=1.12, spread=1.35),
    "Chloe": VoiceTimbre("Annie", 218, 1.05, tilt=-1, breath=0.25, rate=0.92, spread=1.0),
    "Milo": VoiceTimbre("m6", 158, 1.1, tilt=1, rate=1.1, spread=1.25),
    "Dean": VoiceTimbre("max", 96, 0.95, tilt=-1, rate=0.92, spread=0.75),
}
DEFAULT_VOICE = "mimo_default"
VOICES = (DEFAULT_VOICE, *BUILT_IN)


def stable_uniform(text: str, salt: str, low: float, high: float) -> float:
    """A number in [low, high] derived from the text; the same on every run and machine."""
    digest = hashlib.blake2b(f"{salt}\0{text}".encode(), digest_size=8).digest()
    return low + (high - low) * int.from_bytes(digest, "big") / 2**64


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)
