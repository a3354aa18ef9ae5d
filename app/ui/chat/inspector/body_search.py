"""Searches the text of the tab that is shown, in a thread, and opens what is folded around an occurrence."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject

from app.core.json_search import count, find
from app.ui.chat.inspector.call_page import CallPage
from app.ui.reported_tasks import Spawn


class BodySearch(QObject):
    """Connects the find field of a call to its texts."""

    def __init__(self, page: CallPage, run: Spawn) -> None:
        super().__init__(page)
        self._page = page
        self._run = run
        self._number = 0
        page.find_bar.searched.connect(self._search)

    def _search(self, needle: str, backwards: bool, stays: bool) -> None:
        self._number += 1
        if needle:
            self._run(self.search(needle, backwards=backwards, stays=stays))
        else:
            self._page.find_bar.show_result(None)

    async def search(self, needle: str, *, backwards: bool = False, stays: bool = False) -> bool:
        """Select the next occurrence, or stay at one that is selected; false if there is none."""
        number = self._number
        view = self._page.view
        window = view.window_shown
        if window is None:
            self._page.find_bar.show_result((0, 0))
            return False
        text = view.text()
        start, end = view.place()
        place = start if backwards or stays else end
        found = await asyncio.to_thread(find, window, text, needle, place, backwards=backwards)
        # The user has typed or chosen another call meanwhile.
        if number != self._number or view.window_shown is not window or view.text() != text:
            return False
        if found is None:
            self._page.find_bar.show_result((0, 0))
            return False
        view.replace_text(found.text)
        view.select(found.start, found.end)
        counted = await asyncio.to_thread(count, window, found.text, needle, found.start)
        if number == self._number:
            self._page.find_bar.show_result(counted)
        return True
