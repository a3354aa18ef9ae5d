"""Runs the Prompts page beside the chat view, on the same services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.services.prompt_desk import PromptDesk, PromptEntry
from app.services.prompt_drafts import PromptDrafts
from app.services.prompt_transfer import PromptTransfer
from app.services.prompts import PromptLibrary
from app.storage.text_files import TextFiles
from app.ui.bench.context import BenchContext
from app.ui.bench.prompts.page import PromptsPage
from app.ui.bench.prompts.presenter import PromptsPresenter
from app.ui.chat.view import ChatView
from app.ui.widgets.fields import LineField
from tests.ui.chat.harness import ChatHarness, chat


class OneView:
    """A window that has the chat view, and runs commands by their keys."""

    def __init__(self, view: ChatView) -> None:
        self._view = view
        self.shown: list[str] = []
        self.commands: dict[str, Callable[[], object]] = {}

    def show_view(self, name: str) -> None:
        self.shown.append(name)

    def view(self, name: str) -> ChatView:
        assert name == "chat"
        return self._view

    def add_command(self, key: str, label: object, run: Callable[[], object], **fields: object) -> None:
        self.commands[key] = run


class PromptsHarness:
    """Gives tests access to a running page, to its services, and to the chat on the same library."""

    def __init__(
        self, page: PromptsPage, presenter: PromptsPresenter, desk: PromptDesk, chat: ChatHarness, window: OneView
    ) -> None:
        self.page, self.presenter, self.desk, self.chat, self.window = page, presenter, desk, chat, window
        self.library: PromptLibrary = desk.library

    @property
    def entry(self) -> PromptEntry:
        """The open prompt, with what is in the field."""
        entry = self.presenter._open.entry()
        assert entry is not None
        return entry

    def type_text(self, text: str) -> None:
        """Replace the text by typing."""
        editor = self.page.text.editor
        editor.selectAll()
        editor.insertPlainText(text)
        self.presenter._open.take_typed()

    def marked_variables(self) -> list[str]:
        """The variables that are marked in the text, as often as they are there."""
        marked = (selection.cursor.selectedText() for selection in self.page.text.editor.extraSelections())
        return [text.strip("{} ") for text in marked if text.startswith("{{")]

    def value_field(self, name: str) -> LineField:
        fields = self.page.findChildren(LineField)
        return next(field for field in fields if field.accessibleName() == f"Variable {name}")

    def rows(self, column: str = "library") -> list[str]:
        """The rows of a list as a screen reader says them."""
        model: Any = getattr(self.page, column).model
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]

    def frame(self, number: int) -> None:
        """Select a version by its number, as a screen reader does."""
        versions = self.page.versions
        versions.list.setCurrentIndex(versions.model.index(versions.model.row_of(str(number - 1)), 0))

    @property
    def difference(self) -> str:
        return self.page.versions.difference.toPlainText()

    async def open(self, name: str) -> None:
        """Select a prompt of the list."""
        await self.listed(name)
        library = self.page.library
        key = next(entry.id for entry in self.desk.entries() if entry.name == name)
        library.list.setCurrentIndex(library.model.index(library.model.row_of(key), 0))

    async def said(self, message: str) -> None:
        """Wait until this was the last notification."""
        await self.chat.until(lambda: self.chat.messages[-1:] == [message])

    async def listed(self, name: str) -> None:
        """Wait until the list has a prompt."""
        await self.chat.until(lambda: any(row.startswith(f"{name}, ") for row in self.rows()))


@asynccontextmanager
async def prompts_page(
    qtbot: QtBot, folder: Path, *texts: str, settings: Settings | None = None
) -> AsyncIterator[PromptsHarness]:
    """Run the page; a prompt named Guide has these versions."""
    async with chat(qtbot, folder) as running:
        for text in texts:
            await running.prompts.save("Guide", text, "prompt")
        desk = PromptDesk(running.prompts, PromptDrafts(running.database.prompt_drafts, running.tasks))
        await desk.load()
        page, window = PromptsPage(), OneView(running.view)
        qtbot.addWidget(page)
        # What the other pages use is left out.
        context = SimpleNamespace(
            window=window,
            notifier=running.notifier,
            settings=settings or Settings(),
            tasks=running.tasks,
            workspace=running.workspace,
            prompts=running.prompts,
            prompt_desk=desk,
            prompt_transfer=PromptTransfer(running.prompts, TextFiles(), str),
        )
        presenter = PromptsPresenter(page, cast(BenchContext, context))
        page.resize(1300, 800)
        page.show()
        try:
            yield PromptsHarness(page, presenter, desk, running, window)
        finally:
            await presenter.aclose()
