"""Connects the Prompts page to its services."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.core.prompt_library import PromptKind
from app.ui.bench.prompts.files_presenter import FilesPresenter
from app.ui.bench.prompts.library_presenter import LibraryPresenter
from app.ui.bench.prompts.open_prompt import OpenPrompt
from app.ui.bench.prompts.page import PromptsPage
from app.ui.bench.prompts.text_presenter import TOPIC, TextPresenter
from app.ui.bench.prompts.use_in_chat import UseInChat
from app.ui.bench.prompts.versions_presenter import PassCounts, VersionsPresenter
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.texts.prompts import entry_name
from app.ui.widgets.composition import commit_composition

if TYPE_CHECKING:
    from app.ui.bench.context import BenchContext

UseInBench = Callable[[str, PromptKind, str], object]
"""Takes text, kind and name of a prompt to the page Beside, and shows that."""
RunCases = Callable[[str], object]
"""Shows the cases of a prompt, by its id."""


class PromptsPresenter:
    """Shows what the services hold, and passes on what the user does."""

    def __init__(self, page: PromptsPage, context: BenchContext) -> None:
        self._page, self._context = page, context
        self._tasks = ReportedTasks(context.tasks, "prompts", in_notification(context.notifier, TOPIC))
        run = self._tasks.spawn
        self._open = OpenPrompt(context.prompt_desk, context.settings, page)
        self._text = TextPresenter(page, self._open, context.notifier, run)
        self._versions = VersionsPresenter(page, self._open, self._text, context.notifier, run)
        self._library = LibraryPresenter(page, self._open)
        self._files = FilesPresenter(page, self._open, context, run)
        self._chat = UseInChat(context, run)
        self._use_in_bench: UseInBench | None = None
        self._run_cases: RunCases | None = None
        page.text.to_chat.clicked.connect(self._to_chat)
        page.text.to_bench.clicked.connect(self._to_bench)
        page.versions.run_cases.clicked.connect(self._to_cases)
        page.retranslated.connect(self._retranslate)
        self.connect_pages()

    def connect_pages(
        self,
        use_in_bench: UseInBench | None = None,
        run_cases: RunCases | None = None,
        pass_counts: PassCounts | None = None,
    ) -> None:
        """Connect the other pages of the bench; what leads to a page that is not connected is not offered."""
        self._use_in_bench, self._run_cases = use_in_bench, run_cases
        self._text.may_use_in_bench = use_in_bench is not None
        self._text.show()
        self._page.versions.run_cases.setEnabled(run_cases is not None)
        if pass_counts is not None:
            self._versions.pass_counts = pass_counts
        self._versions.show()

    def show_passes(self) -> None:
        """Show how the cases of each version went, which is counted on another page."""
        self._versions.show()

    def open(self, prompt_id: str) -> None:
        """Open a prompt, and go to its text."""
        self._open.open(prompt_id)
        self._page.show_column(1)
        self._page.text.editor.setFocus()

    def edit(self, prompt_id: str, version_index: int | None = None, note: str = "") -> bool:
        """Open a prompt to write its next version; false if it is gone.

        The text is that of a version, counted from 0, unless something is typed already: that stays. `note` says what
        made the user do so, such as “Case 7 made you write it.”: it is the note of the next version until another one
        is typed.
        """
        self._open.take_typed()
        entry = self._open.desk.entry(prompt_id)
        if entry is None:
            return False
        self._open.open(prompt_id)
        self._page.show_column(1)
        if version_index is not None and not entry.is_changed and 0 <= version_index < len(entry.versions):
            text = entry.versions[version_index].text
            self._open.desk.type_text(prompt_id, text, reason=note)
        self._open.desk.set_reason(prompt_id, note)
        if note and not entry.note:
            self._open.desk.type_note(prompt_id, note)
        self._page.text.editor.setFocus()
        return True

    def import_folder(self) -> None:
        """Ask for a folder, and import the prompts in it."""
        self._tasks.spawn(self._files.import_folder())

    def export_all(self) -> None:
        """Ask for a folder, and export every prompt to it."""
        self._tasks.spawn(self._files.export_all())

    async def aclose(self) -> None:
        """Keep what was typed last."""
        commit_composition()
        self._open.take_typed()
        await self._open.desk.drafts.flush()

    def _to_chat(self) -> None:
        commit_composition()
        entry = self._open.entry()
        if entry is not None:
            self._chat.use(entry)

    def _to_bench(self) -> None:
        commit_composition()
        entry = self._open.entry()
        if entry is not None and self._use_in_bench is not None:
            self._use_in_bench(entry.text, entry.kind, entry_name(entry))

    def _to_cases(self) -> None:
        entry = self._open.entry()
        if entry is not None and self._run_cases is not None:
            self._run_cases(entry.id)

    def _retranslate(self) -> None:
        self._text.show()
        self._versions.retranslate()
        self._library.show()
