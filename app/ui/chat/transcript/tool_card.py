"""A tool call: what was asked, what came back, and the reader's say in it."""

from __future__ import annotations

import json

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.messages import ToolCall, ToolState
from app.ui.chat.markdown.plain import PlainView
from app.ui.chat.transcript.group import Group
from app.ui.texts import numbers, states
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from app.ui.widgets.chips import Badge, Kind
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Caption, ElidedLabel, Label
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import paint_box

RADIUS = 12
SIDE_BY_SIDE = 520
"""Logical pixels of width, before text scaling, from which arguments and result stand beside each other."""
MOST_HEIGHT = 260
SHORT_LINE = 44
"""Characters; a value that fits stays on its line."""
MAX_PRETTY = 200_000
"""Characters of JSON that are put into lines; longer ones are shown as they came."""

_KINDS: dict[ToolState, Kind] = {
    "streaming": "neutral",
    "waiting": "warn",
    "running": "tool",
    "done": "good",
    "failed": "bad",
    "denied": "neutral",
    "stopped": "neutral",
}


def pretty(text: str) -> str:
    """JSON in lines once it is whole; anything else as it is."""
    if not 0 < len(text) <= MAX_PRETTY or text.lstrip()[:1] not in ("{", "["):
        return text
    try:
        return _lines(json.loads(text))
    except (ValueError, RecursionError):
        return text


def _lines(value: object, indent: str = "") -> str:
    """JSON that breaks only where a line would be too long."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + len(indent) <= SHORT_LINE or not isinstance(value, dict | list) or not value:
        return flat
    deeper = indent + "  "
    if isinstance(value, dict):
        rows = [f"{json.dumps(key, ensure_ascii=False)}: {_lines(each, deeper)}" for key, each in value.items()]
        return "{\n" + ",\n".join(deeper + row for row in rows) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + _lines(each, deeper) for each in value) + f"\n{indent}]"


class ToolCard(Group):
    """One call.

    Signals:
        decided: `allow`, `always` or `deny`.
        answered: the reader's own answer in place of the tool's.
        replayed: arguments and result as they were edited.
    """

    decided = Signal(str)
    answered = Signal(str)
    replayed = Signal(str, str)

    def __init__(self, call: ToolCall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.call = call
        self._editing = False
        self._dirty = False
        self._mark = QLabel()
        self._title = ElidedLabel(size=Type.CONTROL, weight=Type.SEMIBOLD)
        self._state = Badge("")
        self._time = Label(size=Type.SMALL, ink="text2")
        self.edit = GhostButton()
        self.edit.clicked.connect(self._begin_editing)
        header = QHBoxLayout()
        header.setContentsMargins(13, Space.S4, Space.S6, Space.S4)
        header.setSpacing(9)
        for part in (self._mark, self._title, self._state):
            header.addWidget(part)
        header.addStretch(1)
        header.addWidget(self._time)
        header.addWidget(self.edit)

        self.arguments = PlainView(ground="bg", size=12, mono=True, most=MOST_HEIGHT)
        self.result = PlainView(ground="bg", size=12, mono=True, most=MOST_HEIGHT)
        self._arguments_caption, self._result_caption = Caption(), Caption()
        self._left, self._right = QWidget(), QWidget()
        for side, caption, text in (
            (self._left, self._arguments_caption, self.arguments),
            (self._right, self._result_caption, self.result),
        ):
            box = QVBoxLayout(side)
            box.setContentsMargins(13, Space.S8, 13, Space.S12)
            box.setSpacing(Space.S2)
            box.addWidget(caption)
            box.addWidget(text)
            box.addStretch(1)
        self._two = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._two.setContentsMargins(1, 0, 1, 0)
        self._two.setSpacing(0)
        self._two.addWidget(self._left, 1)
        self._two.addWidget(self._right, 1)

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
        self.cancel.clicked.connect(self._end_editing)
        row = QHBoxLayout(self._replay_row)
        row.setContentsMargins(13, Space.S8, 13, Space.S12)
        row.setSpacing(Space.S8)
        row.addWidget(self.replay)
        row.addWidget(self.cancel)
        row.addStretch(1)

        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 1, 0, 1)
        self._whole.setSpacing(0)
        self._header = QWidget()
        self._header.setLayout(header)
        self._whole.addWidget(self._header)
        self._whole.addLayout(self._two)
        self._whole.addWidget(self._approval)
        self._whole.addWidget(self._replay_row)
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
        self._tell_state()

    # -- what is shown

    def set_call(self, call: ToolCall) -> None:
        """Show the call as it is now; an edit that is going on is left alone."""
        renamed = call.name != self.call.name
        self.call = call
        self._title.setText(call.name)
        if renamed:
            self.retranslate()
        self._tell_state()
        now = QApplication.focusWidget()
        if call.state != "waiting" and now is not None and self._approval.isAncestorOf(now):
            # Decided: the keyboard stays with the call.
            self.arguments.setFocus(Qt.FocusReason.OtherFocusReason)
        self._approval.setVisible(call.state == "waiting")
        over = call.state in ("done", "failed", "denied", "stopped")
        self.edit.setVisible(over and not self._editing and not presentation_cover().active)
        if not self._editing:
            self._dirty = False
            self.arguments.set_text(pretty(call.arguments))
            self.result.set_text(pretty(call.result or ""))
        self._right.setVisible(call.result is not None or self._editing)

    def add_arguments(self, piece: str) -> None:
        """Arguments go on; `flush` draws them."""
        self.call = ToolCall(
            self.call.id, self.call.name, self.call.arguments + piece, self.call.step, self.call.state, self.call.result
        )
        self.arguments.append(piece)
        self._dirty = True

    def flush(self) -> None:
        if self._dirty:
            self._dirty = False
            self.arguments.flush()

    def _tell_state(self) -> None:
        seconds = self.call.seconds
        self._state.set_kind(_KINDS[self.call.state], states.tool_state_text(self.call.state, ran=seconds is not None))
        self._time.setText(numbers.seconds(seconds) if seconds is not None else "")

    # -- the reader's say

    def _answer(self) -> None:
        text = self.answer.text().strip()
        if text:
            self.answered.emit(text)

    def _begin_editing(self) -> None:
        self._set_editing(True)
        self.arguments.setFocus()

    def _end_editing(self) -> None:
        self._set_editing(False)
        self.set_call(self.call)
        self.edit.setFocus()

    def _replay(self) -> None:
        arguments, result = self.arguments.text, self.result.text
        self._end_editing()
        self.replayed.emit(arguments, result)

    def _set_editing(self, editing: bool) -> None:
        self._editing = editing
        for text in (self.arguments, self.result):
            text.set_editable(editing)
        self._replay_row.setVisible(editing)
        self.edit.setVisible(not editing)
        self._right.setVisible(editing or self.call.result is not None)

    # -- looks

    def _restyle(self) -> None:
        self._mark.setPixmap(pixmap(Icon.TOOL, "tool", 16, self.devicePixelRatioF()))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme().px(SIDE_BY_SIDE)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._two.direction() != direction:
            self._two.setDirection(direction)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        line = theme().colour("line")
        paint_box(painter, area, RADIUS, theme().colour("bg"), line)
        head = QRectF(self._header.geometry())
        painter.save()
        painter.setClipRect(QRectF(0, 0, area.width(), head.bottom()))
        paint_box(painter, area, RADIUS, theme().colour("raised"), line)
        painter.restore()
        painter.fillRect(QRectF(1, head.bottom(), area.width() - 2, 1), line)
        if not self._right.isHidden():
            side = QRectF(self._right.geometry())
            if self._two.direction() == QBoxLayout.Direction.LeftToRight:
                painter.fillRect(QRectF(side.left(), side.top(), 1, side.height()), line)
            else:
                painter.fillRect(QRectF(1, side.top(), area.width() - 2, 1), line)
