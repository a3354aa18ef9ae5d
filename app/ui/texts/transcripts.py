"""Texts for stored transcripts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.transcripts import Transcript
from app.ui.texts.numbers import clock, day


def transcript_title(transcript: Transcript) -> str:
    """The beginning of its text; of one without text, what it was made from."""
    if transcript.title:
        return transcript.title
    return transcript.source or QCoreApplication.translate("Studio", "Recording without a transcript")


def transcript_detail(transcript: Transcript, now: float) -> str:
    """Where it comes from, how long that is, whether all of it was recognised, and the day."""
    if transcript.source:
        source = transcript.source
    elif transcript.audio:
        source = QCoreApplication.translate("Studio", "Recording")
    else:
        source = QCoreApplication.translate("Studio", "Typed")
    length = clock(transcript.length) if transcript.length else ""
    unfinished = QCoreApplication.translate("Studio", "not finished") if transcript.is_unfinished else ""
    return " · ".join(filter(None, (day(transcript.updated, now), length, unfinished, source)))
