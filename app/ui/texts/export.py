"""Texts of the export page: names and gains of exported files, the audition page, and what its votes say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.core.audition_page import PageTexts
from app.core.auditions import LABELS, Audition, Tally, tally
from app.core.chance import LEVEL
from app.core.comparison import ComparedTake
from app.core.presentation_mask import COVER
from app.core.tags import plain
from app.core.takes import Take
from app.services.speech.auditions import VotesReadIn
from app.services.speech.loudness_matching import TargetGain
from app.ui.texts.comparison import voice_of
from app.ui.texts.numbers import decimal, seconds
from app.ui.texts.speech import gain, signed, take_length, voice_name
from app.ui.widgets.presentation_cover import presentation_cover

_NOTABLE_DB = 0.05


def field_name(field: str) -> str:
    """A field of the name template, as it is offered."""
    names = {
        "text": QCoreApplication.translate("Export", "Text"),
        "voice": QCoreApplication.translate("Export", "Voice"),
        "direction": QCoreApplication.translate("Export", "Direction"),
        "date": QCoreApplication.translate("Export", "Date"),
        "time": QCoreApplication.translate("Export", "Time"),
        "number": QCoreApplication.translate("Export", "Number"),
        "session": QCoreApplication.translate("Export", "Session"),
        "model": QCoreApplication.translate("Export", "Model"),
    }
    return names[field]


def field_values(take: Take, number: str, session: str) -> dict[str, str]:
    """What the fields of a name template say about a take. What is covered while presenting is left out."""
    made = datetime.fromtimestamp(take.created)
    values = {
        "text": plain(take.spoken or take.text),
        "voice": voice_name(take),
        "direction": take.direction,
        "date": f"{made:%Y-%m-%d}",
        "time": f"{made:%H-%M-%S}",
        "number": number,
        "session": session,
        "model": take.model,
    }
    return {name: masked(value) for name, value in values.items()}


def masked(text: str) -> str:
    """A text for a file that others get: without what is covered while presenting."""
    return presentation_cover().mask(text).replace(COVER, "")


def unknown_fields_text(fields: Sequence[str]) -> str:
    """Which fields of a template do not exist."""
    names = ", ".join(f"{{{field}}}" for field in fields)
    if len(fields) == 1:
        text = QCoreApplication.translate("Export", "There is no field {names}. These exist:")
    else:
        text = QCoreApplication.translate("Export", "There are no fields {names}. These exist:")
    return text.replace("{names}", names)


def take_count(takes: Sequence[Take]) -> str:
    """`3 takes · 12.3 s`."""
    length = seconds(sum(take.frames / take.rate for take in takes))
    if len(takes) == 1:
        return QCoreApplication.translate("Export", "1 take · {length}").format(length=length)
    return QCoreApplication.translate("Export", "{n} takes · {length}").format(n=len(takes), length=length)


def take_line(take: Take) -> str:
    """`Take 3 · Mia · 2.4 s`."""
    number = QCoreApplication.translate("Export", "Take {n}").format(n=take.number) if take.number else ""
    return " · ".join(part for part in (number, voice_name(take), take_length(take)) if part)


def gain_text(applied: TargetGain) -> str:
    """The gain of an exported file, and by how much the peak limit keeps it below the target."""
    if applied.short < _NOTABLE_DB:
        return gain(applied.gain)
    text = QCoreApplication.translate("Export", "{gain}, {short} dB short: peak limit")
    return text.format(gain=gain(applied.gain), short=decimal(applied.short, 1))


def target_text(target: float, peak: float) -> str:
    """What a loudness target does, in one sentence."""
    text = QCoreApplication.translate(
        "Export",
        "Each take is brought to {target} LUFS. Where a true peak would pass {peak} dBTP, the whole take stays "
        "quieter; nothing is compressed.",
    )
    return text.format(target=signed(target), peak=signed(peak))


def rate_text(rate: int) -> str:
    """A sample rate, 0 for that of the take."""
    if not rate:
        return QCoreApplication.translate("Export", "As delivered")
    return QCoreApplication.translate("Export", "{n} kHz").format(n=f"{rate / 1000:g}")


def progress_text(done: int, total: int) -> str:
    return QCoreApplication.translate("Export", "Exported {done} of {total}").format(done=done, total=total)


def finished_text(saved: int, failed: int) -> str:
    """What became of an export."""
    if failed:
        text = QCoreApplication.translate("Export", "{saved} saved, {failed} could not be exported. The list says why.")
        return text.format(saved=saved, failed=failed)
    if saved == 1:
        return QCoreApplication.translate("Export", "1 file was saved.")
    return QCoreApplication.translate("Export", "{saved} files were saved.").format(saved=saved)


def stopped_text(saved: int) -> str:
    """What is left of an export that was stopped."""
    if not saved:
        return QCoreApplication.translate("Export", "Stopped. No file was saved.")
    if saved == 1:
        return QCoreApplication.translate("Export", "Stopped. 1 finished file stays.")
    return QCoreApplication.translate("Export", "Stopped. {saved} finished files stay.").format(saved=saved)


# -- audition page ----------------------------------------------------------------------------------------------------


def page_texts(*, blind: bool) -> PageTexts:
    """The sentences of an audition page in the present language."""
    named = QCoreApplication.translate("AuditionPage", "All samples play equally loud.")
    hidden = QCoreApplication.translate(
        "AuditionPage", "All samples play equally loud, in random order and without names. Some end with silence."
    )
    return PageTexts(
        intro=hidden if blind else named,
        sample=QCoreApplication.translate("AuditionPage", "Sample {label}"),
        line=QCoreApplication.translate("AuditionPage", "Line {n}"),
        same_spot=QCoreApplication.translate("AuditionPage", "Switch samples at the same spot"),
        question=QCoreApplication.translate("AuditionPage", "Which one do you prefer?"),
        no_preference=QCoreApplication.translate("AuditionPage", "No preference"),
        vote=QCoreApplication.translate("AuditionPage", "Your vote"),
        vote_how=QCoreApplication.translate(
            "AuditionPage", "Choose above, then send this code to whoever gave you the page. Nothing is sent by itself."
        ),
        listener=QCoreApplication.translate("AuditionPage", "Your name (optional)"),
        code=QCoreApplication.translate("AuditionPage", "Vote code"),
        copy=QCoreApplication.translate("AuditionPage", "Copy code"),
        copied=QCoreApplication.translate("AuditionPage", "The code was copied."),
        not_copied=QCoreApplication.translate("AuditionPage", "The code is selected: copy it with Ctrl+C."),
        needs_script=QCoreApplication.translate("AuditionPage", "Voting needs JavaScript. Listening does not."),
    )


def sample_detail(take: Take) -> str:
    """What a page with names says about a sample."""
    direction = " ".join(take.direction.split())
    return masked(" · ".join(part for part in (take_line(take), direction) if part))


def revealing_text(names: Sequence[str]) -> str:
    """That the title or the note of a blind page has the name of a voice in it."""
    text = QCoreApplication.translate("Export", "Listeners may guess: the title or the note mentions {names}.")
    return text.format(names=", ".join(f"“{name}”" for name in names))


# -- votes ------------------------------------------------------------------------------------------------------------


def vote_count(votes: int) -> str:
    if votes == 1:
        return QCoreApplication.translate("Export", "1 vote")
    return QCoreApplication.translate("Export", "{n} votes").format(n=votes)


def votes_read_text(read: VotesReadIn) -> str:
    """What became of the codes in a text."""
    if not read.counted and not read.unknown and not read.damaged:
        return QCoreApplication.translate("Export", "No code was found. A code begins with MIMO-.")
    parts = []
    if read.counted:
        parts.append(
            QCoreApplication.translate("Export", "1 vote was read in.")
            if read.counted == 1
            else QCoreApplication.translate("Export", "{n} votes were read in.").format(n=read.counted)
        )
    if read.unknown:
        text = QCoreApplication.translate("Export", "{n} belong to a page that is not known here.")
        parts.append(text.format(n=read.unknown))
    if read.damaged:
        text = QCoreApplication.translate("Export", "{n} have a typing error: copy the whole code again.")
        parts.append(text.format(n=read.damaged))
    return " ".join(parts)


def compared_name(take: ComparedTake) -> str:
    """`Take 3 · Mia · calm`, of a take that may be deleted."""
    number = QCoreApplication.translate("Export", "Take {n}").format(n=take.number) if take.number else ""
    direction = " ".join(take.direction.split())
    return " · ".join(part for part in (number, voice_of(take), direction) if part)


def sample_name(audition: Audition, section: int, place: int) -> str:
    """`Sample B`, with its take once that is revealed."""
    label = QCoreApplication.translate("Export", "Sample {label}").format(label=LABELS[place])
    if not audition.revealed:
        return label
    return f"{label} · {compared_name(audition.sections[section].takes[place])}"


def verdict(audition: Audition, section: int) -> str:
    """What the votes for a section say, honestly."""
    counted: Tally = tally(audition, section)
    if not counted.decided:
        return QCoreApplication.translate("Export", "No preference was given yet.")
    if counted.best is None:
        return QCoreApplication.translate("Export", "No sample is ahead.")
    text = (
        QCoreApplication.translate(
            "Export", "{sample} has {most} of {all} votes. By chance alone, some sample gets as many in {chance} %."
        )
        if counted.chance < LEVEL
        else QCoreApplication.translate(
            "Export",
            "{sample} has {most} of {all} votes: not enough to call. "
            "By chance alone, some sample gets as many in {chance} %.",
        )
    )
    return text.format(
        sample=sample_name(audition, section, counted.best), most=max(counted.counts), all=counted.decided,
        chance=decimal(float(counted.chance) * 100, 1),
    )  # fmt: skip


def listeners_text(audition: Audition) -> str:
    """Who voted. Names are those of people: nobody is named while presenting."""
    names = [vote.listener for vote in audition.votes if vote.listener]
    if presentation_cover().active or not names:
        return vote_count(len(audition.votes))
    return f"{vote_count(len(audition.votes))}: {', '.join(names)}"
