"""The messages of the open conversation, both finished and streaming."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.json_answer import JsonAnswer
from app.core.messages import Message, Sources, ToolCall, ToolCallRef
from app.core.sentence_joiner import join_sentences
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.focus_restorer import FocusRestorer
from app.ui.chat.transcript.heard_place import HeardPlace
from app.ui.chat.transcript.jump_button import JumpButton
from app.ui.chat.transcript.live_updates import LiveUpdates
from app.ui.chat.transcript.message_signals import connect_message
from app.ui.chat.transcript.message_view import MessageView
from app.ui.chat.transcript.message_window import MessageWindow
from app.ui.chat.transcript.messages_at_hand import MessagesAtHand
from app.ui.chat.transcript.scroll_anchor import ScrollAnchor
from app.ui.chat.transcript.sent_attachments import SentAttachments
from app.ui.chat.transcript.tab_order import TabOrder
from app.ui.chat.transcript.text_search import TextSearch
from app.ui.chat.transcript.user_message import UserMessageView
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.scroll_area import ScrollArea

MAX_MESSAGE_WIDTH = 784
"""That of the composer, in logical pixels before text scaling."""
SIDE = 16
"""Beside the messages at least, as beside the composer, with the scroll bar in it; `MARGIN` above and below them."""
MARGIN = 24


class Transcript(ScrollArea):
    """Shows the messages of a conversation and lets the user act on them.

    Signals:
        approve: a tool call's `ToolCallRef` and a `CardDecision`.
        media_opened, media_sent: an image or a sound of a tool's result, to show or play it, or to send it.
        answered: a tool call's `ToolCallRef` and the user's own answer to it.
        cards_decided: the last call that waited was decided with the keyboard focus in its card.
        replay: a tool call's `ToolCallRef`, its arguments, and the result typed by the user or None.
        copy, regenerate, speak, inspect, retry, answer_without_search, force_search: message id; `retry` also to go on
            after many rounds of tool calls.
        end_accepted: id of a message that is to end where it was interrupted.
        acted: message id and the `Action` of another button of its footer.
        send_again: id of a message that was left out.
        built: id of a message whose widget was built or has its final content.
        copy_json: JSON to copy.
        edit: message id, the new text and the new attachments.
        open_attachment: message id and the index of a part.
        leave_out: message id, the index of a part, and whether it is to be left out of later turns.
        version: message id and -1 or 1.
        open_link: address.
    """

    approve = Signal(object, object)
    answered = Signal(object, str)
    media_opened = Signal(object)
    media_sent = Signal(object)
    cards_decided = Signal()
    replay = Signal(object, str, object)
    copy = Signal(str)
    regenerate = Signal(str)
    edit = Signal(str, str, object)
    open_attachment = Signal(str, int)
    leave_out = Signal(str, int, bool)
    speak = Signal(str)
    inspect = Signal(str)
    acted = Signal(str, str)
    version = Signal(str, int)
    open_link = Signal(str)
    retry = Signal(str)
    end_accepted = Signal(str)
    send_again = Signal(str)
    built = Signal(str)
    copy_json = Signal(str)
    answer_without_search = Signal(str)
    force_search = Signal(str)
    moves_focus_inside = True

    def __init__(self, parent: QWidget | None = None) -> None:
        self._content = QWidget()
        self._page_width = 0
        super().__init__(self._content, parent, fill="bg")
        outer = QVBoxLayout(self._content)
        outer.setContentsMargins(0, 0, 0, 0)
        self._layout = QVBoxLayout()
        self._layout.setSpacing(20)
        outer.addLayout(self._layout)
        # Keeps the messages at their natural height on a taller page.
        outer.addStretch(1)
        self._jump = JumpButton(self._content)
        self._window = MessageWindow(self._layout, self._connect)
        self.attachments = SentAttachments(self._window)
        self._anchor = ScrollAnchor(self, self._content, self._layout, self._window, self._jump, bottom_margin=MARGIN)
        self.heard = HeardPlace(self, self._content, self._anchor)
        self._updates = LiveUpdates(self._window, self._anchor.settle_growing, self)
        self._search = TextSearch(self._window, self._anchor, self.go_to)
        self._tab_order = TabOrder(self, self._content, self._window, self._jump)
        self.at_hand = MessagesAtHand(self, self._window)
        self._focus = FocusRestorer(self, self._window, self._tab_order)
        self._jump.clicked.connect(self.jump_to_latest)
        self._content.installEventFilter(self)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._retranslate()
        self._set_margins()

    # -- messages

    def set_arrived_content(self, arrived: Callable[[Message], Message]) -> None:
        """Set the function that returns a streaming message as far as it has arrived.

        Its widget is built again after the user has been far away in the conversation.
        """
        self._window.arrived_content = arrived

    def show_messages(
        self,
        messages: Sequence[Message],
        versions: Mapping[str, tuple[int, int]] | None = None,
        *,
        streaming: str | None = None,
    ) -> None:
        """Show these messages, scrolled to the end.

        `versions` has number and total of versions by message id; `streaming` is the id of a message that goes on.
        """
        focused = self._focus.release()
        self._updates.clear()
        self._anchor.forget()
        self._search.reset()
        self._focus.forget()
        self._window.replace_all(messages, versions or {})
        if streaming is not None:
            self._window.streaming.add(streaming)
        self._anchor.is_following = True
        self._window.build_last()
        self._anchor.settle()
        if focused is not None:
            self._focus.restore(*focused)

    def begin(self, message: Message, version: tuple[int, int] = (1, 1)) -> None:
        """Add a message: one of the user's, or an answer that will stream."""
        self._window.append(message, version)
        self._jump.raise_()
        self._anchor.is_following = self._anchor.is_following or message.role == "user"
        self._anchor.settle()

    def finish(self, message: Message) -> None:
        """Show the final parts of a message."""
        if (index := self._window.finish(message)) is None:
            return
        self._updates.draw_backlog(message.id)
        self.built.emit(message.id)
        self._anchor.settle()
        self._focus.restore_pending(index)

    def show_failure(
        self, message_id: str, sentence: str, next_step: str, retry: bool, *, asks_to_go_on: bool = False
    ) -> None:
        """Explain inside the message what went wrong and what to do.

        `retry` offers to try again; `asks_to_go_on` offers to go on or to stop here.
        """
        text = join_sentences(sentence, next_step)
        if self._window.set_failure(message_id, text, "go-on" if asks_to_go_on else "retry" if retry else ""):
            self._anchor.settle()

    def set_versions(self, versions: Mapping[str, tuple[int, int]]) -> None:
        """Set number and total of versions by message id."""
        self._window.set_versions(versions)

    def set_running(self, running: bool) -> None:
        """Lock what can't be done while a reply runs, such as Regenerate."""
        self._window.set_running(running)

    def set_spoken(self, message_id: str) -> None:
        """Show which answer is read aloud; empty for none."""
        self._window.set_spoken(message_id)

    def set_takes(self, message_id: str, number: int) -> None:
        """Show how many takes speak an answer."""
        self._window.set_takes(message_id, number)

    def set_sounding(self, message_id: str) -> None:
        """Show whose takes or recording play; empty for none."""
        self._window.set_sounding(message_id)

    def answer_views(self, message_id: str) -> list[MarkdownView]:
        """The texts of an answer as far as they are drawn; none if it has no widget."""
        view = self._window.views.get(message_id)
        return view.answer_views() if isinstance(view, AssistantMessageView) else []

    def set_left_out_messages(self, left_out: frozenset[str], *, has_summary: bool) -> None:
        """Mark the messages with these ids as not sent any more; `has_summary`: a summary is sent instead."""
        self._window.set_left_out(left_out, has_summary=has_summary)
        self._anchor.settle()

    def show_json(self, message_id: str, answer: JsonAnswer) -> None:
        """Show whether an answer of JSON mode is JSON."""
        view = self._window.views.get(message_id)
        if view is not None:
            view.show_json(answer)
            self._anchor.settle()

    def end_editing(self, message_id: str, call: tuple[int, str] | None = None) -> None:
        """Close the edit field of a message, or the editor of one of its tool calls (step and id): it was accepted."""
        view = self._window.views.get(message_id)
        if isinstance(view, UserMessageView):
            view.end_editing()
        elif isinstance(view, AssistantMessageView) and call is not None:
            view.end_card_editing(call)

    def set_version_label(self, message_id: str, differs: str) -> None:
        """Show what a version was made with, where versions of the message differ."""
        self._window.set_version_label(message_id, differs)

    def set_footer(self, message_id: str, facts: Sequence[str]) -> None:
        """Show how an answer went: finish reason, times, tokens, cost."""
        self._window.set_footer(message_id, facts)

    def _connect(self, view: MessageView, message_id: str) -> None:
        view.fit_page(self._page_width)
        if view.has_backlog:
            self._updates.schedule(message_id)
        view.draws_again.connect(partial(self._updates.schedule, message_id))
        self.attachments.show(view)
        connect_message(self, view, message_id)
        view.editing_began.connect(partial(self._show_top, view))
        view.retry.connect(partial(self._retry, message_id))
        view.answer_without_search.connect(partial(self._release_and_emit, message_id, self.answer_without_search))
        view.force_search.connect(partial(self._release_and_emit, message_id, self.force_search))
        self.built.emit(message_id)

    def _show_top(self, view: MessageView) -> None:
        """Scroll so that the first line of a message is in view, if it is above or below it, and stay there."""
        # What grows is the message itself: following the end would push its first line out of view.
        self._anchor.is_following = False
        self._anchor.lay_out()
        top, page = view.y() - Space.S12, self.viewport().height()
        value = self.verticalScrollBar().value()
        is_in_view = value <= top <= value + page - min(view.height(), page)
        self._anchor.scroll_to(value if is_in_view else max(0, top))

    def _retry(self, message_id: str) -> None:
        self._release_and_emit(message_id, self.retry)

    def _release_and_emit(self, message_id: str, signal: SignalInstance) -> None:
        """Ask for an answer again; the button with the focus vanishes."""
        if message_id in self._window.views:
            self._focus.release()
        signal.emit(message_id)

    def remove_failure(self, message_id: str) -> None:
        """Stop showing why a message failed: it is asked for again."""
        self._window.remove_failure(message_id)

    # -- streaming

    def append_thinking(self, message_id: str, step: int, text: str) -> None:
        """Append a piece of a step's thinking."""
        if (view := self._updates.view_to_update(message_id)) is not None:
            view.append_thinking(step, text)

    def end_thinking(self, message_id: str, step: int, seconds: float | None, reasoning_tokens: int | None) -> None:
        """Show how long a step was thinking, and with how many tokens; None means unknown."""
        if (view := self._updates.view_to_update(message_id)) is not None:
            view.end_thinking(step, seconds, reasoning_tokens)

    def append_text(self, message_id: str, step: int, text: str) -> None:
        """Append a piece of a step's answer."""
        if (view := self._updates.view_to_update(message_id)) is not None:
            view.append_text(step, text)

    def update_tool_call(self, message_id: str, call: ToolCall) -> None:
        """Show a new tool call, or a change of its state, arguments or result."""
        if (view := self._updates.view_to_update(message_id)) is not None:
            view.update_tool_call(call)

    def append_arguments(self, call_ref: ToolCallRef, text: str) -> None:
        """Append a piece of a tool call's arguments."""
        if (view := self._updates.view_to_update(call_ref.message)) is not None:
            view.append_arguments(call_ref.step, call_ref.call, text)

    def show_sources(self, message_id: str, sources: Sources) -> None:
        """Show the pages that a step's web search found, or why it failed."""
        if (view := self._updates.view_to_update(message_id)) is not None:
            view.show_sources(sources)

    def flush(self) -> None:
        """Draw the next frame now."""
        self._updates.flush()

    # -- scrolling

    def jump_to_latest(self) -> None:
        """Scroll to the end and follow it."""
        if not self._window.reaches_end:
            self._window.build_last()
        self.heard.leave()
        self._anchor.is_following = True
        self._anchor.settle()

    def go_to_first(self) -> None:
        """Scroll to the first message."""
        self._anchor.is_following = False
        self._window.build_first()
        self._anchor.forget()
        self._anchor.lay_out()
        self._anchor.scroll_to(0)

    def go_to(self, message_id: str) -> None:
        """Scroll to the top of a message."""
        index = self._window.index_of(message_id)
        if index is None:
            return
        self._anchor.is_following = False
        self._window.build_around(index)
        self._anchor.forget()
        self._anchor.lay_out()
        self._anchor.scroll_to(self._window.views[message_id].y() - Space.S12)

    def find_text(self, text: str, backwards: bool = False) -> tuple[int, int]:
        """Select the next occurrence of a text, starting at the selected one: its number from 1, and how many."""
        return self._search.find(text, backwards)

    def _on_scrolled(self, value: int) -> None:
        if not self._anchor.is_scrolling:
            self.heard.leave()
            self._anchor.update_following(value)
            self._extend_window()

    def _extend_window(self) -> None:
        """Build more messages within a page of the visible ones."""
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        if bar.value() < page and self._window.first > 0:
            self._anchor.hold()
            self._window.extend_up()
            self._anchor.settle()
        elif bar.maximum() - bar.value() < page and not self._window.reaches_end:
            self._anchor.hold()
            self._window.extend_down()
            self._anchor.settle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self._jump.isVisible():
            self._jump.follow()

    # -- events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Home:
                self.go_to_first()
            case Qt.Key.Key_End:
                self.jump_to_latest()
            case _:
                super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        return self._tab_order.move(next, super().focusNextPrevChild)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._tab_order.enter_from_below()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._content and event.type() == QEvent.Type.Resize and not self._anchor.is_scrolling:
            QTimer.singleShot(0, self._content, self._anchor.restore)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()
        self._jump.place(self.viewport().rect())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Transcript", "Transcript"))
        self._jump.retranslate()

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "_layout"):
            self._set_margins()

    def _set_margins(self) -> None:
        """Center the messages and limit their width, which is the same with and without a scroll bar."""
        width = self.contentsRect().width()
        side = max(SIDE, (width - theme().px(MAX_MESSAGE_WIDTH)) // 2)
        beside = max(0, width - self.viewport().width())
        self._layout.setContentsMargins(side, MARGIN, max(0, side - beside), MARGIN)
        self._page_width = width - 2 * side
        for view in self._window.views.values():
            view.fit_page(self._page_width)
