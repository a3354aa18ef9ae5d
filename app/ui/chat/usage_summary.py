"""The facts below an answer: finish reason, usage, speed and cost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import catalogue, is_same_model
from app.core.messages import Message, Usage
from app.core.spend import Spend, total
from app.ui.texts.models import model_name
from app.ui.texts.numbers import count, seconds
from app.ui.texts.spend import charge_text, searches_text
from app.ui.texts.states import finish_text
from app.ui.widgets.presentation_cover import presentation_cover

PROMPT_LENGTH = 24
"""Characters of a system prompt that label a version."""

Charge = Callable[[str, Usage, datetime, str], Spend]
"""The cost of a call, from its model, usage, time and call id."""


def footer(message: Message, charge: Charge) -> list[str]:
    """The facts as one text each; tokens and cost are totals over all steps."""
    if not message.replies:
        return []
    last, usage = message.replies[-1], message.usage
    facts = [finish_text(last.finish)]
    if message.written_from:
        facts.insert(0, written_from_text(message.written_from))
    if last.model and last.asked and not is_same_model(last.asked, last.model):
        facts.append(
            QCoreApplication.translate("Footer", "answered by {model}").format(
                model=model_name(catalogue().model(last.model))
            )
        )
    first = message.replies[0].first_event
    if first is not None:
        facts.append(QCoreApplication.translate("Footer", "first token {time}").format(time=seconds(first)))
    speed = last.tokens_per_second
    if speed is not None:
        facts.append(QCoreApplication.translate("Footer", "{n} tok/s").format(n=round(speed)))
    if usage is None:
        facts.append(QCoreApplication.translate("Footer", "tokens unknown"))
        return facts
    if usage.searches:
        facts.append(searches_text(usage.searches))
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
    """What a version was made with: of model, thinking, system prompt and numbers, what differs among them."""
    replies = [version.replies[-1] for version in versions if version.replies]
    if not message.replies or len(replies) < 2:
        return ""
    mine, facts = message.replies[-1], []
    if len({reply.asked for reply in replies}) > 1:
        facts.append(model_name(catalogue().model(mine.asked)))
    if len({reply.thinking for reply in replies}) > 1 and mine.thinking is not None:
        facts.append(
            QCoreApplication.translate("Footer", "with thinking")
            if mine.thinking
            else QCoreApplication.translate("Footer", "without thinking")
        )
    if len({reply.prompt for reply in replies}) > 1 and mine.prompt is not None:
        mask = presentation_cover().mask
        prompt = _told_apart(mask(mine.prompt), {mask(reply.prompt) for reply in replies if reply.prompt})
        facts.append(
            QCoreApplication.translate("Footer", "prompt “{prompt}”").format(prompt=prompt)
            if prompt
            else QCoreApplication.translate("Footer", "no system prompt")
        )
    if len({reply.temperature for reply in replies}) > 1 and mine.temperature is not None:
        facts.append(QCoreApplication.translate("Footer", "temperature {n}").format(n=f"{mine.temperature:g}"))
    if len({reply.top_p for reply in replies}) > 1 and mine.top_p is not None:
        facts.append(QCoreApplication.translate("Footer", "Top P {n}").format(n=f"{mine.top_p:g}"))
    if len({reply.max_tokens for reply in replies}) > 1 and mine.max_tokens is not None:
        facts.append(QCoreApplication.translate("Footer", "at most {n} tokens").format(n=count(mine.max_tokens)))
    if message.written_from:
        facts.insert(0, written_from_text(message.written_from))
    return " · ".join(facts)


def written_from_text(number: int) -> str:
    """That a model wrote an answer from several others."""
    return QCoreApplication.translate("Footer", "written from {n} answers").format(n=count(number))


def _told_apart(prompt: str, prompts: set[str]) -> str:
    """The beginning of a prompt, or if others begin alike, the part from just before the first difference."""
    start = 0
    if len({each[: PROMPT_LENGTH - 1] for each in prompts}) < len(prompts):
        first, last = min(prompts), max(prompts)
        common = next((at for at, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
        earliest = max(0, common - PROMPT_LENGTH // 2)
        start = prompt.find(" ", earliest, common - 1) + 1 or earliest
    part = prompt[start:]
    part = part if len(part) <= PROMPT_LENGTH else f"{part[: PROMPT_LENGTH - 1]}…"
    return f"…{part}" if start else part


def message_charge(message: Message, charge: Charge) -> Spend:
    """The estimated cost of all steps; the cost of a step without usage is unknown."""
    created = datetime.fromtimestamp(message.created, UTC)
    return total(
        charge(reply.model or reply.asked, reply.usage, created, reply.call_id)
        if reply.usage is not None
        else Spend(1, unpriced=1)
        for reply in message.replies
    )
