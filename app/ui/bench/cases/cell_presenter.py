"""Fills the side panel with what is known of the chosen cell."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from app.core.cases import CaseVersion, Cell
from app.core.differences import word_differences
from app.services.bench.case_book import CaseBook
from app.ui.bench.cases.cell_view import call_id_of, compared_answers, fill_cell_panel
from app.ui.bench.cases.page import CasesPage
from app.ui.bench.context import BenchContext
from app.ui.reported_tasks import Spawn
from app.ui.widgets.presentation_cover import presentation_cover

_LONG = 20_000
"""Characters from which two answers are compared in a thread."""


class CellPresenter:
    """Shows a cell, and passes on what is done with it.

    Attributes:
        inspect: shows a call in the inspector.
    """

    def __init__(self, page: CasesPage, context: BenchContext, spawn: Spawn) -> None:
        self._page, self._context, self._spawn = page, context, spawn
        self._book: CaseBook | None = None
        self._cell: Cell | None = None
        self._earlier = ""
        self.inspect: Callable[[str], object] = lambda _: None
        panel = page.cell
        panel.earlier.chosen.connect(self._show_earlier)
        panel.graded.connect(self._grade)
        panel.up.clicked.connect(lambda: page.table.step(-1))
        panel.down.clicked.connect(lambda: page.table.step(1))
        panel.copy.clicked.connect(self._copy)
        panel.inspect.clicked.connect(self._inspect)
        panel.retry.clicked.connect(self._retry)
        panel.judge_again.clicked.connect(self._judge_again)
        panel.edit.clicked.connect(self._edit)

    @property
    def cell(self) -> Cell | None:
        return self._cell

    def show(self, book: CaseBook, cell: Cell) -> None:
        """Show a cell as it is now."""
        if (book, cell) != (self._book, self._cell):
            self._earlier = ""
        self._book, self._cell = book, cell
        version = book.cases.version(cell.version_id)
        if version is not None and book.case(cell.case_id) is not None:
            fill_cell_panel(self._page.cell, book, cell, self._next_number(version), self._earlier)
            self._spawn(self._show_difference(cell))

    def _show_earlier(self, result_id: str) -> None:
        self._earlier = result_id
        if self._book is not None and self._cell is not None:
            self.show(self._book, self._cell)

    async def _show_difference(self, cell: Cell) -> None:
        book = self._book
        before, after, title = compared_answers(book, cell) if book is not None else ("", "", "")
        if len(before) + len(after) > _LONG:
            runs = await asyncio.to_thread(word_differences, before, after)
        else:
            runs = word_differences(before, after) if before and after else []
        if cell == self._cell and book is self._book:
            self._page.cell.show_difference(title, [(run.change, run.text) for run in runs])

    def _next_number(self, version: CaseVersion) -> int:
        prompt = self._context.prompts.get(version.prompt_id)
        return len(prompt.versions) + 1 if prompt is not None else 0

    # -- acting ---------------------------------------------------------------------------------------------------

    def _grade(self, grade: str) -> None:
        if self._book is not None and self._cell is not None:
            chosen = "pass" if grade == "pass" else "fail" if grade == "fail" else ""
            self._spawn(self._context.cases.grade(self._book.cases.id, self._cell, chosen))  # type: ignore[arg-type]

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(presentation_cover().mask(self._page.cell.answer.toPlainText()))

    def _inspect(self) -> None:
        if self._book is not None and self._cell is not None:
            self.inspect(call_id_of(self._book.shown(self._cell)))

    def _retry(self) -> None:
        """Ask once more; the press says that what was lost may be billed twice."""
        if self._book is not None and self._cell is not None:
            self._spawn(self._context.cases.begin(self._book.cases.id, (self._cell,), again=True))

    def _judge_again(self) -> None:
        if self._book is not None and self._cell is not None:
            self._spawn(self._context.cases.judge_again(self._book.cases.id, (self._cell,)))

    def _edit(self) -> None:
        if self._book is None or self._cell is None:
            return
        version = self._book.cases.version(self._cell.version_id)
        if version is not None:
            number = next(at for at, each in enumerate(self._book.cases.cases, 1) if each.id == self._cell.case_id)
            note = QCoreApplication.translate("Cases", "after case {n} of {set}")
            self._page.edit_requested.emit(
                version.prompt_id, version.number - 1, note.format(n=number, set=self._book.cases.name)
            )
