"""The line under an answer: how it ended, what it used, how fast it was, what it cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from app.core.messages import Message, Reply, Usage
from app.core.spend import Spend, total
from app.ui.texts.numbers import count, seconds
from app.ui.texts.spend import charge_text
from app.ui.texts.states import finish_text

Charge = Callable[[str, Usage, datetime, str], Spend]
"""What a call of a model cost at a moment; the last is its id."""


def footer(message: Message, charge: Charge) -> list[str]:
    """The words of the line, each a thing of its own; tokens and cost of all steps together."""
    if not message.replies:
        return []
    last, usage = message.replies[-1], message.usage
    shown = [finish_text(last.finish)]
    if last.model and last.asked and last.model != last.asked:
        shown.append(QCoreApplication.translate("Footer", "answered by {model}").format(model=last.model))
    first = message.replies[0].first_event
    if first is not None:
        shown.append(QCoreApplication.translate("Footer", "first token {time}").format(time=seconds(first)))
    speed = tokens_per_second(last)
    if speed is not None:
        shown.append(QCoreApplication.translate("Footer", "{n} tok/s").format(n=round(speed)))
    if usage is None:
        shown.append(QCoreApplication.translate("Footer", "tokens unknown"))
        return shown
    tokens = QCoreApplication.translate("Footer", "{n} tokens").format(n=count(usage.total))
    if usage.cached:
        tokens += " · " + QCoreApplication.translate("Footer", "{n} cached").format(n=count(usage.cached))
    if usage.reasoning:
        tokens += " · " + QCoreApplication.translate("Footer", "{n} reasoning").format(n=count(usage.reasoning))
    shown.append(tokens)
    cost = charge_text(message_charge(message, charge))
    return [*shown, cost] if cost else shown


def tokens_per_second(reply: Reply) -> float | None:
    """Completion tokens over the time from the first one to the end; None where either is unknown."""
    if reply.usage is None or reply.first_event is None or reply.seconds - reply.first_event < 0.05:
        return None
    return reply.usage.completion / (reply.seconds - reply.first_event)


def message_charge(message: Message, charge: Charge) -> Spend:
    """The estimated cost of all steps; a step without usage is one whose cost nobody knows."""
    when = datetime.fromtimestamp(message.created, UTC)
    return total(
        charge(reply.model or reply.asked, reply.usage, when, reply.call_id)
        if reply.usage is not None
        else Spend(1, unpriced=1)
        for reply in message.replies
    )
