"""Prepared jobs for the gallery: one of each kind of state."""

from __future__ import annotations

import time
from typing import Any

from app.core.errors import Code
from app.core.jobs import Job, JobItem, JobStatus, item_id
from app.services.jobs.ports import ActiveService, Limits
from app.ui.jobs.panel import JobsPanel
from app.ui.jobs.rows import JobRow, job_rows
from app.ui.texts.jobs import limits_text, summary_text
from app.ui.window import Window

_SERVICE = ActiveService("payg", "Pay-as-you-go")


def show(window: Window, *, some: bool) -> JobsPanel:
    """Open the list over a window, with prepared jobs or with none."""
    rows = _rows() if some else []
    panel = JobsPanel(window, window.area)
    panel.show_limits(limits_text(Limits(100, 42, 29)) if some else "")
    panel.show_pause_all(resumes=False, enabled=some)
    panel.show_rows(rows)
    window.status.jobs.connect_list()
    window.status.jobs.show_jobs(summary_text(2, 3, 2) if some else "", 0.45 if some else None)
    window.status.jobs.clicked.connect(panel.toggle)
    window.rail.set_views_with_jobs({"studio", "voices"} if some else ())
    panel.open_panel()
    return panel


def _rows() -> list[JobRow]:
    now = time.time()
    jobs = [
        _job("a", "studio", "The 14:20 to Hebei, 24 lines", done=14, running=2, queued=8, seconds_left=8.0,
             cost=0.0042),
        _job("b", "design", "An old man, warm and a little tired", done=1, running=2),
        _job("c", "studio", "街口那个老周啊，媳妇走得早", done=11, queued=9, seconds_left=14.0, state="paused",
             pause_reason="user"),
        _job("d", "studio", "The lighthouse keeper", done=2, queued=5, failed=1, state="paused", pause_reason="error",
             error=str(Code.NO_BALANCE)),
        _job("e", "studio", "Bedtime story, chapter 3", done=3, queued=2, lost=1, state="paused",
             pause_reason="closed", cost=None),
        _job("f", "studio", "Museum guide, take 12", lost=1, state="finished", ended=now - 700),
        _job("g", "design", "Grandpa Zhou, round 3", done=4, state="finished", ended=now - 60, seconds=8.6),
        _job("h", "studio", "Good evening, ladies and gentlemen", done=8, failed=1, state="finished", ended=now - 900,
             cost=0.0031),
        _job("i", "studio", "Station announcements", done=3, stopped=6, state="stopped", ended=now - 2 * 86_400),
    ]  # fmt: skip
    items = {status.job.id: each for status, each in jobs}
    return job_rows([status for status, _items in jobs], items.__getitem__, now=now, service=_SERVICE)


_Sample = tuple[JobStatus, tuple[JobItem, ...]]


def _job(
    key: str, origin: str, title: str, *, done: int = 0, running: int = 0, queued: int = 0, failed: int = 0,
    lost: int = 0, stopped: int = 0, seconds_left: float | None = None, cost: float | None = 0.0,
    seconds: float = 42.0, ended: float = 0.0, **fields: Any,
) -> _Sample:  # fmt: skip
    expected = 0.05 if cost else cost
    created = (ended or time.time()) - seconds
    job = Job(
        key, "takes", origin, "", title, _SERVICE.id, _SERVICE.name, "tts", seconds=60.0, cost=expected,
        currency="USD", created=created, ended=ended, **fields,
    )  # fmt: skip
    total = done + running + queued + failed + lost + stopped
    items = tuple(
        JobItem(item_id(key, position), key, position, **_state(position, done, running, failed, lost))
        for position in range(total)
    )
    status = JobStatus(job, total, done, running, queued, failed, lost, stopped, seconds_left, cost)
    return status, items


def _state(position: int, done: int, running: int, failed: int, lost: int) -> dict[str, Any]:
    """The fields of one call: first those that are done, then those in progress, the failed and the lost ones."""
    if position < done:
        return {"state": "done"}
    if position < done + running:
        return {"state": "sent", "sent": time.time() - 4.2}
    if position < done + running + failed:
        return {"state": "failed", "error": str(Code.NO_BALANCE), "detail": "Insufficient account balance"}
    if position < done + running + failed + lost:
        return {"state": "lost"}
    return {}
