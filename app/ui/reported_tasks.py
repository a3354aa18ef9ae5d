"""Runs what a person asked for as tasks, and shows the error that ends one where it belongs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from app.core.errors import WorkbenchError
from app.services.tasks import TaskSet, reporting
from app.ui.texts.errors import error_sentences
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.notifications import Notifier

ShowError = Callable[[WorkbenchError], object]
"""Shows an error to the person, in the language of the moment and again when that changes."""
Spawn = Callable[[Coroutine[Any, Any, object]], object]
"""`ReportedTasks.spawn`: runs a coroutine as a task and shows its error."""


class ReportedTasks:
    """Runs coroutines as tasks of a set; one that raises a WorkbenchError has it shown by `show`.

    Attributes:
        show: shows an error; also for errors that no task raised.
    """

    def __init__(self, tasks: TaskSet, name: str, show: ShowError) -> None:
        """`name` is that of every task, for the log."""
        self._tasks, self._name = tasks, name
        self.show = show

    def spawn(self, work: Coroutine[Any, Any, object]) -> asyncio.Task[Any] | None:
        """Run a coroutine and show its error. Returns None during shutdown, when events of devices still arrive."""
        if self._tasks.closed:
            work.close()
            return None
        task = self._tasks.spawn(reporting(work, self.show), self._name)
        # A task cancelled before its first step never awaits the coroutine: close it to avoid a warning.
        task.add_done_callback(lambda _task: work.close())
        return task


def in_notification(notifier: Notifier, topic: str = "") -> ShowError:
    """Show errors as notifications; one with a topic replaces the former one."""
    return lambda error: notifier.error(partial(error_sentences, error), topic=topic)


def in_notice(notice: InlineNotice) -> ShowError:
    """Show errors in a notice of a view."""
    return lambda error: notice.say("bad", partial(error_sentences, error))
