"""`inspect`: what opening an exchange of 10 MB in the inspector takes, until its request is read and searched.

The time from choosing the call until the first screenful of its request is painted and Find has selected a text at its
very end, with the number of occurrences, beside the same for an exchange of 100 kB: once for one string of 10 MB, once
for 10,000 messages (`inspect-messages`). `inspect-bare` is the first beside a bare `QPlainTextEdit` that is given the
same text, painted, and searched. The best of several rounds counts, as what else the machine does only adds to it; the
bare editor takes seconds and has one.
"""

from __future__ import annotations

import asyncio
import os
import time
from types import SimpleNamespace
from typing import Any

from PySide6.QtWidgets import QApplication, QPlainTextEdit
from qasync import QEventLoop

from app.core.redaction import Redactor
from app.core.spend import Spend
from app.mimo.call_recording import Attempt, CallRecorder, Exchange
from app.services.call_history import CallHistory
from app.services.tasks import TaskSet
from app.ui.chat.inspector.panel import InspectorPanel
from app.ui.chat.inspector.presenter import InspectorPresenter
from app.ui.theme.theme import theme
from app.ui.widgets.notifications import Notifier
from tests.benchmarks.row import Row, row

NAME = "inspect"
SMALL, LARGE = 100_000, 10_000_000
MESSAGE_LENGTH = 1_000
NEEDLE = "the needle at the end"
ROUNDS = 9
SIZE = 760, 830


def run() -> list[Row]:
    """The rows of this benchmark."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    with QEventLoop(application) as loop:
        measured: dict[str, float] = loop.run_until_complete(_measure())
    bare = _bare_seconds(_one_string(LARGE))
    return [
        row(
            "inspect", measured["string"] * 1e3, "ms", peer="100 kB", peer_value=measured["small string"] * 1e3,
            at_most=3,
        ),
        row(
            "inspect-messages", measured["messages"] * 1e3, "ms", peer="100 kB",
            peer_value=measured["small messages"] * 1e3, at_most=3,
        ),
        row(
            "inspect-bare", measured["string"] * 1e3, "ms", peer="a bare QPlainTextEdit", peer_value=bare * 1e3,
            at_most=4,
        ),
    ]  # fmt: skip


def _one_string(size: int) -> dict[str, Any]:
    words = ("a line of plain words without an end " * (size // 37 + 1))[:size]
    return _body([{"role": "user", "content": words + NEEDLE}])


def _messages(size: int) -> dict[str, Any]:
    words = ("a line of plain words without an end " * 30)[: MESSAGE_LENGTH - 40]
    many = [{"role": "user", "content": words} for _ in range(size // MESSAGE_LENGTH)]
    return _body([*many, {"role": "user", "content": NEEDLE}])


def _body(messages: list[dict[str, Any]]) -> dict[str, Any]:
    return {"model": "mimo-v2.6-pro", "messages": messages, "stream": True}


def _call(body: dict[str, Any]) -> Exchange:
    url = "https://api.xiaomimimo.com/v1/chat/completions"
    call = Exchange("chat", "payg", "mimo-v2.6-pro", "POST", url, {"api-key": "●●●●"}, body, 0, Redactor())
    call.attempts.append(Attempt(0.0, sent=0.01, answered=0.1, ended=0.2, status=200))
    call.received(b'{"choices": [{"message": {"content": "Yes."}}]}')
    call.end()
    return call


async def _measure() -> dict[str, float]:
    tasks = TaskSet(_raise)
    recorder = CallRecorder(memory_budget=1 << 30)
    panel = InspectorPanel(Notifier())
    presenter = InspectorPresenter(
        SimpleNamespace(open_inspector=lambda: None),  # type: ignore[arg-type]
        panel,
        workspace=SimpleNamespace(current=None, protocol="openai"),  # type: ignore[arg-type]
        calls=CallHistory(recorder, None, lambda: 100, _raise, _raise),  # type: ignore[arg-type]
        notifier=panel.notifier,
        run=lambda work: tasks.spawn(work, "inspect"),
        charge=lambda *_: Spend(1),
        explain_refusal=lambda: None,
    )
    panel.resize(*SIZE)
    theme().style_window(panel)
    panel.show()
    shapes = {
        "string": _one_string(LARGE), "small string": _one_string(SMALL),
        "messages": _messages(LARGE), "small messages": _messages(SMALL),
    }  # fmt: skip
    calls = {name: _call(body) for name, body in shapes.items()}
    nothing = _call(_body([]))
    for call in (*calls.values(), nothing):
        recorder.record(call)
    took: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(ROUNDS + 1):
        for name, call in calls.items():
            await _show(presenter, nothing, tasks)
            seconds = await _open_and_find(presenter, panel, call)
            await tasks.drain()
            if number:
                took[name].append(seconds)
    panel.close()
    await tasks.aclose()
    return {name: min(each) for name, each in took.items()}


async def _show(presenter: InspectorPresenter, call: Exchange, tasks: TaskSet) -> None:
    presenter.show_call(call.id)
    await tasks.drain()


async def _open_and_find(presenter: InspectorPresenter, panel: InspectorPanel, call: Exchange) -> float:
    view = panel.page.request.view
    before = view.window_shown
    began = time.perf_counter()
    presenter.show_call(call.id)
    while view.window_shown is before:
        await asyncio.sleep(0.001)
    view.viewport().repaint()
    assert await presenter.search.search(NEEDLE)
    view.viewport().repaint()
    took = time.perf_counter() - began
    assert view.textCursor().selectedText() == NEEDLE
    return took


def _bare_seconds(body: dict[str, Any]) -> float:
    import msgspec

    text = msgspec.json.encode(body).decode()
    editor = QPlainTextEdit()
    editor.resize(*SIZE)
    editor.show()
    began = time.perf_counter()
    editor.setPlainText(text)
    editor.viewport().repaint()
    assert editor.find(NEEDLE)
    editor.viewport().repaint()
    took = time.perf_counter() - began
    editor.close()
    return took


def _raise(error: BaseException) -> None:
    raise error
