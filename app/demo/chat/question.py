"""A chat request and its answer, independent of the protocol."""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

from app.demo.models import Model

Language = Literal["en", "zh"]
Role = Literal["system", "user", "assistant", "tool"]
Finish = Literal["stop", "length", "tool_calls", "content_filter", "repetition_truncation"]

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+")


def language_of(text: str) -> Language:
    """Detect the language: Chinese if there are at least half as many Chinese characters as Latin words."""
    chinese = len(_CJK.findall(text))
    return "zh" if chinese and 2 * chinese >= len(_LATIN_WORD.findall(text)) else "en"


class Attachment(msgspec.Struct, frozen=True):
    """A media part. `url` is a data URL or a web address; `fps` and `max_resolution` apply to video only."""

    kind: Literal["image", "audio", "video"]
    url: str
    fps: float = 2.0
    max_resolution: bool = False


class Call(msgspec.Struct, frozen=True):
    """A tool call; `arguments` is JSON text."""

    id: str
    name: str
    arguments: str


class Message(msgspec.Struct, frozen=True):
    """One message of the history. `call_id` and `failed` are set on tool results only."""

    role: Role
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    calls: tuple[Call, ...] = ()
    thinking: str | None = None
    call_id: str = ""
    failed: bool = False


class Tool(msgspec.Struct, frozen=True):
    name: str
    description: str = ""
    parameters: dict[str, Any] = {}


class Search(msgspec.Struct, frozen=True):
    """Parameters of the web search plugin (WIRE.md section 7)."""

    force: bool = False
    keywords: int = 5
    limit: int = 5
    location: str = ""


class Question(msgspec.Struct, frozen=True):
    """A validated chat request.

    Attributes:
        json: whether the answer must be a JSON object.
        schema: JSON Schema of the answer; None if none was given.
        parallel: whether several tool calls may be made at once.
        faults: requested content faults (`leak`, `loop`, …) with their values.
        media_descriptions: descriptions of the media of `media_messages`, a paragraph each.
        media_tokens: token counts of the media of all messages, by kind.
        prefill: the beginning of the answer, which is continued; it is in no message then.
    """

    model: Model
    messages: tuple[Message, ...]
    tools: tuple[Tool, ...] = ()
    search: Search | None = None
    thinking: bool = True
    json: bool = False
    schema: dict[str, Any] | None = None
    max_tokens: int = 131_072
    stop: tuple[str, ...] = ()
    stream: bool = False
    parallel: bool = True
    faults: dict[str, str] = {}
    media_descriptions: tuple[str, ...] = ()
    media_tokens: dict[str, int] = {}
    prefill: str = ""

    @property
    def user_message(self) -> Message:
        """The latest user message, or an empty one if the history has none."""
        return next((m for m in reversed(self.messages) if m.role == "user"), Message("user"))

    @property
    def language(self) -> Language:
        """Language of the latest user message that is not blank."""
        for message in reversed(self.messages):
            if message.role == "user" and message.text.strip():
                return language_of(message.text)
        return "en"

    @property
    def system_prompt(self) -> str:
        return "\n".join(m.text for m in self.messages if m.role == "system")

    @property
    def tool_results(self) -> tuple[tuple[Call, Message], ...]:
        """Tool calls and results since the latest user message; empty unless the last message is a tool result."""
        if not self.messages or self.messages[-1].role != "tool":
            return ()
        last_user = max((n for n, m in enumerate(self.messages) if m.role == "user"), default=-1)
        turn = self.messages[last_user + 1 :]
        calls = {call.id: call for message in turn for call in message.calls}
        return tuple((calls.get(m.call_id, Call(m.call_id, "", "{}")), m) for m in turn if m.role == "tool")

    @property
    def media_messages(self) -> tuple[Message, ...]:
        """Messages whose media the answer describes: tool results with images, otherwise the latest user message."""
        with_media = tuple(message for _, message in self.tool_results if message.attachments)
        return with_media or (self.user_message,)


class Citation(msgspec.Struct, frozen=True, omit_defaults=True):
    """One web search result as the platform annotates it."""

    url: str
    title: str
    summary: str
    site_name: str
    publish_time: str | None = None
    logo_url: str | None = None
    type: str = msgspec.field(default="url_citation")

    def row(self) -> dict[str, Any]:
        return {"type": "url_citation", **msgspec.to_builtins(self)}


class Usage(msgspec.Struct, frozen=True):
    """Token usage.

    Attributes:
        reasoning: the part of `completion` that is thinking.
        cached: the part of `prompt` that was cached.
        media: parts of `prompt` by `image_tokens`, `audio_tokens`, `video_tokens`.
        searches: web searches and pages; None without web search.
    """

    prompt: int
    completion: int
    reasoning: int
    cached: int = 0
    media: dict[str, int] = {}
    searches: tuple[int, int] | None = None


class Answer(msgspec.Struct, frozen=True):
    """A complete answer, to be sent in one body or as a stream. `thinking` is None if thinking is off."""

    text: str
    thinking: str | None = None
    calls: tuple[Call, ...] = ()
    citations: tuple[Citation, ...] | None = None
    search_error: str | None = None
    finish: Finish = "stop"
    usage: Usage = Usage(0, 0, 0)
