"""Takes a prompt to the chat: a system prompt becomes that of the conversation, a message goes into the composer."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.core.variables import variable_names
from app.services.chat.session import ChatSession
from app.services.prompt_desk import PromptEntry
from app.ui.bench.context import BenchContext
from app.ui.chat.late_undo import change_present
from app.ui.reported_tasks import Spawn
from app.ui.texts.prompts import entry_name

TOPIC = "prompt in chat"


class UseInChat:
    """Does so in the open conversation, and offers Undo."""

    def __init__(self, context: BenchContext, run: Spawn) -> None:
        self._context, self._run = context, run

    def use(self, entry: PromptEntry) -> None:
        """Show the chat with the prompt in it. Values typed for its variables come along."""
        self._context.window.show_view("chat")
        if entry.kind == "system":
            self._set_system_prompt(entry)
        else:
            self._put_into_composer(entry)

    def _set_system_prompt(self, entry: PromptEntry) -> None:
        session = self._context.workspace.current_or_new()
        before = session.conversation
        session.configure(system=entry.text, variables=_variables(session, entry))

        def put_back(present: ChatSession) -> None:
            present.configure(system=before.system, variables=before.variables)

        self._context.notifier.success(
            lambda: QCoreApplication.translate(
                "Prompts", "“{name}” is the system prompt of this conversation now."
            ).format(name=entry_name(entry)),
            undo=lambda: change_present(self._context.workspace, self._run, session, put_back),
            topic=TOPIC,
        )

    def _put_into_composer(self, entry: PromptEntry) -> None:
        from app.ui.chat.view import ChatView

        view = self._context.window.view("chat")
        assert isinstance(view, ChatView)
        composer, session = view.composer, self._context.workspace.current_or_new()
        before, variables = composer.text(), session.conversation.variables
        session.configure(variables=_variables(session, entry))
        composer.add_to_draft(f"\n\n{entry.text}" if before.strip() else entry.text)
        added = composer.text().removeprefix(before)

        def put_back(present: ChatSession) -> None:
            is_open = self._context.workspace.current is present
            typed = composer.text() if is_open else present.conversation.draft
            # What was typed since stays, before and behind it.
            left = typed.replace(added, "", 1)
            present.configure(variables=variables)
            if is_open:
                composer.field.retype(left)
            else:
                present.configure(draft=left)

        self._context.notifier.success(
            lambda: QCoreApplication.translate("Prompts", "“{name}” is in the message field.").format(
                name=entry_name(entry)
            ),
            undo=lambda: change_present(self._context.workspace, self._run, session, put_back),
            topic=TOPIC,
        )


def _variables(session: ChatSession, entry: PromptEntry) -> dict[str, str]:
    """The values of the conversation, with those typed for the variables of the prompt."""
    names = variable_names(entry.text)
    return session.conversation.variables | {
        name: value for name, value in entry.values.items() if value and name in names
    }
