"""The widget of an assistant message, which grows while the answer streams."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.errors import Code
from app.core.messages import Message, Sources, Text, Thinking, ToolCall, ToolCallRef
from app.core.web_search import search_outcome
from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.transcript.answer_sources import AnswerSources
from app.ui.chat.transcript.call_extras import CallExtras
from app.ui.chat.transcript.card_queue import CardQueue
from app.ui.chat.transcript.card_row import CardRow, index_of_part, parts_of
from app.ui.chat.transcript.card_signals import connect_card
from app.ui.chat.transcript.go_on_question import GoOnQuestion
from app.ui.chat.transcript.message_view import FailureAction, MessageView
from app.ui.chat.transcript.search_notice import SearchNotice
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
        self._dress: Callable[[CallExtras], None] = lambda extras: None
        self._card_queue = CardQueue(self._show_card, self)
        self._unbuilt_cards: set[tuple[int, str]] = set()
        self._open_calls: set[tuple[int, str]] = set()  # that have no result yet
        self._card_row: CardRow | None = None  # the last one
        self._call_counts: dict[str, int] = {}  # by the name of the tool
        self._part_count = 0
        self._answers: dict[int, MarkdownView] = {}  # by the step in which the text begins
        self._continued: dict[int, int] = {}  # the step whose text a step continues
        self._sources = AnswerSources(self._add, self.open_link.emit)
        self._waiting_texts: dict[int, ReadingText] = {}  # with text that is not drawn yet
        self._drawn_texts: dict[ReadingText, int] = {}  # drawn and not shown yet, with their heights before
        self._is_streaming = self._is_running = False
        self._question: GoOnQuestion | None = None
        self._advice = InlineNotice()
        self.column.insertWidget(1, self._advice)
        self._search_notice: SearchNotice | None = None
        self.waiting = WaitingLine()
        self.column.insertWidget(1, self.waiting)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self._name_answers()
        self._sources.retranslate()
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
        self._note_continued(self.message)
        if self.message.ends_in_answer:
            last = next(part for part in reversed(self.message.parts) if isinstance(part, Text))
            self._continued.setdefault(len(self.message.replies), self._continued.get(last.step, last.step))
        for part in self.message.parts:
            if isinstance(part, Thinking):
                self.append_thinking(part.step, part.text)
                if part.seconds is not None:
                    self.end_thinking(part.step, part.seconds, self.message.reasoning_tokens(part.step))
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
        key = call.step, call.id
        is_open = call.state in ("streaming", "waiting", "running")
        (self._open_calls.add if is_open else self._open_calls.discard)(key)
        if self._is_streaming and call.state in ("done", "failed", "denied") and not self._open_calls:
            self.waiting.start()  # The results are sent, and the model answers them.
        else:
            self.waiting.stop()
        card = self._cards.get(key)
        if card is not None and card.call == call and key not in self._card_queue:
            return
        place = self._part_count + len(self._unbuilt_cards)
        if card is None:
            self._unbuilt_cards.add(key)
        self._card_queue.add(call, place)

    def _show_card(self, call: ToolCall, place: int) -> None:
        """Update the card of a call, or build it at its place among the parts; those before it are built already."""
        key = call.step, call.id
        if key in self._cards:
            self._cards[key].set_call(call)
            self._number(self._cards[key])
            return
        self._unbuilt_cards.discard(key)
        card = self._cards[key] = ToolCard(call)
        self._number(card)
        card.left.connect(partial(self._leave_card, card))
        call_ref = ToolCallRef(self.message.id, call.step, call.id)
        connect_card(self, card, call_ref)
        card.dress_media(self._dress)
        card.set_running(self._is_running)
        if self._card_row is not None and self._card_row.takes(card, place):
            self._card_row.add(card)
            self._part_count += 1
        else:
            self._card_row = CardRow(card, place)
            self._add(self._card_row, place)
        if call.step in self._thoughts:
            self._thoughts[call.step].fold()

    def dress_media(self, dress: Callable[[CallExtras], None]) -> None:
        """Give the images and sounds of results, now and later, their pictures and what plays."""
        self._dress = dress
        for card in self._cards.values():
            card.dress_media(dress)

    def command_areas(self) -> Iterator[QWidget]:
        yield from super().command_areas()
        yield from (part for part in (self._question, self._search_notice) if part is not None)
        yield from list(self._thoughts.values())[:1]
        yield from (card for card in self._cards.values() if card.call.state == "waiting")

    def _number(self, card: ToolCard) -> None:
        """Number the calls of one tool, so that the names of their cards are unique."""
        name = card.call.name
        if name and not card.ordinal:
            self._call_counts[name] = self._call_counts.get(name, 0) + 1
            card.set_ordinal(self._call_counts[name])

    def _leave_card(self, card: ToolCard) -> None:
        """Focus the next call that waits, from this one round to it again; where there is none, leave the message."""
        cards = list(self._cards.values())
        place = cards.index(card)
        waiting = next((each for each in (*cards[place + 1 :], *cards[:place]) if each.can_decide), None)
        if waiting is not None:
            waiting.focus_decision()
        else:
            self.cards_decided.emit()

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
        if self._search_notice is not None:
            self._search_notice.set_running(running)

    def show_failure(self, text: str, action: FailureAction) -> None:
        if action != "go-on":
            super().show_failure(text, action)
            return
        if self._question is None:
            self._question = GoOnQuestion()
            self._question.acted.connect(self.retry)
            self._question.refused.connect(self.end_accepted)
            self.column.insertWidget(self.column.indexOf(self.notice), self._question)
            self.restore_reading_order()
        self._question.ask(text)

    def clear_failure(self) -> None:
        super().clear_failure()
        if self._question is not None:
            self._question.clear()

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
        self._sources.show(sources, self._answers)

    @property
    def has_backlog(self) -> bool:
        return bool(self._waiting_texts)

    def draw_waiting(self) -> None:
        for key, text in list(self._waiting_texts.items()):
            self._drawn_texts.setdefault(text, text.drawn_height)
            text.draw_waiting()
            if text.has_backlog:
                break  # The frame is used up.
            del self._waiting_texts[key]

    def show_drawn(self) -> bool:
        has_moved = False
        for text, height in self._drawn_texts.items():
            text.show_drawn()
            has_moved = has_moved or text.drawn_height != height
        self._drawn_texts.clear()
        return self.column.activate() or has_moved

    # -- when finished

    def set_message(self, message: Message) -> None:
        """Show the final parts; widgets that already exist are kept and completed."""
        self._is_streaming = False
        self.waiting.stop()
        self.message = message
        self._note_continued(message)
        texts: dict[int, str] = {}
        thoughts: dict[int, str] = {}
        for part in message.parts:
            if isinstance(part, Thinking):
                thoughts[part.step] = thoughts.get(part.step, "") + part.text
                widget = self._thoughts_for(part.step)
                widget.text.finish_with(thoughts[part.step])
                widget.finish(part.seconds, message.reasoning_tokens(part.step))
                widget.fold()
            elif isinstance(part, Text):
                first = self._continued.get(part.step, part.step)
                texts[first] = texts.get(first, "") + part.text
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
        self._offer_search()
        self.footer.set_has_text(bool(message.text))
        failure = message.replies[-1].failure if message.replies else None
        asks = failure is not None and failure.code in (Code.TOOL_LOOP, Code.TOOL_ROUNDS)
        self.footer.set_can_continue(message.can_continue and not asks)  # A question to go on has its own button.
        self.footer.show()

    def _show_advice(self) -> None:
        """Explain an unusual finish reason, such as the token limit, inside the message."""
        replies = self.message.replies
        finish = replies[-1].finish if replies else None
        advice = states.finish_advice(finish, spent_on_thinking=self.message.spent_on_thinking) if replies else ""
        if advice:
            self._advice.say("warn", advice)
        else:
            self._advice.clear()

    def _offer_search(self) -> None:
        """Offer what helps with a web search that brought no pages."""
        if self._search_notice is None:
            if search_outcome(self.message) is None:
                return
            notice = self._search_notice = SearchNotice()
            notice.open_link.connect(self.open_link)
            notice.answer_without_search.connect(self.answer_without_search)
            notice.force_search.connect(self.force_search)
            notice.set_running(self._is_running)
            self.column.insertWidget(self.column.indexOf(self.footer), notice)
            self.restore_reading_order()
        self._search_notice.show_outcome(self.message)

    def restore_reading_order(self) -> None:
        super().restore_reading_order()
        if self._search_notice is not None:
            self._search_notice.stackUnder(self.footer)

    def end_height(self) -> int:
        """The bottom of the visible content; an answer that grows in steps has unused height below it."""
        if self._is_streaming and self._answers:
            view = next(reversed(self._answers.values()))
            last = self.parts.itemAt(self.parts.count() - 1)
            if last is not None and last.widget() is view:
                return view.y() + view.drawn_height
        return self.height()

    # -- parts

    def _add(self, widget: QWidget, place: int = -1) -> None:
        """Insert a part at its place from 0; -1 is the end."""
        for view in self._answers.values():
            view.set_growth_step(0)
        index = index_of_part(super().part_widgets(), place) if 0 <= place < self._part_count else -1
        self.parts.insertWidget(index, widget)
        self._part_count += 1
        for later in super().part_widgets()[index + 1 :] if index >= 0 else ():
            later.raise_()
        self._advice.raise_()
        self.restore_reading_order()

    def part_widgets(self) -> list[QWidget]:
        return parts_of(super().part_widgets())

    def _above_sources(self, step: int) -> int:
        """The place for thoughts and answer of a step: above its sources, which arrive first; -1 for the end."""
        sources = self._sources.of_step(step)
        return -1 if sources is None else self.part_widgets().index(sources)

    def _thoughts_for(self, step: int) -> Thoughts:
        thoughts = self._thoughts.get(step)
        if thoughts is None:
            thoughts = self._thoughts[step] = Thoughts(len(self._thoughts) + 1)
            continued = self._answers.get(self._continued.get(step, -1))
            above = self.part_widgets().index(continued) if continued is not None else self._above_sources(step)
            self._add(thoughts, above)
        return thoughts

    def _note_continued(self, message: Message) -> None:
        """Remember which steps continue the text of an earlier one, so that both are one answer."""
        self._continued |= message.continued_steps

    def _answer_for(self, step: int) -> MarkdownView:
        step = self._continued.get(step, step)
        view = self._answers.get(step)
        if view is None:
            view = MarkdownView()
            self._add(view, self._above_sources(step))
            self._answers[step] = view
            self._sources.mark(view, step)
            if self._is_streaming and self._sources.of_step(step) is None:
                view.set_growth_step(theme().px(GROWTH_STEP))
            view.open_link.connect(self.open_link)
            view.draws_again.connect(partial(self._draw_again, view))
            self._name_answers()
        return view

    def answer_views(self) -> list[MarkdownView]:
        return list(self._answers.values())

    def _draw_again(self, view: MarkdownView) -> None:
        self._waiting_texts[id(view)] = view
        self.draws_again.emit()
