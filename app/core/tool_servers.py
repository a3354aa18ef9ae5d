"""Servers of tools (MCP): how they are reached, what they offer, and what of that the user has seen."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import sys
from collections.abc import Iterable, Mapping
from typing import Any, Literal

import msgspec

from app.core.bounds import bound
from app.core.errors import Code, InputError

ServerKind = Literal["command", "address", "example"]
"""Reached by running a command, at an address, or the example that ships with the program."""
MAX_SERVERS = 100
MAX_FIELD_CHARS = 20_000
MAX_NAME_CHARS = 60
KEY_PREFIX = "server:"
"""Begins the key of a server's tool, under which a conversation chooses it and the user allows it."""
HIDDEN = "●●●●●●"
"""Stands for a saved value, which is never shown."""
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_.()-]{0,199}")
_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")


class ServerTool(msgspec.Struct, frozen=True):
    """A tool as its server describes it; `writes` whether it may change something, as far as the server says."""

    name: str
    title: str = ""
    description: str = ""
    parameters: dict[str, Any] = {}
    writes: bool = False


class ToolServer(msgspec.Struct, frozen=True):
    """One server.

    Attributes:
        command: program and arguments as one line; `folder` the working folder, empty for the user's own.
        environment, headers: names only; their values are secrets and stored like keys.
        seen: fingerprint of what was shown when the user pressed Start; another one must be seen first.
        origin: how it came here.
        tools: as last listed.
        created: Unix time in seconds.
    """

    id: str
    name: str
    kind: ServerKind = "command"
    command: str = ""
    folder: str = ""
    address: str = ""
    environment: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    seen: str = ""
    origin: Literal["typed", "pasted", "imported"] = "typed"
    tools: tuple[ServerTool, ...] = ()
    created: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created",))

    @property
    def fingerprint(self) -> str:
        """Identifies what would be run, and where."""
        names = (sorted(self.environment), sorted(self.headers))
        text = json.dumps((self.kind, self.command, self.folder, self.address, names))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    @property
    def is_seen(self) -> bool:
        """Whether the user started it as it is."""
        return self.seen == self.fingerprint

    @property
    def is_complete(self) -> bool:
        """Whether there is something to start."""
        return self.kind == "example" or bool((self.address if self.kind == "address" else self.command).strip())


def tool_key(server_id: str, tool: str) -> str:
    """The key of a server's tool."""
    return f"{KEY_PREFIX}{server_id}:{tool}"


def split_command(text: str) -> tuple[str, ...]:
    """Program and arguments of a command. Raises InputError SERVER_COMMAND_QUOTES for an open quotation."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    if sys.platform == "win32":
        lexer.escape = ""  # There the backslash separates folders.
    try:
        return tuple(lexer)
    except ValueError as error:
        raise InputError(Code.SERVER_COMMAND_QUOTES, field="command") from error


def joined_command(parts: Iterable[str]) -> str:
    """A command as one line that `split_command` takes apart again."""
    if sys.platform == "win32":
        return " ".join(f'"{part}"' if not part or re.search(r"\s", part) else part for part in parts)
    return shlex.join(parts)


def values_text(names: Iterable[str], values: Mapping[str, str], mark: str) -> str:
    """Names as lines, `NAME=●●●●●●` for those whose value is saved. `mark` stands between name and value."""
    return "\n".join(f"{name}{mark}{HIDDEN if values.get(name) else ''}" for name in names)


def read_values(text: str, *, are_headers: bool) -> tuple[dict[str, str], tuple[str, ...]]:
    """Names and values of lines `NAME=value` or `Name: value`, and the lines that are neither."""
    mark, pattern = (":", _HEADER) if are_headers else ("=", _VARIABLE)
    values: dict[str, str] = {}
    wrong: list[str] = []
    for line in text[:MAX_FIELD_CHARS].splitlines():
        if not line.strip():
            continue
        name, found, value = line.partition(mark)
        if found and pattern.fullmatch(name.strip()):
            values[name.strip()] = value.strip() if are_headers or value.strip() == HIDDEN else value
        else:
            wrong.append(name.strip()[:80])
    return values, tuple(wrong)
