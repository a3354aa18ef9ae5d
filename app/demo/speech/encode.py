"""Samples as files and bytes: WAV, MP3, raw PCM16 little-endian; all 24 kHz mono (WIRE.md section 3.1)."""

from __future__ import annotations

import io
from typing import Literal

import numpy as np
import soundfile

from app.demo.speech.acoustics import RATE, Samples

Container = Literal["wav", "mp3", "pcm16"]


def pcm16(samples: Samples) -> bytes:
    return (np.clip(samples, -1, 1) * 32_767).round().astype("<i2").tobytes()


def encode(samples: Samples, container: Container) -> bytes:
    if container == "pcm16":
        return pcm16(samples)
    file = io.BytesIO()
    kind, subtype = ("WAV", "PCM_16") if container == "wav" else ("MP3", "MPEG_LAYER_III")
    soundfile.write(file, np.clip(samples, -1, 1), RATE, format=kind, subtype=subtype)
    return file.getvalue()


def decode(file: bytes) -> tuple[Samples, int, int]:
    """Mono samples, the file's rate and its number of channels.

    Raises:
        soundfile.LibsndfileError: it is no sound libsndfile can read.
    """
    samples, rate = soundfile.read(io.BytesIO(file), dtype="float32", always_2d=True)
    return samples.mean(axis=1).astype(np.float32), rate, samples.shape[1]
