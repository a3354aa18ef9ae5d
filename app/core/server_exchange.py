"""Servers as text: the settings of other programs, an address, or a command, and what is given away.

Values of environment variables and headers are read, never written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from app.core.errors import InputError
from app.core.json_positions import JsonError, line_and_column, read_with_positions
from app.core.tool_servers import (
    MAX_FIELD_CHARS,
    MAX_NAME_CHARS,
    MAX_SERVERS,
    ServerKind,
    ToolServer,
    joined_command,
    split_command,
)

MAX_TEXT_CHARS = 1_000_000


class ServerRefusal(StrEnum):
    """Why nothing of a text could be read, or one of its servers."""

    NOT_JSON = "not-json"
    TOO_LONG = "too-long"
    NO_SERVERS = "no-servers"
    NO_COMMAND = "no-command"
    SSE_ONLY = "sse-only"
    TOO_MANY = "too-many"


class ReadServer(NamedTuple):
    """A server of a text, with the values of its environment and headers."""

    name: str
    kind: ServerKind
    command: str = ""
    folder: str = ""
    address: str = ""
    environment: dict[str, str] = {}
    headers: dict[str, str] = {}


class ReadServers(NamedTuple):
    """What a text holds; `refused` names servers that can't be used. `line` and `column` say where it is no JSON."""

    servers: tuple[ReadServer, ...] = ()
    refused: tuple[tuple[str, ServerRefusal], ...] = ()
    refusal: ServerRefusal | None = None
    line: int = 0
    column: int = 0


def read_servers(text: str) -> ReadServers:
    """Read the settings of the usual clients (`mcpServers`, `servers`, `context_servers`, `mcp`), TOML of Codex, one
    server, an address or a command.
    """
    text = text.lstrip("\ufeff").strip()
    if len(text) > MAX_TEXT_CHARS:
        return ReadServers(refusal=ServerRefusal.TOO_LONG)
    if not text:
        return ReadServers(refusal=ServerRefusal.NO_SERVERS)
    if text.startswith("{"):
        try:
            value = read_with_positions(text).value
        except JsonError as error:
            line, column = line_and_column(text, error.offset)
            return ReadServers(refusal=ServerRefusal.NOT_JSON, line=line, column=column)
        return _read_table(value)
    if text.startswith('"'):
        # The inside of an object, copied without its braces.
        try:
            return _read_table(json.loads("{" + text.rstrip().rstrip(",") + "}"))
        except (ValueError, RecursionError):
            return ReadServers(refusal=ServerRefusal.NOT_JSON, line=1, column=1)
    if text.startswith("["):
        import tomllib  # The settings of one client only are TOML.

        try:
            return _read_table(tomllib.loads(text))
        except (tomllib.TOMLDecodeError, RecursionError):
            return ReadServers(refusal=ServerRefusal.NOT_JSON, line=1, column=1)
    return _read_line(text)


def _read_line(text: str) -> ReadServers:
    """One line that is an address or a command."""
    if "\n" in text or len(text) > MAX_FIELD_CHARS:
        return ReadServers(refusal=ServerRefusal.NO_SERVERS)
    if text.startswith(("http://", "https://")) and " " not in text:
        return ReadServers((ReadServer(_name_of_address(text), "address", address=text),))
    try:
        parts = split_command(text)
    except InputError:
        return ReadServers(refusal=ServerRefusal.NO_SERVERS)
    return ReadServers((ReadServer(name_of_command(parts), "command", command=text),))


def _read_table(value: Any) -> ReadServers:
    servers: list[ReadServer] = []
    refused: list[tuple[str, ServerRefusal]] = []
    for name, entry in _entries(value):
        if len(servers) >= MAX_SERVERS:
            refused.append((name, ServerRefusal.TOO_MANY))
            continue
        read = _read_entry(name, entry)
        if isinstance(read, ReadServer):
            servers.append(read)
        else:
            refused.append((name, read))
    if not servers and not refused:
        return ReadServers(refusal=ServerRefusal.NO_SERVERS)
    return ReadServers(tuple(servers), tuple(refused[:MAX_SERVERS]))


def _entries(value: Any) -> Iterable[tuple[str, Any]]:
    """Names and settings of the servers in a value of one of the known forms."""
    if not isinstance(value, dict):
        return ()
    for key in ("mcpServers", "mcp_servers", "context_servers", "servers", "mcp"):
        inner = value.get(key)
        if isinstance(inner, dict):
            return _entries(inner) if key == "mcp" and "servers" in inner else _named(inner)
    if _is_entry(value):
        return (("", value),)
    return _named({name: entry for name, entry in value.items() if _is_entry(entry)})


def _named(entries: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(str(name)[:MAX_NAME_CHARS], entry) for name, entry in entries.items()]


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and any(key in value for key in ("command", "url", "serverUrl", "httpUrl"))


def _read_entry(name: str, entry: Any) -> ReadServer | ServerRefusal:
    if not isinstance(entry, dict):
        return ServerRefusal.NO_COMMAND
    command = entry.get("command")
    arguments = entry.get("args")
    environment = entry.get("env", entry.get("environment"))
    if isinstance(command, dict):
        # Zed has path, args and env in an object of their own.
        arguments, environment = command.get("args"), command.get("env", environment)
        command = command.get("path")
    address = next((entry[key] for key in ("url", "serverUrl", "httpUrl") if isinstance(entry.get(key), str)), "")
    if address:
        if str(entry.get("type", entry.get("transport", ""))).lower() == "sse":
            return ServerRefusal.SSE_ONLY
        headers = _texts(entry.get("headers", entry.get("http_headers")))
        return ReadServer(
            name or _name_of_address(address), "address", address=address[:MAX_FIELD_CHARS], headers=headers
        )
    parts = [command] if isinstance(command, str) else command if isinstance(command, list) else []
    parts = [*parts, *(arguments if isinstance(arguments, list) else [])]
    if not parts or not all(isinstance(part, str | int | float) for part in parts) or not str(parts[0]).strip():
        return ServerRefusal.NO_COMMAND
    words = [str(part) for part in parts]
    line = words[0] if len(words) == 1 and " " in words[0] else joined_command(words)
    folder = entry.get("cwd")
    return ReadServer(
        name or name_of_command(words), "command", line[:MAX_FIELD_CHARS],
        folder[:MAX_FIELD_CHARS] if isinstance(folder, str) else "", environment=_texts(environment),
    )  # fmt: skip


def _texts(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        return {}
    return {str(name): str(each) for name, each in value.items() if isinstance(each, str | int | float)}


def name_of_command(parts: Iterable[str]) -> str:
    """A name for a server after its command: the package or script that it runs."""
    words = [word for word in parts if word and not word.startswith("-")]
    runners = ("npx", "uvx", "uv", "run", "node", "python", "python3", "docker", "bunx", "deno", "env")
    for word in words:
        name = word.replace("\\", "/").rstrip("/").rpartition("/")[2].partition("@")[0]
        if name and name.removesuffix(".exe") not in runners:
            return name[:MAX_NAME_CHARS]
    return (words[0] if words else "server")[:MAX_NAME_CHARS]


def _name_of_address(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "server")[:MAX_NAME_CHARS]
    except ValueError:
        return "server"


def write_servers(servers: Iterable[ToolServer]) -> str:
    """The servers in the form that most clients read; names of variables and headers without their values."""
    entries: dict[str, Any] = {}
    for server in servers:
        if server.kind == "example":
            continue
        entry: dict[str, Any] = {}
        if server.kind == "address":
            entry = {"type": "http", "url": server.address}
            if server.headers:
                entry["headers"] = dict.fromkeys(server.headers, "")
        else:
            try:
                command, *arguments = split_command(server.command) or ("",)
            except InputError:
                command, arguments = server.command, []
            entry = {"command": command, "args": arguments}
            if server.folder:
                entry["cwd"] = server.folder
            if server.environment:
                entry["env"] = dict.fromkeys(server.environment, "")
        name, number = server.name, 1
        while name in entries:
            number += 1
            name = f"{server.name} {number}"
        entries[name] = entry
    return json.dumps({"mcpServers": entries}, ensure_ascii=False, indent=2) + "\n"
