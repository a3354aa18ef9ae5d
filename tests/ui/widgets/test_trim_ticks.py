"""The times along the waveform of a sample."""

from __future__ import annotations

import pytest

from app.ui.widgets.trim_waveform import tick_text


@pytest.mark.parametrize("step", [10, 20, 50, 100, 500, 1_000])
def test_neighbouring_marks_have_different_times(step: int) -> None:
    texts = [tick_text(mark * step, step) for mark in range(1, 20)]
    assert len(set(texts)) == len(texts)


def test_times_have_no_more_digits_than_they_need() -> None:
    assert (tick_text(61_000, 1_000), tick_text(1_500, 500), tick_text(61_050, 50)) == ("1:01", "0:01.5", "1:01.05")
