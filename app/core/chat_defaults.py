"""The user's own defaults of a conversation, and what of a conversation differs from its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from app.core.catalogue import ParameterState
from app.core.conversation import Conversation
from app.core.errors import Code, InputError
from app.core.messages import new_id
from app.core.requests import Sampling, WebSearch

_PLACES: dict[str, tuple[str, str]] = {
    "system": ("system", ""),
    "temperature": ("sampling", "temperature"),
    "top_p": ("sampling", "top_p"),
    "max_tokens": ("sampling", "max_tokens"),
    "web_search": ("searches", ""),
    "search_keywords": ("web_search", "keywords"),
    "search_results": ("web_search", "results"),
    "search_location": ("web_search", "location"),
    "force_search": ("web_search", "force"),
    "json_mode": ("sampling", "json_mode"),
    "stream": ("sampling", "stream"),
    "send_thinking": ("sampling", "send_thinking"),
    "stop": ("sampling", "stop"),
    "frequency_penalty": ("sampling", "frequency_penalty"),
    "presence_penalty": ("sampling", "presence_penalty"),
    "extra_body": ("extra_body", ""),
}
"""Where a parameter stands in a conversation and in its defaults: the field, and the field of that one."""

PARAMETERS = tuple(_PLACES)
"""The names of a conversation's parameters."""
SEARCH_PARAMETERS = frozenset({"web_search", "force_search", "search_keywords", "search_results", "search_location"})
"""Those of them that are about web search."""


class ChatDefaults(msgspec.Struct, frozen=True):
    """Parameters with which a new conversation begins; the fields are those of `Conversation`.

    The model is not among them: the last one chosen is remembered for each service.
    """

    system: str = ""
    sampling: Sampling = Sampling()
    task: str = ""
    tools: tuple[str, ...] | None = None
    web_search: WebSearch = WebSearch()
    searches: bool = False
    extra_body: str = ""

    @classmethod
    def of(cls, conversation: Conversation) -> ChatDefaults:
        """The parameters of a conversation."""
        return cls(**{name: getattr(conversation, name) for name in cls.__struct_fields__})

    def fields(self) -> dict[str, Any]:
        """The fields to set in a conversation."""
        return {name: getattr(self, name) for name in self.__struct_fields__}


def new_conversation(
    defaults: tuple[str, str, Sampling], own: ChatDefaults | None, before: Conversation | None, moment: float
) -> Conversation:
    """An empty conversation, created at `moment` (Unix time in seconds).

    `defaults` has model, system prompt and sampling of the first one; a later one takes the prompt and parts of the
    sampling over from the one `before` it, unless there are the user's own defaults.
    """
    model, system, sampling = defaults
    task = ""
    if before is not None:
        system, sampling, task = before.system, before.sampling.for_another_conversation(), before.task
    conversation = Conversation(new_id(), "", model, system, sampling, created=moment, updated=moment, task=task)
    return conversation if own is None else msgspec.structs.replace(conversation, **own.fields())


def chat_defaults_of(record: Mapping[str, Any]) -> ChatDefaults:
    """Parse the defaults of the settings. Raises InputError SETTING_INVALID for a damaged record."""
    try:
        return msgspec.convert(record, ChatDefaults)
    except msgspec.ValidationError as error:
        raise InputError(
            Code.SETTING_INVALID, key="chat_defaults", value=repr(record)[:80], message=str(error)
        ) from error


def parameter_value(source: Conversation | ChatDefaults, name: str) -> Any:
    """The value of a parameter; None for the model's default. Raises KeyError for an unknown name."""
    outer, inner = _PLACES[name]
    value = getattr(source, outer)
    return getattr(value, inner) if inner else value


def changed_parameters(
    conversation: Conversation, defaults: ChatDefaults, states: Mapping[str, ParameterState]
) -> tuple[str, ...]:
    """The names of the parameters that differ from their defaults; a value equal to the model's own is none."""

    def effective(source: Conversation | ChatDefaults, name: str) -> Any:
        value = parameter_value(source, name)
        return states[name].default if value is None and name in states else value

    return tuple(name for name in _PLACES if effective(conversation, name) != effective(defaults, name))


def reset_fields(conversation: Conversation, defaults: ChatDefaults, names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of the conversation that have to be set so that these parameters have their defaults again."""
    fields: dict[str, Any] = {}
    for name in names:
        outer, inner = _PLACES[name]
        value = parameter_value(defaults, name)
        if inner:
            value = msgspec.structs.replace(fields.get(outer, getattr(conversation, outer)), **{inner: value})
        fields[outer] = value
    if "extra_body" in names:
        sampling = fields.get("sampling", conversation.sampling)
        fields["sampling"] = msgspec.structs.replace(sampling, extra=defaults.sampling.extra)
    return fields
