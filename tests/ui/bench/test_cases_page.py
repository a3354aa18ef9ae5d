"""The Cases page with its services: edited, pasted into, run, filtered, graded, and exported and imported again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.core.cases import Case, Cell, Check
from app.core.presentation_mask import PresentationMask
from app.core.profiles import Profile
from app.core.settings import Settings
from app.services.models import Models
from app.services.prompts import PromptLibrary
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home
from app.storage.text_files import TextFiles
from app.ui.bench.cases.page import CasesPage
from app.ui.bench.cases.presenter import CasesPresenter
from app.ui.widgets.notifications import Notification, Notifier
from app.ui.widgets.presentation_cover import presentation_cover
from tests.benchmarks.job_flood import OneClient
from tests.plugins.case_services import MODEL, case_service, case_set
from tests.services.bench.test_cases import ScriptedClient
from tests.waiting import wait_until


class Bench:
    """A page that is shown, with what it is connected to.

    Attributes:
        notices: what was notified, with what undoes it.
    """

    def __init__(self, page: CasesPage, presenter: CasesPresenter, context: Any, client: ScriptedClient) -> None:
        self.page, self.presenter, self.context, self.client = page, presenter, context, client
        self.notices: list[Notification] = []
        context.notifier.listen(self.notices.append)

    @property
    def cases(self) -> Any:
        return self.presenter._current()

    def values(self) -> list[dict[str, str]]:
        return [case.values for case in self.cases.cases]

    def text(self, row: int, column: int) -> str:
        model = self.page.model
        return str(model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole))

    async def run(self) -> None:
        self.page.bar.run.click()
        await wait_until(lambda: not self.context.jobs.going(f"cases {self.cases.id}") and self.client.sent)
        await (await self.context.cases.book(self.cases.id)).check()
        self.presenter._show_figures()


@asynccontextmanager
async def opened(qtbot: QtBot, folder: Path, *, shown: Any = None) -> AsyncIterator[Bench]:
    failures: list[BaseException] = []
    client = ScriptedClient(lambda text: text)
    connection: Any = OneClient(Profile("demo", "demo", "Demo", "http://127.0.0.1:9/v1"), client)  # type: ignore[arg-type]
    database = await Database.open(open_home(folder / "home"))
    tasks = TaskSet(failures.append)
    settings = Settings()
    async with case_service(connection, tasks, database) as (cases, jobs):
        if shown is not None:
            cases.sets.add(shown)
        prompts = PromptLibrary(database.prompts, settings)
        await prompts.save("Greeting", "Good {{message}}", "prompt")
        await prompts.save("Greeting", "Bad {{message}}", "prompt")
        context = SimpleNamespace(
            notifier=Notifier(), settings=settings, tasks=tasks, models=Models(connection, settings), prompts=prompts,
            jobs=jobs, cases=cases, text_files=TextFiles(), service_name=lambda: "Demo",
        )  # fmt: skip
        page = CasesPage()
        qtbot.addWidget(page)
        page.resize(1300, 800)
        presenter = CasesPresenter(page, context)  # type: ignore[arg-type]
        page.show()
        await wait_until(lambda: shown is None or page.model.rowCount() or page.model.columnCount())
        yield Bench(page, presenter, context, client)
        await presenter.aclose()
        presenter._refresh.stop()
        page.table.watch_writing(going=False)
        page.hide()
    await tasks.aclose()
    await database.close()
    assert not failures, failures


@pytest.fixture(autouse=True)
def uncovered() -> Iterator[None]:
    yield
    if presentation_cover().active:
        presentation_cover().set_mask(None)


async def test_the_first_case_is_made_where_there_is_no_set(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path) as bench:
        bench.page.empty.step.click()
        assert bench.text(0, 0) == "message, case 1: empty"
        assert bench.cases.name == "Cases"
        assert not bench.page.bar.run.isEnabled()


async def test_a_spreadsheet_is_pasted_with_its_quoted_cells(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path, shown=case_set("old", "kept")) as bench:
        bench.page.table.setCurrentIndex(bench.page.model.index(0, 0))
        QGuiApplication.clipboard().setText('new\tmail\n"two\nlines"\tphone\nthird\tWeChat\n')
        bench.page.table.paste()
        assert bench.values() == [
            {"message": "new", "value": "mail"}, {"message": "two\nlines", "value": "phone"},
            {"message": "third", "value": "WeChat"},
        ]  # fmt: skip
        qtbot.keyClick(bench.page.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert bench.values() == [{"message": "old"}, {"message": "kept"}]


async def test_a_removed_case_comes_back_by_the_undo_of_its_notice(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path, shown=case_set("one", "two", "three")) as bench:
        bench.page.table.setCurrentIndex(bench.page.model.index(1, 0))
        bench.page.rows.remove_case.click()
        bench.presenter._editing.add_case()
        undo = bench.notices[-1].undo
        assert undo is not None
        undo()
        assert [values.get("message", "") for values in bench.values()] == ["one", "two", "three", ""]


async def test_a_run_fills_cells_titles_and_filters(qtbot: QtBot, tmp_path: Path) -> None:
    shown = case_set("good", "bad", texts=("{{message}}", "not {{message}}"), checks=(Check("c", "equals", "good"),))
    async with opened(qtbot, tmp_path, shown=shown) as bench:
        await bench.run()
        assert bench.text(0, 1).startswith("Greeting v1, case 1: answered. equals passes. good")
        assert bench.text(1, 2).startswith("Greeting v2, case 2: answered. equals fails")
        assert bench.page.bar.progress.full_text == "Progress: 4 of 4 run"
        assert not bench.page.bar.run.isEnabled()
        chips = bench.page.tools.chips
        assert chips["disagree"].text() == "v1 and v2 disagree 1"
        chips["disagree"].click()
        assert bench.page.model.rowCount() == 1
        chips["all"].click()
        bench.page.table.choose(Cell(shown.cases[0].id, shown.versions[1].id))
        qtbot.keyClick(bench.page.table, Qt.Key.Key_Return)
        panel = bench.page.cell
        assert panel.answer.toPlainText() == "not good"
        await wait_until(lambda: "not " in panel.differences.toPlainText())
        assert panel.comparison.full_text.startswith(
            "v1 passes where v2 fails in 1 cases, and the other way round in 0."
        )
        panel.passes.click()
        await wait_until(lambda: bench.page.model.painted(0, 2).score.state == "pass")


async def test_what_is_typed_in_a_field_survives_a_change_of_the_set_beneath_it(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path, shown=case_set("one", "two")) as bench:
        bench.page.table.setCurrentIndex(bench.page.model.index(0, 0))
        bench.presenter._open_column(0)
        bench.page.value.value.setPlainText("half a sen")
        bench.presenter._editing.add_check()
        bench.presenter._show_figures()
        assert bench.page.value.value.toPlainText() == "half a sen"
        await bench.presenter.aclose()
        assert bench.values()[0] == {"message": "half a sen"}


async def test_a_prompt_of_the_library_becomes_a_column_with_its_variables(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path) as bench:
        (prompt,) = bench.context.prompts.listed()
        await bench.presenter._open_prompt(prompt.id)
        (version,) = bench.cases.versions
        assert (version.number, version.text, bench.cases.variables) == (2, "Bad {{message}}", ("message",))
        await bench.presenter._open_prompt(prompt.id)
        assert len(bench.context.cases.sets.listed()) == 1


async def test_editing_as_a_new_version_names_prompt_version_and_case(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path) as bench:
        (prompt,) = bench.context.prompts.listed()
        await bench.presenter._open_prompt(prompt.id)
        bench.presenter._add_case()
        asked: list[tuple[str, int, str]] = []
        bench.page.edit_requested.connect(lambda *what: asked.append(what))
        bench.page.table.setCurrentIndex(bench.page.model.index(0, 1))
        bench.presenter._open_cell()
        assert bench.page.cell.edit.text() == "Edit as v3"
        bench.page.cell.edit.click()
        assert asked == [(prompt.id, 1, "after case 1 of Greeting")]


async def test_a_broken_row_is_marked_not_run_and_mended_in_the_panel(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "cases.csv"
    file.write_bytes("message,channel\nfine,mail\nno channel\n".encode("gb18030"))
    async with opened(qtbot, tmp_path, shown=case_set(texts=("{{message}}",))) as bench:
        await bench.presenter._files.read(file)
        assert "The number of cells in line 3 is 1, not 2." in bench.text(1, 0)
        assert "1 row is broken" in bench.notices[-1].text
        await bench.run()
        assert bench.client.sent == ["fine"]
        bench.page.table.setCurrentIndex(bench.page.model.index(1, 1))
        bench.presenter._open_column(1)
        bench.page.value.value.setPlainText("phone")
        bench.page.value.value.commit()
        assert bench.cases.cases[1] == Case(bench.cases.cases[1].id, {"message": "no channel", "channel": "phone"})


@pytest.mark.parametrize("ending", ["csv", "json"])
async def test_results_are_exported_and_imported_again(qtbot: QtBot, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"results.{ending}"
    async with opened(qtbot, tmp_path, shown=case_set("=1+1", "plain", checks=(Check("c", "contains", "1"),))) as bench:
        await bench.run()
        before = bench.values()
        await bench.presenter._files.write(await bench.context.cases.book(bench.cases.id), file)
        assert "\n=" not in file.read_text(encoding="utf-8-sig")
        if ending == "csv":
            fresh = bench.context.cases.sets.create("Fresh")
            await bench.presenter._show(fresh.id)
        await bench.presenter._files.read(file)
        await wait_until(lambda: bench.cases.name != "Greetings")
        assert bench.values() == before
        assert len(bench.context.cases.sets.listed()) == 2
        if ending == "json":
            book = await bench.context.cases.book(bench.cases.id)
            assert [result.model for result in book.results()] == [MODEL, MODEL]


async def test_presenting_masks_values_answers_titles_and_locks_the_table(qtbot: QtBot, tmp_path: Path) -> None:
    shown = case_set("dear annika", texts=("Say {{message}}",), name="Annika's cases")
    async with opened(qtbot, tmp_path, shown=shown) as bench:
        await bench.run()
        bench.page.table.choose(Cell(shown.cases[0].id, shown.versions[0].id))
        bench.presenter._open_cell()
        presentation_cover().set_mask(PresentationMask(names=["annika"]))
        bench.presenter._show_all()
        texts = [bench.text(0, 0), bench.text(0, 1), bench.page.cell.answer.document().toPlainText()]
        texts += [bench.page.model.painted(0, column).line for column in (0, 1)]
        texts += [bench.page.bar.sets.currentText(), bench.page.cell.title.text()]
        bench.page.table.copy()
        texts.append(QGuiApplication.clipboard().text())
        assert not [text for text in texts if "annika" in text.lower()], texts
        assert not bench.page.model.flags(bench.page.model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable


async def test_a_prompt_that_is_written_here_is_saved_and_becomes_a_column(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path) as bench:
        form = bench.page.version
        bench.page.add_version.click()
        form.prompt.set_key("+")
        form.prompt.chosen.emit("+")
        assert not form.add_button.isEnabled()
        form.text.setFocus()
        qtbot.keyClicks(form.text, "Repeat {{message}}")
        form.text.commit()
        assert bench.cases.draft == "Repeat {{message}}", "what is written has to survive a kill"
        bench.presenter._add_case()
        bench.presenter._sets.step_history(back=True)
        assert bench.cases.draft == "Repeat {{message}}", "undo of an edit took the draft"
        form.add_button.click()
        await wait_until(lambda: bench.cases.versions)
        (version,) = bench.cases.versions
        assert (version.kind, version.text, version.number) == ("prompt", "Repeat {{message}}", 1)
        await wait_until(lambda: not bench.cases.draft)
        assert bench.context.prompts.get(version.prompt_id) is not None


async def test_adding_a_version_that_is_a_column_already_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path) as bench:
        saved = await bench.context.prompts.save("Guide", "Repeat {{message}}", "prompt")
        form = bench.page.version
        bench.page.add_version.click()
        form.prompt.set_key(saved.prompt.id)
        form.prompt.chosen.emit(saved.prompt.id)
        form.add_button.click()
        await wait_until(lambda: bench.cases.versions)
        before = len(bench.notices)
        form.add_button.click()
        assert [notice.text for notice in bench.notices[before:]] == ["Guide v1 is in the table already."]
        assert len(bench.cases.versions) == 1
        bench.presenter.open_prompt(saved.prompt.id)
        await wait_until(lambda: bench.presenter._book is not None)
        assert len(bench.notices) == before + 1, "the other page only opens it"


async def test_a_variable_that_was_renamed_stays_in_the_panel_with_the_name_it_got(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with opened(qtbot, tmp_path, shown=case_set("one")) as bench:
        bench.page.table.setCurrentIndex(bench.page.model.index(0, 0))
        bench.presenter._add_variable()
        bench.page.value.name.setText("message")
        bench.page.value.name.editingFinished.emit()
        bench.presenter._show_figures()
        assert bench.cases.variables == ("message", "message 2")
        assert bench.page.value.name.text() == "message 2"
        bench.page.value.name.setText("channel")
        bench.page.value.name.editingFinished.emit()
        assert bench.cases.variables == ("message", "channel")


async def test_what_a_stop_has_cut_is_said_until_it_is_asked_for_again(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path, shown=case_set("one", "two")) as bench:
        bench.client.gate.clear()
        bench.page.bar.run.click()
        await wait_until(lambda: len(bench.client.sent) == 2)
        bench.context.cases.stop(bench.cases.id)
        await wait_until(lambda: not bench.context.jobs.going(f"cases {bench.cases.id}"))
        bench.presenter._show_figures()
        assert bench.page.notice.text().startswith("2 answers were stopped")
        assert "stopped" in bench.text(0, 1)
        bench.client.gate.set()
        bench.page.bar.run.click()
        await wait_until(
            lambda: len(bench.client.sent) == 4 and not bench.context.jobs.going(f"cases {bench.cases.id}")
        )
        await wait_until(lambda: bench.text(1, 1).count("answered"))
        bench.presenter._show_figures()
        assert bench.page.notice.isHidden()


async def test_earlier_answers_of_a_cell_can_be_seen_again(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path, shown=case_set("one")) as bench:
        bench.client.reply = lambda text: "the first"
        await bench.run()
        bench.page.table.setCurrentIndex(bench.page.model.index(0, 1))
        bench.presenter._open_cell()
        panel = bench.page.cell
        assert panel.earlier.isHidden()
        bench.client.reply = lambda text: "the second"
        panel.retry.click()
        await wait_until(lambda: panel.answer.toPlainText() == "the second")
        await wait_until(lambda: panel.earlier.isVisible() and panel.earlier.count() == 2)
        panel.earlier.chosen.emit(panel.earlier.itemData(1))
        assert panel.answer.toPlainText() == "the first"
        assert not panel.passes.isEnabled(), "a grade would go to the newest answer"
        bench.presenter._show_figures()
        assert panel.answer.toPlainText() == "the first", "it was taken away by a refresh"
        panel.earlier.chosen.emit(panel.earlier.itemData(0))
        assert panel.answer.toPlainText() == "the second"


async def test_a_set_that_is_deleted_comes_back_by_the_undo_of_its_notice(qtbot: QtBot, tmp_path: Path) -> None:
    async with opened(qtbot, tmp_path, shown=case_set("one")) as bench:
        await bench.run()
        set_id = bench.cases.id
        bench.presenter._sets._delete_set()
        await wait_until(lambda: bench.notices)
        assert bench.context.cases.sets.get(set_id) is None
        assert bench.page.model.rowCount() == 0
        undo = bench.notices[-1].undo
        assert undo is not None
        undo()
        await wait_until(lambda: bench.page.model.rowCount() == 1 and "answered" in bench.text(0, 1))


async def test_a_grade_by_hand_is_shown_in_the_table_beside_the_checks(qtbot: QtBot, tmp_path: Path) -> None:
    shown = case_set("good", texts=("{{message}}", "not {{message}}"), checks=(Check("c", "equals", "good"),))
    async with opened(qtbot, tmp_path, shown=shown) as bench:
        await bench.run()
        second = Cell(shown.cases[0].id, shown.versions[1].id)
        assert "answered. equals fails. not good" in bench.text(0, 2)
        for grade, said in (("pass", "answered. your grade passes, equals fails"), ("", "answered. equals fails")):
            await bench.context.cases.grade(shown.id, second, grade)
            assert said in bench.text(0, 2)
            assert bench.page.model.painted(0, 2).score.state == (grade or "fail")
