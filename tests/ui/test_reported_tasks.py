"""Tasks whose error is shown where they were started, and that end quietly when the program does."""

from __future__ import annotations

import asyncio
import gc
import warnings

import pytest
from pytestqt.qtbot import QtBot

from app.core.errors import Code, StorageError, WorkbenchError
from app.services.tasks import TaskSet
from app.ui.reported_tasks import ReportedTasks, in_notice, in_notification
from app.ui.texts.errors import error_sentences
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.notifications import Notification, Notifier

DISK_FULL = StorageError(Code.DISK_FULL, path="/home")


async def _fail(error: Exception) -> None:
    raise error


async def test_an_error_is_shown_and_any_other_exception_reported() -> None:
    shown: list[WorkbenchError] = []
    unexpected: list[BaseException] = []
    tasks = TaskSet(unexpected.append)
    reported = ReportedTasks(tasks, "test", shown.append)
    defect = ValueError("defect")
    reported.spawn(_fail(DISK_FULL))
    reported.spawn(_fail(defect))
    await tasks.drain()
    assert (shown, unexpected) == ([DISK_FULL], [defect])


async def test_nothing_is_started_during_shutdown_and_nothing_left_unawaited() -> None:
    tasks = TaskSet(lambda error: pytest.fail(str(error)))
    reported = ReportedTasks(tasks, "test", lambda error: pytest.fail(str(error)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        cancelled = reported.spawn(_fail(DISK_FULL))  # before its first step
        await tasks.aclose()
        assert cancelled is not None and cancelled.cancelled()
        assert reported.spawn(_fail(DISK_FULL)) is None
        await asyncio.sleep(0)
        gc.collect()


def test_an_error_is_shown_in_a_notice_or_as_a_notification(qtbot: QtBot) -> None:
    notice = InlineNotice()
    qtbot.addWidget(notice)
    in_notice(notice)(DISK_FULL)
    assert (notice.kind, notice.spoken()) == ("bad", error_sentences(DISK_FULL))
    notifier, received = Notifier(), list[Notification]()
    notifier.listen(received.append)
    in_notification(notifier, "storage")(DISK_FULL)
    (posted,) = received
    assert posted.wording is not None
    assert (posted.kind, posted.topic, posted.wording()) == ("bad", "storage", error_sentences(DISK_FULL))
