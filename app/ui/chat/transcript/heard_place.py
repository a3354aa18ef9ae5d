"""Keeps the place that is heard in view while an answer is spoken."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from app.ui.chat.transcript.scroll_anchor import ScrollAnchor
from app.ui.theme.tokens import Space
from app.ui.widgets.scroll_area import ScrollArea


class HeardPlace:
    """Scrolls to what is heard instead of the end, unless the user reads elsewhere."""

    def __init__(self, area: ScrollArea, content: QWidget, anchor: ScrollAnchor) -> None:
        self._area, self._content, self._anchor = area, content, anchor
        self._is_followed = self._is_held = False

    def begin(self) -> None:
        """Another answer is heard. It is followed where the end was."""
        self._is_followed, self._is_held = self._anchor.is_following, False

    def leave(self) -> None:
        """The user has scrolled: stay where that is until the next answer."""
        self._is_followed = self._is_held = False

    def show(self, view: QWidget, line: QRect) -> None:
        """Scroll so that a line of `view` begins the page, if it is above or below that."""
        if not self._is_followed:
            return
        top = view.mapTo(self._content, QPoint(0, line.top())).y()
        value, page = self._area.verticalScrollBar().value(), self._area.viewport().height()
        if not value <= top <= max(value, value + page - line.height()):
            self._is_held, self._anchor.is_following = True, False
            self._anchor.scroll_to(max(0, top - Space.S12))

    def end(self) -> bool:
        """Nothing is heard any more. True if the end is to be followed again."""
        is_held = self._is_held
        self.leave()
        return is_held
