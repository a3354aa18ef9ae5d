"""Tells thoughts from the answer, once for both protocols, in every shape in which services send them."""

from __future__ import annotations

from typing import Any

from app.core.events import AnswerWasThinking, ChatEvent, SignatureDelta, TextDelta, ThinkingDelta
from app.core.messages import ThinkingForm
from app.mimo.thought_tags import FieldTags, Segment, TagSplitter

_THINKING_TYPES = ("thinking", "reasoning", "thought")
_TEXT_FIELDS = ("text", "thinking", "reasoning", "content", "summary", "value", "refusal")


class ThoughtReader:
    """Turns the thinking and text of one response into events.

    A service may send the same thoughts in two shapes, such as `reasoning` and `reasoning_details`, or a field and
    tags in the text; the events contain them once.
    """

    def __init__(self) -> None:
        self._tags = TagSplitter()
        self._field = FieldTags()
        self._field_form: ThinkingForm = ""
        self._form: ThinkingForm | None = None
        """The shape in which the thoughts came first; None before."""
        self._thoughts = ""
        self._repeated = ""
        """Thoughts in another shape, as far as they only repeat `_thoughts`."""

    def thinking(self, text: str, form: ThinkingForm, events: list[ChatEvent]) -> None:
        """Add thinking that came in a field or block of its own."""
        if not text:
            return
        self._add_segments(self._tags.finish(), events)
        self._tags.has_thought = True
        self._field_form = form
        if text := self._field.feed(text):
            self._add_thinking(text, form, events)

    def text(self, text: str, events: list[ChatEvent]) -> None:
        """Add text of the answer, which may contain tags; the end of a piece may be held back until the next."""
        self._finish_field(events)
        self._add_segments(self._tags.feed(text), events)

    def content(self, parts: list[Any] | dict[str, Any], events: list[ChatEvent]) -> None:
        """Add a content array, or one part of it: typed parts of thinking and text."""
        for part in parts if isinstance(parts, list) else [parts]:
            typed = part if isinstance(part, dict) else {}
            kind = typed.get("type")
            if typed.get("thought") is True or (isinstance(kind, str) and kind.startswith(_THINKING_TYPES)):
                self.thinking(plain_text(part), "parts", events)
                if isinstance(signature := typed.get("signature"), str) and signature:
                    self._finish_field(events)
                    events.append(SignatureDelta(signature))
            elif not isinstance(part, dict):
                self.text(plain_text(part), events)
            else:
                self.text(plain_text(part.get("text") or part.get("refusal")), events)

    def flush(self, events: list[ChatEvent]) -> None:
        """Add what was held back: something else follows, or the response has ended."""
        self._finish_field(events)
        self._add_segments(self._tags.finish(), events)

    def _finish_field(self, events: list[ChatEvent]) -> None:
        if text := self._field.finish():
            self._add_thinking(text, self._field_form, events)

    def _add_segments(self, segments: list[Segment], events: list[ChatEvent]) -> None:
        for kind, text in segments:
            if kind == "thinking":
                self._add_thinking(text, "tags", events)
            elif kind == "text":
                events.append(TextDelta(text))
            else:
                events.append(AnswerWasThinking())

    def _add_thinking(self, text: str, form: ThinkingForm, events: list[ChatEvent]) -> None:
        if self._form is None:
            self._form = form
        if form == self._form:
            self._thoughts += text
            events.append(ThinkingDelta(text, form))
            return
        self._repeated += text
        if not self._thoughts.strip().startswith(self._repeated.strip()):
            events.append(ThinkingDelta(self._repeated, form))
            self._repeated = ""


def plain_text(value: Any) -> str:
    """The text of a string, of a typed part, or of a list of either; "" for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(plain_text(item) for item in value)
    if isinstance(value, dict):
        return next((text for name in _TEXT_FIELDS if (text := plain_text(value.get(name)))), "")
    return ""


def details_text(details: Any) -> str:
    """The text of `reasoning_details`: entries are paragraphs, unless they continue one with the same index."""
    text, before = "", None
    for detail in details if isinstance(details, list) else [details]:
        if words := plain_text(detail):
            index = detail.get("index") if isinstance(detail, dict) else None
            text += words if not text or (index is not None and index == before) else f"\n\n{words}"
            before = index
    return text


def signature_of(details: Any) -> str:
    """The signature in a list of `reasoning_details`; "" if there is none."""
    for detail in details if isinstance(details, list) else ():
        if isinstance(detail, dict) and isinstance(signature := detail.get("signature"), str) and signature:
            return signature
    return ""
