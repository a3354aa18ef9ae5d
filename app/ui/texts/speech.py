"""Texts of the studio: names and states of takes, issues of the tag linter, names of tag groups."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.errors import Code, WorkbenchError
from app.core.file_names import file_name as valid_name
from app.core.tag_linter import Finding, TagIssue
from app.core.tags import MAX_ADVISED_LENGTH, beginning
from app.core.takes import SpeechSession, Take, title_of
from app.ui.texts.errors import error_message as error_words
from app.ui.texts.errors import stored_error_message
from app.ui.texts.numbers import count, seconds
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


def is_silent(take: Take) -> bool:
    """Whether a measured take has audio in which nothing can be heard."""
    return take.state == "done" and bool(take.frames) and bool(take.peaks) and take.loudness is None


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
    return name or QCoreApplication.translate("Studio", "Designed voice")


def take_name(take: Take, number: int) -> str:
    """`Take 7 · 白桦`."""
    name = voice_name(take)
    return QCoreApplication.translate("Studio", "Take {n} · {voice}").format(n=number, voice=name)


def take_accessible_text(take: Take, number: int) -> str:
    """The accessible text of a take: name, length, state, star, and failure if any."""
    starred = QCoreApplication.translate("Studio", "starred") if take.stars else ""
    parts = (take_name(take, number), take_length(take), take_state(take), starred, take_failure(take))
    return ", ".join(part for part in parts if part)


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


def take_figures(take: Take) -> str:
    """Loudness and time to first audio, as far as they are known."""
    parts = []
    if take.loudness is not None:
        parts.append(QCoreApplication.translate("Studio", "{n} LUFS").format(n=signed(take.loudness)))
    if take.first_sound is not None and take.stream:
        delay = QCoreApplication.translate("Studio", "{t} to first audio")
        parts.append(delay.format(t=seconds(take.first_sound)))
    return " · ".join(parts)


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
        "recent": QCoreApplication.translate("Studio", "Recent"),
    }
    return names.get(name, name)


def issue_message(found: Finding) -> str:
    """Describe an issue found by the tag linter."""
    match found.code:
        case TagIssue.TAGS_UNSUPPORTED:
            words = QCoreApplication.translate("Studio", "This model may read tags aloud. Describe the voice instead.")
        case TagIssue.SINGING_NOT_FIRST:
            words = QCoreApplication.translate("Studio", "The singing tag must come first in the text.")
        case TagIssue.SINGING_UNSUPPORTED:
            words = QCoreApplication.translate("Studio", "Only built-in voices can sing.")
        case TagIssue.OLD_STYLE:
            words = QCoreApplication.translate("Studio", "The <style> form is for the earlier model only.")
        case TagIssue.BODY_ACTION:
            words = QCoreApplication.translate("Studio", "“{words}” makes no sound.")
        case TagIssue.OTHER_LANGUAGE:
            words = QCoreApplication.translate("Studio", "“{words}” is not in the language of the text.")
        case TagIssue.TAGS_IN_SENTENCE:
            words = QCoreApplication.translate("Studio", "Two audio tags in one sentence can conflict.")
        case TagIssue.TOO_LONG:
            words = QCoreApplication.translate("Studio", "The service may cut off text over {most} characters.")
        case TagIssue.STYLES_APART:
            words = QCoreApplication.translate(
                "Studio", "Put all styles at the start of the text in one pair of brackets."
            )
        case TagIssue.UNCLOSED:
            words = QCoreApplication.translate("Studio", "“{words}” has no closing bracket and would be read aloud.")
        case TagIssue.UNKNOWN_TAG:
            words = QCoreApplication.translate(
                "Studio", "“{words}” is not in the tag lists. It may still work: listen to the result."
            )
    return words.format(words=found.words, most=count(MAX_ADVISED_LENGTH))


def fix_label(found: Finding) -> str:
    """The label of the fix button; empty if the issue has no fix."""
    match found.code:
        case TagIssue.TAGS_UNSUPPORTED:
            return QCoreApplication.translate("Studio", "Remove the tags")
        case TagIssue.SINGING_NOT_FIRST:
            return QCoreApplication.translate("Studio", "Move it to the front")
        case TagIssue.OLD_STYLE:
            return QCoreApplication.translate("Studio", "Write it as a tag")
        case TagIssue.TAGS_IN_SENTENCE:
            return QCoreApplication.translate("Studio", "Keep the first")
        case TagIssue.OTHER_LANGUAGE if found.fixed is not None:
            return QCoreApplication.translate("Studio", "Translate it")
        case TagIssue.BODY_ACTION | TagIssue.SINGING_UNSUPPORTED:
            return QCoreApplication.translate("Studio", "Remove it")
        case TagIssue.STYLES_APART:
            return QCoreApplication.translate("Studio", "Combine them")
        case TagIssue.UNCLOSED:
            return QCoreApplication.translate("Studio", "Add the bracket")
        case TagIssue.TOO_LONG:
            return QCoreApplication.translate("Studio", "Speak in parts")
    return ""
