"""Texts of answers side by side: states, figures and what a run costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.core.attachments import Kind
from app.core.catalogue import catalogue
from app.core.messages import Message
from app.services.bench.answer_run import AnswerState
from app.services.bench.run_budget import Amount, tokens_so_far
from app.ui.texts.attachments import kind_words
from app.ui.texts.models import model_name
from app.ui.texts.numbers import UNKNOWN, count, money, seconds


def state_text(state: AnswerState, *, thinks: bool) -> str:
    """How far an answer is, in a word."""
    match state:
        case "waiting":
            return QCoreApplication.translate("Beside", "waiting")
        case "running":
            return (
                QCoreApplication.translate("Beside", "thinking")
                if thinks
                else QCoreApplication.translate("Beside", "writing")
            )
        case "done":
            return QCoreApplication.translate("Beside", "finished")
        case "failed":
            return QCoreApplication.translate("Beside", "failed")
        case "stopped":
            return QCoreApplication.translate("Beside", "stopped")
        case "unsent":
            return QCoreApplication.translate("Beside", "not sent")
    return QCoreApplication.translate("Beside", "cut off")


def missing_call_text(call_id: str) -> str:
    """Why a tool's turn can't be sent, and what to do."""
    return QCoreApplication.translate(
        "Beside", "No earlier turn makes the call {id}. Services refuse that: add an assistant turn with this call ID."
    ).format(id=call_id)


def lost_text(state: AnswerState) -> str:
    """What happened to an answer when the program ended, and what to do; empty for any other state."""
    match state:
        case "lost":
            return QCoreApplication.translate(
                "Beside",
                "The program closed before this answer was finished. What arrived is saved. The rest is lost and may "
                "have been billed. Retry to ask again.",
            )
        case "unsent":
            return QCoreApplication.translate("Beside", "This was not sent. Retry to send it.")
    return ""


def estimate_text(amount: Amount) -> str:
    """What a run is expected to cost, before it starts."""
    if amount.unknown and not any(amount.costs.values()):
        return QCoreApplication.translate("Beside", "cost unknown")
    cost = f"≈ {amount_text(amount)}"
    if amount.unknown:
        return QCoreApplication.translate("Beside", "{cost} + {n} of unknown price").format(cost=cost, n=amount.unknown)
    return cost


def amount_text(amount: Amount) -> str:
    """An amount, its currencies side by side: `$0.0010 + ¥0.02`."""
    return " + ".join(money(cost, currency) for currency, cost in amount.costs.items())


def uncounted_text(places: Sequence[int]) -> str:
    """Which columns, by their places from 0, a limit does not count, and why; empty if it counts all."""
    if not places:
        return ""
    if len(places) == 1:
        return QCoreApplication.translate(
            "Beside", "The limit does not count column {n}: its price is unknown. Enter it in Settings, Services."
        ).format(n=places[0] + 1)
    return QCoreApplication.translate(
        "Beside", "The limit does not count columns {list}: their prices are unknown. Enter them in Settings, Services."
    ).format(list=", ".join(str(place + 1) for place in places))


def progress_text(finished: int, total: int) -> str:
    """How many answers have ended."""
    return QCoreApplication.translate("Beside", "{n} of {all} finished").format(n=count(finished), all=count(total))


class AnswerFigures:
    """The figures of one answer; None for what is not known."""

    def __init__(self, message: Message | None, cost: Amount | None, *, is_ended: bool, first: float | None) -> None:
        """`first` is when the first token of a streaming step came, in seconds since it was sent."""
        replies = message.replies if message is not None else ()
        self.is_ended = is_ended
        self.first = replies[0].first_event if replies else first
        self.speed = replies[-1].tokens_per_second if replies else None
        self.tokens = tokens_so_far(message) if message is not None and (message.parts or replies) else None
        self.cost = cost

    @property
    def cost_text(self) -> str:
        if self.cost is None or self.cost.unknown:
            return UNKNOWN
        return amount_text(self.cost)

    @property
    def first_text(self) -> str:
        return UNKNOWN if self.first is None else seconds(self.first)

    @property
    def speed_text(self) -> str:
        if self.speed is None:
            return UNKNOWN
        return QCoreApplication.translate("Beside", "{n} tok/s").format(n=count(round(self.speed)))

    @property
    def tokens_text(self) -> str:
        return UNKNOWN if self.tokens is None else count(self.tokens)


def fastest(values: Sequence[float | None], *, is_lowest: bool) -> int | None:
    """The place of the best of several values; None unless at least two are known and one is best alone."""
    known = sorted((value, at) for at, value in enumerate(values) if value is not None)
    if len(known) < 2:
        return None
    best, second = (known[0], known[1]) if is_lowest else (known[-1], known[-2])
    return None if best[0] == second[0] else best[1]


class RefusingColumn(NamedTuple):
    """A column whose model does not take what is attached.

    Attributes:
        place: from 0.
        able: id of a model that takes it; empty if there is none.
    """

    place: int
    model: str
    kinds: tuple[Kind, ...]
    able: str


def refusal_text(refusing: Sequence[RefusingColumn]) -> str:
    """Which columns can't be asked with what is attached, and what to do."""
    translate = QCoreApplication.translate
    first = refusing[0]
    has_other = all(each.able for each in refusing)
    if len(refusing) == 1:
        text = (
            translate("Beside", "{model} in column {n} takes no {kinds}; {other} does.")
            if has_other
            else translate(
                "Beside",
                "{model} in column {n} takes no {kinds}, and no other model of its service does. Remove them, or "
                "choose another service.",
            )
        )
    else:
        text = (
            translate("Beside", "The models in columns {list} take no {kinds}; {other} does.")
            if has_other
            else translate(
                "Beside",
                "The models in columns {list} take no {kinds}, and no other models of their services do. Remove them, "
                "or choose other services.",
            )
        )
    kinds = tuple(dict.fromkeys(kind for each in refusing for kind in each.kinds))
    return text.format(
        model=model_name(catalogue().model(first.model)), n=first.place + 1, kinds=kind_words(kinds),
        list=", ".join(str(each.place + 1) for each in refusing),
        other=model_name(catalogue().model(first.able)) if has_other else "",
    )  # fmt: skip
