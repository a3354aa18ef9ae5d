"""Texts about the parts of a take that was spoken in parts."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.jobs import JobEstimate
from app.core.tags import beginning
from app.core.takes import Take, TakePart
from app.ui.texts.jobs import estimate_text
from app.ui.texts.numbers import seconds
from app.ui.texts.speech import failure_reason

_MAX_WORDS = 80


def part_name(part: TakePart, number: int) -> str:
    """`2 · The ferry leaves at nine`: number and first words."""
    # No more than that is shown of a part, and rows are written often.
    words = beginning(part.text[: 8 * _MAX_WORDS], _MAX_WORDS) or " ".join(part.text.split())[:_MAX_WORDS]
    return QCoreApplication.translate("Studio", "{n} · {words}").format(n=number, words=words)


def part_state(take: Take, part: TakePart) -> str:
    """The length of a part that is complete, else its state in a word or two."""
    if part.error:
        return (
            QCoreApplication.translate("Studio", "cut off")
            if part.frames
            else QCoreApplication.translate("Studio", "missing")
        )
    if part.take and not take.has_ended:
        return (
            QCoreApplication.translate("Studio", "speaking")
            if part.frames
            else QCoreApplication.translate("Studio", "to come")
        )
    return seconds(part.frames / take.rate) if part.frames else ""


def part_reason(part: TakePart) -> str:
    """Why a part is incomplete; empty for any other."""
    match part.error:
        case "":
            return ""
        case "stopped":
            return QCoreApplication.translate("Studio", "It ended early.")
        case "length":
            return QCoreApplication.translate("Studio", "It reached the token limit. Raise Max tokens.")
        case "content_filter":
            return QCoreApplication.translate("Studio", "The service's content filter stopped it.")
        case code:
            return failure_reason(code)


def parts_plan(estimate: JobEstimate) -> str:
    """What speaking a text in parts will take."""
    return QCoreApplication.translate("Studio", "In parts: {plan}").format(plan=estimate_text(estimate))
