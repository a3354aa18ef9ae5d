"""Splittinging, and non-destructive edits."""

from __future__ import annotations

import numpy as np
import pytest

from app.audio.editing import Level, Mono, Rate, Trim, cut_at_silences, edited, spoken_span
from app.audio.files import Sound
from app.audio.loudness import measure
from app.core.errors import AudioError, Code
from tests.audio.signals import noise
from tests.audio.speech import phrase, silence

RATE = 24_000


def test_splits_are_in_pauses_and_cover_the_sound() -> None:
    sound = np.concatenate([part for _ in range(6) for part in (phrase(syllables=8), silence(0.4))])[:, None]
    spans = cut_at_silences(sound, RATE, longest=6.0)
    assert [span.start for span in spans[1:]] == [span.stop for span in spans[:-1]]
    assert (spans[0].start, spans[-1].stop) == (0, len(sound))
    assert all(span.stop - span.start <= 6 * RATE for span in spans)
    for span in spans[1:]:
        assert not sound[span.start - 2_400 : span.start + 2_400].any()


def test_a_sound_without_pauses_is_split_too() -> None:
    spans = cut_at_silences(noise(10, RATE)[:, None], RATE, longest=3.0)
    assert all(span.stop - span.start <= 3 * RATE for span in spans) and len(spans) >= 4


def test_edits_leave_the_original_unchanged_and_have_a_fixed_order() -> None:
    samples = np.stack([phrase(), phrase(pitch=200)], axis=1)
    original, kept = Sound(samples, RATE), samples.copy()
    changed = edited(original, (Level(-23.0), Rate(48_000), Mono(), Trim(RATE, 2 * RATE)))
    assert (changed.rate, changed.channels) == (48_000, 1) and changed.seconds == pytest.approx(1.0, abs=1e-3)
    assert measure(changed.samples, changed.rate).integrated == pytest.approx(-23, abs=0.1)
    assert np.array_equal(original.samples, kept) and edited(original, ()) is original


def test_a_level_never_passes_the_ceiling() -> None:
    loud = edited(Sound(phrase()[:, None], RATE), (Level(-3.0),))
    assert measure(loud.samples, RATE).true_peak == pytest.approx(-1.0, abs=0.05)


def test_a_trim_that_leaves_nothing_is_refused() -> None:
    with pytest.raises(AudioError) as caught:
        edited(Sound(phrase()[:, None], RATE), (Trim(500, 500),))
    assert caught.value.code is Code.SOUND_EMPTY


def test_the_spoken_span_keeps_a_margin() -> None:
    sound = np.concatenate([silence(1.0), phrase(), silence(0.7)])
    span = spoken_span(Sound(sound[:, None], RATE))
    assert span.start / RATE == pytest.approx(0.9, abs=0.03)
    assert span.stop / RATE == pytest.approx(4.1, abs=0.03)
