"""Underlines what an answer has that the base column lacks, and lays two calls side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.differences import word_differences
from app.core.errors import Code, StorageError
from app.core.messages import Message, ToolCall
from app.services.call_comparison import compare
from app.ui.bench.beside.column import ColumnView
from app.ui.bench.beside.page import BesidePage
from app.ui.chat.inspector.comparing import figures_cost
from app.ui.chat.inspector.comparison_view import comparison_parts, word_parts
from app.ui.chat.usage_summary import Charge
from app.ui.reported_tasks import Spawn

if TYPE_CHECKING:
    from app.services.call_history import CallHistory
    from app.services.ports import Call

REFRESH_MS = 600
"""Between two comparisons while answers are written."""


class DifferencePresenter(QObject):
    """Compares while Difference is on.

    Attributes:
        messages: returns the answer that each column shows, None for none.
        current: returns the place of the column in use.
    """

    def __init__(self, page: BesidePage, calls: CallHistory, charge: Charge, run: Spawn) -> None:
        super().__init__(page)
        self._page, self._calls, self._charge, self._run = page, calls, charge, run
        self._base = 0
        self._shown: tuple[object, ...] = ()
        self._is_on = self._is_busy = self._is_stale = False
        self.messages: Callable[[], Sequence[Message | None]] = list
        self.current: Callable[[], int] = lambda: 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._begin)

    def show(self, on: bool, base: int, shown: tuple[object, ...] = ()) -> None:
        """Compare with this column, or not at all; `shown` identifies what the columns show."""
        changed = (on, base, shown) != (self._is_on, self._base, self._shown)
        self._is_on, self._base, self._shown = on, base, shown
        if not on:
            self._timer.stop()
            for column in self._page.columns:
                if column.answer is not None:
                    column.answer.mark(())
            self._page.differences.show_parts([])
        elif changed:
            self.refresh()

    def changed(self) -> None:
        """Words arrived: compare again soon."""
        if self._is_on and not self._timer.isActive():
            self._timer.start()

    def refresh(self) -> None:
        """Compare now."""
        if self._is_on:
            self._timer.stop()
            self._begin()

    def _begin(self) -> None:
        if self._is_busy:
            self._is_stale = True
            return
        self._is_busy = True
        if self._run(self._compare()) is None:
            self._is_busy = False  # The program ends.

    async def _compare(self) -> None:
        try:
            for place, column in enumerate(list(self._page.columns)):
                # While words were compared, columns may have gone, and the base with them.
                if column not in self._page.columns or column.answer is None:
                    continue
                base = self._column(self._base)
                if base is None or base.answer is None or place == self._base:
                    column.answer.mark(())
                    continue
                answer, text = column.answer, column.answer.plain_text()
                runs = await asyncio.to_thread(word_differences, base.answer.plain_text(), text)
                is_there = column in self._page.columns and column.answer is answer
                if self._is_on and is_there and answer.plain_text().startswith(text):
                    answer.mark(runs)
            if self._is_on:
                await self._compare_calls()
        finally:
            self._is_busy = False
            if self._is_stale:
                self._is_stale = False
                self.changed()

    def _column(self, place: int) -> ColumnView | None:
        columns = self._page.columns
        return columns[place] if place < len(columns) else None

    def _other(self) -> int:
        """The column that is compared with the base below: the one in use, else the first other one."""
        current = self.current()
        return current if current != self._base else next(
            (at for at in range(len(self._page.columns)) if at != self._base), current
        )  # fmt: skip

    async def _compare_calls(self) -> None:
        other, messages = self._other(), self.messages()
        translate = QCoreApplication.translate
        self._page.differences_title.setText(
            translate("Beside", "From column {before} to column {after}").format(before=self._base + 1, after=other + 1)
        )
        before = messages[self._base] if self._base < len(messages) else None
        after = messages[other] if other < len(messages) else None
        note = [("note", translate("Beside", "The answers of two columns are compared here."))]
        if before is None or after is None or before is after:
            self._page.differences.show_parts(note)
            return
        calls = await self._call_of(before), await self._call_of(after)
        if calls[0] is not None and calls[1] is not None:
            pair = [(call, max(0, len(call.attempts) - 1)) for call in calls if call is not None]
            comparison = await asyncio.to_thread(compare, pair[0], pair[1])
            parts = comparison_parts(comparison, partial(figures_cost, self._charge))
        elif not (_words(before) and _words(after)):
            parts = note
        else:
            runs = await asyncio.to_thread(word_differences, _words(before), _words(after))
            parts = [("heading", translate("Inspector", "Words of the answer") + "\n"), *word_parts(runs)]
        if self._is_on:
            self._page.differences.show_parts(parts)

    async def _call_of(self, message: Message) -> Call | None:
        """The last recorded call of an answer; None if there is none, or it is not kept."""
        call_id = next((reply.call_id for reply in reversed(message.replies) if reply.call_id), "")
        if not call_id:
            return None
        try:
            return await self._calls.find(call_id)
        except StorageError as error:
            if error.code is not Code.NOT_KEPT:
                raise
            return None


def _words(message: Message) -> str:
    """The words of an answer, and the calls it makes."""
    calls = [f"{part.name}({part.arguments})" for part in message.parts if isinstance(part, ToolCall)]
    return "\n".join([*calls, message.text])
