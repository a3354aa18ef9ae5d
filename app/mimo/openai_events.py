"""Wire records of the OpenAI protocol to typed events (mimo-api 6.2 to 6.4 and 7)."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from app.core.errors import Code, TransportError
from app.core.events import (
    ChatEvent,
    Finished,
    SearchFailed,
    SourcesFound,
    Started,
    TextDelta,
    ThinkingDelta,
    ToolCallDelta,
    UsageReported,
)
from app.core.messages import FinishReason, Source, Usage
from app.mimo.openai_wire import Chunk, Delta, ToolCallPiece, decode_chunk
from app.mimo.service_errors import error_from_value

FINISH_REASONS: dict[str, FinishReason] = {
    "stop": "stop",
    "eos": "stop",
    "length": "length",
    "max_tokens": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "content_filter": "content_filter",
    "repetition_truncation": "repetition_truncation",
    "abort": "error",
    "error": "error",
}


class OpenAiEventParser:
    """Turns the `data` of one response, event by event, into typed events.

    Attributes:
        complete: the service said how it ended; whatever fails afterwards loses nothing.
        done: `[DONE]` was read; the rest of the body is read only to free the connection.
    """

    begun = True

    def __init__(self, call_id: str = "") -> None:
        self.complete = False
        self.done = False
        self._call_id = call_id
        self._started = False
        self._calls = ToolCallIndex()

    def read(self, content: str, event: str = "") -> list[ChatEvent]:
        """The events of one `data` field, or of a whole JSON body.

        Raises `ServiceError` for an error in the stream, `TransportError(GARBAGE)` for what is not the protocol.
        """
        if content.startswith("[DONE]"):
            self.done = True
            return []
        chunk = parse_chunk(content)
        events: list[ChatEvent] = []
        if not self._started:
            self._started = True
            events.append(Started(chunk.id or "", chunk.model or "", self._call_id))
        for choice in chunk.choices or ():
            if choice.index:
                continue  # only one answer is ever asked for
            delta = choice.delta or choice.message
            if delta is not None:
                self._read_delta(delta, events)
            if choice.finish_reason and not self.complete:
                self.complete = True
                events.append(Finished(FINISH_REASONS.get(choice.finish_reason, "stop")))
        if chunk.usage is not None and (usage := usage_from(chunk.usage)) is not None:
            events.append(UsageReported(usage))
        return events

    def close(self) -> list[ChatEvent]:
        """The body ended. Raises `TransportError(CUT_SHORT)` when the service had not finished."""
        if self.complete:
            return []
        if not self.done:
            raise TransportError(Code.CUT_SHORT)
        self.complete = True
        return [Finished("tool_calls" if self._calls else "stop")]

    def _read_delta(self, delta: Delta, events: list[ChatEvent]) -> None:
        if delta.annotations:
            sources = sources_from(delta.annotations)
            if sources:
                events.append(SourcesFound(sources))
        if delta.error_message:
            events.append(SearchFailed(str(delta.error_message)))
        thinking = delta.reasoning_content or delta.reasoning
        if thinking and isinstance(thinking, str):
            events.append(ThinkingDelta(thinking))
        text = delta.content
        if text:
            if not isinstance(text, str):
                text = joined_text(text)
            if text:
                events.append(TextDelta(text))
        elif delta.refusal and isinstance(delta.refusal, str):
            events.append(TextDelta(delta.refusal))
        if delta.tool_calls:
            for position, piece in enumerate(delta.tool_calls):
                events.append(self._calls.delta(piece, position))


class ToolCallIndex:
    """Gives every tool call of one response an index of its own.

    The platform sends one; gateways repeat 0 for each of several calls with ids of their own, or leave it out. Then
    the place in the list stands for it, and a call begins with an id of its own, with another name, or with its name
    again and arguments when those so far are whole.
    """

    def __init__(self) -> None:
        self._calls: list[_Call] = []
        self._current: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._calls)

    def delta(self, piece: ToolCallPiece, position: int) -> ToolCallDelta:
        """What a piece adds; `position` is its place in the list of its record, from 0."""
        function = piece.function
        arguments = function.arguments if function is not None else None
        if isinstance(arguments, dict):
            arguments = json.dumps(arguments, ensure_ascii=False)
        name = function.name if function is not None else None
        index = self._index(piece, position, name, arguments)
        call = self._calls[index]
        call.id, call.name = piece.id or call.id, call.name or name or ""
        if arguments:
            call.arguments.append(arguments)
        return ToolCallDelta(index, piece.id or None, name or None, arguments or "")

    def _index(self, piece: ToolCallPiece, position: int, name: str | None, arguments: str | None) -> int:
        key = position if piece.index is None else piece.index
        index = self._current.get(key)
        if piece.index is None:
            index = self._without_an_index(piece, index, name, arguments)
        elif index is not None and self._has_another_id(index, piece):
            index = None
        if index is None:
            index = len(self._calls)
            self._calls.append(_Call())
        self._current[key] = index
        return index

    def _without_an_index(
        self, piece: ToolCallPiece, index: int | None, name: str | None, arguments: str | None
    ) -> int | None:
        """The call a piece belongs to, `index` being the one of its place so far; None when it begins one."""
        known = next((at for at, call in enumerate(self._calls) if piece.id and call.id == piece.id), None)
        if known is not None:
            return known
        if index is None or self._calls[index].is_whole():
            if not (piece.id or name):
                # It says nothing of itself, so it is of what was begun last.
                return len(self._calls) - 1 if self._calls else None
            if arguments or index is None:
                return None
        if self._has_another_id(index, piece):
            return None
        earlier = self._calls[index].name
        return None if name and earlier and name != earlier else index

    def _has_another_id(self, index: int, piece: ToolCallPiece) -> bool:
        return bool(piece.id and self._calls[index].id and self._calls[index].id != piece.id)


class _Call:
    """What is known of a call so far."""

    def __init__(self) -> None:
        self.id = ""
        self.name = ""
        self.arguments: list[str] = []

    def is_whole(self) -> bool:
        """Whether the arguments are JSON to its end."""
        # Most pieces end in the middle, and long arguments are not to be read again for each.
        if not self.arguments or not self.arguments[-1].rstrip().endswith("}"):
            return False
        try:
            json.loads("".join(self.arguments))
        except (ValueError, RecursionError):
            return False
        return True


def parse_chunk(content: str) -> Chunk:
    """One record from its JSON text; raises `ServiceError` when it is an error, `TransportError(GARBAGE)` otherwise."""
    try:
        chunk = decode_chunk(content)
    except (msgspec.DecodeError, RecursionError):
        chunk = _parse_odd(content)
    if chunk.error:
        raise error_from_value(200, {"error": chunk.error})
    if chunk.choices is None and chunk.usage is None:
        if chunk.code is not None and chunk.message is not None:
            raise error_from_value(200, {"error": {"code": chunk.code, "message": chunk.message, "param": chunk.param}})
        if chunk.id is None:
            raise TransportError(Code.GARBAGE, beginning=content[:200])
    return chunk


def _parse_odd(content: str) -> Chunk:
    """For what the strict decoder refuses: lone surrogates in a string, or a first token outside the protocol."""
    try:
        value = json.loads(content)
        text = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        return decode_chunk(text)
    except (ValueError, RecursionError, msgspec.DecodeError) as cause:
        raise TransportError(Code.GARBAGE, beginning=content[:200]) from cause


def joined_text(parts: list[Any]) -> str:
    """The words of a content array."""
    found = []
    for part in parts:
        text = part.get("text") if isinstance(part, dict) else part
        if isinstance(text, str):
            found.append(text)
    return "".join(found)


def sources_from(annotations: Any) -> tuple[Source, ...]:
    """The web pages of an `annotations` list, once each; OpenAI's nested `url_citation` form is read as well."""
    found: dict[str, Source] = {}
    for annotation in annotations if isinstance(annotations, list) else ():
        if not isinstance(annotation, dict):
            continue
        nested = annotation.get("url_citation")
        page = nested if isinstance(nested, dict) else annotation
        words = {
            name: value if isinstance(value := page.get(key), str) else ""
            for name, key in (
                ("url", "url"),
                ("title", "title"),
                ("site", "site_name"),
                ("summary", "summary"),
                ("published", "publish_time"),
            )
        }
        if words["url"]:
            found.setdefault(words["url"], Source(**words))
    return tuple(found.values())


def usage_from(usage: Any) -> Usage | None:
    """Token counts; missing details count as none. A whole object of nulls is no report."""
    if not isinstance(usage, dict):
        return None
    known = [name for name in ("prompt_tokens", "completion_tokens", "total_tokens", "seconds") if usage.get(name)]
    if not known and not isinstance(usage.get("prompt_tokens"), int):
        return None
    prompt, search = usage.get("prompt_tokens_details"), usage.get("web_search_usage")
    return Usage(
        prompt=_count(usage, "prompt_tokens"),
        completion=_count(usage, "completion_tokens"),
        cached=_count(prompt, "cached_tokens"),
        reasoning=_count(usage.get("completion_tokens_details"), "reasoning_tokens"),
        searches=_count(search, "tool_usage"),
        audio_seconds=_amount(usage, "seconds"),
        pages=_count(search, "page_usage"),
        image=_count(prompt, "image_tokens"),
        audio=_count(prompt, "audio_tokens"),
        video=_count(prompt, "video_tokens"),
    )


def _amount(holder: Any, name: str) -> float:
    value = holder.get(name) if isinstance(holder, dict) else None
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0 else 0.0


def _count(holder: Any, name: str) -> int:
    return int(_amount(holder, name))
