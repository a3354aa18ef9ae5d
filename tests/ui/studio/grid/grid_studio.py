"""A studio whose audition grid is used like a person would, on the demo service."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.audition_grids import Cell, CellState
from app.core.settings import Settings
from app.ui.studio.grid.page import GridPage
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.waiting import wait_until

LINE = "Good evening, everybody. The ferry leaves at nine."


class GridStudio:
    """The studio with its grid.

    Attributes:
        said: the notifications that were posted.
    """

    def __init__(self, view: StudioView, context: Any, presenter: StudioPresenter) -> None:
        self.view, self.context, self.presenter = view, context, presenter
        self.said: list[Notification] = []
        context.notifier.listen(self.said.append)

    @property
    def page(self) -> GridPage:
        return self.presenter.grid.page

    async def open(self, line: str = LINE) -> None:
        """Write the line and open the grid."""
        await wait_until(lambda: not len(self.context.tasks))
        self.view.text.set_plain_text(line)
        await self.reopen()

    async def reopen(self) -> None:
        self.view.text.grid.click()
        await wait_until(lambda: self.presenter.grid.grid.grid.id and self.page.table.chosen() is not None)

    def keep_voices(self, *names: str) -> None:
        """Leave only these voices in the grid."""
        grid = self.presenter.grid.grid
        grid.edit(voices=tuple(voice for voice in grid.grid.voices if voice.name in names))

    def states(self) -> list[list[CellState]]:
        grid = self.presenter.grid.grid
        return [
            [grid.state(Cell(row, column)) for column in range(len(grid.grid.columns))]
            for row in range(grid.grid.row_count)
        ]

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.page.table, key)

    def spoken_name(self, row: int, column: int) -> str:
        """What assistive tools read of a cell."""
        return str(self.page.model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole))

    async def filled(self) -> None:
        """Press Fill grid, and wait until every cell is ready."""
        self.page.header.fill.click()
        await self.idle()

    async def idle(self) -> None:
        """Wait until nothing is made and the figures say so."""
        await wait_until(
            lambda: not self.presenter.grid.grid.is_running and self.page.header.fill.accessibleName() == "Fill grid"
        )


@asynccontextmanager
async def grid_studio(
    qtbot: QtBot, demo_service: DemoService, folder: Path, *, player: Any = None, size: tuple[int, int] = (1360, 860)
) -> AsyncIterator[GridStudio]:
    """A studio that is shown, with the services of a home in a folder."""
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.resize(*size)
    view.show()
    async with speech_context(demo_service, folder, player=player) as context:
        presenter = StudioPresenter(view, context)
        studio = GridStudio(view, context, presenter)
        try:
            yield studio
        finally:
            presenter.grid.grid.stop()
            view.close_page()
            await presenter.aclose()
            await wait_until(lambda: not len(context.tasks))
