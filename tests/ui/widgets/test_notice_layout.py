"""A notice in a narrow place: its sentence has the whole width, its button a line of its own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.theme import theme
from app.ui.widgets.notices import InlineNotice

SENTENCE = (
    "The program closed before this answer was finished. What arrived is saved. The rest is lost and may have been "
    "billed. Retry to ask again."
)


pages: list[QWidget] = []


def shown(qtbot: QtBot, width: int, text: str) -> InlineNotice:
    page = QWidget()
    pages.append(page)
    qtbot.addWidget(page)
    notice = InlineNotice(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(notice)
    column.addStretch(1)
    notice.say("bad", text, "Retry")
    page.resize(width, 500)
    page.show()
    return notice


def is_below(notice: InlineNotice) -> bool:
    message = notice._message
    bottom = message.mapTo(notice, QPoint(0, message.height())).y()
    return notice.action.mapTo(notice, QPoint()).y() >= bottom


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_button_stands_below_a_sentence_that_would_be_squeezed(qtbot: QtBot, scale: float) -> None:
    theme().set_text_scale(scale)
    try:
        notice = shown(qtbot, round(280 * scale), SENTENCE)
        qtbot.waitUntil(lambda: is_below(notice))
        assert notice._message.width() >= 0.75 * notice.width()
        assert notice._message.height() >= notice._message.heightForWidth(notice._message.width()), "all of it"
        assert notice.action.isVisible() and notice.rect().contains(notice.action.mapTo(notice, QPoint(1, 1)))
    finally:
        theme().set_text_scale(1.0)


def test_it_stays_beside_where_there_is_room_and_comes_back_there(qtbot: QtBot) -> None:
    notice = shown(qtbot, 900, SENTENCE)
    qtbot.waitUntil(lambda: not is_below(notice))
    page = notice.parentWidget()
    page.resize(280, 500)
    qtbot.waitUntil(lambda: is_below(notice))
    page.resize(900, 500)
    qtbot.waitUntil(lambda: not is_below(notice))


def test_a_short_sentence_keeps_its_button_beside_it(qtbot: QtBot) -> None:
    notice = shown(qtbot, 280, "Stopped.")
    qtbot.waitUntil(lambda: not is_below(notice))
