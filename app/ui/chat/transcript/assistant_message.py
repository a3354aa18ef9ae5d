"""The widget of an assistant message, which grows while the answer streams."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core import console
from app.core.messages import Message, Sources, Text, Thinking, ToolCall, ToolCallRef
from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.card_queue import CardQueue
from app.ui.chat.transcript.message_view import MessageView
from app.ui.chat.transcript.sources import SourceList
from app.ui.chat.transcript.thoughts import Thoughts
from app.ui.chat.transcript.tool_card import CardDraft, ToolCard
from app.ui.chat.transcript.waiting_line import WaitingLine
from app.ui.texts import states
from app.ui.theme.theme import theme
from app.ui.widgets.notices import InlineNotice

GROWTH_STEP = 400
"""Logical pixels by which a streaming answer grows, so that few lines change the layout of the page."""


class AssistantMessageView(MessageView):
    """A reply of the model: thoughts, tool calls, sources and answer, in the order they arrived."""

    def __init__(self, message: Message, ordinal: int, parent: QWidget | None = None) -> None:
        super().__init__(message, ordinal, parent)
        self._thoughts: dict[int, Thoughts] = {}
        self._cards: dict[tuple[int, str], ToolCard] = {}
        self._card_queue = CardQueue(self._show_card, self)
        self._unbuilt_cards: set[tuple[int, str]] = set()
        self._answers: dict[int, MarkdownView] = {}
        self._sources: dict[int, SourceList] = {}
        self._search_notices: dict[int, InlineNotice] = {}
        self._waiting_texts: dict[int, ReadingText] = {}  # with text that is not drawn yet
        self._is_streaming = self._is_running = False
        self._advice = InlineNotice()
        self.column.insertWidget(1, self._advice)
        self.waiting = WaitingLine()
        self.column.insertWidget(1, self.waiting)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self._name_answers()
        for source_list in self._sources.values():
            source_list.setAccessibleName(QCoreApplication.translate("Transcript", "Sources"))
        self._show_advice()

    def _name_answers(self) -> None:
        """Name the last text the answer; texts before a tool call are numbered as earlier ones."""
        views = list(self._answers.values())
        for number, view in enumerate(views, start=1):
            if number == len(views):
                view.setAccessibleName(QCoreApplication.translate("Transcript", "Answer"))
            else:
                view.setAccessibleName(QCoreApplication.translate("Transcript", "Earlier words {n}").format(n=number))

    # -- while streaming

    def begin(self) -> None:
        """Start streaming, after showing the parts the message already has."""
        self._is_streaming = True
        self.footer.hide()
        self.waiting.start()
        for part in self.message.parts:
            if isinstance(part, Thinking):
                self.append_thinking(part.step, part.text)
                if part.seconds is not None:
                    self.end_thinking(part.step, part.seconds, _reasoning_tokens(self.message, part.step))
            elif isinstance(part, Text):
                self.append_text(part.step, part.text)
            elif isinstance(part, ToolCall):
                self.update_tool_call(part)
            elif isinstance(part, Sources):
                self.show_sources(part)
        self.flush()

    def append_thinking(self, step: int, text: str) -> None:
        """Append a piece of thinking; `flush` draws it."""
        self.waiting.stop()
        thoughts = self._thoughts_for(step)
        thoughts.text.append(text)
        self._waiting_texts[id(thoughts.text)] = thoughts.text

    def end_thinking(self, step: int, seconds: float | None, tokens: int | None) -> None:
        """Show that a step's thinking has ended; None means unknown."""
        if step in self._thoughts:
            self._thoughts[step].finish(seconds, tokens)

    def append_text(self, step: int, text: str) -> None:
        """Append a piece of the answer and fold the thoughts of its step; `flush` draws it."""
        self.waiting.stop()
        view = self._answer_for(step)
        view.append(text)
        self._waiting_texts[id(view)] = view
        if step in self._thoughts:
            self._thoughts[step].fold()

    def update_tool_call(self, call: ToolCall) -> None:
        """Add a tool call, or update the card of one already shown; of many calls most are shown in later frames."""
        if self._is_streaming and call.state in ("done", "failed", "denied"):
            self.waiting.start()  # The results are sent, and the model answers them.
        else:
            self.waiting.stop()
        key = call.step, call.id
        card = self._cards.get(key)
        if card is not None and card.call == call and key not in self._card_queue:
            return
        place = self.parts.count() + len(self._unbuilt_cards)
        if card is None:
            self._unbuilt_cards.add(key)
        self._card_queue.add(call, place)

    def _show_card(self, call: ToolCall, place: int) -> None:
        """Update the card of a call, or build it at its place among the parts; those before it are built already."""
        key = call.step, call.id
        if key in self._cards:
            self._cards[key].set_call(call)
            return
        self._unbuilt_cards.discard(key)
        card = self._cards[key] = ToolCard(call)
        call_ref = ToolCallRef(self.message.id, call.step, call.id)
        card.decided.connect(partial(self.decided.emit, call_ref))
        card.answered.connect(partial(self.answered.emit, call_ref))
        card.replayed.connect(partial(self.replayed.emit, call_ref))
        card.set_running(self._is_running)
        self._add(card, place)
        if call.step in self._thoughts:
            self._thoughts[call.step].fold()

    def text_views(self) -> list[ReadingText]:
        """The text widgets of the message, from top to bottom; cards and text that wait are drawn first."""
        self._card_queue.apply_all()
        while self._waiting_texts:
            self._waiting_texts.popitem()[1].draw_all()
        return super().text_views()

    def set_running(self, running: bool) -> None:
        super().set_running(running)
        self._is_running = running
        for card in self._cards.values():
            card.set_running(running)

    def card_drafts(self) -> dict[tuple[int, str], CardDraft]:
        """What was typed into the cards of tool calls and not submitted, by step and call id."""
        drafts = {key: card.draft() for key, card in self._cards.items()}
        return {key: draft for key, draft in drafts.items() if draft is not None}

    def end_card_editing(self, call: tuple[int, str]) -> None:
        """Close the editor of a call whose edit was accepted."""
        if call in self._cards:
            self._cards[call].end_editing()

    def resume_cards(self, drafts: dict[tuple[int, str], CardDraft]) -> None:
        """Show unsubmitted texts again in the cards they belong to."""
        if drafts:
            self._card_queue.apply_all()
        for key, draft in drafts.items():
            if key in self._cards:
                self._cards[key].set_draft(draft)

    def append_arguments(self, step: int, call_id: str, text: str) -> None:
        """Append a piece of a call's arguments; `flush` draws it."""
        card = self._cards.get((step, call_id))
        if (step, call_id) in self._card_queue:
            self._card_queue.append_arguments((step, call_id), text)
        elif card is not None:
            card.append_arguments(text)
            self._waiting_texts[id(card.arguments)] = card.arguments

    def show_sources(self, sources: Sources) -> None:
        """Show the pages a step found, and why its search failed if it did."""
        if sources.items:
            source_list = self._sources.get(sources.step)
            if source_list is None:
                source_list = self._sources[sources.step] = SourceList(sources.items)
                source_list.open_link.connect(self.open_link)
                self._add(source_list)
                source_list.setAccessibleName(QCoreApplication.translate("Transcript", "Sources"))
            else:
                source_list.set_items(sources.items)
        if sources.error is not None:
            notice = self._search_notices.get(sources.step)
            if notice is None:
                notice = self._search_notices[sources.step] = InlineNotice()
                self._add(notice)
            if sources.off:
                text = QCoreApplication.translate(
                    "Transcript",
                    "Web search is turned off for this account, so the answer was made without it. "
                    "Turn on the plugin at {address}; it takes about five minutes.",
                )
            else:
                text = QCoreApplication.translate("Transcript", "Web search failed: {message}")
            notice.say("warn", text.format(message=sources.error, address=console.PLUGIN))

    @property
    def has_backlog(self) -> bool:
        return bool(self._waiting_texts)

    def flush(self) -> bool:
        changed = bool(self._waiting_texts)
        for key, text in list(self._waiting_texts.items()):
            text.flush()
            if not text.has_backlog:
                del self._waiting_texts[key]
            else:
                break  # The frame is used up.
        return changed

    # -- when finished

    def set_message(self, message: Message) -> None:
        """Show the final parts; widgets that already exist are kept and completed."""
        self._is_streaming = False
        self.waiting.stop()
        self.message = message
        texts: dict[int, str] = {}
        thoughts: dict[int, str] = {}
        for part in message.parts:
            if isinstance(part, Thinking):
                thoughts[part.step] = thoughts.get(part.step, "") + part.text
                widget = self._thoughts_for(part.step)
                widget.text.finish_with(thoughts[part.step])
                widget.finish(part.seconds, _reasoning_tokens(message, part.step))
                widget.fold()
            elif isinstance(part, Text):
                texts[part.step] = texts.get(part.step, "") + part.text
                self._answer_for(part.step)
            elif isinstance(part, ToolCall):
                self.update_tool_call(part)
            elif isinstance(part, Sources):
                self.show_sources(part)
        for step, text in texts.items():
            self._answers[step].finish_with(text)
            self._answers[step].set_growth_step(0)
        thought_views = [thoughts.text for thoughts in self._thoughts.values()]
        views = [*self._waiting_texts.values(), *thought_views, *self._answers.values()]
        self._waiting_texts = {id(view): view for view in views if view.has_backlog}
        self._show_advice()
        self.footer.set_has_text(bool(message.text))
        self.footer.show()

    def _show_advice(self) -> None:
        """Explain an unusual finish reason, such as the token limit, inside the message."""
        replies = self.message.replies
        advice = (
            states.finish_advice(replies[-1].finish, spent_on_thinking=self.message.spent_on_thinking)
            if replies
            else ""
        )
        if advice:
            self._advice.say("warn", advice)
        else:
            self._advice.clear()

    def end_height(self) -> int:
        """The bottom of the visible content; an answer that grows in steps has unused height below it."""
        if self._is_streaming and self._answers:
            view = next(reversed(self._answers.values()))
            if self.part_widgets()[-1] is view:
                return view.geometry().top() + view.text_height
        return self.height()

    # -- parts

    def _add(self, widget: QWidget, place: int = -1) -> None:
        """Insert a part at its place from 0; -1 is the end."""
        for view in self._answers.values():
            view.set_growth_step(0)
        self.parts.insertWidget(place, widget)
        if place >= 0:
            for later in self.part_widgets()[place + 1 :]:
                later.raise_()
        self._advice.raise_()
        self.restore_reading_order()

    def _thoughts_for(self, step: int) -> Thoughts:
        thoughts = self._thoughts.get(step)
        if thoughts is None:
            thoughts = self._thoughts[step] = Thoughts(len(self._thoughts) + 1)
            self._add(thoughts)
        return thoughts

    def _answer_for(self, step: int) -> MarkdownView:
        view = self._answers.get(step)
        if view is None:
            view = MarkdownView()
            self._add(view)
            self._answers[step] = view
            if self._is_streaming:
                view.set_growth_step(theme().px(GROWTH_STEP))
            view.open_link.connect(self.open_link)
            self._name_answers()
        return view


def _reasoning_tokens(message: Message, step: int) -> int | None:
    """The reasoning tokens of a step; None when the service did not report them."""
    if step < len(message.replies):
        usage = message.replies[step].usage
        return usage.reasoning if usage else None
    return None
