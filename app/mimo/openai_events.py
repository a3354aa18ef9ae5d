"""Parses wire records of the OpenAI protocol into typed events (WIRE.md sections 6.2 to 6.4 and 7)."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from app.core.bounds import count, seconds
from app.core.errors import Code, TransportError
from app.core.events import (
    ChatEvent,
    Finished,
    SearchFailed,
    SignatureDelta,
    SourcesFound,
    Started,
    TextDelta,
    ToolCallDelta,
    UsageReported,
)
from app.core.messages import FinishReason, Source, ThinkingForm, Usage
from app.mimo.lenient_json import read_leniently
from app.mimo.openai_wire import Chunk, Delta, ToolCallFragment, decode_chunk
from app.mimo.service_errors import error_from_value, garbage
from app.mimo.thoughts import ThoughtReader, details_text, plain_text, signature_of

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
    """Turns the `data` fields of one response into typed events. See `EventParser`."""

    begun = True

    def __init__(self, call_id: str = "", *, has_tags: bool = True) -> None:
        """`has_tags`: `<think>` tags in the text surround thoughts; False for a transcript."""
        self.complete = False
        self.done = False
        self._call_id = call_id
        self._started = False
        self._calls = ToolCallIndex()
        self._thoughts = ThoughtReader()
        self._has_tags = has_tags
        self._thinking_field: str | None = None
        """The field that thinking came in first; another one repeats it."""

    def read(self, content: str, event: str = "") -> list[ChatEvent]:
        """The events of one `data` field, or of a whole JSON body.

        Raises `ServiceError` for an error in the stream, `TransportError(GARBAGE)` for an invalid record.
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
                continue  # only one choice is ever requested
            delta = choice.delta or choice.message
            if delta is not None:
                self._read_delta(delta, events)
            if choice.finish_reason and not self.complete:
                self.complete = True
                self._thoughts.flush(events)
                events.append(Finished(FINISH_REASONS.get(choice.finish_reason, "stop")))
        if chunk.usage is not None and (usage := usage_from(chunk.usage)) is not None:
            events.append(UsageReported(usage))
        return events

    def close(self) -> list[ChatEvent]:
        """The events at the end of the body. Raises `TransportError(CUT_SHORT)` if the service had not finished."""
        if self.complete:
            return []
        if not self.done:
            raise TransportError(Code.CUT_SHORT)
        self.complete = True
        events: list[ChatEvent] = []
        self._thoughts.flush(events)
        return [*events, Finished("tool_calls" if self._calls else "stop")]

    def _read_delta(self, delta: Delta, events: list[ChatEvent]) -> None:
        if delta.annotations:
            sources = sources_from(delta.annotations)
            if sources:
                events.append(SourcesFound(sources))
        if delta.error_message:
            events.append(SearchFailed(str(delta.error_message)))
        if delta.reasoning_content or delta.reasoning or delta.reasoning_details or delta.thinking:
            self._read_thinking(delta, events)
        text = delta.content
        if text:
            if not isinstance(text, str):
                self._thoughts.content(text, events)
            elif self._has_tags:
                self._thoughts.text(text, events)
            else:
                events.append(TextDelta(text))
        elif delta.refusal and isinstance(delta.refusal, str):
            events.append(TextDelta(delta.refusal))
        if delta.tool_calls:
            self._thoughts.flush(events)
            for position, fragment in enumerate(delta.tool_calls):
                events.append(self._calls.delta(fragment, position))

    def _read_thinking(self, delta: Delta, events: list[ChatEvent]) -> None:
        for name, text, form in (
            ("reasoning_content", plain_text(delta.reasoning_content), ""),
            ("thinking", plain_text(delta.thinking), ""),
            ("reasoning", plain_text(delta.reasoning), "reasoning"),
            ("reasoning_details", details_text(delta.reasoning_details), "reasoning_details"),
        ):
            if text and self._thinking_field in (None, name):
                self._thinking_field = name
                # Services that send details want them back, also where the text came in `reasoning` beside them.
                shape: ThinkingForm = "reasoning_details" if delta.reasoning_details else form  # type: ignore[assignment]
                self._thoughts.thinking(text, shape, events)
        if signature := signature_of(delta.reasoning_details):
            events.append(SignatureDelta(signature))


class ToolCallIndex:
    """Assigns a unique index to every tool call of one response.

    The platform sends an index; some gateways send 0 for each of several calls with different ids, or none. Then the
    position in the list is used, and a new call begins with a new id, with another name, or with a name and arguments
    once the earlier arguments are complete.
    """

    def __init__(self) -> None:
        self._calls: list[_Call] = []
        self._current: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._calls)

    def delta(self, fragment: ToolCallFragment, position: int) -> ToolCallDelta:
        """The event of a fragment; `position` is its index in the list of its record, from 0."""
        function = fragment.function
        arguments = function.arguments if function is not None else None
        if isinstance(arguments, dict):
            arguments = json.dumps(arguments, ensure_ascii=False)
        name = function.name if function is not None else None
        index = self._index(fragment, position, name, arguments)
        call = self._calls[index]
        call.id, call.name = fragment.id or call.id, call.name or name or ""
        if arguments:
            call.arguments.append(arguments)
        return ToolCallDelta(index, fragment.id or None, name or None, arguments or "")

    def _index(self, fragment: ToolCallFragment, position: int, name: str | None, arguments: str | None) -> int:
        key = position if fragment.index is None else fragment.index
        index = self._current.get(key)
        if fragment.index is None:
            index = self._find_without_index(fragment, index, name, arguments)
        elif index is not None and self._has_different_id(index, fragment):
            index = None
        if index is None:
            index = len(self._calls)
            self._calls.append(_Call())
        self._current[key] = index
        return index

    def _find_without_index(
        self, fragment: ToolCallFragment, index: int | None, name: str | None, arguments: str | None
    ) -> int | None:
        """The index of the call a fragment belongs to, None for a new call; `index` is the last one at its position."""
        known = next((at for at, call in enumerate(self._calls) if fragment.id and call.id == fragment.id), None)
        if known is not None:
            return known
        if index is None or self._calls[index].is_complete():
            if not (fragment.id or name):
                # Without id and name, it belongs to the latest call.
                return len(self._calls) - 1 if self._calls else None
            if arguments or index is None:
                return None
        if self._has_different_id(index, fragment):
            return None
        earlier = self._calls[index].name
        return None if name and earlier and name != earlier else index

    def _has_different_id(self, index: int, fragment: ToolCallFragment) -> bool:
        return bool(fragment.id and self._calls[index].id and self._calls[index].id != fragment.id)


class _Call:
    """A tool call received so far."""

    def __init__(self) -> None:
        self.id = ""
        self.name = ""
        self.arguments: list[str] = []

    def is_complete(self) -> bool:
        """Whether the arguments are complete JSON."""
        # Most fragments end inside the JSON; do not parse long arguments again for each of them.
        if not self.arguments or not self.arguments[-1].rstrip().endswith("}"):
            return False
        try:
            json.loads("".join(self.arguments))
        except (ValueError, RecursionError):
            return False
        return True


def parse_chunk(content: str) -> Chunk:
    """Parse one record. Raises `ServiceError` for an error record, `TransportError(GARBAGE)` for an invalid one."""
    try:
        chunk = decode_chunk(content)
    except (msgspec.DecodeError, RecursionError):
        chunk = _parse_leniently(content)
    if chunk.error:
        raise error_from_value(200, {"error": chunk.error, "message": chunk.message, "code": chunk.code})
    is_empty = chunk.choices is None and chunk.usage is None
    if is_empty and (chunk.id is None or (chunk.code is not None and chunk.message is not None)):
        raise garbage(content)
    return chunk


def _parse_leniently(content: str) -> Chunk:
    """Parse what the strict decoder refuses: lone surrogates, infinite numbers, a number as id or model."""
    try:
        value = read_leniently(content)
        if isinstance(value, dict):
            value |= {name: str(value[name]) for name in ("id", "model") if isinstance(value.get(name), int | float)}
        text = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
        return decode_chunk(text)
    except (ValueError, RecursionError, msgspec.DecodeError) as cause:
        raise garbage(content) from cause


def sources_from(annotations: Any) -> tuple[Source, ...]:
    """The distinct web pages of an `annotations` list; OpenAI's nested `url_citation` form is accepted as well."""
    sources: dict[str, Source] = {}
    for annotation in annotations if isinstance(annotations, list) else ():
        if not isinstance(annotation, dict):
            continue
        nested = annotation.get("url_citation")
        page = nested if isinstance(nested, dict) else annotation
        fields = {
            name: value if isinstance(value := page.get(key), str) else ""
            for name, key in (
                ("url", "url"),
                ("title", "title"),
                ("site", "site_name"),
                ("summary", "summary"),
                ("published", "publish_time"),
            )
        }
        if fields["url"]:
            sources.setdefault(fields["url"], Source(**fields))
    return tuple(sources.values())


def usage_from(usage: Any) -> Usage | None:
    """Token counts, 0 for missing details; None for an object without any number."""
    if not isinstance(usage, dict):
        return None
    reported = [name for name in ("prompt_tokens", "completion_tokens", "total_tokens", "seconds") if usage.get(name)]
    if not reported and not isinstance(usage.get("prompt_tokens"), int):
        return None
    prompt, search = usage.get("prompt_tokens_details"), usage.get("web_search_usage")
    return Usage(
        prompt=_integer(usage, "prompt_tokens"),
        completion=_integer(usage, "completion_tokens"),
        cached=_integer(prompt, "cached_tokens"),
        reasoning=_integer(usage.get("completion_tokens_details"), "reasoning_tokens"),
        searches=_integer(search, "tool_usage"),
        audio_seconds=seconds(_number(usage, "seconds")),
        pages=_integer(search, "page_usage"),
        image=_integer(prompt, "image_tokens"),
        audio=_integer(prompt, "audio_tokens"),
        video=_integer(prompt, "video_tokens"),
    )


def _number(holder: Any, name: str) -> float:
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0 else 0.0


def _integer(holder: Any, name: str) -> int:
    return count(_number(holder, name))
