"""The base of a message's widget: its parts in order of arrival, an error if it was interrupted, and its footer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.json_answer import JsonAnswer
from app.core.messages import Message, Role
from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.chat.transcript.accessible_group import AccessibleGroup
from app.ui.chat.transcript.json_line import JsonLine
from app.ui.chat.transcript.left_out import LeftOutLine, Veil
from app.ui.chat.transcript.message_footer import MessageFooter, running_reason
from app.ui.widgets.notices import InlineNotice

FailureAction = Literal["", "retry", "go-on"]
"""What a message that was interrupted offers: nothing, to ask again, or to go on or stop here."""


class MessageView(AccessibleGroup):
    """The name, parts and footer that messages of every role share.

    Signals:
        edited: new text and attachments for this message.
        editing_began: an edit field was opened; its top must be in view.
        draws_again: a long text is drawn again by `flush`.
        cards_decided: the last call that waited was decided with the keyboard focus in its card.
        decided, answered, replayed: about a tool call; the first argument is its `ToolCallRef`.
        media_opened, media_sent: an image or a sound of a tool's result.
        open_link, retry, end_accepted, send_again, copy_json, answer_without_search, force_search: as in `Transcript`.
    """

    edited = Signal(str, object)
    editing_began = Signal()
    draws_again = Signal()
    cards_decided = Signal()
    decided = Signal(object, object)
    answered = Signal(object, str)
    replayed = Signal(object, str, object)
    media_opened = Signal(object)
    media_sent = Signal(object)
    open_link = Signal(str)
    retry = Signal()
    end_accepted = Signal()
    send_again = Signal()
    copy_json = Signal(str)
    answer_without_search = Signal()
    force_search = Signal()

    def __init__(self, message: Message, ordinal: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self._ordinal = ordinal
        self._left_out_line: LeftOutLine | None = None
        self._veil: Veil | None = None
        self._json_line: JsonLine | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(10)
        self.parts = QVBoxLayout()
        self.parts.setSpacing(10)
        self.column.addLayout(self.parts)
        self.notice = InlineNotice()
        self.notice.acted.connect(self.retry)
        self.column.addWidget(self.notice)
        self.footer = MessageFooter(message.role)
        self.column.addWidget(self.footer)

    def retranslate(self) -> None:
        self.setAccessibleName(_accessible_name(self.message.role, self._ordinal))

    def restore_reading_order(self) -> None:
        """Order the children for assistive technology, whose tree follows creation and raising, not the layout."""
        self.notice.raise_()
        if self._json_line is not None:
            self._json_line.raise_()
        self.footer.raise_()

    def show_failure(self, text: str, action: FailureAction) -> None:
        """Show why the message was interrupted, with what can be done about it."""
        self.notice.say("bad", text, QCoreApplication.translate("Transcript", "Retry") if action == "retry" else "")

    def clear_failure(self) -> None:
        """Stop showing why the message was interrupted."""
        self.notice.clear()

    def fit_page(self, width: int) -> None:
        """Adapt to the width of the page, in pixels."""
        self.footer.fit(width)

    def set_running(self, running: bool) -> None:
        """Lock what can't be done while a reply runs."""
        self.footer.set_running(running)
        self.notice.action.setEnabled(not running)
        self.notice.action.setToolTip(running_reason() if running else "")

    def set_left_out(self, left_out: bool, *, has_summary: bool) -> None:
        """Dim the message where it is not sent any more, and say so above it."""
        if self._left_out_line is None:
            if not left_out:
                return
            self._left_out_line, self._veil = LeftOutLine(), Veil(self)
            self._left_out_line.send_again.connect(self.send_again)
            self.column.insertWidget(0, self._left_out_line)
            self._left_out_line.lower()  # The first that is read.
        assert self._veil is not None
        self._left_out_line.set_has_summary(has_summary)
        self._left_out_line.setVisible(left_out)
        self._veil.setVisible(left_out)
        self._place_veil()

    def show_json(self, answer: JsonAnswer) -> None:
        """Say below the parts whether the answer is JSON."""
        if self._json_line is None:
            self._json_line = JsonLine()
            self._json_line.copy.connect(self.copy_json)
            self.column.insertWidget(self.column.indexOf(self.footer), self._json_line)
            self.restore_reading_order()
        self._json_line.show_answer(answer)

    def _place_veil(self) -> None:
        """Cover everything below the line that says why."""
        if self._veil is not None and self._left_out_line is not None:
            top = self._left_out_line.geometry().bottom()
            self._veil.setGeometry(0, top, self.width(), self.height() - top)
            self._veil.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_veil()

    @property
    def has_backlog(self) -> bool:
        """Whether another `flush` is needed to draw everything that has arrived."""
        return False

    def flush(self) -> bool:
        """Draw and show what has arrived, as much as a frame has time for; true when what is below may have moved."""
        self.draw_waiting()
        return self.show_drawn()

    def draw_waiting(self) -> None:
        """Draw what has arrived, as much as a frame has time for; `show_drawn` completes it."""

    def show_drawn(self) -> bool:
        """Give what has been drawn its place, and let it be painted; true when what is below may have moved."""
        return False

    def part_widgets(self) -> list[QWidget]:
        """The widgets of the parts, from top to bottom."""
        items = (self.parts.itemAt(index) for index in range(self.parts.count()))
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]

    def command_areas(self) -> Iterator[QWidget]:
        """The parts whose buttons commands press, in the order in which they are looked through."""
        yield self.notice
        yield self.footer

    def text_views(self) -> list[ReadingText]:
        """The text widgets of the message, from top to bottom."""
        return self.findChildren(ReadingText)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.footer.update()
        elif event.type() == QEvent.Type.LayoutRequest:
            self._place_veil()
        return super().event(event)


def _accessible_name(role: Role, ordinal: int) -> str:
    match role:
        case "user":
            return QCoreApplication.translate("Transcript", "You {n}").format(n=ordinal)
        case "assistant":
            return QCoreApplication.translate("Transcript", "MiMo {n}").format(n=ordinal)
        case "system":
            return QCoreApplication.translate("Transcript", "System {n}").format(n=ordinal)
        case "developer":
            return QCoreApplication.translate("Transcript", "Developer {n}").format(n=ordinal)
    return QCoreApplication.translate("Transcript", "Tool {n}").format(n=ordinal)
