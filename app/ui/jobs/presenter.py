"""Connects the job queue to the list, the status bar, the rail and the notices."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from app.core.jobs import Job, JobStatus
from app.services.jobs.ports import ActiveService
from app.services.jobs.queue import JobQueue
from app.services.tasks import TaskSet
from app.ui.jobs.actions import Action
from app.ui.jobs.origins import view_of
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.texts.job_reasons import other_service_notice, paused_notice
from app.ui.texts.jobs import (
    cleared_text,
    interrupted_text,
    limits_text,
    show_jobs_label,
    summary_text,
    untitled,
)
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.window import Window

if TYPE_CHECKING:
    from app.ui.jobs.panel import JobsPanel

REFRESH_INTERVAL_MSEC = 100
"""Changes are shown together, at most so often."""
_OTHER_SERVICE = "jobs of another service"
"""Topic of the notice about them."""
TICK_INTERVAL_MSEC = 1_000
"""Elapsed times and limits are shown so often, while the list is open and something runs."""


class JobsPresenter(QObject):
    """Shows the jobs of a queue."""

    def __init__(
        self, window: Window, queue: JobQueue, tasks: TaskSet, notifier: Notifier, *,
        service: Callable[[], ActiveService], show_job: Callable[[Job], object],
    ) -> None:  # fmt: skip
        """`service` returns the one in use; `show_job` goes to where a job was begun."""
        super().__init__(window)
        self._window, self._queue, self._notifier = window, queue, notifier
        self._tasks = ReportedTasks(tasks, "jobs", in_notification(notifier, "jobs"))
        self._service, self._show_job = service, show_job
        self._repeating: set[str] = set()
        self._pauses: dict[str, str] = {}
        self._panel: JobsPanel | None = None
        self._refresh_timer = QTimer(self, singleShot=True, interval=REFRESH_INTERVAL_MSEC)
        self._refresh_timer.timeout.connect(self.refresh)
        self._tick_timer = QTimer(self, interval=TICK_INTERVAL_MSEC)
        self._tick_timer.timeout.connect(self.refresh)
        window.status.jobs.clicked.connect(lambda: self.panel.toggle())
        window.status.jobs.language_changed.connect(self.refresh)
        queue.on_change.subscribe(self._on_change)
        queue.on_interrupted.subscribe(self._on_interrupted)
        presentation_cover().changed.connect(self.refresh)
        window.status.jobs.connect_list()
        self.refresh()

    @property
    def panel(self) -> JobsPanel:
        """The list; shown from the status bar, with the shortcut, and by notices. Built on first use."""
        if self._panel is None:
            self._panel = self._build_panel()
        return self._panel

    def _build_panel(self) -> JobsPanel:
        from app.ui.jobs.panel import JobsPanel

        panel, queue = JobsPanel(self._window, self._window.area), self._queue
        panel.opened.connect(self.refresh)
        panel.opened.connect(self._window.raise_notices)
        panel.closed.connect(self._tick_timer.stop)
        panel.retranslated.connect(self.refresh)
        panel.pause_all_wanted.connect(lambda: self._act(queue.pause_all))
        panel.resume_all_wanted.connect(lambda: self._act(queue.resume_all))
        panel.list.wanted.connect(self._on_wanted)
        panel.list.clear_wanted.connect(lambda: self._spawn(self._clear()))
        return panel

    def refresh(self) -> None:
        """Show everything as it is now."""
        self._refresh_timer.stop()
        statuses = self._queue.jobs()
        self._show_summary(statuses)
        if self._panel is not None and self._panel.isVisible():
            self._show_panel(self._panel, statuses)

    # -- what is shown --------------------------------------------------------------------------------------------

    def _show_summary(self, statuses: Sequence[JobStatus]) -> None:
        """Show in the status bar and on the rail what goes on."""
        going = [status for status in statuses if not status.job.ended]
        running = sum(status.group == "running" for status in going)
        to_decide = sum(bool(status.lost) for status in statuses)
        total = sum(status.total for status in going)
        share = sum(status.done for status in going) / total if total else 0.0 if to_decide else None
        self._window.status.jobs.show_jobs(summary_text(running, len(going) - running, to_decide), share)
        working = {view_of(status.job.origin) for status in going if status.running or status.job.state == "active"}
        self._window.rail.set_views_with_jobs(working - {""})

    def _show_panel(self, panel: JobsPanel, statuses: Sequence[JobStatus]) -> None:
        from app.ui.jobs.rows import job_rows

        service = self._service()
        rows = job_rows(statuses, self._queue.items, now=time.time(), service=service, repeating=self._repeating)
        panel.show_limits(limits_text(self._queue.limits_in_use()))
        can_pause = any(status.job.state == "active" and status.queued for status in statuses)
        can_resume = any(status.job.state == "paused" and status.job.service == service.id for status in statuses)
        panel.show_pause_all(resumes=can_resume and not can_pause, enabled=can_pause or can_resume)
        panel.show_rows(rows)
        if any(status.running for status in statuses):
            if not self._tick_timer.isActive():
                self._tick_timer.start()
        else:
            self._tick_timer.stop()

    def _on_change(self, job_id: str) -> None:
        if not self._refresh_timer.isActive():
            self._refresh_timer.start()
        try:
            job = self._queue.status(job_id).job
        except KeyError:  # Cleared.
            self._pauses.pop(job_id, None)
            return
        before = self._pauses.get(job_id)
        self._pauses[job_id] = job.pause_reason
        # What was paused before the program started is said by the list, and by one notice for all.
        if before is not None and before != job.pause_reason:
            self._show_pause(job)

    def _show_pause(self, job: Job) -> None:
        """Show a notice of a pause that the user did not ask for, and withdraw it when the job goes on."""
        topic = f"job {job.id}"
        if job.pause_reason == "error":
            text = paused_notice(job.title or untitled(), job.error)
            self._notifier.warning(text, topic=topic, offer=self._offer(), stays=True)
        else:
            self._notifier.withdraw(topic)
        if job.pause_reason == "service":
            self._notifier.warning(other_service_notice(), topic=_OTHER_SERVICE, offer=self._offer(), stays=True)
        elif "service" not in self._pauses.values():
            self._notifier.withdraw(_OTHER_SERVICE)

    def _on_interrupted(self, count: int) -> None:
        text = interrupted_text(count)
        self._notifier.warning(text, topic="jobs interrupted", offer=self._offer(), stays=True)

    def _offer(self) -> tuple[str, Callable[[], object]]:
        """The button of a notice that opens the list."""
        return show_jobs_label(), lambda: self.panel.open_panel()

    # -- what is done ---------------------------------------------------------------------------------------------

    def _on_wanted(self, job_id: str, action: Action) -> None:
        queue = self._queue
        try:
            job = queue.status(job_id).job
        except KeyError:  # It was removed while its row was pressed.
            self.refresh()
            return
        match action:
            case Action.PAUSE:
                self._act(lambda: queue.pause(job_id))
            case Action.RESUME:
                self._act(lambda: queue.resume(job_id))
            case Action.STOP:
                self._act(lambda: queue.stop(job_id))
            case Action.LET_GO:
                self._act(lambda: queue.abandon_lost(job_id))
            case Action.UP | Action.DOWN:
                self._act(lambda: self._move(job_id, up=action is Action.UP))
            case Action.SEND_AGAIN:
                self._spawn(self._repeat(job_id, queue.send_again))
            case Action.RETRY:
                self._spawn(self._repeat(job_id, queue.retry))
            case Action.SHOW:
                self.panel.close_panel()
                self._show_job(job)

    def _act(self, action: Callable[[], object]) -> None:
        """Do something and show its result at once."""
        action()
        self.refresh()

    def _move(self, job_id: str, *, up: bool) -> None:
        """Move a job by one place among all that go on."""
        going = [status.job.id for status in self._queue.jobs() if not status.job.ended]
        if job_id not in going:
            return
        place = going.index(job_id)
        if up and place:
            self._queue.move(job_id, going[place - 1])
        elif not up and place + 1 < len(going):
            self._queue.move(job_id, going[place + 2] if place + 2 < len(going) else "")

    async def _repeat(self, job_id: str, repeat: Callable[[str], Coroutine[Any, Any, None]]) -> None:
        """Make calls again. Preparing them takes a moment, in which the buttons are off."""
        self._repeating.add(job_id)
        self.refresh()
        try:
            await repeat(job_id)
        finally:
            self._repeating.discard(job_id)
            self.refresh()

    async def _clear(self) -> None:
        cleared = await self._queue.clear()
        if cleared:
            undo = partial(self._restore, cleared)
            self._notifier.info(cleared_text(len(cleared)), undo=undo, topic="jobs cleared")
        self.refresh()

    def _restore(self, cleared: Sequence[str]) -> None:
        self._spawn(self._queue.restore(cleared))

    def _spawn(self, work: Coroutine[Any, Any, object]) -> None:
        self._tasks.spawn(work)
