"""The inspector shows calls of this run and of earlier ones, and copies only what is whole."""

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


def kept(words: str) -> SavedCall:
    request = json.dumps({"model": "m", "messages": [{"role": "user", "content": words}]})
    return SavedCall(
        CallRecord(
            "c", "chat", "demo", "m", method="POST", url="http://127.0.0.1/v1/chat/completions",
            request=request[:MOST_TEXT], request_bytes=len(request),
        )
    )  # fmt: skip


@pytest.mark.parametrize(("words", "whole"), [("Hello", True), ("Hello " * MOST_TEXT, False)])
def test_a_call_that_was_cut_when_it_was_kept_is_not_copied_as_code(qtbot: QtBot, words: str, whole: bool) -> None:
    panel = InspectorPanel(Notifier())
    qtbot.addWidget(panel)
    panel.show_saved_call(kept(words))
    for name in ("Copy as curl", "Copy as Python"):
        (button,) = (button for button in panel.findChildren(QPushButton) if button.text() == name)
        QGuiApplication.clipboard().setText("nothing")
        button.click()
        copied = QGuiApplication.clipboard().text()
        assert ("127.0.0.1" in copied) == whole
        assert bool(button.toolTip()) != whole


def exchange() -> Exchange:
    made = Exchange("chat", "demo", "m", "POST", "http://127.0.0.1/v1", {}, {"messages": []}, 80, Redactor())
    made.end()
    return made


def test_a_call_made_again_is_the_one_shown_and_the_list_is_as_tall_as_its_calls(qtbot: QtBot) -> None:
    panel, journal, first = InspectorPanel(Notifier()), CallRecorder(), exchange()
    qtbot.addWidget(panel)
    panel.show()
    journal.record(first)
    panel.follow(journal)
    one_row = panel._calls.height()
    journal.record(exchange())
    panel.refresh()
    assert panel._calls.selected_key() == first.id, "what one looks at stays"
    assert panel._calls.height() > one_row
    asked: list[str] = []
    panel.send_again.connect(asked.append)
    panel._send_again.click()
    journal.record(refused := exchange())
    panel.refresh()
    assert panel._calls.selected_key() == first.id, "whoever is asked may refuse: this call is another's"
    panel.await_call()
    panel.refresh()
    assert (asked, panel._calls.selected_key()) == ([first.id], first.id)
    again = exchange()
    assert again.id != refused.id
    journal.record(again)
    panel.refresh()
    assert panel._calls.selected_key() == again.id
