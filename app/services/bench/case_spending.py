"""What a run of cases will cost, and the limit that it is kept to."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable

from app.core.case_judging import judging_request
from app.core.cases import Check
from app.core.errors import Code, InputError
from app.core.messages import Usage
from app.core.tokens import text_tokens

CostOf = Callable[[str, Usage], tuple[float | None, str]]
"""Returns the cost of a call of a model with the active service, None if unknown, and the currency."""
USUAL_ANSWER_TOKENS = 300
"""Assumed of an answer before any was seen."""
JUDGE_TOKENS = 80
_REMEMBERED = 50
_ROUNDING = 1e-9


class CaseCosts:
    """Expects what calls will cost: by the length of what is sent, and of the last answers of the model."""

    def __init__(self, cost_of: CostOf) -> None:
        self._cost_of = cost_of
        self._answers: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_REMEMBERED))

    def answered(self, model: str, usage: Usage | None) -> None:
        """Remember the length of an answer."""
        if usage is not None and usage.completion:
            self._answers[model].append(usage.completion)

    def answer(self, model: str, sent: str, max_tokens: int | None) -> tuple[float | None, str]:
        """The expected cost of one answer, and its currency; None if the price is unknown."""
        return self._cost_of(model, Usage(text_tokens(sent) + 10, self._answer_tokens(model, max_tokens)))

    def judgement(self, model: str, check: Check, sent: str, max_tokens: int | None) -> tuple[float | None, str]:
        """The expected cost of judging an answer."""
        request = judging_request(model, check.value, sent, "")
        return self._cost_of(
            model, Usage(text_tokens(request.system + sent) + self._answer_tokens("", max_tokens), JUDGE_TOKENS)
        )

    def actual(self, model: str, usage: Usage | None) -> tuple[float | None, str]:
        """What a call has cost, and the currency; None if that is unknown."""
        cost, currency = self._cost_of(model, usage or Usage(1, 1))
        return (cost if usage is not None or cost == 0.0 else None), currency

    def _answer_tokens(self, model: str, max_tokens: int | None) -> int:
        known = self._answers.get(model)
        usual = sum(known) // len(known) if known else USUAL_ANSWER_TOKENS
        return min(usual, max_tokens) if max_tokens else usual


class SpendGuard:
    """What one run has spent, and what its calls in progress are expected to."""

    def __init__(self, spent: float = 0.0) -> None:
        self.spent = spent
        self._reserved = 0.0

    def reserve(self, expected: float, limit: float) -> None:
        """A call is about to be made. Raises InputError SPEND_LIMIT if it may go over the limit; 0 is no limit."""
        if limit and self.spent + self._reserved + expected > limit + _ROUNDING:
            raise InputError(Code.SPEND_LIMIT, limit=limit, spent=self.spent)
        self._reserved += expected

    def release(self, expected: float, cost: float | None) -> None:
        """The call has ended. What is not known to have cost nothing counts with what was expected."""
        self._reserved = max(0.0, self._reserved - expected)
        self.spent += expected if cost is None else cost
