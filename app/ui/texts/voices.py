"""Texts for voices: their character and origin, and the checks of a sample."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import catalogue
from app.core.description_linter import DescriptionIssue
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


def origin_note(voice: Voice) -> str:
    """What a voice was made from: its description, or the date of the speaker's consent."""
    if voice.description:
        return voice.description
    if voice.consent is not None:
        return QCoreApplication.translate("Voices", "consent on {date}").format(date=short_date(voice.consent.given))
    return ""


def description_issue(issue: DescriptionIssue) -> str:
    """A hint about the description of a designed voice."""
    match issue:
        case DescriptionIssue.TOO_SHORT:
            return QCoreApplication.translate(
                "Voices", "Short descriptions give a different voice each time. Add age, texture, mood or pace."
            )
        case DescriptionIssue.TOO_LONG:
            return QCoreApplication.translate("Voices", "Long descriptions contradict themselves. Keep what matters.")
        case DescriptionIssue.LIKENESS:
            return QCoreApplication.translate(
                "Voices", "The service can't imitate another voice. Describe how the voice sounds instead."
            )
        case DescriptionIssue.PERSON:
            return QCoreApplication.translate(
                "Voices", "This looks like the name of a person, whom the service can't imitate. Describe the voice."
            )
        case DescriptionIssue.INSTRUCTION:
            return QCoreApplication.translate(
                "Voices", "This reads like an instruction. Describe who speaks and how; the preview text is spoken."
            )
