"""Synthesises and recognises speech. Not thread-safe. Importing this module loads the speech libraries."""

from __future__ import annotations

import random
from collections import OrderedDict
from collections.abc import Iterator
from hashlib import blake2b

import numpy as np
import soundfile

from app.demo.errors import incorrect
from app.demo.speech import clone, design, encode
from app.demo.speech.acoustics import RATE, Samples
from app.demo.speech.fingerprint_index import FingerprintIndex
from app.demo.speech.speaking_style import BUILT_IN, SpeakingStyle, VoiceTimbre
from app.demo.speech.style_lexicon import manner_in
from app.demo.speech.synthesis_plan import read
from app.demo.speech.synthesis_request import Recognised, Sound, SynthesisRequest
from app.demo.speech.voice import Performer, Word

_KNOWN_SAMPLES = 64
_CJK = 0x2E80  # first code point of the scripts written without spaces
_SILENT = 0.003  # peak below which a recording counts as silent


class SpeechEngine:
    """The synthesiser, an index of the speech it has produced, and a cache of cloned voices.

    Raises:
        OSError, EspeakError: the synthesiser can't be loaded.
    """

    def __init__(self) -> None:
        self._performer = Performer()
        self._memory = FingerprintIndex()
        self._timbres: OrderedDict[bytes, VoiceTimbre] = OrderedDict()

    def perform(self, line: SynthesisRequest) -> Iterator[Samples]:
        """Synthesise 24 kHz audio sentence by sentence. Speech that is generated to its end is added to the index.

        Raises:
            Refusal: the clone sample can't be decoded.
        """
        chance = random.Random()
        timbre, manner = self._part(line, chance)
        parts: list[Samples] = []
        words: list[Word] = []
        frames, limit = 0, round(line.seconds * RATE)
        score = read(line.text, manner, sings=line.sings, elements=line.elements)
        for piece in self._performer.perform(score, timbre, chance):
            samples = piece.samples[: limit - frames]
            if words and piece.words:
                words[-1] = _apart(words[-1], piece.words[0].text)
            words.extend(Word(frames + word.frame, word.text) for word in piece.words if frames + word.frame < limit)
            parts.append(samples)
            frames += len(samples)
            yield samples
            if frames >= limit:
                break
        if parts:
            self._memory.remember(np.concatenate(parts), tuple(words))

    def sound(self, parts: list[Samples], container: encode.Container) -> Sound:
        whole = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return Sound(encode.encode(whole, container), len(whole) / RATE)

    def recognise(self, file: bytes) -> Recognised:
        """Recognise speech that this engine has produced.

        Raises:
            LibsndfileError: the file can't be decoded.
        """
        samples, rate, _ = encode.decode(file)
        silent = not len(samples) or float(np.abs(samples).max()) < _SILENT
        words = None if silent else self._memory.words_in(samples, rate)
        return Recognised(words, len(samples) / rate, silent)

    def _part(self, line: SynthesisRequest, chance: random.Random) -> tuple[VoiceTimbre, SpeakingStyle]:
        if isinstance(line.voice, bytes):
            return self._likeness(line.voice), manner_in(line.direction)
        if line.voice:
            return BUILT_IN[line.voice], manner_in(line.direction)
        return design.voice(line.direction, chance)

    def _likeness(self, file: bytes) -> VoiceTimbre:
        key = blake2b(file).digest()
        if key not in self._timbres:
            try:
                self._timbres[key] = clone.timbre(clone.likeness(file))
            except soundfile.LibsndfileError as error:
                raise incorrect("audio.voice could not be decoded as audio") from error
            while len(self._timbres) > _KNOWN_SAMPLES:
                self._timbres.popitem(last=False)
        return self._timbres[key]


def _apart(word: Word, following: str) -> Word:
    """Append a space to the word if a new Latin word follows, or if it ends with a Latin punctuation mark."""
    end, begin = word.text[-1:], following[:1]
    if ord(end) >= _CJK or end.isspace() or not begin.isalnum() or (ord(begin) >= _CJK and end.isalnum()):
        return word
    return Word(word.frame, word.text + " ")
