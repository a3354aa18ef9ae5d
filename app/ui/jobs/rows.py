"""What the list shows of each job."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from app.core.jobs import ItemState, JobGroup, JobItem, JobStatus
from app.services.jobs.ports import ActiveService
from app.ui.jobs.actions import Action
from app.ui.jobs.origins import icon_of, view_of
from app.ui.texts import job_reasons
from app.ui.texts import jobs as texts
from app.ui.theme.icons import Icon
from app.ui.widgets.chips import Kind
from app.ui.widgets.presentation_cover import presentation_cover

GROUPS: tuple[JobGroup, ...] = ("running", "waiting", "decide", "finished")
"""In the order of the list."""
MAX_FINISHED = 100
"""So many ended jobs are listed, those that ended last."""

ItemsOf = Callable[[str], Sequence[JobItem]]
"""Returns the calls of a job."""


class Mark(NamedTuple):
    """A badge beside the title."""

    text: str
    kind: Kind = "neutral"
    icon: Icon | None = None


class JobRow(NamedTuple):
    """One row of the list.

    Attributes:
        key: id of the job.
        group, section: the group it belongs to, and the heading of that.
        state: its state in a word or two, for those who don't see where it is in the list.
        parts: numbers of calls done, being made, and to come; empty for a job that has ended.
        held: nothing is made now, so the bar has no accent.
        reason: why it is where it is, in sentences; may be empty.
        actions: buttons beside the title; `answers` are those below the reason.
        failed: number of failed calls.
        off: actions that are shown and can't be used now.
    """

    key: str
    group: JobGroup
    section: str
    title: str
    icon: Icon
    state: str = ""
    mark: Mark | None = None
    parts: tuple[int, int, int] | tuple[()] = ()
    held: bool = False
    line: str = ""
    cost: str = ""
    reason: str = ""
    actions: tuple[Action, ...] = ()
    answers: tuple[Action, ...] = ()
    failed: int = 0
    off: frozenset[Action] = frozenset()

    @property
    def shape(self) -> tuple[object, ...]:
        """What its height depends on. Figures change all the time, but not with them the height."""
        return bool(self.parts), bool(self.line or self.cost), self.reason, self.actions, self.answers, self.failed

    def spoken(self) -> str:
        """The row in words, for assistive technology."""
        mark = self.mark.text if self.mark is not None else ""
        parts = (self.title, self.state, mark, self.line, self.cost, self.reason)
        return ", ".join(part for part in parts if part)


def job_rows(
    statuses: Sequence[JobStatus],
    items_of: ItemsOf,
    *,
    now: float,
    service: ActiveService,
    repeating: Collection[str] = (),
) -> list[JobRow]:
    """The rows of all jobs by group.

    `now`: Unix time in seconds; `service`: the one in use; `repeating`: jobs that are being sent again.
    """
    going = [status.job.id for status in statuses if not status.job.ended]
    finished = [status for status in statuses if status.group == "finished"]
    listed, hidden = finished[:MAX_FINISHED], finished[MAX_FINISHED:]
    last_is_earlier = bool(hidden) and _is_earlier(listed[-1], now)
    rows = []
    for group in GROUPS:
        members = listed if group == "finished" else [status for status in statuses if status.group == group]
        for status in members:
            earlier = group == "finished" and _is_earlier(status, now)
            cut = group == "finished" and bool(hidden) and earlier == last_is_earlier
            row = _row(status, going, items_of, now=now, service=service)
            row = row._replace(section=texts.group_text(group, earlier=earlier, cut=cut))
            if status.job.id in repeating:
                row = row._replace(off=row.off | _REPEATING_OFF)
            rows.append(row)
    return rows


_REPEATING_OFF = frozenset({Action.SEND_AGAIN, Action.LET_GO, Action.RETRY, Action.RESUME, Action.STOP})


def _row(status: JobStatus, going: Sequence[str], items_of: ItemsOf, *, now: float, service: ActiveService) -> JobRow:
    job = status.job
    # Only what is shown of them is read: a job may have thousands.
    needs_items = status.failed or status.lost or (status.running and status.seconds_left is None)
    items = items_of(job.id) if needs_items else ()
    title, icon = job.title or texts.untitled(), icon_of(job.origin)
    row = JobRow(job.id, status.group, "", title, icon, cost=texts.spent_text(status), failed=status.failed)
    match status.group:
        case "decide":
            return _with_decision(row, status, items)
        case "finished":
            return _with_outcome(row, status, items, now)
    return _with_progress(row, status, items, going, now=now, service=service)


def _with_decision(row: JobRow, status: JobStatus, items: Sequence[JobItem]) -> JobRow:
    lost, failed = _in_state(items, "lost"), _in_state(items, "failed")
    reasons = (job_reasons.lost_reason(lost), job_reasons.failed_reason(failed) if failed else "")
    return row._replace(
        icon=Icon.WARNING,
        mark=Mark(texts.lost_text(status.lost), "warn"),
        line=texts.decision_text(status) if status.total > 1 else "",
        cost="",
        reason=_joined(reasons),
        actions=(*((Action.RETRY,) if failed else ()), Action.SEND_AGAIN, Action.LET_GO, *_show(status)),
    )


def _with_outcome(row: JobRow, status: JobStatus, items: Sequence[JobItem], now: float) -> JobRow:
    failed = _in_state(items, "failed")
    text = texts.outcome_text(status)
    if failed:
        mark = Mark(text, "bad", Icon.CLOSE)
    else:
        mark = Mark(text, "neutral", Icon.STOP) if status.stopped else Mark(text, "good", Icon.CHECK)
    return row._replace(
        mark=mark,
        line=texts.ended_text(status, earlier=_is_earlier(status, now)),
        cost=row.cost if status.done else "",
        reason=job_reasons.failed_reason(failed) if failed else "",
        actions=(*((Action.RETRY,) if failed else ()), *_show(status)),
    )


def _with_progress(
    row: JobRow, status: JobStatus, items: Sequence[JobItem], going: Sequence[str], *, now: float,
    service: ActiveService,
) -> JobRow:  # fmt: skip
    lost, failed = _in_state(items, "lost"), _in_state(items, "failed")
    hides_names = presentation_cover().active
    paused_by = job_reasons.pause_reason(status, failed, service, anonymous=hides_names)
    actions, off = _going_actions(status, going)
    paused, is_error = texts.pause_text(status), status.job.pause_reason == "error"
    return row._replace(
        state=texts.group_text(status.group),
        mark=Mark(paused, "bad" if is_error else "neutral", Icon.PAUSE) if paused else None,
        parts=(status.done, status.running, status.total - status.done - status.running),
        held=not status.running,
        line=texts.progress_text(status, _elapsed(items, now) if status.running else None),
        reason=_joined((paused_by, job_reasons.lost_reason(lost) if lost else "")),
        actions=actions,
        answers=(Action.SEND_AGAIN, Action.LET_GO) if lost else (),
        off=off,
    )


def _show(status: JobStatus) -> tuple[Action, ...]:
    return (Action.SHOW,) if view_of(status.job.origin) else ()


def _in_state(items: Sequence[JobItem], state: ItemState) -> list[JobItem]:
    return [item for item in items if item.state == state]


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _going_actions(status: JobStatus, going: Sequence[str]) -> tuple[tuple[Action, ...], frozenset[Action]]:
    """The actions of a job that has not ended, and those of them that can't be used now."""
    job = status.job
    if job.state == "stopped":
        return (), frozenset()
    moves: tuple[Action, ...] = ()
    off: set[Action] = set()
    if status.group == "waiting" and len(going) > 1:
        moves = (Action.UP, Action.DOWN)
        off |= {Action.UP} if going[0] == job.id else set()
        off |= {Action.DOWN} if going[-1] == job.id else set()
    if job.state == "paused":
        return (*moves, Action.RESUME, Action.STOP), frozenset(off)
    if not status.queued:
        off.add(Action.PAUSE)  # All its calls are being made, and those end normally.
    return (*moves, Action.PAUSE, Action.STOP), frozenset(off)


def _elapsed(items: Sequence[JobItem], now: float) -> float | None:
    """Seconds since the oldest call in progress was sent; None if none has been sent yet."""
    sent = [item.sent for item in items if item.state == "sent" and item.sent]
    return max(0.0, now - min(sent)) if sent else None


def _is_earlier(status: JobStatus, now: float) -> bool:
    return datetime.fromtimestamp(status.job.ended).date() < datetime.fromtimestamp(now).date()
