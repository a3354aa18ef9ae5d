"""Decibels are converted for numbers and arrays, with a floor."""

from __future__ import annotations

import numpy as np
import pytest

from app.audio.decibels import amplitude_to_db, db_to_amplitude, db_to_power, power_to_db


def test_conversions_are_inverse() -> None:
    levels = np.linspace(-90.0, 12.0, 50)
    assert amplitude_to_db(db_to_amplitude(levels), -120.0) == pytest.approx(levels)
    assert power_to_db(db_to_power(levels), -120.0) == pytest.approx(levels)
    assert db_to_amplitude(-20.0) == pytest.approx(0.1)
    assert db_to_power(-20.0) == pytest.approx(0.01)


def test_silence_is_at_the_floor() -> None:
    assert amplitude_to_db(0.0, -96.0) == pytest.approx(-96.0)
    assert power_to_db(np.zeros(3), -60.0) == pytest.approx(np.full(3, -60.0))
