"""Notifications lie over every view: nothing moves, and what is about to be pressed or typed into stays free."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.chat.view import ChatView
from app.ui.gallery import _create, scenes
from app.ui.studio.view import StudioView
from app.ui.views import VIEWS
from app.ui.voices.view import VoicesView
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.toasts import ToastStack
from app.ui.window import MINIMUM_SIZE, Window

SHOWN = {"chat": "full", "studio": "written", "voices": "design", "settings": "data"}
LONG = "The service did not answer. Check the address in Settings and try again."


@pytest.fixture
def messages() -> Notifier:
    return Notifier()


@pytest.fixture(params=[MINIMUM_SIZE, (1440, 900)], ids=["smallest", "usual"])
def window(qtbot: QtBot, request: pytest.FixtureRequest, messages: Notifier) -> Iterator[Window]:
    settings = Settings()
    window = Window(settings, messages)
    qtbot.addWidget(window)
    for view in VIEWS:
        window.add_view(view.name, partial(_create, view, settings, messages))
    window.resize(*request.param)
    window.show()
    yield window
    window.hide()


def stack_of(window: Window) -> ToastStack:
    stack = window.findChild(ToastStack)
    assert isinstance(stack, ToastStack)
    return stack


def place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def places(window: Window) -> dict[int, QRect]:
    """Where everything below the notifications is. Their identities are those of living widgets."""
    stack = stack_of(window)
    return {
        id(widget): place(widget)
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget is not stack and not stack.isAncestorOf(widget)
    }


def settled(window: Window) -> dict[int, QRect]:
    """Where everything is once the layouts are done."""
    now = places(window)
    while True:
        QTest.qWait(30)
        before, now = now, places(window)
        if before == now:
            return now


def post_three(messages: Notifier) -> None:
    messages.error(LONG, retry=lambda: None)
    messages.success("Deleted.", undo=lambda: None)
    messages.info("Copied.")


@pytest.mark.parametrize("view", SHOWN)
def test_nothing_moves_when_notifications_come_and_go(window: Window, messages: Notifier, view: str) -> None:
    window.show_view(view)
    scene = next(scene for scene in scenes() if (scene.view, scene.state) == (view, SHOWN[view]))
    scene.fill(window.view(view))
    before = settled(window)
    post_three(messages)
    QTest.qWait(10)
    stack = stack_of(window)
    assert stack.isVisible()
    assert window.rect().contains(place(stack))
    assert stack.y() + stack.height() < window.status.mapTo(window, QPoint(0, 0)).y()
    assert places(window) == before
    covered = [control for control in controls(window.view(view)) if place(control).intersects(place(stack))]
    assert covered == []
    while stack.toasts():
        stack.dismiss_newest()
        QApplication.processEvents()
    assert places(window) == before


def controls(view: QWidget) -> list[QWidget]:
    """What a hand is about to press or type into."""
    match view:
        case ChatView():
            return [view.composer, view.composer.field]
        case StudioView():
            return [view.speak, view.text.text, view.takes_panel.player, view.takes_panel.redo]
        case VoicesView():
            return [view.design.design, view.design.description, view.design.preview]
        case _:
            return []


def test_they_are_reached_with_tab_and_back(window: Window, messages: Notifier, qtbot: QtBot) -> None:
    window.show_view("studio")
    post_three(messages)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    stack = stack_of(window)
    stops = [button for toast in stack.toasts() for button in toast.findChildren(QPushButton) if button.isVisible()]
    assert len(stops) == 5
    window.rail.buttons["chat"].setFocus()
    QTest.keyClick(window, Qt.Key.Key_Backtab)
    seen = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        if focused in stops:
            seen.append(focused)
        elif seen:
            break
        QTest.keyClick(focused or window, Qt.Key.Key_Backtab)
    assert len(seen) == 5
