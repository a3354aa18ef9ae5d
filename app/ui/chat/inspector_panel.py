"""What went over the wire: every call of this run, its request, its response and its events with their times."""

from __future__ import annotations

import json
import time
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.code_export import as_curl, as_python, is_whole, libraries_for
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
MOST_EVENTS = 2_000
"""Events listed; a longer stream shows its first ones and says so."""
MOST_TEXT = 200_000
"""Characters of a request or response shown; copying as code has it all."""


class InspectorPanel(Retranslated):
    """Shows calls; a call is chosen by selecting its row.

    Signals:
        again: id of a call that is to be made once more.
        missed: id of a call that is not of this run.
    """

    again = Signal(str)
    missed = Signal(str)

    def __init__(self, messages: Notifier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._log: CallLog | None = None
        self._call: Call | None = None
        self._newest: str | None = None  # While the next call is awaited: the one before it, "" for none.
        self._panel = Panel()
        self._nothing = Hint(wrap=True)
        self._calls_model, self._events_model = RowModel(), RowModel()
        self._calls, self._events = RowList(""), RowList("")
        for rows, model, height in (
            (self._calls, self._calls_model, CALL_HEIGHT),
            (self._events, self._events_model, EVENT_HEIGHT),
        ):
            rows.setModel(model)
            rows.setItemDelegate(RowDelegate(rows, height=height))
        self._calls.row_selected.connect(self.show_call)
        self._events.row_selected.connect(self._show_event)
        self._facts = Hint(wrap=True)
        self._captions = {name: Caption() for name in ("request", "events", "response")}
        self._request = TextArea("", min_lines=6, max_lines=16, mono=True)
        self._response = TextArea("", min_lines=6, max_lines=16, mono=True)
        for area in (self._request, self._response):
            area.setReadOnly(True)
        self._curl, self._python, self._again = Button(), Button(), Button()
        self._curl.clicked.connect(self._copy_curl)
        self._python.clicked.connect(self._copy_python)
        self._again.clicked.connect(lambda: self.again.emit(self._call.id) if self._call is not None else None)
        self._library = Choice("", compact=True)
        self._lay_out()
        self._show_nothing()
        theme().changed.connect(self._fit_lists)
        self._fit_lists()
        self.retranslate()

    def _fit_lists(self) -> None:
        """No taller than what is in them, so that they scroll only where there is much."""
        for rows, height, most in ((self._calls, CALL_HEIGHT, 3), (self._events, EVENT_HEIGHT, 5)):
            rows.setFixedHeight(theme().px(height) * min(most, max(1, rows.model().rowCount())) + Space.S4)

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.S12, 0, Space.S12, Space.S12)
        column.setSpacing(Space.S8)
        column.addWidget(self._nothing)
        column.addWidget(self._calls)
        column.addWidget(self._facts)
        copying = QHBoxLayout()
        copying.setSpacing(Space.S8)
        copying.addWidget(self._curl)
        copying.addWidget(self._again)
        copying.addStretch(1)
        python = QHBoxLayout()
        python.setSpacing(Space.S8)
        python.addWidget(self._python)
        python.addWidget(self._library)
        python.addStretch(1)
        column.addLayout(copying)
        column.addLayout(python)
        column.addWidget(self._captions["request"])
        column.addWidget(self._request)
        column.addWidget(self._captions["events"])
        column.addWidget(self._events)
        column.addWidget(self._captions["response"])
        column.addWidget(self._response)
        column.addStretch(1)
        self._panel.body.addWidget(ScrollArea(content), 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._panel)

    def follow(self, log: CallLog) -> None:
        """Show the calls of this log; `refresh` when it changed."""
        self._log = log
        self.refresh()

    def refresh(self) -> None:
        """List the calls again, the newest first; the chosen one stays chosen."""
        if self._log is None or not self.isVisibleTo(self.window()):
            return
        calls = list(self._log)
        self._calls_model.set_rows([_row(call) for call in reversed(calls)])
        self._nothing.setVisible(not calls)
        self._fit_lists()
        if calls and (self._call is None or self._newest not in (None, calls[-1].id)):
            self._newest = None
            self.show_call(calls[-1].id)
        elif self._call is not None:
            self._calls.select_key(self._call.id)
            if self._call.ended is not None:
                self._fill(self._call)

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.refresh()

    def show_call(self, call_id: str) -> None:
        """Show one call; one that is not of this run is asked for."""
        try:
            call = self._log[call_id] if self._log is not None else None
        except KeyError:
            self.missed.emit(call_id)
            return
        if call is not None:
            self.show_found(call)

    def show_found(self, call: Call) -> None:
        """Show a call, also one of an earlier run, which is in no list."""
        self._call = call
        self._calls.select_key(call.id)
        self._fill(call)

    def await_call(self) -> None:
        """Go on to the call that is made next."""
        calls = list(self._log) if self._log is not None else []
        self._newest = calls[-1].id if calls else ""

    def say_gone(self) -> None:
        """Nothing is known of the call that was asked for."""
        self._messages.info(
            QCoreApplication.translate("Inspector", "This call is no longer kept: only the latest are."),
            topic="inspector",
        )

    def _fill(self, call: Call) -> None:
        self._set(self._request, _pretty(call.request))
        self._set(self._response, _pretty(call.response()))
        rows = []
        for number, event in enumerate(call.timeline()):
            if number == MOST_EVENTS:
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
        whole = is_whole(call)
        cut = QCoreApplication.translate("Inspector", "The request was too long to be kept whole.")
        for button in (self._curl, self._python, self._library):
            button.setEnabled(whole)
            button.setToolTip("" if whole else cut)
        self._again.setEnabled(call.kind == "chat" and call.ended is not None)

    def _show_nothing(self) -> None:
        for button in (self._curl, self._python, self._library, self._again):
            button.setEnabled(False)

    def _set(self, area: TextArea, text: str) -> None:
        shown = text if len(text) <= MOST_TEXT else text[:MOST_TEXT] + "\n…"
        if area.toPlainText() != presentation_cover().mask(shown):
            area.setPlainText(shown)

    def _show_event(self, key: str) -> None:
        if self._call is None:
            return
        for number, event in enumerate(self._call.timeline()):
            if number == int(key):
                self._set(self._response, _pretty(event.content))
                return

    def _copy_curl(self) -> None:
        if self._call is not None:
            self._copied(as_curl(self._call))

    def _copy_python(self) -> None:
        library = self._library.key()
        if self._call is None:
            return
        for known in libraries_for(self._call.url):
            if known == library:
                self._copied(as_python(self._call, known))

    def _copied(self, code: str) -> None:
        QGuiApplication.clipboard().setText(code)
        self._messages.success(
            QCoreApplication.translate("Inspector", "Copied; the key is read from MIMO_API_KEY."), topic="copied"
        )

    def retranslate(self) -> None:
        self._panel.set_title(QCoreApplication.translate("Inspector", "Inspector"))
        self._nothing.setText(
            QCoreApplication.translate(
                "Inspector", "Every call to the service is listed here as it went over the wire."
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
        for button, words in (
            (self._curl, QCoreApplication.translate("Inspector", "Copy as curl")),
            (self._python, QCoreApplication.translate("Inspector", "Copy as Python")),
            (self._again, QCoreApplication.translate("Inspector", "Send again")),
        ):
            button.setText(words)


def _row(call: Call) -> Row:
    kinds = {
        "chat": QCoreApplication.translate("Inspector", "Chat"),
        "speech": QCoreApplication.translate("Inspector", "Speech"),
        "recognition": QCoreApplication.translate("Inspector", "Recognition"),
        "models": QCoreApplication.translate("Inspector", "Model list"),
    }
    clock = datetime.fromtimestamp(call.started).strftime("%H:%M:%S")
    lasting = call.ended if call.ended is not None else time.time() - call.started
    badge = QCoreApplication.translate("Inspector", "failed") if call.error is not None else ""
    subtitle = " · ".join(part for part in (clock, seconds(lasting), size(call.response_bytes)) if part)
    title = " ".join(part for part in (kinds.get(call.kind, call.kind), call.model) if part)
    return Row(call.id, title, subtitle, badge, "bad" if badge else "neutral")


def _pretty(text: str) -> str:
    """JSON indented; anything else as it came."""
    if len(text) > MOST_TEXT:
        return text
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text
