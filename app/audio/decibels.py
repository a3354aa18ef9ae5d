"""Conversion between decibels and amplitude or power, for numbers and for arrays.

An amplitude or power of 1 is 0 dB. Results below `floor_db`, including minus infinity, are raised to it.
"""

from __future__ import annotations

from typing import overload

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.float64]


@overload
def db_to_amplitude(db: float) -> float: ...
@overload
def db_to_amplitude(db: Levels) -> Levels: ...
def db_to_amplitude(db: float | Levels) -> float | Levels:
    """The amplitude factor of a level."""
    return 10 ** (db / 20)


@overload
def db_to_power(db: float) -> float: ...
@overload
def db_to_power(db: Levels) -> Levels: ...
def db_to_power(db: float | Levels) -> float | Levels:
    """The power factor of a level."""
    return 10 ** (db / 10)


@overload
def amplitude_to_db(amplitude: float, floor_db: float) -> float: ...
@overload
def amplitude_to_db(amplitude: Levels, floor_db: float) -> Levels: ...
def amplitude_to_db(amplitude: float | Levels, floor_db: float) -> float | Levels:
    """The level of an amplitude, at least `floor_db`."""
    level = 20 * np.log10(np.maximum(amplitude, db_to_amplitude(floor_db)))
    return np.asarray(level) if isinstance(amplitude, np.ndarray) else float(level)


@overload
def power_to_db(power: float, floor_db: float) -> float: ...
@overload
def power_to_db(power: Levels, floor_db: float) -> Levels: ...
def power_to_db(power: float | Levels, floor_db: float) -> float | Levels:
    """The level of a power (a mean square), at least `floor_db`."""
    level = 10 * np.log10(np.maximum(power, db_to_power(floor_db)))
    return np.asarray(level) if isinstance(power, np.ndarray) else float(level)
