"""Messages and their parts: the words of a conversation, independent of any protocol.

One assistant message is one *turn* and may hold several *steps*: each step is one exchange with the service
(think, call tools, get results, think again, answer). Parts keep the order in which they arrived; `step` says
which exchange a part belongs to, so that the wire form (one assistant message per step, followed by its tool
results) can be rebuilt exactly.
"""

from __future__ import annotations

from typing import Literal, NamedTuple
from uuid import uuid4

import msgspec

Role = Literal["system", "developer", "user", "assistant", "tool"]
ToolState = Literal["streaming", "waiting", "running", "done", "failed", "denied", "stopped"]
FinishReason = Literal["stop", "length", "tool_calls", "content_filter", "repetition_truncation", "stopped", "error"]
"""The service's finish reasons (mimo-api 6.2) and two of ours: `stopped` by the user, `error` when it broke off."""


def new_id() -> str:
    """A fresh identifier: 32 hexadecimal digits."""
    return uuid4().hex


class Text(msgspec.Struct, frozen=True, tag="text"):
    """Words said by anybody; Markdown in an answer."""

    text: str
    step: int = 0


class Thinking(msgspec.Struct, frozen=True, tag="thinking"):
    """What the model thought before it answered.

    Attributes:
        seconds: from the first thinking event to the first event after it; None while it streams.
        signature: of an Anthropic thinking block, sent back unchanged.
    """

    text: str
    step: int = 0
    seconds: float | None = None
    signature: str | None = None


class ToolCall(msgspec.Struct, frozen=True, tag="tool_call"):
    """A function the model asked for, and what it was given back.

    Attributes:
        id: unique within the step.
        arguments: the JSON text exactly as it streamed; may be malformed.
        result: the text sent back to the model; None until there is one.
        seconds: how long the tool ran.
    """

    id: str
    name: str
    arguments: str = ""
    step: int = 0
    state: ToolState = "streaming"
    result: str | None = None
    seconds: float | None = None


class ToolCallRef(NamedTuple):
    """Which tool call is meant: services may use an id again in another step, let alone another conversation."""

    message: str
    step: int
    call: str


class Source(msgspec.Struct, frozen=True):
    """One web page the answer rests on (mimo-api section 7, `url_citation`)."""

    url: str
    title: str = ""
    site: str = ""
    summary: str = ""
    published: str = ""
    """ISO 8601 with offset, or empty."""


class Sources(msgspec.Struct, frozen=True, tag="sources"):
    """The pages found by web search, or why it found none.

    Attributes:
        error: the service's own words.
        off: the plugin is switched off for the account; the answer was made without it.
    """

    items: tuple[Source, ...] = ()
    step: int = 0
    error: str | None = None
    off: bool = False


class Media(msgspec.Struct, frozen=True, tag="media"):
    """An image, a sound or a film that goes with a message (mimo-api section 5).

    Attributes:
        mime: such as `image/png`; its first word is the kind.
        url: an https address, or `data:` with the bytes in base64.
        name: the file's name as shown.
        size: in bytes, 0 when unknown (an address).
        fps: frames per second taken from a film, [0.1, 10].
        resolution: `default` or `max`, films only.
    """

    mime: str
    url: str
    name: str = ""
    size: int = 0
    fps: float | None = None
    resolution: Literal["default", "max"] | None = None


Part = Text | Thinking | ToolCall | Sources | Media


class Usage(msgspec.Struct, frozen=True):
    """Tokens of one exchange (mimo-api sections 2, 5 and 7).

    Attributes:
        cached, image, audio, video: inside `prompt`; `reasoning` is inside `completion`.
        searches, pages: calls of the search plugin and web pages they gave.
        audio_seconds: length of a recognised recording, by which it is billed.
    """

    prompt: int = 0
    completion: int = 0
    cached: int = 0
    reasoning: int = 0
    searches: int = 0
    audio_seconds: float = 0.0
    pages: int = 0
    image: int = 0
    audio: int = 0
    video: int = 0

    def __add__(self, other: Usage) -> Usage:
        both = zip(msgspec.structs.astuple(self), msgspec.structs.astuple(other), strict=True)
        return Usage(*(mine + more for mine, more in both))

    @property
    def total(self) -> int:
        return self.prompt + self.completion


class Reply(msgspec.Struct, frozen=True):
    """How one exchange (step) went.

    Attributes:
        model: what answered, which may differ from what was asked.
        asked: the model that was asked.
        usage: None when the service sent none.
        first_event: seconds from sending to the first token; None when none came.
        seconds: from sending to the end.
        call_id: the exchange in the inspector.
    """

    asked: str
    model: str
    finish: FinishReason | None = None
    usage: Usage | None = None
    first_event: float | None = None
    seconds: float = 0.0
    call_id: str = ""


class Message(msgspec.Struct, frozen=True):
    """One message of a conversation.

    Attributes:
        id: identifier; `parent` is the message it follows, None for the first.
        replies: one per step, assistant messages only.
        created: Unix time in seconds.
        name: participant name, optional.
    """

    id: str
    role: Role
    parts: tuple[Part, ...] = ()
    parent: str | None = None
    replies: tuple[Reply, ...] = ()
    created: float = 0.0
    name: str = ""

    @property
    def text(self) -> str:
        """The words of its text parts, joined by blank lines."""
        return "\n\n".join(part.text for part in self.parts if isinstance(part, Text) and part.text)

    @property
    def usage(self) -> Usage | None:
        """Tokens of all steps together; None when no step reported any."""
        known = [reply.usage for reply in self.replies if reply.usage is not None]
        return sum(known[1:], known[0]) if known else None


def user_message(
    text: str, *, parent: str | None = None, created: float = 0.0, media: tuple[Media, ...] = ()
) -> Message:
    """What the composer sends: words first, then the attachments."""
    parts: tuple[Part, ...] = ((Text(text),) if text else ()) + media
    return Message(new_id(), "user", parts, parent, created=created)
