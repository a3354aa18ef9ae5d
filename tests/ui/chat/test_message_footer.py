"""The row below a message."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from app.ui.chat.transcript.message_footer import MessageFooter

FACTS = ["Finished", "first token 481 ms", "76 tok/s", "371 prompt + 100 answer", "471 tokens · 128 cached", "$0.0108"]


def names(footer: MessageFooter) -> set[str]:
    return {button.accessibleName() for button in footer.findChildren(QAbstractButton) if not button.isHidden()}


def test_an_assistive_tool_finds_every_action_in_its_message(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    further = {"Delete message", "Send to Studio", "Regenerate with", "Copy as image", "Save as image"}
    footer = MessageFooter("assistant")
    qtbot.addWidget(footer)
    if not QAccessible.isActive():
        assert not further & names(footer)
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    footer = MessageFooter("assistant")
    qtbot.addWidget(footer)
    assert further <= names(footer)


def test_the_usage_is_whole_beside_the_buttons_or_below_them(qtbot: QtBot) -> None:
    footer = MessageFooter("assistant")
    qtbot.addWidget(footer)
    footer.set_facts(FACTS)
    footer.resize(1000, 60)
    footer.show()
    QApplication.processEvents()
    beside = footer.usage.geometry()
    assert beside.left() > footer.more.geometry().right()
    for _ in range(2):
        footer.resize(620, 60)
        QApplication.processEvents()
        below = footer.usage.geometry()
        assert below.top() >= footer.more.geometry().bottom()
        assert footer.usage.lines() == [footer.usage.text()], "in one line"
        footer.resize(1000, 60)
        QApplication.processEvents()
        assert footer.usage.geometry() == beside
    footer.resize(260, 90)
    QApplication.processEvents()
    lines = footer.usage.lines()
    assert len(lines) > 2 and " · ".join(lines) == footer.usage.text(), "whole in a narrow column as well"
    assert max(map(footer.usage.fontMetrics().horizontalAdvance, lines)) <= footer.usage.width()
    assert footer.usage.height() == footer.usage.fontMetrics().height() * len(lines)
    footer.resize(1000, 60)
    footer.more.click()
    QApplication.processEvents()
    assert footer.usage.lines() == [footer.usage.text()], "the further buttons take its place"
