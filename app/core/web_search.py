"""Where the platform's web search can be used, and how the search for an answer went (WIRE.md sections 7 and 13)."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from app.core.catalogue import catalogue
from app.core.errors import Code
from app.core.hosts import host_of
from app.core.keys import expected_kind
from app.core.messages import Message, Sources
from app.core.profiles import PRIVATE_KINDS, Profile
from app.core.requests import ChatRequest, WebSearch


class SearchLock(StrEnum):
    """Why web search can't be used."""

    TOKEN_PLAN = "token-plan"
    PROTOCOL = "protocol"
    MODEL = "model"


class SearchOutcome(StrEnum):
    """How the web search for an answer went, where it brought no pages.

    `NOTHING` is one that the model could leave out, `NOTHING_FORCED` one that it could not, `EMPTY` one that was made
    and found nothing.
    """

    OFF = "off"
    NOTHING = "nothing"
    NOTHING_FORCED = "nothing-forced"
    EMPTY = "empty"


def search_lock(profile: Profile, model_id: str) -> SearchLock | None:
    """Why web search is not sent to a service; None where it is.

    A gateway or a server of one's own may have it or not: it is sent there, and what it answers is shown.
    """
    if profile.kind.startswith("token-plan") or expected_kind(host_of(profile.base_url)) == "token-plan":
        return SearchLock.TOKEN_PLAN
    if profile.protocol == "anthropic":
        return SearchLock.PROTOCOL
    return None if catalogue().model(model_id).may("search") else SearchLock.MODEL


def is_search_unsure(profile: Profile) -> bool:
    """Whether it is unknown if a service has the platform's web search."""
    return profile.kind in PRIVATE_KINDS


def search_outcome(message: Message) -> SearchOutcome | None:
    """How the search for an answer went; None with pages, with an error of its own, and where none was offered."""
    if not message.replies:
        return None
    last = message.replies[-1]
    if last.failure is not None and last.failure.code == Code.SEARCH_OFF:
        return SearchOutcome.OFF
    if last.finish in ("error", "stopped", None) or not any(reply.search for reply in message.replies):
        return None
    if any(isinstance(part, Sources) and (part.items or part.error is not None) for part in message.parts):
        return None
    if message.usage is not None and message.usage.searches:
        return SearchOutcome.EMPTY
    is_forced = any(reply.search == "forced" for reply in message.replies)
    return SearchOutcome.NOTHING_FORCED if is_forced else SearchOutcome.NOTHING


def without_search(request: ChatRequest) -> ChatRequest:
    """The request without web search."""
    return msgspec.structs.replace(request, web_search=None)


def with_forced_search(request: ChatRequest, options: WebSearch) -> ChatRequest:
    """The request with a web search that the model can't leave out; `options` are used if it had none."""
    return msgspec.structs.replace(
        request, web_search=msgspec.structs.replace(request.web_search or options, force=True)
    )
