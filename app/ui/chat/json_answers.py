"""Checks the answers of JSON mode as they come into view."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QGuiApplication

from app.core.json_answer import LARGE, JsonAnswer, check_json_answer
from app.core.messages import Message, Text
from app.services.chat.workspace import Workspace
from app.ui.chat.transcript.transcript import Transcript
from app.ui.widgets.notifications import Notifier

MAX_CHECKED = 50
"""Answers whose results are kept; an older one is checked again when it comes into view."""


class JsonAnswers(QObject):
    """Shows below every finished answer of JSON mode whether it is JSON.

    A large one is checked in a thread. The results of the last `MAX_CHECKED` are kept.
    """

    def __init__(
        self,
        transcript: Transcript,
        *,
        workspace: Workspace,
        notifier: Notifier,
        run: Callable[[Coroutine[Any, Any, object]], asyncio.Task[Any] | None],
    ) -> None:
        """`run` owns tasks."""
        super().__init__(transcript)
        self._transcript, self._workspace, self._notifier, self._run = transcript, workspace, notifier, run
        self._checked: dict[str, tuple[int, int, JsonAnswer]] = {}  # length and hash of the text, the newest last
        # Queued: the message is announced while its widget is being built.
        transcript.built.connect(self._check, Qt.ConnectionType.QueuedConnection)
        transcript.copy_json.connect(self._copy)

    def _check(self, message_id: str) -> None:
        session = self._workspace.current
        if session is None or message_id not in session.tree:
            return
        message = session.tree[message_id]
        is_streaming = session.running and message_id == session.conversation.leaf
        if is_streaming or not message.replies or not message.replies[-1].json_mode:
            return
        text = _last_text(message)
        # An answer that failed or was stopped says so itself.
        if not text.strip() or message.replies[-1].finish in ("error", "stopped"):
            return
        known = self._checked.get(message_id)
        if known is not None and known[:2] == (len(text), hash(text)):
            self._transcript.show_json(message_id, known[2])
        elif len(text) < LARGE:
            self._show(message_id, text, check_json_answer(text))
        else:
            self._run(self._check_in_thread(message_id, text))

    async def _check_in_thread(self, message_id: str, text: str) -> None:
        self._show(message_id, text, await asyncio.to_thread(check_json_answer, text))

    def _show(self, message_id: str, text: str, answer: JsonAnswer) -> None:
        self._checked.pop(message_id, None)
        self._checked[message_id] = len(text), hash(text), answer
        if len(self._checked) > MAX_CHECKED:
            del self._checked[next(iter(self._checked))]
        self._transcript.show_json(message_id, answer)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._notifier.success(QCoreApplication.translate("Chat", "Copied."), topic="copied")


def _last_text(message: Message) -> str:
    """The text of the last step, which is the answer after all tool calls."""
    step = len(message.replies) - 1
    return "".join(part.text for part in message.parts if isinstance(part, Text) and part.step == step)
