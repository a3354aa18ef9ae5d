"""Events of one step to the parts of a message: a pure fold, without a loop or a clock of its own."""

from __future__ import annotations

from itertools import chain, count

from app.core.events import (
    ChatEvent,
    Finished,
    SearchFailed,
    SignatureDelta,
    SourcesFound,
    Started,
    TextDelta,
    ThinkingDelta,
    ToolCallDelta,
    UsageReported,
    Waiting,
)
from app.core.messages import FinishReason, Part, Reply, Source, Sources, Text, Thinking, ToolCall, Usage
from app.core.refusals import is_refusal


class _OpenText:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.joined = ""

    def text(self) -> str:
        """All pieces joined; what was joined before is one piece from then on."""
        if self.pieces:
            self.joined = "".join((self.joined, *self.pieces))
            self.pieces.clear()
        return self.joined

    def part(self, step: int) -> Part:
        return Text(self.text(), step)


class _OpenThinking(_OpenText):
    """Attributes: `began`, `ended`: seconds since the request was sent; `signature`: pieces."""

    def __init__(self, began: float) -> None:
        super().__init__()
        self.began = began
        self.ended: float | None = None
        self.signature: list[str] = []

    def part(self, step: int) -> Part:
        seconds = None if self.ended is None else self.ended - self.began
        return Thinking(self.text(), step, seconds, "".join(self.signature) or None)


class _OpenToolCall(_OpenText):
    def __init__(self, call_id: str) -> None:
        super().__init__()
        self.id = call_id
        self.name = ""

    def part(self, step: int) -> Part:
        return ToolCall(self.id, self.name, self.text(), step)


class _OpenSources:
    def __init__(self) -> None:
        self.items: dict[str, Source] = {}
        self.error: str | None = None
        self.off = False

    def part(self, step: int) -> Part:
        return Sources(tuple(self.items.values()), step, self.error, self.off)


class Accumulator:
    """Folds the events of one step into parts, in the order in which each part first appeared.

    A delta costs O(1): pieces are collected and joined only when `parts` is asked for.
    """

    def __init__(self, step: int = 0) -> None:
        self.step = step
        self.model = ""
        self.call_id = ""
        self.finish: FinishReason | None = None
        self.usage: Usage | None = None
        self.first_event: float | None = None
        """Seconds from sending to the first thinking, text, tool call or source."""
        self._parts: list[_OpenText | _OpenSources] = []
        self._thinking: _OpenThinking | None = None
        self._text: _OpenText | None = None
        self._calls: dict[int, _OpenToolCall] = {}
        self._sources: _OpenSources | None = None

    def fold(self, event: ChatEvent, at: float) -> None:
        """Takes in one event that came `at` seconds after the request was sent."""
        if isinstance(event, TextDelta):
            self._saw_content(at)
            self._end_thinking(at)
            if self._text is None:
                self._text = _OpenText()
                self._parts.append(self._text)
            self._text.pieces.append(event.text)
        elif isinstance(event, ThinkingDelta):
            self._saw_content(at)
            if self._thinking is not None and self._thinking.signature:
                self._end_thinking(at)  # a signature closes its block, so these words begin another
            self._open_thinking(at).pieces.append(event.text)
        elif isinstance(event, ToolCallDelta):
            self._saw_content(at)
            self._end_thinking(at)
            self._text = None
            self._fold_call(event)
        else:
            self._fold_rare(event, at)

    def parts(self) -> tuple[Part, ...]:
        """The parts so far; thinking has no `seconds` while it is open."""
        return tuple(part.part(self.step) for part in self._parts)

    def call_at(self, index: int) -> str:
        """The id under which a call stands in `parts`, by its index in the deltas. Raises KeyError before the first."""
        return self._calls[index].id

    @property
    def thinking_since(self) -> float | None:
        """When the thought began that is open, in seconds since sending; None while there is none."""
        return self._thinking.began if self._thinking is not None else None

    def reply(self, asked: str, seconds: float, finish: FinishReason | None = None) -> Reply:
        """How the step went, `seconds` after sending; `finish` overrides the service's reason (stopped, error)."""
        self._end_thinking(seconds)
        reason = finish or self.finish
        if reason == "stop" and is_refusal(self._answer()):
            reason = "content_filter"
        return Reply(asked, self.model or asked, reason, self.usage, self.first_event, seconds, self.call_id)

    def _fold_call(self, event: ToolCallDelta) -> None:
        call = self._calls.get(event.index)
        if call is None:
            call = self._calls[event.index] = _OpenToolCall(self._free_id(event))
            self._parts.append(call)
        if event.name and not call.name:
            call.name = event.name
        if event.arguments:
            call.pieces.append(event.arguments)

    def _free_id(self, event: ToolCallDelta) -> str:
        """The service's id with the first piece of a call, unless it sent none or has used it in this step."""
        used = {call.id for call in self._calls.values()}
        wanted = event.id or f"call_{self.step}_{event.index}"
        others = (f"{wanted}_{number}" for number in count(2))
        return next(call_id for call_id in chain((wanted,), others) if call_id not in used)

    def _fold_rare(self, event: ChatEvent, at: float) -> None:
        match event:
            case SignatureDelta(signature=signature):
                # The signature ends the thinking block it belongs to; it may come after the block's last word.
                self._open_thinking(at).signature.append(signature)
            case SourcesFound(items=items):
                self._saw_content(at)
                self._found().items |= {item.url: item for item in items}
            case SearchFailed(message=message, off=off):
                self._found().error = message
                self._found().off = off
            case Started(model=model, call_id=call_id):
                self.model = model
                self.call_id = call_id
            case UsageReported(usage=usage):
                self.usage = usage
            case Finished(reason=reason):
                self.finish = reason
                self._end_thinking(at)
            case Waiting():
                pass
            case _:
                raise TypeError(f"not a chat event: {event!r}")

    def _saw_content(self, at: float) -> None:
        if self.first_event is None:
            self.first_event = at

    def _open_thinking(self, at: float) -> _OpenThinking:
        self._text = None
        if self._thinking is None:
            self._thinking = _OpenThinking(at)
            self._parts.append(self._thinking)
        return self._thinking

    def _end_thinking(self, at: float) -> None:
        if self._thinking is not None:
            self._thinking.ended = at
            self._thinking = None

    def _found(self) -> _OpenSources:
        if self._sources is None:
            self._sources = _OpenSources()
            self._parts.append(self._sources)
        return self._sources

    def _answer(self) -> str:
        return "".join(part.text() for part in self._parts if type(part) is _OpenText)
