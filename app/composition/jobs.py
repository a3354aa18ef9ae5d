"""Connects the list of jobs to the queue, and shows where a job was begun."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.composition.container import ServiceContainer
from app.core.errors import WorkbenchError
from app.core.jobs import Job

if TYPE_CHECKING:
    from app.ui.widgets.notifications import Notifier
    from app.ui.window import Window


def connect_jobs(window: Window, services: ServiceContainer, notifier: Notifier) -> None:
    """Connect the list, then read the jobs of earlier runs: what was interrupted must find a listener."""
    from app.ui.jobs.assembly import add_jobs

    add_jobs(
        window,
        services.jobs,
        services.tasks,
        notifier,
        service=services.active_service,
        show_job=partial(_show_job, window, services, notifier),
    )
    services.tasks.spawn(services.load_jobs(), "jobs")


def _show_job(window: Window, services: ServiceContainer, notifier: Notifier, job: Job) -> None:
    """Show the view a job was begun in, and what it belongs to there."""
    from app.ui.jobs.assembly import show_origin

    show_origin(window, job.origin)
    if job.origin == "studio" and job.owner:
        services.tasks.spawn(_open_session(services, notifier, job.owner), "show job")


async def _open_session(services: ServiceContainer, notifier: Notifier, session_id: str) -> None:
    from app.ui.texts.errors import error_message

    sessions = services.audio_services().sessions
    try:
        if sessions.get(session_id) is None:
            await sessions.load()
        sessions.open(session_id)
    except WorkbenchError as error:
        notifier.error(str(error_message(error)), topic="show job")
