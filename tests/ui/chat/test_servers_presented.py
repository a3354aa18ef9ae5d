"""While presenting, nothing of a server tells who the user is: not its page, and not what its tools were asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit
from pytestqt.qtbot import QtBot

from app.core.messages import Message, ToolCall, ToolProgress
from app.core.presentation_mask import PresentationMask
from app.core.settings import TOOLS_OPEN
from app.core.tool_servers import ServerTool, tool_key
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.chat.harness import ChatHarness, chat
from tests.ui.window_texts import texts

MASK = PresentationMask(("/work/annika",), ("annika",))


def leaks(harness: ChatHarness) -> list[str]:
    """Everything that the chat says of the user, seen or read aloud."""
    # A field for typing answers with what it covers.
    fields = ("LineField", "TextArea", "_SecretArea", "PlainView", "MarkdownView")
    shown = [text for place, text in texts(harness.view) if not (place.startswith(fields) and place.endswith(" text"))]
    shown += [field.displayText() for field in harness.view.findChildren(QLineEdit)]
    shown += [area.document().toPlainText() for area in harness.view.findChildren(QTextEdit)]
    shown += [area.document().toPlainText() for area in harness.view.findChildren(QPlainTextEdit)]
    return [text for text in shown if "annika" in text.lower()]


async def test_a_server_and_its_calls_are_covered(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        servers = harness.tool_servers
        far = servers.add("address", "Far server address of annika")
        servers.change(far.id, address="https://annika@example.org/mcp/server address/annika", headers=("X-Annika",))
        await servers.set_values(far.id, "X-Annika: server headers of annika", are_headers=True)
        near = servers.add("command", "The server name of annika")
        tool = ServerTool("annika_tool", "annika's tool", "reads /work/annika/notes")
        servers.change(
            near.id, command="/work/annika/bin/server-command --for 'annika'", folder="/work/annika/server folder",
            environment=("ANNIKA_KEY",), tools=(tool,),
        )  # fmt: skip
        await servers.set_values(near.id, "ANNIKA_KEY=server environment of annika", are_headers=False)
        servers.note(near.id, "stderr", "server log of annika in /work/annika/notes.txt")
        harness.view.open_panel(TOOLS_OPEN)
        await servers.start(near.id)
        await harness.until(lambda: servers.state(near.id).kind == "failed")
        harness.presenter.servers.select(near.id)
        assert harness.view.tools is not None
        detail = harness.view.tools.servers.detail
        detail.environment.setPlainText("OTHER=typed for annika")
        harness.workspace.current_or_new().configure(tools=(tool_key(near.id, tool.name),))
        calls = tuple(
            ToolCall(
                state, f"{state}_annika_tool", '{"arguments": "of annika"}', 0, state=state,
                result=None if state == "running" else "result for annika in /work/annika/a.txt",
                progress=ToolProgress(1, 2, "progress of annika") if state == "running" else None,
            )
            for state in ("running", "done")
        )  # fmt: skip
        assert harness.view.transcript is not None
        messages = (Message("a", "assistant", calls),)
        harness.view.transcript.show_messages(messages)
        harness.view.show_transcript(True)
        planted = leaks(harness)
        for place in ("name", "command", "log", "tool", "arguments", "result", "progress", "typed for"):
            assert any(place in text for text in planted), f"{place} is visible outside presentation mode"
        presentation_cover().set_mask(MASK)
        harness.view.transcript.show_messages(messages)  # as of an open conversation
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        try:
            for server in (near, far):
                harness.presenter.servers.select(server.id)
                detail.definition.setChecked(True)
                assert leaks(harness) == [], server.name
        finally:
            presentation_cover().set_mask(None)
        for server, secret in ((near, "server environment"), (far, "server headers")):
            harness.presenter.servers.select(server.id)
            assert not [text for _, text in texts(harness.view) if secret in text], "a saved value is never shown"
