"""`analyse`: loudness, true peak and peaks of one hour, in process CPU time, against ffmpeg's `ebur128` with true peak.

Both read the same WAV file from disk, one after another, best of 5.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import soundfile

from app.audio.files import open_sound
from app.audio.loudness import LoudnessMeter
from app.services.speech.waveform_peaks import PeakAccumulator
from tests.audio.speech import phrase, silence
from tests.benchmarks.row import Row, row

NAME = "analyse"
"""Prefix of its row names."""

RATE_HZ = 24_000
SOUND_SECONDS = 3600
ROUNDS = 5


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="analyse-") as folder:
        path = Path(folder) / "hour.wav"
        _write_an_hour(path)
        ours = min(_ours(path) for _ in range(ROUNDS))
        theirs = min(_ffmpeg(path) for _ in range(ROUNDS))
    return [row("analyse", ours, "s", peer="ffmpeg ebur128=peak=true", peer_value=theirs, at_most=1.0)]


def _write_an_hour(path: Path) -> None:
    """Voices of three pitches with pauses, a little noise, and slowly changing level: no two minutes are the same."""
    voices = [np.concatenate([phrase(pitch=pitch), silence(0.5)]) for pitch in (110, 160, 220)]
    minute = np.resize(np.concatenate(voices), 60 * RATE_HZ)
    rng = np.random.default_rng(1)
    with soundfile.SoundFile(path, "w", RATE_HZ, 1, "PCM_16") as file:
        for number in range(SOUND_SECONDS // 60):
            level = 0.5 + 0.4 * np.sin(number)
            file.write((minute * level + rng.standard_normal(len(minute)) * 1e-3).astype(np.float32))


def _ours(path: Path) -> float:
    before = time.process_time()
    with open_sound(path) as sound:
        meter, peaks = LoudnessMeter(sound.rate, sound.channels), PeakAccumulator()
        for block in sound:
            meter.add(block)
            peaks.add((block[:, 0] * 32767).astype(np.int16))
    meter.result()
    return time.process_time() - before


def _ffmpeg(path: Path) -> float:
    before = os.times()
    command = ["ffmpeg", "-hide_banner", "-nostats", "-i", str(path), "-af", "ebur128=peak=true", "-f", "null", "-"]
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system
