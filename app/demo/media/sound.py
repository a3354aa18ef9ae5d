"""Measures audio files. Needs the speech libraries, so it is imported with the first audio file only."""

from __future__ import annotations

import io
import math

import numpy as np
import soundfile

from app.demo.media import video
from app.demo.media.measures import AudioMeasures

_BLOCK_SECONDS = 0.03  # seconds


def measure(file: bytes) -> AudioMeasures:
    """Measure an audio file.

    Raises:
        LibsndfileError: libsndfile can't read it (M4A, for example).
    """
    with soundfile.SoundFile(io.BytesIO(file)) as source:
        rate, channels, container = source.samplerate, source.channels, source.format
        samples = source.read(dtype="float32", always_2d=True).mean(axis=1)
    peak = float(np.max(np.abs(samples), initial=0.0))
    size = max(round(_BLOCK_SECONDS * rate), 1)
    blocks = samples[: len(samples) // size * size].reshape(-1, size)
    levels = np.sqrt(np.mean(blocks**2, axis=1)) if len(blocks) else np.zeros(0)
    # A block counts as speech if it is at most 25 dB below the loudest block and above -50 dBFS.
    speech = levels > max(float(np.max(levels, initial=0.0)) * 0.056, 0.00316)
    return AudioMeasures(
        format=container,
        seconds=len(samples) / rate,
        rate=rate,
        channels=channels,
        loudness=_decibels(float(np.sqrt(np.mean(samples**2))) if len(samples) else 0.0),
        peak=_decibels(peak),
        speech_share=float(np.mean(speech)) if len(speech) else 0.0,
        longest_pause=_longest_gap(speech) * _BLOCK_SECONDS,
        is_clipped=int(np.sum(np.abs(samples) >= 0.999)) > 3,
    )


def seconds(file: bytes) -> float | None:
    """Duration of an audio file from its header, M4A included; None if it is not audio."""
    try:
        with soundfile.SoundFile(io.BytesIO(file)) as source:
            return float(source.frames / source.samplerate)
    except soundfile.LibsndfileError:
        container = video.measure(file)
        return container.seconds if container is not None and container.format in ("MP4", "MOV") else None


def _longest_gap(speech: np.ndarray) -> int:
    """Length of the longest run of blocks without speech that lies between blocks with speech."""
    speech_blocks = np.flatnonzero(speech)
    return int(np.max(np.diff(speech_blocks) - 1)) if len(speech_blocks) > 1 else 0


def _decibels(value: float) -> float:
    return 20 * math.log10(value) if value > 1e-6 else -120.0
