"""The inspector: the calls of this run with their requests, responses and timed events."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.chat.recorded_request import recorded_request
from app.services.code_export import DEMO_VARIABLE, as_curl, as_python, is_whole, key_variable, libraries_for
from app.services.ports import Call, CallLog
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import seconds, size
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.panel import Panel
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel
from app.ui.widgets.scroll_area import ScrollArea

CALL_HEIGHT, EVENT_HEIGHT = 48, 40
"""Logical pixels of a row, before text scaling."""
MAX_EVENTS = 2_000
"""Events listed; of a longer stream only the first ones are."""
MAX_TEXT = 200_000
"""Characters shown of a request or response; code copies contain all of it."""


class InspectorPanel(Retranslated):
    """Shows the calls of a log; selecting a row shows its call.

    Signals:
        send_again: id of the call to send again.
        not_in_log: id of a requested call that is not in the log, because it is of an earlier run.
    """

    send_again = Signal(str)
    not_in_log = Signal(str)

    def __init__(self, notifier: Notifier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notifier = notifier
        self._log: CallLog | None = None
        self._call: Call | None = None
        self._is_picked = False  # by hand, so that it stays shown when newer calls are made
        self._followed: Callable[[], frozenset[str]] | None = None  # None: every call
        self._panel = Panel()
        self._empty_hint = Hint(wrap=True)
        self._calls_model, self._events_model = RowModel(), RowModel()
        self._calls, self._events = RowList(""), RowList("")
        for rows, model, height in (
            (self._calls, self._calls_model, CALL_HEIGHT),
            (self._events, self._events_model, EVENT_HEIGHT),
        ):
            rows.setModel(model)
            rows.setItemDelegate(RowDelegate(rows, height=height))
        self._calls.row_selected.connect(self._pick)
        self._events.row_selected.connect(self._show_event)
        self._facts = Hint(wrap=True)
        self._captions = {name: Caption() for name in ("request", "events", "response")}
        self._request = TextArea("", min_lines=6, max_lines=16, mono=True)
        self._response = TextArea("", min_lines=6, max_lines=16, mono=True)
        for area in (self._request, self._response):
            area.setReadOnly(True)
        self._curl, self._python, self._send_again = Button(), Button(), Button()
        self._curl.clicked.connect(self._copy_curl)
        self._python.clicked.connect(self._copy_python)
        self._send_again.clicked.connect(
            lambda: self.send_again.emit(self._call.id) if self._call is not None else None
        )
        self._library = Choice("", compact=True)
        self._lay_out()
        self._disable_actions()
        theme().changed.connect(self._fit_lists)
        self._fit_lists()
        self.retranslate()

    def _fit_lists(self) -> None:
        """Make the lists as tall as their rows, up to a limit from which they scroll."""
        for rows, height, max_rows in ((self._calls, CALL_HEIGHT, 3), (self._events, EVENT_HEIGHT, 5)):
            rows.setFixedHeight(theme().px(height) * min(max_rows, max(1, rows.model().rowCount())) + Space.S4)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.S12, 0, Space.S12, Space.S12)
        column.setSpacing(Space.S8)
        column.addWidget(self._empty_hint)
        column.addWidget(self._calls)
        column.addWidget(self._facts)
        call_actions = QHBoxLayout()
        call_actions.setSpacing(Space.S8)
        call_actions.addWidget(self._curl)
        call_actions.addWidget(self._send_again)
        call_actions.addStretch(1)
        python_actions = QHBoxLayout()
        python_actions.setSpacing(Space.S8)
        python_actions.addWidget(self._python)
        python_actions.addWidget(self._library)
        python_actions.addStretch(1)
        column.addLayout(call_actions)
        column.addLayout(python_actions)
        column.addWidget(self._captions["request"])
        column.addWidget(self._request)
        column.addWidget(self._captions["events"])
        column.addWidget(self._events)
        column.addWidget(self._captions["response"])
        column.addWidget(self._response)
        column.addStretch(1)
        self._panel.body.addWidget(ScrollArea(content), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._panel)

    def follow(self, log: CallLog) -> None:
        """Show the calls of this log; call `refresh` after it has changed."""
        self._log = log
        self.refresh()

    def refresh(self) -> None:
        """Update the list, newest call first; show the conversation's newest call unless one was picked by hand."""
        if self._log is None or not self.isVisibleTo(self.window()):
            return
        calls = list(self._log)
        self._calls_model.set_rows([_row(call) for call in reversed(calls)])
        self._empty_hint.setVisible(not calls)
        self._fit_lists()
        newest = self._newest()
        if not self._is_picked and newest and (self._call is None or self._call.id != newest):
            self._show_by_id(newest)
        elif self._call is not None:
            self._calls.select_key(self._call.id)
            if self._call.ended is not None:
                self._fill(self._call)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def _pick(self, call_id: str) -> None:
        self.show_call(call_id)
        # Picking the newest call means following again.
        self._is_picked = call_id != self._newest()

    def _newest(self) -> str:
        """The newest call in the log of the followed conversation; empty if it has none."""
        calls = list(self._log) if self._log is not None else []
        own = self._followed() if self._followed is not None else frozenset(call.id for call in calls)
        return next((call.id for call in reversed(calls) if call.id in own), "")

    def follow_conversation(self, call_ids: Callable[[], frozenset[str]]) -> None:
        """Show the newest call of a conversation that was opened, also when newer ones are made; empty without any.

        `call_ids` returns the ids of the conversation's calls so far.
        """
        self._followed = call_ids
        self.follow_newest()
        if self._call is not None and self._call.id not in call_ids():
            self._clear()

    def follow_newest(self) -> None:
        """Show the newest call of the conversation, and newer ones as they are made."""
        self._is_picked = False
        self.refresh()

    def show_call(self, call_id: str) -> None:
        """Show a call by id and keep it shown, or emit `not_in_log`."""
        self._is_picked = True
        self._show_by_id(call_id)

    def _show_by_id(self, call_id: str) -> None:
        try:
            call = self._log[call_id] if self._log is not None else None
        except KeyError:
            self.not_in_log.emit(call_id)
            return
        if call is not None:
            self.show_saved_call(call)

    def show_saved_call(self, call: Call) -> None:
        """Show a call that may be of an earlier run and so not be in the list."""
        self._call = call
        self._calls.select_key(call.id)
        self._fill(call)

    def notify_not_found(self) -> None:
        """Notify the user that the requested call is no longer saved."""
        self._notifier.info(
            QCoreApplication.translate("Inspector", "This call is no longer saved. Only the most recent calls are."),
            topic="inspector",
        )

    def _fill(self, call: Call) -> None:
        self._set_text(self._request, _format_json(call.request))
        self._set_text(self._response, _format_json(call.response()))
        rows = []
        for number, event in enumerate(call.timeline()):
            if number == MAX_EVENTS:
                break
            rows.append(Row(str(number), f"{event.at:.3f} s  {event.name}".rstrip(), event.content[:120]))
        self._events_model.set_rows(rows)
        self._fit_lists()
        self._facts.setText(
            QCoreApplication.translate("Inspector", "{method} {url} · sent {sent}, received {received}").format(
                method=call.method, url=call.url, sent=size(call.request_bytes), received=size(call.response_bytes)
            )
        )
        libraries = libraries_for(call.url)
        self._library.set_choices([(library, library) for library in libraries])
        if self._library.key() not in libraries:
            self._library.set_key(libraries[0])
        is_complete = is_whole(call)
        incomplete = QCoreApplication.translate("Inspector", "The request was too long to be saved completely.")
        for button in (self._curl, self._python, self._library):
            button.setEnabled(is_complete)
            button.setToolTip("" if is_complete else incomplete)
        self._send_again.setToolTip(_resend_hint(call))
        self._send_again.setEnabled(recorded_request(call) is not None and call.ended is not None)

    def _clear(self) -> None:
        """Show no call."""
        self._call = None
        self._calls.select_key(None)
        for area in (self._request, self._response):
            self._set_text(area, "")
        self._events_model.set_rows([])
        self._fit_lists()
        self._facts.setText("")
        self._disable_actions()

    def _disable_actions(self) -> None:
        for button in (self._curl, self._python, self._library, self._send_again):
            button.setEnabled(False)

    def _set_text(self, area: TextArea, text: str) -> None:
        shown = text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "\n…"
        if area.toPlainText() != presentation_cover().mask(shown):
            area.setPlainText(shown)

    def _show_event(self, key: str) -> None:
        if self._call is None:
            return
        for number, event in enumerate(self._call.timeline()):
            if number == int(key):
                self._set_text(self._response, _format_json(event.content))
                return

    def _copy_curl(self) -> None:
        if self._call is not None:
            self._copy_code(as_curl(self._call))

    def _copy_python(self) -> None:
        library = self._library.key()
        if self._call is None:
            return
        for supported in libraries_for(self._call.url):
            if supported == library:
                self._copy_code(as_python(self._call, supported))

    def _copy_code(self, code: str) -> None:
        QGuiApplication.clipboard().setText(code)
        if self._call is not None and key_variable(self._call) == DEMO_VARIABLE:
            text = QCoreApplication.translate(
                "Inspector",
                "Copied. The demo service only answers this program, so the code won't run as it is. Put the address "
                "of your own service into it, and set YOUR_API_KEY to its key.",
            )
        else:
            text = QCoreApplication.translate("Inspector", "Copied. The code reads the API key from MIMO_API_KEY.")
        self._notifier.success(text, topic="copied")

    def retranslate(self) -> None:
        self._panel.set_title(QCoreApplication.translate("Inspector", "Inspector"))
        self._empty_hint.setText(
            QCoreApplication.translate(
                "Inspector", "Every call to the service is listed here, exactly as it was sent and received."
            )
        )
        self._calls.setAccessibleName(QCoreApplication.translate("Inspector", "Calls"))
        self._events.setAccessibleName(QCoreApplication.translate("Inspector", "Events"))
        self._captions["request"].setText(QCoreApplication.translate("Inspector", "Request"))
        self._captions["events"].setText(QCoreApplication.translate("Inspector", "Events"))
        self._captions["response"].setText(QCoreApplication.translate("Inspector", "Response"))
        self._request.setAccessibleName(QCoreApplication.translate("Inspector", "Request"))
        self._response.setAccessibleName(QCoreApplication.translate("Inspector", "Response"))
        self._library.set_name(QCoreApplication.translate("Inspector", "Python library"))
        for button, caption in (
            (self._curl, QCoreApplication.translate("Inspector", "Copy as curl")),
            (self._python, QCoreApplication.translate("Inspector", "Copy as Python")),
            (self._send_again, QCoreApplication.translate("Inspector", "Send again")),
        ):
            button.setText(caption)


def _resend_hint(call: Call) -> str:
    """What Send again does, or why it is not possible."""
    if call.kind != "chat":
        return QCoreApplication.translate("Inspector", "Only chat calls can be sent again.")
    if not is_whole(call):
        return QCoreApplication.translate("Inspector", "The request was too long to be saved completely.")
    if recorded_request(call) is None:
        return QCoreApplication.translate("Inspector", "Its attached files are not saved with the call.")
    return QCoreApplication.translate(
        "Inspector", "Sends this request as it is shown. The answer becomes another version."
    )


def _row(call: Call) -> Row:
    kinds = {
        "chat": QCoreApplication.translate("Inspector", "Chat"),
        "speech": QCoreApplication.translate("Inspector", "Speech"),
        "recognition": QCoreApplication.translate("Inspector", "Recognition"),
        "models": QCoreApplication.translate("Inspector", "Model list"),
    }
    clock = datetime.fromtimestamp(call.started).strftime("%H:%M:%S")
    duration = call.ended if call.ended is not None else time.time() - call.started
    badge = QCoreApplication.translate("Inspector", "failed") if call.error is not None else ""
    subtitle = " · ".join(part for part in (clock, seconds(duration), size(call.response_bytes)) if part)
    title = " ".join(part for part in (kinds.get(call.kind, call.kind), call.model) if part)
    return Row(call.id, title, subtitle, badge, "bad" if badge else "neutral")


def _format_json(text: str) -> str:
    """Indent JSON; return anything else unchanged."""
    if len(text) > MAX_TEXT:
        return text
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text
