"""`app.audio` in the shape the speech services ask for; imported with everything heavy, after the first paint."""

from __future__ import annotations

from typing import Any

from app.audio import cutting, files
from app.audio.analysis import analyse
from app.audio.loudness import measure
from app.audio.rates import resample
from app.audio.source import FixedSource, TakeSource
from app.services.speech.ports import Audio


def audio() -> Audio:
    """Everything speech does with sound, but for playing and recording."""
    return Audio(
        read_sound=files.read_sound,
        write_sound=files.write_sound,
        wav_bytes=files.wav_bytes,
        make_sound=files.Sound,
        to_pcm16=files.to_pcm16,
        resample=resample,
        growing=TakeSource,
        whole=FixedSource,
        measure=measure,
        analyse=analyse,
        edited=cutting.edited,
        trim=cutting.Trim,
        mono=cutting.Mono,
        level=cutting.Level,
        spoken_span=_spoken_span,
    )


def _spoken_span(sound: Any) -> tuple[int, int]:
    span = cutting.spoken_span(sound)
    return span.start, span.stop
