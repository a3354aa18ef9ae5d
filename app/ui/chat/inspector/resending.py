"""Sends the request of a call again, as it was or as it was edited."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from app.core.call_origin import request_is_edited
from app.core.json_window import JsonFault, JsonWindow
from app.core.requests import ChatRequest
from app.services.chat.recorded_request import is_for_protocol, recorded_request, restored_files
from app.services.chat.workspace import Workspace
from app.services.code_export import libraries_for
from app.services.ports import Call
from app.ui.chat.inspector.panel import InspectorPanel
from app.ui.reported_tasks import Spawn
from app.ui.widgets.notifications import Notifier


class Resending(QObject):
    """Says whether a call can be sent again, and does it.

    The answer becomes another version in the open conversation. That of a call of no conversation, or of another one,
    is only in the inspector.
    """

    def __init__(
        self, panel: InspectorPanel, *, workspace: Workspace, notifier: Notifier,
        explain_refusal: Callable[[], object], shown: Callable[[], Call | None], run: Spawn,
    ) -> None:  # fmt: skip
        super().__init__(panel)
        self._panel = panel
        self._workspace = workspace
        self._notifier = notifier
        self._explain_refusal = explain_refusal
        self._shown = shown
        self._run = run
        self._alone: asyncio.Task[None] | None = None
        panel.page.buttons.stop.connect(self._stop)
        self.describe(None, None)

    def describe(self, call: Call | None, window: JsonWindow | None) -> None:
        """Say what can be done with a call."""
        actions = self._panel.page.buttons
        if call is None or window is None:
            actions.set_state(copy="", compare="", send="")
            return
        actions.set_libraries(libraries_for(call.url))
        is_cut = bool(call.request) and not window.is_json
        cut = QCoreApplication.translate("Inspector", "The request was too long to be saved completely.")
        refused: str | None = cut if is_cut else None
        if call.kind != "chat":
            refused = QCoreApplication.translate(
                "Inspector", "Only chat calls can be sent again here. A take has Redo in Studio."
            )
        hint = QCoreApplication.translate(
            "Inspector", "Sends this request as it is shown. The answer becomes another version."
        )
        actions.set_state(copy=cut if is_cut else None, compare=None, send=refused, send_hint=hint)

    def is_edited(self, window: JsonWindow, text: str) -> bool:
        """Whether a text says something else than what was recorded; also one that is no JSON does."""
        try:
            return bool(window.restore(text) != window.restore(window.text))
        except JsonFault:
            return True

    async def send(self, call: Call) -> bool:
        """Send what stands in the request. False if it was not sent; the text stays as it is then."""
        pane = self._panel.page.request
        window = pane.view.window_shown
        # What was said about an earlier try is true no longer, or is said again.
        self._notifier.withdraw("resend")
        if window is None or not window.is_json:
            return False
        if pane.fault is not None:
            self._notifier.warning(
                QCoreApplication.translate(
                    "Inspector", "The request is not valid JSON yet. Correct line {line}, then send again."
                ).format(line=pane.fault.line),
                topic="resend",
            )
            return False
        text = pane.view.text()
        body, is_edited = await asyncio.to_thread(_body, call, window, text)
        session = self._workspace.current
        found = None
        if session is not None:
            found = next(
                (
                    (message, step)
                    for message in session.tree
                    for step, reply in enumerate(message.replies)
                    if reply.call_id == call.id
                ),
                None,
            )
        messages = tuple(session.tree) if session is not None else ()
        body, has_files = await asyncio.to_thread(restored_files, body, messages, to_send=True)
        if not has_files:
            self._notifier.warning(
                QCoreApplication.translate(
                    "Inspector",
                    "A file of this request is no longer kept. Take it out, then send again.",
                ),
                topic="resend",
            )
            return False
        request = recorded_request(call, body)
        if request is None or not is_for_protocol(call, self._workspace.protocol):
            self._notifier.warning(_refusal(request is None), topic="resend")
            return False
        if session is None or found is None:
            return self._send_alone(request, is_edited=is_edited)
        if not session.can_start or session is not self._workspace.current:
            self._explain_refusal()
            return False
        message, step = found
        token = request_is_edited.set(is_edited)
        try:
            return session.send_recorded(message.id, step, request)
        finally:
            request_is_edited.reset(token)

    def _send_alone(self, request: ChatRequest, *, is_edited: bool) -> bool:
        """Send a request of a call that is of no conversation that is open."""
        if self._alone is not None:
            return False
        token = request_is_edited.set(is_edited)
        try:
            task = self._run(self._workspace.lone_calls.send(request))
        finally:
            request_is_edited.reset(token)
        if not isinstance(task, asyncio.Task):
            self._explain_refusal()
            return False
        self._alone = task
        task.add_done_callback(self._ended)
        self._panel.page.buttons.set_sending(True)
        return True

    @property
    def is_alone(self) -> bool:
        """Whether a call of its own is being sent."""
        return self._alone is not None

    def _stop(self) -> None:
        if self._alone is not None:
            self._alone.cancel()

    def _ended(self, _task: asyncio.Task[None]) -> None:
        self._alone = None
        self._panel.page.buttons.set_sending(False)


def _body(call: Call, window: JsonWindow, text: str) -> tuple[Any, bool]:
    """The JSON to send, and whether it is another than the one recorded."""
    recorded = json.loads(call.request)
    if text == window.text:
        return recorded, False
    body = window.restore(text)
    return body, body != recorded


def _refusal(is_unfit: bool) -> str:
    if is_unfit:
        return QCoreApplication.translate(
            "Inspector", "A chat request is an object with a list of messages. Add them, then send again."
        )
    return QCoreApplication.translate(
        "Chat",
        "This request is written for another protocol than that of the chosen service. "
        "Choose the service it was sent to, then send again.",
    )
