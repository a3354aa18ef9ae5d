"""Protocols for what the services need from other layers."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from app.core.call_record import CallRecord, CallSummary
from app.core.conversation import Conversation, Headings
from app.core.errors import Code, WorkbenchError
from app.core.events import ChatEvent, RecognitionEvent, SpeechEvent
from app.core.messages import Message
from app.core.profiles import Profile
from app.core.prompt_library import SavedPrompt
from app.core.requests import ChatRequest, ModelEntry, Priority, RecognitionRequest, SpeechRequest


class ServiceClient(Protocol):
    """The client of one service profile. Callers close the generators; closing one closes its connection."""

    def check(self) -> None:
        """Raise what stops every call before it is sent: TransportError for the address, ServiceError for the key."""

    def chat(
        self, request: ChatRequest, *, priority: Priority = "interactive", resend_lost: bool = True
    ) -> AsyncGenerator[ChatEvent, None]: ...

    def speak(
        self, request: SpeechRequest, *, priority: Priority = "batch", resend_lost: bool = True
    ) -> AsyncGenerator[SpeechEvent, None]: ...

    def recognise(
        self, request: RecognitionRequest, *, priority: Priority = "interactive", resend_lost: bool = True
    ) -> AsyncGenerator[RecognitionEvent, None]: ...

    async def models(self) -> tuple[ModelEntry, ...]: ...

    async def aclose(self) -> None: ...


MakeClient = Callable[[Profile, str | None], ServiceClient]
"""Creates the client of a profile with its key; nothing is opened before the first call."""


class Key(Protocol):
    """A key."""

    @property
    def value(self) -> str: ...


class KeySource(Protocol):
    """Looks up keys; called only when a client is created."""

    async def find(self, name: str, /) -> Key | None:
        """Return the key of the profile with this id."""


class TimelineRow(Protocol):
    """One event of a response: seconds since the start, its name, its text as received."""

    @property
    def at(self) -> float: ...
    @property
    def name(self) -> str: ...
    @property
    def content(self) -> str: ...


class Try(Protocol):
    """One request of a call, as in `app.core.call_record.TryRecord`."""

    @property
    def at(self) -> float: ...
    @property
    def sent(self) -> float | None: ...
    @property
    def answered(self) -> float | None: ...
    @property
    def ended(self) -> float | None: ...
    @property
    def status(self) -> int | None: ...
    @property
    def headers(self) -> dict[str, str]: ...
    @property
    def error(self) -> str | None: ...
    @property
    def response(self) -> str: ...


class Call(Protocol):
    """A recorded call with keys masked. It grows while the call runs.

    Attributes:
        elided: characters of files that the recorded request has marks in place of.
        attempts: the requests in order; empty until the first is sent.
        edited: the user changed the request before it was sent.
        stopped: the user ended it before the service did.
    """

    id: str
    profile_id: str
    model: str
    method: str
    url: str
    started: float
    ended: float | None
    request: str
    request_headers: dict[str, str]
    request_bytes: int
    response_bytes: int
    elided: int
    edited: bool
    stopped: bool

    @property
    def attempts(self) -> Sequence[Try]: ...
    @property
    def kind(self) -> str: ...
    @property
    def error(self) -> Code | None: ...
    @property
    def left_out(self) -> int: ...
    def response(self) -> str: ...
    def timeline(self) -> Iterator[TimelineRow]: ...


class CallLog(Protocol):
    """The calls of this run, oldest first, within a bound."""

    def __getitem__(self, call_id: str, /) -> Call:
        """Return a call. Raises KeyError if it is unknown or was dropped for its size."""

    def __iter__(self) -> Iterator[Call]: ...
    def __len__(self) -> int: ...


class CallStore(Protocol):
    """Stores calls across runs. Every method raises StorageError."""

    async def keep(self, call: CallRecord, /) -> None: ...

    async def get(self, call_id: str, /) -> CallRecord:
        """Return a call. Raises NOT_KEPT if it does not exist or was dropped."""

    async def trim(self, kept: int, /) -> None: ...

    async def summaries(
        self, limit: int = ..., before: int | None = ..., query: str = ...
    ) -> tuple[tuple[int, CallSummary], ...]:
        """Return calls, newest first, each with its number; `before` is the number of the last one seen.

        `query` selects calls that contain a text.
        """

    async def count(self, query: str = ...) -> int: ...

    async def by_ids(self, call_ids: Sequence[str], /) -> tuple[CallSummary, ...]:
        """Return those of these calls that are stored, newest first."""


class GrowingMessage(Protocol):
    """Saves a message while it streams; cheap to call for every event."""

    def changed(self, snapshot: Callable[[], Message], /) -> None: ...

    def event(self, step: int, event: ChatEvent, at: float, /) -> None: ...

    async def end(self, message: Message, /) -> None:
        """Save the finished message. Raises StorageError; it can be called again then."""


class ConversationStore(Protocol):
    """Stores conversations. Every method raises StorageError."""

    async def listed(self, limit: int = ..., skip: int = ...) -> tuple[Conversation, ...]: ...

    async def get(self, conversation_id: str, /) -> Conversation: ...

    async def keep(self, conversation: Conversation, /) -> None: ...

    async def messages(self, conversation_id: str, /) -> tuple[Message, ...]: ...

    async def keep_messages(
        self, conversation_id: str, messages: Sequence[Message], /, *, show: bool = ..., begun: bool = ...
    ) -> None: ...

    async def forget_messages(self, message_ids: Sequence[str], /) -> None: ...

    async def delete_messages(self, message_ids: Sequence[str], /) -> None: ...

    async def restore_messages(self, conversation_id: str, messages: Sequence[Message], /) -> None: ...

    async def delete(self, conversation_id: str, /) -> None: ...

    async def restore(self, conversation_id: str, /) -> None: ...

    def stream(self, conversation_id: str, failed: Callable[[WorkbenchError], object], /) -> GrowingMessage: ...


class Documents(Protocol):
    """Writes and reads conversation files; both methods block and raise StorageError."""

    def write(
        self, path: Path, conversation: Conversation, messages: tuple[Message, ...], words: Headings, /
    ) -> None: ...

    def read(self, path: Path, /) -> tuple[Conversation, tuple[Message, ...]]: ...


class FoundMessage(Protocol):
    """A message found by a search."""

    @property
    def conversation_id(self) -> str: ...
    @property
    def excerpt(self) -> str: ...


class MessageSearch(Protocol):
    """Searches messages and titles."""

    async def messages(self, query: str, limit: int = ...) -> Sequence[FoundMessage]: ...

    async def titles(self, query: str, limit: int = ...) -> Sequence[Conversation]: ...


class PromptStore(Protocol):
    """Stores saved prompts. Raises StorageError."""

    async def keep(self, record: SavedPrompt) -> None: ...
    async def get(self, record_id: str) -> SavedPrompt: ...
    async def listed(self) -> tuple[SavedPrompt, ...]: ...
    async def delete(self, record_id: str) -> None: ...
    async def restore(self, record_id: str) -> None: ...
