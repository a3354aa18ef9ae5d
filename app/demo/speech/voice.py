"""Synthesises a plan with eSpeak NG and shapes the audio by timbre and style."""

from __future__ import annotations

import random
from collections.abc import Iterator

import msgspec
import numpy as np

from app.demo.speech import acoustics, espeak, singing, sounds
from app.demo.speech.acoustics import RATE, Samples
from app.demo.speech.espeak import Espeak, Spoken, Utterance
from app.demo.speech.speaking_style import PLAIN, SpeakingStyle, VoiceTimbre
from app.demo.speech.synthesis_plan import Silence, SoundEffect, SpokenPassage, SynthesisPlan

_WORDS_PER_MINUTE = 168
_LEVEL = 0.13  # RMS of voiced sound
_LANGUAGES = {"en": "en-us", "zh": "cmn"}
_BETWEEN = 0.09  # after each passage and sound effect
_WHISPERS = {"f": "whisperf", "m": "whisper"}


class Word(msgspec.Struct, frozen=True):
    """A word with adjacent punctuation and spaces, and the frame (at `RATE`) where it begins."""

    frame: int
    text: str


class Piece(msgspec.Struct, frozen=True):
    """Audio at `RATE` and its words, with frames counted from the start of the piece."""

    samples: Samples
    words: tuple[Word, ...] = ()


class Performer:
    """Synthesises plans. Must be used from one thread only, as eSpeak NG requires."""

    def __init__(self) -> None:
        self._espeak = Espeak()

    def perform(self, score: SynthesisPlan, timbre: VoiceTimbre, chance: random.Random) -> Iterator[Piece]:
        """Synthesise the pieces in order, one per passage or sound effect, each time slightly different."""
        noise = np.random.default_rng(chance.getrandbits(32))
        variation = PLAIN.varied(chance)
        if score.sung:
            for line in singing.lines(score.words):
                yield self._sung(line, timbre, chance)
            return
        for item in score.items:
            match item:
                case Silence():
                    yield Piece(acoustics.silence(item.seconds))
                case SoundEffect():
                    sound = sounds.make(
                        item.sound, item.manner, lambda text, how: self._syllables(text, timbre, how, noise), noise
                    )
                    yield Piece(np.concatenate([acoustics.limited(sound), acoustics.silence(_BETWEEN)]))
                case SpokenPassage():
                    yield self._stretch(item, timbre, item.manner.and_(variation.varied(chance)), noise)

    def _stretch(
        self, item: SpokenPassage, timbre: VoiceTimbre, manner: SpeakingStyle, noise: np.random.Generator
    ) -> Piece:
        formant = timbre.formant * manner.formant
        spoken = self._spoken(item.text, item.language, timbre, manner)
        sound = acoustics.resampled(spoken.samples, espeak.RATE * formant)
        sound, cut = acoustics.trimmed(sound)
        sound = acoustics.levelled(sound, _LEVEL)
        if not manner.whisper:
            sound = acoustics.breathy(sound, timbre.breath + manner.breath, noise)
            sound = acoustics.husky(sound, timbre.husky + manner.husky, noise)
        sound = acoustics.trembling(sound, manner.tremble)
        sound = acoustics.tilted(sound, timbre.tilt + manner.tilt)
        sound = acoustics.louder(sound, manner.level - (5 if manner.whisper else 0))
        gap = _BETWEEN + (0.16 if item.text[-1:] in "。！？.!?；;" else 0.0)
        whole = np.concatenate([acoustics.faded(acoustics.limited(sound)), acoustics.silence(gap / manner.rate)])
        return Piece(whole, _words(spoken, item.text, RATE / (espeak.RATE * formant), cut))

    def _syllables(self, text: str, timbre: VoiceTimbre, manner: SpeakingStyle, noise: np.random.Generator) -> Samples:
        return self._stretch(SpokenPassage(text, "en", manner, 0), timbre, manner, noise).samples

    def _spoken(self, text: str, language: str, timbre: VoiceTimbre, manner: SpeakingStyle) -> Spoken:
        formant = timbre.formant * manner.formant
        tongue = manner.accent if manner.accent and language == "zh" else _LANGUAGES[language]
        variant = timbre.variant
        wanted = timbre.hertz * manner.pitch / formant
        if manner.whisper:
            variant = _WHISPERS["m" if timbre.hertz < 165 else "f"]
        # Resampling by the formant factor also changes the duration; the speaking rate compensates for it.
        words_per_minute = round(_WORDS_PER_MINUTE * timbre.rate * manner.rate / formant)
        return self._espeak.speak(
            Utterance(
                text,
                f"{tongue}+{variant}",
                pitch=wanted / timbre.own_pitch(tongue),
                spread=timbre.spread * manner.spread,
                words_per_minute=words_per_minute,
                word_gap=manner.gap,
            )
        )

    def _sung(self, line: singing.SungLine, timbre: VoiceTimbre, chance: random.Random) -> Piece:
        manner = SpeakingStyle(rate=0.9, spread=0.3)
        spoken = self._spoken(line.text, line.language, timbre, manner)
        sound = acoustics.resampled(spoken.samples, espeak.RATE * timbre.formant)
        words = _words(spoken, line.text, RATE / (espeak.RATE * timbre.formant), 0)
        sung = singing.sing(sound, [(word.frame, word.text) for word in words], line, timbre.hertz, chance)
        level = acoustics.limited(acoustics.levelled(sung.samples, _LEVEL))
        moved = tuple(Word(frame, word.text) for frame, word in zip(sung.starts, words, strict=True))
        return Piece(acoustics.faded(level), moved)


def _words(spoken: Spoken, text: str, stretch: float, cut: int) -> tuple[Word, ...]:
    """Split the text where words begin; punctuation and spaces stay with the preceding word."""
    starts = [(frame, position) for frame, position, _ in spoken.words if position < len(text)]
    if not starts:
        return (Word(0, text),)
    ends = [position for _, position in starts[1:]] + [len(text)]
    found = []
    for number, ((frame, position), end) in enumerate(zip(starts, ends, strict=True)):
        begin = 0 if number == 0 else position
        if end > begin:
            found.append(Word(max(round(frame * stretch) - cut, 0), text[begin:end]))
    return tuple(found)
