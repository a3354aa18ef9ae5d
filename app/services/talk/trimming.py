"""Takes the silence off what was said."""

from __future__ import annotations

from app.core.speech_gate import SpeechGate
from app.services.speech.dictation import Speech

LEAD_SECONDS, TAIL_SECONDS = 0.5, 0.4
"""Of the silence before and after what was said, so much is kept."""


def trimmed(speech: Speech, gate: SpeechGate) -> Speech:
    """What was said without the silence around it, but for a little; `gate` followed the recording."""
    if not speech.has_spoken or not len(speech.samples):
        return speech
    rate = len(speech.samples) / speech.seconds
    first = max(0, round((gate.began - LEAD_SECONDS) * rate))
    last = min(len(speech.samples), round((gate.ended + TAIL_SECONDS) * rate))
    return speech._replace(samples=speech.samples[first:last]) if last > first else speech
