"""Reads what the inspector shows of a call. Everything here parses, maybe megabytes: call it in a thread."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from app.core.call_timeline import CallTimeline, Sort, sort_of, timeline_of
from app.core.json_window import JsonWindow, Label
from app.core.messages import Usage
from app.services.call_history import SavedCall
from app.services.ports import Call, TimelineRow

EXCERPT_LENGTH = 120
"""Characters of an event in the list of events."""


class EventRow(NamedTuple):
    """An event as it is listed: seconds from the start, its name, what it carries, and the beginning of its text."""

    at: float
    name: str
    sort: Sort
    excerpt: str


class Progress(NamedTuple):
    """What arrived of a call so far: its events, their timeline, and the number of all events of the call."""

    events: tuple[EventRow, ...]
    timeline: CallTimeline
    total: int


def request_window(call: Call, label: Label) -> JsonWindow:
    return JsonWindow(call.request, label)


def response_window(call: Call, number: int, label: Label) -> JsonWindow:
    """The response of one request of a call; `number` counts from 0."""
    is_last = number >= len(call.attempts) - 1
    return JsonWindow(call.response() if is_last else call.attempts[number].response, label)


def progress(call: Call, number: int, now: float) -> Progress:
    """The events of one request of a call, with times from its beginning; `now` is the time since then."""
    attempt = call.attempts[number] if number < len(call.attempts) else None
    began = attempt.at if attempt is not None else 0.0
    if number < len(call.attempts) - 1 and attempt is not None:
        line = timeline_of((), sent=_since(attempt.sent, began), first_byte=_since(attempt.answered, began))
        ended = _since(attempt.ended, began)
        return Progress((), msgspec.structs.replace(line, end=ended, span=ended or 0.0), 0)
    rows = tuple(
        EventRow(max(0.0, event.at - began), event.name, sort_of(event.content), _excerpt(event.content))
        for event in call.timeline()
    )
    if isinstance(call, SavedCall) and call.record.timeline is not None:
        return Progress(rows, _moved(call.record.timeline, began), max(call.record.event_count, len(rows)))
    line = timeline_of(
        ((row.at, row.sort) for row in rows), sent=_since(attempt.sent, began) if attempt else None,
        first_byte=_since(attempt.answered, began) if attempt else None, end=_since(call.ended, began), now=now,
    )  # fmt: skip
    return Progress(rows, line, len(rows))


def _excerpt(content: str) -> str:
    """The beginning of an event from what is new in it: what precedes is the same in every event of a stream."""
    return content[max(0, content.find('"delta"', 0, 2_000)) :][:EXCERPT_LENGTH]


def event_text(call: Call, number: int) -> str:
    """The whole text of an event, by its number from 0; empty if it is not kept."""
    found: TimelineRow | None = next((event for at, event in enumerate(call.timeline()) if at == number), None)
    return found.content if found is not None else ""


def status_of(call: Call, number: int) -> int | None:
    """The HTTP status of one request of a call, None without an answer."""
    return call.attempts[number].status if number < len(call.attempts) else None


def headers_of(call: Call, number: int) -> dict[str, str]:
    """The headers of the response to one request of a call."""
    return call.attempts[number].headers if number < len(call.attempts) else {}


def answer_text(call: Call) -> str:
    """The words of the answer of a call, put together from its events; thinking is not among them."""
    return "".join(_words(event.content) for event in call.timeline())


def tool_calls(call: Call) -> list[str]:
    """The calls of functions that an answer asks for, each as `name(arguments)`."""
    names: dict[int, str] = {}
    arguments: dict[int, str] = {}
    for event in call.timeline():
        for place, name, text in _tool_pieces(event.content):
            names[place] = names.get(place, "") or name
            arguments[place] = arguments.get(place, "") + text
    return [f"{names[place]}({arguments[place]})" for place in sorted(names)]


def usage_of(call: Call) -> Usage | None:
    """The tokens that a response reports, None if it reports none. The last report counts."""
    prompt = completion = cached = reasoning = 0
    is_known = False
    for event in call.timeline():
        if '"usage"' not in event.content:
            continue
        try:
            report = _usage.decode(event.content)
        except (msgspec.DecodeError, RecursionError):
            continue
        usage = report.usage or (report.message.usage if report.message is not None else None)
        if usage is None:
            continue
        is_known = True
        prompt = usage.prompt_tokens or usage.input_tokens or prompt
        completion = usage.completion_tokens or usage.output_tokens or completion
        if usage.prompt_tokens_details is not None:
            cached = usage.prompt_tokens_details.cached_tokens or cached
        if usage.completion_tokens_details is not None:
            reasoning = usage.completion_tokens_details.reasoning_tokens or reasoning
    return Usage(prompt, completion, cached=cached, reasoning=reasoning) if is_known else None


class _Details(msgspec.Struct):
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None


class _Tokens(msgspec.Struct):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    prompt_tokens_details: _Details | None = None
    completion_tokens_details: _Details | None = None


class _Started(msgspec.Struct):
    usage: _Tokens | None = None


class _Reported(msgspec.Struct):
    usage: _Tokens | None = None
    message: _Started | None = None


_usage = msgspec.json.Decoder(_Reported)


def _words(content: str) -> str:
    try:
        event: Any = json.loads(content)
    except (ValueError, RecursionError):
        return ""
    match event:
        case {"choices": [{"delta": {"content": str(text)}}, *_]} | {
            "choices": [{"message": {"content": str(text)}}, *_]
        }:
            return text
        case {"delta": {"text": str(text)}}:
            return text
        case {"content": list(blocks)}:
            return "".join(str(block.get("text", "")) for block in blocks if isinstance(block, dict))
        case _:
            return ""


def _tool_pieces(content: str) -> Iterator[tuple[int, str, str]]:
    """Place, name and arguments of each piece of a call in an event."""
    if "tool" not in content and "partial_json" not in content:
        return
    try:
        event: Any = json.loads(content)
    except (ValueError, RecursionError):
        return
    match event:
        case {"choices": [{"delta": {"tool_calls": list(calls)}}, *_]} | {
            "choices": [{"message": {"tool_calls": list(calls)}}, *_]
        }:
            for at, each in enumerate(calls):
                if isinstance(each, dict) and isinstance(function := each.get("function"), dict):
                    place = each.get("index", at)
                    yield place, str(function.get("name") or ""), str(function.get("arguments") or "")
        case {"index": int(place), "content_block": {"type": "tool_use", "name": str(name)}}:
            yield place, name, ""
        case {"index": int(place), "delta": {"partial_json": str(text)}}:
            yield place, "", text
        case {"content": list(blocks)}:
            for at, block in enumerate(blocks):
                if isinstance(block, dict) and block.get("type") == "tool_use":
                    yield at, str(block.get("name")), json.dumps(block.get("input"), ensure_ascii=False)


def _since(moment: float | None, began: float) -> float | None:
    return None if moment is None else max(0.0, moment - began)


def _moved(line: CallTimeline, began: float) -> CallTimeline:
    """A stored timeline, whose times are from the start of the call, from the beginning of its last request."""
    if not began:
        return line
    width = line.bin_width
    return msgspec.structs.replace(
        line, sent=_since(line.sent, began), first_byte=_since(line.first_byte, began),
        first_thought=_since(line.first_thought, began), first_output=_since(line.first_output, began),
        end=_since(line.end, began), span=max(0.0, line.span - began), bins=line.bins[int(began / width) :],
        gap_from=max(0.0, line.gap_from - began),
    )  # fmt: skip
