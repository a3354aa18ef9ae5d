"""Which stretch of a recording becomes the clone sample."""

from __future__ import annotations

import numpy as np
import pytest

from app.composition.audio_adapter import audio
from app.services.speech.kept_stretch import EDGE_SECONDS, MAX_SECONDS, Phrase, best_stretch, phrases_of

RATE = 1_000


def phrases(*spans: tuple[float, float], clipped: tuple[int, ...] = ()) -> list[Phrase]:
    """Phrases from spans in seconds."""
    return [Phrase(round(start * RATE), round(stop * RATE), at in clipped) for at, (start, stop) in enumerate(spans)]


@pytest.mark.parametrize(
    ("found", "seconds", "abrupt", "start", "stop"),
    [
        # All of it, without the silence at its ends.
        (phrases((0.5, 3), (3.4, 8)), 9, False, 0.5, 8),
        # The last phrase was cut off, and enough is left without it.
        (phrases((0.2, 4), (4.4, 6)), 6, True, 0.2, 4),
        # It was cut off, but too little would be left.
        (phrases((0.2, 2), (2.4, 4)), 4, True, 0.2, 4),
        # Flat tops cost more than the speech is worth.
        (phrases((0, 4), (4.3, 9), (9.3, 10), clipped=(2,)), 10, False, 0, 9),
        # A long pause is not worth the word behind it.
        (phrases((0, 5), (9, 9.4)), 10, False, 0, 5),
        # No more than the limit, at a silence.
        (phrases((0, 14), (14.5, 29), (29.5, 44)), 45, False, 14.5, 44),
        # Too short to be choosy.
        (phrases((0.1, 1)), 1.2, False, 0.1, 1),
    ],
    ids=["whole", "cut off", "cut off and short", "clipped", "long pause", "limit", "short"],
)  # fmt: skip
def test_the_best_stretch(found: list[Phrase], seconds: float, abrupt: bool, start: float, stop: float) -> None:
    stretch = best_stretch(found, round(seconds * RATE), RATE, ends_abruptly=abrupt)
    assert stretch.start == pytest.approx(max(0, (start - EDGE_SECONDS) * RATE), abs=1)
    assert stretch.stop == pytest.approx(min(seconds, stop + EDGE_SECONDS) * RATE, abs=1)
    assert 0 <= stretch.start < stretch.stop <= seconds * RATE and stretch.seconds <= MAX_SECONDS


def test_a_sound_without_speech_is_taken_up_to_the_limit() -> None:
    assert best_stretch([], 45 * RATE, RATE)[:2] == (0, 30 * RATE)
    one = best_stretch(phrases((1, 50)), 50 * RATE, RATE)
    assert one.seconds == MAX_SECONDS and one.start == round((1 - EDGE_SECONDS) * RATE)


def test_phrases_are_found_between_silences() -> None:
    rate = 24_000
    rng = np.random.default_rng(3)
    time = np.arange(2 * rate) / rate
    beat = 0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)
    voice = beat * sum(np.sin(2 * np.pi * 120 * k * time) / k for k in range(1, 20))
    speech = (0.1 * voice).astype(np.float32)
    gap = (1e-4 * rng.standard_normal(rate // 2)).astype(np.float32)
    loud = np.clip(20 * speech, -0.5, 0.5)
    parts = audio()
    sound = parts.make_sound(np.concatenate([gap, speech, gap, loud, gap])[:, None], rate)
    found = phrases_of(parts.analyse(sound.samples, sound.rate), sound, parts)
    assert [(round(one.start / rate, 1), round(one.stop / rate, 1)) for one in found] == [(0.5, 2.5), (3.0, 5.0)]
    assert [one.is_clipped for one in found] == [False, True]
