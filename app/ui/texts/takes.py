"""Texts of the list of takes: measurements, what was found in a sound, lineage, progress, filters and orders."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.take_order import Order, Shown, has_finding
from app.core.takes import Take, TakeFinding, TakeProgress
from app.ui.texts.health import words_advice
from app.ui.texts.numbers import decimal, seconds
from app.ui.texts.speech import signed, take_failure, take_length, take_name, take_state


def take_accessible_text(take: Take, number: int) -> str:
    """The accessible text of a take: name, length, state, star, findings, lineage, and failure if any."""
    starred = QCoreApplication.translate("Studio", "starred") if take.stars else ""
    noted = QCoreApplication.translate("Studio", "with a note") if take.note.strip() else ""
    found = [finding_name(finding) for finding in take.findings if finding.code != "silent"]
    parts = (take_name(take, number), take_length(take), take_state(take), starred, noted, *found, take_failure(take))
    return ", ".join(part for part in parts if part)


def level_and_delay(take: Take) -> tuple[str, str]:
    """Loudness and time to the first audible sample, each empty while it is not known."""
    level = delay = ""
    if take.loudness is not None:
        level = QCoreApplication.translate("Studio", "{n} LUFS").format(n=signed(take.loudness))
    if take.frames and take.has_ended and (take.came_at_once or not take.stream):
        delay = QCoreApplication.translate("Studio", "one block")
    elif take.first_sound is not None:
        delay = QCoreApplication.translate("Studio", "{t} to sound").format(t=short_seconds(take.first_sound))
    return level, delay


def short_delay(take: Take) -> str:
    """The time to the first audible sample as a number alone; as `level_and_delay` where there is none."""
    if take.first_sound is None or (take.frames and take.has_ended and (take.came_at_once or not take.stream)):
        return level_and_delay(take)[1]
    return short_seconds(take.first_sound)


def short_seconds(duration: float) -> str:
    """A short time in seconds with two decimals below ten: `0.31 s`."""
    if duration >= 10:
        return seconds(duration)
    return QCoreApplication.translate("Studio", "{n} s").format(n=decimal(duration, 2))


def finding_name(finding: TakeFinding) -> str:
    """What was found, in a word or two."""
    match finding.code:
        case "abrupt":
            return QCoreApplication.translate("Studio", "ends abruptly")
        case "hole":
            hole = QCoreApplication.translate("Studio", "hole of {t}")
            return hole.format(t=seconds(finding.seconds))
        case "clips":
            return QCoreApplication.translate("Studio", "clips")
        case "silent":
            return QCoreApplication.translate("Studio", "silent")
        case "missing":
            return QCoreApplication.translate("Health", "words missing")
        case "added":
            return QCoreApplication.translate("Health", "words added")
        case "unlike":
            return QCoreApplication.translate("Health", "other words heard")
    return QCoreApplication.translate("Studio", "finding")


def finding_advice(finding: TakeFinding) -> str:
    """One sentence about what was found and what to do."""
    match finding.code:
        case "abrupt":
            return QCoreApplication.translate(
                "Studio", "The last word may be cut off: listen to the end, and redo the take."
            )
        case "hole":
            return QCoreApplication.translate(
                "Studio", "Silent for {t} at {at}: redo the take, or remove a pause tag from the text there."
            ).format(t=seconds(finding.seconds), at=seconds(finding.at))
        case "clips":
            return QCoreApplication.translate(
                "Studio",
                "The loudest places are distorted: redo the take, or ask for a quieter voice.",
            )
        case "silent":
            return QCoreApplication.translate(
                "Studio", "Nothing can be heard in this take: redo it, or change the text."
            )
        case "missing" | "added" | "unlike":
            return words_advice(finding)
    return QCoreApplication.translate(
        "Studio", "A newer version of this program found something here. Update it to see what."
    )


def findings_of(take: Take) -> tuple[TakeFinding, ...]:
    """The findings of a take. One of an earlier version can be silent without a finding."""
    return take.findings or ((TakeFinding("silent"),) if has_finding(take) else ())


def lineage(take: Take, parent: Take | None) -> str:
    """What a take was made from; empty if it was made from none. `parent` is None if it is not listed."""
    if not take.parent or not take.relation:
        return ""
    if parent is None or not parent.number:
        if take.relation == "redo":
            return QCoreApplication.translate("Studio", "redo of another take")
        return QCoreApplication.translate("Studio", "from another take")
    match take.relation:
        case "redo":
            text = QCoreApplication.translate("Studio", "redo of take {n}")
        case "part":
            text = QCoreApplication.translate("Studio", "from take {n}, parts spoken again")
        case "polish":
            text = QCoreApplication.translate("Studio", "from take {n}, polished")
        case "keep":
            text = QCoreApplication.translate("Studio", "from take {n}, kept as a voice")
        case _:
            text = QCoreApplication.translate("Studio", "from take {n}, reuse")
    return text.format(n=parent.number)


def progress_text(take: Take, progress: TakeProgress | None) -> str:
    """How far a take is that is being made: what has arrived where that can be known, else the time that has passed."""
    if take.has_ended:
        return ""
    whole_seconds = 0 if progress is None else int(progress.elapsed)
    passed = seconds(float(whole_seconds))
    if take.frames and not whole_seconds:
        return QCoreApplication.translate("Studio", "{t} arrived").format(t=seconds(take.frames / take.rate))
    if progress is None or (progress.state == "queued" and not progress.elapsed):
        return QCoreApplication.translate("Studio", "queued, nothing was sent yet")
    if take.frames:
        arrived = QCoreApplication.translate("Studio", "{t} arrived, {passed} since it was sent")
        return arrived.format(t=seconds(take.frames / take.rate), passed=passed)
    match progress.state:
        case "waiting":
            return QCoreApplication.translate("Studio", "waits for the service, {passed}").format(passed=passed)
        case "saving":
            return QCoreApplication.translate("Studio", "is being saved")
        case "queued" | "requesting" if not progress.elapsed:
            return QCoreApplication.translate("Studio", "waits to be sent")
    if not progress.streams:
        return QCoreApplication.translate("Studio", "arrives as one block, {passed}").format(passed=passed)
    return QCoreApplication.translate("Studio", "sent, waits for sound, {passed}").format(passed=passed)


def shown_name(shown: Shown) -> str:
    """A choice of which takes are listed."""
    match shown:
        case "all":
            return QCoreApplication.translate("Studio", "All takes")
        case "starred":
            return QCoreApplication.translate("Studio", "Starred")
        case "noted":
            return QCoreApplication.translate("Studio", "With a note")
        case "found":
            return QCoreApplication.translate("Studio", "With a finding")


def order_name(order: Order) -> str:
    """A choice of the order of takes."""
    match order:
        case "newest":
            return QCoreApplication.translate("Studio", "Newest first")
        case "oldest":
            return QCoreApplication.translate("Studio", "Oldest first")
        case "longest":
            return QCoreApplication.translate("Studio", "Longest first")
        case "loudest":
            return QCoreApplication.translate("Studio", "Loudest first")
        case "stars":
            return QCoreApplication.translate("Studio", "Starred first")
        case "voice":
            return QCoreApplication.translate("Studio", "By voice")


def takes_named(takes: int) -> str:
    """`3 takes`."""
    return QCoreApplication.translate("Health", "{n} takes").format(n=takes)


def heading_name(text: str, takes: int) -> str:
    """The heading of the takes of one text."""
    words = " ".join(text.split()) or QCoreApplication.translate("Studio", "Without text")
    if takes == 1:
        return QCoreApplication.translate("Studio", "1 take · {text}").format(text=words)
    return QCoreApplication.translate("Studio", "{n} takes · {text}").format(text=words, n=takes)
