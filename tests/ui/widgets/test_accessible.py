"""A scroll area keeps the same accessible children whichever scroll bars are shown."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.scroll_area import ScrollArea


def test_a_scroll_area_survives_being_asked_for_a_hidden_scroll_bar(qtbot: QtBot) -> None:
    content = QWidget()
    area = ScrollArea(content)
    qtbot.addWidget(area)
    area.resize(200, 100)
    content.setMinimumHeight(1000)
    area.show()
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    seen = QAccessible.queryAccessibleInterface(area)
    counted = seen.childCount()
    content.setMinimumHeight(10)
    qtbot.waitUntil(lambda: not area.verticalScrollBar().isVisible())
    assert seen.childCount() == counted
    assert all(seen.child(index) is not None for index in range(counted))
    assert seen.child(counted) is None
    assert seen.child(1_000_000) is None
    assert seen.role() == QAccessible.Role.Client


def test_a_label_that_repeats_a_control_name_is_announced_once(qtbot: QtBot) -> None:
    caption, hint = Caption("Temperature"), Hint("fixed while thinking")
    for label in (caption, hint):
        qtbot.addWidget(label)
    silent, said = (QAccessible.queryAccessibleInterface(label) for label in (caption, hint))
    assert silent.text(QAccessible.Text.Name) == ""
    assert silent.textInterface() is None
    assert said.text(QAccessible.Text.Name) == "fixed while thinking"
