"""Which errors are retried, and when."""

from __future__ import annotations

import pytest

from app.core.errors import Code, ServiceError
from app.mimo.retry import retry_after, retry_delay

AGAIN = {
    Code.TOO_MANY_REQUESTS,
    Code.SERVER_ERROR,
    Code.OVERLOADED,
    Code.UNREACHABLE,
    Code.CONNECT_TIMEOUT,
    Code.CONNECTION_LOST,
}


@pytest.mark.parametrize("code", Code)
def test_only_errors_that_may_go_away_are_retried(code: Code) -> None:
    assert (retry_delay(ServiceError(code), 1, 3) is not None) == (code in AGAIN)


def test_delays_grow_with_jitter_up_to_a_limit() -> None:
    error = ServiceError(Code.SERVER_ERROR)
    waits = [retry_delay(error, attempt, 3, jitter=0.5) for attempt in (1, 2, 3, 4)]
    assert waits == [0.5, 1.0, 2.0, None]
    assert (retry_delay(error, 1, 3, jitter=0.0), retry_delay(error, 9, 9, jitter=0.5)) == (0.375, 20.0)


def test_the_delay_of_the_service_is_respected() -> None:
    assert retry_delay(ServiceError(Code.OVERLOADED, retry_after=7.0), 1, 3) == 7.0
    assert retry_delay(ServiceError(Code.OVERLOADED, retry_after=3600.0), 1, 3) is None


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("3", 3.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("Thu, 01 Jan 1970 00:01:40 GMT", 90.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-4", None),
    ],
)
def test_both_forms_of_the_header(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, now=10.0) == seconds
