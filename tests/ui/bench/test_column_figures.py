"""The figures of all columns, and what happens to the keyboard when one is stopped."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from pytestqt.qtbot import QtBot

from app.core.messages import Message, Text
from app.services.bench.run_budget import Amount
from app.ui.bench.beside.answer_frames import AnswerFrames
from app.ui.bench.beside.column_presenter import ColumnPresenter
from app.ui.bench.beside.figures_presenter import FiguresPresenter
from app.ui.bench.beside.page import BesidePage


class _Answers:
    """One answer for each column, at a state that a test sets."""

    run = SimpleNamespace(id="run", repeats=1, joined=())

    def __init__(self, **states: str) -> None:
        self.states = dict(states)

    def of_column(self, column_id: str) -> tuple[str, ...]:
        return (column_id,)

    def message(self, answer_id: str) -> Message:
        return Message(answer_id, "assistant", (Text("The sky is blue."),))

    def state(self, answer_id: str) -> str:
        return self.states[answer_id]

    def answer_run(self, answer_id: str) -> object:
        is_active = self.states[answer_id] == "running"
        first = {"a": 2.0, "b": 1.0}[answer_id]
        return SimpleNamespace(
            is_active=is_active, state=self.states[answer_id], step=SimpleNamespace(first_event=first)
        )

    def error(self, answer_id: str) -> None: ...


def columns_of(qtbot: QtBot, answers: _Answers) -> tuple[BesidePage, list[Any], Any]:
    page = BesidePage()
    qtbot.addWidget(page)
    qtbot.addWidget(page.head)
    page.show()
    columns = [SimpleNamespace(id="a"), SimpleNamespace(id="b")]
    side = cast(
        Any,
        SimpleNamespace(
            answers=answers, desk=SimpleNamespace(desk=SimpleNamespace(columns=columns)),
            budget=SimpleNamespace(spent=lambda made: None),
        ),
    )  # fmt: skip
    presenters = [
        ColumnPresenter(
            view, at, side, AnswerFrames(page),
            retry=print, open_link=print, replay=print, on_drawn=lambda: None,
        )
        for at, view in enumerate(page.columns)
    ]  # fmt: skip
    return page, presenters, side


def test_one_that_failed_or_was_stopped_is_not_the_fastest(qtbot: QtBot) -> None:
    for state, expected in (("done", [False, True]), ("failed", [False, False]), ("stopped", [False, False])):
        page, presenters, side = columns_of(qtbot, _Answers(a="done", b=state))
        for presenter in presenters:
            presenter._shown = presenter._column.id
        FiguresPresenter(list(zip(page.columns, presenters, strict=True)), side, page).refresh()
        names = [column.figures.accessibleName() for column in page.columns]
        assert ["fastest" in name for name in names] == expected, (state, names)


def test_the_keyboard_stays_in_a_column_that_is_stopped(qtbot: QtBot) -> None:
    page, presenters, side = columns_of(qtbot, _Answers(a="running", b="running"))
    for presenter in presenters:
        presenter._shown = presenter._column.id
        presenter._show_state()
    view = page.columns[0]
    page.activateWindow()
    view.stop.setFocus()
    qtbot.waitUntil(view.stop.hasFocus)
    side.answers.states["a"] = "stopped"
    presenters[0]._show_state()
    assert view.stop.isHidden() and view.again.hasFocus()


def test_an_unknown_cost_is_not_so_far(qtbot: QtBot) -> None:
    page, presenters, side = columns_of(qtbot, _Answers(a="running", b="running"))
    amounts = {"a": Amount({"USD": 0.0}, unknown=1), "b": Amount({"USD": 0.02, "CNY": 0.5})}
    side.budget.spent = lambda made: amounts[made[0].id]
    for presenter in presenters:
        presenter._shown = presenter._column.id
    made = side.answers.answer_run
    side.answers.answer_run = lambda answer_id: SimpleNamespace(id=answer_id, **vars(made(answer_id)))
    FiguresPresenter(list(zip(page.columns, presenters, strict=True)), side, page).refresh()
    first, second = (column.figures.accessibleName() for column in page.columns)
    assert first.endswith("cost –") and second.endswith("cost $0.0200 + ¥0.5000 so far")
