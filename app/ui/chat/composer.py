"""The composer: the message field, the thinking switch, and the button that sends or stops."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import PrimaryIconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.fields import TextArea
from app.ui.widgets.panel import Panel
from app.ui.widgets.themed import paint_shadow

MIN_LINES, MAX_LINES = 2, 10
"""Lines of text between which the field grows."""
SHADOW = 4
"""Logical pixels."""


class MessageField(TextArea):
    """A multi-line text field. Enter submits and Shift+Enter inserts a line break.

    Enter that confirms an input-method composition does neither.

    Signals:
        submitted: Enter was pressed outside a composition.
    """

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, min_lines=MIN_LINES, max_lines=MAX_LINES, size=Type.BODY, bare=True)
        self._is_composing = False

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


class Composer(Retranslated):
    """Composes one message.

    Signals:
        send: the text exactly as typed; it stays in the field until `clear`.
        stop: the running reply is to be stopped.
        draft_changed: the text typed so far.
        think_changed: whether the model thinks first was switched.
    """

    send = Signal(str)
    stop = Signal()
    draft_changed = Signal(str)
    think_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_running = False
        self.field = MessageField()
        self._is_deferring = self._has_deferred_send = False
        self.field.submitted.connect(self._send)
        self.field.textChanged.connect(self._emit_draft)
        self.think = Chip("", Icon.THINKING)
        self.think.toggled.connect(self.think_changed)
        self._button = PrimaryIconButton(Icon.SEND, "")
        self._button.clicked.connect(self._on_button_clicked)

        self.tools = QHBoxLayout()
        self.tools.setSpacing(Space.S8)
        self.tools.addWidget(self.think)
        self.offered = Chip("", Icon.TOOL, checkable=False)
        self.offered.hide()
        self._offered: tuple[str, ...] = ()
        self._always_allowed: tuple[str, ...] = ()
        self.tools.addWidget(self.offered)
        bottom_row = QHBoxLayout()
        bottom_row.setSpacing(Space.S8)
        bottom_row.addLayout(self.tools)
        bottom_row.addStretch(1)
        bottom_row.addWidget(self._button)
        self._frame = Panel()
        self.field.ring_target = self._frame
        self.field.ring_radius = Radius.PANEL
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.S16, Space.S12, Space.S12, 10)
        inner.setSpacing(Space.S8)
        inner.addWidget(self.field)
        inner.addLayout(bottom_row)
        self._frame.body.addLayout(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        outer.addWidget(self._frame)
        self.setFocusProxy(self.field)
        self.retranslate()

    @property
    def running(self) -> bool:
        return self._is_running

    def set_running(self, running: bool) -> None:
        """Make the button stop the running reply, or send."""
        self._is_running = running
        self._button.set_glyph(Icon.STOP if running else Icon.SEND)
        self.retranslate()

    def show_thinking(self, on: bool, *, possible: bool) -> None:
        """Show whether the model will think first, and whether that can be changed. Emits no signal."""
        blocked = self.think.blockSignals(True)
        self.think.setChecked(on)
        self.think.blockSignals(blocked)
        self.think.setEnabled(possible)
        self.think.update()

    def show_offered_tools(self, offered: Sequence[str], always_allowed: Sequence[str]) -> None:
        """Show which tools go with every message, and which of them run without asking."""
        self._offered = tuple(offered)
        self._always_allowed = tuple(name for name in offered if name in always_allowed)
        self._describe_offered()

    def _describe_offered(self) -> None:
        number, allowed = len(self._offered), len(self._always_allowed)
        text = self._offered[0] if number == 1 else QCoreApplication.translate("Composer", "{n} tools").format(n=number)
        if allowed:
            text = QCoreApplication.translate("Composer", "{tools} · {n} always allowed").format(tools=text, n=allowed)
        self.offered.setText(text)
        self.offered.setAccessibleName(QCoreApplication.translate("Composer", "Tools in use"))
        self.offered.setAccessibleDescription(text)
        self.offered.setToolTip(
            QCoreApplication.translate("Composer", "Sent with every message: {names}").format(
                names=", ".join(self._offered)
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

    def clear(self) -> None:
        """Empty the field after its text was sent."""
        self.set_text("")
        self.draft_changed.emit("")

    def _emit_draft(self) -> None:
        self.draft_changed.emit(self.text())

    def _on_button_clicked(self) -> None:
        if self._is_running:
            self.stop.emit()
            self.field.setFocus()
        else:
            self._send()

    def defer(self) -> None:
        """Keep text typed or sent before a conversation is open, until `open_draft`."""
        self._is_deferring = True

    def open_draft(self, draft: str) -> None:
        """Show the draft of an opened conversation, followed by deferred text; send text whose sending was deferred."""
        typed = self.text() if self._is_deferring else ""
        has_sent, self._is_deferring, self._has_deferred_send = self._has_deferred_send, False, False
        if has_sent:
            self._send()
            typed = self.text()
        combined = "\n".join(text for text in (draft, typed) if text.strip())
        self.set_text(combined)
        if combined != draft or has_sent:
            self.draft_changed.emit(combined)

    def _send(self) -> None:
        commit_composition()
        text = self.text()
        if self._is_deferring:
            self._has_deferred_send = bool(text.strip())
        elif text.strip():
            self.send.emit(text)
        self.field.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_shadow(QPainter(self), QRectF(self._frame.geometry()), Radius.PANEL, SHADOW)

    def retranslate(self) -> None:
        self.field.setAccessibleName(QCoreApplication.translate("Composer", "Message"))
        self.field.setPlaceholderText(QCoreApplication.translate("Composer", "Message MiMo…"))
        self.think.setText(QCoreApplication.translate("Composer", "Thinking"))
        self.think.setAccessibleName(QCoreApplication.translate("Composer", "Think first"))
        self.think.setToolTip(
            QCoreApplication.translate("Composer", "Let the model think before it answers. Its thoughts are shown.")
        )
        self._describe_offered()
        if self._is_running:
            self._button.set_name(QCoreApplication.translate("Composer", "Stop"))
        else:
            self._button.set_name(QCoreApplication.translate("Composer", "Send"))
