"""The page of the audition grid by keys, by mouse and through the accessibility tree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QItemSelectionModel, QPoint, QRectF, Qt
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QTableView
from pytestqt.qtbot import QtBot

from app.core.audition_grids import AuditionGrid, Cell, GridDirection
from app.core.settings import EQUAL_LOUDNESS
from app.ui.studio.grid.cell_delegate import CellDelegate, retry_width
from app.ui.studio.grid.cell_layout import cell_areas, cell_size
from tests.plugins.demo_service import DemoService
from tests.ui.studio.grid.grid_studio import LINE, GridStudio, grid_studio
from tests.ui.studio.player_harness import FakePlayer
from tests.waiting import wait_until

KEY = Qt.Key
CALM = GridDirection("calm and slow", "Calm")


async def small(at: GridStudio) -> None:
    """A grid of two voices and two directions."""
    await at.open()
    at.keep_voices("Mia", "Dean")
    at.presenter.grid.grid.edit(directions=(CALM, GridDirection()))


async def test_a_first_grid_has_the_voices_of_the_language_and_is_filled_and_heard_by_keys(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    player = FakePlayer()
    async with grid_studio(qtbot, demo_service, tmp_path, player=player) as at:
        await at.open()
        page = at.page
        assert at.view.page is page
        assert page.header.fill.accessibleName() == page.header.fill.text() == "Fill grid"
        assert page.header.plan.text().startswith("Plan: ")
        assert page.line.line.text() == LINE
        names = [page.voices.rows.index(row).data() for row in range(page.voices.rows.rowCount())]
        assert names == ["MiMo-默认", "Mia", "Chloe", "Milo", "Dean"]
        at.keep_voices("Mia", "Dean")
        at.presenter.grid.grid.edit(directions=(CALM, GridDirection()))
        assert at.spoken_name(0, 0) == "Mia, Calm, planned"
        await wait_until(lambda: page.header.plan.text().startswith("Plan: 4 takes"))
        page.header.fill.setFocus()
        page.header.fill.click()
        assert page.header.fill.accessibleName() == page.header.fill.text() == "Stop grid"
        await at.idle()
        assert at.states() == [["ready"] * 2] * 2
        assert page.corner.text.text() == "4 of 4 ready"
        assert page.header.plan.text() == "Plan: nothing left to make"
        assert page.table.hasFocus(), "the button that was pressed is off: what comes next is to listen"
        assert not page.header.fill.isEnabled()
        page.table.setFocus()
        at.press(KEY.Key_Right)
        take = at.presenter.grid.grid.take(Cell(0, 1))
        assert take is not None
        await wait_until(lambda: at.context.playback.key == take.id and at.context.playback.playing)
        assert page.bar.name.text() == "Dean · Calm"
        assert page.bar.play.accessibleName() == "Pause"
        at.press(KEY.Key_Space)
        assert not at.context.playback.playing
        at.press(KEY.Key_Return)
        await wait_until(lambda: at.context.playback.playing)
        at.press(KEY.Key_Down)
        below = at.presenter.grid.grid.take(Cell(1, 1))
        assert below is not None
        await wait_until(lambda: at.context.playback.key == below.id)
        assert page.bar.name.text() == "Dean · No direction"
        at.press(KEY.Key_S)
        await wait_until(lambda: at.spoken_name(1, 1).endswith("starred, " + at.spoken_name(1, 1).rpartition(", ")[2]))
        at.context.playback.stop()


async def test_a_cell_is_made_again_starred_deleted_and_brought_back(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open()
        at.keep_voices("Mia", "Dean")
        grid, page = at.presenter.grid.grid, at.page
        await at.filled()
        page.table.choose(Cell(0, 0))
        first = grid.take(Cell(0, 0))
        assert first is not None
        at.press(KEY.Key_R)
        assert at.states() == [["queued", "ready"]]
        await at.idle()
        assert len(grid.takes(Cell(0, 0))) == 2
        assert "2 takes" in at.spoken_name(0, 0)
        for column in (0, 1):
            page.table.choose(Cell(0, column))
            at.press(KEY.Key_S)
            await wait_until(lambda column=column: "starred" in at.spoken_name(0, column))  # type: ignore[misc]
        await wait_until(lambda: page.bar.compare.text() == "Compare 2 starred")
        starred, compared = {take.id for take in grid.shown()}, []
        at.presenter.grid.compare = lambda takes: compared.append({take.id for take in takes})
        page.bar.compare.click()
        assert compared == [starred]
        assert at.view.page is None
        await at.reopen()
        page.table.choose(Cell(0, 1))
        at.press(KEY.Key_Delete)
        await wait_until(lambda: at.states() == [["ready", "planned"]])
        listed = {take.id for take in at.view.takes_panel.model.takes()}
        assert {take.id for take in grid.takes(Cell(0, 0))} <= listed
        await wait_until(lambda: at.said and at.said[-1].undo is not None)
        undo = at.said[-1].undo
        assert undo is not None
        undo()
        await wait_until(lambda: at.states() == [["ready", "ready"]])


async def test_a_failed_cell_says_why_and_its_retry_is_a_click_a_key_and_a_button(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open()
        at.keep_voices("Mia")
        page = at.page
        for retry in (
            lambda: click(at, Cell(0, 0), "retry"), lambda: at.press(KEY.Key_R), page.bar.make.click,
        ):  # fmt: skip
            demo_service.arm("status=500")
            await wait_until(page.header.fill.isEnabled)
            page.header.fill.click()
            await wait_until(lambda: at.states() == [["failed"]])
            assert at.spoken_name(0, 0) == "Mia, No direction, failed, The service had an internal error."
            assert page.bar.make.text() == "Retry"
            assert not any("could not be finished" in said.text for said in at.said), "the cell says it"
            retry()
            await wait_until(lambda: at.states() == [["ready"]])
            takes = at.presenter.grid.grid.takes(Cell(0, 0))
            await at.context.service.delete([take.id for take in takes])


def click(at: GridStudio, cell: Cell, part: str) -> None:
    """Click a painted button of a cell."""
    index = at.page.model.index(cell.row, cell.column)
    areas = cell_areas(QRectF(at.page.table.visualRect(index)), retry_width())
    point = getattr(areas, part).center().toPoint()
    QTest.mouseClick(at.page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(point))


async def test_a_cell_is_played_and_starred_with_the_mouse(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    player = FakePlayer()
    async with grid_studio(qtbot, demo_service, tmp_path, player=player) as at:
        await at.open()
        at.keep_voices("Mia", "Dean")
        await at.filled()
        click(at, Cell(0, 1), "star")
        await wait_until(lambda: "starred" in at.spoken_name(0, 1))
        assert not at.context.playback.playing
        click(at, Cell(0, 1), "play")
        await wait_until(lambda: at.context.playback.playing)
        assert at.page.bar.name.text() == "Dean · No direction"
        at.press(KEY.Key_R)
        await at.idle()
        former, newest = at.page.bar.take_id, at.presenter.grid.grid.take(Cell(0, 1))
        assert newest is not None and former != newest.id, "the former take still sounds"
        at.context.playback.pause()
        assert at.page.bar.take_id == newest.id
        click(at, Cell(0, 1), "play")
        await wait_until(lambda: at.context.playback.key == newest.id and at.context.playback.playing)
        click(at, Cell(0, 1), "play")
        assert not at.context.playback.playing


async def test_voices_and_directions_are_added_and_removed_with_undo(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await small(at)
        page, grid = at.page, at.presenter.grid.grid
        page.add_voice.click()
        assert page.adding.isVisible()
        page.adding.voice.lineEdit().setText("Chloe")
        assert [voice.name for voice in grid.grid.voices] == ["Mia", "Dean", "Chloe"]
        assert page.adding.voice.findText("Chloe") < 0, "it can't be added twice"
        page.add_direction.click()
        page.adding.words.setPlainText("wild and loud")
        page.adding.add.click()
        assert [direction.words for direction in grid.grid.directions] == ["calm and slow", "", "wild and loud"]
        page.adding.words.setPlainText("wild and loud")
        page.adding.add.click()
        assert page.notice.text() == "That is in the grid already. Nothing was added."
        assert len(grid.grid.directions) == 3
        page.directions.selectionModel().select(
            page.directions.rows.index(0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        assert page.table.chosen() == Cell(0, 0)
        page.remove_direction.click()
        assert [direction.words for direction in grid.grid.directions] == ["", "wild and loud"]
        undo = at.said[-1].undo
        assert undo is not None
        undo()
        assert [direction.words for direction in grid.grid.directions] == ["calm and slow", "", "wild and loud"]


async def test_descriptions_are_spoken_at_temperatures(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open()
        page, grid = at.page, at.presenter.grid.grid
        page.header.axes.setCurrentText("Descriptions × temperature")
        await wait_until(lambda: grid.grid.axes == "temperatures")
        page.first_step.click()
        page.adding.words.setPlainText("An old sailor with a deep voice")
        page.adding.add.click()
        for value in ("0.2", "1.2"):
            page.add_direction.click() if page.adding.kind != "temperature" else None
            page.adding.temperature.lineEdit().setText(value)
            page.adding.add.click()
        assert grid.grid.temperatures == (0.2, 1.2)
        assert at.spoken_name(1, 0) == "An old sailor with a deep voice, Temperature 1.2, planned"
        await at.filled()
        assert at.states() == [["ready"], ["ready"]]


async def test_the_line_is_changed_in_place_and_its_takes_come_back_with_it(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open()
        at.keep_voices("Mia")
        await at.filled()
        line = at.page.line
        line.change.click()
        line.field.setPlainText("Something else")
        QTest.keyClick(line.field, KEY.Key_Escape)
        assert at.presenter.grid.grid.grid.text == LINE, "Escape keeps the line"
        line.change.click()
        line.field.setPlainText("Something else")
        line.use.click()
        assert at.states() == [["planned"]]
        undo = at.said[-1].undo
        assert undo is not None
        undo()
        assert at.states() == [["ready"]]


async def test_without_a_line_nothing_is_sent_and_the_plan_says_why(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open("")
        await wait_until(lambda: at.page.header.plan.text() == "Plan: write the line first")
        assert not at.page.header.fill.isEnabled()
        at.press(KEY.Key_R)
        assert at.page.notice.text().startswith("There is no text to speak.")


async def test_styles_of_the_earlier_model_are_not_read_aloud(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open("<style>sad</style>Good evening.")
        at.page.header.fill.click()
        assert at.page.notice.text().startswith("Nothing was sent")
        assert at.states()[0][0] == "planned"
        at.page.notice.action.click()
        assert at.presenter.grid.grid.grid.text == "(sad)Good evening."


async def test_the_tree_has_the_table_the_lists_and_every_cell(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await small(at)
        page = at.page
        assert isinstance(page.table, QTableView) and page.table.accessibleName() == "Audition grid table"
        for titles, name in ((page.voices, "Grid voices"), (page.directions, "Grid directions")):
            assert isinstance(titles, QListView) and titles.accessibleName() == name and titles.isVisible()
        table = QAccessible.queryAccessibleInterface(page.table)
        assert table.role() == QAccessible.Role.Table
        cells = [table.child(number) for number in range(table.childCount())]
        names = [cell.text(QAccessible.Text.Name) for cell in cells if cell is not None]
        for name in ("Mia, Calm, planned", "Dean, No direction, planned"):
            assert name in names
        index = page.model.index(1, 1)
        page.table.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Toggle)
        assert page.table.chosen() == Cell(1, 1), "assistive tools change the selection only"
        assert page.bar.name.text() == "Dean · No direction"
        at.view.close_page()
        assert not page.table.isVisible() and not page.table.currentIndex().isValid()


async def test_the_grid_belongs_to_its_session_and_goes_on_behind_the_studio(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await small(at)
        session = at.context.sessions.current.id
        at.page.header.fill.click()
        QTest.keyClick(at.page.table, KEY.Key_Escape)
        assert at.view.page is None
        assert at.view.speak.accessibleName() == "Speak", "the studio can speak meanwhile"
        at.context.sessions.begin("Another text")
        await at.reopen()
        assert at.presenter.grid.grid.grid.text == "Another text"
        assert len(at.presenter.grid.grid.grid.voices) == 4
        at.context.sessions.open(session)
        assert at.view.page is None, "it closes with its session"
        await at.reopen()
        assert [voice.name for voice in at.presenter.grid.grid.grid.voices] == ["Mia", "Dean"]
        await at.idle()
        assert at.states() == [["ready"] * 2] * 2


async def test_equal_loudness_is_the_switch_of_the_studio(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open()
        at.page.bar.equal_loudness.click()
        assert at.context.settings.get(EQUAL_LOUDNESS) is False
        assert not at.view.takes_panel.equal_loudness.isChecked()
        at.view.takes_panel.equal_loudness.click()
        assert at.page.bar.equal_loudness.isChecked()


async def test_of_a_large_grid_only_the_cells_in_sight_are_painted(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open()
        directions = tuple(GridDirection(f"direction {number}") for number in range(40))
        at.presenter.grid.grid.edit(directions=directions)
        painted: list[tuple[int, int]] = []

        class Counting(CellDelegate):
            def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
                painted.append((index.row(), index.column()))
                super().paint(painter, option, index)

        counting = Counting()
        at.page.table.setItemDelegate(counting)
        at.page.table.viewport().grab()
        assert 0 < len(set(painted)) < 60
        at.page.table.choose(Cell(39, 4))
        assert at.page.directions.verticalScrollBar().value() == at.page.table.verticalScrollBar().value() > 0
        rect = at.page.table.visualRect(at.page.model.index(39, 4))
        assert rect.size() == cell_size()


async def test_a_full_side_refuses_more_with_a_sentence(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open()
        at.presenter.grid.grid.edit(directions=tuple(GridDirection(f"direction {number}") for number in range(40)))
        at.page.add_direction.click()
        at.page.adding.words.setPlainText("one more")
        at.page.adding.add.click()
        assert at.page.notice.text().startswith("A grid has at most 40 columns and 40 rows.")
        assert at.page.adding.words.toPlainText() == "one more", "nothing typed is lost"


async def test_a_stored_grid_is_shown_after_a_restart(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await small(at)
        await at.filled()
        before: AuditionGrid = at.presenter.grid.grid.grid
        session = at.context.sessions.current.id
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await wait_until(lambda: not len(at.context.tasks))
        at.context.sessions.open(session)
        await at.reopen()
        assert msgspec.structs.replace(at.presenter.grid.grid.grid) == before
        assert at.states() == [["ready"] * 2] * 2
