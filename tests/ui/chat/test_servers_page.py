"""Servers on the Tools page, with real servers behind the real bridge."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta, ToolCallDelta
from app.core.messages import Media, ToolCall
from app.core.presentation_mask import PresentationMask
from app.core.settings import TOOLS_OPEN
from app.core.tool_servers import HIDDEN, tool_key
from app.mimo.openai_requests import chat_body
from app.ui.chat.tools.servers.detail import ServerDetail
from app.ui.chat.tools.servers.section import ServersSection
from app.ui.chat.transcript.tool_card import ToolCard
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import RowRole
from tests.ui.chat.harness import ChatHarness, chat

ODD = Path(__file__).parents[2] / "mcp_bridge" / "odd_server.py"
ODD_COMMAND = f"{sys.executable} -S {ODD}"
DONE = [TextDelta("Done."), Finished("stop")]


def call(name: str, arguments: dict[str, Any], n: int = 0) -> list[Any]:
    return [ToolCallDelta(n, f"call {name} {n}", name, json.dumps(arguments)), Finished("tool_calls")]


def section(harness: ChatHarness) -> ServersSection:
    harness.view.open_panel(TOOLS_OPEN)
    assert harness.view.tools is not None
    return harness.view.tools.servers


def detail(harness: ChatHarness) -> ServerDetail:
    return section(harness).detail


def rows(harness: ChatHarness) -> list[tuple[str, str]]:
    """Names and states of the listed servers."""
    model = section(harness).server_list.model()
    indexes = [model.index(number, 0) for number in range(model.rowCount())]
    return [(str(index.data()), str(index.data(RowRole.BADGE))) for index in indexes]


def switch(harness: ChatHarness, tool: str, *, on: bool) -> None:
    model = detail(harness).tools.model()
    index = next(each for row in range(model.rowCount()) if (each := model.index(row, 0)).data() == tool)
    # As a screen reader does: the row is selected, and the switch below pressed.
    detail(harness).tools.setCurrentIndex(index)
    assert detail(harness).use.isChecked() != on
    detail(harness).use.click()


async def state(harness: ChatHarness, word: str, place: int = 0) -> None:
    await harness.until(lambda: len(rows(harness)) > place and rows(harness)[place][1] == word)


async def waiting_card(harness: ChatHarness) -> ToolCard:
    def found() -> list[ToolCard]:
        return [each for each in harness.view.findChildren(ToolCard) if each.call.state == "waiting"]

    await harness.until(lambda: bool(found()))
    return found()[0]


def calls(harness: ChatHarness) -> list[ToolCall]:
    assert harness.workspace.current is not None
    parts = [part for message in harness.workspace.current.branch for part in message.parts]
    return [part for part in parts if isinstance(part, ToolCall)]


async def test_every_control_is_there_before_there_is_a_server(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        part = section(harness)
        names = {each.accessibleName() for each in part.findChildren(QWidget) if each.isVisible()}
        assert {
            "MCP servers", "Server tools", "Server command", "Server folder", "Server address", "Server environment",
            "Server headers", "Server log", "Server name", "Remove server", "Paste servers", "Import servers",
            "Export servers",
        } <= names  # fmt: skip
        for name in ("Add server", "Start server", "Stop server", "Add the example"):
            assert harness.button(name)


async def test_the_example_is_asked_shows_its_picture_and_the_model_gets_a_note(qtbot: QtBot, tmp_path: Path) -> None:
    exchanges = [call("object_details", {"number": 301}), DONE, DONE, call("take_inventory", {"seconds": 1.2}), DONE]
    async with chat(qtbot, tmp_path, *exchanges) as harness:
        section(harness)
        harness.button("Add the example").click()
        assert rows(harness) == [("museum", "off")]
        harness.button("Start server").click()
        await state(harness, "running")
        assert detail(harness).tools.model().rowCount() == 6
        # What only reads is on at once; what changes something is for the user to switch on.
        on = {tool.name for tool in harness.tool_servers.servers[0].tools} - {"move_object"}
        await harness.ask("Show me the tapestry")
        card = await waiting_card(harness)
        assert {tool.name for tool in harness.script.requests[0].tools} == on
        assert json.loads(card.arguments.text) == {"number": 301}
        card.approval.always.click()
        await harness.settled()
        (made,) = calls(harness)
        assert made.state == "done"
        assert made.media[0].mime == "image/png"
        assert harness.database.blobs.path(made.media[0].digest).exists()
        server = harness.tool_servers.servers[0]
        body = chat_body(harness.profile, harness.script.requests[1])
        result = next(message["content"] for message in body["messages"] if message["role"] == "tool")
        assert result.endswith("[image, 320×240, not sent]")
        assert "[" not in (made.result or "")
        send = harness.button("Send as my next message")
        send.click()
        await harness.settled()
        sent = harness.script.requests[2].messages[-1]
        assert [part.url for part in sent.parts if isinstance(part, Media)] == [made.media[0].url]
        # Its other tool asks, and says how far it is.
        await harness.ask("Count them")
        (await waiting_card(harness)).approval.allow.click()
        seen: list[str] = []

        def progress() -> bool:
            parts = [each for each in calls(harness) if each.progress is not None]
            seen.extend(each.progress.text for each in parts if each.progress is not None)
            return bool(seen)

        await harness.until(progress)
        await harness.settled()
        assert seen[0] in ("Hall of Clocks", "Maps and Globes", "The Felt Room")
        harness.button("Stop server").click()
        await state(harness, "off")
        assert harness.workspace.current is not None
        assert tool_key(server.id, "object_details") in harness.workspace.current.tools
        section(harness).remove.click()
        await harness.until(lambda: not rows(harness))
        harness.undo()
        await harness.until(lambda: rows(harness) == [("museum", "off")])


async def test_pasted_settings_are_off_until_seen_and_keep_their_values(qtbot: QtBot, tmp_path: Path) -> None:
    settings = {
        "mcpServers": {
            "odd": {"command": sys.executable, "args": ["-S", str(ODD)], "env": {"SECRET": "planted-value-77"}},
            "far": {"type": "http", "url": "http://127.0.0.1:9/mcp", "headers": {"Authorization": "Bearer planted-88"}},
            "old": {"type": "sse", "url": "https://example.org/sse"},
        }
    }
    exchanges = [call("environment", {"name": "SECRET"}), DONE, call("crash", {}), DONE]
    async with chat(qtbot, tmp_path, *exchanges) as harness:
        part = section(harness)
        QGuiApplication.clipboard().setText(json.dumps(settings))
        part.paste.click()
        await harness.until(lambda: len(rows(harness)) == 2)
        assert rows(harness) == [("odd", "off until seen"), ("far", "off until seen")]
        assert "SSE" in harness.messages[-1]
        shown = detail(harness)
        assert shown.command.toPlainText() == ODD_COMMAND
        await harness.until(lambda: shown.environment.toPlainText() == f"SECRET={HIDDEN}")
        stored = await harness.database.tool_servers.listed()
        await harness.until(lambda: True)
        assert "planted" not in repr(stored) + repr(harness.tool_servers.servers) + harness.tool_servers.export_text()
        harness.button("Start server").click()
        await state(harness, "running")
        switch(harness, "echo", on=False)
        assert "echo" not in {name for key in harness.workspace.current.tools for name in key.split(":")[2:]}
        await harness.ask("What is in it?")
        (await waiting_card(harness)).approval.allow.click()
        await harness.settled()
        assert calls(harness)[0].result == "planted-value-77"
        await harness.ask("Now break it")
        (await waiting_card(harness)).approval.allow.click()
        await harness.settled()
        assert calls(harness)[1].state == "failed"
        assert "/" not in (calls(harness)[1].result or "")
        await state(harness, "failed")
        assert "out of paper" in shown.problem.text()
        assert "out of paper" in shown.log.toPlainText()
        part.server_list.setCurrentIndex(part.server_list.model().index(1, 0))
        await harness.until(lambda: shown.headers.toPlainText() == f"Authorization: {HIDDEN}")
        assert not shown.command.isVisible()
        harness.button("Start server").click()
        await state(harness, "failed", 1)
        assert "127.0.0.1" in shown.problem.text()


async def test_a_server_is_typed_and_comes_back_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        shown = detail(harness)
        shown.command.setPlainText("no-such-program --key 'open")
        assert len(rows(harness)) == 1
        # The button adds what was typed, not another one.
        harness.button("Add server").click()
        assert len(rows(harness)) == 1
        harness.button("Start server").click()
        await state(harness, "failed")
        assert "quotation mark" in shown.problem.text()
        shown.command.setPlainText("no-such-program --flag")
        harness.button("Start server").click()
        await harness.until(lambda: "no-such-program" in shown.problem.text())
        assert rows(harness)[0][0] == "no-such-program"
        harness.button("Add server").click()
        assert len(rows(harness)) == 2
        harness.button("Add server").click()
        assert len(rows(harness)) == 2
        shown.address.setText("https://example.org/mcp")
        assert rows(harness)[1][0] == "example.org"
        shown.headers.setPlainText("X-Key: planted-99\nnonsense")
        shown.commit()
        await harness.until(lambda: "nonsense" in shown.problem.text())
        assert shown.headers.toPlainText() == f"X-Key:{HIDDEN}" or HIDDEN in shown.headers.toPlainText()
    async with chat(qtbot, tmp_path) as harness:
        section(harness)
        assert [name for name, _ in rows(harness)] == ["no-such-program", "example.org"]
        assert all(not harness.tool_servers.state(each.id).is_busy for each in harness.tool_servers.servers)


async def test_what_tells_who_the_user_is_is_covered(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        server = harness.tool_servers.add("command", "planted-account")
        harness.tool_servers.change(
            server.id, command="/home/planted/bin/serve --for planted-account", folder="/home/planted/private",
            tools=(), origin="pasted",
        )  # fmt: skip
        harness.tool_servers.note(server.id, "stderr", "reads /home/planted/private/notes.txt of planted-account")
        part = section(harness)
        presentation_cover().set_mask(PresentationMask(("/home/planted",), ("planted-account",)))
        try:
            harness.presenter.servers.show()
            texts = []
            for each in part.findChildren(QWidget):
                texts += [each.accessibleName(), each.accessibleDescription(), each.toolTip()]
                if isinstance(each, QTextEdit):
                    texts.append(each.document().toPlainText())
                elif isinstance(each, QLineEdit):
                    texts.append(each.displayText())
                elif hasattr(each, "text"):
                    texts.append(str(each.text()))
            model = part.server_list.model()
            texts += [str(model.index(0, 0).data(role)) for role in (Qt.ItemDataRole.DisplayRole, RowRole.SUBTITLE)]
            assert not [text for text in texts if "planted" in text]
        finally:
            presentation_cover().set_mask(None)


def test_buttons_side_by_side_do_not_make_the_page_wider_than_the_panel(qtbot: QtBot) -> None:
    """With large text, lines that did not wrap cut the switches of the tools above."""
    detail = ServerDetail()
    qtbot.addWidget(detail)
    for pair in ((detail.start, detail.stop), (detail.use, detail.ask_again)):
        side_by_side = sum(part.sizeHint().width() for part in pair)
        assert all(row.minimumSizeHint().width() < side_by_side for row in {part.parentWidget() for part in pair})
