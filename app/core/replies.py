"""How an exchange with a service ended: what it cost, how long it took, and why it failed.

One reply is that of one *step* of a message (`app.core.messages`).
"""

from __future__ import annotations

from typing import Literal

import msgspec

from app.core.bounds import bound
from app.core.errors import Code, WorkbenchError

FinishReason = Literal["stop", "length", "tool_calls", "content_filter", "repetition_truncation", "stopped", "error"]
"""The service's finish reasons (WIRE.md section 6.2), `stopped` by the user, and `error` after a failure."""

MAX_FAILURE_TEXT = 4_000
"""Characters saved of one text of a failure, such as the service's own words."""


class Failure(msgspec.Struct, frozen=True):
    """Why an exchange failed, as in WorkbenchError; texts and numbers only."""

    code: str
    params: dict[str, str | int | float | bool | None] = {}

    @classmethod
    def of(cls, error: WorkbenchError) -> Failure:
        """The failure to save for an error."""
        params = {
            name: value[:MAX_FAILURE_TEXT] if isinstance(value, str) else value
            for name, value in error.params.items()
            if value is None or isinstance(value, str | int | float)
        }
        return cls(str(error.code), params)

    @property
    def error(self) -> WorkbenchError | None:
        """The error; None for a code of a newer version of the program."""
        return WorkbenchError(Code(self.code), **self.params) if self.code in set(Code) else None


class Usage(msgspec.Struct, frozen=True):
    """Tokens of one exchange (WIRE.md sections 2, 5 and 7).

    Attributes:
        cached, image, audio, video: included in `prompt`; `reasoning` is included in `completion`.
        searches, pages: calls of the search plugin and web pages returned.
        audio_seconds: length of a transcribed recording, by which it is billed.
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

    def __post_init__(self) -> None:
        bound(self, counts=_TOKEN_COUNTS, durations=("audio_seconds",))

    def __add__(self, other: Usage) -> Usage:
        pairs = zip(msgspec.structs.astuple(self), msgspec.structs.astuple(other), strict=True)
        return Usage(*(mine + theirs for mine, theirs in pairs))

    @property
    def total(self) -> int:
        return self.prompt + self.completion


_TOKEN_COUNTS = tuple(name for name in Usage.__struct_fields__ if name != "audio_seconds")


class Reply(msgspec.Struct, frozen=True):
    """The outcome of one exchange (step).

    Attributes:
        model: the model that answered, which may differ from the requested one.
        asked: the requested model.
        usage: None if the service reported none.
        first_event: seconds from sending to the first token; None without any.
        seconds: from sending to the end.
        call_id: id of the exchange in the inspector.
        thinking: whether thinking was asked for; None for replies of earlier versions.
        prompt: the first 80 characters of the system prompt, one line; None for replies of earlier versions.
        temperature, top_p, max_tokens: as sent; None when not, and for replies of earlier versions.
        failure: why it failed; None if it did not, and for replies of earlier versions.
        request_key: identifies what was sent (`app.core.context_estimate`); empty for replies of earlier versions.
        json_mode: whether the answer had to be JSON.
        search: whether the model could search the web, or had to; empty if it could not, and for replies of earlier
            versions.
    """

    asked: str
    model: str
    finish: FinishReason | None = None
    usage: Usage | None = None
    first_event: float | None = None
    seconds: float = 0.0
    call_id: str = ""
    thinking: bool | None = None
    prompt: str | None = None
    failure: Failure | None = None
    temperature: float | None = None
    request_key: str = ""
    json_mode: bool = False
    top_p: float | None = None
    max_tokens: int | None = None
    search: Literal["", "offered", "forced"] = ""

    def __post_init__(self) -> None:
        bound(self, durations=("first_event", "seconds"))

    @property
    def tokens_per_second(self) -> float | None:
        """Completion tokens per second from the first token to the end; None when either is unknown."""
        if self.usage is None or self.first_event is None or self.seconds - self.first_event < 0.05:
            return None
        return self.usage.completion / (self.seconds - self.first_event)
