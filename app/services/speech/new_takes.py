"""Rules for takes before they are made: what can be requested, and what a new take has of another."""

from __future__ import annotations

import time

import msgspec

from app.core.catalogue import catalogue
from app.core.errors import Code, InputError
from app.core.messages import new_id
from app.core.takes import Take, VoiceSnapshot

RATE = 24_000
"""Sample rate in Hz of a take until its sound arrives."""


def new_take_from(spec: Take) -> Take:
    """Return a new take with the settings of another and empty result fields."""
    return msgspec.structs.replace(
        spec, id=new_id(), created=time.time(), state="queued", audio="", rate=RATE, frames=0, first_sound=None,
        seconds=0.0, loudness=None, true_peak=None, peaks=b"", usage=None, note="", stars=0, call_id="", error="",
        spoken="", parts=(), sent=None, first_byte=None, last_byte=None, findings=(),
        read_back=None, voice=_asked(spec.voice),
    )  # fmt: skip


def _asked(voice: VoiceSnapshot) -> VoiceSnapshot:
    """The voice without the names of those that spoke for the default one: others may do so now."""
    return msgspec.structs.replace(voice, name=voice.id) if voice.id == catalogue().speech.voice else voice


def as_redo(take: Take) -> Take:
    """Return what makes another take with the same settings."""
    return msgspec.structs.replace(take, parent=take.id, relation="redo")


def check_take(take: Take) -> None:
    """Raise InputError if a take can't be requested: NO_MODEL, NO_DESCRIPTION, NO_SAMPLE or NO_TEXT."""
    if not take.model:
        raise InputError(Code.NO_MODEL)
    if take.voice.kind == "designed" and not take.voice.description.strip():
        raise InputError(Code.NO_DESCRIPTION, field="description")
    if take.voice.kind == "cloned" and not take.voice.sample:
        raise InputError(Code.NO_SAMPLE, field="sample")
    if not take.text.strip() and not (take.voice.kind == "designed" and take.voice.polish):
        raise InputError(Code.NO_TEXT, field="text")
