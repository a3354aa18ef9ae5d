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
from app.demo.speech.style_lexicon import style_in
from app.demo.speech.synthesis_plan import parse
from app.demo.speech.synthesis_request import EncodedSpeech, Recognition, SynthesisRequest
from app.demo.speech.synthesiser import Synthesiser, Word

_MAX_CACHED_SAMPLES = 64
_FIRST_CJK = 0x2E80  # first code point of the scripts written without spaces
_SILENCE_PEAK = 0.003  # peak below which a recording counts as silent


class SpeechEngine:
    """The synthesiser, an index of the speech it has produced, and a cache of cloned voices.

    Raises:
        OSError, EspeakError: the synthesiser can't be loaded.
    """

    def __init__(self) -> None:
        self._synthesiser = Synthesiser()
        self._index = FingerprintIndex()
        self._timbres: OrderedDict[bytes, VoiceTimbre] = OrderedDict()

    def synthesise(self, request: SynthesisRequest) -> Iterator[Samples]:
        """Synthesise 24 kHz audio sentence by sentence. Speech that is generated to its end is added to the index.

        Raises:
            Refusal: the clone sample can't be decoded.
        """
        rng = random.Random()
        timbre, style = self._voice_of(request, rng)
        parts: list[Samples] = []
        words: list[Word] = []
        frames, limit = 0, round(request.max_seconds * RATE)
        plan = parse(request.text, style, can_sing=request.can_sing)
        for piece in self._synthesiser.synthesise(plan, timbre, rng):
            samples = piece.samples[: limit - frames]
            if words and piece.words:
                words[-1] = _separated(words[-1], piece.words[0].text)
            words.extend(Word(frames + word.frame, word.text) for word in piece.words if frames + word.frame < limit)
            parts.append(samples)
            frames += len(samples)
            yield samples
            if frames >= limit:
                break
        if parts:
            self._index.add(np.concatenate(parts), tuple(words))

    def encoded(self, parts: list[Samples], container: encode.Container) -> EncodedSpeech:
        samples = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return EncodedSpeech(encode.encode(samples, container), len(samples) / RATE)

    def recognise(self, file: bytes) -> Recognition:
        """Recognise speech that this engine has produced.

        Raises:
            LibsndfileError: the file can't be decoded.
        """
        samples, rate, _ = encode.decode(file)
        is_silent = not len(samples) or float(np.abs(samples).max()) < _SILENCE_PEAK
        text = None if is_silent else self._index.recognise(samples, rate)
        return Recognition(text, len(samples) / rate, is_silent)

    def _voice_of(self, request: SynthesisRequest, rng: random.Random) -> tuple[VoiceTimbre, SpeakingStyle]:
        if isinstance(request.voice, bytes):
            return self._cloned_timbre(request.voice), style_in(request.direction)
        if request.voice:
            return BUILT_IN[request.voice], style_in(request.direction)
        return design.voice(request.direction, rng)

    def _cloned_timbre(self, file: bytes) -> VoiceTimbre:
        key = blake2b(file).digest()
        if key not in self._timbres:
            try:
                self._timbres[key] = clone.timbre(clone.measure_file(file))
            except soundfile.LibsndfileError as error:
                raise incorrect("audio.voice could not be decoded as audio") from error
            while len(self._timbres) > _MAX_CACHED_SAMPLES:
                self._timbres.popitem(last=False)
        return self._timbres[key]


def _separated(word: Word, following: str) -> Word:
    """Append a space to the word if a new Latin word follows, or if it ends with a Latin punctuation mark."""
    end, begin = word.text[-1:], following[:1]
    if ord(end) >= _FIRST_CJK or end.isspace() or not begin.isalnum() or (ord(begin) >= _FIRST_CJK and end.isalnum()):
        return word
    return Word(word.frame, word.text + " ")
