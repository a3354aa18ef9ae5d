"""The card of a tool call: its arguments and result, approval by the user, and replaying it with edits."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.messages import ToolCall, ToolState
from app.services.chat.approval import Decision
from app.ui.chat.markdown.plain import MAX_MONOSPACE_TEXT
from app.ui.chat.transcript.accessible_group import AccessibleGroup
from app.ui.chat.transcript.call_approval import CallApproval, CardDecision
from app.ui.chat.transcript.call_editing import CallEditing
from app.ui.chat.transcript.call_extras import CallExtras, has_extras
from app.ui.chat.transcript.call_json import json_fault
from app.ui.chat.transcript.call_texts import CallTexts
from app.ui.texts import numbers, states
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CARD_INSET, Space, Type
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.chips import Badge, Kind
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import paint_box

CORNER_RADIUS = 12
LABELLED_WIDTH = 400
"""Logical pixels, before text scaling, from which `Edit arguments` has room for its words."""

_BADGES: dict[ToolState, tuple[Kind, Icon]] = {
    "streaming": ("neutral", Icon.ARROW_DOWN),
    "waiting": ("warn", Icon.CLOCK),
    "running": ("tool", Icon.LOOP),
    "done": ("good", Icon.CHECK),
    "failed": ("bad", Icon.ERROR),
    "denied": ("neutral", Icon.CLOSE),
    "stopped": ("neutral", Icon.STOP),
}
_FOLDED: frozenset[ToolState] = frozenset({"done"})
"""States in which a card is one line until it is opened."""
_FINISHED: frozenset[ToolState] = frozenset({"done", "failed", "denied", "stopped"})


class CardDraft(NamedTuple):
    """What was typed into a card and not submitted.

    Attributes:
        untouched: arguments and result as they were shown when editing began.
        arguments, result: the edit in progress, None without one.
        answer, reason: the texts of the fields `Answer the call` and `Reason`.
    """

    untouched: tuple[str, str]
    arguments: str | None
    result: str | None
    answer: str
    reason: str = ""


class ToolCard(AccessibleGroup):
    """Shows one tool call.

    Signals:
        decided: a `CardDecision` about the call that waits.
        answered: the user's own answer in place of the tool's result.
        left: it had the keyboard focus for a decision that is made now.
        media_opened, media_sent: an image or a sound of the result.
        replayed: the arguments, and the result where that was typed; None lets the tool run again.
    """

    decided = Signal(object)
    answered = Signal(str)
    left = Signal()
    replayed = Signal(str, object)
    media_opened = Signal(object)
    media_sent = Signal(object)

    def __init__(self, call: ToolCall, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._call = call
        self._argument_pieces: list[str] = []  # that have arrived since `_call`
        self._is_editing = self._is_running = False
        self._untouched = ("", "")  # arguments and result as shown when editing began
        self._ordinal = 0  # among the calls of its tool in the message; 0 while the tool is not known
        self._icon = QLabel()
        self._title = ElidedLabel(size=Type.CONTROL, weight=Type.SEMIBOLD)
        self._state = Badge("")
        self._time = Label(size=Type.SMALL, ink="text2")
        self.edit = GhostButton("", Icon.EDIT)
        self.edit.clicked.connect(self._begin_editing)
        self.details = IconButton(Icon.CHEVRON_DOWN, "")
        self.details.setCheckable(True)
        self.details.toggled.connect(self._show_details)
        self._texts = CallTexts()
        self._texts.revealed.connect(lambda: self.details.setChecked(True))
        self.arguments, self.result = self._texts.arguments, self._texts.result
        self._approval: CallApproval | None = None
        self._editing: CallEditing | None = None
        self._extras: CallExtras | None = None
        self._dress: Callable[[CallExtras], None] = lambda extras: None
        self._lay_out()
        theme().changed.connect(self._restyle)
        presentation_cover().changed.connect(self.retranslate)
        self._restyle()
        self.retranslate()
        self.set_call(call)

    def _lay_out(self) -> None:
        self._header = QWidget()
        header = QHBoxLayout(self._header)
        header.setContentsMargins(CARD_INSET, Space.S4, Space.S6, Space.S4)
        header.setSpacing(9)
        for part in (self._icon, self._title, self._state):
            header.addWidget(part)
        header.addStretch(1)
        header.addWidget(self._time)
        header.addWidget(self.edit)
        header.addWidget(self.details)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 1, 0, 1)
        self._column.setSpacing(0)
        self._column.addWidget(self._header)
        self._column.addWidget(self._texts)
        self._column.addStretch(1)

    # -- the rows that few calls need

    @property
    def approval(self) -> CallApproval:
        """The row of a call that waits, built when it is first asked for."""
        if self._approval is None:
            self._approval = CallApproval()
            self._approval.decided.connect(self._decide)
            self._approval.answered.connect(self.answered)
            self._approval.hide()
            self._column.insertWidget(self._column.count() - 1, self._approval)
        return self._approval

    @property
    def editing(self) -> CallEditing:
        """The row of a call that is edited, built when it is first asked for."""
        if self._editing is None:
            self._editing = CallEditing()
            self._editing.replay.clicked.connect(self._replay)
            self._editing.cancel.clicked.connect(self.end_editing)
            self._editing.hide()
            self._column.insertWidget(self._column.count() - 1, self._editing)
        return self._editing

    def dress_media(self, dress: Callable[[CallExtras], None]) -> None:
        """Give the images and sounds, now and whenever there are any, their pictures and what plays."""
        self._dress = dress
        if self._extras is not None:
            dress(self._extras)

    def _show_extras(self, call: ToolCall) -> None:
        """Show progress, failure, images and sounds; the row is built when it is first needed."""
        if self._extras is None:
            if not has_extras(call):
                return
            self._extras = CallExtras()
            self._extras.opened.connect(self.media_opened)
            self._extras.sent.connect(self.media_sent)
            self._column.insertWidget(self._column.indexOf(self._texts) + 1, self._extras)
        self._extras.show_call(call)
        self._extras.setVisible(has_extras(call))
        self._dress(self._extras)

    def retranslate(self) -> None:
        tool = presentation_cover().mask(self.call.name)
        name = QCoreApplication.translate("Transcript", "Tool call {name}").format(name=tool)
        if self._ordinal > 1:
            name = QCoreApplication.translate("Transcript", "Tool call {name} {n}").format(name=tool, n=self._ordinal)
        self.setAccessibleName(name)
        self.details.set_name(QCoreApplication.translate("Transcript", "Details"))
        self._name_edit()
        self._show_state()

    def _name_edit(self) -> None:
        """Name the button that edits: a waiting call is allowed with the edit, any other is replayed."""
        if self._is_waiting:
            edit = QCoreApplication.translate("Transcript", "Edit arguments")
        else:
            edit = QCoreApplication.translate("Transcript", "Edit and replay")
        is_labelled = self.width() >= theme().px(LABELLED_WIDTH)
        self.edit.setText(edit if is_labelled else "")
        self.edit.setAccessibleName(edit)
        self.edit.setToolTip("" if is_labelled else edit)

    # -- content

    @property
    def ordinal(self) -> int:
        """The number among the calls of its tool in the message, from 1; 0 while it has none."""
        return self._ordinal

    def set_ordinal(self, ordinal: int) -> None:
        """Set the number, which is in the accessible name from the second call of a tool on."""
        self._ordinal = ordinal
        self.retranslate()

    @property
    def call(self) -> ToolCall:
        """The call as it is shown."""
        if self._argument_pieces:
            arguments = "".join((self._call.arguments, *self._argument_pieces))
            self._call = msgspec.structs.replace(self._call, arguments=arguments)
            self._argument_pieces.clear()
        return self._call

    @property
    def can_decide(self) -> bool:
        """Whether the call waits for the user and is not being edited."""
        return self._is_waiting and not self._is_editing

    @property
    def _is_waiting(self) -> bool:
        return self._call.state == "waiting"

    def set_call(self, call: ToolCall) -> None:
        """Show the current state of the call; an edit in progress is not overwritten."""
        is_renamed, has_waited = call.name != self.call.name, self._is_waiting
        focused = QApplication.focusWidget()
        was_deciding = has_waited and focused is not None and self._is_deciding(focused)
        self._call = call
        self._argument_pieces.clear()
        self._title.setText(call.name)
        if is_renamed:
            self.retranslate()
        if has_waited and not self._is_waiting and self._is_editing:
            self._set_editing(False)  # It was decided with the edit, or stopped.
        self._show_state()
        self._name_edit()
        if was_deciding and not self._is_waiting:
            # What was pressed disappears, and the arguments that would get the focus are for reading only.
            self.left.emit()
        self._show_approval()
        can_edit = call.state in _FINISHED or (self._is_waiting and not call.asks_user)
        self.edit.setVisible(can_edit and not self._is_editing and not presentation_cover().active)
        self.details.setVisible(call.state in _FOLDED and not self._is_editing)
        if not self._is_editing:
            self._texts.set_folded(call.state in _FOLDED and not self.details.isChecked())
            self._texts.set_texts(call.arguments, call.result or "")
        self._texts.show_result(call.result is not None or (self._is_editing and not self._is_waiting))
        self._show_extras(call)

    def _is_deciding(self, focused: QWidget) -> bool:
        """Whether this is a control with which a waiting call is decided."""
        is_in_row = self._approval is not None and self._approval.isAncestorOf(focused)
        return is_in_row or (self._is_editing and self.isAncestorOf(focused))

    def focus_decision(self) -> None:
        """Focus the first control with which the waiting call is decided."""
        first = self.approval.answer if self._call.asks_user else self.approval.allow
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def append_arguments(self, text: str) -> None:
        """Append a piece of the arguments; `arguments.flush` draws it."""
        self._argument_pieces.append(text)
        self.arguments.append(text)

    def _show_state(self) -> None:
        call, seconds = self.call, self.call.seconds
        kind, icon = _BADGES[call.state]
        text = states.tool_state_text(call.state, ran=seconds is not None, asks_user=call.asks_user)
        self._state.set_kind(kind, text, icon)
        self._time.setText(numbers.seconds(seconds) if seconds is not None else "")

    def _show_details(self, shown: bool) -> None:
        self.details.set_glyph(Icon.CHEVRON_UP if shown else Icon.CHEVRON_DOWN)
        if not self._is_editing:
            self._texts.set_folded(self.call.state in _FOLDED and not shown)

    # -- approval and replay

    def set_running(self, running: bool) -> None:
        """Lock replaying while a reply runs, and say so."""
        if running != self._is_running:
            self._is_running = running
            if self._editing is not None:
                self._editing.explain(is_waiting=self._is_waiting, is_running=running)

    def draft(self) -> CardDraft | None:
        """What was typed and not submitted, or None."""
        is_open = self._is_waiting and self._approval is not None
        answer, reason = (self.approval.answer.text(), self.approval.reason.text()) if is_open else ("", "")
        if self._is_editing:
            return CardDraft(self._untouched, self.arguments.text, self.result.text, answer, reason)
        return CardDraft(("", ""), None, None, answer, reason) if answer or reason else None

    def set_draft(self, draft: CardDraft) -> None:
        """Show an unsubmitted edit or answer again."""
        if draft.answer or draft.reason:
            self.approval.answer.setText(draft.answer)
            self.approval.reason.setText(draft.reason)
        if draft.arguments is not None and draft.result is not None:
            self._set_editing(True)
            self._untouched = draft.untouched
            self.arguments.set_text(draft.arguments)
            self.result.set_text(draft.result)

    def _show_approval(self) -> None:
        is_shown = self._is_waiting and not self._is_editing
        if is_shown:
            self.approval.set_asks_user(self._call.asks_user)
        if self._approval is not None:
            self._approval.setVisible(is_shown)

    def _decide(self, kind: Decision) -> None:
        self.decided.emit(CardDecision(kind, self.approval.reason.text().strip() if kind == "deny" else ""))

    def _begin_editing(self) -> None:
        self._set_editing(True)
        self._untouched = self.arguments.text, self.result.text
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
            self.editing.show_fault(fault)
            self.arguments.setFocus()
        elif self._is_waiting:
            self.decided.emit(CardDecision("allow", arguments=arguments))
        else:
            self.replayed.emit(arguments, result)

    def _set_editing(self, editing: bool) -> None:
        self._is_editing = editing
        if editing:
            self._texts.set_folded(False)
        for text in (self.arguments, self.result):
            # A text that was cut for display can't be edited: what is not shown would be lost.
            text.set_editable(editing and len(text.text) <= MAX_MONOSPACE_TEXT)
        if editing or self._editing is not None:
            self.editing.explain(is_waiting=self._is_waiting, is_running=self._is_running)
            self.editing.setVisible(editing)
        self._show_approval()
        self.edit.setVisible(not editing)
        self.details.setVisible(self.call.state in _FOLDED and not editing)
        self._texts.show_result(self.call.result is not None or (editing and not self._is_waiting))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave or send the edit by the keys of the message editor."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if self._is_editing and event.key() == Qt.Key.Key_Escape:
            self.end_editing()
        elif self._is_editing and is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.editing.replay.isEnabled():
                self._replay()
        else:
            super().keyPressEvent(event)

    # -- appearance

    def _restyle(self) -> None:
        self._icon.setPixmap(pixmap(Icon.TOOL, "tool", 16, self.devicePixelRatioF()))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_edit()

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
