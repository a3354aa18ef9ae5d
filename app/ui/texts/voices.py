"""Texts for voices: their character and origin, and the checks of a sample."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import catalogue
from app.core.takes import VoiceSnapshot
from app.core.voices import Voice
from app.services.speech.builtin import BuiltinProfile
from app.ui.texts.numbers import short_date

_DEFAULT_VOICE = "MiMo-默认"


def builtin_name(voice: BuiltinProfile | VoiceSnapshot) -> str:
    """The name the platform uses for a built-in voice; for the default one with those that spoke, if several did."""
    if voice.id != catalogue().speech.voice:
        return voice.id
    # A profile of the catalogue has no name beside its id.
    spoke = voice.name if isinstance(voice, VoiceSnapshot) and voice.name != voice.id else ""
    return f"{_DEFAULT_VOICE} ({spoke})" if spoke else _DEFAULT_VOICE


def builtin_traits(voice: BuiltinProfile) -> str:
    """Language, gender and character: `Chinese · female · lively`."""
    language = {
        "zh": QCoreApplication.translate("Voices", "Chinese"),
        "en": QCoreApplication.translate("Voices", "English"),
    }
    gender = {
        "female": QCoreApplication.translate("Voices", "female"),
        "male": QCoreApplication.translate("Voices", "male"),
    }
    character = {
        "default": QCoreApplication.translate("Voices", "set by the service"),
        "lively": QCoreApplication.translate("Voices", "lively"),
        "intellectual": QCoreApplication.translate("Voices", "composed"),
        "sunny": QCoreApplication.translate("Voices", "sunny"),
        "mature": QCoreApplication.translate("Voices", "mature"),
        "dreamy": QCoreApplication.translate("Voices", "sweet, dreamy"),
        "gentle": QCoreApplication.translate("Voices", "steady, gentle"),
    }
    described = gender.get(voice.gender)
    if voice.sounds == "female":
        described = QCoreApplication.translate("Voices", "male, may sound female")
    parts = (language.get(voice.language), described, character.get(voice.character))
    return " · ".join(part for part in parts if part)


def origin_name(voice: Voice) -> str:
    if voice.source == "designed":
        return QCoreApplication.translate("Voices", "designed")
    if voice.source == "take":
        return QCoreApplication.translate("Voices", "saved from a take")
    return QCoreApplication.translate("Voices", "cloned")


def origin_line(voice: Voice) -> str:
    """How a voice was created, and when: `designed · 21 Nov 2026`."""
    return " · ".join(part for part in (origin_name(voice), short_date(voice.created) if voice.created else "") if part)
