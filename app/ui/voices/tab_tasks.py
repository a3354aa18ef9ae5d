"""Runs a tab's tasks and shows their errors in its notice."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import WorkbenchError
from app.core.takes import Take
from app.core.voices import Voice
from app.ui.reported_tasks import ReportedTasks, in_notice
from app.ui.studio.context import SpeechContext
from app.ui.texts.speech import take_error
from app.ui.widgets.notices import InlineNotice


class TabTasks:
    """Runs coroutines and shows their errors in `notice`.

    Attributes:
        show_error: shows an error in the notice.
    """

    def __init__(self, context: SpeechContext, notice: InlineNotice) -> None:
        self._context, self._notice = context, notice
        self.show_error = in_notice(notice)
        self._tasks = ReportedTasks(context.tasks, "voices", self.show_error)

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        """Run a coroutine and show its error in place of the former notice."""
        self._notice.clear()
        self._tasks.spawn(work)

    def spawn_quietly(self, work: Coroutine[Any, Any, object]) -> None:
        """Run a coroutine that nobody waits for: a notice stays unless it fails."""
        self._tasks.spawn(work)

    def report_failures(self, origin: str) -> None:
        """Also show the errors of takes generated for this tab, identified by their origin."""

        def on_failed(take: Take, error: WorkbenchError) -> None:
            if take.origin == origin:
                self._notice.say("bad", take_error(error))

        self._context.service.on_failed.subscribe(on_failed)

    def show_saved(self, voice: Voice) -> None:
        """Notify that a voice was added to the library, with Undo."""
        self._context.notifier.success(
            lambda: QCoreApplication.translate("Voices", "“{name}” is in the library.").format(name=voice.name),
            undo=lambda: self.spawn(self._context.library.delete(voice)),
        )
