"""Tests of the window run on the loop the program runs on, and leave no timer and no animation going.

In a coroutine, wait for a future or an `asyncio.Event`: `qtbot.waitSignal` would start a second loop inside the first.
"""

from __future__ import annotations

import asyncio
import gc
import weakref
from collections.abc import Callable, Iterator, Mapping
from functools import partialmethod
from typing import Any

import pytest
from PySide6.QtCore import QAbstractAnimation, QEvent, QLocale, QPropertyAnimation, QTimer, QVariantAnimation
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.ui.event_loop import WindowEventLoop
from app.ui.theme.theme import theme

PATIENCE_MSEC = 30_000


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"qt": lambda: WindowEventLoop(QApplication.instance())}


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    # As in the program: closing a window in one test must not end the event loop of the next.
    qapp.setQuitOnLastWindowClosed(False)
    return qapp


@pytest.fixture(autouse=True)
def numbers_are_english() -> Iterator[None]:
    """Numbers are written as the program writes them in English, whichever language the test before left behind."""
    QLocale.setDefault(QLocale("en"))
    yield
    QLocale.setDefault(QLocale("en"))


@pytest.fixture(autouse=True)
def widgets_are_styled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test adds to its bot looks as it does in the window, which gives its style sheet to all its parts."""
    add = QtBot.addWidget

    def styled(bot: QtBot, widget: QWidget, **named: Any) -> None:
        if widget.parentWidget() is None:
            theme().style_window(widget)
        add(bot, widget, **named)

    monkeypatch.setattr(QtBot, "addWidget", styled)


@pytest.fixture(autouse=True)
def waiting_is_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long a condition takes says how busy the machine is; the bot's own 5 s are too few for a loaded one."""
    monkeypatch.setattr(QtBot, "waitUntil", partialmethod(QtBot.waitUntil, timeout=PATIENCE_MSEC))


@pytest.fixture(autouse=True)
def no_timer_is_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail on a timer or an animation that outlives its test, because it would fire in the next one."""
    started: list[weakref.ref[Any]] = []

    def remember(owner: type) -> None:
        start = owner.start

        def remembered(self: Any, *arguments: Any, **named: Any) -> Any:
            started.append(weakref.ref(self))
            return start(self, *arguments, **named)

        monkeypatch.setattr(owner, "start", remembered)

    for owner in (QTimer, QVariantAnimation, QPropertyAnimation):
        remember(owner)
    yield
    alive = [thing for reference in started if (thing := reference()) is not None and isValid(thing)]
    left = [
        (thing, thing.parent(), thing.interval() if isinstance(thing, QTimer) else 0) for thing in alive if _runs(thing)
    ]
    assert left == []


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """Widgets in reference cycles must be collected on this thread; on another one the process would crash."""
    yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def _runs(thing: QTimer | QAbstractAnimation) -> bool:
    if isinstance(thing, QTimer):
        return thing.isActive()
    return thing.state() == QAbstractAnimation.State.Running
