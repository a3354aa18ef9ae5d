"""What the spectrum of a whole sound tells: mains hum and bandwidth."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from app.audio.rates import resample

SIZE = 2048
TOGETHER = 256
HUM_RATE = 2_000
HUM_SECONDS = 1.0
STANDS_OUT_DB = 12.0
EDGE_DB = 25.0


class Hum(msgspec.Struct, frozen=True):
    """Mains hum.

    Attributes:
        frequency: 50 or 60 Hz.
        level: dBFS of its harmonics together, ± 1.5 dB.
    """

    frequency: int
    level: float


class Spectrum:
    """Of a mono sound."""

    def __init__(self, mono: NDArray[np.float32], rate: int) -> None:
        self._mono = mono
        self._rate = rate

    def hum(self) -> Hum | None:
        """Lines at 50 or 60 Hz and their multiples that stand out of the quiet part of the spectrum around them.

        The quietest fifth of 1 s windows is looked at: a voice comes and goes, hum stays.
        """
        slow = resample(self._mono[:, None], self._rate, HUM_RATE)[:, 0].astype(np.float64)
        length = round(HUM_SECONDS * HUM_RATE)
        if len(slow) < length:
            return None
        window = np.hanning(length)
        pieces = sliding_window_view(slow, length)[:: length // 4]
        power = np.square(np.abs(np.fft.rfft(pieces * window, axis=1))) / np.square(window.sum() / 2) / 2
        quiet = np.percentile(power, 20, axis=0)
        best: Hum | None = None
        for frequency in (50, 60):
            lines = [frequency * multiple for multiple in (1, 2, 3, 4, 5, 6)]
            found = [float(quiet[line - 1 : line + 2].max()) for line in lines]
            around = [float(np.median(np.r_[quiet[line - 8 : line - 3], quiet[line + 4 : line + 9]])) for line in lines]
            out = [10 * np.log10((line + 1e-15) / (floor + 1e-15)) for line, floor in zip(found, around, strict=True)]
            # One line may be a voice that holds a tone; two are the mains.
            standing = [line for line, by in zip(found, out, strict=True) if by >= STANDS_OUT_DB]
            level = 10 * np.log10(sum(standing) + 1e-15)
            if len(standing) >= 2 and level > -80 and (best is None or level > best.level):
                best = Hum(frequency, float(level))
        return best

    def bandwidth(self) -> float:
        """Hz: where the long-term spectrum falls for good, by 25 dB within an octave's tenth or to the floor."""
        power = self._long_term()
        if power.max() <= 0:
            return 0.0
        levels = 10 * np.log10(power + 1e-14)
        smooth = np.convolve(levels, np.ones(5) / 5, "same")
        frequencies = np.arange(len(levels)) * self._rate / SIZE
        floor = max(float(np.percentile(smooth[-len(smooth) // 16 :], 50)), -120.0)
        loudest = float(smooth.max())
        # Without a floor of its own the sound reaches to the top.
        threshold = max(loudest - 80, floor + 10) if floor < loudest - EDGE_DB else floor - 1
        above = np.flatnonzero(smooth >= threshold)
        return float(min(frequencies[above[-1]], self._rate / 2)) if len(above) else 0.0

    def _long_term(self) -> NDArray[np.float64]:
        """Mean power of the loud half of the windows, per bin."""
        mono = self._mono if len(self._mono) >= SIZE else np.pad(self._mono, (0, SIZE - len(self._mono)))
        windows = sliding_window_view(mono, SIZE)[:: SIZE // 2]
        loudness = np.array([float(np.dot(window, window)) for window in windows])
        loud = np.flatnonzero(loudness >= np.median(loudness))
        shape = np.hanning(SIZE)
        total = np.zeros(SIZE // 2 + 1)
        for first in range(0, len(loud), TOGETHER):
            chosen = windows[loud[first : first + TOGETHER]] * shape
            total += np.square(np.abs(np.fft.rfft(chosen, axis=1))).sum(axis=0)
        return np.asarray(total / len(loud) / np.square(shape.sum() / 2) / 2)
