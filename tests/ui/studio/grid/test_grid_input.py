"""What is typed into an audition grid: refused in a sentence where it can't be used, and never lost."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.core.audition_grids import Cell, GridDirection
from app.core.takes import VoiceSnapshot
from app.storage.home import open_home
from app.ui.texts.grid import distinct_titles
from tests.plugins.demo_service import DemoService
from tests.ui.studio.grid.grid_studio import LINE, GridStudio, grid_studio
from tests.waiting import wait_until


async def test_what_cannot_be_added_is_refused_in_a_sentence_and_stays_as_typed(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open()
        before = at.presenter.grid.grid.grid
        await voices_and_directions_are_those_that_are_offered(at)
        assert at.presenter.grid.grid.grid == before
        at.page.header.axes.setCurrentText("Descriptions × temperature")
        await wait_until(lambda: at.presenter.grid.grid.grid.axes == "temperatures")
        temperatures_are_in_their_range(at)
        descriptions_are_neither_empty_nor_endless(at)


async def voices_and_directions_are_those_that_are_offered(at: GridStudio) -> None:
    page = at.page
    for press, choice in ((page.add_voice, page.adding.voice), (page.add_direction, page.adding.direction)):
        press.click()
        choice.lineEdit().setText("Nobody")
        await wait_until(lambda: page.notice.text().startswith("“Nobody” is not in the list"))
        assert choice.currentText() == ""
        page.notice.clear()


def temperatures_are_in_their_range(at: GridStudio) -> None:
    page, grid = at.page, at.presenter.grid.grid
    page.add_direction.click()
    field = page.adding.temperature.lineEdit()
    for typed in ("-5", "1e300", "nan", "1,5,2", "", "0.123"):
        field.setText(typed)
        page.adding.add.click()
        refusal = "A temperature is a number from 0.0 to 1.5. Nothing was added. Enter one of these."
        assert page.notice.text() == refusal, typed
        assert field.text() == typed
        assert grid.grid.temperatures == ()
    field.setText("1,5")
    page.adding.add.click()
    assert grid.grid.temperatures == (1.5,)
    assert not page.notice.isVisible()
    page.adding.add.click()
    assert page.notice.text() == "That is in the grid already. Nothing was added."


def descriptions_are_neither_empty_nor_endless(at: GridStudio) -> None:
    page, grid = at.page, at.presenter.grid.grid
    page.add_voice.click()
    for typed in ("", " \n "):
        page.adding.words.setPlainText(typed)
        assert not page.adding.add.isEnabled(), "nothing that is enabled does nothing"
    endless = "deep " * 20_000
    page.adding.words.setPlainText(endless)
    page.adding.add.click()
    assert page.notice.text().startswith("A direction or description has at most ")
    assert page.adding.words.toPlainText() == endless
    assert grid.grid.descriptions == ()
    page.adding.words.setPlainText("An old sailor")
    page.adding.add.click()
    assert grid.grid.descriptions == ("An old sailor",)
    assert page.adding.words.toPlainText() == "" and not page.adding.add.isEnabled()


def test_columns_and_rows_that_are_called_the_same_are_told_apart() -> None:
    titles = ["Mia", "Dean", "Mia", "Mia (2)", "Mia"]
    assert distinct_titles(titles) == ["Mia", "Dean", "Mia (2)", "Mia (2) (2)", "Mia (3)"]


async def test_cells_have_different_names_and_a_line_that_is_being_typed_is_kept(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open()
        own = VoiceSnapshot("cloned", "v", "Mia", sample="a" * 64)
        long = "slow and close to the microphone, as if nobody else were awake, "
        at.presenter.grid.grid.edit(
            voices=(VoiceSnapshot("builtin", "Mia", "Mia"), own),
            directions=(GridDirection(f"{long}calm"), GridDirection(f"{long}wild")),
        )
        assert len({at.spoken_name(row, column) for row in range(2) for column in range(2)}) == 4
        rows = at.page.voices.rows
        assert [rows.index(row).data() for row in range(2)] == ["Mia", "Mia (2)"]
        await a_line_that_is_being_typed_is_there_again(at)


async def a_line_that_is_being_typed_is_there_again(at: GridStudio) -> None:
    line, first = at.page.line, at.context.sessions.current.id
    line.change.click()
    line.field.setPlainText("Half a new li")
    at.page.header.back.click()
    at.context.sessions.begin("Another text")
    await at.reopen()
    assert not line.is_editing
    at.context.sessions.open(first)
    await at.reopen()
    assert line.is_editing and line.field.toPlainText() == "Half a new li"
    assert at.presenter.grid.grid.grid.text == LINE
    line.use.click()
    assert at.presenter.grid.grid.grid.text == "Half a new li"


async def test_a_grid_that_cannot_be_read_is_said_and_another_is_filled_once(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with grid_studio(qtbot, demo_service, tmp_path) as at:
        await at.open()
        at.view.close_page()
        with closing(sqlite3.connect(open_home(tmp_path / "home").database)) as connection, connection:
            connection.execute(
                "INSERT INTO things (kind, id, touched, body) VALUES ('grid', ?, 1, '[{')",
                (at.context.sessions.current.id,),
            )
        await at.context.grids.load()
        at.view.text.grid.click()
        await wait_until(lambda: at.said)
        assert at.view.page is None
        assert at.said[-1].text == (
            "The audition grid of this session is damaged, or was saved by a newer version. It was left as it is. "
            "For another grid begin a new session."
        )
        at.context.sessions.begin("Another text")
        await at.reopen()
        at.keep_voices("Mia")
        at.page.header.fill.click()
        at.page.header.fill.click()
        await at.idle()
        await at.filled()
        assert at.states() == [["ready"]]
        assert len(at.presenter.grid.grid.takes(Cell(0, 0))) == 1, "the second press was that of Stop grid"
