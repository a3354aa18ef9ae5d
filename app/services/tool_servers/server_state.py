"""Whether a server runs, and its log."""

from __future__ import annotations

from collections import deque
from typing import Literal, NamedTuple

from app.core.errors import WorkbenchError

ServerStateKind = Literal["off", "starting", "running", "stopping", "failed"]
MAX_LOG_LINES = 500


class LogEntry(NamedTuple):
    """A line of a log.

    Attributes:
        at: Unix time in seconds.
        source: `stderr`, `stdout`, `server`, `bridge`, or `call` for the name of a tool that was called.
        left_out: lines before it that were left out.
    """

    at: float
    source: str
    text: str
    left_out: int = 0


class _Log(deque[LogEntry]):
    def __init__(self) -> None:
        super().__init__(maxlen=MAX_LOG_LINES)


class ServerState:
    """The state of a server in this run.

    Attributes:
        error: why it is not running.
        since: Unix time of the last change.
        run: number of its start; 0 if it was never started.
        protocol: version that was agreed on.
        refused: names of what it calls tools and can't be used.
        log: the last lines.
    """

    __slots__ = ("error", "kind", "log", "protocol", "refused", "run", "since")

    def __init__(
        self, kind: ServerStateKind = "off", error: WorkbenchError | None = None, since: float = 0.0, run: int = 0,
        protocol: str = "", refused: tuple[str, ...] = (), log: deque[LogEntry] | None = None,
    ) -> None:  # fmt: skip
        self.kind = kind
        self.error = error
        self.since = since
        self.run = run
        self.protocol = protocol
        self.refused = refused
        self.log = log if log is not None else _Log()

    @property
    def is_busy(self) -> bool:
        """Whether it is there, or about to be or to go."""
        return self.kind in ("starting", "running", "stopping")

    def changed(self, **fields: object) -> ServerState:
        """The state with other fields."""
        values = {name: getattr(self, name) for name in self.__slots__} | fields
        return ServerState(**values)
