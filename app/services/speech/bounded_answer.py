"""Asks the chat model for a short text, and reads no more of its answer than that can hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app.core.messages import FinishReason
from app.core.requests import ChatRequest
from app.services.chat.lone_call import LoneCalls


class BoundedAnswer(NamedTuple):
    """What was answered, and how it ended: `length` where it was cut off, by the service or here."""

    text: str
    ended: FinishReason | None


class _Enough(Exception):
    """All characters that are read have arrived."""


async def bounded_answer(
    calls: LoneCalls, request: ChatRequest, most: int, arrived: Callable[[str], object]
) -> BoundedAnswer:
    """Send a request and pass at most `most` characters of the answer on as they arrive. Cancelling ends the call.

    Raises the errors of the client.
    """
    pieces: list[str] = []
    room = most

    def collect(piece: str) -> None:
        nonlocal room
        kept = piece[:room]
        room -= len(kept)
        pieces.append(kept)
        arrived(kept)
        if not room:
            raise _Enough

    try:
        reply = await calls.send(request, collect)
    except _Enough:
        return BoundedAnswer("".join(pieces), "length")
    return BoundedAnswer("".join(pieces), reply.finish)
