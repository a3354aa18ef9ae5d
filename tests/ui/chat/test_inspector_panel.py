"""The inspector shows calls of this run and earlier ones, and copies only complete requests as code."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.core.call_record import CallRecord
from app.core.redaction import Redactor
from app.mimo.call_recording import CallRecorder, Exchange
from app.services.call_history import MOST_TEXT, SavedCall
from app.ui.chat.inspector_panel import InspectorPanel
from app.ui.widgets.notifications import Notifier


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


def test_a_call_sent_again_is_shown_and_the_list_grows_with_its_calls(qtbot: QtBot) -> None:
    panel, recorder, first = InspectorPanel(Notifier()), CallRecorder(), exchange()
    qtbot.addWidget(panel)
    panel.show()
    recorder.record(first)
    panel.follow(recorder)
    one_row_height = panel._calls.height()
    recorder.record(second := exchange())
    panel.refresh()
    assert panel._calls.selected_key() == second.id, "the newest call is followed"
    panel._pick(first.id)
    recorder.record(exchange())
    panel.refresh()
    assert panel._calls.selected_key() == first.id, "a call picked by hand stays selected"
    assert panel._calls.height() > one_row_height
    requested: list[str] = []
    panel.send_again.connect(requested.append)
    panel._send_again.click()
    recorder.record(other := exchange())
    panel.refresh()
    assert panel._calls.selected_key() == first.id, "the request may be refused: this call is another one"
    panel.await_call()
    panel.refresh()
    assert (requested, panel._calls.selected_key()) == ([first.id], first.id)
    again = exchange()
    assert again.id != other.id
    recorder.record(again)
    panel.refresh()
    assert panel._calls.selected_key() == again.id
