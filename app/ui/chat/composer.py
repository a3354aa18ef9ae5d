"""The composer: the message field, the thinking switch, and the button that sends or stops."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.word_joining import fitted
from app.ui.chat.composer_parts.dictate import DictateButton
from app.ui.chat.composer_parts.message_history import MessageHistory
from app.ui.chat.composer_parts.undo_step import undo_step
from app.ui.chat.composer_parts.variable_fields import VariableFields
from app.ui.chat.talk.talk_button import TalkButton
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import IconButton, PrimaryIconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.fields import TextArea
from app.ui.widgets.panel import Panel
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import is_inside_box, paint_shadow

QWIDGETSIZE_MAX = (1 << 24) - 1
"""Qt's own number for a width without a limit."""
MIN_LINES, MAX_LINES = 2, 10
"""Lines of text between which the field grows."""
SHADOW = 4
"""Logical pixels."""


class MessageField(TextArea):
    """A multi-line text field. Enter submits and Shift+Enter inserts a line break.

    Enter that confirms an input-method composition does neither.

    Signals:
        submitted: Enter was pressed outside a composition.

    Attributes:
        take_pasted, take_dropped: attach what is pasted, or dropped here; False if it is text.
    """

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, min_lines=MIN_LINES, max_lines=MAX_LINES, size=Type.BODY, bare=True)
        self._is_composing = self._is_dropping = False
        self.take_pasted: Callable[[QMimeData], bool] = lambda data: False
        self.take_dropped: Callable[[QMimeData], bool] = lambda data: False

    def dropEvent(self, event: QDropEvent) -> None:
        self._is_dropping = True
        super().dropEvent(event)
        self._is_dropping = False

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasImage() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        take = self.take_dropped if self._is_dropping else self.take_pasted
        if not take(source):
            super().insertFromMimeData(source)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_composing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not self._is_composing:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
            else:
                self.submitted.emit()
            return
        super().keyPressEvent(event)


class _SendButton(PrimaryIconButton):
    """Sends, and becomes Stop under the pointer: the second click of a double click must not stop the reply."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class Composer(Retranslated):
    """Composes one message.

    Signals:
        send: the text exactly as typed; it stays in the field until `clear`.
        stop: the running reply is to be stopped.
        draft_changed: the text typed so far.
        think_changed: whether the model thinks first was switched.
        talk_wanted: Talk was pressed, and a conversation is open.

    Attributes:
        attach, attach_address: the buttons for attachments, whose cards are in `above`.
        dictate, talk, templates: the buttons beside them. What belongs to the text is in `below`, under the field.
        shown_frame: the `frame` in which one types, or what is shown in its place.
        has_attachments: whether a message without text may be sent.
    """

    send = Signal(str)
    stop = Signal()
    draft_changed = Signal(str)
    think_changed = Signal(bool)
    talk_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = False
        self.field = MessageField()
        self._is_deferring = self._has_deferred_send = self._has_deferred_talk = False
        self.field.submitted.connect(self._send)
        self.field.textChanged.connect(self._emit_draft)
        self.history = MessageHistory(self.field)
        self.history.recalled.connect(self._show_recalled)
        self.variables = VariableFields()
        self.think = Chip("", Icon.THINKING)
        self.think.toggled.connect(self.think_changed)
        self._button = _SendButton(Icon.SEND, "")
        self._button.clicked.connect(self._on_button_clicked)

        self.tools = QHBoxLayout()
        self.tools.setSpacing(Space.S6)
        self.attach, self.attach_address = IconButton(Icon.ATTACH, ""), IconButton(Icon.LINK, "")
        self.dictate, self.templates = DictateButton(), IconButton(Icon.LIST, "")
        self.talk = TalkButton()
        self.talk.clicked.connect(self._on_talk_clicked)
        self.has_attachments: Callable[[], bool] = lambda: False
        self.above, self.below = QVBoxLayout(), QVBoxLayout()
        self.below.setSpacing(Space.S8)
        self.below.addWidget(self.variables)
        self.inputs = QHBoxLayout()
        self.inputs.setSpacing(0)
        for button in (self.attach, self.attach_address, self.dictate, self.talk, self.templates):
            self.inputs.addWidget(button)
        self.tools.addLayout(self.inputs)
        self.tools.addWidget(self.think)
        self.search = Chip("", Icon.GLOBE)
        self._search_reason = ""
        self.tools.addWidget(self.search)
        self.offered = Chip("", Icon.TOOL, checkable=False)
        self.offered.hide()
        self._offered: tuple[str, ...] = ()
        self._always_allowed: tuple[str, ...] = ()
        self.tools.addWidget(self.offered)
        for chip in (self.think, self.search, self.offered):
            chip.allow_shrinking()
        bottom_row = self._bottom_row = QHBoxLayout()
        bottom_row.setSpacing(Space.S6)
        bottom_row.addLayout(self.tools)
        bottom_row.addStretch(1)
        self.end = QHBoxLayout()
        bottom_row.addLayout(self.end)
        bottom_row.addWidget(self._button)
        self.frame = Panel()
        self.field.ring_target = self.frame
        self.field.ring_radius = Radius.PANEL
        self.shown_frame: QWidget = self.frame
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.S16, Space.S12, 10, 10)
        inner.setSpacing(Space.S8)
        inner.addLayout(self.above)
        inner.addWidget(self.field)
        inner.addLayout(self.below)
        inner.addLayout(bottom_row)
        self.frame.body.addLayout(inner)
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        self.outer.addWidget(self.frame)
        self.setFocusProxy(self.field)
        presentation_cover().changed.connect(self._describe_offered)
        self.retranslate()

    def event(self, event: QEvent) -> bool:
        is_handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return is_handled

    def _fit(self) -> None:
        """Take the texts off the chips where the row would be wider than the composer, first the name of a tool."""
        chips = {self.think: "", self.search: "", self.offered: str(len(self._offered))}
        saved = sum(chip.saved_width for chip in chips if not chip.isHidden())
        items = (self.end.itemAt(index) for index in range(self.end.count()))
        end = [widget for item in items if item is not None and (widget := item.widget()) is not None]
        narrowed = sum(max(0, widget.sizeHint().width() - widget.maximumWidth()) for widget in end)
        missing = self._bottom_row.sizeHint().width() + saved + narrowed - self._bottom_row.geometry().width()
        by_number = 0 if self.offered.isHidden() else self.offered.saving(chips[self.offered])
        for chip, text in chips.items():
            is_whole = missing <= (0 if chip is self.offered else by_number)
            chip.set_compact(None if is_whole else text)
        # The counter gives its bar before the model's name is cut.
        is_full = missing > sum(chip.saving(text) for chip, text in chips.items() if not chip.isHidden())
        for widget in end:
            widget.setMaximumWidth(widget.minimumSizeHint().width() if is_full else QWIDGETSIZE_MAX)

    @property
    def running(self) -> bool:
        return self._is_running

    def set_running(self, running: bool) -> None:
        """Make the button stop the running reply, or send."""
        self._is_running = running
        self._button.set_glyph(Icon.STOP if running else Icon.SEND)
        # The accent stays with what waits for the user, such as Allow.
        self._button.set_neutral(running)
        self.retranslate()

    def show_thinking(self, on: bool, *, possible: bool) -> None:
        """Show whether the model will think first, and whether that can be changed. Emits no signal."""
        blocked = self.think.blockSignals(True)
        self.think.setChecked(on)
        self.think.blockSignals(blocked)
        self.think.setEnabled(possible)
        self.think.update()

    def show_search(self, on: bool, *, reason: str) -> None:
        """Show whether the model may search the web, and why it can't, if it can't. Emits no signal."""
        blocked = self.search.blockSignals(True)
        self.search.setChecked(on)
        self.search.blockSignals(blocked)
        self.search.setEnabled(not reason)
        self._search_reason = reason
        self._describe_search()
        self.search.update()

    def _describe_search(self) -> None:
        self.search.setToolTip(
            self._search_reason
            or QCoreApplication.translate("Composer", "Let the model search the web. Each keyword is a billed search.")
        )
        self.search.setAccessibleDescription(self._search_reason)

    def show_offered_tools(self, offered: Sequence[str], always_allowed: Sequence[str]) -> None:
        """Show which tools go with every message, and which of them run without asking."""
        self._offered = tuple(offered)
        self._always_allowed = tuple(name for name in offered if name in always_allowed)
        self._describe_offered()

    def _describe_offered(self) -> None:
        number, allowed = len(self._offered), len(self._always_allowed)
        text = QCoreApplication.translate("Composer", "{n} tools").format(n=number)
        if number == 1:
            text = presentation_cover().mask(self._offered[0])
        if allowed:
            text = QCoreApplication.translate("Composer", "{tools} · {n} always allowed").format(tools=text, n=allowed)
        self.offered.setText(text)
        self.offered.setAccessibleName(QCoreApplication.translate("Composer", "Tools in use"))
        self.offered.setAccessibleDescription(text)
        self.offered.setToolTip(
            QCoreApplication.translate("Composer", "Sent with every message: {names}").format(
                names=presentation_cover().mask(", ".join(self._offered))
            )
        )
        self.offered.setVisible(bool(self._offered))

    def text(self) -> str:
        return self.field.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a draft. Emits no signal."""
        if text != self.text():
            blocked = self.field.blockSignals(True)
            self.field.setPlainText(text)
            self.field.blockSignals(blocked)
            self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def append(self, text: str) -> None:
        """Add a text behind the draft, also while presentation mode locks the field because it shows a masked one."""
        combined = self.text() + text
        self.set_text(combined)
        self._emit_draft()

    def add_to_draft(self, text: str) -> None:
        """Put a text of another view behind the draft, as one step of its undo history, and go there."""
        words = fitted(self.text(), text, "")
        if self.field.is_covered:
            self.append(words)
        else:
            self.field.moveCursor(self.field.textCursor().MoveOperation.End)
            with undo_step(self.field):
                self.field.insertPlainText(words)
        self.field.setFocus()

    def clear(self) -> None:
        """Empty the field after its text was sent, or show what was typed before an earlier message was recalled."""
        draft = self.history.sent()
        self.set_text(draft)
        self.draft_changed.emit(draft)

    def _show_recalled(self, text: str) -> None:
        self.set_text(text)
        self._emit_draft()

    def _emit_draft(self) -> None:
        self.draft_changed.emit(self.history.draft())

    def _on_button_clicked(self) -> None:
        if self._is_running:
            self.stop.emit()
            self.field.setFocus()
        else:
            self._send()

    def defer(self) -> None:
        """Keep what is typed, sent or pressed before a conversation is open, until `open_draft`."""
        self._is_deferring = True

    def open_draft(self, draft: str) -> None:
        """Show the draft of an opened conversation, followed by deferred text; send text whose sending was deferred."""
        typed = self.text() if self._is_deferring else ""
        has_sent, self._is_deferring, self._has_deferred_send = self._has_deferred_send, False, False
        if has_sent:
            self._send()
            typed = self.text()
        self.history.reset()
        combined = "\n".join(text for text in (draft, typed) if text.strip())
        self.set_text(combined)
        if combined != draft or has_sent:
            self.draft_changed.emit(combined)
        if self._has_deferred_talk:
            self._has_deferred_talk = False
            # The conversation is still being shown.
            QTimer.singleShot(0, self, self.talk_wanted.emit)

    def _on_talk_clicked(self) -> None:
        if self._is_deferring:
            self._has_deferred_talk = True
        else:
            self.talk_wanted.emit()

    def send_text(self) -> None:
        """Send what is typed, as the button does."""
        self._send()

    def submit(self) -> None:
        """Send what is typed, as its button does."""
        self._send()

    def _send(self) -> None:
        commit_composition()
        text = self.text()
        # Before sending, which may be refused and then focuses what is missing.
        self.field.setFocus()
        if self._is_deferring:
            self._has_deferred_send = bool(text.strip())
        elif text.strip() or self.has_attachments():
            self.send.emit(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        frame = QRectF(self.shown_frame.geometry())
        if not is_inside_box(QRectF(event.rect()), frame, Radius.PANEL):  # the frame covers it
            paint_shadow(QPainter(self), frame, Radius.PANEL, SHADOW)

    def retranslate(self) -> None:
        self.field.setAccessibleName(QCoreApplication.translate("Composer", "Message"))
        self.field.setPlaceholderText(QCoreApplication.translate("Composer", "Message MiMo…"))
        self.attach.set_name(QCoreApplication.translate("Composer", "Attach"))
        self.attach_address.set_name(QCoreApplication.translate("Composer", "Attach by address"))
        self.think.setText(QCoreApplication.translate("Composer", "Thinking"))
        self.think.setAccessibleName(QCoreApplication.translate("Composer", "Think first"))
        self.think.setToolTip(
            QCoreApplication.translate("Composer", "Let the model think before it answers. Its thoughts are shown.")
        )
        self.dictate.set_name(QCoreApplication.translate("Composer", "Dictate"))
        self.dictate.setToolTip(
            QCoreApplication.translate(
                "Composer",
                "Speak, and the words are inserted here; nothing is sent. It ends when you pause or press again, "
                "after two minutes at most. Escape stops it.",
            )
        )
        self.talk.retranslate()
        self.templates.set_name(QCoreApplication.translate("Composer", "Templates"))
        self.templates.setToolTip(
            QCoreApplication.translate(
                "Composer",
                "Insert a saved text, or save this one as a template. You can also type / in an empty message. "
                "{{name}} becomes a field to fill in; write \\{{name}} to send it as it is.",
            )
        )
        self.search.setText(QCoreApplication.translate("Composer", "Web search"))
        self.search.setAccessibleName(QCoreApplication.translate("Composer", "Use web search"))
        self._describe_search()
        self._describe_offered()
        if self._is_running:
            self._button.set_name(QCoreApplication.translate("Composer", "Stop"))
        else:
            self._button.set_name(QCoreApplication.translate("Composer", "Send"))
