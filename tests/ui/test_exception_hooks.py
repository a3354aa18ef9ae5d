"""Uncaught exceptions and Qt's messages are reported and logged."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qCritical, qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication

from app.ui import exception_hooks
from app.ui.runtime import Runtime
from tests.waiting import wait_until


@pytest.fixture
def reported(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """Everything reported while the program's hooks are installed; pytest's own are restored afterwards."""
    errors: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    before = qInstallMessageHandler(None)
    exception_hooks.install(errors.append)
    yield errors
    qInstallMessageHandler(before)


def test_an_error_in_a_thread_is_reported(reported: list[BaseException]) -> None:
    def fail() -> None:
        raise ValueError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert [str(error) for error in reported] == ["in a thread"]


def test_an_error_while_collecting_is_logged_and_reported(
    reported: list[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    class Careless:
        def __del__(self) -> None:
            raise ValueError("while collecting")

    Careless()
    assert [str(error) for error in reported] == ["while collecting"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("This plugin does not support propagateSizeHints()", "DEBUG"),
        ('Could not find accessible on path: "/org/a11y/atspi/accessible/2147483993"', "DEBUG"),
        ('Could not find accessible on path: "/org/a11y/atspi/accessible/2147483993" and more', "WARNING"),
        ("QPainter::begin: Paint device returned engine == 0", "WARNING"),
    ],
)
def test_only_known_harmless_qt_messages_are_demoted(
    reported: list[BaseException], caplog: pytest.LogCaptureFixture, line: str, level: str
) -> None:
    with caplog.at_level(logging.DEBUG, logger="app.ui.exception_hooks"):
        qWarning(line)
    assert [(record.levelname, record.getMessage().endswith(line)) for record in caplog.records] == [(level, True)]


def test_a_critical_qt_message_is_logged_as_an_error(
    reported: list[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    qCritical("out of memory")
    assert [record.levelname for record in caplog.records] == ["ERROR"]


async def test_an_error_while_showing_an_error_is_only_logged(
    qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    runtime = Runtime(qapp)
    seen: list[BaseException] = []

    def fails(error: BaseException) -> None:
        raise OverflowError("no room")

    runtime.on_unexpected.subscribe(fails)
    runtime.on_unexpected.subscribe(seen.append)
    defect = KeyError("defect")
    runtime.report(defect)
    await wait_until(lambda: bool(seen))
    assert seen == [defect]
    assert [record.message for record in caplog.records] == ["unexpected: 'defect'", "showing an error failed"]
