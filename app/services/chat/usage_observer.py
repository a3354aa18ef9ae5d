"""Counts the usage of replies in all conversations."""

from __future__ import annotations

from app.core.messages import Reply
from app.services.chat.session import SessionObserver
from app.services.run_statistics import RunStatistics
from app.services.spending import Spending


class UsageObserver(SessionObserver):
    """Reports latency and usage of every step."""

    def __init__(self, meter: RunStatistics, spending: Spending) -> None:
        self._meter = meter
        self._spending = spending

    def step_ended(self, message_id: str, reply: Reply) -> None:
        if reply.first_event is not None:
            self._meter.answered(reply.first_event)
        # The usage of an interrupted reply is unknown, but it is not zero.
        if reply.usage is not None or reply.call_id or reply.first_event is not None:
            self._spending.used(reply.model or reply.asked, reply.usage, reply.call_id)
