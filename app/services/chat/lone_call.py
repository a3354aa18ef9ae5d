"""Sends requests that belong to no conversation: for a summary, or a recorded one once more."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing

from app.core.accumulator import Accumulator
from app.core.errors import WorkbenchError
from app.core.events import TextDelta
from app.core.messages import FinishReason, Reply
from app.core.observers import Event
from app.core.requests import ChatRequest
from app.services.connection import Connection


class LoneCalls:
    """Makes calls of no conversation; the inspector shows them.

    Attributes:
        on_reply: emits how a call went, also of one that failed or was stopped.
    """

    def __init__(self, connection: Connection, clock: Callable[[], float] = time.monotonic) -> None:
        self._connection = connection
        self._clock = clock
        self.on_reply: Event[Reply] = Event()

    async def send(self, request: ChatRequest, arrived: Callable[[str], object] = lambda text: None) -> Reply:
        """Send a request and pass the text on as it arrives. Cancelling ends the call.

        Returns how the call went; errors of the client pass through.
        """
        fold, began = Accumulator(0), self._clock()
        ended: FinishReason | None = "error"
        try:
            async with self._connection.client() as (profile, client), aclosing(client.chat(request)) as events:
                try:
                    async for event in events:
                        fold.fold(event, self._clock() - began)
                        if isinstance(event, TextDelta):
                            arrived(event.text)
                except WorkbenchError as error:
                    raise self._connection.explain(error, profile) from error
            ended = None
        except asyncio.CancelledError:
            ended = "stopped"
            raise
        finally:
            reply = fold.reply(request.model, self._clock() - began, ended)
            self.on_reply.emit(reply)
        return reply
