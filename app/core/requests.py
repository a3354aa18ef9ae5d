"""Requests to a service, independent of any protocol."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from app.core.bounds import bound
from app.core.messages import Message

MAX_SAMPLING_VALUE = 1000.0
"""Far outside of what any service takes; a value beyond is damage and counts as not set."""

MAX_SEARCH_COUNT = 50
"""Of keywords, and of results for each (WIRE.md section 7)."""

AudioContainer = Literal["wav", "mp3", "pcm16"]
RecognitionLanguage = Literal["auto", "zh", "en"]
Priority = Literal["interactive", "batch"]
"""Who waits for a call: a user who asked for it now, or a job with many calls. The first always goes before."""


class FunctionTool(msgspec.Struct, frozen=True):
    """A function the model may call: name `[a-zA-Z0-9_-]{1,64}`, description, JSON Schema of its arguments."""

    name: str
    description: str
    parameters: dict[str, Any]
    strict: bool = False


class WebSearch(msgspec.Struct, frozen=True):
    """The platform's search plugin (WIRE.md section 7).

    `keywords` and `results` are 1 to 50; `location` is as `app.core.search_location` reads it.
    """

    force: bool = False
    keywords: int = 5
    results: int = 5
    location: str = ""

    def __post_init__(self) -> None:
        for name in ("keywords", "results"):
            value = getattr(self, name)
            if not 1 <= value <= MAX_SEARCH_COUNT:
                msgspec.structs.force_setattr(self, name, min(max(value, 1), MAX_SEARCH_COUNT))


RESERVED_FIELDS = frozenset({"model", "messages", "stream", "system"})
"""Fields of a body that the program sets itself; another value would make what is shown untrue."""


def additional_fields(*extras: Mapping[str, Any]) -> dict[str, Any]:
    """Additional fields for a request body, without RESERVED_FIELDS; later ones overrule earlier ones."""
    return {name: value for extra in extras for name, value in extra.items() if name not in RESERVED_FIELDS}


class Sampling(msgspec.Struct, frozen=True):
    """Parameters of a chat request; None leaves it out, so that the model's default applies (WIRE.md section 2).

    Attributes:
        thinking: None for the model's default.
        temperature, top_p: [0, 1.5] and [0.01, 1]; not sent while thinking.
        max_tokens: [1, 131072], thinking and answer together.
        stop: up to four strings.
        frequency_penalty, presence_penalty: [-2, 2].
        send_thinking: whether earlier thinking is sent back (WIRE.md sections 6.5 and 13).
        extra: additional body fields, sent unchanged except for RESERVED_FIELDS, which are not sent.
    """

    thinking: bool | None = None
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    stop: tuple[str, ...] = ()
    frequency_penalty: float | None = None
    presence_penalty: float | None = None
    json_mode: bool = False
    stream: bool = True
    send_thinking: bool = True
    extra: dict[str, Any] = {}

    def __post_init__(self) -> None:
        bound(self, counts=("max_tokens",))
        for name in ("temperature", "top_p", "frequency_penalty", "presence_penalty"):
            value = getattr(self, name)
            if value is not None and not abs(value) <= MAX_SAMPLING_VALUE:
                msgspec.structs.force_setattr(self, name, None)

    def for_another_conversation(self) -> Sampling:
        """What a new conversation takes over: thinking, its numbers and streaming, but nothing made for one task."""
        return Sampling(
            self.thinking, self.temperature, self.top_p, stream=self.stream, send_thinking=self.send_thinking
        )


class ChatRequest(msgspec.Struct, frozen=True):
    """A chat request: the visible branch, oldest message first, and its options.

    A final assistant message is continued: its steps are sent with their tool results, or as a prefill.

    Attributes:
        recorded: the JSON of an earlier request, which is sent as it is. `messages` then only has what follows its
            messages, and the other fields describe it.
    """

    model: str
    messages: tuple[Message, ...]
    system: str = ""
    sampling: Sampling = Sampling()
    tools: tuple[FunctionTool, ...] = ()
    web_search: WebSearch | None = None
    recorded: dict[str, Any] | None = None


class BuiltinVoice(msgspec.Struct, frozen=True, tag="builtin"):
    """One of the service's voices by its exact id, such as `冰糖` or `Mia` (WIRE.md section 3.2)."""

    id: str


class DesignedVoice(msgspec.Struct, frozen=True, tag="designed"):
    """A voice designed anew from a description by every call (WIRE.md section 3.3).

    `polish`: the service may rewrite the text, or write one if there is none.
    """

    description: str
    polish: bool = False


class ClonedVoice(msgspec.Struct, frozen=True, tag="cloned"):
    """A voice cloned from a sample that is sent with the request (WIRE.md section 3.4).

    `sample` is a whole WAV or MP3 file of at most 10 MB as base64.
    """

    sample: bytes
    mime: Literal["audio/wav", "audio/mpeg"]


class SpeechRequest(msgspec.Struct, frozen=True):
    """A request for one take: text, voice and options.

    Attributes:
        text: with its tags; may be empty only for a designed voice with `polish`.
        direction: style instruction in free text, never spoken; not used with a designed voice.
        container: the requested format; the format of the response is detected.
        temperature, top_p, max_tokens: [0, 1.5], [0.01, 1], [1, 8192]; None leaves them out.
    """

    model: str
    text: str
    voice: BuiltinVoice | DesignedVoice | ClonedVoice
    direction: str = ""
    container: AudioContainer = "wav"
    stream: bool = True
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None


class RecognitionRequest(msgspec.Struct, frozen=True):
    """A request to transcribe a whole WAV or MP3 file of at most 10 MB as base64 (WIRE.md section 4)."""

    model: str
    sound: bytes
    mime: Literal["audio/wav", "audio/mpeg"]
    language: RecognitionLanguage = "auto"
    stream: bool = True


class ModelEntry(msgspec.Struct, frozen=True):
    """One row of `GET /models` (WIRE.md section 1)."""

    id: str
    owner: str = ""
