"""Messages and their parts, independent of any protocol.

One assistant message is one *turn* and may contain several *steps*: each step is one exchange with the service
(think, call tools, get results, think again, answer). Parts are in order of arrival; `step` is the exchange a part
belongs to, so that the wire form (one assistant message per step, followed by its tool results) can be rebuilt exactly.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple
from uuid import uuid4

import msgspec

from app.core.bounds import MAX_STEP, bound
from app.core.media import BLOB as BLOB
from app.core.media import Media as Media
from app.core.replies import Failure as Failure
from app.core.replies import FinishReason as FinishReason
from app.core.replies import Reply as Reply
from app.core.replies import Usage as Usage

Role = Literal["system", "developer", "user", "assistant", "tool"]
ToolState = Literal["streaming", "waiting", "running", "done", "failed", "denied", "stopped"]
ThinkingForm = Literal["", "reasoning", "reasoning_details", "parts", "tags"]
"""The shape of thinking on the wire, in which it goes back: "" for `reasoning_content` or a thinking block, a field of
that name, typed parts of the content, or text between `<think>` tags."""


def new_id() -> str:
    """A new identifier: 32 hexadecimal digits."""
    return uuid4().hex


def _bound_step(part: Text | Thinking | ToolCall | Sources) -> None:
    if not 0 <= part.step <= MAX_STEP:
        msgspec.structs.force_setattr(part, "step", min(max(part.step, 0), MAX_STEP))


class Text(msgspec.Struct, frozen=True, tag="text"):
    """Text of any role; Markdown in an answer.

    Attributes:
        continues: whether it goes on where the text before it was cut off, without anything between them.
    """

    text: str
    step: int = 0
    continues: bool = False

    def __post_init__(self) -> None:
        _bound_step(self)


class Thinking(msgspec.Struct, frozen=True, tag="thinking"):
    """Thinking of the model.

    Attributes:
        seconds: from the first thinking event to the first event after it; None while it streams.
        signature: of an Anthropic thinking block, None if none came; sent back unchanged.
        form: its shape on the wire.
    """

    text: str
    step: int = 0
    seconds: float | None = None
    signature: str | None = None
    form: ThinkingForm = ""

    def __post_init__(self) -> None:
        _bound_step(self)
        bound(self, durations=("seconds",))


class ToolProgress(msgspec.Struct, frozen=True):
    """How far a running tool is; `total` None if it does not know, `text` in the tool's own words."""

    done: float
    total: float | None = None
    text: str = ""


class ToolCall(msgspec.Struct, frozen=True, tag="tool_call"):
    """A function call requested by the model, and its result.

    Attributes:
        id: unique within the step.
        arguments: the JSON text exactly as streamed; may be malformed.
        result: the text sent back to the model; None until available.
        seconds: run time of the tool.
        asks_user: no tool answers it, but the user.
        media: images and sounds of the result, which are shown to the user. The model gets images where the protocol
            has a place for them, else a note.
        progress: of a running tool that reports any.
        failure: why it has no result; `result` is what the model was told of it.
        dropped: parts of the result that could not be shown.
        mismatch: the result is not what the tool's own description promises.
        images_sent: whether the service that was asked gets the images of `media`.
    """

    id: str
    name: str
    arguments: str = ""
    step: int = 0
    state: ToolState = "streaming"
    result: str | None = None
    seconds: float | None = None
    asks_user: bool = False
    media: tuple[Media, ...] = ()
    progress: ToolProgress | None = None
    failure: Failure | None = None
    dropped: int = 0
    mismatch: bool = False
    images_sent: bool = False

    def __post_init__(self) -> None:
        _bound_step(self)
        bound(self, durations=("seconds",))

    @property
    def has_whole_arguments(self) -> bool:
        """Whether the arguments are complete JSON, or there are none."""
        try:
            json.loads(self.arguments or "{}")
        except (ValueError, RecursionError):
            return False
        return True

    def result_text(self, *, sends_images: bool) -> str:
        """What the model gets as text: the result, and a note for what of it is shown to the user only."""
        notes = [] if self.result is None else [_not_sent(each) for each in self.media]
        if sends_images:
            notes = [note for note, each in zip(notes, self.media, strict=False) if not each.mime.startswith("image/")]
        return "\n".join(filter(None, (self.result or "", *notes)))

    @property
    def is_cut(self) -> bool:
        """Whether the reply ended within the call: it was not run, and there is nothing to send back."""
        return self.state == "stopped" and self.result is None and not self.has_whole_arguments


def _not_sent(media: Media) -> str:
    kind = media.mime.partition("/")[0]
    if kind == "audio":
        return f"[sound, {media.seconds:.1f} s, not sent]" if media.seconds is not None else "[sound, not sent]"
    size = f"{media.width}×{media.height}, " if media.width and media.height else ""
    return f"[image, {size}not sent]"


class ToolCallRef(NamedTuple):
    """Reference to a tool call. Its id alone is not enough: services may reuse it in another step or conversation."""

    message: str
    step: int
    call: str


class Source(msgspec.Struct, frozen=True):
    """One web page cited by the answer (WIRE.md section 7, `url_citation`)."""

    url: str
    title: str = ""
    site: str = ""
    summary: str = ""
    published: str = ""
    """ISO 8601 with offset, or empty."""


class Sources(msgspec.Struct, frozen=True, tag="sources"):
    """The pages found by web search, or why there are none.

    Attributes:
        error: the service's message.
        off: whether the plugin was switched off for the account and the model answered without it; only in messages of
            earlier versions, which asked again by themselves.
    """

    items: tuple[Source, ...] = ()
    step: int = 0
    error: str | None = None
    off: bool = False

    def __post_init__(self) -> None:
        _bound_step(self)


Part = Text | Thinking | ToolCall | Sources | Media


def media_of(parts: Iterable[Part]) -> Iterator[Media]:
    """The attachments among the parts, and what the results of tools contain."""
    for part in parts:
        if isinstance(part, Media):
            yield part
        elif isinstance(part, ToolCall):
            yield from part.media


def with_media(parts: Iterable[Part], change: Callable[[Media], Media]) -> tuple[Part, ...]:
    """The parts with each of `media_of` changed."""
    return tuple(
        change(part)
        if isinstance(part, Media)
        else msgspec.structs.replace(part, media=tuple(map(change, part.media)))
        if isinstance(part, ToolCall) and part.media
        else part
        for part in parts
    )


class Spoken(msgspec.Struct, frozen=True):
    """That a message of the user was spoken.

    Attributes:
        seconds: length of what was said.
        recording: None where it was not kept.
    """

    seconds: float
    recording: Media | None = None

    def __post_init__(self) -> None:
        bound(self, durations=("seconds",))


class Message(msgspec.Struct, frozen=True):
    """One message of a conversation.

    Attributes:
        id: identifier; `parent` is that of the message before it, None for the first.
        replies: one per step, assistant messages only.
        created: Unix time in seconds.
        name: participant name, optional.
        written_from: of an answer that a model wrote from several answers, how many these were; 0 for any other.
        spoken: that the user spoke it; None for what was typed.
    """

    id: str
    role: Role
    parts: tuple[Part, ...] = ()
    parent: str | None = None
    replies: tuple[Reply, ...] = ()
    created: float = 0.0
    name: str = ""
    written_from: int = 0
    spoken: Spoken | None = None

    def __post_init__(self) -> None:
        bound(self, counts=("written_from",), timestamps=("created",))

    @property
    def text(self) -> str:
        """The text parts, joined by blank lines; a continued text is joined to the one before it as it came."""
        return "\n\n".join(part.text for part in self.joined_parts if isinstance(part, Text) and part.text)

    @property
    def joined_parts(self) -> tuple[Part, ...]:
        """The parts with each continued text as one part, at the place and in the step where it begins.

        What else came in a step that continues a text counts to the step of that text: the service gets one answer.
        """
        if not any(isinstance(part, Text) and part.continues for part in self.parts):
            return self.parts
        joined: list[Part] = []
        first_steps = self.continued_steps
        last_text: int | None = None
        for part in self.parts:
            if isinstance(part, Text) and part.continues and last_text is not None:
                before = joined[last_text]
                assert isinstance(before, Text)
                joined[last_text] = msgspec.structs.replace(before, text=before.text + part.text)
                continue
            if isinstance(part, Text):
                last_text = len(joined)
            step = getattr(part, "step", None)
            joined.append(msgspec.structs.replace(part, step=first_steps[step]) if step in first_steps else part)
        return tuple(joined)

    @property
    def continued_steps(self) -> dict[int, int]:
        """The step in which the text began, for each step that continues one."""
        first: dict[int, int] = {}
        last: int | None = None
        for part in self.parts:
            if isinstance(part, Text):
                if part.continues and last is not None and part.step != last:
                    first[part.step] = first.get(last, last)
                last = part.step
        return first

    @property
    def ends_in_answer(self) -> bool:
        """Whether its last step has text and no tool call, so that sent as the last message it is a prefill."""
        step = max((part.step for part in self.parts if not isinstance(part, Media)), default=0)
        parts = [part for part in self.parts if not isinstance(part, Media) and part.step == step]
        return any(isinstance(part, Text) and part.text.strip() for part in parts) and not any(
            isinstance(part, ToolCall) for part in parts
        )

    @property
    def can_continue(self) -> bool:
        """Whether an answer is not complete and can go on from where it ends.

        Not after `content_filter` and `repetition_truncation`: the service would be sent its own refusal or loop as
        the beginning of the answer. Thinking without an answer can't be continued either, and tool calls only if all
        of them were answered.
        """
        if self.role != "assistant" or not self.replies:
            return False
        if self.ends_in_answer:
            return self.replies[-1].finish in _CUT_SHORT
        step = max((part.step for part in self.parts if not isinstance(part, Media)), default=0)
        calls = [part for part in self.parts if isinstance(part, ToolCall) and part.step == step]
        return bool(calls) and all(call.result is not None for call in calls)

    def reasoning_tokens(self, step: int) -> int | None:
        """The reasoning tokens of a step; None when the service did not report them."""
        usage = self.replies[step].usage if step < len(self.replies) else None
        return usage.reasoning if usage is not None else None

    @property
    def spent_on_thinking(self) -> bool:
        """Whether the last step reached the token limit in its thinking, before any answer (WIRE.md section 2)."""
        if not self.replies or self.replies[-1].finish != "length":
            return False
        step = len(self.replies) - 1
        parts = [part for part in self.parts if isinstance(part, Text | Thinking | ToolCall) and part.step == step]
        answered = any(isinstance(part, ToolCall) or (isinstance(part, Text) and part.text.strip()) for part in parts)
        return not answered

    @property
    def usage(self) -> Usage | None:
        """Tokens of all steps together; None if no step reported any."""
        reported = [reply.usage for reply in self.replies if reply.usage is not None]
        return sum(reported[1:], reported[0]) if reported else None


_CUT_SHORT: tuple[FinishReason | None, ...] = ("length", "stopped", "error", None)
"""How an answer ends that was not complete; None if the connection ended without a reason."""


def user_message(
    text: str, *, parent: str | None = None, created: float = 0.0, media: tuple[Media, ...] = (),
    spoken: Spoken | None = None,
) -> Message:  # fmt: skip
    """A new user message: the text, then the attachments."""
    parts: tuple[Part, ...] = ((Text(text),) if text else ()) + media
    return Message(new_id(), "user", parts, parent, created=created, spoken=spoken)
