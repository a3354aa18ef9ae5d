"""Connects the parts of the composer to the open conversation and to the services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.chat.workspace import Workspace
from app.services.prompts import PromptLibrary
from app.services.tasks import TaskSet
from app.ui.chat.composer import Composer
from app.ui.chat.composer_parts.dictation_presenter import DictationPresenter
from app.ui.chat.composer_parts.templates_presenter import TemplatesPresenter
from app.ui.chat.composer_parts.variables_presenter import VariablesPresenter
from app.ui.chat.prompt_saving import PromptSaving
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.widgets.notifications import Notifier

if TYPE_CHECKING:  # imports numpy, which is not needed before the first dictation
    from app.services.speech.dictation import Dictation


class ComposerPresenter(QObject):
    """Variables, earlier messages, templates and dictation of the composer."""

    def __init__(
        self,
        composer: Composer,
        view: QWidget,
        *,
        workspace: Workspace,
        prompts: PromptLibrary,
        dictation: Callable[[], Dictation],
        silence: Callable[[], None],
        notifier: Notifier,
        tasks: TaskSet,
    ) -> None:
        """For `dictation` and `silence` see `DictationPresenter`."""
        super().__init__(composer)
        self._workspace = workspace
        self._variables = VariablesPresenter(composer, workspace, notifier)
        run = ReportedTasks(tasks, "prompts", in_notification(notifier, "storage")).spawn
        self._templates = TemplatesPresenter(composer, prompts, PromptSaving(prompts, notifier, run))
        DictationPresenter(
            composer, view, workspace=workspace, dictation=dictation, silence=silence, notifier=notifier, tasks=tasks
        )
        composer.history.entries = self._earlier_messages

    def show(self) -> None:
        """Show what belongs to the open conversation."""
        self._variables.show()
        if self._workspace.current is not None:
            self._templates.show(self._workspace.current.id)

    def filled(self, text: str) -> str | None:
        """The message with its variables filled in; None if it can't be sent yet, which is said."""
        return self._variables.filled(text)

    def filled_edit(self, text: str, original: str, send: Callable[[str], object]) -> str | None:
        """An edited message with its new variables filled in; see `VariablesPresenter.filled_edit`."""
        return self._variables.filled_edit(text, original, send)

    def _earlier_messages(self) -> Sequence[tuple[str, str]]:
        session = self._workspace.current
        branch = session.branch if session is not None else ()
        return [(message.id, message.text) for message in branch if message.role == "user" and message.text]
