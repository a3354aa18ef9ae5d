"""Adds the list of jobs to the window, and leads from a job to the view it was begun in."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.core.jobs import Job
from app.services.jobs.ports import ActiveService
from app.services.jobs.queue import JobQueue
from app.services.tasks import TaskSet
from app.ui.jobs.origins import view_of
from app.ui.jobs.presenter import JobsPresenter
from app.ui.jobs.status_button import SHORTCUT
from app.ui.widgets.notifications import Notifier
from app.ui.window import Window

_TABS = {"design": 0, "clone": 1, "sample": 2}
"""Tabs of the voices view by the origin of what is made there."""


def add_jobs(
    window: Window, queue: JobQueue, tasks: TaskSet, notifier: Notifier, *,
    service: Callable[[], ActiveService], show_job: Callable[[Job], object],
) -> None:  # fmt: skip
    """Connect the status bar, the rail, notices and a command to a queue. See `JobsPresenter`."""
    presenter = JobsPresenter(window, queue, tasks, notifier, service=service, show_job=show_job)
    window.add_command(
        "jobs",
        lambda: QCoreApplication.translate("Commands", "Show or close jobs"),
        lambda: presenter.panel.toggle(),
        SHORTCUT,
    )


def show_origin(window: Window, origin: str) -> None:
    """Show the view of an origin, and the tab in it."""
    from app.ui.voices.view import VoicesView

    name = view_of(origin)
    if name:
        window.show_view(name)
        view = window.view(name)
        if isinstance(view, VoicesView) and origin in _TABS:
            view.tabs.setCurrentIndex(_TABS[origin])
