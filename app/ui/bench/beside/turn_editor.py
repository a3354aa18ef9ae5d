"""Edits the turns before the message in place: text, role, name, order, added and removed, with undo."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.messages import new_id
from app.core.side_by_side import MAX_TURNS, DraftTurn, tool_turns, unanswered_call
from app.ui.bench.beside.turn_row import TurnRow, focus_of
from app.ui.retranslate import Retranslated
from app.ui.texts.side_by_side import missing_call_text
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Hint
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.wrapping_row import WrappingRow

MAX_HEIGHT = 300
"""Logical pixels, before text scaling."""


class TurnEditor(Retranslated):
    """All turns, one below the other.

    Signals:
        changed: the turns as they are now, and what was typed into, so that typing in a row is undone together.
        undo, redo: a change is to be taken back, or made again.
        reset: the turns are wanted as they stand in the conversation.
    """

    changed = Signal(object, str)
    undo = Signal()
    redo = Signal()
    reset = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TurnRow] = []
        self._wanted = ""
        self._content = QWidget()
        self._list = QVBoxLayout(self._content)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self.area = ScrollArea(self._content)
        self.add_user, self.add_answer = GhostButton("", Icon.PLUS), GhostButton("", Icon.PLUS)
        self.add_system, self.add_tool = GhostButton("", Icon.PLUS), GhostButton("", Icon.PLUS)
        self.undo_button, self.redo_button = GhostButton("", Icon.UNDO), GhostButton("", Icon.REDO)
        self.reset_button = GhostButton("", Icon.LOOP)
        self._problem = Hint(wrap=True)
        buttons = WrappingRow(
            self.add_user, self.add_answer, self.add_system, self.add_tool, self.undo_button, self.redo_button,
            self.reset_button, gap=Space.S4,
        )  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S8, 0, 0)
        column.setSpacing(Space.S4)
        column.addWidget(self.area)
        self._problem.setContentsMargins(Space.S16, 0, Space.S12, 0)
        column.addWidget(self._problem)
        column.addWidget(buttons)
        self.add_user.clicked.connect(lambda: self._add("user"))
        self.add_answer.clicked.connect(lambda: self._add("assistant"))
        self.add_system.clicked.connect(lambda: self._add("system"))
        self.add_tool.clicked.connect(self._add_tool)
        self.undo_button.clicked.connect(self.undo)
        self.redo_button.clicked.connect(self.redo)
        self.reset_button.clicked.connect(self.reset)
        theme().changed.connect(self._fit)
        self.retranslate()

    @property
    def rows(self) -> Sequence[TurnRow]:
        return self._rows

    @property
    def turns(self) -> list[DraftTurn]:
        return [row.turn for row in self._rows]

    def show_turns(self, turns: Sequence[DraftTurn], *, can_undo: bool, can_redo: bool, can_reset: bool) -> None:
        """Show turns. Emits no signal."""
        known = {row.turn.id: row for row in self._rows}
        if [row.turn.id for row in self._rows] != [turn.id for turn in turns]:
            for row in self._rows:
                self._list.removeWidget(row)
            self._rows = [
                known.pop(turn.id) if turn.id in known else self._new_row(turn, at) for at, turn in enumerate(turns, 1)
            ]
            for row in known.values():
                row.hide()
                row.setParent(None)
                row.deleteLater()
            for at, row in enumerate(self._rows):
                self._list.insertWidget(at, row)
                row.raise_()
                row.show()
            self._order_tabs()
        for at, (row, turn) in enumerate(zip(self._rows, turns, strict=True), 1):
            row.show_turn(turn, at, len(turns))
        self.undo_button.setEnabled(can_undo)
        self.redo_button.setEnabled(can_redo)
        self.reset_button.setEnabled(can_reset)
        for button in (self.add_user, self.add_answer, self.add_system, self.add_tool):
            button.setEnabled(len(turns) < MAX_TURNS - 1)
        self._show_problem()
        self._fit()
        self._go_to_wanted()

    def _go_to_wanted(self) -> None:
        """Give the keyboard to the turn that was added, moved, or comes after one that was removed."""
        row = next((row for row in self._rows if row.turn.id == self._wanted), None)
        if row is not None:
            self._wanted = ""
            field = focus_of(row)
            field.setFocus()
            if isinstance(field, LineField):
                field.selectAll()  # The name of a function that is proposed.
            QTimer.singleShot(0, row, lambda: self.area.ensureWidgetVisible(row, 0, 0))

    def _order_tabs(self) -> None:
        previous: QWidget | None = None
        for row in self._rows:
            for widget in (row.role, row.name, row.call_name, row.call_id, row.up, row.down, row.remove,
                           row.arguments, row.text):  # fmt: skip
                if previous is not None:
                    QWidget.setTabOrder(previous, widget)
                previous = widget
        if previous is not None:
            QWidget.setTabOrder(previous, self.add_user)

    def _new_row(self, turn: DraftTurn, number: int) -> TurnRow:
        row = TurnRow(turn, number)
        row.changed.connect(lambda changed, key: self._emit(f"{changed.id} {key}" if key else ""))
        row.moved.connect(lambda by: self._move(row, by))
        row.removed.connect(lambda: self._remove(row))
        for field in (row.text, row.arguments, row.name, row.call_id, row.call_name):
            field.installEventFilter(self)
        return row

    def _emit(self, merging: str = "", turns: Sequence[DraftTurn] | None = None) -> None:
        self._show_problem()
        self.changed.emit(tuple(self.turns if turns is None else turns), merging)

    def _move(self, row: TurnRow, by: int) -> None:
        turns, at = self.turns, self._rows.index(row)
        if 0 <= at + by < len(turns):
            turns.insert(at + by, turns.pop(at))
            self._wanted = row.turn.id
            self._emit("", turns)

    def _remove(self, row: TurnRow) -> None:
        turns, at = self.turns, self._rows.index(row)
        del turns[at]
        if turns:
            self._wanted = turns[min(at, len(turns) - 1)].id
        else:
            self.add_user.setFocus()
        self._emit("", turns)

    def _add(self, role: str) -> None:
        turn = msgspec.convert({"id": new_id(), "role": role}, DraftTurn)
        self._put(turn, at=0 if role == "system" else len(self._rows))

    def _add_tool(self) -> None:
        number = 1 + sum(turn.role == "tool" for turn in self.turns)
        self._put(*tool_turns(number), at=len(self._rows))

    def _put(self, *turns: DraftTurn, at: int) -> None:
        all_turns = self.turns
        all_turns[at:at] = turns
        self._wanted = turns[0].id  # The rows are shown later, together with all else that changes.
        self._emit("", all_turns)

    def _show_problem(self) -> None:
        call_id = unanswered_call(self.turns)
        self._problem.setText(missing_call_text(call_id) if call_id else "")
        self._problem.setVisible(bool(call_id))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _undo_key(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and (key := _undo_key(event)):
            (self.undo if key == "undo" else self.redo).emit()
            return True
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        wanted = self._content.sizeHint().height()
        self.area.setFixedHeight(min(wanted, theme().px(MAX_HEIGHT)))
        self.area.setVisible(bool(self._rows))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        self.add_user.setText(translate("Beside", "Add user turn"))
        self.add_answer.setText(translate("Beside", "Add assistant turn"))
        self.add_system.setText(translate("Beside", "Add system turn"))
        self.add_tool.setText(translate("Beside", "Add tool turn"))
        self.undo_button.setText(translate("Beside", "Undo edit"))
        self.redo_button.setText(translate("Beside", "Redo edit"))
        self.reset_button.setText(translate("Beside", "As in the conversation"))
        self._show_problem()


def _undo_key(event: QKeyEvent) -> str:
    if event.matches(QKeySequence.StandardKey.Undo):
        return "undo"
    shifted = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    is_redo = event.matches(QKeySequence.StandardKey.Redo)
    if is_redo or (event.key() == Qt.Key.Key_Z and event.modifiers() == shifted):
        return "redo"
    return ""
