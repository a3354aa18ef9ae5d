"""Imports cases from files and exports them with their results."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication

from app.core.case_reading import MAX_FILE_BYTES, ReadCases, read_file
from app.core.case_writing import MAX_DOCUMENT_BYTES, document_text, read_document, results_csv
from app.core.cases import CaseSet
from app.core.errors import Code, InputError
from app.core.sentence_joiner import join_sentences
from app.services.bench.case_book import CaseBook
from app.ui.bench.cases.page import CasesPage
from app.ui.bench.context import BenchContext
from app.ui.files import ask_to_open, ask_to_save
from app.ui.texts.cases import check_names
from app.ui.widgets.presentation_cover import presentation_cover


class CaseFiles:
    """Asks for files, reads and writes them in threads.

    Attributes:
        show_set: shows a set that was added.
    """

    def __init__(self, page: CasesPage, context: BenchContext, current: Callable[[], CaseSet]) -> None:
        self._page, self._context, self._current = page, context, current
        self.show_set: Callable[[str], object] = lambda _: None

    async def import_cases(self) -> None:
        """Ask for a file and add its rows, or the whole set that it has. Raises StorageError and InputError."""
        path = await ask_to_open(
            self._page,
            QCoreApplication.translate("Cases", "Import cases"),
            QCoreApplication.translate("Cases", "Cases (*.csv *.tsv *.txt *.jsonl *.ndjson *.json)"),
            self._context.settings,
        )
        if path is not None:
            await self.read(path)

    async def read(self, path: Path) -> None:
        """Add what a file has. Raises StorageError and InputError; nothing is added then."""
        cases = self._context.cases
        content = await asyncio.to_thread(self._context.text_files.read_bytes, path, MAX_DOCUMENT_BYTES)
        document = await asyncio.to_thread(read_document, content)
        if document is not None:
            added = await cases.add_document(document)
            self.show_set(added.id)
            text = QCoreApplication.translate("Cases", "The set {name} was imported with its answers.")
            self._context.notifier.success(text.format(name=added.name))
            return
        if len(content) > MAX_FILE_BYTES:
            raise InputError(Code.CASES_TOO_LARGE, size=len(content), limit=MAX_FILE_BYTES)
        before = self._current()
        found = await asyncio.to_thread(read_file, content, path.name, before.variables)
        before = self._current()
        cases.add_rows(before, found)
        new = {case.id for case in found.cases}

        def undo() -> None:
            now = cases.sets.get(before.id)
            if now is not None:
                self._context.cases.sets.edit(_without(now, new))

        self._context.notifier.info(partial(_imported_text, found), undo=undo)

    async def export(self, book: CaseBook) -> None:
        """Ask for a name and write the results. Raises StorageError."""
        table = QCoreApplication.translate("Cases", "Table for a spreadsheet (*.csv)")
        whole = QCoreApplication.translate("Cases", "Everything, to run it again (*.json)")
        path = await ask_to_save(
            self._page,
            QCoreApplication.translate("Cases", "Export results"),
            f"{table};;{whole}",
            f"{book.cases.name}.csv",
            self._context.settings,
        )
        if path is not None:
            await self.write(book, path)
            self._context.notifier.success(lambda: QCoreApplication.translate("Cases", "The results were exported."))

    async def write(self, book: CaseBook, path: Path) -> None:
        """Write a table, or everything where the name ends in `.json`. Raises StorageError."""
        await book.check()
        names, mask = check_names(book.cases.checks), presentation_cover().mask
        results = book.results()
        if path.suffix.lower() == ".json":
            text = await asyncio.to_thread(lambda: mask(document_text(book.cases, results)))
        else:
            shown = {cell: result for cell in book.cells() if (result := book.shown(cell)) is not None}
            text = "\ufeff" + results_csv(book.cases, shown, book.score, names, mask)
        await asyncio.to_thread(self._context.text_files.write, path, text)


def _without(cases: CaseSet, gone: set[str]) -> CaseSet:
    return msgspec.structs.replace(cases, cases=tuple(case for case in cases.cases if case.id not in gone))


def _imported_text(found: ReadCases) -> str:
    one, many = (
        QCoreApplication.translate("Cases", "1 case was imported."),
        QCoreApplication.translate("Cases", "{n} cases were imported."),
    )
    sentences = [one if len(found.cases) == 1 else many.format(n=len(found.cases))]
    if found.broken:
        one, many = (
            QCoreApplication.translate("Cases", "1 row is broken. It is marked, and runs once you correct it."),
            QCoreApplication.translate("Cases", "{n} rows are broken. They are marked, and run once you correct them."),
        )
        sentences.append(one if found.broken == 1 else many.format(n=found.broken))
    if found.left_out:
        sentences.append(QCoreApplication.translate("Cases", "{n} more were left out.").format(n=found.left_out))
    return join_sentences(*sentences)
