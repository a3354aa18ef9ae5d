"""Texts about the health of takes: their words read back, their drift, and what MiMo hears in them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.core.drift import Drift, RequestField, TakeMeasures, rounded_up
from app.core.sentence_joiner import join_sentences
from app.core.takes import ReadBack, Take, TakeFinding
from app.ui.texts.numbers import decimal, seconds, short_time

_SHOWN_PHRASES = 6


def words_advice(finding: TakeFinding) -> str:
    """One sentence about words that were missing, added or not understood, and what to do."""
    words = quoted(finding.words.split("\n"))
    match finding.code:
        case "missing":
            text = QCoreApplication.translate(
                "Health", "Not heard: {words}. The recogniser may be wrong: listen, then redo the take."
            )
        case "added":
            text = QCoreApplication.translate(
                "Health",
                "Heard, but not in the text: {words}. The recogniser may be wrong: listen, then redo the take.",
            )
        case _ if not finding.words.strip():
            return QCoreApplication.translate(
                "Health", "No word of the text was recognised. Listen to the take, then redo it or check it again."
            )
        case _:
            text = QCoreApplication.translate(
                "Health", "Hardly a word of the text was recognised, but {words}. Listen to the take."
            )
    return text.format(words=words)


def words_found(findings: Sequence[TakeFinding]) -> str:
    """What was found in the words of a take, on one line."""
    if any(finding.code == "unlike" for finding in findings):
        return join_sentences(*map(words_advice, findings))
    missing = QCoreApplication.translate("Health", "Not heard: {words}.")
    added = QCoreApplication.translate("Health", "Heard, but not in the text: {words}.")
    return join_sentences(
        *(
            (missing if finding.code == "missing" else added).format(words=quoted(finding.words.split("\n")))
            for finding in findings
        )
    )


def quoted(phrases: Sequence[str]) -> str:
    """The first phrases in quotation marks, and how many more there are."""
    mark = QCoreApplication.translate("Health", "“{phrase}”")
    shown = [mark.format(phrase=phrase) for phrase in phrases[:_SHOWN_PHRASES] if phrase]
    text = QCoreApplication.translate("Health", ", ").join(shown)
    if len(phrases) > _SHOWN_PHRASES:
        more = QCoreApplication.translate("Health", "{words} and {n} more")
        text = more.format(words=text, n=len(phrases) - _SHOWN_PHRASES)
    return text


def recogniser_note() -> str:
    """That what was found is no proof."""
    return QCoreApplication.translate(
        "Health",
        "The recogniser makes mistakes too, above all with names, dialects, singing and whispering. Listen before you "
        "redo a take.",
    )


def opinion_note() -> str:
    """What the answer of a model that hears is worth."""
    return QCoreApplication.translate(
        "Health",
        "The sound and the question are sent to a model that hears. Its answer is an opinion: another model, or the "
        "same one again, may hear something else.",
    )


def not_checked_yet() -> str:
    """The badge of a take that was not read back."""
    return QCoreApplication.translate("Health", "not checked")


def being_checked() -> str:
    """The badge of a take that is being read back."""
    return QCoreApplication.translate("Health", "reading back")


def words_as_written() -> str:
    """The badge of a take in which the words of the text were heard."""
    return QCoreApplication.translate("Health", "words as written")


def heard_by(read_back: ReadBack) -> str:
    """Which model heard a take, and when."""
    text = QCoreApplication.translate("Health", "Heard by {model}, {time}")
    return text.format(model=read_back.model, time=short_time(read_back.checked))


def check_progress(done: int, total: int) -> str:
    """How far a check of words is."""
    return QCoreApplication.translate("Health", "{done} of {total} takes read back").format(done=done, total=total)


def not_checked(name: str, reason: str) -> str:
    """That a take could not be checked, and why."""
    text = QCoreApplication.translate("Health", "{take} could not be checked. {reason}")
    return text.format(take=name, reason=reason)


def drift_sentence(drift: Drift) -> str:
    """What was measured, and nothing else: `Length within 3 %, pitch within 0.2 semitones over 8 takes`."""
    parts = []
    if drift.length is not None:
        parts.append(
            QCoreApplication.translate("Health", "length within {n} %").format(
                n=round(rounded_up(drift.length.value, 1.0))
            )
        )
    if drift.pitch is not None:
        text = QCoreApplication.translate("Health", "pitch within {n} semitones")
        parts.append(text.format(n=decimal(rounded_up(drift.pitch.value, 0.1), 1)))
    if drift.level is not None:
        text = QCoreApplication.translate("Health", "level within {n} LU")
        parts.append(text.format(n=decimal(rounded_up(drift.level.value, 0.1), 1)))
    if not parts:
        return ""
    listed = QCoreApplication.translate("Health", ", ").join(parts)
    text = QCoreApplication.translate("Health", "{measures} over {n} takes").format(measures=listed, n=drift.takes)
    return text[:1].upper() + text[1:]


def drift_gaps(drift: Drift) -> str:
    """What could not be measured, or only of some takes; empty if everything was."""
    sentences = []
    if drift.takes and drift.pitch is None:
        sentences.append(
            QCoreApplication.translate("Health", "Pitch could not be measured: too little of the takes is voiced.")
        )
    elif drift.pitch is not None and drift.pitch.takes < drift.takes:
        text = QCoreApplication.translate("Health", "Pitch was measured of {n} takes: the others are hardly voiced.")
        sentences.append(text.format(n=drift.pitch.takes))
    return " ".join(sentences)


def drift_note() -> str:
    """What the figures mean."""
    return QCoreApplication.translate(
        "Health",
        "From the lowest to the highest take. Pitch is the median of the voiced parts. The more takes, the more the "
        "figures say.",
    )


def too_few_takes(complete: int) -> str:
    """Why nothing can be measured yet, and what to do."""
    if complete:
        return QCoreApplication.translate(
            "Health", "One take has nothing to be compared with. Speak more takes of the same request."
        )
    return QCoreApplication.translate(
        "Health", "None of these takes is complete and has sound. Speak more takes of the same request."
    )


def left_out_text(count: int) -> str:
    """How many takes were not measured, because they are not complete."""
    if count == 1:
        return QCoreApplication.translate("Health", "One take is left out: it is not complete, or silent.")
    text = QCoreApplication.translate("Health", "{n} takes are left out: they are not complete, or silent.")
    return text.format(n=count)


def unequal_requests(fields: Sequence[RequestField]) -> str:
    """Why the drift of a selection can't be measured."""
    names: dict[RequestField, str] = {
        "text": QCoreApplication.translate("Health", "text"),
        "voice": QCoreApplication.translate("Health", "voice"),
        "direction": QCoreApplication.translate("Health", "direction"),
        "model": QCoreApplication.translate("Health", "model"),
        "parameters": QCoreApplication.translate("Health", "parameters"),
    }
    listed = QCoreApplication.translate("Health", ", ").join(names[field] for field in fields)
    text = QCoreApplication.translate(
        "Health",
        "Drift is the difference between takes of one request, and these differ in: {fields}. Select takes that were "
        "asked for alike, or one take to use all that are like it.",
    )
    return text.format(fields=listed)


def measures_text(measures: TakeMeasures) -> str:
    """The measurements of one take."""
    parts = [seconds(measures.seconds)]
    if measures.pitch_hz is not None:
        parts.append(QCoreApplication.translate("Health", "{n} Hz").format(n=round(measures.pitch_hz)))
    else:
        parts.append(QCoreApplication.translate("Health", "pitch unknown"))
    if measures.loudness is not None:
        loudness = f"{measures.loudness:.1f}".replace("-", "−")
        parts.append(QCoreApplication.translate("Studio", "{n} LUFS").format(n=loudness))
    return " · ".join(parts)


def default_question() -> str:
    """The question about a take that stands there first."""
    return QCoreApplication.translate(
        "Health",
        "Listen to this recording of a synthetic voice. How does it sound: mood, pace, stress and pronunciation? Name "
        "every word that is unclear, wrong or missing, and say in one sentence what to change.",
    )


def question_about(take: Take) -> str:
    """What is sent with the question, so that the model knows what should be heard."""
    text = QCoreApplication.translate("Health", "The text to be spoken was:\n{text}")
    text = text.format(text=take.spoken or take.text)
    direction = " ".join((take.voice.description or take.direction).split())
    if not direction:
        return text
    directed = QCoreApplication.translate("Health", "The direction was:\n{direction}").format(direction=direction)
    return f"{text}\n\n{directed}"
