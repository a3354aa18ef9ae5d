"""What the window and the bridge to MCP servers say to each other: one JSON object a line, each of bounded length.

The bridge (`app.mcp_bridge`) is a process of its own; these values are all that both sides share.
"""

from __future__ import annotations

from typing import Any

import msgspec

MAX_LINE_BYTES = 1 << 20
"""Of a line in either direction. A longer one is not sent; what is long is cut before."""
MAX_RESULT_CHARS = 99_000
"""Characters of a result; below what the model gets at most, so that a result is cut once."""
MAX_MEDIA = 8
"""Images and sounds of one result."""
MAX_MEDIA_BYTES = 12_000_000
MAX_TOOLS = 300
MAX_SCHEMA_BYTES = 200_000
MAX_DESCRIPTION_CHARS = 8_000
MAX_LOG_CHARS = 2_000


class StartServer(msgspec.Struct, frozen=True, tag="start"):
    """Start a server and list its tools.

    Attributes:
        run: identifies this start: what a former one still says is told apart by it.
        command: program and arguments; empty for a server at `address`.
        folder: working folder; empty for the home folder of the user.
        environment, headers: with their values, which are secret.
        seconds: until it must have answered.
        proxy: for `address`, with its password; empty for none.
        certificates: file of further authorities to trust; empty for none.
    """

    server: str
    run: int
    command: tuple[str, ...] = ()
    folder: str = ""
    environment: dict[str, str] = {}
    address: str = ""
    headers: dict[str, str] = {}
    seconds: float = 30.0
    proxy: str = ""
    certificates: str = ""


class StopServer(msgspec.Struct, frozen=True, tag="stop"):
    """Stop a server, gently first."""

    server: str


class CallTool(msgspec.Struct, frozen=True, tag="call"):
    """Call a tool of a running server; `seconds` without a result or progress end the call."""

    call: int
    server: str
    tool: str
    arguments: dict[str, Any]
    seconds: float


class CancelCall(msgspec.Struct, frozen=True, tag="cancel"):
    """Give up waiting for a call, and tell the server."""

    call: int


Order = StartServer | StopServer | CallTool | CancelCall


class ToolFound(msgspec.Struct, frozen=True, tag="tool"):
    """A tool of a server that starts, or whose tools have changed.

    Attributes:
        writes: whether it may change something, as far as the server says.
        place: its number, from 0; 0 begins the list anew.
    """

    server: str
    run: int
    place: int
    name: str
    title: str
    description: str
    parameters: dict[str, Any]
    writes: bool


class ServerRunning(msgspec.Struct, frozen=True, tag="running"):
    """All tools were listed.

    Attributes:
        count: tools found; 0 ends the former list.
        refused: names of tools that can't be used, because of a schema or a name that is none.
    """

    server: str
    run: int
    name: str
    version: str
    protocol: str
    count: int
    refused: tuple[str, ...] = ()


class ServerEnded(msgspec.Struct, frozen=True, tag="ended"):
    """A server is not running (any more); `code` says why, empty when it was asked to end."""

    server: str
    run: int
    code: str = ""
    params: dict[str, str | int | float] = {}


class LogLine(msgspec.Struct, frozen=True, tag="log"):
    """A line of a server's log.

    Attributes:
        source: `stderr`, `stdout` (text that is no message), or `server` for its log messages.
        left_out: lines before it that were left out because there were too many.
    """

    server: str
    run: int
    source: str
    text: str
    left_out: int = 0


class CallProgress(msgspec.Struct, frozen=True, tag="progress"):
    """How far a call is; `total` None if the server does not know."""

    call: int
    done: float
    total: float | None
    text: str


class ResultFile(msgspec.Struct, frozen=True):
    """An image or a sound of a result, as a file which the window moves to its own."""

    path: str
    mime: str


class CallDone(msgspec.Struct, frozen=True, tag="done"):
    """The result of a call.

    Attributes:
        is_error: the tool itself says that it failed.
        dropped: parts that could not be passed on, such as an image that is too large.
        mismatch: the result is not what the tool's own schema promises.
    """

    call: int
    text: str
    is_error: bool = False
    files: tuple[ResultFile, ...] = ()
    dropped: int = 0
    mismatch: bool = False


class CallFailed(msgspec.Struct, frozen=True, tag="failed"):
    """A call without a result; `code` is that of the error."""

    call: int
    code: str
    params: dict[str, str | int | float] = {}


Report = ToolFound | ServerRunning | ServerEnded | LogLine | CallProgress | CallDone | CallFailed

_orders: msgspec.json.Decoder[Order] = msgspec.json.Decoder(Order)
_reports: msgspec.json.Decoder[Report] = msgspec.json.Decoder(Report)


def encoded(value: Order | Report) -> bytes:
    """A value as one line with its end. Raises ValueError if it is longer than MAX_LINE_BYTES."""
    line = msgspec.json.encode(value) + b"\n"
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"a line of {len(line)} bytes")
    return line


def decoded_order(line: bytes) -> Order:
    """Raises msgspec.MsgspecError for anything else."""
    return _orders.decode(line)


def decoded_report(line: bytes) -> Report:
    """Raises msgspec.MsgspecError for anything else."""
    return _reports.decode(line)
