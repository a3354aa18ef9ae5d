"""Find in conversation: searches all messages and selects one match at a time."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import NamedTuple, Protocol, runtime_checkable

from PySide6.QtGui import QTextCursor

from app.core.messages import Message
from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.chat.transcript.message_window import MessageWindow
from app.ui.chat.transcript.scroll_anchor import ScrollAnchor

_TARGET = re.compile(r"\]\((?:<[^>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"\n]*\")?\)")
"""The address of a Markdown link, which is not shown."""
_MARKS = re.compile(r"[\s*_~`\[\]()|\\<>#]+")


@runtime_checkable
class Foldable(Protocol):
    """A part of a message whose text can be folded."""

    def reveal(self) -> None:
        """Show the whole text."""


class _Match(NamedTuple):
    """The selected match: the number of an occurrence of `query` (case-folded) within a message, from 0."""

    message_id: str
    query: str
    number: int


class TextSearch:
    """Steps through the occurrences of a text in the conversation, wrapping around at its ends."""

    def __init__(self, window: MessageWindow, anchor: ScrollAnchor, go_to: Callable[[str], None]) -> None:
        """`go_to` builds a message by id and scrolls to it."""
        self._window = window
        self._anchor = anchor
        self._go_to = go_to
        self._match: _Match | None = None

    def reset(self) -> None:
        """Start the next search from an end of the conversation."""
        self._match = None

    def find(self, text: str, backwards: bool = False) -> tuple[int, int]:
        """Select the next occurrence after the selected one, and return its number from 1 and how many there are.

        (0, 0) when there is none. Empty text clears the search. The selection of an earlier match is removed.
        """
        self._clear_selection()
        messages = self._window.messages
        if not text or not messages:
            self._match = None
            return 0, 0
        query = text.casefold()
        count = len(messages)
        start, selected = (count - 1 if backwards else 0), -1
        if self._match is not None and (index := self._window.index_of(self._match.message_id)) is not None:
            start, selected = index, self._match.number if self._match.query == query else -1
        step = -1 if backwards else 1
        for distance in range(count + 1):
            message = messages[(start + step * distance) % count]
            if not self._may_contain(message, query):
                continue
            self._go_to(message.id)
            matches = self._matches(message.id, text)
            number = selected + step if distance == 0 and selected >= 0 else (len(matches) - 1 if backwards else 0)
            if 0 <= number < len(matches):
                self._match = _Match(message.id, query, number)
                self._select(*matches[number])
                return self._numbered(message.id, query, number, len(matches))
        self._match = None
        return 0, 0

    def _numbered(self, message_id: str, query: str, number: int, here: int) -> tuple[int, int]:
        """The number of a match from 1, and how many there are: exact in the message, by their source elsewhere."""
        before = total = 0
        for message in self._window.messages:
            if message.id == message_id:
                before, total = total, total + here
            elif message.id in self._window.views:
                total += len(self._matches(message.id, query))
            else:
                total += sum(_count(content, query) for content in _searchable_texts(message))
        return before + number + 1, total

    def _may_contain(self, message: Message, query: str) -> bool:
        """Whether to look into the widget of a message. What is still arriving exists only there."""
        return message.id in self._window.streaming or any(
            _count(content, query) for content in _searchable_texts(message)
        )

    def _clear_selection(self) -> None:
        view = self._window.views.get(self._match.message_id) if self._match is not None else None
        for text_view in view.text_views() if view is not None else ():
            cursor = text_view.textCursor()
            cursor.clearSelection()
            text_view.setTextCursor(cursor)

    def _matches(self, message_id: str, text: str) -> list[tuple[ReadingText, QTextCursor]]:
        matches: list[tuple[ReadingText, QTextCursor]] = []
        for text_view in self._window.views[message_id].text_views():
            cursor = text_view.document().find(text)
            while not cursor.isNull():
                matches.append((text_view, cursor))
                cursor = text_view.document().find(text, cursor)
        return matches

    def _select(self, text_view: ReadingText, cursor: QTextCursor) -> None:
        part: object = text_view.parentWidget()
        if isinstance(part, Foldable):
            part.reveal()
            self._anchor.lay_out()
        text_view.setTextCursor(cursor)
        self._anchor.scroll_to_point(text_view, text_view.cursorRect(cursor).topLeft())


def _count(source: str, query: str) -> int:
    """How often a text is shown for a Markdown source, roughly: also where marks of the source are within it."""
    if count := source.casefold().count(query):
        return count
    bare = _MARKS.sub("", query)
    return _MARKS.sub("", html.unescape(_TARGET.sub("]", source))).casefold().count(bare) if bare else 0


def _searchable_texts(message: Message) -> list[str]:
    """The texts of a message that its widgets show."""
    texts: list[str] = []
    for part in message.parts:
        for name in ("text", "arguments", "result"):
            text = getattr(part, name, None)
            if isinstance(text, str):
                texts.append(text)
    return texts
