"""Parses wire records of the Anthropic protocol into the same typed events as `openai_events` (WIRE.md section 8)."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from app.core.bounds import count
from app.core.errors import Code, TransportError
from app.core.events import (
    ChatEvent,
    Finished,
    SignatureDelta,
    Started,
    ToolCallDelta,
    UsageReported,
)
from app.core.messages import FinishReason, Usage
from app.mimo.anthropic_wire import ContentBlock, StreamEvent, decode_event
from app.mimo.lenient_json import read_leniently
from app.mimo.service_errors import error_from_value, garbage
from app.mimo.thoughts import ThoughtReader, plain_text

_STOP_REASONS: dict[str, FinishReason] = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool_calls",
    "content_filter": "content_filter",
    "refusal": "content_filter",
    "repetition_truncation": "repetition_truncation",
}


class AnthropicEventParser:
    """Turns the records of one response into typed events; unknown events are ignored. See `EventParser`."""

    begun = True

    def __init__(self, call_id: str = "") -> None:
        self.complete = False
        self.done = False
        self._call_id = call_id
        self._started = False
        self._calls: dict[int, int] = {}
        """Index of the tool call by content block: the wire counts blocks of all kinds, events only calls."""
        self._whole_inputs: dict[int, str] = {}
        """Arguments, by content block, that came with its start and apply unless deltas follow."""
        self._thoughts = ThoughtReader()
        self._unsigned: set[int] = set()
        """Thinking blocks, by index, that began with an empty signature, which goes back unless a real one follows."""
        self._token_counts: dict[str, int] = {}

    def read(self, content: str, event: str = "") -> list[ChatEvent]:
        """Read one record. Raises `ServiceError` for an error, `TransportError(GARBAGE)` for an invalid one."""
        if content.startswith("[DONE]"):
            self.done = True
            return []
        record = _parse_record(content, event)
        events: list[ChatEvent] = []
        match record.type or event:
            case "content_block_delta":
                self._read_delta(record.index or 0, record.delta, events)
            case "content_block_start":
                self._open_block(record.index or 0, record.content_block, events)
            case "content_block_stop":
                self._close_block(record.index or 0, events)
            case "message_start":
                message = record.message
                if message is not None and not isinstance(message, str):
                    self._start(message.id, message.model, events)
                    self._add_usage(message.usage)
            case "message_delta":
                self._start(None, None, events)
                self._add_usage(record.usage)
                self._finish(record.delta.stop_reason if record.delta is not None else None, events)
            case "message_stop":
                self.done = True
            case "message":
                self._read_whole(record, events)
        return events

    def close(self) -> list[ChatEvent]:
        if self.complete:
            return []
        if not self.done:
            raise TransportError(Code.CUT_SHORT)
        self.complete = True
        events: list[ChatEvent] = []
        self._thoughts.flush(events)
        return [*events, Finished("tool_calls" if self._calls else "stop")]

    def _start(self, response_id: str | None, model: str | None, events: list[ChatEvent]) -> None:
        if not self._started:
            self._started = True
            events.append(Started(response_id or "", model or "", self._call_id))

    def _open_block(self, index: int, block: ContentBlock | None, events: list[ChatEvent]) -> None:
        self._start(None, None, events)
        if block is None:
            return
        match block.type:
            case "text" if block.text:
                self._thoughts.text(block.text, events)
            case "thinking" | "reasoning":
                self._thoughts.thinking(_thinking_of(block), "", events)
                if block.signature:
                    events.append(SignatureDelta(block.signature))
                elif block.signature is not None:
                    self._unsigned.add(index)
            case "tool_use":
                self._thoughts.flush(events)
                call = self._calls.setdefault(index, len(self._calls))
                events.append(ToolCallDelta(call, block.id or None, block.name or None))
                if block.input:
                    self._whole_inputs[index] = json.dumps(block.input, ensure_ascii=False)

    def _read_delta(self, index: int, delta: ContentBlock | None, events: list[ChatEvent]) -> None:
        self._start(None, None, events)
        if delta is None:
            return
        match delta.type:
            case "text_delta" if delta.text:
                self._thoughts.text(delta.text, events)
            case "thinking_delta" | "reasoning_delta":
                self._thoughts.thinking(_thinking_of(delta), "", events)
            case "signature_delta" if delta.signature is not None:
                self._unsigned.discard(index)
                events.append(SignatureDelta(delta.signature))
            case "input_json_delta" if delta.partial_json:
                self._whole_inputs.pop(index, None)
                call = self._calls.setdefault(index, len(self._calls))
                events.append(ToolCallDelta(call, arguments=delta.partial_json))

    def _close_block(self, index: int, events: list[ChatEvent]) -> None:
        if index in self._unsigned:
            self._unsigned.discard(index)
            events.append(SignatureDelta(""))
        arguments = self._whole_inputs.pop(index, None)
        if arguments is not None:
            events.append(ToolCallDelta(self._calls[index], arguments=arguments))

    def _read_whole(self, record: StreamEvent, events: list[ChatEvent]) -> None:
        """Read a non-streamed message block by block, like a stream."""
        self._start(record.id, record.model, events)
        for index, block in enumerate(record.content or ()):
            self._open_block(index, block, events)
            self._close_block(index, events)
        self._add_usage(record.usage)
        self._finish(record.stop_reason or "end_turn", events)
        self.done = True

    def _finish(self, reason: str | None, events: list[ChatEvent]) -> None:
        if reason and not self.complete:
            self.complete = True
            self._thoughts.flush(events)
            events.append(Finished(_STOP_REASONS.get(reason, "stop")))
        if any(self._token_counts.values()):  # `message_start` alone holds only zeros (WIRE.md section 8)
            events.append(UsageReported(self._total_usage()))

    def _add_usage(self, usage: Any) -> None:
        """Store token counts, which are in two records and may be null in either; the later number counts."""
        if isinstance(usage, dict):
            for name, value in usage.items():
                if isinstance(value, int | float) and not isinstance(value, bool):
                    self._token_counts[name] = count(value)

    def _total_usage(self) -> Usage:
        """The usage; `input_tokens` leaves out cached tokens, so the prompt is the sum (WIRE.md section 8)."""
        cached = self._token_counts.get("cache_read_input_tokens", 0)
        written = self._token_counts.get("cache_creation_input_tokens", 0)
        return Usage(
            prompt=self._token_counts.get("input_tokens", 0) + cached + written,
            completion=self._token_counts.get("output_tokens", 0),
            cached=cached,
        )


def _thinking_of(block: ContentBlock) -> str:
    """The thinking of a block or delta; gateways call the field `reasoning` or `text`, or send a list of parts."""
    return plain_text(block.thinking) or plain_text(block.reasoning) or plain_text(block.text)


def _parse_record(content: str, event: str) -> StreamEvent:
    try:
        record = decode_event(content)
    except (msgspec.DecodeError, RecursionError):
        record = _parse_leniently(content)
    if record.error or record.type == "error" or event == "error":
        raise error_from_value(200, json.loads(content))
    if record.type is None and not event:
        raise garbage(content)
    return record


def _parse_leniently(content: str) -> StreamEvent:
    """Parse what the strict decoder refuses: lone surrogates in a string, or unexpected fields of unknown events."""
    try:
        value = read_leniently(content)
        if isinstance(value, dict) and "error" not in value:
            try:
                return decode_event(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
            except msgspec.ValidationError:
                kind = value.get("type")
                if isinstance(kind, str) and kind not in _KNOWN_TYPES:
                    return StreamEvent(type=kind)
                raise
        if isinstance(value, dict):
            return StreamEvent(type="error", error=value["error"])
    except (ValueError, RecursionError) as cause:
        raise garbage(content) from cause
    raise garbage(content)


_KNOWN_TYPES = frozenset(
    {"message_start", "content_block_start", "content_block_delta", "content_block_stop", "message_delta",
     "message_stop", "message"}
)  # fmt: skip
