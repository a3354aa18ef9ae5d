"""Where a message is written: text, model, thinking, and the button that sends or stops."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import PrimaryIconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import TextArea
from app.ui.widgets.panel import Panel
from app.ui.widgets.themed import paint_shadow

SHORTEST, TALLEST = 2, 10
"""Lines of text between which the field grows."""
SHADOW = 4


class MessageField(TextArea):
    """Many lines of plain text. Enter sends, Shift+Enter breaks the line; Enter inside a composition does neither.

    Signals:
        sent: Enter was pressed outside a composition.
    """

    sent = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, min_lines=SHORTEST, max_lines=TALLEST, size=Type.BODY, bare=True)
        self._composing = False

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._composing = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not self._composing:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.insertPlainText("\n")
            else:
                self.sent.emit()
            return
        super().keyPressEvent(event)


class Composer(Retranslated):
    """Writes one message.

    Signals:
        send: the text, without surrounding blank; it stays in the field until `clear`.
        stop: end the running reply.
        draft_changed: the text so far.
        think_changed: thinking first was switched.
    """

    send = Signal(str)
    stop = Signal()
    draft_changed = Signal(str)
    think_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = False
        self.field = MessageField()
        self._held = self._sent_early = False
        self.field.sent.connect(self._send)
        self.field.textChanged.connect(self._changed)
        self.think = Chip("", Icon.THINKING)
        self.think.toggled.connect(self.think_changed)
        self._button = PrimaryIconButton(Icon.SEND, "")
        self._button.clicked.connect(self._pressed)

        self.tools = QHBoxLayout()
        self.tools.setSpacing(Space.S8)
        self.tools.addWidget(self.think)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S8)
        foot.addLayout(self.tools)
        foot.addStretch(1)
        foot.addWidget(self._button)
        self._frame = Panel()
        self.field.ring_target = self._frame
        self.field.ring_radius = Radius.PANEL
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S16, Space.S12, Space.S12, 10)
        inside.setSpacing(Space.S8)
        inside.addWidget(self.field)
        inside.addLayout(foot)
        self._frame.body.addLayout(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(SHADOW, SHADOW, SHADOW, SHADOW)
        around.addWidget(self._frame)
        self.setFocusProxy(self.field)
        self.retranslate()

    def order_tabs(self, *between: QWidget) -> None:
        """The keyboard goes from the field through `between` to thinking and the button, as one reads."""
        order = [self.field, *between, self.think, self._button]
        for earlier, later in pairwise(order):
            QWidget.setTabOrder(earlier, later)

    @property
    def running(self) -> bool:
        return self._running

    def set_running(self, running: bool) -> None:
        """While a reply runs the button stops it."""
        self._running = running
        self._button.set_glyph(Icon.STOP if running else Icon.SEND)
        self.retranslate()

    def show_thinking(self, on: bool, *, possible: bool) -> None:
        """Whether the model will think first; nothing is announced."""
        blocked = self.think.blockSignals(True)
        self.think.setChecked(on)
        self.think.blockSignals(blocked)
        self.think.setEnabled(possible)
        self.think.update()

    def text(self) -> str:
        return self.field.toPlainText()

    def set_text(self, text: str) -> None:
        """Put a draft in place; nothing is announced."""
        if text != self.text():
            blocked = self.field.blockSignals(True)
            self.field.setPlainText(text)
            self.field.blockSignals(blocked)
            self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def clear(self) -> None:
        """Empty the field: its text was sent."""
        self.set_text("")
        self.draft_changed.emit("")

    def _changed(self) -> None:
        self.draft_changed.emit(self.text())

    def _pressed(self) -> None:
        if self._running:
            self.stop.emit()
        else:
            self._send()

    def hold(self) -> None:
        """No conversation is there yet: what is typed and sent from now on waits for `take_over`."""
        self._held = True

    def take_over(self, draft: str) -> None:
        """A conversation with this draft is open. What was typed before that stays, what was sent is sent."""
        typed = self.text() if self._held else ""
        early, self._held, self._sent_early = self._sent_early, False, False
        if early:
            self._send()
            typed = self.text()
        whole = "\n".join(words for words in (draft, typed) if words.strip())
        self.set_text(whole)
        if whole != draft or early:
            self.draft_changed.emit(whole)

    def _send(self) -> None:
        text = self.text().strip()
        if self._held:
            self._sent_early = bool(text)
        elif text and not self._running:
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
        if self._running:
            self._button.set_name(QCoreApplication.translate("Composer", "Stop"))
        else:
            self._button.set_name(QCoreApplication.translate("Composer", "Send"))
