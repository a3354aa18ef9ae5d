"""Texts of designing a voice: dimensions, hints, rounds, candidates and what was measured of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.core.description_linter import DescriptionHint, DescriptionIssue
from app.core.tags import TextLanguage
from app.core.takes import Take
from app.core.voice_rounds import VoiceRound
from app.services.speech.candidate_measures import CandidateMeasures
from app.services.speech.voice_keeping import LineDifference
from app.ui.texts.numbers import decimal, seconds, short_date
from app.ui.texts.speech import signed, take_length, take_state
from app.ui.texts.takes import finding_name, findings_of

_MAX_QUOTED = 40
"""Characters of a description that a hint quotes."""


def ui_language() -> TextLanguage:
    """The language of the program, in which an empty description is begun."""
    return "zh" if QLocale().language() == QLocale.Language.Chinese else "en"


def dimension_name(name: str) -> str:
    """What the chips of a row are about."""
    names = {
        "who": QCoreApplication.translate("Design", "Gender and age"),
        "texture": QCoreApplication.translate("Design", "Texture"),
        "mood": QCoreApplication.translate("Design", "Mood"),
        "pace": QCoreApplication.translate("Design", "Pace"),
        "role": QCoreApplication.translate("Design", "Role"),
        "accent": QCoreApplication.translate("Design", "Accent"),
    }
    return names.get(name, name)


def hint_text(hint: DescriptionHint) -> str:
    """A hint about the description, in one sentence."""
    words = hint.words if len(hint.words) <= _MAX_QUOTED else hint.words[:_MAX_QUOTED].rstrip() + "…"
    return _hint(hint.issue).format(words=words[:1].upper() + words[1:])


def _hint(issue: DescriptionIssue) -> str:
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
        case DescriptionIssue.TAGS:
            return QCoreApplication.translate(
                "Design", "“{words}” looks like a tag. Designed voices take none: say it in plain words."
            )
        case DescriptionIssue.SEVERAL:
            return QCoreApplication.translate("Design", "“{words}”: only one voice is made. Describe one speaker.")
        case DescriptionIssue.SINGING:
            return QCoreApplication.translate("Design", "“{words}”: a designed voice speaks and does not sing.")
        case DescriptionIssue.LANGUAGE:
            return QCoreApplication.translate("Design", "“{words}”: the voice speaks Chinese and English only.")
        case DescriptionIssue.CONTRADICTION:
            return QCoreApplication.translate("Design", "“{words}” contradict each other. Keep one of them.")
        case DescriptionIssue.ACCENT:
            return QCoreApplication.translate(
                "Design", "“{words}” belongs to another language than the preview text and may not be heard in it."
            )
        case DescriptionIssue.ROOM:
            return QCoreApplication.translate(
                "Design", "“{words}” describes a room or an effect. The voice will come without it."
            )
        case DescriptionIssue.BACKGROUND:
            return QCoreApplication.translate(
                "Design", "“{words}” describes the background. Only the voice will be heard."
            )
        case DescriptionIssue.QUALITY:
            return QCoreApplication.translate(
                "Design", "“{words}” describes a recording. It does not change how the voice sounds."
            )
        case DescriptionIssue.NEGATION:
            return QCoreApplication.translate(
                "Design", "“{words}”: what a voice is not is often heard as what it is. Say what it is."
            )


def clock_time(moment: float) -> str:
    """The local time of day of a timestamp: `14:52`."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(moment)), "HH:mm")


def round_name(one: VoiceRound) -> str:
    """`Round 3`; candidates of earlier versions are `Earlier`."""
    if not one.number:
        return QCoreApplication.translate("Design", "Earlier")
    return QCoreApplication.translate("Design", "Round {n}").format(n=one.number)


def round_time(one: VoiceRound, now: float) -> str:
    """When a round was made: the time of today, else the date."""
    if not one.created:
        return ""
    is_today = short_date(one.created) == short_date(now)
    return clock_time(one.created) if is_today else short_date(one.created)


def round_subtitle(one: VoiceRound, now: float) -> str:
    """`4 candidates · 14:52`."""
    candidates = (
        QCoreApplication.translate("Design", "1 candidate")
        if len(one.takes) == 1
        else QCoreApplication.translate("Design", "{n} candidates").format(n=len(one.takes))
    )
    return " · ".join(part for part in (candidates, round_time(one, now)) if part)


def round_remark(one: VoiceRound, kept: dict[str, str]) -> str:
    """What became of a round: `Candidate 3 starred · kept as Uncle Wang`. `kept` has names of voices by take id."""
    starred = [str(place) for place, take in enumerate(one.takes, 1) if take.stars]
    names = [kept[take.id] for take in one.takes if take.id in kept]
    parts = []
    if starred:
        text = QCoreApplication.translate("Design", "Candidate {n} starred")
        parts.append(text.format(n=", ".join(starred)))
    if names:
        parts.append(QCoreApplication.translate("Design", "kept as {name}").format(name=", ".join(names)))
    return " · ".join(parts)


def candidate_name(_take: Take, place: int) -> str:
    return QCoreApplication.translate("Design", "Candidate {n}").format(n=place)


def candidate_spoken(take: Take, place: int) -> str:
    """The accessible text of a candidate: name, length, state, star and findings."""
    starred = QCoreApplication.translate("Studio", "starred") if take.stars else ""
    found = [finding_name(finding) for finding in findings_of(take) if finding.code != "silent"]
    parts = (candidate_name(take, place), take_length(take), take_state(take), starred, *found)
    return ", ".join(part for part in parts if part)


def measured_figures(measures: CandidateMeasures | None) -> tuple[str, ...]:
    """Pitch and pace, one below the other; nothing that was not measured."""
    if measures is None:
        return ()
    figures = []
    if measures.pitch_hz is not None:
        figures.append(QCoreApplication.translate("Design", "{n} Hz").format(n=round(measures.pitch_hz)))
    if measures.pace is not None:
        figures.append(QCoreApplication.translate("Design", "{n} /s").format(n=decimal(measures.pace, 1)))
    return tuple(figures)


def figures_caption() -> str:
    return QCoreApplication.translate("Design", "pitch, pace")


def freezes_text(measures: CandidateMeasures | None, place: int) -> str:
    """What Keep voice is going to freeze."""
    if not place:
        return QCoreApplication.translate("Design", "Select a candidate to keep.")
    if measures is None:
        return QCoreApplication.translate("Design", "Freezes candidate {n} as").format(n=place)
    text = QCoreApplication.translate("Design", "Freezes {t} of candidate {n} as")
    return text.format(t=seconds(measures.stretch.seconds), n=place)


def difference_text(difference: LineDifference | None) -> str:
    """`pitch −0.3 st · 8.1 s`."""
    if difference is None:
        return ""
    length = seconds(difference.seconds)
    if difference.semitones is None:
        return length
    pitch = QCoreApplication.translate("Design", "pitch {n} st").format(
        n=("+" if difference.semitones > 0 else "") + signed(difference.semitones)
    )
    return f"{pitch} · {length}"


def characters_text(text: str) -> str:
    if len(text.strip()) == 1:
        return QCoreApplication.translate("Design", "1 character")
    return QCoreApplication.translate("Design", "{n} characters").format(n=len(text.strip()))


def spoken_round(one: VoiceRound, remark: str, now: float) -> str:
    """The accessible text of an earlier round."""
    parts: Sequence[str] = (round_name(one), one.description, round_subtitle(one, now), remark)
    return ", ".join(" ".join(part.split()) for part in parts if part)
