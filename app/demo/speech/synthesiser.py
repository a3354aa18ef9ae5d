"""Synthesises a plan with eSpeak NG and shapes the audio by timbre and style."""

from __future__ import annotations

import random
from collections.abc import Iterator

import msgspec
import numpy as np

from app.demo.speech import acoustics, espeak, singing, sounds
from app.demo.speech.acoustics import RATE, Samples
from app.demo.speech.espeak import Espeak, EspeakAudio, Utterance
from app.demo.speech.speaking_style import PLAIN, SpeakingStyle, VoiceTimbre
from app.demo.speech.synthesis_plan import Silence, SoundEffect, SpokenPassage, SynthesisPlan

_WORDS_PER_MINUTE = 168
_RMS_LEVEL = 0.13  # RMS of voiced sound
_LANGUAGES = {"en": "en-us", "zh": "cmn"}
_GAP_SECONDS = 0.09  # after each passage and sound effect
_WHISPERS = {"f": "whisperf", "m": "whisper"}


class Word(msgspec.Struct, frozen=True):
    """A word with adjacent punctuation and spaces, and the frame (at `RATE`) where it begins."""

    frame: int
    text: str


class AudioPiece(msgspec.Struct, frozen=True):
    """Audio at `RATE` and its words, with frames counted from the start of the piece."""

    samples: Samples
    words: tuple[Word, ...] = ()


class Synthesiser:
    """Synthesises plans. Must be used from one thread only, as eSpeak NG requires."""

    def __init__(self) -> None:
        self._espeak = Espeak()

    def synthesise(self, plan: SynthesisPlan, timbre: VoiceTimbre, rng: random.Random) -> Iterator[AudioPiece]:
        """Synthesise the pieces in order, one per passage or sound effect, each time slightly different."""
        noise = np.random.default_rng(rng.getrandbits(32))
        variation = PLAIN.varied(rng)
        if plan.is_sung:
            for line in singing.lines(plan.text):
                yield self._sing_line(line, timbre, rng)
            return
        for item in plan.items:
            match item:
                case Silence():
                    yield AudioPiece(acoustics.silence(item.seconds))
                case SoundEffect():
                    sound = sounds.synthesise(
                        item.kind, item.style, lambda text, style: self._syllables(text, timbre, style, noise), noise
                    )
                    yield AudioPiece(np.concatenate([acoustics.limited(sound), acoustics.silence(_GAP_SECONDS)]))
                case SpokenPassage():
                    yield self._passage_piece(item, timbre, item.style.combined_with(variation.varied(rng)), noise)

    def _passage_piece(
        self, item: SpokenPassage, timbre: VoiceTimbre, style: SpeakingStyle, noise: np.random.Generator
    ) -> AudioPiece:
        formant = timbre.formant * style.formant
        spoken = self._speak(item.text, item.language, timbre, style)
        sound = acoustics.resampled(spoken.samples, espeak.RATE * formant)
        sound, cut = acoustics.trimmed(sound)
        sound = acoustics.levelled(sound, _RMS_LEVEL)
        if not style.whisper:
            sound = acoustics.breathy(sound, timbre.breath + style.breath, noise)
            sound = acoustics.husky(sound, timbre.husky + style.husky, noise)
        sound = acoustics.trembling(sound, style.tremble)
        sound = acoustics.tilted(sound, timbre.tilt + style.tilt)
        sound = acoustics.louder(sound, style.level - (5 if style.whisper else 0))
        gap = _GAP_SECONDS + (0.16 if item.text[-1:] in "。！？.!?；;" else 0.0)
        padded = np.concatenate([acoustics.faded(acoustics.limited(sound)), acoustics.silence(gap / style.rate)])
        return AudioPiece(padded, _words(spoken, item.text, RATE / (espeak.RATE * formant), cut))

    def _syllables(self, text: str, timbre: VoiceTimbre, style: SpeakingStyle, noise: np.random.Generator) -> Samples:
        return self._passage_piece(SpokenPassage(text, "en", style, 0), timbre, style, noise).samples

    def _speak(self, text: str, language: str, timbre: VoiceTimbre, style: SpeakingStyle) -> EspeakAudio:
        formant = timbre.formant * style.formant
        language_voice = style.accent if style.accent and language == "zh" else _LANGUAGES[language]
        variant = timbre.variant
        pitch_hz = timbre.pitch_hz * style.pitch / formant
        if style.whisper:
            variant = _WHISPERS["m" if timbre.pitch_hz < 165 else "f"]
        # Resampling by the formant factor also changes the duration; the speaking rate compensates for it.
        words_per_minute = round(_WORDS_PER_MINUTE * timbre.rate * style.rate / formant)
        return self._espeak.speak(
            Utterance(
                text,
                f"{language_voice}+{variant}",
                pitch=pitch_hz / timbre.natural_pitch_hz(language_voice),
                spread=timbre.spread * style.spread,
                words_per_minute=words_per_minute,
                word_gap=style.gap,
            )
        )

    def _sing_line(self, line: singing.SungLine, timbre: VoiceTimbre, rng: random.Random) -> AudioPiece:
        style = SpeakingStyle(rate=0.9, spread=0.3)
        spoken = self._speak(line.text, line.language, timbre, style)
        sound = acoustics.resampled(spoken.samples, espeak.RATE * timbre.formant)
        words = _words(spoken, line.text, RATE / (espeak.RATE * timbre.formant), 0)
        sung = singing.sing(sound, [(word.frame, word.text) for word in words], line, timbre.pitch_hz, rng)
        levelled = acoustics.limited(acoustics.levelled(sung.samples, _RMS_LEVEL))
        sung_words = tuple(Word(frame, word.text) for frame, word in zip(sung.starts, words, strict=True))
        return AudioPiece(acoustics.faded(levelled), sung_words)


def _words(spoken: EspeakAudio, text: str, frame_factor: float, cut: int) -> tuple[Word, ...]:
    """Split the text where words begin; punctuation and spaces stay with the preceding word."""
    starts = [(frame, position) for frame, position, _ in spoken.words if position < len(text)]
    if not starts:
        return (Word(0, text),)
    ends = [position for _, position in starts[1:]] + [len(text)]
    words = []
    for number, ((frame, position), end) in enumerate(zip(starts, ends, strict=True)):
        begin = 0 if number == 0 else position
        if end > begin:
            words.append(Word(max(round(frame * frame_factor) - cut, 0), text[begin:end]))
    return tuple(words)
