"""Transcribes files and recordings in the studio: progress, what came, and what can be done again."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QTextCursor

from app.core.errors import WorkbenchError
from app.core.recognition_limits import PIECE_SECONDS
from app.core.sentence_joiner import join_sentences
from app.core.word_joining import fitted
from app.services.speech.kept_recording import KeptRecording
from app.services.speech.recognition import Progress
from app.ui.files import ask_to_open
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.studio.context import SpeechContext
from app.ui.studio.recording_meter import RecordingMeterTimer
from app.ui.studio.transcript_actions import set_text
from app.ui.studio.view import StudioView
from app.ui.texts.errors import error_sentences
from app.ui.texts.numbers import seconds
from app.ui.texts.waiting import waiting_message
from app.ui.widgets.presentation_cover import presentation_cover

TOPIC, MICROPHONE_TOPIC = "transcribing", "recording"


class _Source(NamedTuple):
    """The speech that is recognised; a recording has no name that the user knows."""

    path: Path
    is_recording: bool


class Transcription(QObject):
    """Transcribes one file or recording at a time; the same button stops it.

    What is recognised replaces the former transcript when the first of it comes, and can be undone. Interrupted by an
    error or by hand, it can go on behind the last piece that came.
    """

    def __init__(self, view: StudioView, context: SpeechContext) -> None:
        super().__init__(view)
        self._view, self._panel, self._context = view, view.recognition_panel, context
        self._tasks = ReportedTasks(context.tasks, "transcribe", in_notification(context.notifier, TOPIC))
        self._task: asyncio.Task[Any] | None = None
        self._is_transcribing = self._has_words = False
        self._recording = KeptRecording(context.recorder, context.temporary)
        self._meter = RecordingMeterTimer(self._panel, self._recording)
        self._meter.ended.connect(lambda: self._begin(self._end_recording()))
        self._source: _Source | None = None
        self._done = 0.0
        panel = self._panel
        panel.transcribe.clicked.connect(self._transcribe_or_stop)
        panel.record.clicked.connect(self._record_or_stop)
        panel.again.clicked.connect(self._again)
        panel.file_dropped.connect(self._take_file)
        panel.language.chosen.connect(lambda _key: panel.language_notice.clear())
        panel.language.refused.connect(self._refuse_language)

    async def aclose(self) -> None:
        """Close the microphone, and delete the recording."""
        self._meter.stop()
        await self._recording.aclose()

    # -- what the user does ---------------------------------------------------------------------------------------

    def _transcribe_or_stop(self) -> None:
        if self._is_transcribing and self._task is not None:
            self._task.cancel()
        else:
            self._begin(self._transcribe_chosen())

    def _record_or_stop(self) -> None:
        self._begin(self._end_recording() if self._recording.is_recording else self._start_recording())

    def _again(self) -> None:
        if self._source is not None:
            self._begin(self._transcribe(self._source))

    def _take_file(self, path: Path) -> None:
        """Transcribe a file that was dropped or entered, unless something else is being transcribed or recorded."""
        if self._task is not None or self._recording.is_recording:
            self._context.notifier.warning(_busy, topic=MICROPHONE_TOPIC)
        else:
            self._begin(self._transcribe(_Source(path, False)))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Run work unless other work runs, as when a key is pressed twice."""
        if self._task is not None:
            work.close()
            return
        self._context.notifier.withdraw(TOPIC)
        self._task = self._tasks.spawn(work)
        if self._task is not None:
            self._task.add_done_callback(self._on_done)

    def _on_done(self, _: object) -> None:
        self._task, self._is_transcribing = None, False
        self._show_state()

    def _show_state(self) -> None:
        self._panel.show_state(
            transcribing=self._is_transcribing,
            recording=self._recording.is_recording,
            has_source=self._source is not None,
        )

    # -- recording ------------------------------------------------------------------------------------------------

    async def _start_recording(self) -> None:
        if self._context.playback.playing:
            # It would be recorded.
            self._context.playback.toggle()
        self._context.notifier.withdraw(MICROPHONE_TOPIC)
        await self._recording.start()
        self._show_state()
        self._meter.start()

    async def _end_recording(self) -> None:
        """Keep the recording, and recognise it. Why it ended on its own is said beside what comes of it."""
        self._meter.stop()
        error, has_gaps = await self._recording.stop()
        if error is not None:
            self._context.notifier.error(partial(error_sentences, error), topic=MICROPHONE_TOPIC)
        elif has_gaps:
            self._context.notifier.warning(_gaps, topic=MICROPHONE_TOPIC)
        assert self._recording.path is not None
        await self._transcribe(_Source(self._recording.path, True))

    # -- recognising ----------------------------------------------------------------------------------------------

    async def _transcribe_chosen(self) -> None:
        path = self._panel.typed_path()
        if path is None:
            title = QCoreApplication.translate("Studio", "Transcribe file")
            path = await ask_to_open(self._view, title, "*", self._context.settings)
        if path is not None:
            await self._transcribe(_Source(path, False))

    async def _transcribe(self, source: _Source, start: float = 0.0) -> None:
        """Show what is recognised. `start` goes on with the piece that begins at this second."""
        is_other, self._source, self._done = source != self._source, source, start
        self._is_transcribing, self._has_words = True, start > 0
        self._show_state()
        try:
            await self._show_transcript(source, start, is_other=is_other)
        except WorkbenchError as error:
            error.params.setdefault("name", _recording_name() if source.is_recording else source.path.name)
            self._context.notifier.error(partial(error_sentences, error), retry=self._go_on, topic=TOPIC)
        except asyncio.CancelledError:
            self._context.notifier.warning(
                partial(_stopped, self._has_words), offer=(_go_on_label, self._go_on), topic=TOPIC
            )
            raise
        else:
            self._context.notifier.withdraw(TOPIC)
            if self._panel.typed_path() == source.path:
                self._panel.path.clear()

    async def _show_transcript(self, source: _Source, start: float, *, is_other: bool) -> None:
        language: Any = self._panel.language.key() or "auto"
        model = self._context.models.chosen("recognition")
        transcript = self._context.recognition.transcribe(
            source.path, model, language, start=start, progress=self._show_progress
        )
        is_first = True
        async with aclosing(transcript) as pieces:
            async for piece in pieces:
                if is_first and not start:
                    # Only now, so that a file that fails leaves the previous transcript.
                    self._replace(piece, is_other=is_other)
                else:
                    self._append(fitted(self._last(), piece, "") if is_first else piece)
                is_first = False
                self._has_words = self._has_words or bool(piece.strip())
        if not self._has_words:
            self._context.notifier.warning(_no_words, topic=MICROPHONE_TOPIC)

    def _go_on(self) -> None:
        """Go on with the last file or recording behind the last piece that came."""
        if self._source is not None:
            self._begin(self._transcribe(self._source, self._done))

    def _replace(self, piece: str, *, is_other: bool) -> None:
        """Begin a new transcript. The former one can be brought back if it was of other speech."""
        field = self._panel.transcript
        before = field.toPlainText()
        set_text(field, piece)
        if before.strip() and is_other:
            self._context.notifier.info(
                lambda: QCoreApplication.translate("Studio", "The former transcript was replaced."),
                undo=lambda: set_text(field, before),
            )

    def _last(self) -> str:
        return self._panel.transcript.toPlainText()[-1:]

    def _append(self, piece: str) -> None:
        """Append text at the end without moving the user's cursor."""
        field = self._panel.transcript
        if presentation_cover().active:
            # Masked as a whole: a private word may come in two pieces.
            field.setPlainText(field.toPlainText() + piece)
            return
        end = QTextCursor(field.document())
        end.movePosition(QTextCursor.MoveOperation.End)
        end.insertText(piece)

    def _refuse_language(self, typed: str) -> None:
        """Show below the choice that the typed language is not offered, and which ones are."""
        language = self._panel.language
        reason = QCoreApplication.translate("Studio", "Speech recognition does not support “{name}”.")
        remedy = QCoreApplication.translate("Studio", "Choose one of: {names}.")
        names = ", ".join(language.itemText(row) for row in range(language.count()))
        self._panel.language_notice.say("bad", join_sentences(reason.format(name=typed), remedy.format(names=names)))

    def _show_progress(self, progress: Progress) -> None:
        """Show progress, or that the request waits. A short file shows no progress."""
        self._done = progress.done
        if progress.waiting is not None:
            self._context.notifier.info(waiting_message(progress.waiting), topic=TOPIC)
        elif progress.seconds > PIECE_SECONDS:
            text = QCoreApplication.translate("Studio", "Transcribing: {done} of {length}").format(
                done=seconds(progress.done), length=seconds(progress.seconds)
            )
            self._context.notifier.info(text, topic=TOPIC)
        else:
            self._context.notifier.withdraw(TOPIC)


def _recording_name() -> str:
    return QCoreApplication.translate("Studio", "The recording")


def _gaps() -> str:
    return QCoreApplication.translate("Voices", "Some audio was lost while recording. Record again if you hear gaps.")


def _stopped(has_words: bool) -> str:
    if not has_words:
        return QCoreApplication.translate("Studio", "Transcribing was stopped before any words came.")
    return QCoreApplication.translate("Studio", "Transcribing was stopped. What came is in the transcript.")


def _busy() -> str:
    return QCoreApplication.translate("Studio", "Something else is being transcribed or recorded. Stop that first.")


def _go_on_label() -> str:
    return QCoreApplication.translate("Studio", "Go on")


def _no_words() -> str:
    return QCoreApplication.translate(
        "Studio", "No words were recognised. Check what was recorded, or choose the language."
    )
