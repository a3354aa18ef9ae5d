"""The inspector shows calls of this run and of earlier ones, and copies only what is whole."""

from __future__ import annotations

import json

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.core.calls import CallRecord
from app.services.calls import MOST_TEXT, KeptCall
from app.ui.chat.inspector_panel import InspectorPanel
from app.ui.widgets.messages import Messages


def kept(words: str) -> KeptCall:
    request = json.dumps({"model": "m", "messages": [{"role": "user", "content": words}]})
    return KeptCall(
        CallRecord(
            "c", "chat", "demo", "m", method="POST", url="http://127.0.0.1/v1/chat/completions",
            request=request[:MOST_TEXT], request_bytes=len(request),
        )
    )  # fmt: skip


@pytest.mark.parametrize(("words", "whole"), [("Hello", True), ("Hello " * MOST_TEXT, False)])
def test_a_call_that_was_cut_when_it_was_kept_is_not_copied_as_code(qtbot: QtBot, words: str, whole: bool) -> None:
    panel = InspectorPanel(Messages())
    qtbot.addWidget(panel)
    panel.show_found(kept(words))
    for name in ("Copy as curl", "Copy as Python"):
        (button,) = (button for button in panel.findChildren(QPushButton) if button.text() == name)
        QGuiApplication.clipboard().setText("nothing")
        button.click()
        copied = QGuiApplication.clipboard().text()
        assert ("127.0.0.1" in copied) == whole
        assert bool(button.toolTip()) != whole
