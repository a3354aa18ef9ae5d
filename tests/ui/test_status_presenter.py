"""The dot in the status bar shows whether the service responds."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from app.composition.container import ServiceContainer
from app.core.errors import Code, TransportError
from app.core.observers import Event
from app.core.profiles import DEMO
from app.core.redaction import Redactor
from app.mimo.call_recording import Attempt, CallRecorder, Exchange
from app.services.run_statistics import RunStatistics
from app.ui.status_bar import StatusBar
from app.ui.status_presenter import StatusPresenter


class Told:
    """The part of a connection or of the models that the status bar uses."""

    def __init__(self) -> None:
        self.profile = DEMO
        self.error: TransportError | None = None
        self.on_change: Event[()] = Event()

    def change(self) -> None:
        self.on_change.emit()


def test_the_dot_follows_the_last_call_and_the_models(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    bar, meter, connection, models = StatusBar(), RunStatistics(), Told(), Told()
    qtbot.addWidget(bar)
    shown: list[str] = []
    monkeypatch.setattr(bar, "set_health", shown.append)
    StatusPresenter(bar, connection, meter, models)  # type: ignore[arg-type]
    assert shown[-1] == "good"
    meter.ended(failed=True)
    assert shown[-1] == "warn", "it could not be reached, whatever it said at the start"
    meter.ended(failed=False)
    assert shown[-1] == "good"
    models.error = TransportError(Code.UNREACHABLE)
    models.change()
    assert shown[-1] == "warn"


def test_the_dot_is_not_green_while_a_request_is_repeated() -> None:
    meter = RunStatistics()
    services = SimpleNamespace(
        statistics=meter,
        connection=Told(),
        call_recorder=CallRecorder(),
        calls=SimpleNamespace(keep=lambda call: None),
    )
    call = Exchange("chat", DEMO.id, "m", "POST", "http://127.0.0.1/v1", {}, {}, 2, Redactor())

    def record() -> bool:
        ServiceContainer._record(services, call)  # type: ignore[arg-type]
        return meter.failed

    assert not record()
    call.attempts.append(Attempt(0.0, error=Code.OVERLOADED))
    assert record(), "the attempt failed, and the next one waits"
    assert meter.requests == 1
    call.attempts.append(Attempt(1.0))
    call.end()
    assert not record()
