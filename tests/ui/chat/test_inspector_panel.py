"""The inspector shows calls of this run and earlier ones, and copies only complete requests as code."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.core.call_record import CallRecord
from app.core.events import Finished, Started, TextDelta
from app.core.messages import Message, ToolCall
from app.core.profiles import Profile
from app.core.redaction import Redactor
from app.core.requests import Sampling
from app.mimo.call_recording import CallRecorder, Exchange
from app.mimo.request_specs import chat_call
from app.services.call_history import MOST_TEXT, SavedCall
from app.services.chat.recorded_request import recorded_request
from app.ui.chat.inspector_panel import InspectorPanel
from app.ui.widgets.notifications import Notifier
from tests.ui.chat.harness import chat


def saved_call(content: str) -> SavedCall:
    request = json.dumps({"model": "m", "messages": [{"role": "user", "content": content}]})
    return SavedCall(
        CallRecord(
            "c", "chat", "demo", "m", method="POST", url="http://127.0.0.1/v1/chat/completions",
            request=request[:MOST_TEXT], request_bytes=len(request),
        )
    )  # fmt: skip


@pytest.mark.parametrize(("content", "is_complete"), [("Hello", True), ("Hello " * MOST_TEXT, False)])
def test_a_truncated_call_is_not_copied_as_code(qtbot: QtBot, content: str, is_complete: bool) -> None:
    panel = InspectorPanel(Notifier())
    qtbot.addWidget(panel)
    panel.show_saved_call(saved_call(content))
    for name in ("Copy as curl", "Copy as Python"):
        (button,) = (button for button in panel.findChildren(QPushButton) if button.text() == name)
        QGuiApplication.clipboard().setText("nothing")
        button.click()
        copied = QGuiApplication.clipboard().text()
        assert ("127.0.0.1" in copied) == is_complete
        assert bool(button.toolTip()) != is_complete


def exchange() -> Exchange:
    finished = Exchange("chat", "demo", "m", "POST", "http://127.0.0.1/v1", {}, {"messages": []}, 80, Redactor())
    finished.end()
    return finished


def test_the_newest_call_of_the_conversation_is_followed_until_one_is_picked(qtbot: QtBot) -> None:
    panel, recorder, first = InspectorPanel(Notifier()), CallRecorder(), exchange()
    own = {first.id}
    qtbot.addWidget(panel)
    panel.show()
    recorder.record(first)
    panel.follow(recorder)
    panel.follow_conversation(lambda: frozenset(own))
    one_row_height = panel._calls.height()
    recorder.record(second := exchange())
    own.add(second.id)
    recorder.record(exchange())
    panel.refresh()
    assert panel._calls.selected_key() == second.id, "the newest call of this conversation is followed"
    assert panel._calls.height() > one_row_height
    panel._pick(first.id)
    recorder.record(third := exchange())
    own.add(third.id)
    panel.refresh()
    assert panel._calls.selected_key() == first.id, "a call picked by hand stays selected"
    requested: list[str] = []
    panel.send_again.connect(requested.append)
    panel._send_again.click()
    assert requested == [first.id]
    panel.follow_newest()
    assert panel._calls.selected_key() == third.id
    panel.follow_conversation(frozenset)
    assert panel._call is None, "a conversation without calls shows none"
    assert not panel._send_again.isEnabled()


BODY = {
    "model": "mimo-v2.6-flash",
    "messages": [{"role": "system", "content": "Be short"}, {"role": "user", "content": "As it was"}],
    "temperature": 0.11,
    "stream": True,
    "thinking": {"type": "disabled"},
}


async def test_send_again_sends_the_recorded_request(qtbot: QtBot, tmp_path: Path) -> None:
    first = [Started("r1", "mimo-v2.6-flash", "recorded"), TextDelta("Hello"), Finished("stop")]
    second = [Started("r2", "mimo-v2.6-flash", "again"), TextDelta("Hello again"), Finished("stop")]
    async with chat(qtbot, tmp_path, first, second) as harness:
        await harness.ask("As it was")
        await harness.settled()
        session = harness.workspace.current
        assert session is not None
        url = "http://127.0.0.1/v1/chat/completions"
        call = Exchange("chat", "demo", "mimo-v2.6-flash", "POST", url, {}, BODY, 80, Redactor())
        call.id = "recorded"
        call.end()
        harness.calls.record(call)
        session.configure(system="Something else", sampling=Sampling(temperature=0.9))
        inspector = harness.view.inspector
        assert inspector is not None
        inspector.send_again.emit("recorded")
        await harness.until(lambda: len(harness.script.requests) == 2)
        await harness.settled()
        sent = chat_call(harness.profile, harness.script.requests[1])
        assert sent.body == BODY
        answer = session.branch[-1]
        assert (answer.text, session.tree.version(answer.id)) == ("Hello again", (2, 2))
        assert answer.replies[-1].asked == "mimo-v2.6-flash"
        assert answer.replies[-1].prompt == "Be short"


def test_a_tool_result_after_a_recorded_request_is_added_to_it() -> None:
    call = Exchange("chat", "demo", "m", "POST", "http://127.0.0.1/v1/chat/completions", {}, BODY, 80, Redactor())
    request = recorded_request(call)
    assert request is not None
    calling = Message("m", "assistant", (ToolCall("c", "clock", "{}", result="noon", state="done"),))
    request = msgspec.structs.replace(request, messages=(calling,))
    body = chat_call(Profile("demo", "demo", "Demo", "http://127.0.0.1/v1"), request).body
    assert body is not None
    assert body["messages"][:2] == BODY["messages"]
    assert [message["role"] for message in body["messages"][2:]] == ["assistant", "tool"]


def test_a_request_whose_file_is_not_saved_is_not_sent_again() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 20_000}}
    body = {"model": "m", "messages": [{"role": "user", "content": [picture]}]}
    call = Exchange("chat", "demo", "m", "POST", "http://127.0.0.1/v1/chat/completions", {}, body, 80, Redactor())
    assert recorded_request(call) is None
