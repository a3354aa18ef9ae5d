"""Lists the prompts, opens the selected one, and begins new ones."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.services.prompt_desk import PromptEntry
from app.services.prompt_search import PromptSearch, tag_counts
from app.ui.bench.prompts.open_prompt import OpenPrompt
from app.ui.bench.prompts.page import PromptsPage

_PAUSE_MS, _TYPING_PAUSE_MS = 40, 800


class LibraryPresenter(QObject):
    """Connects the library column."""

    def __init__(self, page: PromptsPage, opened: OpenPrompt) -> None:
        super().__init__(page)
        self._page, self._column, self._open = page, page.library, opened
        self._search = PromptSearch()
        self._entries: list[PromptEntry] = []
        column = self._column
        column.arranged.connect(self._list)
        column.list.row_selected.connect(self._select)
        column.step_requested.connect(self._step)
        page.new.clicked.connect(self.begin)
        opened.opened.connect(self._follow)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self.show)
        self._reordering = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._reordering.timeout.connect(self.show)
        opened.changed.connect(self._on_changed)
        self.show()

    def _on_changed(self, prompt_id: str) -> None:
        """List again soon; what is typed changes its row at once, and the order only when the typing pauses."""
        entry = self._open.desk.entry(prompt_id) if prompt_id else None
        if entry is not None and self._column.model.update_entry(entry):
            self._reordering.start()
        elif not self._later.isActive():
            self._later.start()

    def show(self) -> None:
        """List the prompts as they are wanted. The open one stays open where the list does not have it."""
        self._entries = self._open.desk.entries()
        self._column.tags.show_counts(len(self._entries), tag_counts(self._entries))
        self._list()

    def _list(self) -> None:
        column, wanted, entries = self._column, self._column.wanted(), self._entries
        found = self._search.listed(entries, wanted)
        column.model.set_entries(found, wanted.query)
        column.show_empty(is_filtered=bool(entries))
        if self._open.desk.is_loaded and self._open.shown() is None:
            first = found[0].id if found else ""
            if first != self._open.id:
                self._open.open(first)
                return
        self._follow()

    def _follow(self) -> None:
        """Select the row of the open prompt."""
        key = self._open.id or None
        column = self._column
        key = key if key and column.model.row_of(key) >= 0 else None
        if key != column.list.selected_key():
            column.list.select_key(key)

    def _select(self, key: str) -> None:
        self._open.open(key)
        self._page.show_column(1)

    def _step(self) -> None:
        if self._column.wanted().is_everything:
            self.begin()
        else:
            self._column.show_all()
            self.show()

    def begin(self) -> None:
        """Begin a prompt: of the kind that is listed, with the tags that are lit."""
        wanted = self._column.wanted()
        self._open.take_typed()
        prompt_id = self._open.desk.begin(kind=wanted.kind or "prompt", tags=sorted(wanted.tags))
        if wanted.query:
            self._column.search.clear()
        self._open.open(prompt_id)
        self._page.show_column(1)
        self._page.text.editor.setFocus()
