"""Texts of the voice library: kinds, languages, how a voice was made, its drift."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from PySide6.QtCore import QCoreApplication

from app.core.drift import Drift, rounded_up
from app.core.voices import Voice, VoiceStep
from app.services.speech.builtin import BUILTIN, BuiltinProfile
from app.services.speech.library_entries import LibraryEntry, Order, Shown, builtin_entry
from app.ui.texts.numbers import decimal, seconds, short_date, size
from app.ui.texts.voices import builtin_name, builtin_traits


def source_name(entry: LibraryEntry) -> str:
    """What a voice is, in a word or two."""
    match entry.source:
        case "builtin":
            return QCoreApplication.translate("Voices", "Built-in")
        case "designed":
            return QCoreApplication.translate("Voices", "Designed")
        case "cloned":
            return QCoreApplication.translate("Voices", "Cloned")
        case "take":
            return QCoreApplication.translate("Voices", "From a take")


def language_name(language: str) -> str:
    """The name of a language by its code; what was typed for any other; empty for none."""
    match language:
        case "zh":
            return QCoreApplication.translate("Voices", "Chinese")
        case "en":
            return QCoreApplication.translate("Voices", "English")
    return language


def language_words(language: str) -> str:
    """All names under which a language is searched for."""
    own = {"zh": "中文 Chinese", "en": "English 英文"}.get(language, "")
    return f"{language_name(language)} {own}"


def kind_line(entry: LibraryEntry) -> str:
    """`Cloned · English`; of the default voice that the service sets its language."""
    language = language_name(entry.language)
    if entry.source == "builtin" and not language:
        language = QCoreApplication.translate("Voices", "set by the service")
    return " · ".join(part for part in (source_name(entry), language) if part)


def detail_line(entry: LibraryEntry) -> str:
    """`Cloned · English · 12 Nov 2026`."""
    date = short_date(entry.created) if entry.created else ""
    return " · ".join(part for part in (kind_line(entry), date) if part)


def shown_name(shown: Shown, number: int) -> str:
    """The label of a filter with its count."""
    match shown:
        case "all":
            text = QCoreApplication.translate("Voices", "All {n}")
        case "builtin":
            text = QCoreApplication.translate("Voices", "Built-in {n}")
        case "designed":
            text = QCoreApplication.translate("Voices", "Designed {n}")
        case "cloned":
            text = QCoreApplication.translate("Voices", "Cloned {n}")
    return text.format(n=number)


def order_name(order: Order) -> str:
    match order:
        case "used":
            return QCoreApplication.translate("Voices", "Last used")
        case "name":
            return QCoreApplication.translate("Voices", "Name")
        case "newest":
            return QCoreApplication.translate("Voices", "Newest")


def builtin_entries(starred: list[str], used: Mapping[str, float], peaks: Mapping[str, bytes]) -> list[LibraryEntry]:
    """The built-in voices; `peaks` are those of a line that a voice spoke, by its id."""
    return [
        builtin_entry(
            profile, builtin_name(profile), builtin_traits(profile), _character(profile), starred=starred, used=used,
            peaks=peaks.get(profile.id, b""),
        )
        for profile in BUILTIN
    ]  # fmt: skip


def _character(profile: BuiltinProfile) -> tuple[str, ...]:
    return (builtin_traits(profile).rpartition(" · ")[2],) if profile.language else ()


def builtin_limits() -> str:
    """What can't be done with a built-in voice."""
    return QCoreApplication.translate(
        "Voices", "A voice of the service: it can be heard, starred and used, but not changed, copied or deleted here."
    )


def card_badge(entry: LibraryEntry) -> str:
    """What keeps a voice from speaking; empty if nothing does."""
    if entry.is_missing:
        return QCoreApplication.translate("Voices", "sample missing")
    if entry.lacks_consent:
        return QCoreApplication.translate("Voices", "no consent")
    return ""


def step_text(step: VoiceStep) -> str:
    """What was done in a step."""
    fixes = ", ".join(fix_words(fix) for fix in step.fixes)
    match step.kind:
        case "file":
            return step.name or QCoreApplication.translate("Voices", "A file")
        case "recording":
            return QCoreApplication.translate("Voices", "Recorded")
        case "take":
            if step.number:
                return QCoreApplication.translate("Voices", "Candidate {n}").format(n=step.number)
            if not step.name:
                return QCoreApplication.translate("Voices", "A take")
            return QCoreApplication.translate("Voices", "A take of “{name}”").format(name=step.name)
        case "description":
            return QCoreApplication.translate("Voices", "Designed: {text}").format(text=step.name)
        case "stretch":
            return QCoreApplication.translate("Voices", "The best stretch")
        case "fixes":
            return fixes or QCoreApplication.translate("Voices", "Edited")
        case "sample":
            return QCoreApplication.translate("Voices", "Clone sample")
        case "copy":
            return QCoreApplication.translate("Voices", "Copied from “{name}”").format(name=step.name)
        case "import":
            return QCoreApplication.translate("Voices", "Imported from {name}").format(name=step.name)


def fix_words(code: str) -> str:
    """The name of a fix by its code; the code where a newer program has written it."""
    from app.services.speech.sample_checks import Fix
    from app.ui.texts.sample_checks import fix_name

    return fix_name(Fix(code)) if code in {fix.value for fix in Fix} else code


def step_measures(step: VoiceStep) -> str:
    """`31.2 s, 48 kHz stereo`."""
    parts = [seconds(step.seconds)] if step.seconds else []
    if step.rate:
        rate = QCoreApplication.translate("Voices", "{n} kHz").format(n=f"{step.rate / 1000:g}")
        channels = {
            1: QCoreApplication.translate("Voices", "mono"),
            2: QCoreApplication.translate("Voices", "stereo"),
        }.get(step.channels, "")
        parts.append(f"{rate} {channels}".rstrip())
    if step.size:
        parts.append(size(step.size))
    return ", ".join(parts)


def known_steps(voice: Voice) -> tuple[VoiceStep, ...]:
    """How a voice was made: its steps, or what is known of one from before they were recorded."""
    if voice.steps:
        return tuple(map(_numbered, (None, *voice.steps), voice.steps))
    if voice.source == "designed":
        return (VoiceStep("description", voice.description),)
    return (VoiceStep("take"),) if voice.source == "take" else (VoiceStep("sample"),)


def _numbered(former: VoiceStep | None, step: VoiceStep) -> VoiceStep:
    """A step as it is; earlier versions stored the number of a candidate as its name, behind the description."""
    is_candidate = former is not None and former.kind == "description" and step.kind == "take"
    if is_candidate and not step.number and step.name.isdecimal():
        return msgspec.structs.replace(step, name="", number=int(step.name))
    return step


def drift_caption(takes: int, measured: float) -> str:
    """`8 takes of one line, 20 Nov 2026`."""
    text = QCoreApplication.translate("Voices", "{n} takes of one line, {date}")
    return text.format(n=takes, date=short_date(measured))


def drift_progress(done: int, total: int) -> str:
    return QCoreApplication.translate("Voices", "{done} of {total} takes spoken").format(done=done, total=total)


def used_in(title: str, takes: int) -> str:
    """A studio session in which a voice spoke."""
    if not takes:
        return title
    if takes == 1:
        return QCoreApplication.translate("Voices", "{title}, 1 take").format(title=title)
    return QCoreApplication.translate("Voices", "{title}, {n} takes").format(title=title, n=takes)


def used_elsewhere(takes: int) -> str:
    if takes == 1:
        return QCoreApplication.translate("Voices", "1 take outside the studio")
    return QCoreApplication.translate("Voices", "{n} takes outside the studio").format(n=takes)


def drift_values(drift: Drift) -> tuple[str, str, str]:
    """The spread of length, pitch and level; empty for what could not be measured."""
    pitch = QCoreApplication.translate("Voices", "{n} semitones")
    level = QCoreApplication.translate("Voices", "{n} LU")
    return (
        f"{round(rounded_up(drift.length.value, 1.0))} %" if drift.length is not None else "",
        pitch.format(n=decimal(rounded_up(drift.pitch.value, 0.1), 1)) if drift.pitch is not None else "",
        level.format(n=decimal(rounded_up(drift.level.value, 0.1), 1)) if drift.level is not None else "",
    )
