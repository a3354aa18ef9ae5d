"""Reads answers aloud, and shows in the transcript which one is read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.core.errors import WorkbenchError
from app.services.chat.workspace import Workspace
from app.ui.chat.transcript.transcript import Transcript
from app.ui.reported_tasks import in_notification
from app.ui.texts.errors import error_sentences
from app.ui.widgets.notifications import Notifier

if TYPE_CHECKING:
    from app.services.speech.read_aloud import ReadAloud


class SpeakingPresenter(QObject):
    """Connects Speak to the service, which is created on first use."""

    def __init__(
        self,
        transcript: Transcript,
        workspace: Workspace,
        read_aloud: Callable[[], ReadAloud],
        notifier: Notifier,
    ) -> None:
        super().__init__(transcript)
        self._transcript, self._workspace, self._notifier = transcript, workspace, notifier
        self._create = read_aloud
        self._service: ReadAloud | None = None
        transcript.speak.connect(self._speak)

    def _speak(self, message_id: str) -> None:
        """Read an answer aloud; a second click stops it."""
        session = self._workspace.current
        if session is None or message_id not in session.tree:
            return
        if self._service is None:
            self._service = self._create()
            self._service.on_failed.subscribe(in_notification(self._notifier, "aloud"))
            self._service.on_change.subscribe(self._show)
        try:
            self._service.toggle(message_id, session.tree[message_id].text)
        except WorkbenchError as error:
            self._notifier.warning(partial(error_sentences, error), topic="aloud")
        else:
            self._notifier.withdraw("aloud")

    def _show(self) -> None:
        if self._service is not None:
            self._transcript.set_spoken(self._service.speaking)
