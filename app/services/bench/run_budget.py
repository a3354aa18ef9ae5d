"""What a run is expected to cost, and whether it has reached its limit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from app.core.context_estimate import MessageCounter, fixed_tokens
from app.core.media_tokens import media_tokens
from app.core.messages import Message, Text, Thinking, Usage
from app.core.profiles import Profile
from app.core.requests import ChatRequest
from app.core.tokens import text_tokens
from app.services.bench.answer_run import AnswerRun

ANSWER_TOKENS, THINKING_TOKENS = 500, 700
"""Tokens of an answer and of the thinking before it, as far as nothing is known."""

CostOf = Callable[[Profile, str, Usage | None], tuple[float | None, str]]
"""The cost of a call of a model with a service and its currency; None if it is unknown."""


class Amount(NamedTuple):
    """What calls cost, in as many currencies as their services bill.

    Attributes:
        costs: by currency, that of the service in use first; never empty.
        unknown: calls that are in none of them, because their price is unknown.
    """

    costs: Mapping[str, float]
    unknown: int = 0

    def of(self, currency: str) -> float:
        """The amount in one currency."""
        return self.costs.get(currency, 0.0)

    def plus(self, other: Amount) -> Amount:
        """Both together."""
        costs = {**self.costs}
        for currency, cost in other.costs.items():
            costs[currency] = costs.get(currency, 0.0) + cost
        return Amount(costs, self.unknown + other.unknown)


class RunBudget:
    """Estimates and adds up the cost of answers."""

    def __init__(self, cost_of: CostOf, currency: Callable[[], str]) -> None:
        self._cost_of = cost_of
        self._currency = currency
        self._counter = MessageCounter(media_tokens)

    @property
    def usual_currency(self) -> str:
        """The currency of the service in use."""
        return self._currency()

    def price_currency(self, profile: Profile, model: str) -> str | None:
        """The currency in which a service bills a model; None if the price is unknown."""
        cost, currency = self._cost_of(profile, model, Usage(prompt=1000, completion=1000))
        return None if cost is None else currency

    def prompt_tokens(self, request: ChatRequest) -> int:
        """The tokens of what a request sends; attachments whose size is unknown are not in it."""
        send_thinking = request.sampling.send_thinking
        # Not by message: what is planned has new messages every time, which would all be remembered.
        counted = (self._counter.count_parts(each.parts, send_thinking=send_thinking) for each in request.messages)
        return fixed_tokens(request) + sum(each.tokens for each in counted)

    def expected(self, requests: Iterable[tuple[Profile, ChatRequest, int]]) -> Amount:
        """What answers are expected to cost: each with its service, its request and the tokens of its prompt."""
        return self._total(
            (profile, request.model, Usage(prompt=prompt, completion=_usual_length(request)))
            for profile, request, prompt in requests
        )

    def spent(self, answers: Iterable[AnswerRun]) -> Amount:
        """What answers have cost so far; of one that is being made, what has arrived is estimated."""
        return self._total((run.profile, run.request.model, _usage_so_far(run)) for run in answers)

    def cost_of_message(self, profile: Profile, message: Message) -> Amount:
        """What an answer has cost that was made in an earlier session."""
        return self._total((profile, each.model or each.asked, each.usage) for each in message.replies)

    def committed(self, answers: Iterable[AnswerRun]) -> Amount:
        """As `spent`, but an answer that is being made counts with what it is expected to cost, if that is more."""
        return self._total(
            (run.profile, run.request.model, _usage_so_far(run, _usual_length(run.request))) for run in answers
        )

    def _total(self, calls: Iterable[tuple[Profile, str, Usage | None]]) -> Amount:
        usual, unknown = self._currency(), 0
        costs: dict[str, float] = {}
        for profile, model, usage in calls:
            cost, currency = self._cost_of(profile, model, usage)
            if cost is None:
                unknown += 1
            elif cost:
                costs[currency] = costs.get(currency, 0.0) + cost
        first = {usual: costs[usual]} if usual in costs else {}
        return Amount(first | costs or {usual: 0.0}, unknown)


def tokens_so_far(message: Message) -> int:
    """The tokens of an answer that have arrived, estimated where the service has not counted them yet."""
    counted = sum(reply.usage.completion for reply in message.replies if reply.usage is not None)
    known = {step for step, reply in enumerate(message.replies) if reply.usage is not None}
    parts = (part for part in message.parts if isinstance(part, Text | Thinking) and part.step not in known)
    return counted + sum(text_tokens(part.text) for part in parts)


def _usage_so_far(run: AnswerRun, at_least: int = 0) -> Usage:
    message = run.snapshot()
    whole = message.usage
    if whole is not None and not run.is_active:
        return whole
    if run.state in ("waiting", "unsent"):
        return Usage()
    return Usage(prompt=run.expected, completion=max(tokens_so_far(message), at_least if run.is_active else 0))


def _usual_length(request: ChatRequest) -> int:
    length = ANSWER_TOKENS + (THINKING_TOKENS if request.sampling.thinking else 0)
    most = request.sampling.max_tokens
    return length if most is None else min(length, most)
