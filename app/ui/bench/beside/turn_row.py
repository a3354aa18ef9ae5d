"""One turn as it is edited: role, participant, text, and the call that it makes or answers."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.messages import Role
from app.core.side_by_side import ROLES, DraftTurn
from app.ui.chat.transcript.accessible_group import AccessibleGroup
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.labels import Hint
from app.ui.widgets.panel import Divider


def role_name(role: Role) -> str:
    """The role of a message as it is chosen."""
    match role:
        case "system":
            return QCoreApplication.translate("Beside", "System")
        case "developer":
            return QCoreApplication.translate("Beside", "Developer")
        case "user":
            return QCoreApplication.translate("Beside", "User")
        case "assistant":
            return QCoreApplication.translate("Beside", "Assistant")
    return QCoreApplication.translate("Beside", "Tool")


class TurnRow(AccessibleGroup):
    """The controls of one turn.

    Signals:
        changed: the turn as it is now, and the field that was typed into, empty for another change.
        moved: by how many places; removed: it is not wanted any more.
        undo, redo: the keys for that were pressed in a field.
    """

    changed = Signal(object, str)
    moved = Signal(int)
    removed = Signal()

    def __init__(self, turn: DraftTurn, number: int) -> None:
        super().__init__()
        self.turn, self._number, self._count = turn, number, number
        self.role = Choice("", compact=True)
        self.name = LineField("")
        self.call_id, self.call_name = LineField("", mono=True), LineField("", mono=True)
        self.arguments = TextArea("", min_lines=1, max_lines=6, mono=True)
        self.text = TextArea("", min_lines=1, max_lines=8)
        self.up, self.down = IconButton(Icon.CHEVRON_UP, ""), IconButton(Icon.CHEVRON_DOWN, "")
        self.remove = IconButton(Icon.TRASH, "")
        self.note = Hint(wrap=True)
        # The editor has one undo for all turns.
        for field in (self.text, self.arguments):
            field.setUndoRedoEnabled(False)
        head = QHBoxLayout()
        head.setSpacing(Space.S6)
        for widget in (self.role, self.name, self.call_name, self.call_id):
            head.addWidget(widget)
        head.addStretch(1)
        for button in (self.up, self.down, self.remove):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S8, Space.S12, 0)
        column.setSpacing(Space.S6)
        column.addLayout(head)
        for part in (self.arguments, self.text, self.note):
            column.addWidget(part)
        column.addWidget(Divider())
        self.role.chosen.connect(lambda role: self._change("", role=role))
        self.name.textEdited.connect(lambda text: self._change("name", name=text.strip()))
        self.call_id.textEdited.connect(lambda text: self._change("call_id", call_id=text.strip()))
        self.call_name.textEdited.connect(lambda text: self._change("call_name", call_name=text.strip()))
        for field, key in ((self.text, "text"), (self.arguments, "call_arguments")):
            field.textChanged.connect(lambda field=field, key=key: self._typed(field, key))
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()
        self.show_turn(turn, number, number)

    def _typed(self, field: TextArea, key: str) -> None:
        if not field.is_covered:
            self._change(key, **{key: field.toPlainText()})

    def _change(self, key: str, **fields: object) -> None:
        changed = msgspec.structs.replace(self.turn, **fields)
        if changed != self.turn:
            self.turn = changed
            self._fit_fields()
            self.changed.emit(changed, key)

    def show_turn(self, turn: DraftTurn, number: int, count: int) -> None:
        """Show a turn at its place of so many. Emits no signal."""
        self.turn, self._number, self._count = turn, number, count
        fields: tuple[tuple[LineField | TextArea, str], ...] = (
            (self.name, turn.name), (self.call_id, turn.call_id), (self.call_name, turn.call_name),
            (self.arguments, turn.call_arguments), (self.text, turn.text),
        )  # fmt: skip
        for field, text in fields:
            blocked = field.blockSignals(True)
            if isinstance(field, LineField):
                if field.text() != text:
                    field.setText(text)
            elif field.toPlainText() != text:
                field.setPlainText(text)
            field.blockSignals(blocked)
        self.role.set_key(turn.role)
        self.up.setEnabled(number > 1)
        self.down.setEnabled(number < count)
        self._fit_fields()
        self._name()

    def _fit_fields(self) -> None:
        turn = self.turn
        is_tool, makes_call = turn.role == "tool", turn.role == "assistant" and bool(turn.call_id)
        self.call_id.setVisible(is_tool or makes_call)
        self.call_name.setVisible(makes_call)
        self.arguments.setVisible(makes_call)
        self.name.setVisible(not is_tool)
        note = ""
        if turn.media:
            note = QCoreApplication.translate("Beside", "With {n} attachments, which stay as they are.").format(
                n=len(turn.media)
            )
        elif turn.role == "assistant" and self._number == self._count and not turn.call_id:
            note = QCoreApplication.translate(
                "Beside", "As the last turn, without a message below, every answer goes on from these words."
            )
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def _fit(self) -> None:
        self.name.setFixedWidth(theme().px(140))
        self.call_id.setFixedWidth(theme().px(150))
        self.call_name.setFixedWidth(theme().px(150))

    def _name(self) -> None:
        translate, n = QCoreApplication.translate, self._number
        self.setAccessibleName(translate("Beside", "Turn {n}").format(n=n))
        self.role.set_name(translate("Beside", "Role {n}").format(n=n))
        self.text.setAccessibleName(translate("Beside", "Turn text {n}").format(n=n))
        self.name.setAccessibleName(translate("Beside", "Participant {n}").format(n=n))
        self.call_id.setAccessibleName(translate("Beside", "Call id {n}").format(n=n))
        self.call_name.setAccessibleName(translate("Beside", "Function {n}").format(n=n))
        self.arguments.setAccessibleName(translate("Beside", "Call arguments {n}").format(n=n))
        self.up.set_name(translate("Beside", "Move turn {n} up").format(n=n))
        self.down.set_name(translate("Beside", "Move turn {n} down").format(n=n))
        self.remove.set_name(translate("Beside", "Remove turn {n}").format(n=n))

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        self.role.set_choices([(role, role_name(role)) for role in ROLES])
        self.role.set_key(self.turn.role)
        self.name.setPlaceholderText(translate("Beside", "Participant"))
        self.call_id.setPlaceholderText(translate("Beside", "Call id"))
        self.call_name.setPlaceholderText(translate("Beside", "Function"))
        self.arguments.setPlaceholderText(translate("Beside", "Arguments as JSON"))
        self.text.setPlaceholderText(translate("Beside", "Text"))
        self._fit_fields()
        self._name()


def focus_of(row: TurnRow) -> QWidget:
    """The field in which a new turn is typed."""
    return row.call_name if row.turn.role == "assistant" and row.turn.call_id else row.text
