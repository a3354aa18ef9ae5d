"""Accumulates the events of one step into the parts of a message: a pure fold without event loop or clock."""

from __future__ import annotations

from itertools import chain, count

from app.core.events import (
    AnswerWasThinking,
    ChatEvent,
    Finished,
    SearchFailed,
    Sending,
    SignatureDelta,
    SourcesFound,
    Started,
    TextDelta,
    ThinkingDelta,
    ToolCallDelta,
    UsageReported,
    Waiting,
)
from app.core.messages import FinishReason, Part, Reply, Source, Sources, Text, Thinking, ThinkingForm, ToolCall, Usage
from app.core.refusals import is_refusal


class _TextBuilder:
    def __init__(self) -> None:
        self.fragments: list[str] = []
        self.joined = ""

    def text(self) -> str:
        """The text so far; joined fragments are not joined again."""
        if self.fragments:
            self.joined = "".join((self.joined, *self.fragments))
            self.fragments.clear()
        return self.joined

    def part(self, step: int) -> Part:
        return Text(self.text(), step)


class _ContinuedTextBuilder(_TextBuilder):
    def part(self, step: int) -> Part:
        return Text(self.text(), step, continues=True)


class _ThinkingBuilder(_TextBuilder):
    """`began` and `ended` in seconds since the request was sent; `signature` in fragments."""

    def __init__(self, began: float, form: ThinkingForm = "") -> None:
        super().__init__()
        self.began = began
        self.form: ThinkingForm = form
        self.ended: float | None = None
        self.signature: list[str] = []
        """Fragments; none if no signature came, which differs from an empty one."""

    def part(self, step: int) -> Part:
        seconds = None if self.ended is None else self.ended - self.began
        signature = "".join(self.signature) if self.signature else None
        return Thinking(self.text(), step, seconds, signature, self.form)


class _ToolCallBuilder(_TextBuilder):
    def __init__(self, call_id: str) -> None:
        super().__init__()
        self.id = call_id
        self.name = ""

    def part(self, step: int) -> Part:
        return ToolCall(self.id, self.name, self.text(), step)


class _SourcesBuilder:
    def __init__(self) -> None:
        self.items: dict[str, Source] = {}
        self.error: str | None = None
        self.off = False

    def part(self, step: int) -> Part:
        return Sources(tuple(self.items.values()), step, self.error, self.off)


class Accumulator:
    """Accumulates the events of one step into parts, in the order in which the parts first appeared.

    A delta costs O(1): fragments are collected, and joined only by `parts`.

    Attributes:
        finish, usage: as reported so far.
        first_event: seconds from sending to the first thinking, text, tool call or source.
    """

    def __init__(self, step: int = 0, *, continues: bool = False) -> None:
        """`continues`: the first text goes on where the answer of an earlier step was cut off."""
        self.step = step
        self._is_continuation = continues
        self.model = ""
        self.call_id = ""
        self.finish: FinishReason | None = None
        self.usage: Usage | None = None
        self.first_event: float | None = None
        self._parts: list[_TextBuilder | _SourcesBuilder] = []
        self._thinking: _ThinkingBuilder | None = None
        self._text: _TextBuilder | None = None
        self._text_began = 0.0
        self._calls: dict[int, _ToolCallBuilder] = {}
        self._call_ids: set[str] = set()
        self._sources: _SourcesBuilder | None = None

    def fold(self, event: ChatEvent, at: float) -> None:
        """Add an event that arrived `at` seconds after the request was sent."""
        if isinstance(event, TextDelta):
            self._mark_first_event(at)
            self._end_thinking(at)
            if self._text is None:
                self._text, self._text_began = self._new_text(), at
                self._parts.append(self._text)
            self._text.fragments.append(event.text)
        elif isinstance(event, ThinkingDelta):
            self._mark_first_event(at)
            if self._thinking is not None and any(self._thinking.signature):
                self._end_thinking(at)  # a signature closes its block, so this text begins another
            elif self._thinking is not None and self._thinking.form != event.form:
                self._end_thinking(at)
            self._open_thinking(at, event.form).fragments.append(event.text)
        elif isinstance(event, ToolCallDelta):
            self._mark_first_event(at)
            self._end_thinking(at)
            self._text = None
            self._fold_call(event)
        else:
            self._fold_other(event, at)

    def parts(self) -> tuple[Part, ...]:
        """The parts so far; thinking in progress has no `seconds`."""
        return tuple(part.part(self.step) for part in self._parts)

    def _new_text(self) -> _TextBuilder:
        if not self._is_continuation:
            return _TextBuilder()
        self._is_continuation = False
        return _ContinuedTextBuilder()

    def call_at(self, index: int) -> str:
        """The id in `parts` of the call with an index in the deltas. Raises KeyError before its first delta."""
        return self._calls[index].id

    @property
    def thinking_since(self) -> float | None:
        """When the thinking in progress began, in seconds since sending; None without any."""
        return self._thinking.began if self._thinking is not None else None

    def reply(self, asked: str, seconds: float, finish: FinishReason | None = None) -> Reply:
        """The outcome of the step, which ended `seconds` after sending; `finish` overrides the service's reason."""
        self._end_thinking(seconds)
        reason = finish or self.finish
        if reason == "stop" and is_refusal(self._answer_text()):
            reason = "content_filter"
        return Reply(asked, self.model or asked, reason, self.usage, self.first_event, seconds, self.call_id)

    def _fold_call(self, event: ToolCallDelta) -> None:
        call = self._calls.get(event.index)
        if call is None:
            call = self._calls[event.index] = _ToolCallBuilder(self._unique_id(event))
            self._parts.append(call)
        if event.name and not call.name:
            call.name = event.name
        if event.arguments:
            call.fragments.append(event.arguments)

    def _unique_id(self, event: ToolCallDelta) -> str:
        """The service's id of a new call, replaced if it is missing or already used in this step."""
        preferred = event.id or f"call_{self.step}_{event.index}"
        others = (f"{preferred}_{number}" for number in count(2))
        unused = next(call_id for call_id in chain((preferred,), others) if call_id not in self._call_ids)
        self._call_ids.add(unused)
        return unused

    def _fold_other(self, event: ChatEvent, at: float) -> None:
        match event:
            case SignatureDelta(signature="") if self._thinking is None:
                pass  # of a block without text
            case SignatureDelta(signature=signature):
                # The signature ends the thinking block it belongs to; it may come after the last text of the block.
                self._open_thinking(at).signature.append(signature)
            case AnswerWasThinking():
                self._turn_text_into_thinking(at)
            case SourcesFound(items=items):
                self._mark_first_event(at)
                self._open_sources().items |= {item.url: item for item in items}
            case SearchFailed(message=message, off=off):
                self._open_sources().error = message
                self._open_sources().off = off
            case Started(model=model, call_id=call_id):
                self.model = model
                self.call_id = call_id
            case UsageReported(usage=usage):
                self.usage = usage
            case Finished(reason=reason):
                self.finish = reason
                self._end_thinking(at)
            case Waiting() | Sending():
                pass
            case _:
                raise TypeError(f"not a chat event: {event!r}")

    def _mark_first_event(self, at: float) -> None:
        if self.first_event is None:
            self.first_event = at

    def _turn_text_into_thinking(self, at: float) -> None:
        if self._text is None:
            return
        thinking = _ThinkingBuilder(self._text_began, "tags")
        thinking.joined, thinking.ended = self._text.text().strip(), at
        self._parts[self._parts.index(self._text)] = thinking
        self._text = None

    def _open_thinking(self, at: float, form: ThinkingForm = "") -> _ThinkingBuilder:
        self._text = None
        if self._thinking is None:
            self._thinking = _ThinkingBuilder(at, form)
            self._parts.append(self._thinking)
        return self._thinking

    def _end_thinking(self, at: float) -> None:
        if self._thinking is not None:
            self._thinking.ended = at
            self._thinking = None

    def _open_sources(self) -> _SourcesBuilder:
        if self._sources is None:
            self._sources = _SourcesBuilder()
            self._parts.append(self._sources)
        return self._sources

    def _answer_text(self) -> str:
        texts = (_TextBuilder, _ContinuedTextBuilder)
        return "".join(part.text() for part in self._parts if isinstance(part, _TextBuilder) and type(part) in texts)
