"""Servers as text: the forms in which people pass them on, commands as one line, and values that are never shown."""

from __future__ import annotations

import json

import msgspec
import pytest

from app.core.errors import Code, InputError
from app.core.server_exchange import ServerRefusal, read_servers, write_servers
from app.core.tool_servers import (
    HIDDEN,
    ToolServer,
    joined_command,
    read_values,
    split_command,
    values_text,
)

FILES = {"command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/srv/my files"]}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"mcpServers": {"files": FILES}}),
        json.dumps({"mcp_servers": {"files": FILES}}),
        json.dumps({"servers": {"files": {"type": "stdio", **FILES}}, "inputs": []}),
        json.dumps({"mcp": {"servers": {"files": FILES}}}),
        json.dumps({"mcp": {"files": {"type": "local", "command": [FILES["command"], *FILES["args"]]}}}),
        json.dumps({"context_servers": {"files": {"command": {"path": "npx", "args": FILES["args"]}}}}),
        json.dumps({"files": FILES}),
        '"files": ' + json.dumps(FILES) + ",",
        "\ufeff  " + json.dumps({"mcpServers": {"files": FILES}}),
        '[mcp_servers.files]\ncommand = "npx"\n'
        'args = ["-y", "@modelcontextprotocol/server-filesystem", "/srv/my files"]\n',
    ],
)
def test_the_settings_of_the_usual_clients(text: str) -> None:
    (server,) = read_servers(text).servers
    assert (server.name, server.kind) == ("files", "command")
    assert split_command(server.command) == ("npx", *FILES["args"])


def test_one_server_a_command_and_an_address_get_names_of_their_own() -> None:
    assert read_servers(json.dumps(FILES)).servers[0].name == "server-filesystem"
    typed = read_servers("uvx mcp-server-time --local-timezone=Asia/Shanghai").servers[0]
    assert (typed.name, typed.kind) == ("mcp-server-time", "command")
    address = read_servers("https://example.org/mcp").servers[0]
    assert (address.name, address.kind, address.address) == ("example.org", "address", "https://example.org/mcp")


def test_values_and_folders_are_read() -> None:
    text = json.dumps(
        {
            "mcpServers": {
                "a": {"command": "a", "env": {"KEY": "value", "N": 3}, "cwd": "/srv"},
                "b": {"url": "https://example.org", "headers": {"X-Key": "value"}},
                "c": {"serverUrl": "https://example.org"},
            }
        }
    )
    first, second, third = read_servers(text).servers
    assert (first.environment, first.folder) == ({"KEY": "value", "N": "3"}, "/srv")
    assert second.headers == {"X-Key": "value"}
    assert third.kind == "address"


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", ServerRefusal.NO_SERVERS),
        ("{", ServerRefusal.NOT_JSON),
        ("[[[", ServerRefusal.NOT_JSON),
        ("{}", ServerRefusal.NO_SERVERS),
        ('{"mcpServers": []}', ServerRefusal.NO_SERVERS),
        ("two\nlines", ServerRefusal.NO_SERVERS),
        ("an 'open quotation", ServerRefusal.NO_SERVERS),
        ("x" * 1_000_001, ServerRefusal.TOO_LONG),
    ],
)
def test_what_holds_no_server(text: str, refusal: ServerRefusal) -> None:
    assert read_servers(text).refusal is refusal


def test_what_can_t_be_used_is_named() -> None:
    text = json.dumps({"mcpServers": {"a": {}, "b": {"url": "https://x.org/sse", "type": "sse"}, "c": 1, "d": FILES}})
    read = read_servers(text)
    assert [server.name for server in read.servers] == ["d"]
    assert read.refused == (
        ("a", ServerRefusal.NO_COMMAND), ("b", ServerRefusal.SSE_ONLY), ("c", ServerRefusal.NO_COMMAND),
    )  # fmt: skip


def test_what_is_given_away_has_names_and_no_values() -> None:
    servers = [
        ToolServer("1", "files", command=joined_command(["npx", "a b"]), folder="/srv", environment=("KEY",)),
        ToolServer("2", "far", "address", address="https://example.org", headers=("X",)),
        ToolServer("3", "museum", "example"),
    ]
    read = read_servers(write_servers(servers))
    assert [(each.name, each.command or each.address) for each in read.servers] == [
        ("files", "npx 'a b'"), ("far", "https://example.org"),
    ]  # fmt: skip
    assert read.servers[0].environment == {"KEY": ""}


def test_an_open_quotation_is_said() -> None:
    with pytest.raises(InputError) as raised:
        split_command("run 'this")
    assert raised.value.code is Code.SERVER_COMMAND_QUOTES


def test_lines_of_values() -> None:
    assert read_values("A=1=2\n\n B = x \nno value\n9=1", are_headers=False) == (
        {"A": "1=2", "B": " x "}, ("no value", "9"),
    )  # fmt: skip
    assert read_values("Authorization: Bearer a:b\nbad name: 1", are_headers=True) == (
        {"Authorization": "Bearer a:b"}, ("bad name",),
    )  # fmt: skip
    shown = values_text(("A", "B"), {"A": "secret"}, "=")
    assert shown == f"A={HIDDEN}\nB="
    assert read_values(shown, are_headers=False)[0] == {"A": HIDDEN, "B": ""}


def test_another_command_folder_or_name_must_be_seen_anew() -> None:
    server = ToolServer("1", "a", command="run", environment=("KEY",))
    seen = msgspec.structs.replace(server, seen=server.fingerprint)
    assert seen.is_seen
    assert msgspec.structs.replace(seen, name="b").is_seen
    for change in ({"command": "run --all"}, {"folder": "/"}, {"environment": ("KEY", "PATH")}, {"kind": "address"}):
        assert not msgspec.structs.replace(seen, **change).is_seen
