"""Everything that makes and recognises sound, for one thread. Importing this loads the speech libraries."""

from __future__ import annotations

import itertools
import random
from collections import OrderedDict
from collections.abc import Iterator
from hashlib import blake2b

import numpy as np
import soundfile

from app.demo.errors import incorrect
from app.demo.speech import clone, design, encode
from app.demo.speech.acoustics import RATE, Samples
from app.demo.speech.line import Line, Recognised, Sound
from app.demo.speech.manner import BUILT_IN, Manner, Timbre
from app.demo.speech.memory import Memory
from app.demo.speech.score import read
from app.demo.speech.voice import Performer, Word
from app.demo.speech.words import manner_in

_KNOWN_SAMPLES = 64
_SILENT = 0.003  # peak below which a recording holds nothing


class Troupe:
    """The performer, what it has spoken, and the samples it has listened to.

    Raises:
        OSError, EspeakError: the synthesiser cannot be loaded.
    """

    def __init__(self) -> None:
        self._performer = Performer()
        self._memory = Memory()
        self._timbres: OrderedDict[bytes, Timbre] = OrderedDict()

    def perform(self, line: Line) -> Iterator[Samples]:
        """Sound at 24 kHz, sentence by sentence. A performance that was heard to its end is remembered.

        Raises:
            Refusal: the clone sample is no sound.
        """
        chance = random.Random()
        timbre, manner = self._part(line, chance)
        parts: list[Samples] = []
        words: list[Word] = []
        frames, limit = 0, round(line.seconds * RATE)
        for piece in self._performer.perform(read(line.text, manner), timbre, chance):
            samples = piece.samples[: limit - frames]
            words.extend(Word(frames + word.frame, word.text) for word in piece.words if frames + word.frame < limit)
            parts.append(samples)
            frames += len(samples)
            yield samples
            if frames >= limit:
                break
        if parts:
            self._memory.remember(np.concatenate(parts), _spaced(words))

    def sound(self, parts: list[Samples], container: encode.Container) -> Sound:
        whole = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return Sound(encode.encode(whole, container), len(whole) / RATE)

    def recognise(self, file: bytes) -> Recognised:
        """Raises:
        LibsndfileError: the file is no sound.
        """
        samples, rate, _ = encode.decode(file)
        silent = not len(samples) or float(np.abs(samples).max()) < _SILENT
        words = None if silent else self._memory.words_in(samples, rate)
        return Recognised(words, len(samples) / rate, silent)

    def _part(self, line: Line, chance: random.Random) -> tuple[Timbre, Manner]:
        if isinstance(line.voice, bytes):
            return self._likeness(line.voice), manner_in(line.direction)
        if line.voice:
            return BUILT_IN[line.voice], manner_in(line.direction)
        return design.voice(line.direction, chance)

    def _likeness(self, file: bytes) -> Timbre:
        key = blake2b(file).digest()
        if key not in self._timbres:
            try:
                self._timbres[key] = clone.timbre(clone.likeness(file))
            except soundfile.LibsndfileError as error:
                raise incorrect("audio.voice could not be decoded as audio") from error
            while len(self._timbres) > _KNOWN_SAMPLES:
                self._timbres.popitem(last=False)
        return self._timbres[key]


def _spaced(words: list[Word]) -> tuple[Word, ...]:
    """With a blank where a Latin word follows another from an earlier piece."""
    spaced = list(words)
    for number, (word, following) in enumerate(itertools.pairwise(words)):
        if word.text[-1:].isascii() and not word.text[-1:].isspace() and following.text[:1].isascii():
            spaced[number] = Word(word.frame, word.text + " ")
    return tuple(spaced)
