"""Parts of a page share a line while they fit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui.settings.page import head
from app.ui.theme.theme import theme
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Heading


@pytest.fixture(autouse=True)
def plain_size() -> Iterator[None]:
    yield
    theme().set_text_scale(1.0)


class HeadingRow:
    """A heading with three buttons, one of them hidden, in a resizable window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.heading, self.hidden = Heading("Everything as one file"), Button("Stop")
        self.buttons = Button("Export everything"), Button("Import")
        self.window = head(self.heading, self.hidden, *self.buttons)
        self.hidden.hide()
        qtbot.addWidget(self.window)
        self.window.show()

    def widen(self, wide: int) -> None:
        self.window.resize(wide, 200)
        for _ in range(3):
            QApplication.sendPostedEvents()

    def top(self, part: QWidget) -> int:
        return part.mapTo(self.window, part.rect().center()).y()

    def left(self, part: QWidget) -> int:
        return part.mapTo(self.window, part.rect().topLeft()).x()


def test_a_heading_moves_above_its_buttons_before_they_stack(qtbot: QtBot) -> None:
    shelf = HeadingRow(qtbot)
    first, second = shelf.buttons
    shelf.widen(700)
    assert abs(shelf.top(first) - shelf.top(shelf.heading)) <= 1
    assert second.geometry().right() + second.parentWidget().x() == 699, "at the right edge"
    natural = first.sizeHint().width()
    shelf.widen(330)
    assert shelf.top(first) == shelf.top(second) > shelf.top(shelf.heading)
    assert shelf.left(first) == 0
    assert first.width() == natural, "not stretched"
    shelf.widen(180)
    assert shelf.top(second) > shelf.top(first) > shelf.top(shelf.heading)
    shelf.widen(700)
    assert abs(shelf.top(second) - shelf.top(shelf.heading)) <= 1, "and back again"


def test_parts_that_appear_or_grow_update_the_direction(qtbot: QtBot) -> None:
    shelf = HeadingRow(qtbot)
    first, second = shelf.buttons
    shelf.widen(410)
    assert abs(shelf.top(first) - shelf.top(shelf.heading)) <= 1
    shelf.hidden.show()
    shelf.widen(410)
    assert shelf.top(second) == shelf.top(first) > shelf.top(shelf.heading)
    shelf.hidden.hide()
    shelf.widen(410)
    assert abs(shelf.top(first) - shelf.top(shelf.heading)) <= 1
    theme().set_text_scale(2.0)
    shelf.widen(410)
    assert shelf.top(first) > shelf.top(shelf.heading)
