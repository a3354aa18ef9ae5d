"""The line under an answer: how it ended, what it used, how fast it was, what it cost."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from app.core.messages import Message, Reply
from app.core.prices import Currency, call_cost
from app.ui.texts.numbers import count, money, seconds
from app.ui.texts.states import finish


def footer(message: Message, currency: Currency | None) -> list[str]:
    """The words of the line, each a thing of its own; tokens and cost of all steps together."""
    if not message.replies:
        return []
    last, usage = message.replies[-1], message.usage
    shown = [finish(last.finish)]
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
    amount = message_cost(message, currency) if currency is not None else None
    if amount is not None and currency is not None:
        shown.append(QCoreApplication.translate("Footer", "≈ {cost}").format(cost=money(amount, currency)))
    return shown


def tokens_per_second(reply: Reply) -> float | None:
    """Completion tokens over the time from the first one to the end; None where either is unknown."""
    if reply.usage is None or reply.first_event is None or reply.seconds - reply.first_event < 0.05:
        return None
    return reply.usage.completion / (reply.seconds - reply.first_event)


def message_cost(message: Message, currency: Currency) -> float | None:
    """The estimated cost of all steps; None when any step's price is unknown."""
    when = datetime.fromtimestamp(message.created, UTC)
    costs = [
        call_cost(reply.model or reply.asked, reply.usage, currency, when) if reply.usage is not None else None
        for reply in message.replies
    ]
    known = [amount for amount in costs if amount is not None]
    return sum(known) if known and len(known) == len(costs) else None
