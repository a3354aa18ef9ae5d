"""Texts of the studio: names and states of takes, names of tag groups."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code, WorkbenchError
from app.core.file_names import file_name as valid_name
from app.core.tags import beginning
from app.core.take_order import is_silent
from app.core.takes import SpeechSession, Take, VoiceSnapshot, title_of
from app.ui.texts.errors import error_message as error_words
from app.ui.texts.errors import stored_error_message
from app.ui.texts.numbers import seconds
from app.ui.texts.voices import builtin_name

_CUT_REASONS = ("length", "content_filter")
_AUDIO_OF_SERVICE = frozenset({Code.SOUND_EMPTY, Code.SOUND_UNREADABLE, Code.SOUND_NEEDS_FFMPEG, Code.SOUND_FORMAT})


def take_state(take: Take) -> str:
    """The state of a take, in a word or two."""
    match take.state:
        case "queued":
            return QCoreApplication.translate("Studio", "queued")
        case "speaking":
            return QCoreApplication.translate("Studio", "speaking")
        case "cut" if take.error == "length":
            return QCoreApplication.translate("Studio", "cut off: token limit")
        case "cut" if take.error == "content_filter":
            return QCoreApplication.translate("Studio", "cut off: content filter")
        case "cut" if take.error == "stopped":
            return QCoreApplication.translate("Studio", "stopped")
        case "cut" if take.error == "closed":
            return QCoreApplication.translate("Studio", "interrupted")
        case "cut":
            return QCoreApplication.translate("Studio", "cut off")
        case "failed":
            return QCoreApplication.translate("Studio", "failed")
        case "done" if is_silent(take):
            return QCoreApplication.translate("Studio", "silent")
        case "done":
            return QCoreApplication.translate("Studio", "done")


def take_error(error: WorkbenchError) -> str:
    """Why a take failed. The general sentences about audio are for files the user chose."""
    if error.code is Code.SOUND_EMPTY:
        return QCoreApplication.translate("Studio", "The service sent no audio. Speak it again, or change the text.")
    if error.code in _AUDIO_OF_SERVICE:
        return QCoreApplication.translate(
            "Studio", "The service sent audio that can't be read. Choose another format and speak it again."
        )
    return str(error_words(error))


def voice_name(take: Take) -> str:
    """The name of the voice of a take."""
    name = builtin_name(take.voice) if take.voice.kind == "builtin" else take.voice.name
    return name or unnamed_voice(take.voice)


def unnamed_voice(voice: VoiceSnapshot) -> str:
    """What a voice is called that has no name: one that was designed, or a clone that was tried before it was saved."""
    if voice.kind == "cloned":
        return QCoreApplication.translate("Studio", "Unsaved clone")
    return QCoreApplication.translate("Studio", "Designed voice")


def take_name(take: Take, number: int) -> str:
    """`Take 7 · 白桦`."""
    name = voice_name(take)
    return QCoreApplication.translate("Studio", "Take {n} · {voice}").format(n=number, voice=name)


def take_length(take: Take) -> str:
    """The duration of a take; empty while it has no audio."""
    return seconds(take.frames / take.rate) if take.frames else ""


def take_failure(take: Take) -> str:
    """Why a take has no audio; empty if it has some, or is still being generated."""
    if take.frames or not take.has_ended:
        return ""
    if take.error in _CUT_REASONS:
        return take_cut_advice(take)
    if take.error == "closed":
        return QCoreApplication.translate("Studio", "The program ended before any audio arrived.")
    if take.error in ("", "stopped"):
        return QCoreApplication.translate("Studio", "Stopped before any audio arrived.")
    return failure_reason(take.error)


def failure_reason(error: str) -> str:
    """What the stored code of a failure means."""
    if error in _AUDIO_OF_SERVICE:
        return take_error(WorkbenchError(Code(error)))
    return stored_error_message(error).what


def take_cut_advice(take: Take) -> str:
    """Explain why the service cut a take and what to do; empty if it did not."""
    if take.error == "length":
        return QCoreApplication.translate(
            "Studio", "The take reached the token limit. Raise Max tokens, or speak the text in parts."
        )
    if take.error == "content_filter":
        return QCoreApplication.translate(
            "Studio", "The service's content filter stopped this take. Rephrase the text without sensitive content."
        )
    return ""


def take_content(take: Take) -> str:
    """What a take speaks and how it was directed, on one line; for a designed voice its description first."""
    parts = (take.voice.description, take.spoken or take.text, take.direction)
    return " · ".join(" ".join(part.split()) for part in parts if part.strip())


def default_voice_name(take: Take) -> str:
    """The suggested name for a voice saved from a take."""
    if take.voice.kind == "designed" or not take.number:
        return voice_name(take)
    return QCoreApplication.translate("Studio", "{voice}, take {n}").format(voice=voice_name(take), n=take.number)


def file_name(take: Take) -> str:
    """A file name without extension: voice, number and first words, valid on every file system."""
    parts = (voice_name(take), f"{take.number:02}" if take.number else "", beginning(take.spoken or take.text, 40))
    return valid_name(" ".join(part for part in parts if part).removesuffix("…"))


def signed(number: float) -> str:
    """A number with one decimal and a typographic minus sign: `−21.4`."""
    return f"{number:.1f}".replace("-", "−")


def gain(decibels: float) -> str:
    """The gain applied for equal loudness: `+0.4 dB`."""
    sign = "+" if decibels >= 0 else ""
    return QCoreApplication.translate("Studio", "{n} dB").format(n=sign + signed(decibels))


def session_title(session: SpeechSession) -> str:
    """The title the user gave, else the first words of the text."""
    return title_of(session) or QCoreApplication.translate("Studio", "Untitled")


def tag_group(name: str) -> str:
    names = {
        "emotion": QCoreApplication.translate("Studio", "Emotion"),
        "tone": QCoreApplication.translate("Studio", "Tone"),
        "timbre": QCoreApplication.translate("Studio", "Timbre"),
        "persona": QCoreApplication.translate("Studio", "Persona"),
        "dialect": QCoreApplication.translate("Studio", "Dialect"),
        "role": QCoreApplication.translate("Studio", "Role-play"),
        "pacing": QCoreApplication.translate("Studio", "Pacing"),
        "breath": QCoreApplication.translate("Studio", "Breath"),
        "state": QCoreApplication.translate("Studio", "State"),
        "features": QCoreApplication.translate("Studio", "Features"),
        "laugh": QCoreApplication.translate("Studio", "Laugh / cry"),
        "favourites": QCoreApplication.translate("Studio", "Favourites"),
        "recent": QCoreApplication.translate("Studio", "Recent"),
    }
    return names.get(name, name)
