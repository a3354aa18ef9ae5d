"""Lets a model write the summary of earlier messages into the offer, and says how far it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.conversation import Conversation
from app.core.errors import WorkbenchError
from app.core.messages import Message, Usage
from app.services.chat.lone_call import LoneCalls
from app.services.chat.summary import summary_request
from app.ui.chat.context.offer import ContextOffer
from app.ui.texts.errors import error_sentences


class SummaryWriting:
    """Writes one summary at a time."""

    def __init__(
        self, calls: LoneCalls, run: Callable[[Coroutine[Any, Any, object]], asyncio.Task[Any] | None],
        cost: Callable[[str, Usage], str],
    ) -> None:  # fmt: skip
        """`run` owns tasks. `cost` returns what a call of a model has cost as text; empty if that is unknown."""
        self._calls, self._run, self._cost = calls, run, cost
        self._task: asyncio.Task[Any] | None = None

    @property
    def is_running(self) -> bool:
        return self._task is not None

    def begin(
        self, offer: ContextOffer, conversation: Conversation, first: tuple[Message, ...], is_open: Callable[[], bool]
    ) -> None:
        """Summarise the first messages. `is_open` returns whether the offer is still about this conversation."""
        if self._task is None:
            self._task = self._run(self._write(offer, conversation, first, is_open))

    def stop(self) -> None:
        """Stop; what has arrived can be completed by hand."""
        if self._task is not None:
            self._task.cancel()

    async def _write(
        self, offer: ContextOffer, conversation: Conversation, first: tuple[Message, ...], is_open: Callable[[], bool]
    ) -> None:
        offer.summary.clear()
        offer.show_summary("")
        offer.set_summarising(True)
        offer.say_progress(lambda: QCoreApplication.translate("Context", "The summary is being written."))
        try:
            reply = await self._calls.send(summary_request(conversation, first), offer.append_summary)
        except WorkbenchError as error:
            offer.say_progress(partial(error_sentences, error))
        except asyncio.CancelledError:
            offer.say_progress(
                lambda: QCoreApplication.translate("Context", "Stopped. What arrived can be completed by hand.")
            )
            raise
        else:
            usage = reply.usage
            cost = self._cost(reply.model or reply.asked, usage) if usage is not None else ""
            offer.say_progress(partial(_end_of_summary, reply.finish == "length", cost))
        finally:
            self._task = None
            offer.set_summarising(False)
            if not is_open():
                offer.summary.clear()  # The offer was closed meanwhile, and has kept what arrived.


def _end_of_summary(is_cut_off: bool, cost: str) -> str:
    if is_cut_off:
        text = QCoreApplication.translate("Context", "The summary was cut off. Complete it, or choose fewer messages.")
    else:
        text = QCoreApplication.translate("Context", "Read it and change what you like, then use it.")
    return f"{text} {cost}".rstrip()
