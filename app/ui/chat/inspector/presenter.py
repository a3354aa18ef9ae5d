"""Connects the inspector to the calls and to the open conversation."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.errors import Code, WorkbenchError
from app.core.json_window import JsonWindow
from app.services.call_history import CallHistory
from app.services.call_reading import (
    Progress,
    event_text,
    headers_of,
    progress,
    request_window,
    response_window,
    status_of,
    usage_of,
)
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.services.ports import Call
from app.ui.chat.inspector.body_search import BodySearch
from app.ui.chat.inspector.call_entry import entry_key, from_key
from app.ui.chat.inspector.code_copying import CodeCopying
from app.ui.chat.inspector.comparing import Comparing, cost_of
from app.ui.chat.inspector.list_presenter import CallListPresenter
from app.ui.chat.inspector.panel import InspectorPanel
from app.ui.chat.inspector.part_names import part_name
from app.ui.chat.inspector.resending import Resending
from app.ui.chat.inspector.stated_limits import request_note, response_note
from app.ui.chat.usage_summary import Charge
from app.ui.chat.view import ChatView
from app.ui.reported_tasks import Spawn
from app.ui.texts.numbers import count, size
from app.ui.widgets.notifications import Notifier

_GROWTH_MS = 500
"""Between two looks at a call that runs, at least."""
_MAX_SHARE = 0.1
"""Of the time is spent on reading a call that runs."""


class InspectorPresenter(QObject):
    """Shows the newest call of the conversation, or one that was chosen, and keeps what is edited of its request."""

    def __init__(
        self, view: ChatView, panel: InspectorPanel, *, workspace: Workspace, calls: CallHistory, notifier: Notifier,
        run: Spawn, charge: Charge, explain_refusal: Callable[[], object],
    ) -> None:  # fmt: skip
        """`charge` computes the cost of a call; `explain_refusal` says why no reply can start."""
        super().__init__(panel)
        self._view, self._panel, self._page = view, panel, panel.page
        self._workspace = workspace
        self._calls = calls
        self._run = run
        self._charge = charge
        self._call: Call | None = None
        self._number = 0
        self._is_picked = False
        self._loading = 0
        self._drafts: dict[str, tuple[JsonWindow, str]] = {}
        self._is_reading = False
        self._cost = ""
        self._known_before: set[str] | None = None
        self.list = CallListPresenter(panel.calls, calls=calls, session=lambda: workspace.current, run=run)
        self.search = BodySearch(self._page, run)
        self._comparing = Comparing(panel, run=run, charge=charge, shown=self._shown)
        self._resending = Resending(
            panel,
            workspace=workspace,
            notifier=notifier,
            explain_refusal=explain_refusal,
            shown=self._shown_call,
            run=run,
        )
        CodeCopying(
            panel, notifier, run, self._shown_call,
            lambda: tuple(workspace.current.tree) if workspace.current is not None else (),
        )  # fmt: skip
        self._growth = QTimer(self, interval=_GROWTH_MS)
        self._growth.timeout.connect(self._look_again)
        self.list.loaded.connect(self.refresh)
        panel.calls.picked.connect(self._on_picked)
        panel.shown_changed.connect(lambda shown: self.refresh() if shown else None)
        self._page.buttons.send_again.connect(lambda: run(self._send_again()))
        self._page.request.changed.connect(self._on_edited)
        self._page.restored.connect(self._restore)
        self._page.events.event_selected.connect(lambda number: run(self._show_event(number)))
        panel.retranslated.connect(self._retranslate)

    # -- what is shown ------------------------------------------------------------------------------------------------

    def inspect(self, message_id: str) -> None:
        """Show the call that produced an answer, or the last of several."""
        session = self._workspace.current
        replies = session.tree[message_id].replies if session is not None and message_id in session.tree else ()
        call_ids = [reply.call_id for reply in replies if reply.call_id]
        self._view.open_inspector()
        if call_ids:
            self.show_call(call_ids[-1])
        else:
            self._panel.notify_not_found()

    def show_call(self, call_id: str, number: int | None = None) -> None:
        """Show a call, by default its last request, and keep it shown when newer calls are made."""
        self._is_picked = True
        self._known_before = None
        self._comparing.close()
        self._run(self._find_and_show(call_id, number))

    def follow(self, session: ChatSession) -> None:
        """Show the newest call of a conversation that was opened, also when newer ones are made."""
        self._known_before = None
        self.list.follow()
        self.follow_newest()
        if self._call is not None and self._call.id not in session.call_ids():
            self._clear()

    def follow_newest(self) -> None:
        """Show the newest call of the conversation, and newer ones as they are made."""
        self._is_picked = False
        self.refresh()

    def refresh(self) -> None:
        """Update after a call began or ended."""
        if not self._panel.isVisibleTo(self._panel.window()):
            return
        self.list.refresh()
        self._panel.fit()
        newest = self._newest()
        if not self._is_picked and newest is not None and newest is not self._call and not self._is_edited():
            self._run(self._show(newest, max(0, len(newest.attempts) - 1)))
        elif self._call is not None:
            self._panel.calls.select(entry_key(self._call.id, self._number))
            self._describe_call()
            self._look_again()
        elif self.list.newest_stored is not None:
            # No call of this run: the newest one of an earlier run.
            self._run(self._show_stored(self.list.newest_stored))

    async def _show_stored(self, call_id: str) -> None:
        call = await self._found(call_id)
        if call is not None and self._call is None and self.list.newest_stored == call_id:
            await self._show(call, max(0, len(call.attempts) - 1))

    def _newest(self) -> Call | None:
        """The newest call in the log of the open conversation."""
        if self._known_before is not None:
            # One that was sent again for itself is of no conversation.
            alone = next((call for call in reversed(list(self._calls)) if call.id not in self._known_before), None)
            if alone is not None:
                self.list.alone.add(alone.id)
                return alone
        session = self._workspace.current
        own = session.call_ids() if session is not None else frozenset()
        return next((call for call in reversed(list(self._calls)) if call.id in own), None)

    def _on_picked(self, key: str) -> None:
        call_id, number = from_key(key)
        if self._comparing.is_picking:
            self._run(self._compare_with(call_id, number))
            return
        newest = self._newest()
        self._comparing.close()
        self._known_before = None
        # Picking the newest call means following again.
        self._is_picked = newest is None or call_id != newest.id
        self._run(self._find_and_show(call_id, number))

    async def _compare_with(self, call_id: str, number: int) -> None:
        if self._call is not None:
            self._panel.calls.select(entry_key(self._call.id, self._number))
        call = await self._found(call_id)
        if call is not None:
            await self._comparing.show(call, number, self._title(call, number))

    async def _found(self, call_id: str) -> Call | None:
        try:
            return await self._calls.find(call_id)
        except WorkbenchError as error:
            if error.code is not Code.NOT_KEPT:
                raise
            self._drafts.pop(call_id, None)
            self._panel.notify_not_found()
            return None

    async def _find_and_show(self, call_id: str, number: int | None) -> None:
        call = await self._found(call_id)
        if call is not None:
            last = max(0, len(call.attempts) - 1)
            await self._show(call, last if number is None else min(number, last))

    async def _show(self, call: Call, number: int) -> None:
        """Show the request first, then what takes longer to read."""
        self._keep_draft()
        self._loading += 1
        loading = self._loading
        if call is not self._call:
            self._cost = ""
        self._call, self._number = call, number
        self._panel.calls.select(entry_key(call.id, number))
        self._describe_call()
        draft = self._drafts.get(call.id)
        window = draft[0] if draft is not None else await asyncio.to_thread(request_window, call, part_name)
        if loading != self._loading:
            return
        self._page.request.headers.show_headers(f"{call.method} {call.url}", call.request_headers)
        self._page.request.set_note(request_note(call, window))
        self._page.request.show_body(window, draft[1] if draft is not None else None)
        self._page.set_edited(draft is not None)
        self._resending.describe(call, window)
        await self._read(call, number, loading, grows=False)

    async def _read(self, call: Call, number: int, loading: int, *, grows: bool) -> None:
        """Read the response and the events, again while the call runs."""
        self._is_reading = True
        began = time.monotonic()
        try:
            response = await asyncio.to_thread(response_window, call, number, part_name)
            since = time.time() - call.started - (call.attempts[number].at if number < len(call.attempts) else 0.0)
            done = await asyncio.to_thread(progress, call, number, since)
            usage = await asyncio.to_thread(usage_of, call) if call.ended is not None else None
        finally:
            self._is_reading = False
        if loading != self._loading:
            return
        self._growth.setInterval(max(_GROWTH_MS, round((time.monotonic() - began) * 1000 / _MAX_SHARE)))
        self._show_response(call, number, response, grows)
        self._show_progress(call, done, grows)
        self._describe_call(cost_of(self._charge, call.model, call.started, usage, call.id))
        if call.ended is None:
            self._growth.start()
        else:
            self._growth.stop()

    def _show_response(self, call: Call, number: int, window: JsonWindow, grows: bool) -> None:
        pane = self._page.response
        status = status_of(call, number)
        pane.headers.show_headers(f"HTTP {status}" if status is not None else "", headers_of(call, number))
        pane.set_note(response_note(call, number))
        if not grows:
            pane.show_body(window)
        elif pane.view.window_shown is None or pane.view.window_shown.text != window.text:
            scroll = pane.view.verticalScrollBar().value()
            pane.show_body(window)
            pane.view.verticalScrollBar().setValue(scroll)

    def _show_progress(self, call: Call, done: Progress, grows: bool) -> None:
        self._page.events.show_events(done.events, done.total, grows=grows)
        self._page.graph.show_timeline(done.timeline, done.total)
        received = size(call.response_bytes)
        self._page.set_figures([size(call.request_bytes), received, count(done.total)])

    def _look_again(self) -> None:
        """Read a call that runs, or that has just ended, again."""
        if self._call is None or not self._panel.isVisible():
            self._growth.stop()
        elif not self._is_reading and (self._growth.isActive() or self._call.ended is None):
            if self._call.ended is not None:
                self._growth.stop()
            self._run(self._read(self._call, self._number, self._loading, grows=True))

    def _describe_call(self, cost: str | None = None) -> None:
        call = self._call
        if call is None:
            return
        entries = self.list.describe(call)
        entry = next((each for each in entries if each.number == self._number), entries[0])
        if cost is not None:
            self._cost = cost
        facts = " · ".join(filter(None, (call.model, self._cost)))
        self._page.show_call(entry, _kind_name(call.kind), facts)
        self._panel.fit()

    def _shown(self) -> tuple[Call, int, str] | None:
        if self._call is None:
            return None
        return self._call, self._number, self._title(self._call, self._number)

    def _title(self, call: Call, number: int) -> str:
        """The title of a request in the list, in the current language."""
        entry = self.list.entry(entry_key(call.id, number))
        return entry.title if entry is not None else call.id

    def _shown_call(self) -> Call | None:
        return self._call

    def _clear(self) -> None:
        """Show no call."""
        self._keep_draft()
        self._loading += 1
        self._call, self._number = None, 0
        self._growth.stop()
        self._comparing.close()
        self._panel.calls.select(None)
        self._page.show_call(None)
        for pane in (self._page.request, self._page.response):
            pane.show_body(None)
            pane.set_note("")
            pane.headers.show_headers("", {})
        self._page.events.show_events((), 0, grows=False)
        self._page.graph.show_timeline(None)
        self._page.set_figures([])
        self._page.set_edited(False)
        self._resending.describe(None, None)

    async def _show_event(self, number: int) -> None:
        call = self._call
        if call is None:
            return
        text = await asyncio.to_thread(event_text, call, number)
        window = await asyncio.to_thread(JsonWindow, text, part_name)
        if self._call is call and self._page.events.selected == number:
            self._page.events.show_event(window)

    # -- what is edited -----------------------------------------------------------------------------------------------

    def _is_edited(self) -> bool:
        view = self._page.request.view
        view.flush()
        return self._call is not None and self._call.id in self._drafts

    def _on_edited(self) -> None:
        self._keep_draft()
        self._page.set_edited(self._call is not None and self._call.id in self._drafts)

    def _keep_draft(self) -> None:
        """Remember what was made of the request, so that it is there when the call is shown again."""
        view = self._page.request.view
        window = view.window_shown
        if self._call is None or window is None or not view.has_edits:
            return
        text = view.text()
        if text != window.text and self._resending.is_edited(window, text):
            self._drafts[self._call.id] = window, text
        else:
            self._drafts.pop(self._call.id, None)

    def _restore(self) -> None:
        """Show what was recorded again; undo brings the edited text back."""
        view = self._page.request.view
        if view.window_shown is not None:
            view.replace_text(view.window_shown.text, is_edit=True)
            view.flush()
            view.setFocus()

    async def _send_again(self) -> None:
        call = self._call
        before = {each.id for each in self._calls}
        if call is not None and await self._resending.send(call):
            self._drafts.pop(call.id, None)
            self._page.request.show_body(self._page.request.view.window_shown)
            self._page.set_edited(False)
            self._known_before = before if self._resending.is_alone else None
            self.follow_newest()

    def _retranslate(self) -> None:
        self.list.refresh()
        self._describe_call()
        self._comparing.retranslate(self._title)
        if self._call is None:
            return
        if not self._is_edited():
            # What is folded is named in the language of before.
            self._run(self._show(self._call, self._number))
            return
        window = self._page.request.view.window_shown
        if window is not None:
            self._page.request.set_note(request_note(self._call, window))
            self._resending.describe(self._call, window)
        self._run(self._read(self._call, self._number, self._loading, grows=False))


def _kind_name(kind: str) -> str:
    names = {
        "chat": QCoreApplication.translate("Inspector", "chat"),
        "speech": QCoreApplication.translate("Inspector", "speech"),
        "recognition": QCoreApplication.translate("Inspector", "recognition"),
        "models": QCoreApplication.translate("Inspector", "models"),
    }
    return names.get(kind, kind)
