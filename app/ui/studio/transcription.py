"""Transcribes an audio file in the studio and shows the progress."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QTextCursor

from app.core.errors import WorkbenchError
from app.core.sentence_joiner import join_sentences
from app.services.speech.recognition import PIECE_SECONDS, Progress
from app.ui.files import ask_to_open
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.studio.context import SpeechContext
from app.ui.studio.view import StudioView
from app.ui.texts.numbers import seconds
from app.ui.texts.waiting import waiting_message

_TOPIC = "transcribing"


class Transcription(QObject):
    """Transcribes one file at a time; the same button stops it."""

    def __init__(self, view: StudioView, context: SpeechContext) -> None:
        super().__init__(view)
        self._view, self._context = view, context
        self._tasks = ReportedTasks(context.tasks, "transcribe", in_notification(context.notifier))
        self._task: asyncio.Task[Any] | None = None
        view.transcribe.clicked.connect(self._begin_or_stop)
        view.language.chosen.connect(lambda _key: view.language_notice.clear())
        view.language.refused.connect(self._refuse_language)

    def _begin_or_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
        else:
            self._task = self._tasks.spawn(self._transcribe())
            if self._task is not None:
                self._task.add_done_callback(self._on_done)

    async def _transcribe(self) -> None:
        title = QCoreApplication.translate("Studio", "Transcribe file")
        path = await ask_to_open(self._view, title, "*", self._context.settings)
        if path is None:
            return
        self._view.show_transcribing(True)
        language: Any = self._view.language.key() or "auto"
        model = self._context.models.chosen("recognition")
        transcript = self._context.recognition.transcribe(path, model, language, progress=self._show_progress)
        try:
            async with aclosing(transcript) as pieces:
                is_first = True
                async for piece in pieces:
                    if is_first:
                        # Only now, so that a file that fails leaves the previous transcript.
                        self._view.transcript.clear()
                        is_first = False
                    self._append(piece)
        except WorkbenchError as error:
            error.params.setdefault("name", path.name)
            raise

    def _append(self, piece: str) -> None:
        """Append text at the end without moving the user's cursor."""
        end = QTextCursor(self._view.transcript.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(piece)

    def _refuse_language(self, typed: str) -> None:
        """Show below the choice that the typed language is not offered, and which ones are."""
        language = self._view.language
        reason = QCoreApplication.translate("Studio", "Speech recognition does not support “{name}”.")
        remedy = QCoreApplication.translate("Studio", "Choose one of: {names}.")
        names = ", ".join(language.itemText(row) for row in range(language.count()))
        self._view.language_notice.say("bad", join_sentences(reason.format(name=typed), remedy.format(names=names)))

    def _on_done(self, _: object) -> None:
        self._task = None
        self._view.show_transcribing(False)
        self._context.notifier.withdraw(_TOPIC)

    def _show_progress(self, progress: Progress) -> None:
        """Show progress, or that the request waits. A short file shows no progress."""
        if progress.waiting is not None:
            self._context.notifier.info(waiting_message(progress.waiting), topic=_TOPIC)
        elif progress.seconds > PIECE_SECONDS:
            text = QCoreApplication.translate("Studio", "Transcribing: {done} of {length}").format(
                done=seconds(progress.done), length=seconds(progress.seconds)
            )
            self._context.notifier.info(text, topic=_TOPIC)
        else:
            self._context.notifier.withdraw(_TOPIC)
