"""The facts below an answer: finish reason, usage, speed and cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from app.core.messages import Message, Reply, Usage
from app.core.spend import Spend, total
from app.ui.texts.numbers import count, seconds
from app.ui.texts.spend import charge_text
from app.ui.texts.states import finish_text
from app.ui.widgets.presentation_cover import presentation_cover

Charge = Callable[[str, Usage, datetime, str], Spend]
"""The cost of a call, from its model, usage, time and call id."""


def footer(message: Message, charge: Charge) -> list[str]:
    """The facts as one text each; tokens and cost are totals over all steps."""
    if not message.replies:
        return []
    last, usage = message.replies[-1], message.usage
    facts = [finish_text(last.finish)]
    if last.model and last.asked and last.model != last.asked:
        facts.append(QCoreApplication.translate("Footer", "answered by {model}").format(model=last.model))
    first = message.replies[0].first_event
    if first is not None:
        facts.append(QCoreApplication.translate("Footer", "first token {time}").format(time=seconds(first)))
    speed = tokens_per_second(last)
    if speed is not None:
        facts.append(QCoreApplication.translate("Footer", "{n} tok/s").format(n=round(speed)))
    if usage is None:
        facts.append(QCoreApplication.translate("Footer", "tokens unknown"))
        return facts
    tokens = QCoreApplication.translate("Footer", "{n} tokens").format(n=count(usage.total))
    split = QCoreApplication.translate("Footer", "{prompt} prompt + {answer} answer")
    facts.append(split.format(prompt=count(usage.prompt), answer=count(usage.completion)))
    if usage.cached:
        tokens += " · " + QCoreApplication.translate("Footer", "{n} cached").format(n=count(usage.cached))
    if usage.reasoning:
        tokens += " · " + QCoreApplication.translate("Footer", "{n} reasoning").format(n=count(usage.reasoning))
    facts.append(tokens)
    cost = charge_text(message_charge(message, charge))
    return [*facts, cost] if cost else facts


def version_differences(message: Message, versions: Sequence[Message]) -> str:
    """What a version was made with, of model, thinking and system prompt only what differs between the versions."""
    replies = [version.replies[-1] for version in versions if version.replies]
    if not message.replies or len(replies) < 2:
        return ""
    mine, facts = message.replies[-1], []
    if len({reply.asked for reply in replies}) > 1:
        facts.append(mine.asked)
    if len({reply.thinking for reply in replies}) > 1 and mine.thinking is not None:
        facts.append(
            QCoreApplication.translate("Footer", "with thinking")
            if mine.thinking
            else QCoreApplication.translate("Footer", "without thinking")
        )
    if len({reply.prompt for reply in replies}) > 1 and mine.prompt is not None:
        prompt = presentation_cover().mask(mine.prompt)
        short = prompt if len(prompt) <= 24 else f"{prompt[:23]}…"
        facts.append(
            QCoreApplication.translate("Footer", "prompt “{prompt}”").format(prompt=short)
            if prompt
            else QCoreApplication.translate("Footer", "no system prompt")
        )
    return " · ".join(facts)


def tokens_per_second(reply: Reply) -> float | None:
    """Completion tokens per second from the first token to the end; None when either is unknown."""
    if reply.usage is None or reply.first_event is None or reply.seconds - reply.first_event < 0.05:
        return None
    return reply.usage.completion / (reply.seconds - reply.first_event)


def message_charge(message: Message, charge: Charge) -> Spend:
    """The estimated cost of all steps; the cost of a step without usage is unknown."""
    created = datetime.fromtimestamp(message.created, UTC)
    return total(
        charge(reply.model or reply.asked, reply.usage, created, reply.call_id)
        if reply.usage is not None
        else Spend(1, unpriced=1)
        for reply in message.replies
    )
