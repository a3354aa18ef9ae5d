"""Spectral analysis of a whole sound: mains hum and bandwidth."""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from app.audio.decibels import db_to_power, power_to_db
from app.audio.resampling import resample
from app.core.units import seconds_to_frames

SIZE = 2048
BATCH_WINDOWS = 256
HUM_RATE = 2_000
HUM_WINDOW_SECONDS = 0.5
PAUSE_WINDOW_SECONDS = 0.2
MOMENT_SECONDS = 0.06
CONSTANT = db_to_power(-5)
"""Power of a line in the shortest windows relative to longer ones: above -3 dB for hum, below -8 dB for a voice."""
HUM_SECONDS = 2 * HUM_WINDOW_SECONDS
"""Shortest sound in which hum can be told."""
HARMONICS = 6
MAX_WINDOWS = 2000
STANDS_OUT_DB = 12.0
FLOOR_DB = -150.0
EDGE_DB = 40.0
REACH_DB = 70.0
FAINTEST_HUM_DB = -80.0
FAINTEST_LINE = db_to_power(-30)
"""Power of a line relative to the strongest below which it is leakage from another signal."""


class Hum(msgspec.Struct, frozen=True):
    """Mains hum.

    Attributes:
        frequency: 50 or 60 Hz.
        level: combined level of its harmonics in dBFS, ± 1.5 dB.
    """

    frequency: int
    level: float


class Spectrum:
    """The spectrum of a mono sound."""

    def __init__(self, mono: NDArray[np.float32], rate: int) -> None:
        self._mono = mono
        self._rate = rate

    def hum(self) -> Hum | None:
        """Detect constant lines at multiples of 50 or 60 Hz that stand out from the surrounding spectrum.

        The 5th percentile over time of each frequency is used, because hum is constant and speech is not. Lines of a
        steady voice can coincide with multiples, so either the fundamental must stand out, which no voice
        has that low, or three harmonics that are not all even, or a line that is as strong in the shortest windows:
        those of a voice are interrupted. Shorter windows find hum in short pauses.
        """
        slow = resample(self._mono[:, None], self._rate, HUM_RATE)[:, 0].astype(np.float64)
        if len(slow) < HUM_SECONDS * HUM_RATE:
            return None
        momentary = _lasting(slow, MOMENT_SECONDS)
        for seconds in (HUM_WINDOW_SECONDS, PAUSE_WINDOW_SECONDS):
            lasting = _lasting(slow, seconds)
            found = [hum for mains in (50, 60) if (hum := _lines(lasting, momentary, seconds, mains)) is not None]
            if found:
                return max(found, key=lambda hum: hum.level)
        return None

    def bandwidth(self) -> float:
        """The highest frequency, in Hz, that is 10 dB above the noise floor and within 70 dB of the loudest part."""
        power = self._long_term()
        if power.max() <= 0:
            return 0.0
        smooth = np.convolve(np.pad(power_to_db(power + 1e-15, FLOOR_DB), 2, "edge"), np.ones(5) / 5, "valid")
        floor = float(np.median(smooth[-len(smooth) // 16 :]))
        loudest = float(smooth.max())
        # If the spectrum does not drop to a floor at the top, the bandwidth is not limited.
        threshold = max(loudest - REACH_DB, floor + 10 if floor < loudest - EDGE_DB else floor - 10)
        above = np.flatnonzero(smooth >= threshold)
        return float(min((above[-1] + 0.5) * self._rate / SIZE, self._rate / 2))

    def _long_term(self) -> NDArray[np.float64]:
        """The mean power per bin over the louder half of the windows."""
        mono = self._mono if len(self._mono) >= SIZE else np.pad(self._mono, (0, SIZE - len(self._mono)))
        windows = sliding_window_view(mono, SIZE)[:: SIZE // 2]
        loudness = np.concatenate(
            [np.square(windows[at : at + BATCH_WINDOWS]).sum(axis=1) for at in range(0, len(windows), BATCH_WINDOWS)]
        )
        loud = np.flatnonzero(loudness >= np.median(loudness))
        shape = np.hanning(SIZE).astype(np.float32)
        total = np.zeros(SIZE // 2 + 1)
        for first in range(0, len(loud), BATCH_WINDOWS):
            chosen = windows[loud[first : first + BATCH_WINDOWS]] * shape
            total += np.square(np.abs(np.fft.rfft(chosen, axis=1))).sum(axis=0)
        return np.asarray(total / len(loud) / np.square(shape.sum() / 2) / 2)


def _lasting(slow: NDArray[np.float64], seconds: float) -> NDArray[np.float64]:
    """The 5th percentile over time of the power per bin, in windows of `seconds`."""
    length = seconds_to_frames(seconds, HUM_RATE)
    window = np.hanning(length)
    moments = sliding_window_view(slow, length)[:: max(length // 5, len(slow) // MAX_WINDOWS)]
    power = np.square(np.abs(np.fft.rfft(moments * window, axis=1))) / np.square(window.sum() / 2) / 2
    return np.asarray(np.percentile(power, 5, axis=0))


def _lines(power: NDArray[np.float64], momentary: NDArray[np.float64], seconds: float, frequency: int) -> Hum | None:
    """Find hum of one mains frequency in the lasting power per bin, of windows of `seconds` and of the shortest."""
    lines: list[tuple[int, float]] = []
    constant: list[float] = []
    far = 5 if seconds == HUM_WINDOW_SECONDS else 4
    for multiple in range(1, HARMONICS + 1):
        line = round(frequency * multiple * seconds)
        at = float(power[line - 1 : line + 2].max())
        surroundings = float(np.median(np.r_[power[line - far : line - 2], power[line + 3 : line + far + 1]]))
        if power_to_db((at + 1e-15) / (surroundings + 1e-15), FLOOR_DB) >= STANDS_OUT_DB:
            lines.append((multiple, at))
            moment = round(frequency * multiple * MOMENT_SECONDS)
            if momentary[moment - 1 : moment + 2].max() >= at * CONSTANT:
                constant.append(at)
    strongest = max((at for _, at in lines), default=0.0)
    multiples = [multiple for multiple, at in lines if at > strongest * FAINTEST_LINE]
    odd = any(multiple % 2 for multiple in multiples)
    enough = seconds == HUM_WINDOW_SECONDS and (1 in multiples or (len(multiples) >= 3 and odd))
    level = power_to_db(sum((at for _, at in lines) if enough else constant) + 1e-15, FLOOR_DB)
    return Hum(frequency, level) if (enough or constant) and level > FAINTEST_HUM_DB else None
