"""Fills the list of calls from the log of this run and the stored calls of earlier ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.call_record import CallSummary
from app.services.call_history import CallHistory
from app.services.chat.session import ChatSession
from app.services.ports import Call
from app.ui.chat.inspector.call_entry import CallEntry
from app.ui.chat.inspector.call_list import CallList
from app.ui.chat.inspector.call_titles import CallTitles
from app.ui.reported_tasks import Spawn
from app.ui.widgets.presentation_cover import presentation_cover

_TYPING_MS = 150


class CallListPresenter(QObject):
    """Lists the calls of the conversation, or all, or those that contain a text.

    Signals:
        loaded: what is stored of the conversation that was opened is listed.

    Attributes:
        alone: calls of this run that were sent again without a conversation.
    """

    loaded = Signal()

    def __init__(
        self, rows: CallList, *, calls: CallHistory, session: Callable[[], ChatSession | None], run: Spawn
    ) -> None:
        super().__init__(rows)
        self._rows = rows
        self._calls = calls
        self._session = session
        self._run = run
        self.alone: set[str] = set()
        self._entries: dict[str, CallEntry] = {}
        self._earlier_here: tuple[CallSummary, ...] = ()
        self._stored: list[CallSummary] = []
        self._last_number: int | None = None
        self._has_all = False
        self._is_loading = False
        self._seen: set[str] = set()
        self._earlier = 0
        self._found: tuple[str, frozenset[str], tuple[CallSummary, ...]] | None = None
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._search)
        rows.asked.connect(self._on_asked)
        rows.more_wanted.connect(self._load_more)

    def follow(self) -> None:
        """Load what is stored of the conversation that was opened."""
        self._earlier_here = ()
        self._run(self._load_here())

    @property
    def newest_stored(self) -> str | None:
        """The id of the newest stored call of the conversation; None for none."""
        return self._earlier_here[0].id if self._earlier_here else None

    def entry(self, key: str) -> CallEntry | None:
        """The row with a key, also one that is not listed now."""
        return self._entries.get(key)

    def describe(self, call: Call) -> list[CallEntry]:
        """The rows of a call that may not be in the list."""
        entries = CallTitles(self._session()).entries(call)
        self._entries |= {entry.key: entry for entry in entries}
        return entries

    def refresh(self) -> None:
        """List what there is now."""
        session = self._session()
        titles = CallTitles(session)
        log = list(self._calls)[::-1]
        self._seen.update(call.id for call in log)
        logged = {call.id for call in log}
        here: list[Call | CallSummary] = [
            call
            for call in log
            if titles.owns(call.id)
            or call.id in self.alone
            or call.kind != "chat"
            or (call.ended is None and session is not None and session.running)
        ]
        here += [call for call in self._earlier_here if call.id not in logged]
        everything: list[Call | CallSummary] = [*log, *(call for call in self._stored if call.id not in logged)]
        listed = everything if self._rows.shows_all else here
        if self._found is not None and self._rows.query:
            _, ids, stored = self._found
            pool = {call.id: call for call in (*stored, *everything, *here)}
            allowed = pool.keys() if self._rows.shows_all else {call.id for call in here}
            listed = [call for call in pool.values() if call.id in allowed and self._matches(titles, call, ids)]
            listed.sort(key=lambda call: call.started, reverse=True)
        entries = [entry for call in listed for entry in titles.entries(call)]
        self._entries = {entry.key: entry for entry in entries}
        total = max(len(everything), self._earlier + len(self._seen))
        self._rows.show_entries(entries, len(here), total)

    def _matches(self, titles: CallTitles, call: Call | CallSummary, ids: frozenset[str]) -> bool:
        if call.id in ids:
            return True
        query = self._rows.query.lower()
        words = [call.model, call.url, *(f"{row.title} {row.subtitle} {row.badge}" for row in titles.entries(call))]
        return any(query in presentation_cover().mask(word).lower() for word in words)

    async def _load_here(self) -> None:
        session = self._session()
        if session is None:
            return
        earlier = await self._calls.stored_among(tuple(session.call_ids()))
        stored = await self._calls.stored_count()
        if self._session() is session:
            self._earlier_here = earlier
            self._earlier = max(self._earlier, stored - len(self._seen))
            self.refresh()
            self.loaded.emit()

    def _on_asked(self) -> None:
        if self._rows.query:
            self._typing.start()
        else:
            self._typing.stop()
            self._found = None
            self.refresh()
        if self._rows.shows_all and not self._stored:
            self._load_more()

    def _load_more(self) -> None:
        if not self._is_loading and not self._has_all and not self._rows.query:
            self._is_loading = True
            self._run(self._load_page())

    async def _load_page(self) -> None:
        try:
            page = await self._calls.stored(before=self._last_number)
        finally:
            self._is_loading = False
        self._has_all = not page
        if page:
            self._last_number = page[-1][0]
            self._stored += [call for _, call in page]
            self.refresh()

    def _search(self) -> None:
        self._run(self._search_for(self._rows.query))

    async def _search_for(self, query: str) -> None:
        log = list(self._calls)
        ids = await asyncio.to_thread(_containing, log, query.lower())
        stored = tuple(call for _, call in await self._calls.stored(query=query))
        if self._rows.query == query:
            self._found = query, ids | {call.id for call in stored}, stored
            self.refresh()


def _containing(calls: list[Call], query: str) -> frozenset[str]:
    """The calls whose request or response contains a text."""
    return frozenset(call.id for call in calls if query in call.request.lower() or query in call.response().lower())
