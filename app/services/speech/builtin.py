"""The built-in voices of the service (WIRE.md section 3.2)."""

from __future__ import annotations

from typing import Literal

import msgspec

from app.core.catalogue import catalogue
from app.core.takes import VoiceSnapshot


class BuiltinProfile(msgspec.Struct, frozen=True):
    """A built-in voice.

    Attributes:
        language: empty if the cluster decides.
        sounds: the gender by pitch, where it is not the documented one.
        character: a code; `app.ui.texts.voices` has its name.
    """

    id: str
    language: Literal["", "zh", "en"]
    gender: Literal["", "female", "male"]
    character: str
    sounds: Literal["", "female", "male"] = ""

    def used(self) -> VoiceSnapshot:
        return VoiceSnapshot("builtin", self.id, self.id)


BUILTIN: tuple[BuiltinProfile, ...] = (
    BuiltinProfile(catalogue().speech.voice, "", "", "default"),
    BuiltinProfile("冰糖", "zh", "female", "lively"),
    BuiltinProfile("茉莉", "zh", "female", "intellectual"),
    BuiltinProfile("苏打", "zh", "male", "sunny", sounds="female"),
    BuiltinProfile("白桦", "zh", "male", "mature"),
    BuiltinProfile("Mia", "en", "female", "lively"),
    BuiltinProfile("Chloe", "en", "female", "dreamy"),
    BuiltinProfile("Milo", "en", "male", "sunny"),
    BuiltinProfile("Dean", "en", "male", "gentle"),
)
