"""Non-destructive editing of sounds: trim, level, mix down, resample, split and join.

Edits are values applied to an unchanged original, so undoing one means leaving it out.
"""

from __future__ import annotations

import msgspec
import numpy as np

from app.audio import fade
from app.audio.analysis import SILENT_DB, Span, pauses_of
from app.audio.channels import OPPOSITE, compare_channels
from app.audio.decibels import db_to_amplitude
from app.audio.files import Sound
from app.audio.high_pass import CUTOFF_HZ, high_pass
from app.audio.loudness import measure
from app.audio.resampling import Samples, resample
from app.core.errors import AudioError, Code
from app.core.units import seconds_to_frames

CEILING_DBTP = -1.0


class Trim(msgspec.Struct, frozen=True, tag="trim"):
    """Keep the frames of the original from `start` to `stop`, exclusive."""

    start: int
    stop: int


class Level(msgspec.Struct, frozen=True, tag="level"):
    """Normalise to an integrated loudness in LUFS, or less if the true peak would exceed -1 dBTP."""

    target: float = -21.0


class Mono(msgspec.Struct, frozen=True, tag="mono"):
    """Mix down to mono. Channels without any sound do not weaken the others.

    Of two that would cancel each other the louder is taken.
    """


class Centre(msgspec.Struct, frozen=True, tag="centre"):
    """Remove the constant offset of every channel."""


class Rate(msgspec.Struct, frozen=True, tag="rate"):
    """Resample to `rate` frames per second."""

    rate: int


class HighPass(msgspec.Struct, frozen=True, tag="high-pass"):
    """Remove what is below `cutoff` in Hz."""

    cutoff: float = CUTOFF_HZ


Edit = Trim | Level | Mono | Rate | Centre | HighPass
_ORDER: tuple[type, ...] = (Trim, Centre, Mono, HighPass, Rate, Level)


def edited(original: Sound, edits: tuple[Edit, ...]) -> Sound:
    """Apply the edits in the order trim, centre, mono, high-pass, rate, level. Of several of a kind the last applies.

    Raises SOUND_EMPTY if the trim leaves nothing.
    """
    sound = original
    for kind in _ORDER:
        chosen = [edit for edit in edits if isinstance(edit, kind)]
        if chosen:
            sound = _apply(sound, chosen[-1])
    return sound


def mono(samples: Samples) -> Samples:
    """Mix down to the mean of all channels, of shape (frames, 1)."""
    return samples if samples.shape[1] == 1 else samples.mean(axis=1, keepdims=True, dtype=np.float32)


def cut_at_silences(samples: Samples, rate: int, *, longest: float, pause: float = 0.15) -> list[Span]:
    """Split a sound into consecutive spans of at most `longest` seconds, at the middle of pauses.

    Each span ends at the last pause that fits, or at the quietest 10 ms of its last third if there is none.
    """
    max_frames = seconds_to_frames(longest, rate)
    middles = [(span.start + span.stop) // 2 for span in pauses_of(samples, rate, pause)]
    cuts = [0]
    while len(samples) - cuts[-1] > max_frames:
        start, limit = cuts[-1], cuts[-1] + max_frames
        possible = [middle for middle in middles if start < middle <= limit]
        cuts.append(possible[-1] if possible else _quietest(samples, rate, start + max_frames * 2 // 3, limit))
    return [Span(first, last) for first, last in zip(cuts, [*cuts[1:], len(samples)], strict=True)]


def spoken_span(sound: Sound, margin: float = 0.1) -> Span:
    """The span without leading and trailing silence, plus a margin in seconds; everything if all is silent."""
    frames = len(sound.samples)
    spans = pauses_of(sound.samples, sound.rate, 0.0)
    first = spans[0].stop if spans and spans[0].start == 0 else 0
    last = spans[-1].start if spans and spans[-1].stop == frames else frames
    if first >= last:
        return Span(0, frames)
    margin_frames = seconds_to_frames(margin, sound.rate)
    return Span(max(0, first - margin_frames), min(frames, last + margin_frames))


def _apply(sound: Sound, edit: Edit) -> Sound:
    match edit:
        case Trim(start, stop):
            trimmed = sound.samples[max(0, start) : max(0, stop)]
            if len(trimmed) == 0:
                raise AudioError(Code.SOUND_EMPTY)
            return Sound(_faded(trimmed, sound.rate, start > 0, stop < len(sound.samples)), sound.rate)
        case Mono():
            return Sound(_mixed(sound.samples), sound.rate)
        case HighPass(cutoff):
            return Sound(high_pass(sound.samples, sound.rate, cutoff), sound.rate)
        case Centre():
            return Sound(sound.samples - sound.samples.mean(axis=0, dtype=np.float64).astype(np.float32), sound.rate)
        case Rate(rate):
            return Sound(resample(sound.samples, sound.rate, rate), rate)
        case Level(target):
            loudness = measure(sound.samples, sound.rate)
            if loudness.integrated is None:
                return sound
            gain = min(target - loudness.integrated, CEILING_DBTP - loudness.true_peak)
            return Sound(sound.samples * np.float32(db_to_amplitude(gain)), sound.rate)


def _mixed(samples: Samples) -> Samples:
    peaks = np.maximum(samples.max(axis=0), -samples.min(axis=0))
    audible = peaks >= db_to_amplitude(SILENT_DB)
    chosen = samples[:, audible] if audible.any() else samples
    if chosen.shape[1] == 2 and compare_channels(chosen).correlation < OPPOSITE:
        return chosen[:, [int(np.argmax(peaks[audible]))]]
    return mono(chosen)


def _faded(samples: Samples, rate: int, begins: bool, ends: bool) -> Samples:
    """Apply the 5 ms fade to cut edges, so that they do not click."""
    faded = np.array(samples)
    length = min(fade.frames(rate), len(faded) // 2)
    if begins and length:
        faded[:length] *= _resized(fade.rise(rate), length)
    if ends and length:
        faded[-length:] *= _resized(fade.fall(rate), length)
    return faded


def _resized(curve: Samples, length: int) -> Samples:
    """Resample a fade curve to `length` frames."""
    if length == len(curve):
        return curve
    at = (np.arange(length) + 0.5) / max(1, length) * len(curve) - 0.5
    return np.interp(at, np.arange(len(curve)), curve[:, 0]).astype(np.float32)[:, None]


def _quietest(samples: Samples, rate: int, start: int, stop: int) -> int:
    length = max(1, seconds_to_frames(0.01, rate))
    power = np.square(samples[start:stop]).sum(axis=1)
    smooth = np.convolve(power, np.ones(length) / length, "same")
    return start + int(np.argmin(smooth)) if len(smooth) else stop
