"""Adapts `app.audio` to the `Audio` port of the speech services. Heavy to import, so not before the first paint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from app.audio import editing, files, sound_writing
from app.audio.analysis import analyse
from app.audio.channels import compare_channels
from app.audio.clipping import capped_peaks, clipped_samples, piled_samples
from app.audio.file_spans import read_span
from app.audio.loudness import measure
from app.audio.pitch import median_pitch
from app.audio.playable import playable
from app.audio.resampling import Samples, converter, resample
from app.audio.sound_faults import sound_faults
from app.audio.sound_outline import outline_file, outline_of
from app.audio.source import FixedSource, TakeSource
from app.core.errors import AudioError, Code
from app.services.speech.ports import Audio


def audio() -> Audio:
    """The audio functions used by the speech services, except playback and recording."""
    return Audio(
        read_sound=files.read_sound,
        write_sound=sound_writing.write_sound,
        wav_bytes=sound_writing.wav_bytes,
        make_sound=files.Sound,
        to_pcm16=sound_writing.to_pcm16,
        resample=resample,
        growing=TakeSource,
        whole=FixedSource,
        playable=playable,
        measure=measure,
        faults=sound_faults,
        pitch=median_pitch,
        analyse=analyse,
        edited=editing.edited,
        trim=editing.Trim,
        mono=editing.Mono,
        centre=editing.Centre,
        change_rate=editing.Rate,
        clipped=_clipped,
        file_bytes=sound_writing.file_bytes,
        even_mp3_bytes=sound_writing.even_mp3_bytes,
        level=editing.Level,
        spoken_span=_spoken_span,
        read_mono=_read_mono,
        cut_at_silences=_cut_at_silences,
        high_pass=editing.HighPass,
        compare_channels=compare_channels,
        outline=outline_of,
        outline_file=outline_file,
        read_span=read_span,
    )


def _clipped(samples: Samples, rate: int) -> tuple[int, int]:
    """The samples in flat tops, and those in tops that were flat."""
    piled = sum(max(piled_samples(channel), capped_peaks(channel, rate)) for channel in samples.T)
    return sum(map(clipped_samples, samples.T)), piled


def _spoken_span(sound: Any) -> tuple[int, int]:
    span = editing.spoken_span(sound)
    return span.start, span.stop


def _read_mono(path: Path, rate: int) -> Samples:
    """Read as mono at `rate`, block by block: an hour of 48 kHz stereo is 1.4 GB, its mono version at 16 kHz 230 MB."""
    with files.open_sound(path) as sound:
        convert = converter(sound.rate, rate, 1)
        blocks, size = [], 0
        for block in sound:
            mono = editing.mono(block)
            blocks.append(mono if convert is None else convert.run(mono))
            size += blocks[-1].nbytes
            if size > files.MAX_DECODED_BYTES:
                raise AudioError(Code.SOUND_TOO_LARGE, limit=files.MAX_DECODED_BYTES)
        if convert is not None and blocks:
            blocks.append(convert.run(np.zeros((0, 1), np.float32), last=True))
    if not size:
        raise AudioError(Code.SOUND_EMPTY)
    return np.concatenate(blocks)


def _cut_at_silences(samples: Samples, rate: int, longest: float) -> list[tuple[int, int]]:
    return [(span.start, span.stop) for span in editing.cut_at_silences(samples, rate, longest=longest)]
