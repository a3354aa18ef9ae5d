"""An area can be scrolled past what notifications cover, and nothing moves when they come or go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.scroll_area import ScrollArea

PAGE = 300


@pytest.fixture
def content() -> QWidget:
    content = QWidget()
    QVBoxLayout(content).setContentsMargins(0, 0, 0, 0)
    content.setMinimumHeight(1000)
    return content


@pytest.fixture
def area(qtbot: QtBot, content: QWidget) -> ScrollArea:
    area = ScrollArea(content)
    qtbot.addWidget(area)
    area.resize(400, PAGE)
    area.show()
    qtbot.waitExposed(area)
    return area


def test_the_end_can_be_scrolled_above_what_covers_it(area: ScrollArea, content: QWidget) -> None:
    bar = area.verticalScrollBar()
    bar.setValue(bar.maximum())
    before = content.y()
    area.reserve(80)
    assert content.y() == before
    bar.setValue(bar.maximum())
    assert content.y() + content.height() == PAGE - 80


def test_what_was_scrolled_up_stays_there_until_the_user_scrolls_back(area: ScrollArea, content: QWidget) -> None:
    bar = area.verticalScrollBar()
    area.reserve(80)
    bar.setValue(bar.maximum())
    before = content.y()
    area.reserve(0)
    assert content.y() == before
    bar.setValue(bar.value() - 20)
    assert bar.maximum() == bar.value()
    bar.setValue(0)
    assert bar.maximum() == 1000 - PAGE


def test_it_survives_a_layout_of_the_content(area: ScrollArea, content: QWidget, qtbot: QtBot) -> None:
    bar = area.verticalScrollBar()
    area.reserve(80)
    bar.setValue(bar.maximum())
    content.setMinimumHeight(1100)
    qtbot.waitUntil(lambda: bar.maximum() == 1100 - PAGE + 80)
    assert bar.value() == 1000 - PAGE + 80


def test_content_that_fits_gets_no_scroll_bar(area: ScrollArea, content: QWidget, qtbot: QtBot) -> None:
    content.setMinimumHeight(PAGE - 10)
    qtbot.waitUntil(lambda: content.height() == PAGE)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.reserve(80)
    assert area.verticalScrollBar().maximum() == 0
    assert area.viewport().width() == 400
