"""A file becomes words in the studio, with progress, until it is read or stopped."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QTextCursor

from app.core.errors import WorkbenchError
from app.services.speech.recognition import PIECE_SECONDS, Progress
from app.ui.files import ask_to_open
from app.ui.studio.context import SpeechContext
from app.ui.studio.view import StudioView
from app.ui.texts.errors import error_message
from app.ui.texts.numbers import seconds
from app.ui.texts.waiting import waiting_message

_TOPIC = "transcribing"


class Transcription(QObject):
    """Reads one file at a time."""

    def __init__(self, view: StudioView, speech: SpeechContext) -> None:
        super().__init__(view)
        self._view, self._speech = view, speech
        self._reading: asyncio.Task[Any] | None = None
        view.transcribe.clicked.connect(self._begin_or_stop)
        view.language.chosen.connect(lambda _key: view.language_notice.clear())
        view.language.refused.connect(self._refuse_language)

    def _begin_or_stop(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        else:
            self._reading = self._speech.tasks.spawn(self._read(), "transcribe")
            self._reading.add_done_callback(self._over)

    async def _read(self) -> None:
        title = QCoreApplication.translate("Studio", "Transcribe file")
        path = await ask_to_open(self._view, title, "*", self._speech.settings)
        if path is None:
            return
        self._view.transcript.clear()
        self._view.show_transcribing(True)
        language: Any = self._view.language.key() or "auto"
        model = self._speech.models.chosen("recognition")
        reading = self._speech.recognition.transcribe(path, model, language, progress=self._tell_progress)
        try:
            async with aclosing(reading) as pieces:
                async for piece in pieces:
                    self._append(piece)
        except WorkbenchError as error:
            error.params.setdefault("name", path.name)
            self._speech.messages.error(str(error_message(error)))

    def _append(self, piece: str) -> None:
        """At the end, wherever somebody reads or writes meanwhile."""
        end = QTextCursor(self._view.transcript.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(piece)

    def _refuse_language(self, typed: str) -> None:
        """What was typed is none of the languages: said below them, with what they are."""
        language = self._view.language
        told = QCoreApplication.translate("Studio", "Speech in “{name}” is not recognised.")
        remedy = QCoreApplication.translate("Studio", "Choose one of: {names}.")
        names = ", ".join(language.itemText(row) for row in range(language.count()))
        self._view.language_notice.say("bad", f"{told.format(name=typed)} {remedy.format(names=names)}")

    def _over(self, _: object) -> None:
        self._reading = None
        self._view.show_transcribing(False)
        self._speech.messages.withdraw(_TOPIC)

    def _tell_progress(self, progress: Progress) -> None:
        """Of what is over in a moment, only that it has to wait."""
        if progress.waiting is not None:
            self._speech.messages.info(waiting_message(progress.waiting), topic=_TOPIC)
        elif progress.seconds > PIECE_SECONDS:
            text = QCoreApplication.translate("Studio", "Transcribing: {done} of {length}").format(
                done=seconds(progress.done), length=seconds(progress.seconds)
            )
            self._speech.messages.info(text, topic=_TOPIC)
        else:
            self._speech.messages.withdraw(_TOPIC)
