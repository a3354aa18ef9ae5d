"""The card of a tool call: its arguments and result, approval by the user, and replaying it with edits."""

from __future__ import annotations

import json
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.messages import ToolCall, ToolState
from app.ui.chat.markdown.plain import MAX_MONOSPACE_TEXT, PlainView
from app.ui.chat.transcript.accessible_group import AccessibleGroup
from app.ui.chat.transcript.message_footer import running_reason
from app.ui.texts import numbers, states
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from app.ui.widgets.chips import Badge, Kind
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, ElidedLabel, Hint, Label
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import paint_box

CORNER_RADIUS = 12
SIDE_BY_SIDE_WIDTH = 520
"""Width in logical pixels, before text scaling, from which arguments and result are shown side by side."""
MAX_TEXT_HEIGHT = 260
"""Logical pixels, before text scaling; longer arguments and results scroll."""
MAX_JSON_LINE = 44
"""Characters; a value that fits stays on one line."""
MAX_FORMATTED_JSON = 200_000
"""Characters of JSON that are formatted; longer JSON is shown as received."""

_BADGE_KINDS: dict[ToolState, Kind] = {
    "streaming": "neutral",
    "waiting": "warn",
    "running": "tool",
    "done": "good",
    "failed": "bad",
    "denied": "neutral",
    "stopped": "neutral",
}


def format_json(text: str) -> str:
    """Break complete JSON into lines; return anything else unchanged."""
    if not 0 < len(text) <= MAX_FORMATTED_JSON or text.lstrip()[:1] not in ("{", "["):
        return text
    try:
        return _format_value(json.loads(text))
    except (ValueError, RecursionError):
        return text


def _format_value(value: object, indent: str = "") -> str:
    """JSON broken into lines only where a line would be too long."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + len(indent) <= MAX_JSON_LINE or not isinstance(value, dict | list) or not value:
        return flat
    deeper = indent + "  "
    if isinstance(value, dict):
        rows = [f"{json.dumps(key, ensure_ascii=False)}: {_format_value(item, deeper)}" for key, item in value.items()]
        return "{\n" + ",\n".join(deeper + row for row in rows) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + _format_value(item, deeper) for item in value) + f"\n{indent}]"


class CardDraft(NamedTuple):
    """What was typed into a card and not submitted.

    Attributes:
        untouched: arguments and result as they were shown when editing began.
        arguments, result: the edit in progress, None without one.
        answer: the text of the field `Answer the call`.
    """

    untouched: tuple[str, str]
    arguments: str | None
    result: str | None
    answer: str


def json_fault(arguments: str) -> str:
    """Why these are no arguments of a call, with what to do; empty for a JSON object."""
    try:
        if isinstance(json.loads(arguments, parse_constant=_refuse_constant), dict):
            return ""
    except json.JSONDecodeError as error:
        return QCoreApplication.translate(
            "Transcript",
            "The arguments are not valid JSON: see line {line}, column {column}. Correct them, then replay.",
        ).format(line=error.lineno, column=error.colno)
    except (ValueError, RecursionError):
        pass
    return QCoreApplication.translate(
        "Transcript", 'The arguments must be a JSON object such as {"city": "Beijing"}. Correct them, then replay.'
    )


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


class ToolCard(AccessibleGroup):
    """Shows one tool call.

    Signals:
        decided: `allow`, `always` or `deny`.
        answered: the user's own answer in place of the tool's result.
        replayed: the arguments, and the result where that was typed; None lets the tool run again.
    """

    decided = Signal(str)
    answered = Signal(str)
    replayed = Signal(str, object)

    def __init__(self, call: ToolCall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._call = call
        self._argument_pieces: list[str] = []  # that have arrived since `_call`
        self._is_editing = self._is_running = False
        self._untouched = ("", "")  # arguments and result as shown when editing began
        self._icon = QLabel()
        self._title = ElidedLabel(size=Type.CONTROL, weight=Type.SEMIBOLD)
        self._state = Badge("")
        self._time = Label(size=Type.SMALL, ink="text2")
        self.edit = GhostButton()
        self.edit.clicked.connect(self._begin_editing)
        header = QHBoxLayout()
        header.setContentsMargins(13, Space.S4, Space.S6, Space.S4)
        header.setSpacing(9)
        for part in (self._icon, self._title, self._state):
            header.addWidget(part)
        header.addStretch(1)
        header.addWidget(self._time)
        header.addWidget(self.edit)

        self.arguments = PlainView(ground="bg", size=12, mono=True, max_height=MAX_TEXT_HEIGHT)
        self.result = PlainView(ground="bg", size=12, mono=True, max_height=MAX_TEXT_HEIGHT)
        self._arguments_caption, self._result_caption = Caption(), Caption()
        self._arguments_side, self._result_side = QWidget(), QWidget()
        for side, caption, text in (
            (self._arguments_side, self._arguments_caption, self.arguments),
            (self._result_side, self._result_caption, self.result),
        ):
            box = QVBoxLayout(side)
            box.setContentsMargins(13, Space.S8, 13, Space.S12)
            box.setSpacing(Space.S2)
            box.addWidget(caption)
            box.addWidget(text)
            box.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setContentsMargins(1, 0, 1, 0)
        self._sides.setSpacing(0)
        self._sides.addWidget(self._arguments_side, 1)
        self._sides.addWidget(self._result_side, 1)

        self._approval = QWidget()
        self.allow, self.always, self.deny = PrimaryButton(), Button(), Button()
        self.answer = LineField("")
        self.allow.clicked.connect(lambda: self.decided.emit("allow"))
        self.always.clicked.connect(lambda: self.decided.emit("always"))
        self.deny.clicked.connect(lambda: self.decided.emit("deny"))
        self.answer.returnPressed.connect(self._answer)
        row = QHBoxLayout(self._approval)
        row.setContentsMargins(13, Space.S8, 13, Space.S12)
        row.setSpacing(Space.S8)
        for button in (self.allow, self.always, self.deny):
            row.addWidget(button)
        row.addWidget(self.answer, 1)

        self._replay_row = QWidget()
        self.replay, self.cancel = PrimaryButton(), Button()
        self.replay.clicked.connect(self._replay)
        self.cancel.clicked.connect(self.end_editing)
        row = QHBoxLayout(self._replay_row)
        row.setContentsMargins(13, Space.S8, 13, Space.S12)
        row.setSpacing(Space.S8)
        self._replay_hint = Hint(wrap=True)
        row.addWidget(self.replay)
        row.addWidget(self.cancel)
        row.addWidget(self._replay_hint, 1)

        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 1, 0, 1)
        self._column.setSpacing(0)
        self._header = QWidget()
        self._header.setLayout(header)
        self._column.addWidget(self._header)
        self._column.addLayout(self._sides)
        self._column.addWidget(self._approval)
        self._column.addWidget(self._replay_row)
        self._replay_row.hide()
        theme().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()
        self.set_call(call)

    def retranslate(self) -> None:
        name = QCoreApplication.translate("Transcript", "Tool call {name}").format(name=self.call.name)
        self.setAccessibleName(name)
        self.arguments.setAccessibleName(QCoreApplication.translate("Transcript", "Arguments"))
        self.result.setAccessibleName(QCoreApplication.translate("Transcript", "Result"))
        self._arguments_caption.setText(QCoreApplication.translate("Transcript", "Arguments"))
        self._result_caption.setText(QCoreApplication.translate("Transcript", "Result"))
        self.allow.setText(QCoreApplication.translate("Transcript", "Allow"))
        self.always.setText(QCoreApplication.translate("Transcript", "Always allow"))
        self.deny.setText(QCoreApplication.translate("Transcript", "Deny"))
        self.answer.setAccessibleName(QCoreApplication.translate("Transcript", "Answer the call"))
        self.answer.setPlaceholderText(QCoreApplication.translate("Transcript", "Or answer the call yourself…"))
        self.edit.setText(QCoreApplication.translate("Transcript", "Edit and replay"))
        self.replay.setText(QCoreApplication.translate("Transcript", "Replay"))
        self.cancel.setText(QCoreApplication.translate("Transcript", "Cancel"))
        self.replay.setToolTip(QCoreApplication.translate("Transcript", "Replay (Ctrl+Enter)"))
        self.cancel.setToolTip(QCoreApplication.translate("Transcript", "Cancel (Esc)"))
        self._explain_replay()
        self._show_state()

    # -- content

    @property
    def call(self) -> ToolCall:
        """The call as it is shown."""
        if self._argument_pieces:
            arguments = "".join((self._call.arguments, *self._argument_pieces))
            self._call = msgspec.structs.replace(self._call, arguments=arguments)
            self._argument_pieces.clear()
        return self._call

    def set_call(self, call: ToolCall) -> None:
        """Show the current state of the call; an edit in progress is not overwritten."""
        is_renamed = call.name != self.call.name
        self._call = call
        self._argument_pieces.clear()
        self._title.setText(call.name)
        if is_renamed:
            self.retranslate()
        self._show_state()
        focused = QApplication.focusWidget()
        if call.state != "waiting" and focused is not None and self._approval.isAncestorOf(focused):
            # The approval buttons disappear: keep the keyboard focus in this card.
            self.arguments.setFocus(Qt.FocusReason.OtherFocusReason)
        self._approval.setVisible(call.state == "waiting")
        is_finished = call.state in ("done", "failed", "denied", "stopped")
        self.edit.setVisible(is_finished and not self._is_editing and not presentation_cover().active)
        if not self._is_editing:
            self.arguments.set_text(format_json(call.arguments))
            self.result.set_text(format_json(call.result or ""))
        self._result_side.setVisible(call.result is not None or self._is_editing)

    def append_arguments(self, text: str) -> None:
        """Append a piece of the arguments; `arguments.flush` draws it."""
        self._argument_pieces.append(text)
        self.arguments.append(text)

    def _show_state(self) -> None:
        seconds = self.call.seconds
        self._state.set_kind(
            _BADGE_KINDS[self.call.state], states.tool_state_text(self.call.state, ran=seconds is not None)
        )
        self._time.setText(numbers.seconds(seconds) if seconds is not None else "")

    # -- approval and replay

    def set_running(self, running: bool) -> None:
        """Lock replaying while a reply runs, and say so."""
        if running != self._is_running:
            self._is_running = running
            self.replay.setEnabled(not running)
            self._explain_replay()

    def draft(self) -> CardDraft | None:
        """What was typed and not submitted, or None."""
        if self._is_editing:
            return CardDraft(self._untouched, self.arguments.text, self.result.text, "")
        answer = self.answer.text()
        return CardDraft(("", ""), None, None, answer) if answer and self.call.state == "waiting" else None

    def set_draft(self, draft: CardDraft) -> None:
        """Show an unsubmitted edit or answer again."""
        if draft.arguments is None or draft.result is None:
            self.answer.setText(draft.answer)
            return
        self._set_editing(True)
        self._untouched = draft.untouched
        self.arguments.set_text(draft.arguments)
        self.result.set_text(draft.result)

    def _explain_replay(self) -> None:
        if self._is_running:
            self._replay_hint.setText(running_reason())
        else:
            self._replay_hint.setText(
                QCoreApplication.translate(
                    "Transcript", "The tool runs again. Type a result of your own to answer in its place."
                )
            )

    def _answer(self) -> None:
        commit_composition()
        text = self.answer.text().strip()
        if text:
            self.answered.emit(text)

    def _begin_editing(self) -> None:
        self._set_editing(True)
        self._untouched = self.arguments.text, self.result.text
        self._explain_replay()
        self.arguments.setFocus()

    def end_editing(self) -> None:
        """Discard the edit and show the call as it is."""
        self._set_editing(False)
        self.set_call(self.call)
        self.edit.setFocus()

    def _replay(self) -> None:
        commit_composition()
        is_typed = self.arguments.text != self._untouched[0]
        arguments = self.arguments.text if is_typed else self.call.arguments
        result = self.result.text if self.result.text != self._untouched[1] else None
        fault = json_fault(arguments) if is_typed or result is None else ""
        if fault:
            self._replay_hint.setText(fault)
            self.arguments.setFocus()
        else:
            self.replayed.emit(arguments, result)

    def _set_editing(self, editing: bool) -> None:
        self._is_editing = editing
        for text in (self.arguments, self.result):
            # A text that was cut for display can't be edited: what is not shown would be lost.
            text.set_editable(editing and len(text.text) <= MAX_MONOSPACE_TEXT)
        self._replay_row.setVisible(editing)
        self.edit.setVisible(not editing)
        self._result_side.setVisible(editing or self.call.result is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave or send the edit by the keys of the message editor."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._is_editing and event.key() == Qt.Key.Key_Escape:
            self.end_editing()
        elif self._is_editing and is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.replay.isEnabled():
                self._replay()
        else:
            super().keyPressEvent(event)

    # -- appearance

    def _restyle(self) -> None:
        self._icon.setPixmap(pixmap(Icon.TOOL, "tool", 16, self.devicePixelRatioF()))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= theme().px(SIDE_BY_SIDE_WIDTH)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._sides.direction() != direction:
            self._sides.setDirection(direction)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        line = theme().colour("line")
        paint_box(painter, area, CORNER_RADIUS, theme().colour("bg"), line)
        head = QRectF(self._header.geometry())
        painter.save()
        painter.setClipRect(QRectF(0, 0, area.width(), head.bottom()))
        paint_box(painter, area, CORNER_RADIUS, theme().colour("raised"), line)
        painter.restore()
        painter.fillRect(QRectF(1, head.bottom(), area.width() - 2, 1), line)
        if not self._result_side.isHidden():
            side = QRectF(self._result_side.geometry())
            if self._sides.direction() == QBoxLayout.Direction.LeftToRight:
                painter.fillRect(QRectF(side.left(), side.top(), 1, side.height()), line)
            else:
                painter.fillRect(QRectF(1, side.top(), area.width() - 2, 1), line)
