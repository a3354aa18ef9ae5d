"""A room takes the place of the takes, a page that of the whole desk; both give the focus back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.studio.view import StudioView

LARGE, SMALL = (1_364, 804), (884, 578)
"""Sizes of the view in windows of 1440×900 and 960×640."""


@pytest.fixture
def view(qtbot: QtBot) -> StudioView:
    made = StudioView(Settings())
    qtbot.addWidget(made)
    made.resize(*LARGE)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def room() -> tuple[QWidget, QPushButton]:
    widget, button = QWidget(), QPushButton("Flip")
    QVBoxLayout(widget).addWidget(button)
    return widget, button


@pytest.mark.parametrize("size", [LARGE, SMALL])
def test_a_room_takes_over_and_escape_gives_everything_back(
    view: StudioView, qtbot: QtBot, size: tuple[int, int]
) -> None:
    view.resize(*size)
    changes: list[QWidget | None] = []
    view.room_changed.connect(lambda: changes.append(view.room))
    view.takes_panel.note.setFocus()
    takes_width = view.takes_panel.width()
    (right, flip), (below, _) = room(), room()
    view.open_room(right, below)
    qtbot.waitUntil(lambda: right.width() > takes_width and below.isVisible())
    assert flip.hasFocus()
    hidden = (view.takes_panel, view.voice_panel, view.direction_panel, view.session_panel, view.speak)
    assert not any(part.isVisible() for part in hidden)
    assert view.text.text.isVisible()
    qtbot.keyClick(flip, Qt.Key.Key_Escape)
    assert view.room is None and not right.isVisible() and not below.isVisible()
    assert view.takes_panel.isVisible() and view.speak.isVisible() and view.takes_panel.width() == takes_width
    assert view.session_panel.isVisible() == (size == LARGE)
    assert view.takes_panel.note.hasFocus()
    view.open_room(right, below)
    assert right.isVisible(), "the same room can be opened again"
    assert changes == [right, None, right]


def test_a_page_covers_the_desk_until_it_is_closed(view: StudioView, qtbot: QtBot) -> None:
    view.text.text.setFocus()
    page, button = room()
    view.open_page(page)
    assert view.page is page and button.hasFocus() and not view.text.isVisible()
    (right, _), (below, _) = room(), room()
    view.open_room(right, below)
    assert view.page is None and view.room is right
    view.open_page(page)
    assert view.room is None and view.page is page
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert view.page is None and view.takes_panel.isVisible() and view.text.text.hasFocus()


def test_only_a_room_that_stays_survives_another_session(view: StudioView) -> None:
    (right, _), (below, _) = room(), room()
    view.open_room(right, below)
    view.leave_session()
    assert view.room is None
    view.open_room(right, below, stays=True)
    view.leave_session()
    assert view.room is right
    view.close_room()
    page, _ = room()
    view.open_page(page)
    view.leave_session()
    assert view.page is None


def test_no_key_speaks_what_cannot_be_seen(view: StudioView, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    view.speak.clicked.connect(lambda: pressed.append(True))
    (right, flip), (below, _) = room(), room()
    view.open_room(right, below)
    qtbot.keyClick(flip, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == []
    view.close_room()
    qtbot.keyClick(view.takes_panel.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert pressed == [True]
