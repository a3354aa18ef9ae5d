"""Connects the Cases page to its services."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.cases import CaseSet, Cell, Check
from app.core.requests import Sampling
from app.services.bench.case_book import CaseBook
from app.ui.bench.cases.cell_presenter import CellPresenter
from app.ui.bench.cases.editing import CaseEditing
from app.ui.bench.cases.figures import show_figures
from app.ui.bench.cases.files import CaseFiles
from app.ui.bench.cases.page import CasesPage
from app.ui.bench.cases.run_notice import RunNotice
from app.ui.bench.cases.set_actions import SetActions
from app.ui.bench.cases.written_prompt import save_written
from app.ui.commands import ThingSource
from app.ui.reported_tasks import ReportedTasks, in_notice
from app.ui.texts.cases import check_names

if TYPE_CHECKING:
    from app.ui.bench.context import BenchContext

REFRESH_MS = 120
"""Longest time until figures follow a change, for a small set; a large one takes longer to count."""
_CELLS_PER_MS = 20


class CasesPresenter(QObject):
    """Shows what the services hold, and passes on what the user does.

    Attributes:
        inspect: shows a call in the inspector.
        busy: called with whether cases are being run.
    """

    def __init__(self, page: CasesPage, context: BenchContext) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._book: CaseBook | None = None
        self._opening = ""
        self._unsubscribe: Callable[[], None] = lambda: None
        self.busy: Callable[[bool], object] = lambda _: None
        self._tasks = ReportedTasks(context.tasks, "cases", in_notice(page.notice))
        self._spawn = self._tasks.spawn
        cases = context.cases
        self._notice = RunNotice(page.notice)
        self._editing = CaseEditing(cases.sets, context.notifier, self._current)
        self._files = CaseFiles(page, context, self._current)
        self._files.show_set = self.show_set
        self._cell = CellPresenter(page, context, self._spawn)
        self._sets = SetActions(page, context, self._tasks, lambda: self._book)
        self._sets.show_set, self._sets.open_settings = self.show_set, self._open_settings
        self._sets.run_again = self._run_again
        self._refresh = QTimer(self, singleShot=True, interval=REFRESH_MS)
        self._refresh.timeout.connect(self._show_figures)
        cases.sets.keeper.on_change.subscribe(self._sets_changed)
        cases.on_progress.subscribe(lambda _set_id: self._show_soon())
        context.models.on_change.subscribe(self._show_soon)
        context.prompts.on_change.subscribe(self._show_soon)
        page.retranslated.connect(self._show_all)
        self._connect_controls()
        self._show_all()
        self._spawn(self._load())

    def _connect_controls(self) -> None:
        page, tools, editing = self._page, self._page.tools, self._editing
        page.bar.run.clicked.connect(self._run_or_stop)
        page.bar.sets.chosen.connect(self._sets.choose)
        page.bar.more.clicked.connect(self._sets.open_menu)
        page.bar.limit.valueChanged.connect(lambda value: editing.set_fields("limit", spend_limit=round(value, 4)))
        page.notice.acted.connect(self._run_lost)
        page.empty.step.clicked.connect(self._add_case)
        page.set_wanted.connect(self.show_set)
        page.import_cases.clicked.connect(lambda: self._spawn(self._files.import_cases()))
        page.export.clicked.connect(self._export)
        page.add_version.clicked.connect(self._open_versions)
        tools.filtered.connect(page.model.set_filter)
        page.rows.add_case.clicked.connect(self._add_case)
        page.rows.remove_case.clicked.connect(self._remove_cases)
        page.rows.add_variable.clicked.connect(self._add_variable)
        tools.add_check.clicked.connect(self._add_check)
        tools.check_opened.connect(self._open_check)
        tools.settings.clicked.connect(self._open_settings)
        page.model.value_edited.connect(editing.set_value)
        table = page.table
        table.chosen.connect(self._on_chosen)
        table.opened.connect(self._open_cell)
        table.clicked.connect(self._on_clicked)
        table.pasted.connect(self._paste)
        table.cleared.connect(editing.clear)
        table.rows_removed.connect(self._remove_cases)
        table.column_opened.connect(self._open_column)
        table.undo_pressed.connect(lambda: self._sets.step_history(back=True))
        table.redo_pressed.connect(lambda: self._sets.step_history(back=False))
        page.check.changed.connect(editing.change_check)
        page.check.removed.connect(self._remove_check)
        page.value.changed.connect(editing.set_value)
        page.value.accepted.connect(editing.accept_row)
        page.value.renamed.connect(self._rename_variable)
        page.value.removed.connect(self._remove_variable)
        page.version.added.connect(editing.add_version)
        page.version.drafted.connect(editing.keep_draft)
        page.version.written.connect(lambda text: self._spawn(self._save_prompt(text)))
        page.version.removed.connect(self._remove_version)
        page.run.named.connect(self._sets.rename)
        page.run.changed.connect(self._set_run)

    # -- for other pages ------------------------------------------------------------------------------------------

    def open_prompt(self, prompt_id: str) -> None:
        """Show a set in which the prompt is run: the one it is in already, or a new one with its newest version."""
        self._spawn(self._open_prompt(prompt_id))

    async def _open_prompt(self, prompt_id: str) -> None:
        prompt = self._context.prompts.get(prompt_id)
        cases = self._context.cases
        await cases.loaded()
        if prompt is None:
            return
        known = [each for each in cases.sets.keeper.in_order() if any(v.prompt_id == prompt_id for v in each.versions)]
        chosen = known[0] if known else cases.sets.create(prompt.name)
        await self._show(chosen.id)
        if self._book is not None and self._book.cases.id == chosen.id and prompt.versions:
            self._editing.have_version(prompt, len(prompt.versions))

    def things(self, show_page: Callable[[], object]) -> ThingSource:
        """The sets as a source for the palette; `show_page` shows the page."""
        return self._sets.things(show_page)

    def set_inspect(self, inspect: Callable[[str], object]) -> None:
        """Set what shows a call in the inspector."""
        self._cell.inspect = inspect

    async def aclose(self) -> None:
        """Keep what was typed last."""
        for field in (self._page.check.value, self._page.value.value, self._page.version.text):
            field.commit()

    # -- sets -----------------------------------------------------------------------------------------------------

    async def _load(self) -> None:
        await self._context.cases.loaded()
        sets = self._context.cases.sets.keeper.in_order()
        if sets and self._book is None and not self._opening:
            await self._show(sets[0].id)

    def show_set(self, set_id: str) -> None:
        """Show a set."""
        self._spawn(self._show(set_id))

    async def _show(self, set_id: str) -> None:
        self._opening = set_id
        book = await self._context.cases.book(set_id)
        if self._opening == set_id:
            self._attach(book)

    def _attach(self, book: CaseBook | None) -> None:
        self._unsubscribe()
        self._book = book
        self._unsubscribe = book.on_cells.subscribe(lambda _cells: self._show_soon()) if book else lambda: None
        self._page.model.attach(book)
        self._notice.clear()
        self._page.tools.show_filter("all")
        if self._page.panel() not in (None, "run"):
            self._page.close_panel()
        self._show_all()

    def _current(self) -> CaseSet:
        """The set that is shown; where there is none, a first one."""
        if self._book is None:
            cases = self._context.cases.sets.create(QCoreApplication.translate("Cases", "Cases"))
            self._attach(self._context.cases.new_book(cases))
        assert self._book is not None
        return self._context.cases.sets.get(self._book.cases.id) or self._book.cases

    def _sets_changed(self) -> None:
        if self._book is not None and self._context.cases.sets.get(self._book.cases.id) is None:
            others = self._context.cases.sets.keeper.in_order()
            self._attach(None)
            if others:
                self.show_set(others[0].id)
            return
        self._page.model.sync()
        self._show_all()

    # -- editing --------------------------------------------------------------------------------------------------

    def _add_case(self) -> None:
        self._current()
        if self._page.model.filter != "all":
            self._page.tools.show_filter("all")
            self._page.model.set_filter("all")
        case = self._editing.add_case()
        if case is not None:
            index = self._page.model.index(self._page.model.rowCount() - 1, 0)
            self._page.table.setCurrentIndex(index)
            self._page.table.scrollTo(index)
            self._page.table.setFocus()

    def _remove_cases(self) -> None:
        rows = self._page.table.selected_rows()
        found = [case.id for row in rows if (case := self._page.model.case_at(row)) is not None]
        self._editing.remove_cases(found)

    def _paste(self, row: int, column: int, text: str) -> None:
        self._current()
        model = self._page.model
        shown = [case.id for at in range(model.rowCount()) if (case := model.case_at(at)) is not None]
        self._editing.paste(shown, max(0, row), max(0, column), text)

    def _add_variable(self) -> None:
        name = self._editing.add_variable()
        if name:
            self._page.value.show_value(None, name, 0)
            self._page.open_panel("value")
            self._page.value.name.setFocus()
            self._page.value.name.selectAll()

    def _rename_variable(self, name: str, typed: str) -> None:
        """Rename a column, and stay with it: the name it got may have a number."""
        had_case = self._page.value.has_case
        now = self._editing.rename_variable(name, typed)
        if not had_case:
            self._page.value.show_value(None, now, 0)

    def _remove_variable(self, name: str) -> None:
        self._page.close_panel()
        self._editing.remove_variable(name)

    async def _save_prompt(self, text: str) -> None:
        """Save a prompt that was written here, and add it as a column."""
        saved = await save_written(self._context.prompts, text)
        self._editing.add_version(saved.prompt, saved.number)
        self._editing.keep_draft("")
        self._page.version.show_prompts(self._context.prompts.listed(), saved.prompt.id)

    def _remove_version(self, version_id: str) -> None:
        self._page.close_panel()
        self._editing.remove_version(version_id)

    def _add_check(self) -> None:
        check = self._editing.add_check()
        if check is not None:
            self._show_check(check)

    def _open_check(self, check_id: str) -> None:
        check = next((each for each in self._current().checks if each.id == check_id), None)
        if check is not None:
            self._show_check(check)

    def _show_check(self, check: Check) -> None:
        self._page.check.show_check(check)
        self._page.open_panel("check")
        self._page.check.kind.setFocus()

    def _remove_check(self, check_id: str) -> None:
        self._page.close_panel()
        self._editing.remove_check(check_id)

    def _open_versions(self) -> None:
        self._page.version.show_prompts(self._context.prompts.listed(), draft=self._current().draft)
        self._page.open_panel("version")
        self._page.version.prompt.setFocus()

    def _open_settings(self) -> None:
        self._current()
        self._show_settings()
        self._page.open_panel("run")
        self._page.run.name.setFocus()

    def _set_run(self, model: str, judge: str, sampling: Sampling) -> None:
        self._editing.set_fields("run", model=model, judge_model=judge, sampling=sampling)

    # -- the chosen cell ------------------------------------------------------------------------------------------

    def _on_chosen(self) -> None:
        self._page.rows.remove_case.setEnabled(self._page.table.currentIndex().isValid())
        if self._page.panel() in ("cell", "value"):
            self._show_chosen()

    def _on_clicked(self) -> None:
        """Show an answer that is clicked beside the table, where there is room for both."""
        if self._page.table.chosen_cell() is not None and not self._page.is_narrow:
            self._page.open_panel("cell")
            self._show_chosen()

    def _open_cell(self) -> None:
        """Show the chosen answer in the side panel, and go there."""
        self._show_chosen()
        self._page.open_panel("cell")
        self._page.cell.answer.setFocus()

    def _open_column(self, column: int) -> None:
        version, variable = self._page.model.version_at(column), self._page.model.variable_at(column)
        if version is not None:
            self._page.version.show_version(version)
            self._page.open_panel("version")
        elif variable:
            self._show_value(variable)
            self._page.open_panel("value")

    def _show_chosen(self) -> None:
        index, cell = self._page.table.currentIndex(), self._page.table.chosen_cell()
        if self._book is None or not index.isValid():
            return
        if cell is not None:
            self._cell.show(self._book, cell)
            if self._page.panel() == "value":
                self._page.open_panel("cell")
        else:
            self._show_value(self._page.model.variable_at(index.column()))
            if self._page.panel() == "cell":
                self._page.open_panel("value")

    def _show_value(self, variable: str) -> None:
        row = self._page.table.currentIndex().row()
        case = self._page.model.case_at(row)
        self._page.value.show_value(case, variable, self._page.model.number_at(row) if case is not None else 0)

    # -- runs -----------------------------------------------------------------------------------------------------

    def _run_or_stop(self) -> None:
        self._notice.clear()
        if self._page.bar.run.stops:
            self._context.cases.stop(self._current().id)
        else:
            self._spawn(self._context.cases.begin(self._current().id))

    def _run_again(self) -> None:
        self._spawn(self._context.cases.begin(self._current().id, again=True))

    def _run_lost(self) -> None:
        """Ask once more for the answers that were lost; the notice has said that they may have been billed."""
        if self._book is not None:
            lost = self._context.cases.plan(self._book).lost
            self._notice.clear()
            self._spawn(self._context.cases.begin(self._book.cases.id, lost, again=True))

    def _export(self) -> None:
        if self._book is not None:
            self._spawn(self._files.export(self._book))

    # -- showing --------------------------------------------------------------------------------------------------

    def _show_soon(self) -> None:
        if not self._refresh.isActive():
            cells = self._page.model.rowCount() * self._page.model.columnCount()
            self._refresh.start(max(REFRESH_MS, cells // _CELLS_PER_MS))

    def _show_all(self) -> None:
        page, cases = self._page, self._book.cases if self._book is not None else CaseSet("")
        page.bar.sets.set_choices([(each.id, each.name) for each in self._context.cases.sets.listed()])
        page.bar.sets.set_key(cases.id or None)
        page.bar.show_limit(cases.spend_limit)
        names = check_names(cases.checks)
        page.tools.show_checks([(check.id, names[check.id]) for check in cases.checks])
        check = next((each for each in cases.checks if each.id == page.check.check_id), None)
        if check is not None:
            page.check.show_check(check)
        if page.panel() == "run":
            self._show_settings()
        page.export.setEnabled(bool(cases.cases))
        page.rows.remove_case.setEnabled(page.table.currentIndex().isValid())
        self._show_figures()

    def _show_settings(self) -> None:
        book = self._book
        if book is not None:
            models, service = self._context.models.of_kind("chat"), self._context.service_name()
            self._page.run.show_set(book.cases, book.model, book.judge_model, models, service)

    def _show_figures(self) -> None:
        """Show what changes while cases are run."""
        page, book = self._page, self._book
        if book is None:
            page.bar.show_run(None, None)
            page.tools.show_counts({}, None)
            page.tools.show_models(QCoreApplication.translate("Cases", "Run settings"))
            page.table.titles.show_titles((), ())
            self.busy(False)
            return
        plan, progress = self._context.cases.plan(book), self._context.cases.progress(book)
        show_figures(page, book, plan, progress)
        self.busy(progress.is_running)
        self._notice.show_run(book, plan, progress)
        cell = self._cell.cell
        if page.panel() == "cell" and cell is not None and cell == page.table.chosen_cell():
            self._cell.show(book, Cell(*cell))
        elif page.panel() == "value" and page.value.has_case:
            self._show_chosen()
