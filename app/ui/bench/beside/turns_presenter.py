"""Connects the turns and the message to the desk, with the values of their variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from app.core.side_by_side import can_be_answered, unanswered_call
from app.core.variables import variable_names
from app.ui.bench.beside.foot import BesideFoot
from app.ui.bench.beside.shared_turns import SharedTurns
from app.ui.texts.side_by_side import missing_call_text
from app.ui.widgets.notifications import Notifier

if TYPE_CHECKING:
    from app.services.bench.desk import OpenDesk

TOPIC = "beside variables"


class TurnsPresenter(QObject):
    """Edits what is the same for all columns."""

    def __init__(self, shared: SharedTurns, foot: BesideFoot, desk: OpenDesk, notifier: Notifier) -> None:
        super().__init__(shared)
        self._shared, self._foot, self._desk, self._notifier = shared, foot, desk, notifier
        editor = shared.editor
        editor.changed.connect(lambda turns, merging: desk.set_turns(turns, merging))
        editor.undo.connect(desk.undo)
        editor.redo.connect(desk.redo)
        editor.reset.connect(desk.reset_turns)
        foot.typed.connect(lambda text: desk.edit(message=text))
        foot.variables.changed.connect(self._set_value)

    def show(self) -> None:
        """Show the desk as it is now."""
        desk = self._desk.desk
        turns = self._desk.turns
        self._foot.set_message(desk.message)
        self._shared.show_shared(turns, desk.message, desk.variables, len(desk.media))
        self._shared.editor.show_turns(
            turns, can_undo=self._desk.can_undo, can_redo=self._desk.can_redo,
            can_reset=self._desk.session is not None,
        )  # fmt: skip
        names = self._names()
        if names or self._foot.variables.names:
            self._foot.variables.show_variables(names, desk.variables)

    def _names(self) -> tuple[str, ...]:
        desk, tree = self._desk.desk, self._desk.tree
        # What was sent before was filled in then; braces that are left there were meant as they are.
        own = [turn.text for turn in self._desk.turns if not turn.source or turn.source not in tree]
        return variable_names(*own, desk.message, *(column.system for column in desk.columns))

    def _set_value(self, name: str, value: str) -> None:
        self._desk.edit(variables=self._desk.desk.variables | {name: value})

    def check(self, run: Callable[[], object]) -> bool:
        """Whether this can be run; what is missing is said, with a way to run it all the same."""
        desk = self._desk.desk
        translate = QCoreApplication.translate
        if not can_be_answered(self._desk.turns, desk):
            self._foot.message.setFocus()
            self._notifier.info(
                lambda: translate("Beside", "Type a message first: every column answers it."), topic=TOPIC
            )
            return False
        call_id = unanswered_call(self._desk.turns)
        if call_id:
            self._shared.edit.setChecked(True)
            self._notifier.warning(
                lambda: missing_call_text(call_id),
                topic=TOPIC,
            )
            return False
        missing = [name for name in self._names() if not desk.variables.get(name)]
        if missing:
            if missing[0] in self._foot.variables.names:
                self._foot.variables.focus(missing[0])
            names = ", ".join(f"{{{{{name}}}}}" for name in missing)
            self._notifier.warning(
                lambda: translate("Beside", "No value yet for {names}. Type one, or send it as it is.").format(
                    names=names
                ),
                topic=TOPIC,
                offer=(lambda: translate("Composer", "Send as typed"), run),
            )
            return False
        self._notifier.withdraw(TOPIC)
        return True
