"""Which prompt is open, and what of it is still only in the field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.core.settings import LAST_PROMPT, Settings
from app.services.prompt_desk import PromptDesk, PromptEntry


class OpenPrompt(QObject):
    """The prompt that the columns show. It is remembered between runs.

    Signals:
        opened: another prompt is open, or none.
        changed: the id of a prompt for which something was typed; empty if anything in the library has changed.

    Attributes:
        take_typed: hands what is in the field to the desk; called before anything acts on it.
    """

    opened = Signal()
    changed = Signal(str)

    def __init__(self, desk: PromptDesk, settings: Settings, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self._settings = desk, settings
        self.id = settings.get(LAST_PROMPT)
        self.take_typed: Callable[[], None] = lambda: None
        self.destroyed.connect(desk.on_change.subscribe(self.changed.emit))

    def entry(self) -> PromptEntry | None:
        """The open prompt as it is typed, None if there is none."""
        self.take_typed()
        return self.shown()

    def shown(self) -> PromptEntry | None:
        """The open prompt as far as the desk knows it."""
        return self.desk.entry(self.id) if self.id else None

    def open(self, prompt_id: str) -> None:
        """Open a prompt; an empty id for none."""
        if prompt_id == self.id:
            return
        self.take_typed()
        self.id = prompt_id
        self._settings.set(LAST_PROMPT, prompt_id)
        self.opened.emit()
