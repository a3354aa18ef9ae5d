"""The messages of a conversation, as they come and as they were.

Live updates only append to buffers; a timer that runs while something waits draws at most every 33 ms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QVBoxLayout, QWidget

from app.core.messages import Message, Sources, ToolCall, ToolCallRef
from app.ui.chat.markdown.view import ReadingText
from app.ui.chat.transcript.edit_field import EditedWords, Unsent
from app.ui.chat.transcript.jump import JumpButton
from app.ui.chat.transcript.message_group import AssistantMessageView, MessageGroup, UserMessageView
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.fields import LineField
from app.ui.widgets.scroll_area import ScrollArea

FRAME = 33
"""Milliseconds between two drawings."""
WIDE = 760
"""Logical pixels of a message before text scaling."""
MARGIN = 24
FIRST_BUILT = 12
MORE_BUILT = 8
MOST_BUILT = 64
"""Messages with widgets: at first, more at a time as one scrolls, and at once."""
AT_END = 24
"""Logical pixels from the end within which the view still follows."""


class Transcript(ScrollArea):
    """The conversation.

    Signals: the message's id first, or the tool call's `ToolCallRef`.
        approve: call and `allow`, `always` or `deny`.
        answered: call and the reader's own answer to it.
        replay: call, arguments and result as edited.
        version: message id and -1 or 1.
    """

    approve = Signal(object, str)
    answered = Signal(object, str)
    replay = Signal(object, str, str)
    copy = Signal(str)
    regenerate = Signal(str)
    edit = Signal(str, str)
    speak = Signal(str)
    inspect = Signal(str)
    version = Signal(str, int)
    open_link = Signal(str)
    retry = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._column = QWidget()
        super().__init__(self._column, parent, fill="bg")
        outside = QVBoxLayout(self._column)
        outside.setContentsMargins(0, 0, 0, 0)
        self._box = QVBoxLayout()
        self._box.setSpacing(20)
        outside.addLayout(self._box)
        # On a page taller than its messages they keep their height.
        outside.addStretch(1)
        self._messages: list[Message] = []
        self._versions: dict[str, tuple[int, int]] = {}
        self._footers: dict[str, Sequence[str]] = {}
        self._failures: dict[str, tuple[str, bool]] = {}
        self._numbers: list[int] = []
        self._counts: dict[str, int] = {}
        self._first = 0  # index of the first message that is built
        self._groups: dict[str, MessageGroup] = {}  # in order
        self._unsent: dict[str, Unsent] = {}  # of messages without a widget that were being edited
        self._dirty: set[str] = set()
        self._live: set[str] = set()  # turns that stream: what is not in their message yet is only in their widget
        self._follows = True
        self._moving = False
        self._anchor: tuple[QWidget, int] | None = None
        self._found: tuple[str, str, int] | None = None
        self._owed: tuple[int, str] | None = None  # where the keyboard goes once that message is there again
        self._frames = QTimer(self)
        self._frames.setSingleShot(True)
        self._frames.setInterval(FRAME)
        self._frames.timeout.connect(self.flush)
        self._jump = JumpButton(self)
        self._jump.clicked.connect(self.jump_to_latest)
        self._column.installEventFilter(self)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._retranslate()
        self._set_margins()

    # -- the conversation

    def show_messages(
        self,
        messages: Sequence[Message],
        versions: Mapping[str, tuple[int, int]] | None = None,
        *,
        live: str | None = None,
    ) -> None:
        """Show these messages from the end; number and total of versions by message id; `live` is still streaming."""
        keyboard = self._keyboard_place()
        if keyboard is not None:
            # What has the keyboard goes: it must not fall to whatever comes next in the window.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._clear()
        if live is not None:
            self._live.add(live)
        self._messages = list(messages)
        self._versions = dict(versions or {})
        self._follows = True
        self._build_last(FIRST_BUILT)
        self._settle_layout()
        if keyboard is not None:
            self._return_keyboard(*keyboard)

    def _keyboard_place(self) -> tuple[int, str] | None:
        """Which message has the keyboard, and the name of the control in it; None when the keyboard is elsewhere."""
        now = QApplication.focusWidget()
        if now is None:
            return None
        groups = enumerate(self._groups.values(), self._first)
        return next(((place, now.accessibleName()) for place, group in groups if group.isAncestorOf(now)), None)

    def _return_keyboard(self, place: int, name: str) -> None:
        """To the control of this name in the message that stands there now; of two arrows to the one that can."""
        group = next((group for at, group in enumerate(self._groups.values(), self._first) if at == place), None)
        if group is None:
            self._owed = place, name
            return
        group.show()  # A layout shows what it is given only from the event loop.
        arrows = [group.footer.previous.accessibleName(), group.footer.next.accessibleName()]
        names = [name, *arrows] if name in arrows else [name]
        stops = [stop for stop in self._stops() if group.isAncestorOf(stop)]
        found = next((stop for wanted in names for stop in stops if stop.accessibleName() == wanted), None)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, message: Message, version: tuple[int, int] = (1, 1)) -> None:
        """A message starts: one of the user's, or a turn that will stream."""
        self._versions[message.id] = version
        if self._last_built < len(self._messages):
            self._build_last(FIRST_BUILT)
        self._messages.append(message)
        if message.role == "assistant":
            self._live.add(message.id)
        self._build(len(self._messages) - 1)
        self._follows = self._follows or message.role == "user"
        self._settle_layout()

    def finish(self, message: Message) -> None:
        """The final parts of a message."""
        self._live.discard(message.id)
        place = self._place_of(message.id)
        if place is None:
            return
        self._messages[place] = message
        group = self._groups.get(message.id)
        if isinstance(group, AssistantMessageView):
            group.flush()
            group.set_message(message)
        elif isinstance(group, UserMessageView):
            group.set_message(message)
        self._dirty.discard(message.id)
        self._settle_layout()
        if self._owed is not None and self._owed[0] == place and self.hasFocus():
            self._return_keyboard(*self._owed)

    def fail(self, message_id: str, sentence: str, next_step: str, retry: bool) -> None:
        """Say inside the message what went wrong and what to do."""
        self._failures[message_id] = (" ".join(part for part in (sentence, next_step) if part), retry)
        group = self._groups.get(message_id)
        if group is not None:
            self._say_failure(group, message_id)
            group.footer.show()
            self._settle_layout()

    def _say_failure(self, group: MessageGroup, message_id: str) -> None:
        words, retry = self._failures[message_id]
        group.notice.say("bad", words, QCoreApplication.translate("Transcript", "Retry") if retry else "")

    def set_versions(self, versions: Mapping[str, tuple[int, int]]) -> None:
        """Number and total of versions by message id."""
        self._versions = dict(versions)
        for message_id, group in self._groups.items():
            group.footer.set_versions(*self._versions.get(message_id, (1, 1)))

    # -- while it happens

    def think(self, message_id: str, step: int, text: str) -> None:
        if (turn := self._turn(message_id)) is not None:
            turn.think(step, text)

    def think_done(self, message_id: str, step: int, seconds: float | None, reasoning_tokens: int | None) -> None:
        if (turn := self._turn(message_id)) is not None:
            turn.think_done(step, seconds, reasoning_tokens)

    def say(self, message_id: str, step: int, text: str) -> None:
        if (turn := self._turn(message_id)) is not None:
            turn.say(step, text)

    def tool(self, message_id: str, call: ToolCall) -> None:
        """A call is new, or its state, arguments or result have changed."""
        if (turn := self._turn(message_id)) is not None:
            turn.tool(call)

    def tool_arguments(self, place: ToolCallRef, piece: str) -> None:
        if (turn := self._turn(place.message)) is not None:
            turn.tool_arguments(place.step, place.call, piece)

    def sources(self, message_id: str, sources: Sources) -> None:
        if (turn := self._turn(message_id)) is not None:
            turn.sources(sources)

    def footer(self, message_id: str, words: Sequence[str]) -> None:
        """How a turn went, in words: ending, times, tokens, cost."""
        self._footers[message_id] = words
        group = self._groups.get(message_id)
        if group is not None:
            group.footer.set_words(words)
            group.footer.show()

    def flush(self) -> None:
        """Draw what waits; the timer calls it."""
        dirty, self._dirty = self._dirty, set()
        changed = False
        for message_id in dirty:
            group = self._groups.get(message_id)
            changed = (group is not None and group.flush()) or changed
        if changed:
            self._settle_layout()

    def _turn(self, message_id: str) -> AssistantMessageView | None:
        """The turn an event is for, to be drawn soon; None when it is not on show."""
        group = self._groups.get(message_id)
        if not isinstance(group, AssistantMessageView):
            return None
        self._dirty.add(message_id)
        if not self._frames.isActive():
            self._frames.start()
        return group

    # -- building

    @property
    def _last_built(self) -> int:
        return self._first + len(self._groups)

    def _place_of(self, message_id: str) -> int | None:
        places = range(len(self._messages) - 1, -1, -1)
        return next((place for place in places if self._messages[place].id == message_id), None)

    def _clear(self) -> None:
        self._frames.stop()
        self._dirty.clear()
        self._live.clear()
        self._anchor = None
        self._found = self._owed = None
        self._footers.clear()
        self._failures.clear()
        self._numbers.clear()
        self._counts.clear()
        while self._groups:
            self._drop(next(iter(self._groups)))
        self._first = 0

    def _drop(self, message_id: str) -> None:
        group = self._groups.pop(message_id)
        if isinstance(group, UserMessageView) and (unsent := group.unsent()) is not None:
            self._unsent[message_id] = unsent
        self._box.removeWidget(group)
        group.hide()
        group.deleteLater()

    def _build_last(self, count: int) -> None:
        while self._groups:
            self._drop(next(iter(self._groups)))
        self._first = max(0, len(self._messages) - count)
        for place in range(self._first, len(self._messages)):
            self._build(place)

    def _ordinals(self) -> list[int]:
        """The number of each message within its role."""
        while len(self._numbers) < len(self._messages):
            role = self._messages[len(self._numbers)].role
            self._counts[role] = self._counts.get(role, 0) + 1
            self._numbers.append(self._counts[role])
        return self._numbers

    def _build(self, place: int, above: bool = False) -> MessageGroup:
        """Make the widget of a message, below what is built or above it."""
        message = self._messages[place]
        ordinal = self._ordinals()[place]
        group: MessageGroup
        if message.role == "assistant":
            group = AssistantMessageView(message, ordinal)
            if message.id in self._live:
                group.begin()
            elif message.parts or message.replies:
                group.set_message(message)
        else:
            group = UserMessageView(message, ordinal)
            if (unsent := self._unsent.pop(message.id, None)) is not None:
                group.take_up(unsent)
        group.footer.set_versions(*self._versions.get(message.id, (1, 1)))
        group.footer.set_words(self._footers.get(message.id, ()))
        if message.id in self._failures:
            self._say_failure(group, message.id)
        self._connect(group, message.id)
        if above:
            self._groups = {message.id: group, **self._groups}
            self._first = place
            self._box.insertWidget(0, group)
        else:
            self._groups[message.id] = group
            self._box.addWidget(group)
        return group

    def _connect(self, group: MessageGroup, message_id: str) -> None:
        footer = group.footer
        footer.copy.connect(partial(self.copy.emit, message_id))
        footer.regenerate.connect(partial(self.regenerate.emit, message_id))
        footer.speak.connect(partial(self.speak.emit, message_id))
        footer.inspect.connect(partial(self.inspect.emit, message_id))
        footer.version.connect(partial(self.version.emit, message_id))
        group.edited.connect(partial(self.edit.emit, message_id))
        group.decided.connect(self.approve)
        group.answered.connect(self.answered)
        group.replayed.connect(self.replay)
        group.open_link.connect(self.open_link)
        group.retry.connect(partial(self._retry, message_id))

    def _retry(self, message_id: str) -> None:
        group = self._groups.get(message_id)
        self._failures.pop(message_id, None)
        if group is not None:
            if self._keyboard_place() is not None:
                self.setFocus(Qt.FocusReason.OtherFocusReason)
            group.notice.clear()
        self.retry.emit(message_id)

    def _build_around(self) -> None:
        """Build more where the reader is about to arrive, and let go of what is far away."""
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        if bar.value() < page and self._first > 0:
            self._hold()
            for _ in range(min(MORE_BUILT, self._first)):
                self._build(self._first - 1, above=True)
            while len(self._groups) > MOST_BUILT and next(reversed(self._groups)) not in self._live:
                self._drop(next(reversed(self._groups)))
            self._settle_layout()
        elif bar.maximum() - bar.value() < page and self._last_built < len(self._messages):
            self._hold()
            for place in range(self._last_built, min(len(self._messages), self._last_built + MORE_BUILT)):
                self._build(place)
            while len(self._groups) > MOST_BUILT:
                self._drop(next(iter(self._groups)))
                self._first += 1
            self._settle_layout()

    # -- where the reader is

    def jump_to_latest(self) -> None:
        """To the end, and follow it again."""
        if self._last_built < len(self._messages):
            self._build_last(FIRST_BUILT)
        self._follows = True
        self._settle_layout()

    def go_to_first(self) -> None:
        """To the first message."""
        self._follows = False
        if self._first > 0:
            while self._groups:
                self._drop(next(iter(self._groups)))
            self._first = 0
            for place in range(min(FIRST_BUILT, len(self._messages))):
                self._build(place)
        self._anchor = None
        self._lay_out()
        self._move_to(0)

    def go_to(self, message_id: str) -> None:
        """Bring the top of a message into view."""
        place = self._place_of(message_id)
        if place is None:
            return
        self._follows = False
        if message_id not in self._groups:
            while self._groups:
                self._drop(next(iter(self._groups)))
            self._first = max(0, place - MORE_BUILT // 2)
            for at in range(self._first, min(len(self._messages), self._first + FIRST_BUILT)):
                self._build(at)
        self._anchor = None
        self._lay_out()
        self._move_to(self._groups[message_id].y() - Space.S12)

    def find_words(self, words: str, backwards: bool = False) -> bool:
        """Select the next place where the words stand, from the last one found; false when there is none."""
        if not words:
            self._forget_found()
        if not words or not self._messages:
            return False
        needle = words.casefold()
        count = len(self._messages)
        start, nth = (count - 1 if backwards else 0), -1
        if self._found is not None and (place := self._place_of(self._found[0])) is not None:
            start, nth = place, self._found[2] if self._found[1] == needle else -1
        step = -1 if backwards else 1
        for distance in range(count + 1):
            message = self._messages[(start + step * distance) % count]
            if not any(needle in text.casefold() for text in _texts(message)):
                continue
            self.go_to(message.id)
            hits = self._hits(message.id, words)
            at = nth + step if distance == 0 and nth >= 0 else (len(hits) - 1 if backwards else 0)
            if 0 <= at < len(hits):
                self._found = (message.id, needle, at)
                self._select(*hits[at])
                return True
        return False

    def _forget_found(self) -> None:
        """Nothing is looked for any more: nothing stays selected."""
        group = self._groups.get(self._found[0]) if self._found is not None else None
        self._found = None
        for view in group.readings() if group is not None else ():
            cursor = view.textCursor()
            cursor.clearSelection()
            view.setTextCursor(cursor)

    def _hits(self, message_id: str, words: str) -> list[tuple[ReadingText, QTextCursor]]:
        hits: list[tuple[ReadingText, QTextCursor]] = []
        for view in self._groups[message_id].readings():
            cursor = view.document().find(words)
            while not cursor.isNull():
                hits.append((view, cursor))
                cursor = view.document().find(words, cursor)
        return hits

    def _select(self, view: ReadingText, cursor: QTextCursor) -> None:
        parent = view.parentWidget()
        toggle = getattr(parent, "toggle", None)
        if toggle is not None and not toggle.isChecked():
            toggle.click()
            self._lay_out()
        view.setTextCursor(cursor)
        place = view.mapTo(self._column, view.cursorRect(cursor).topLeft())
        self._move_to(place.y() - self.viewport().height() // 3)

    def _end(self) -> int:
        """The scroll value at which the last line stands at the bottom."""
        bar = self.verticalScrollBar()
        last = next(reversed(self._groups.values()), None)
        if not isinstance(last, AssistantMessageView):
            return bar.maximum()
        bottom = last.y() + last.end_height() + MARGIN
        return max(0, min(bar.maximum(), bottom - self.viewport().height()))

    def _scrolled(self, value: int) -> None:
        if self._moving:
            return
        complete = self._last_built == len(self._messages)
        self._follows = complete and value >= self._end() - AT_END
        self._hold()
        self._show_jump()
        self._build_around()

    def _hold(self) -> None:
        """Remember what stands at the top of the view, so that it stays there when something above changes."""
        top = self.verticalScrollBar().value()
        for group in self._groups.values():
            if group.y() + group.height() > top:
                inside = top - group.y()
                shown = [part for part in group.part_widgets() if not part.isHidden()]
                part = next((part for part in shown if part.geometry().bottom() > inside), group)
                self._anchor = (part, part.mapTo(self._column, QPoint(0, 0)).y() - top)
                return
        self._anchor = None

    def _lay_out(self) -> None:
        """Give everything its place now: heights follow widths, so twice."""
        for _ in range(2):
            self._box.activate()
            hint = max(self._box.sizeHint().height(), self.viewport().height())
            self._column.resize(self.viewport().width(), hint)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _settle_layout(self) -> None:
        self._lay_out()
        self._keep_place()

    def _keep_place(self) -> None:
        """Follow the end, or hold still."""
        if self._follows:
            self._move_to(self._end())
        elif self._anchor is not None:
            part, offset = self._anchor
            if self._column.isAncestorOf(part):
                self._move_to(part.mapTo(self._column, QPoint(0, 0)).y() - offset)
        self._show_jump()

    def _move_to(self, value: int) -> None:
        self._moving = True
        self.verticalScrollBar().setValue(value)
        self._moving = False
        if not self._follows:
            self._hold()
        self._show_jump()

    def _show_jump(self) -> None:
        hidden = self._last_built < len(self._messages)
        below = self._end() - self.verticalScrollBar().value()
        self._jump.setVisible(not self._follows and (hidden or below > AT_END))

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
        """Tab goes through the messages as they are read: widgets stand in Qt's order as they were made."""
        now = QApplication.focusWidget()
        stops = self._stops()
        if now is self:
            place = 0 if next else -1
        elif now in stops:
            place = stops.index(now) + (1 if next else -1)
        else:
            return super().focusNextPrevChild(next)
        if 0 <= place < len(stops):
            reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
            stops[place].setFocus(reason)
            self.ensureWidgetVisible(stops[place])
        elif next:
            # What follows the transcript follows it here too.
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return super().focusNextPrevChild(True)
        elif now is self:
            return super().focusNextPrevChild(False)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        for group in self._groups.values():
            group.footer.update()
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming back from below, the last thing said is the next."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.BacktabFocusReason and (stops := self._stops()):
            stops[-1].setFocus(Qt.FocusReason.BacktabFocusReason)

    def _stops(self) -> list[QWidget]:
        """What of the built messages takes the keyboard, from above to below."""
        found: list[QWidget] = []
        for kind in (QAbstractButton, ReadingText, LineField, EditedWords, QListView):
            found += [
                part
                for part in self._column.findChildren(kind)
                if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible() and part.isEnabled()
            ]

        def place(part: QWidget) -> tuple[int, int]:
            at = part.mapTo(self._column, QPoint(0, 0))
            return at.y(), at.x()

        return sorted(found, key=place)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self._column and event.type() == QEvent.Type.Resize and not self._moving:
            QTimer.singleShot(0, self._column, self._keep_place)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()
        self._jump.place(self.viewport().geometry())
        for group in self._groups.values():
            if isinstance(group, UserMessageView):
                group.fit_bubble()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Transcript", "Transcript"))
        self._jump.retranslate()

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "_box"):
            self._set_margins()

    def _set_margins(self) -> None:
        """Messages are at most so wide, and in the middle."""
        around = max(MARGIN, (self.viewport().width() - theme().px(WIDE)) // 2)
        self._box.setContentsMargins(around, MARGIN, around, MARGIN)


def _texts(message: Message) -> list[str]:
    """What can be found in a message."""
    found: list[str] = []
    for part in message.parts:
        for name in ("text", "arguments", "result"):
            text = getattr(part, name, None)
            if isinstance(text, str):
                found.append(text)
    return found
