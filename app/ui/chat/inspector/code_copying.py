"""Copies a call as code."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QGuiApplication

from app.core.messages import Message
from app.services.chat.recorded_request import has_left_out_files, restored_files
from app.services.code_export import DEMO_VARIABLE, as_curl, as_python, key_variable, libraries_for
from app.services.ports import Call
from app.ui.chat.inspector.panel import InspectorPanel
from app.ui.reported_tasks import Spawn
from app.ui.widgets.notifications import Notifier


class _Copied(NamedTuple):
    """What code is made of, with the files that the conversation keeps."""

    method: str
    url: str
    request: str
    request_headers: dict[str, str]
    profile_id: str
    is_whole: bool


class CodeCopying(QObject):
    """Copies what was recorded; an edited request is only sent."""

    def __init__(
        self, panel: InspectorPanel, notifier: Notifier, run: Spawn, shown: Callable[[], Call | None],
        messages: Callable[[], Sequence[Message]],
    ) -> None:  # fmt: skip
        """`messages` returns those of the open conversation, which keep attached files."""
        super().__init__(panel)
        self._notifier = notifier
        self._shown = shown
        self._messages = messages
        panel.page.buttons.curl.connect(lambda: run(self._copy("")))
        panel.page.buttons.python.connect(lambda library: run(self._copy(library)))

    async def _copy(self, library: str) -> None:
        call = self._shown()
        if call is None:
            return
        copied = await asyncio.to_thread(_with_files, call, tuple(self._messages()))
        for supported in libraries_for(call.url):
            if supported == library:
                self._put(copied, await asyncio.to_thread(as_python, copied, supported))
                return
        self._put(copied, await asyncio.to_thread(as_curl, copied))

    def _put(self, call: _Copied, code: str) -> None:
        QGuiApplication.clipboard().setText(code)
        if not call.is_whole:
            text = QCoreApplication.translate(
                "Inspector",
                "Copied. Attached files are not recorded: put their data where the code says how many characters they "
                "had. The code reads the API key from {variable}.",
            ).format(variable=key_variable(call))
        elif key_variable(call) == DEMO_VARIABLE:
            text = QCoreApplication.translate(
                "Inspector",
                "Copied. The demo service only answers this program, so the code won't run as it is. Put the address "
                "of your own service into it, and set YOUR_API_KEY to its key.",
            )
        else:
            text = QCoreApplication.translate("Inspector", "Copied. The code reads the API key from MIMO_API_KEY.")
        self._notifier.success(text, topic="copied")


def _with_files(call: Call, messages: Sequence[Message]) -> _Copied:
    request, is_whole = call.request, True
    if call.elided:
        body, _ = restored_files(json.loads(request), messages)
        request = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        # Files of the home are streamed when they are sent; code can't have them.
        is_whole = not has_left_out_files(request)
    return _Copied(call.method, call.url, request, call.request_headers, call.profile_id, is_whole)
