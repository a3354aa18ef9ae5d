"""Transcribes files and recordings in the studio: progress, what came, and what can be done again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from contextlib import aclosing
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QTextCursor

from app.core.errors import WorkbenchError
from app.core.messages import new_id
from app.core.recognition_limits import PIECE_SECONDS
from app.core.sentence_joiner import join_sentences
from app.core.transcripts import Transcript
from app.core.word_joining import fitted
from app.services.speech.kept_recording import KeptRecording
from app.services.speech.recognition import Progress
from app.ui.files import ask_to_open
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.studio.context import SpeechContext
from app.ui.studio.recording_meter import RecordingMeterTimer
from app.ui.studio.stored_transcripts import StoredTranscripts
from app.ui.studio.transcript_actions import set_text
from app.ui.studio.view import StudioView
from app.ui.texts.errors import error_sentences
from app.ui.texts.numbers import seconds
from app.ui.texts.waiting import waiting_message
from app.ui.widgets.presentation_cover import presentation_cover

TOPIC, MICROPHONE_TOPIC = "transcribing", "recording"


class _Source(NamedTuple):
    """The speech that is recognised; a recording has no name that the user knows.

    `transcript` is the id of the transcript its words go into, which a file has from its first word on.
    """

    path: Path
    is_recording: bool
    transcript: str


class Transcription(QObject):
    """Transcribes one file or recording at a time; the same button stops it.

    A new transcript is opened when the first word comes; recognising the same speech again replaces its text, which can
    be undone. Interrupted by an error or by hand, it can go on behind the last piece that came.
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
        self._files: dict[str, Path] = {}
        """The files of this run's transcripts: only their names are stored."""
        self._done = 0.0
        spawn = ReportedTasks(context.tasks, "transcripts", in_notification(context.notifier)).spawn
        self.stored = StoredTranscripts(self._panel, context.transcripts, context.notifier, spawn)
        self.stored.is_busy = lambda: self._is_transcribing
        self.stored.opened.connect(self._take_source)
        panel = self._panel
        panel.transcribe.clicked.connect(self._transcribe_or_stop)
        panel.record.clicked.connect(self._record_or_stop)
        panel.again.clicked.connect(self._again)
        panel.file_dropped.connect(self._take_file)
        panel.language.chosen.connect(lambda _key: panel.language_notice.clear())
        panel.language.refused.connect(self._refuse_language)

    async def aclose(self) -> None:
        """Close the microphone, and save the transcript."""
        self._meter.stop()
        await self._recording.aclose()
        await self.stored.aclose()

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
            self._begin(self._transcribe(_file(path)))

    def _take_source(self) -> None:
        """Make the sound of the open transcript what can be recognised again."""
        transcript = self.stored.current
        if self._is_transcribing:
            return
        self._source, self._done = None, 0.0
        path = self._path_of(transcript) if transcript is not None else None
        if transcript is not None and path is not None:
            self._source, self._done = _Source(path, bool(transcript.audio), transcript.id), transcript.done
        self._show_state()
        if transcript is not None and transcript.is_unfinished and self._source is not None:
            self._context.notifier.warning(_unfinished, offer=(_go_on_label, self._go_on), topic=TOPIC)
        else:
            self._context.notifier.withdraw(TOPIC)

    def _path_of(self, transcript: Transcript) -> Path | None:
        return self._context.transcripts.sound_of(transcript) or self._files.get(transcript.id)

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
        await self._transcribe(await self._stored_recording())

    async def _stored_recording(self) -> _Source:
        """Store the recording before it is sent anywhere; what can't be stored is recognised all the same."""
        path, seconds = self._recording.path, self._recording.seconds
        assert path is not None
        try:
            transcript = await self._context.transcripts.keep_recording(path, seconds)
        except WorkbenchError as error:
            self._context.notifier.error(partial(error_sentences, error), topic=MICROPHONE_TOPIC)
            return _Source(path, True, new_id())
        stored = self._context.transcripts.sound_of(transcript)
        assert stored is not None
        self._recording.discard()
        return _Source(stored, True, transcript.id)

    # -- recognising ----------------------------------------------------------------------------------------------

    async def _transcribe_chosen(self) -> None:
        path = self._panel.typed_path()
        if path is None:
            title = QCoreApplication.translate("Studio", "Transcribe file")
            path = await ask_to_open(self._view, title, "*", self._context.settings)
        if path is not None:
            await self._transcribe(_file(path))

    async def _transcribe(self, source: _Source, start: float = 0.0) -> None:
        """Show what is recognised. `start` goes on with the piece that begins at this second."""
        self._source, self._done = source, start
        if start:
            self.stored.open(source.transcript)
        self._is_transcribing, self._has_words = True, start > 0
        self._show_state()
        try:
            await self._show_transcript(source, start)
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

    async def _show_transcript(self, source: _Source, start: float) -> None:
        language: Any = self._panel.language.key() or "auto"
        model = self._context.models.chosen("recognition")
        transcript = self._context.recognition.transcribe(
            source.path, model, language, start=start, progress=self._show_progress
        )
        is_first = True
        async with aclosing(transcript) as pieces:
            async for piece in pieces:
                if is_first and not start:
                    # Only now, so that a file that fails leaves the previous transcript open.
                    self._open_for(source)
                    set_text(self._panel.transcript, piece)
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

    def _open_for(self, source: _Source) -> None:
        """Open the transcript of what is recognised; that of a file begins now."""
        transcript, now = self._context.transcripts.get(source.transcript), time.time()
        if transcript is None:
            name = "" if source.is_recording else source.path.name
            transcript = Transcript(source.transcript, source=name, created=now, updated=now)
            self._files[transcript.id] = source.path
        self.stored.begin(transcript)

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
        if self._source is not None:
            self.stored.note_progress(self._source.transcript, progress.done, progress.seconds)
        if progress.waiting is not None:
            self._context.notifier.info(waiting_message(progress.waiting), topic=TOPIC)
        elif progress.seconds > PIECE_SECONDS:
            text = QCoreApplication.translate("Studio", "Transcribing: {done} of {length}").format(
                done=seconds(progress.done), length=seconds(progress.seconds)
            )
            self._context.notifier.info(text, topic=TOPIC)
        else:
            self._context.notifier.withdraw(TOPIC)


def _file(path: Path) -> _Source:
    return _Source(path, False, new_id())


def _unfinished() -> str:
    return QCoreApplication.translate("Studio", "This transcript is not finished.")


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
