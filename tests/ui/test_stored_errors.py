"""Sentences about errors of which only the code was stored: no gap where a host or a time limit would be."""

from __future__ import annotations

import pytest

from app.core.errors import Code
from app.core.jobs import JobItem
from app.ui.texts.errors import stored_error_message
from app.ui.texts.job_reasons import lost_reason, paused_notice
from app.ui.texts.speech import failure_reason


@pytest.mark.parametrize(
    ("code", "what"),
    [
        (Code.CONNECTION_LOST, "The connection to the service was lost."),
        (Code.UNREACHABLE, "The service can't be reached."),
        (Code.CONNECT_TIMEOUT, "The service did not answer in time."),
        (Code.FIRST_BYTE_TIMEOUT, "The service did not answer in time."),
        (Code.TLS, "The secure connection to the service failed."),
    ],
)
def test_the_sentence_is_about_the_service(code: Code, what: str) -> None:
    assert stored_error_message(code).what == failure_reason(code) == what
    assert lost_reason([JobItem("i", "j", 0, error=code)]).startswith(f"{what} It may have been billed")
    assert paused_notice("Tide", code).startswith(f"“Tide” is paused. {what} ")


def test_what_to_do_names_no_unknown_host() -> None:
    assert all("the service at" not in stored_error_message(code).next_step for code in Code)
    assert stored_error_message("of-another-version") == stored_error_message(Code.UNEXPECTED)
