"""Texts about jobs: what they will take, and how far they are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from app.core.jobs import JobEstimate, JobGroup, JobStatus
from app.services.jobs.ports import Limits
from app.ui.texts.numbers import money, seconds, short_time


def estimate_text(estimate: JobEstimate) -> str:
    """What a job will take: requests, time and cost, as far as they are known."""
    parts = [_requests(estimate.requests)]
    if estimate.seconds is not None:
        parts.append(QCoreApplication.translate("Jobs", "≈ {t}").format(t=seconds(estimate.seconds)))
    parts.append(cost_text(estimate.cost, estimate.currency))
    if estimate.free is not None and estimate.free < estimate.requests:
        parts.append(QCoreApplication.translate("Jobs", "{n} of them now").format(n=estimate.free))
    return " · ".join(parts)


def cost_text(cost: float | None, currency: str) -> str:
    """An amount; free and unknown in words."""
    if cost is None:
        return QCoreApplication.translate("Jobs", "cost unknown")
    return money(cost, currency) if cost else QCoreApplication.translate("Jobs", "free")


def summary_text(running: int, waiting: int, to_decide: int) -> str:
    """The button of the list: `Jobs 2 running, 1 waiting`; `Jobs` if nothing goes on."""
    parts = []
    if running:
        parts.append(QCoreApplication.translate("Jobs", "{n} running").format(n=running))
    if waiting:
        parts.append(QCoreApplication.translate("Jobs", "{n} waiting").format(n=waiting))
    if to_decide:
        parts.append(QCoreApplication.translate("Jobs", "{n} to decide").format(n=to_decide))
    title = QCoreApplication.translate("Jobs", "Jobs")
    return f"{title} {_listed(parts)}" if parts else title


def limits_text(limits: Limits | None) -> str:
    """How much of the limits is used: `58 of 100 requests this minute, up to 29 at once`; empty for None."""
    if limits is None:
        return ""
    at_once = QCoreApplication.translate("Jobs", "up to {n} at once").format(n=limits.parallel)
    if not limits.requests:
        return at_once
    used = QCoreApplication.translate("Jobs", "{n} of {limit} requests this minute")
    return _listed([used.format(n=limits.requests - limits.free, limit=limits.requests), at_once])


def group_text(group: JobGroup, *, earlier: bool = False, cut: bool = False) -> str:
    """The heading of a group. Jobs that ended `earlier` than today have their own; `cut`: older ones are not listed."""
    match group:
        case "running":
            return QCoreApplication.translate("Jobs", "Running")
        case "waiting":
            return QCoreApplication.translate("Jobs", "Waiting")
        case "decide":
            return QCoreApplication.translate("Jobs", "For you to decide")
    if earlier:
        heading = QCoreApplication.translate("Jobs", "Finished earlier")
    else:
        heading = QCoreApplication.translate("Jobs", "Finished today")
    return QCoreApplication.translate("Jobs", "{heading}, the newest").format(heading=heading) if cut else heading


def pause_text(status: JobStatus) -> str:
    """Why a job does not go on, in a few words; empty for one that does."""
    if status.job.state == "stopped":
        return "" if status.job.ended else QCoreApplication.translate("Jobs", "stopping")
    if status.job.state != "paused":
        return ""
    match status.job.pause_reason:
        case "closed":
            return QCoreApplication.translate("Jobs", "the program was closed")
        case "service":
            return QCoreApplication.translate("Jobs", "made for another service")
        case "error":
            return QCoreApplication.translate("Jobs", "paused by an error")
    return QCoreApplication.translate("Jobs", "paused by you")


def outcome_text(status: JobStatus) -> str:
    """How a job ended, in a few words: `4 of 4`, `1 of 9 failed`, `stopped after 3 of 9`."""
    if status.failed:
        text = QCoreApplication.translate("Jobs", "{n} of {total} failed")
        return text.format(n=status.failed, total=status.total)
    if status.stopped:
        text = QCoreApplication.translate("Jobs", "stopped after {n} of {total}")
    else:
        text = QCoreApplication.translate("Jobs", "{n} of {total}")
    return text.format(n=status.done, total=status.total)


def lost_text(count: int) -> str:
    """The mark of a job with answers that were lost."""
    if count == 1:
        return QCoreApplication.translate("Jobs", "sent, answer lost")
    return QCoreApplication.translate("Jobs", "{n} sent, answers lost").format(n=count)


def progress_text(status: JobStatus, elapsed: float | None) -> str:
    """How far a job is that has not ended. `elapsed`: seconds since its oldest running call was sent, if any was."""
    if status.job.state == "paused" and not status.running:
        text = QCoreApplication.translate("Jobs", "{n} of {total} done before the pause")
        parts = [_listed([text.format(n=status.done, total=status.total), *_losses(status)])]
        parts.append(_requests(status.queued))
        if status.seconds_left is not None:
            parts.append(QCoreApplication.translate("Jobs", "≈ {t}").format(t=_whole_seconds(status.seconds_left)))
        return " · ".join(parts)
    text = QCoreApplication.translate("Jobs", "{n} of {total} done")
    parts = [text.format(n=status.done, total=status.total)]
    if status.running:
        parts.append(QCoreApplication.translate("Jobs", "{n} running").format(n=status.running))
    elif status.queued:
        parts.append(QCoreApplication.translate("Jobs", "waits for its turn"))
    line = _listed([*parts, *_losses(status)])
    if status.seconds_left is not None:
        left = QCoreApplication.translate("Jobs", "≈ {t} left").format(t=_whole_seconds(status.seconds_left))
        return f"{line} · {left}"
    if elapsed is not None:
        so_far = QCoreApplication.translate("Jobs", "{t} so far").format(t=_whole_seconds(elapsed))
        return f"{line} · {so_far}"
    return line


def ended_text(status: JobStatus, *, earlier: bool = False) -> str:
    """When a job ended, and how long it took: `14:52, took 8.6 s`; with the date if that was `earlier` than today."""
    if earlier:
        ended = short_time(status.job.ended)
    else:
        ended = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(status.job.ended)), "HH:mm")
    duration = status.job.ended - status.job.created
    if duration <= 0:
        return ended
    return _listed([ended, QCoreApplication.translate("Jobs", "took {t}").format(t=seconds(duration))])


def decision_text(status: JobStatus) -> str:
    """How far a job with lost answers is."""
    text = QCoreApplication.translate("Jobs", "{n} of {total} done").format(n=status.done, total=status.total)
    return _listed([text, *_losses(status)])


def spent_text(status: JobStatus) -> str:
    """What the calls of a job cost so far, of what was expected; free and unknown in words."""
    spent, expected, currency = status.cost, status.job.cost, status.job.currency
    if spent is None or (expected is None and not status.done):
        return QCoreApplication.translate("Jobs", "cost unknown")
    if expected and not status.job.ended:
        text = QCoreApplication.translate("Jobs", "{spent} of {expected}")
        return text.format(spent=money(spent, currency), expected=money(expected, currency))
    return cost_text(spent, currency)


def interrupted_text(count: int) -> str:
    """Notice at the start that jobs wait which were not finished when the program ended."""
    if count == 1:
        return QCoreApplication.translate("Jobs", "A job was interrupted when the program ended.")
    return QCoreApplication.translate("Jobs", "{n} jobs were interrupted when the program ended.").format(n=count)


def cleared_text(count: int) -> str:
    """Notice that ended jobs were removed from the list."""
    if count == 1:
        return QCoreApplication.translate("Jobs", "One job was cleared from the list.")
    return QCoreApplication.translate("Jobs", "{n} jobs were cleared from the list.").format(n=count)


def show_jobs_label() -> str:
    return QCoreApplication.translate("Jobs", "Show jobs")


def untitled() -> str:
    """Shown for a job without a title."""
    return QCoreApplication.translate("Jobs", "Untitled job")


def _requests(number: int) -> str:
    if number == 1:
        return QCoreApplication.translate("Jobs", "1 request")
    return QCoreApplication.translate("Jobs", "{n} requests").format(n=number)


def _losses(status: JobStatus) -> list[str]:
    """How many calls failed or were lost, if any."""
    parts = []
    if status.failed:
        parts.append(QCoreApplication.translate("Jobs", "{n} failed").format(n=status.failed))
    if status.lost:
        parts.append(QCoreApplication.translate("Jobs", "{n} lost").format(n=status.lost))
    return parts


def _whole_seconds(duration: float) -> str:
    """A duration to the second, because the list is shown again once a second."""
    return seconds(float(max(1, round(duration))))


def _listed(parts: Sequence[str]) -> str:
    separator = QCoreApplication.translate("Jobs", ", ")
    return separator.join(parts)
