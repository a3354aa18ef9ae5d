"""The tool calls in the answer of a recorded call, put together from its events, in both protocols (WIRE.md 6)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from app.services.ports import TimelineRow


class RecordedToolCall(NamedTuple):
    """A tool call as the model wrote it; `arguments` are the decoded JSON, or the text if it is none."""

    name: str
    arguments: Any


def recorded_tool_calls(events: Iterable[TimelineRow]) -> list[RecordedToolCall]:
    """The tool calls in order. May read megabytes: call it in a thread."""
    pieces = _Pieces()
    for event in events:
        # Most events are a word of the answer; only those that may be part of a call are decoded.
        if "tool_" in event.content or "partial_json" in event.content:
            try:
                pieces.read(json.loads(event.content))
            except (ValueError, RecursionError):
                continue
    return [RecordedToolCall(name, _decoded("".join(parts))) for name, parts in pieces.calls.values()]


class _Pieces:
    """The names and the pieces of the arguments, by where a call stands in the answer."""

    def __init__(self) -> None:
        self.calls: dict[object, tuple[str, list[str]]] = {}

    def read(self, event: Any) -> None:
        match event:
            case {"choices": [{"delta": {"tool_calls": list(calls)}}, *_]} | {
                "choices": [{"message": {"tool_calls": list(calls)}}, *_]
            }:
                for place, call in enumerate(calls):
                    self._function(call, place)
            case {"content_block": {"type": "tool_use", "name": str(name), **rest}, "index": index}:
                self._add(index, name, _encoded(rest["input"]) if rest.get("input") else "")
            case {"delta": {"partial_json": str(piece)}, "index": index}:
                self._add(index, "", piece)
            case {"content": list(blocks)}:
                for place, part in enumerate(blocks):
                    if isinstance(part, dict) and part.get("type") == "tool_use":
                        self._add(place, str(part.get("name") or ""), _encoded(part.get("input")))

    def _function(self, call: Any, place: int) -> None:
        match call:
            case {"function": dict(function)}:
                name, arguments = function.get("name"), function.get("arguments")
                self._add(call.get("index", place), str(name or ""), arguments if isinstance(arguments, str) else "")

    def _add(self, index: object, name: str, piece: str) -> None:
        if not isinstance(index, int):
            return
        known, parts = self.calls.get(index, ("", []))
        parts.append(piece)
        self.calls[index] = known or name, parts


def _encoded(value: Any) -> str:
    return json.dumps(value if value is not None else {}, ensure_ascii=False)


def _decoded(arguments: str) -> Any:
    try:
        return json.loads(arguments) if arguments.strip() else {}
    except (ValueError, RecursionError):
        return arguments
