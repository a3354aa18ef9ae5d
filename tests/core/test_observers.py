"""One observer that fails stops no other."""

from __future__ import annotations

import sys

import pytest

from app.core.observers import Event, notify
from app.core.settings import TEXT_SIZE, Settings


def test_one_that_fails_is_reported_and_the_others_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: reported.append(kind.__name__))
    seen: list[int] = []

    def fails(value: int) -> None:
        raise OverflowError(value)

    assert not notify([fails, seen.append], 5)
    assert notify([seen.append], 6)
    assert (seen, reported) == ([5, 6], ["OverflowError"])
    settings = Settings()
    settings.watch(TEXT_SIZE, fails)
    settings.watch(TEXT_SIZE, seen.append)
    settings.set(TEXT_SIZE, 120)
    assert (seen[-1], reported[-1]) == (120, "OverflowError")


def test_a_listener_can_leave_an_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    event: Event[int] = Event()
    seen: list[int] = []

    def fails(value: int) -> None:
        raise OverflowError(value)

    leave_failing, leave = event.subscribe(fails), event.subscribe(seen.append)
    event.subscribe(seen.append)
    assert not event.emit(1) and len(event) == 3
    leave_failing()
    leave()
    leave()
    assert event.emit(2) and len(event) == 1
    assert seen == [1, 1, 2]
