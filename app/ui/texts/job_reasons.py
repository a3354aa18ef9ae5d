"""Why a job waits, failed or has to be decided on, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.core.jobs import JobItem, JobStatus
from app.services.jobs.ports import ActiveService
from app.ui.texts.errors import stored_error_message


def lost_reason(items: Sequence[JobItem]) -> str:
    """Why answers were lost, and what that means."""
    first = next((item for item in items if item.error), None)
    if first is None:
        why = QCoreApplication.translate("Jobs", "The program was closed while the service worked.")
    else:
        why = _call_error(first.error, first.detail)[0]
    if len(items) == 1:
        billed = QCoreApplication.translate("Jobs", "It may have been billed, so it is not sent again by itself.")
    else:
        billed = QCoreApplication.translate(
            "Jobs", "They may have been billed, so they are not sent again by themselves."
        )
    return f"{why} {billed}"


def failed_reason(items: Sequence[JobItem]) -> str:
    """Why calls failed: the place and the reason of the first, and how many others failed."""
    first = items[0]
    what, detail = _call_error(first.error, first.detail)
    text = QCoreApplication.translate("Jobs", "Call {n}: {what}").format(n=first.position + 1, what=what)
    if detail:
        text = f"{text} {detail}"
    if len(items) > 1:
        more = QCoreApplication.translate("Jobs", "{n} more failed.").format(n=len(items) - 1)
        text = f"{text} {more}"
    return text


def pause_reason(
    status: JobStatus, items: Sequence[JobItem], service: ActiveService, *, anonymous: bool = False
) -> str:
    """What happened, and what resuming does, where the few words of `pause_text` are not enough.

    `items` are the calls that failed; `service` is the one in use. `anonymous` leaves out the name of the job's own
    service: only names of services that still exist can be masked.
    """
    job = status.job
    parts: list[str] = []
    if job.state == "paused" and job.pause_reason == "error":
        detail = next((item.detail for item in reversed(items) if item.error == job.error), "")
        parts += [*_call_error(job.error, detail), _error_advice(job.error)]
    if job.state == "paused" and job.service != service.id:
        begun = QCoreApplication.translate("Jobs", "another service") if anonymous else job.service_name
        if job.pause_reason == "service":
            text = QCoreApplication.translate("Jobs", "It was begun with {begun} and goes on when you use that again.")
        else:
            text = QCoreApplication.translate("Jobs", "It was begun with {begun}.")
        resume = QCoreApplication.translate("Jobs", "Resume sends the rest to {active}.").format(active=service.name)
        parts += [text.format(begun=begun), resume]
    return " ".join(part for part in parts if part)


def paused_notice(title: str, code: str) -> str:
    """Notice that an error paused a job."""
    text = QCoreApplication.translate("Jobs", "“{title}” is paused.").format(title=title)
    return f"{text} {stored_error_message(code)}"


def other_service_notice() -> str:
    """Notice that jobs of the service that was in use don't go on with another."""
    return QCoreApplication.translate("Jobs", "Jobs that were begun with another service are paused.")


def _call_error(code: str, detail: str) -> tuple[str, str]:
    """What happened to a call, and the service's own words if the sentence does not contain them."""
    what = stored_error_message(code, detail).what
    return what, "" if detail in what else QCoreApplication.translate("Jobs", "“{words}”").format(words=detail)


def _error_advice(code: str) -> str:
    """What to do about an error that paused a job."""
    return stored_error_message(code).next_step
