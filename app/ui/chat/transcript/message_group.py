"""One message: its parts in the order they came, an error if it broke off, and its footer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core import console
from app.core.messages import Media, Message, Role, Sources, Text, Thinking, ToolCall, ToolCallRef
from app.ui.chat.markdown.plain import PlainView
from app.ui.chat.markdown.view import MarkdownView, ReadingText
from app.ui.chat.transcript.edit_field import EditField, Unsent
from app.ui.chat.transcript.group import Group
from app.ui.chat.transcript.message_footer import MessageFooter
from app.ui.chat.transcript.sources import SourceList
from app.ui.chat.transcript.thoughts import Thoughts
from app.ui.chat.transcript.tool_card import ToolCard
from app.ui.texts import numbers, states
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space
from app.ui.widgets.chips import Chip
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.notices import InlineNotice

BUBBLE = 560
TAIL_RADIUS = 4
GROWTH_STEP = 400
"""Logical pixels by which a streaming answer grows, so that few lines change the layout of the page."""


class MessageGroup(Group):
    """What every role shares: the name, the parts, the footer.

    Signals:
        edited: new text for this message.
        decided, answered, replayed: of a tool call, its `ToolCallRef` first.
        open_link, retry: as the transcript's.
    """

    edited = Signal(str)
    decided = Signal(object, str)
    answered = Signal(object, str)
    replayed = Signal(object, str, str)
    open_link = Signal(str)
    retry = Signal()

    def __init__(self, message: Message, ordinal: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self._ordinal = ordinal
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
        self.setAccessibleName(_name(self.message.role, self._ordinal))

    def follow_reading(self) -> None:
        """Let assistive tools read from above to below: their tree has widgets as they were made, or raised."""
        self.notice.raise_()
        self.footer.raise_()

    def flush(self) -> bool:
        """Draw what has come; true when anything changed."""
        return False

    def part_widgets(self) -> list[QWidget]:
        """Its parts, from the top."""
        items = (self.parts.itemAt(at) for at in range(self.parts.count()))
        return [widget for item in items if item is not None and (widget := item.widget()) is not None]

    def readings(self) -> list[ReadingText]:
        """Its texts, from the top."""
        return self.findChildren(ReadingText)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.footer.update()
        return super().event(event)


def _name(role: Role, ordinal: int) -> str:
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


class UserMessageView(MessageGroup):
    """Words of a person: a bubble at the right, with its attachments below."""

    def __init__(self, message: Message, ordinal: int, parent: QWidget | None = None) -> None:
        super().__init__(message, ordinal, parent)
        self.column.setSpacing(Space.S4)
        self.bubble = _Bubble()
        # The quiet buttons stand beside the bubble: below it they would leave a hole.
        self.column.removeWidget(self.footer)
        line = QHBoxLayout()
        line.setSpacing(Space.S4)
        line.addStretch(1)
        line.addWidget(self.footer, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.bubble)
        self.bubble.beside = self.footer.sizeHint().width() + Space.S4
        self.parts.addLayout(line)
        self._attachments = QWidget()
        flow = QHBoxLayout(self._attachments)
        flow.setContentsMargins(0, 0, 0, 0)
        flow.addStretch(1)
        holder = QWidget()
        self._chips = FlowLayout(holder)
        flow.addWidget(holder)
        self.parts.addWidget(self._attachments)
        self._field: EditField | None = None
        self.footer.edit.connect(self.begin_editing)
        self.set_message(message)
        self.follow_reading()
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self.bubble.words.setAccessibleName(QCoreApplication.translate("Transcript", "Words"))

    def set_message(self, message: Message) -> None:
        self.message = message
        self.bubble.set_text(message.text)
        self.bubble.setVisible(bool(message.text))
        while (item := self._chips.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        media = [part for part in message.parts if isinstance(part, Media)]
        for part in media:
            self._chips.addWidget(_media_chip(part))
        self._attachments.setVisible(bool(media))

    def part_widgets(self) -> list[QWidget]:
        return [self.bubble, *super().part_widgets()]

    def fit_bubble(self) -> None:
        """The page has another width."""
        self.bubble.fit()

    def begin_editing(self) -> None:
        """Turn the bubble into a field."""
        if self._field is None:
            self._open_field().words.setFocus()

    def _open_field(self) -> EditField:
        field = self._field = EditField(self.message.text)
        field.sent.connect(self._send)
        field.cancelled.connect(self.end_editing)
        self.parts.insertWidget(0, field)
        self.bubble.hide()
        self.footer.hide()
        return field

    def unsent(self) -> Unsent | None:
        """What is being written in place of the words; None while nothing is."""
        return self._field.unsent() if self._field is not None else None

    def take_up(self, unsent: Unsent) -> None:
        """Edit on from where that was broken off; the keyboard stays where it is."""
        self._open_field().take_up(unsent)

    def end_editing(self) -> None:
        field, self._field = self._field, None
        if field is not None:
            self.parts.removeWidget(field)
            field.hide()
            field.deleteLater()
            self.bubble.setVisible(bool(self.message.text))
            self.footer.show()
            if self.footer.edit_button is not None:
                self.footer.edit_button.setFocus()

    def _send(self, text: str) -> None:
        self.end_editing()
        if text.strip() and text != self.message.text:
            self.edited.emit(text)


class _Bubble(QWidget):
    """The sunken box around a person's words.

    Attributes:
        beside: logical pixels that something else takes of its line.
    """

    def __init__(self) -> None:
        super().__init__()
        self.beside = 0
        self.words = PlainView(ground="sunken")
        box = QVBoxLayout(self)
        box.setContentsMargins(14, 10, 14, 10)
        box.addWidget(self.words)
        theme().changed.connect(self.fit)

    def set_text(self, text: str) -> None:
        self.words.set_text(text)
        self.fit()

    def fit(self) -> None:
        """Be as wide as the words, at most as the message."""
        most = theme().px(BUBBLE)
        parent = self.parentWidget()
        if parent is not None and parent.width() > 60:
            most = min(most, parent.width() - self.beside)
        self.setFixedWidth(min(most, self.words.wanted_width() + 28))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, Radius.PANEL, Radius.PANEL)
        corner = QPainterPath()
        side = Radius.PANEL
        box = QRectF(area.right() - side, area.bottom() - side, side, side)
        corner.addRoundedRect(box, TAIL_RADIUS, TAIL_RADIUS)
        painter.fillPath(shape.united(corner).simplified(), theme().colour("sunken"))


def _media_chip(media: Media) -> Chip:
    icon = {"image": Icon.IMAGE, "audio": Icon.SPEAKER, "video": Icon.VIDEO}.get(media.mime.split("/")[0], Icon.FILE)
    name = media.name or (media.url if not media.url.startswith("data:") else media.mime)
    if len(name) > 48:
        name = name[:22] + "…" + name[-22:]
    chip = Chip(f"{name} · {numbers.size(media.size)}" if media.size else name, icon, checkable=False)
    chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    chip.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return chip


class AssistantMessageView(MessageGroup):
    """A turn of the model: thoughts, calls, sources and answer, each where it arrived."""

    def __init__(self, message: Message, ordinal: int, parent: QWidget | None = None) -> None:
        super().__init__(message, ordinal, parent)
        self._thoughts: dict[int, Thoughts] = {}
        self._cards: dict[tuple[int, str], ToolCard] = {}
        self._answers: dict[int, MarkdownView] = {}
        self._sources: dict[int, SourceList] = {}
        self._failures: dict[int, InlineNotice] = {}
        self._dirty: dict[int, Callable[[], object]] = {}
        self._live = False
        self._advice = InlineNotice()
        self.column.insertWidget(1, self._advice)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        self._name_answers()
        for sources in self._sources.values():
            sources.setAccessibleName(QCoreApplication.translate("Transcript", "Sources"))
        self._advise()

    def _name_answers(self) -> None:
        """The last text is the answer; what was said before a tool call comes earlier."""
        views = list(self._answers.values())
        for number, view in enumerate(views, start=1):
            if number == len(views):
                view.setAccessibleName(QCoreApplication.translate("Transcript", "Answer"))
            else:
                view.setAccessibleName(QCoreApplication.translate("Transcript", "Earlier words {n}").format(n=number))

    # -- while it happens

    def begin(self) -> None:
        """It will stream, or goes on where its message is."""
        self._live = True
        self.footer.hide()
        for part in self.message.parts:
            if isinstance(part, Thinking):
                self.think(part.step, part.text)
                if part.seconds is not None:
                    self.think_done(part.step, part.seconds, _reasoning(self.message, part.step))
            elif isinstance(part, Text):
                self.say(part.step, part.text)
            elif isinstance(part, ToolCall):
                self.tool(part)
            elif isinstance(part, Sources):
                self.sources(part)
        self.flush()

    def think(self, step: int, text: str) -> None:
        thoughts = self._thoughts_of(step)
        thoughts.text.append(text)
        self._dirty[id(thoughts)] = thoughts.text.flush

    def think_done(self, step: int, seconds: float | None, tokens: int | None) -> None:
        if step in self._thoughts:
            self._thoughts[step].done(seconds, tokens)

    def say(self, step: int, text: str) -> None:
        view = self._answer_of(step)
        view.append(text)
        self._dirty[id(view)] = view.flush
        if step in self._thoughts:
            self._thoughts[step].fold()

    def tool(self, call: ToolCall) -> None:
        card = self._cards.get((call.step, call.id))
        if card is None:
            card = self._cards[call.step, call.id] = ToolCard(call)
            place = ToolCallRef(self.message.id, call.step, call.id)
            card.decided.connect(partial(self.decided.emit, place))
            card.answered.connect(partial(self.answered.emit, place))
            card.replayed.connect(partial(self.replayed.emit, place))
            self._add(card)
            if call.step in self._thoughts:
                self._thoughts[call.step].fold()
        else:
            card.set_call(call)

    def tool_arguments(self, step: int, call_id: str, piece: str) -> None:
        card = self._cards.get((step, call_id))
        if card is not None:
            card.add_arguments(piece)
            self._dirty[id(card)] = card.flush

    def sources(self, found: Sources) -> None:
        if found.items:
            listed = self._sources.get(found.step)
            if listed is None:
                listed = self._sources[found.step] = SourceList(found.items)
                listed.open_link.connect(self.open_link)
                self._add(listed)
                listed.setAccessibleName(QCoreApplication.translate("Transcript", "Sources"))
            else:
                listed.set_items(found.items)
        if found.error is not None:
            notice = self._failures.get(found.step)
            if notice is None:
                notice = self._failures[found.step] = InlineNotice()
                self._add(notice)
            if found.off:
                text = QCoreApplication.translate(
                    "Transcript",
                    "Web search is switched off for this account: answered without it. "
                    "Switch the plugin on at {address}; it takes five minutes.",
                )
            else:
                text = QCoreApplication.translate("Transcript", "The web search failed: {message}")
            notice.say("warn", text.format(message=found.error, address=console.PLUGIN))

    def flush(self) -> bool:
        changed = bool(self._dirty)
        dirty, self._dirty = self._dirty, {}
        for draw in dirty.values():
            draw()
        return changed

    # -- when it is over

    def set_message(self, message: Message) -> None:
        """Its final parts; what is already shown stays and is completed."""
        self._live = False
        self.message = message
        texts: dict[int, str] = {}
        thoughts: dict[int, str] = {}
        for part in message.parts:
            if isinstance(part, Thinking):
                thoughts[part.step] = thoughts.get(part.step, "") + part.text
                widget = self._thoughts_of(part.step)
                widget.text.flush()
                widget.text.set_text(thoughts[part.step])
                widget.done(part.seconds, _reasoning(message, part.step))
                widget.fold()
            elif isinstance(part, Text):
                texts[part.step] = texts.get(part.step, "") + part.text
                self._answer_of(part.step)
            elif isinstance(part, ToolCall):
                self.tool(part)
            elif isinstance(part, Sources):
                self.sources(part)
        for step, text in texts.items():
            self._answers[step].settle(text)
            self._answers[step].set_spare(0)
        self._dirty.clear()
        self._advise()
        self.footer.show()

    def _advise(self) -> None:
        """An ending a person should know about is explained where it is."""
        replies = self.message.replies
        advice = states.finish_advice(replies[-1].finish) if replies else ""
        if advice:
            self._advice.say("warn", advice)
        else:
            self._advice.clear()

    def end_height(self) -> int:
        """Where what is shown ends, from the group's top: an answer that grows in steps has room below it."""
        if self._live and self._answers:
            view = next(reversed(self._answers.values()))
            if self.part_widgets()[-1] is view:
                return view.geometry().top() + view.words_height
        return self.height()

    # -- parts

    def _add(self, widget: QWidget) -> None:
        for view in self._answers.values():
            view.set_spare(0)
        self.parts.addWidget(widget)
        self._advice.raise_()
        self.follow_reading()

    def _thoughts_of(self, step: int) -> Thoughts:
        thoughts = self._thoughts.get(step)
        if thoughts is None:
            thoughts = self._thoughts[step] = Thoughts(len(self._thoughts) + 1)
            self._add(thoughts)
        return thoughts

    def _answer_of(self, step: int) -> MarkdownView:
        view = self._answers.get(step)
        if view is None:
            view = MarkdownView()
            self._add(view)
            self._answers[step] = view
            if self._live:
                view.set_spare(theme().px(GROWTH_STEP))
            view.open_link.connect(self.open_link)
            self._name_answers()
        return view


def _reasoning(message: Message, step: int) -> int | None:
    """Reasoning tokens of a step, None when the service did not say."""
    if step < len(message.replies):
        usage = message.replies[step].usage
        return usage.reasoning if usage else None
    return None
