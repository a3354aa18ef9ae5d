"""Counts what replies use, in whichever conversation they run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from app.core.messages import Reply
from app.core.prices import Currency, call_cost
from app.services.chat.session import SessionObserver
from app.services.meter import Meter


class MeteredReplies(SessionObserver):
    """Tells the meter of every step; `currency` is asked at each, None where nothing costs."""

    def __init__(self, meter: Meter, currency: Callable[[], Currency | None]) -> None:
        self._meter = meter
        self._currency = currency

    def step_ended(self, message_id: str, reply: Reply) -> None:
        if reply.first_event is not None:
            self._meter.answered(reply.first_event)
        if reply.usage is not None:
            currency = self._currency()
            model = reply.model or reply.asked
            amount = call_cost(model, reply.usage, currency, datetime.now(UTC)) if currency else None
            self._meter.used(reply.usage, (amount, currency) if currency and amount is not None else None)
