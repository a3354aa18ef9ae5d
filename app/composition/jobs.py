"""Connects the list of jobs to the queue, and shows where a job was begun."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.composition.container import ServiceContainer
from app.core.audition_grids import ORIGIN as GRID
from app.core.audition_grids import owning_grid
from app.core.drift import ORIGIN as DRIFT
from app.core.errors import WorkbenchError
from app.core.jobs import Job
from app.core.read_back import owning_session
from app.services.bench.case_jobs import owning_cases

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

    if set_id := owning_cases(job.owner):
        from app.ui.bench.assembly import show_case_set

        show_case_set(window, set_id)
        return
    show_origin(window, job.origin)
    session = owning_session(job.owner) or owning_grid(job.owner)
    if job.origin in ("studio", DRIFT):
        session = job.owner
    if session:
        shows_grid = job.origin == GRID
        services.tasks.spawn(_open_session(window, services, notifier, session, shows_grid=shows_grid), "show job")


async def _open_session(
    window: Window, services: ServiceContainer, notifier: Notifier, session_id: str, *, shows_grid: bool
) -> None:
    from app.ui.studio.view import StudioView
    from app.ui.texts.errors import error_message

    sessions = services.audio_services().sessions
    try:
        if sessions.get(session_id) is None:
            await sessions.load()
        sessions.open(session_id)
        view = window.view("studio")
        if shows_grid and isinstance(view, StudioView):
            view.text.grid.click()
    except WorkbenchError as error:
        notifier.error(str(error_message(error)), topic="show job")
