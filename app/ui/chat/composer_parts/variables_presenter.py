"""Keeps the variable fields in step with the message, the system prompt and the conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.core.conversation import Conversation
from app.core.variables import fill_variables, variable_names
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.ui.chat.composer import Composer
from app.ui.widgets.notifications import Notifier

TOPIC, EDIT_TOPIC = "variables", "variables of an edit"


class VariablesPresenter(QObject):
    """Offers a field for each variable, and fills in the values when the message is sent."""

    def __init__(self, composer: Composer, workspace: Workspace, notifier: Notifier) -> None:
        super().__init__(composer)
        self._composer, self._workspace, self._notifier = composer, workspace, notifier
        self._is_sent_as_typed = False
        self._edited: tuple[str, tuple[str, ...]] = ("", ())  # conversation, and variables asked for by an edit in it
        self._asked_from: QWidget | None = None
        self._offered_for: tuple[ChatSession | None, str] | None = None
        # Signals of the document, because those of the field are blocked while a draft is shown.
        composer.field.document().contentsChanged.connect(self._on_typed)
        composer.variables.changed.connect(self._set_value)
        composer.variables.submitted.connect(self._on_submitted)

    def show(self) -> None:
        """Show the variables of the message and of the open conversation's system prompt."""
        conversation = self._conversation()
        if self._offered_for is not None and self._offered_for != self._message():
            self._withdraw_offer()
        system = conversation.system if conversation is not None else ""
        names = tuple(dict.fromkeys((*variable_names(self._composer.text(), system), *self._asked_by_edit())))
        if names or self._composer.variables.names:
            self._composer.variables.show_variables(names, conversation.variables if conversation is not None else {})

    def filled(self, text: str) -> str | None:
        """The message as it is to be sent; None if a value is missing, which is said, and can be overridden."""
        fields = self._composer.variables
        values = self._values()
        own = [name for name in fields.names if name not in self._asked_by_edit()]
        missing = [name for name in own if not values.get(name)]
        if missing and not self._is_sent_as_typed:
            fields.focus(missing[0])
            self._offered_for = self._message()
            self._notifier.warning(
                lambda: _missing(missing),
                topic=TOPIC,
                offer=(
                    lambda: QCoreApplication.translate("Composer", "Send as typed"),
                    self._send_as_typed,
                ),
            )
            return None
        self._withdraw_offer()
        return fill_variables(text, values)

    def filled_edit(self, text: str, original: str, send: Callable[[str], object]) -> str | None:
        """An edited message as it is to be sent; None if a value is missing, which is said.

        Variables that the original message has were sent as they are, and stay so. `send` is called with the text if
        the user wants to send it without the missing values.
        """
        known, values = variable_names(original), self._values()
        names = [name for name in variable_names(text) if name not in known]
        filled = fill_variables(text, {name: values.get(name, "") for name in names})
        missing = tuple(name for name in names if not values.get(name))
        session = self._workspace.current
        if not missing or session is None:
            self._forget_edit()
            self._notifier.withdraw(EDIT_TOPIC)
            return filled
        self._edited, self._asked_from = (session.id, missing), QApplication.focusWidget()
        self.show()
        if missing[0] in self._composer.variables.names:
            self._composer.variables.focus(missing[0])

        def send_as_typed() -> None:
            if self._workspace.current is session:
                self._forget_edit()
                send(filled)

        self._notifier.warning(
            lambda: _missing(missing),
            topic=EDIT_TOPIC,
            offer=(lambda: QCoreApplication.translate("Composer", "Send as typed"), send_as_typed),
        )
        return None

    def _asked_by_edit(self) -> tuple[str, ...]:
        """The variables of an edited message that have a field only because it can't be sent without their values."""
        session = self._workspace.current
        conversation_id, names = self._edited
        if session is None or session.id != conversation_id:
            return ()
        return tuple(name for name in names if name not in variable_names(self._composer.text(), self._system()))

    def _system(self) -> str:
        conversation = self._conversation()
        return conversation.system if conversation is not None else ""

    def _forget_edit(self) -> None:
        self._edited, self._asked_from = ("", ()), None
        self.show()

    def _on_typed(self) -> None:
        """Show the variables of what is typed; an edit asks again when it is sent again."""
        self._edited = ("", ())
        self.show()

    def _on_submitted(self) -> None:
        """Send the message, or go back to the edited one, whose values were typed."""
        if not self._asked_by_edit():
            self._composer.field.submitted.emit()
        elif self._asked_from is not None and isValid(self._asked_from):
            self._asked_from.setFocus(Qt.FocusReason.OtherFocusReason)

    def _message(self) -> tuple[ChatSession | None, str]:
        """The open conversation and what is typed there."""
        return self._workspace.current, self._composer.text()

    def _withdraw_offer(self) -> None:
        self._offered_for = None
        self._notifier.withdraw(TOPIC)

    def _send_as_typed(self) -> None:
        """Send with the values that there are; variables without one stay as they are typed.

        Only the message that this was offered for is sent, and only while its conversation is open.
        """
        if self._offered_for != self._message():
            return
        self._is_sent_as_typed = True
        try:
            self._composer.field.submitted.emit()
        finally:
            self._is_sent_as_typed = False

    def _conversation(self) -> Conversation | None:
        session = self._workspace.current
        return session.conversation if session is not None else None

    def _values(self) -> dict[str, str]:
        conversation = self._conversation()
        return conversation.variables if conversation is not None else {}

    def _set_value(self, name: str, value: str) -> None:
        session = self._workspace.current_or_new()
        session.configure(variables={**session.conversation.variables, name: value})


def _missing(names: Sequence[str]) -> str:
    if len(names) == 1:
        return QCoreApplication.translate(
            "Composer", "“{name}” has no value yet. Type one into its field, then send again."
        ).format(name=names[0])
    return QCoreApplication.translate(
        "Composer", "These variables have no value yet: {names}. Fill in their fields, then send again."
    ).format(names=", ".join(names))
