"""What the Beside page compares while answers come and columns go."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace
from typing import Any, cast

import pytest
import shiboken6
from pytestqt.qtbot import QtBot

from app.core.differences import word_differences
from app.core.messages import Message, Text
from app.ui.bench.beside import difference_presenter
from app.ui.bench.beside.difference_presenter import DifferencePresenter
from app.ui.bench.beside.page import BesidePage


class _Compared:
    """A page whose columns are compared."""

    def __init__(self, qtbot: QtBot, *answers: str) -> None:
        self.page = BesidePage()
        qtbot.addWidget(self.page)
        qtbot.addWidget(self.page.head)
        self.page.show_columns(len(answers))
        self.messages: list[Message | None] = []
        self._tasks: list[asyncio.Task[None]] = []

        async def find(call_id: str) -> None: ...

        calls = cast(Any, SimpleNamespace(find=find))
        self.presenter = DifferencePresenter(self.page, calls, cast(Any, None), cast(Any, self._run))
        self.presenter.messages = lambda: self.messages
        self.answer(*answers)

    def _run(self, work: Any) -> asyncio.Task[None]:
        self._tasks.append(asyncio.ensure_future(work))
        return self._tasks[-1]

    def answer(self, *answers: str) -> None:
        self.messages = [Message(f"m{at}", "assistant", (Text(text),)) for at, text in enumerate(answers)]
        for column, message in zip(self.page.columns, self.messages, strict=True):
            assert message is not None
            column.begin_answer(message, 1).set_message(message)

    async def compared(self) -> str:
        while any(not task.done() for task in self._tasks):
            await asyncio.gather(*self._tasks)
        return self.page.differences.toPlainText()


async def test_a_column_that_goes_while_words_are_compared_is_no_error(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = _Compared(qtbot, "The sky is blue.", "The sky is red.", "The sky is green.")
    went = threading.Event()

    def slowly(before: str, after: str) -> object:
        went.wait(10)
        return word_differences(before, after)

    monkeypatch.setattr(difference_presenter, "word_differences", slowly)
    compared.presenter.show(True, 0)
    await asyncio.sleep(0)
    gone = compared.page.columns[2]
    compared.page.show_columns(2)
    compared.messages.pop()
    shiboken6.delete(gone)
    went.set()
    assert "red" in await compared.compared()


async def test_answers_without_words_are_not_called_the_same(qtbot: QtBot) -> None:
    compared = _Compared(qtbot, "", "")
    compared.presenter.show(True, 0)
    assert await compared.compared() == "The answers of two columns are compared here."


async def test_answers_of_another_run_are_compared_at_once(qtbot: QtBot) -> None:
    compared = _Compared(qtbot, "The sky is blue.", "The sky is crimson.")
    compared.presenter.show(True, 0, ("first",))
    assert "crimson" in await compared.compared()
    compared.answer("", "")
    compared.presenter.show(True, 0, ("second",))
    assert "crimson" not in await compared.compared()
