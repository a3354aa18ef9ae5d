"""The window shows one view at a time, and a view requested early as soon as it is registered."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.failed_start import FailedStart
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.toasts import ToastStack
from app.ui.window import Window


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    made = Window(Settings(), Notifier())
    qtbot.addWidget(made)
    made.add_view("chat", QWidget)
    made.show_view("chat")
    return made


def test_a_view_requested_too_early_is_shown_once_registered(window: Window) -> None:
    window.rail.buttons["studio"].click()
    assert window.current == "chat"
    shown: list[str] = []
    window.shown.connect(shown.append)
    window.add_view("voices", QWidget)
    window.add_view("studio", QWidget)
    assert window.current == "studio"
    assert shown == ["studio"]
    assert window.rail.buttons["studio"].isChecked()


def test_a_later_request_replaces_an_earlier_one(window: Window) -> None:
    window.rail.buttons["studio"].click()
    window.rail.buttons["chat"].click()
    window.add_view("studio", QWidget)
    assert window.current == "chat"


def test_after_a_failed_start_no_view_can_be_shown(qtbot: QtBot, window: Window) -> None:
    left: list[bool] = []
    failure = FailedStart(lambda: "The disk is full.", lambda: left.append(True))
    window.show_failure(failure)
    assert not window.rail.isEnabled()
    window.show_view("chat")
    assert window._stack.currentWidget() is failure
    failure._words.step.click()
    assert left == [True]


def test_a_notification_leaves_with_its_view(qtbot: QtBot) -> None:
    messages = Notifier()
    window = Window(Settings(), messages)
    qtbot.addWidget(window)
    for view in ("chat", "studio"):
        window.add_view(view, QWidget)
    window.show_view("chat")
    window.show()
    messages.warning("No keychain is available.")
    stack = window.findChild(ToastStack)
    assert isinstance(stack, ToastStack)
    assert stack.isVisible()
    window.show_view("chat")
    assert len(stack.toasts()) == 1, "nothing was left"
    window.show_view("studio")
    assert stack.toasts() == ()
