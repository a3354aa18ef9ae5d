"""What is done with whole sets of cases: chosen, named, copied, deleted with undo, and edits undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from app.core.cases import CaseSet
from app.core.errors import WorkbenchError
from app.services.bench.case_book import CaseBook
from app.ui.bench.cases.page import CasesPage
from app.ui.commands import Thing, ThingSource
from app.ui.reported_tasks import ReportedTasks
from app.ui.theme.icons import Icon

if TYPE_CHECKING:
    from app.ui.bench.context import BenchContext


class SetActions:
    """Acts on the set that is shown, and on all.

    Attributes:
        show_set: shows a set by its id.
        open_settings: shows the name of the set and how it is run.
        run_again: runs all of it once more.
    """

    def __init__(
        self, page: CasesPage, context: BenchContext, tasks: ReportedTasks, book: Callable[[], CaseBook | None]
    ) -> None:
        self._page, self._context, self._tasks, self._book = page, context, tasks, book
        self.show_set: Callable[[str], object] = lambda _: None
        self.open_settings: Callable[[], object] = lambda: None
        self.run_again: Callable[[], object] = lambda: None

    def _current(self) -> CaseSet:
        book = self._book()
        assert book is not None
        return self._context.cases.sets.get(book.cases.id) or book.cases

    def _current_id(self) -> str:
        return self._current().id

    def choose(self, key: str) -> None:
        """Show another set."""
        self.show_set(key)

    def things(self, show_page: Callable[[], object]) -> ThingSource:
        """The sets as a source for the palette; `show_page` shows the page."""

        def open_(set_id: str) -> None:
            show_page()
            self.show_set(set_id)

        def listed() -> list[Thing]:
            return [
                Thing(each.id, each.name, _size_text(each), Icon.GRID, partial(open_, each.id))
                for each in self._context.cases.sets.listed()
            ]

        return ThingSource("cases", lambda: QCoreApplication.translate("Palette", "Case sets"), listed)

    def open_menu(self) -> None:
        """Offer what can be done with the set."""
        menu = QMenu(self._page.bar.more)
        sets = self._context.cases.sets
        has_set = self._book() is not None
        for text, act, enabled in (
            (QCoreApplication.translate("Cases", "New set"), self._new_set, True),
            (QCoreApplication.translate("Cases", "Rename set"), self.open_settings, has_set),
            (QCoreApplication.translate("Cases", "Duplicate set"), self._duplicate, has_set),
            (QCoreApplication.translate("Cases", "Delete set"), self._delete_set, has_set),
            (QCoreApplication.translate("Cases", "Undo edit"), partial(self.step_history, back=True),
             has_set and sets.can_undo(self._current_id())),
            (QCoreApplication.translate("Cases", "Redo edit"), partial(self.step_history, back=False),
             has_set and sets.can_redo(self._current_id())),
            (QCoreApplication.translate("Cases", "Run all again"), self.run_again, has_set),
        ):  # fmt: skip
            action = menu.addAction(text)
            action.triggered.connect(lambda _checked=False, act=act: act())
            action.setEnabled(enabled)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._page.bar.more.mapToGlobal(self._page.bar.more.rect().bottomLeft()))

    def _new_set(self) -> None:
        self.show_set(self._context.cases.sets.create(QCoreApplication.translate("Cases", "Cases")).id)

    def _duplicate(self) -> None:
        self.show_set(self._context.cases.sets.duplicate(self._current_id()).id)

    def _delete_set(self) -> None:
        cases = self._current()
        self._tasks.spawn(self._delete(cases))

    async def _delete(self, cases: CaseSet) -> None:
        await self._context.cases.delete(cases)

        async def restore() -> None:
            await self._context.cases.sets.restore(cases)
            self.show_set(cases.id)

        text = partial(_deleted_text, cases.name)
        self._context.notifier.info(text, undo=lambda: self._tasks.spawn(restore()))

    def rename(self, name: str) -> None:
        """Rename the set; a name that is taken is refused with a sentence."""
        if self._book() is not None and name.strip() and name != self._current().name:
            self._try(lambda: self._context.cases.sets.rename(self._current_id(), name))

    def step_history(self, *, back: bool) -> None:
        """Undo an edit of the set, or undo that."""
        if self._book() is not None:
            sets = self._context.cases.sets
            sets.undo(self._current_id()) if back else sets.redo(self._current_id())

    def _try(self, act: Callable[[], object]) -> None:
        self._page.notice.clear()
        try:
            act()
        except WorkbenchError as error:
            self._tasks.show(error)


def _deleted_text(name: str) -> str:
    return QCoreApplication.translate("Cases", "The set {name} was deleted.").format(name=name)


def _size_text(cases: CaseSet) -> str:
    text = QCoreApplication.translate("Cases", "{n} cases, {m} versions")
    return text.format(n=len(cases.cases), m=len(cases.versions))
