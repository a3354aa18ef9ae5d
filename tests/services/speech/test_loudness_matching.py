"""The gain of a take that is still arriving, before anything is known of its own loudness."""

from __future__ import annotations

import math

import pytest

from app.core.takes import Take, VoiceSnapshot
from app.services.speech.loudness_matching import (
    MAX_GAIN_DB,
    MAX_MODELS,
    MAX_USUAL_GAIN_DB,
    TARGET_LUFS,
    estimated_gain,
    matching,
    with_gain_of,
)

MIA, MILO = (VoiceSnapshot("builtin", name, name) for name in ("Mia", "Milo"))
MODEL = "mimo-v2.5-tts-voiceclone"
NEW = Take("new", MIA, model=MODEL)


def finished(loudness: float | None, voice: VoiceSnapshot = MIA, model: str = MODEL) -> Take:
    return Take("done", voice, model=model, loudness=loudness, true_peak=-30.0)


def test_other_takes_say_more_than_the_model() -> None:
    usual = {MODEL: 3.0}
    assert estimated_gain(NEW, [finished(-25.0)], usual) == pytest.approx(4.0)
    assert estimated_gain(NEW, [finished(-25.0, MILO), NEW], usual) == pytest.approx(4.0)
    assert estimated_gain(NEW, [finished(None)], usual) == pytest.approx(3.0)


def test_the_first_take_of_all_gets_what_its_model_usually_needs() -> None:
    assert estimated_gain(NEW, (), {}) == 0.0
    usual = with_gain_of(finished(-34.0), {})
    assert estimated_gain(NEW, (), usual) == pytest.approx(13.0)
    usual = with_gain_of(finished(-24.0), usual)
    assert estimated_gain(NEW, (), usual) == pytest.approx(10.0), "the latest counts for a third"
    assert estimated_gain(Take("new", MIA, model="other"), (), usual) == 0.0


def test_what_is_stored_is_bounded() -> None:
    usual: dict[str, float] = {}
    for number in range(MAX_MODELS + 5):
        usual = with_gain_of(finished(-25.0, model=f"model-{number}"), usual)
    assert len(usual) == MAX_MODELS and "model-0" not in usual
    assert with_gain_of(finished(None), usual) == usual
    for absurd in (1e300, -math.inf, math.nan):
        assert abs(estimated_gain(NEW, (), {MODEL: absurd})) <= MAX_USUAL_GAIN_DB
    assert with_gain_of(finished(-25.0), {MODEL: math.nan})[MODEL] == pytest.approx(4.0)


def test_the_gain_has_a_limit_and_silence_has_none() -> None:
    """What is next to silent is not pulled up to full level, nor do all others come down for its noise."""
    usual = Take("usual", MIA, loudness=-24.0, true_peak=-9.0)
    faint = Take("faint", MIA, loudness=-69.5, true_peak=-30.0)
    silent = Take("silent", MIA, loudness=None, true_peak=-120.0)
    absurd = Take("absurd", MIA, loudness=-1e300, true_peak=-1e300)
    found = matching([usual, faint, silent, absurd])
    assert found.gains == {"usual": TARGET_LUFS + 24.0, "faint": MAX_GAIN_DB, "absurd": MAX_GAIN_DB}
    assert found.limited == ("faint", "absurd") and found.lowered == 0.0
