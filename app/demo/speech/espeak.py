"""ctypes binding of eSpeak NG. The library has global state: it must only be used by one thread at a time."""

from __future__ import annotations

import ctypes
import math
from typing import Any

import espeakng_loader
import msgspec
import numpy as np
from numpy.typing import NDArray

RATE = 22_050  # frames per second that the library produces with all voices used here

_RETRIEVAL = 1
_DONT_EXIT = 0x8000
_UTF8 = 1
_WORD = 1
_LIST_END = 0
_RATE, _VOLUME, _PITCH, _RANGE, _WORDGAP = 1, 2, 3, 4, 7

Samples = NDArray[np.float32]


class EspeakError(RuntimeError):
    """A call to the library failed; the message contains its status code."""


class Utterance(msgspec.Struct, frozen=True):
    """Text to speak and how to speak it.

    Attributes:
        voice: language and optional variant: `en-us+f3`, `cmn`.
        pitch: factor of the voice's natural pitch, 0.65 to 1.68.
        spread: factor of the voice's natural pitch range, 0 to 2.
        words_per_minute: 80 to 900.
        word_gap: extra silence between words, in units of 10 ms.
    """

    text: str
    voice: str
    pitch: float = 1.0
    spread: float = 1.0
    words_per_minute: int = 170
    word_gap: int = 0


class EspeakAudio(msgspec.Struct, frozen=True):
    """Mono audio at `RATE` within [-1, 1], and the start of each word.

    Attributes:
        words: (first frame, first character, number of characters) of every word, in order.
    """

    samples: Samples
    words: tuple[tuple[int, int, int], ...]


class _EventId(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Espeak:
    """The loaded library.

    Raises:
        EspeakError: initialisation or synthesis failed, or a voice is missing.
    """

    def __init__(self) -> None:
        self._library: Any = ctypes.CDLL(espeakng_loader.get_library_path())
        path = espeakng_loader.get_data_path().encode()
        if (rate := self._library.espeak_Initialize(_RETRIEVAL, 200, path, _DONT_EXIT)) != RATE:
            raise EspeakError(f"espeak_Initialize gave {rate}")
        self._callback = _Callback(self._on_audio)  # a reference is needed: the library only has a raw pointer
        self._library.espeak_SetSynthCallback(self._callback)
        self._voice = ""
        self._blocks: list[NDArray[np.int16]] = []
        self._words: list[tuple[int, int, int]] = []

    def speak(self, utterance: Utterance) -> EspeakAudio:
        """Synthesise at about 500 times real time. The GIL is released meanwhile."""
        if utterance.voice != self._voice:
            self._check(self._library.espeak_SetVoiceByName(utterance.voice.encode()))
            self._voice = utterance.voice
        self._set(_RATE, min(max(utterance.words_per_minute, 80), 900))
        self._set(_PITCH, _pitch_setting(utterance.pitch))
        self._set(_RANGE, min(max(round(50 * utterance.spread), 0), 99))
        self._set(_WORDGAP, utterance.word_gap)
        self._set(_VOLUME, 100)
        self._blocks, self._words = [], []
        text = utterance.text.encode()
        self._check(self._library.espeak_Synth(text, len(text) + 1, 0, 1, 0, _UTF8, None, None))
        self._check(self._library.espeak_Synchronize())
        samples = np.concatenate(self._blocks) if self._blocks else np.zeros(0, np.int16)
        return EspeakAudio(samples.astype(np.float32) / np.float32(32_768), tuple(self._words))

    def _on_audio(self, wave: Any, frames: int, events: Any) -> int:
        if wave and frames > 0:
            self._blocks.append(np.ctypeslib.as_array(wave, (frames,)).copy())
        index = 0
        while (event := events[index]).type != _LIST_END:
            if event.type == _WORD:
                self._words.append((event.sample, event.text_position - 1, event.length))
            index += 1
        return 0

    def _set(self, parameter: int, value: int) -> None:
        self._check(self._library.espeak_SetParameter(parameter, value, 0))

    def _check(self, status: int) -> None:
        if status != 0:
            raise EspeakError(f"eSpeak NG status {status}")


def _pitch_setting(ratio: float) -> int:
    """Pitch setting, 0 to 99. As measured, setting p results in a factor of 0.29 + 0.71 · 2^((p - 50) / 50)."""
    octaves = math.log2(max((ratio - 0.29) / 0.71, 0.5))
    return min(round(50 + 50 * octaves), 99)
