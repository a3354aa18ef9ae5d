"""A chat request and its answer, freed from either protocol."""

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
    """Chinese as soon as there are half as many Chinese characters as Latin words."""
    chinese = len(_CJK.findall(text))
    return "zh" if chinese and 2 * chinese >= len(_LATIN_WORD.findall(text)) else "en"


class Attachment(msgspec.Struct, frozen=True):
    """A media part. `url` is a data URL, a web address, or (recognition's other form) bare base64."""

    kind: Literal["image", "audio", "video"]
    url: str
    fps: float = 2.0
    fine: bool = False


class Call(msgspec.Struct, frozen=True):
    """A tool call; `arguments` is JSON text."""

    id: str
    name: str
    arguments: str


class Message(msgspec.Struct, frozen=True):
    """One message of the history. `call_id` and `failed` belong to tool results."""

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
    """The web search plugin as asked for (WIRE.md section 7)."""

    force: bool = False
    keywords: int = 5
    limit: int = 5
    place: str = ""


class Question(msgspec.Struct, frozen=True):
    """A chat request that passed every check.

    Attributes:
        json: the answer has to be a JSON object; `schema` is its JSON Schema where one was given.
        parallel: several tool calls may be made at once.
        observed: what was measured in the media of `shown`, a paragraph each.
        media_tokens: what the media of all messages count as.
        oddities: faults that change what is said rather than how it travels (`leak`, `loop`, …), with their values.
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
    oddities: dict[str, str] = {}
    observed: tuple[str, ...] = ()
    media_tokens: dict[str, int] = {}

    @property
    def asked(self) -> Message:
        """The latest message of the user (an empty one where the history has none)."""
        return next((m for m in reversed(self.messages) if m.role == "user"), Message("user"))

    @property
    def language(self) -> Language:
        """The user's language: that of the latest message with letters in it."""
        for message in reversed(self.messages):
            if message.role == "user" and message.text.strip():
                return language_of(message.text)
        return "en"

    @property
    def system(self) -> str:
        return "\n".join(m.text for m in self.messages if m.role == "system")

    @property
    def results(self) -> tuple[tuple[Call, Message], ...]:
        """Tool results after the latest user message, beside their calls; empty unless the turn waits for an answer."""
        if not self.messages or self.messages[-1].role != "tool":
            return ()
        last_user = max((n for n, m in enumerate(self.messages) if m.role == "user"), default=-1)
        turn = self.messages[last_user + 1 :]
        calls = {call.id: call for message in turn for call in message.calls}
        return tuple((calls.get(m.call_id, Call(m.call_id, "", "{}")), m) for m in turn if m.role == "tool")

    @property
    def shown(self) -> tuple[Message, ...]:
        """The messages whose media the answer is about: tool results with pictures, else the latest of the user."""
        pictured = tuple(message for _, message in self.results if message.attachments)
        return pictured or (self.asked,)


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
    """Token figures; `media` maps `image_tokens` and the like to their share of the prompt."""

    prompt: int
    completion: int
    reasoning: int
    cached: int = 0
    media: dict[str, int] = {}
    searches: tuple[int, int] | None = None


class Answer(msgspec.Struct, frozen=True):
    """A whole answer, ready to be sent at once or in pieces. `thinking` is None where thinking was off."""

    text: str
    thinking: str | None = None
    calls: tuple[Call, ...] = ()
    citations: tuple[Citation, ...] | None = None
    search_error: str | None = None
    finish: Finish = "stop"
    usage: Usage = Usage(0, 0, 0)
