"""Texts for voices: their character and origin, and the checks of a sample."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import catalogue
from app.core.takes import VoiceSnapshot
from app.core.voices import Voice
from app.services.speech.builtin import BuiltinProfile
from app.services.speech.sample_editor import Check, Finding, Fix
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


def check_name(check: Check) -> str:
    match check:
        case Check.LENGTH:
            return QCoreApplication.translate("Voices", "Length")
        case Check.CLIPPING:
            return QCoreApplication.translate("Voices", "Clipping")
        case Check.NOISE:
            return QCoreApplication.translate("Voices", "Room noise")
        case Check.SPEECH:
            return QCoreApplication.translate("Voices", "Speech share")
        case Check.SILENCE:
            return QCoreApplication.translate("Voices", "Silence at the ends")
        case Check.BANDWIDTH:
            return QCoreApplication.translate("Voices", "Bandwidth")
        case Check.HUM:
            return QCoreApplication.translate("Voices", "Mains hum")
        case Check.LEVEL:
            return QCoreApplication.translate("Voices", "Loudness")
        case Check.CHANNELS:
            return QCoreApplication.translate("Voices", "Channels")
        case Check.SIZE:
            return QCoreApplication.translate("Voices", "Encoded size")
        case Check.OFFSET:
            return QCoreApplication.translate("Voices", "Constant offset")
        case Check.COMPLETE:
            return QCoreApplication.translate("Voices", "Completeness")


def check_value(found: Finding) -> str:
    """The measured value of a check, with its unit."""
    value = found.value
    if found.note == "unmeasured":
        return QCoreApplication.translate("Voices", "can’t be measured")
    if found.note == "damaged":
        return QCoreApplication.translate("Voices", "the file breaks off, its end may be missing")
    if value is None:
        return QCoreApplication.translate("Voices", "none")
    match found.check:
        case Check.LENGTH:
            return QCoreApplication.translate("Voices", "{n} s of speech").format(n=f"{value:.1f}")
        case Check.CLIPPING:
            if not value:
                return QCoreApplication.translate("Voices", "none")
            if value < 0.1:
                return QCoreApplication.translate("Voices", "less than 0.1 % of the samples")
            return QCoreApplication.translate("Voices", "{n} % of the samples").format(n=f"{value:.1f}")
        case Check.NOISE:
            if value < 0:
                return QCoreApplication.translate("Voices", "louder than the speech")
            return QCoreApplication.translate("Voices", "{n} dB below the speech").format(n=f"{value:.0f}")
        case Check.SPEECH:
            if found.note == "steady":
                return QCoreApplication.translate("Voices", "a steady tone, no speech")
            return f"{value:.0f} %"
        case Check.SILENCE:
            return QCoreApplication.translate("Voices", "{n} s").format(n=f"{value:.1f}")
        case Check.BANDWIDTH:
            return QCoreApplication.translate("Voices", "{n} kHz").format(n=f"{value / 1000:.1f}")
        case Check.LEVEL:
            return QCoreApplication.translate("Voices", "{n} LUFS").format(n=f"{value:.1f}".replace("-", "−"))
        case Check.CHANNELS:
            if value == 1:
                return QCoreApplication.translate("Voices", "mono")
            if found.note == "empty-channel":
                return QCoreApplication.translate("Voices", "a channel is empty")
            if value == 2:
                return QCoreApplication.translate("Voices", "stereo")
            return QCoreApplication.translate("Voices", "{n} channels").format(n=round(value))
        case Check.SIZE:
            return _size(found.note).format(n=f"{value:.1f}")
        case Check.HUM:
            return QCoreApplication.translate("Voices", "audible at {n} Hz").format(n=round(value))
        case Check.OFFSET:
            return QCoreApplication.translate("Voices", "{n} % of full scale").format(n=f"{value:.1f}")
        case Check.COMPLETE:
            if found.note == "silenced":
                return QCoreApplication.translate("Voices", "{n} damaged samples, now silent").format(n=round(value))
            if found.note == "other-format":
                text = QCoreApplication.translate("Voices", "only the first format is read, {n} % is in another")
                return text.format(n=f"{value:.0f}")
            return QCoreApplication.translate("Voices", "{n} % of the file is missing").format(n=f"{value:.0f}")


def _size(note: str) -> str:
    match note:
        case "mono":
            return QCoreApplication.translate("Voices", "{n} of 10 MB, sent as mono")
        case "rate":
            return QCoreApplication.translate("Voices", "{n} of 10 MB, sent as mono at 24 kHz")
        case "mp3":
            return QCoreApplication.translate("Voices", "{n} of 10 MB, sent as MP3")
    return QCoreApplication.translate("Voices", "{n} of 10 MB")


def check_result(found: Finding) -> str:
    """The measured value, followed by the recommended one if the check is not good."""
    if found.grade == "good":
        return check_value(found)
    result = QCoreApplication.translate("Voices", "{value}; recommended: {wanted}")
    return result.format(value=check_value(found), wanted=check_target(found.check))


def check_target(check: Check) -> str:
    """The recommended value of a check, with its unit."""
    match check:
        case Check.LENGTH:
            return QCoreApplication.translate("Voices", "10 to 60 s")
        case Check.CLIPPING | Check.HUM | Check.OFFSET:
            return QCoreApplication.translate("Voices", "none")
        case Check.NOISE:
            return QCoreApplication.translate("Voices", "30 dB or more below the speech")
        case Check.SPEECH:
            return QCoreApplication.translate("Voices", "60 % or more")
        case Check.SILENCE:
            return QCoreApplication.translate("Voices", "at most 0.5 s")
        case Check.BANDWIDTH:
            return QCoreApplication.translate("Voices", "7 kHz or more")
        case Check.LEVEL:
            return QCoreApplication.translate("Voices", "−30 to −14 LUFS")
        case Check.CHANNELS:
            return QCoreApplication.translate("Voices", "mono")
        case Check.SIZE:
            return QCoreApplication.translate("Voices", "at most 10 MB")
        case Check.COMPLETE:
            return QCoreApplication.translate("Voices", "the whole file")


def grade_name(found: Finding) -> str:
    """The grade of a finding in words, for users who can't see its colour."""
    match found.grade:
        case "good":
            return QCoreApplication.translate("Voices", "good")
        case "warn":
            return QCoreApplication.translate("Voices", "could be better")
        case "bad":
            return QCoreApplication.translate("Voices", "poor")


def fix_name(fix: Fix) -> str:
    match fix:
        case Fix.TRIM:
            return QCoreApplication.translate("Voices", "Trim silence")
        case Fix.LEVEL:
            return QCoreApplication.translate("Voices", "Bring to level")
        case Fix.MONO:
            return QCoreApplication.translate("Voices", "Mix to mono")
        case Fix.OFFSET:
            return QCoreApplication.translate("Voices", "Remove offset")
