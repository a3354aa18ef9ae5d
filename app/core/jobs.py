"""Jobs: many calls of the service that belong together, such as five takes of a line or the cells of a grid."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

import msgspec

from app.core.bounds import MAX_COUNT, bound

MAX_ITEMS = 2_000
"""Most calls of one job."""
MAX_TITLE_LENGTH = 60
"""Most characters of a title that is taken from a text."""

JobState = Literal["active", "paused", "stopped", "finished"]
"""`active`: its calls are made, or wait for their turn. `stopped`: ended by the user. `finished`: nothing is left."""
PauseReason = Literal["", "user", "closed", "service", "error"]
"""Why a job is paused: by the user, because the program ended, because another service is used, or by `Job.error`."""
ItemState = Literal["queued", "sent", "done", "failed", "lost", "stopped"]
"""`sent`: a request has left, or is about to. `lost`: sent, and the answer never came completely: it may have been
billed. `stopped`: not wanted any more."""
JobGroup = Literal["running", "waiting", "decide", "finished"]
"""Groups of the list: in progress; paused or not begun; with lost answers to decide on; ended."""


class Job(msgspec.Struct, frozen=True):
    """One job. Its calls are `JobItem`s.

    Attributes:
        kind: what makes its calls, such as `takes`.
        origin: the view it was begun in, such as `studio`; `owner` is the id of what it belongs to there (a session).
        title: as shown: the beginning of the text, a name.
        service: id of the profile it was begun with; `service_name` its name then. Its calls are made with no other.
        model: the model of its calls, by which limits apply.
        rank: the order of jobs that wait; the lowest is served first.
        error: code of the error that paused it, with `pause_reason` `error`.
        seconds: expected duration, as estimated before it began; None if unknown.
        cost: expected cost as estimated before, in `currency`; None if unknown.
        created, ended: Unix times in seconds; `ended` is 0 while it goes on.
    """

    id: str
    kind: str
    origin: str = ""
    owner: str = ""
    title: str = ""
    service: str = ""
    service_name: str = ""
    model: str = ""
    rank: float = 0.0
    state: JobState = "active"
    pause_reason: PauseReason = ""
    error: str = ""
    seconds: float | None = None
    cost: float | None = None
    currency: str = ""
    created: float = 0.0
    ended: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created", "ended"), durations=("seconds",))
        _bound_numbers(self, "rank", "cost")


class JobItem(msgspec.Struct, frozen=True):
    """One call of a job.

    Attributes:
        id: of the job and its place in it; `item_id` makes it.
        subject: id of what the call makes, such as a take.
        interactive: whether the user waits for this call: it is sent before those of other jobs.
        error: code of the failure.
        detail: the service's words about it, without secrets.
        sent: Unix time at which the request left last; 0 if never.
        seconds: duration of the call.
        cost: in the currency of the job; None if unknown.
    """

    id: str
    job: str
    position: int
    subject: str = ""
    interactive: bool = False
    state: ItemState = "queued"
    error: str = ""
    detail: str = ""
    sent: float = 0.0
    seconds: float = 0.0
    cost: float | None = None

    def __post_init__(self) -> None:
        bound(self, counts=("position",), timestamps=("sent",), durations=("seconds",))
        _bound_numbers(self, "cost")


class JobStatus(NamedTuple):
    """A job and how far it is.

    Attributes:
        total: number of calls, in every state.
        running: calls being made now; `queued` are those that wait for their turn.
        seconds_left: estimate; None if unknown.
        cost: of the calls made so far; None if unknown.
    """

    job: Job
    total: int
    done: int
    running: int
    queued: int
    failed: int
    lost: int
    stopped: int
    seconds_left: float | None
    cost: float | None

    @property
    def group(self) -> JobGroup:
        if self.running or (self.job.state == "active" and self.queued and not self.job.pause_reason):
            return "running" if self.running else "waiting"
        if self.job.state == "paused":
            return "waiting"
        return "decide" if self.lost else "finished"


class JobEstimate(NamedTuple):
    """What is known about a job before it starts.

    Attributes:
        requests: number of calls; `free` of them fit into the request limit now, None without a limit.
        seconds: expected duration; None if no call of this kind was ever measured.
        cost: expected cost in `currency`; None if unknown.
    """

    requests: int
    free: int | None
    seconds: float | None
    cost: float | None
    currency: str


def _bound_numbers(record: Job | JobItem, *names: str) -> None:
    """Bring numbers of any sign within bounds: an infinite one could not be stored, and its record not read again."""
    for name in names:
        value = getattr(record, name)
        if value is not None and not -MAX_COUNT <= value <= MAX_COUNT:
            within = math.copysign(MAX_COUNT, value) if value == value else 0.0
            msgspec.structs.force_setattr(record, name, within)


def item_id(job_id: str, position: int) -> str:
    return f"{job_id}.{position:05}"


def after_restart(job: Job, items: Sequence[JobItem], made: Collection[str] = ()) -> tuple[Job, tuple[JobItem, ...]]:
    """Return a job that was read, and its items, as they are when no call is running.

    `made` holds the subjects that are complete. What else was sent may have been billed, so it is lost and not sent
    again; what is left waits until it is resumed.
    """
    settled = tuple(
        msgspec.structs.replace(item, state="done" if item.subject in made else "lost")
        if item.state == "sent"
        else item
        for item in items
    )
    left = any(item.state == "queued" for item in settled)
    if left and job.state in ("active", "finished"):
        job = msgspec.structs.replace(job, state="paused", pause_reason="closed", ended=0.0)
    elif not left and not job.ended:
        ended = job.ended or max((item.sent for item in settled), default=0.0) or job.created
        state: JobState = "stopped" if job.state == "stopped" else "finished"
        job = msgspec.structs.replace(job, state=state, pause_reason="", ended=ended)
    return job, settled
