"""Dictation in the composer: the words are inserted at the cursor, and nothing is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from app.core.errors import WorkbenchError
from app.core.word_joining import fitted
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.services.tasks import TaskSet
from app.ui.chat.composer import Composer
from app.ui.chat.composer_parts.dictate import DictationMeter, DictationState
from app.ui.chat.composer_parts.undo_step import undo_step
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.texts.errors import error_sentences
from app.ui.texts.numbers import seconds
from app.ui.widgets.notifications import Notifier

if TYPE_CHECKING:  # imports numpy, which is not needed before the first dictation
    from app.services.speech.dictation import Dictation, Meter, Speech

TOPIC, MICROPHONE_TOPIC = "dictation", "microphone"
MUTED_PEAK_DB = -60.0
"""Even in a quiet room a microphone that works is louder; the recognition would not be asked either."""


class DictationPresenter(QObject):
    """Records and recognises what is said, and inserts it into the conversation it was said in.

    Escape ends the recording without recognising it; what was said can still be recognised then.
    """

    def __init__(
        self,
        composer: Composer,
        view: QWidget,
        *,
        workspace: Workspace,
        dictation: Callable[[], Dictation],
        silence: Callable[[], None],
        notifier: Notifier,
        tasks: TaskSet,
    ) -> None:
        """`dictation` creates the service on first use; `silence` stops reading aloud, which would be recorded."""
        super().__init__(composer)
        self._composer, self._workspace, self._notifier = composer, workspace, notifier
        self._create, self._silence = dictation, silence
        self._dictation: Dictation | None = None
        self._run = ReportedTasks(tasks, "dictation", in_notification(notifier, TOPIC))
        self._task: asyncio.Task[Any] | None = None
        self._meter: DictationMeter | None = None
        self._is_cancelled = False
        composer.dictate.clicked.connect(self._press)
        view.installEventFilter(self)

    # -- what the user does ---------------------------------------------------------------------------------------

    def _press(self) -> None:
        match self._composer.dictate.state:
            case "idle":
                self._start(self._dictate(self._workspace.current_or_new()))
            case "opening" | "recording":
                self._finish()
            case "recognising":
                if self._task is not None:
                    self._task.cancel()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._is_cancelled = False
        self._notifier.withdraw(TOPIC)
        self._show_state("opening")
        self._task = self._run.spawn(work)
        if self._task is None:
            self._show_state("idle")
        else:
            self._task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[Any]) -> None:
        """Show that it is over; the words are in the message, which Enter then sends."""
        if task is not self._task:
            return  # Retry was pressed before the task that offered it had ended.
        self._show_state("idle")
        if self._composer.dictate.hasFocus():
            self._composer.setFocus()

    def _finish(self) -> None:
        if self._dictation is not None:
            self._dictation.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """End the recording by Escape, where the focused control has no use for it."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Escape or self._composer.dictate.state not in ("opening", "recording"):
            return False
        self._is_cancelled = True
        self._finish()
        return True

    # -- the work -------------------------------------------------------------------------------------------------

    async def _dictate(self, session: ChatSession) -> None:
        self._silence()
        if self._dictation is None:
            self._dictation = self._create()
        speech = await self._dictation.record(self._show_meter)
        if speech.error is not None:
            self._notifier.error(partial(error_sentences, speech.error), topic=MICROPHONE_TOPIC)
        if self._is_cancelled:
            if speech.has_spoken:
                self._offer(partial(_stopped, speech.seconds), session, speech)
        elif speech.has_spoken:
            await self._recognise(session, speech)
            if speech.is_full:
                self._notifier.info(_full, topic=MICROPHONE_TOPIC)
        elif speech.peak < MUTED_PEAK_DB:
            self._notifier.warning(_muted, topic=TOPIC)
        else:
            self._offer(_nothing_heard, session, speech)

    async def _recognise(self, session: ChatSession, speech: Speech) -> None:
        """Recognise and insert the words. If that fails or is stopped, it can be repeated."""
        assert self._dictation is not None
        self._show_state("recognising")
        try:
            words = await self._dictation.recognise(speech)
        except WorkbenchError as error:
            again = partial(self._recognise_again, session, speech)
            self._show_state("idle")  # Retry must not find it busy.
            self._notifier.error(partial(error_sentences, error), retry=again, topic=TOPIC)
        except asyncio.CancelledError:
            self._offer(partial(_stopped, speech.seconds), session, speech)
            raise
        else:
            if words:
                self._insert(session, words)
            else:
                self._offer(_no_words, session, speech)

    def _recognise_again(self, session: ChatSession, speech: Speech) -> None:
        if self._composer.dictate.state == "idle":
            self._start(self._recognise(session, speech))

    def _offer(self, text: Callable[[], str], session: ChatSession, speech: Speech) -> None:
        """Say what happened, and offer to recognise what was recorded."""
        self._notifier.warning(
            text, topic=TOPIC, offer=(_recognise_it, partial(self._recognise_again, session, speech))
        )

    def _insert(self, session: ChatSession, words: str) -> None:
        """Insert words at the cursor, or behind the draft of another conversation if that was opened meanwhile."""
        current = self._workspace.current
        if current is None or self._workspace.session(session.id) is not session:
            session = current or self._workspace.new()  # It was deleted, or empty when it was left.
        field = self._composer.field
        if session is self._workspace.current and field.is_covered:
            self._composer.append(fitted(self._composer.text(), words, ""))
        elif session is self._workspace.current:
            cursor = field.textCursor()
            cursor.setPosition(cursor.selectionEnd())
            field.setTextCursor(cursor)
            with undo_step(field):
                field.insertPlainText(fitted(_neighbour(cursor, -1), words, _neighbour(cursor, 1)))
        else:
            draft = session.conversation.draft
            session.configure(draft=draft + fitted(draft, words, ""))
            self._notifier.info(partial(_elsewhere, session.conversation.title), topic=TOPIC)

    # -- what is shown --------------------------------------------------------------------------------------------

    def _show_state(self, state: DictationState) -> None:
        self._composer.dictate.show_state(state)
        if state == "idle":
            if self._meter is not None:
                self._meter.hide()
            return
        if self._meter is None:
            self._meter = DictationMeter()
            self._composer.below.insertWidget(0, self._meter)
        if state == "recognising":
            self._meter.show_recognising()

    def _show_meter(self, meter: Meter) -> None:
        if self._composer.dictate.state == "opening":
            self._show_state("recording")
        assert self._meter is not None
        minutes, rest = divmod(int(meter.seconds), 60)
        self._meter.show_level(meter.level, f"{minutes}:{rest:02}")


def _neighbour(cursor: QTextCursor, by: int) -> str:
    """The character before (-1) or after (1) the cursor; empty at an end of the text."""
    beside = QTextCursor(cursor)
    move = QTextCursor.MoveOperation.Left if by < 0 else QTextCursor.MoveOperation.Right
    beside.movePosition(move, QTextCursor.MoveMode.KeepAnchor)
    return beside.selectedText()


def _stopped(duration: float) -> str:
    return QCoreApplication.translate("Composer", "Dictation was stopped. {time} were recorded.").format(
        time=seconds(duration)
    )


def _full() -> str:
    return QCoreApplication.translate(
        "Composer", "A dictation lasts two minutes at most. Press Dictate again to go on."
    )


def _muted() -> str:
    return QCoreApplication.translate(
        "Voices",
        "The microphone picks up nothing. Check whether it is muted, or choose another one in Settings, Audio.",
    )


def _nothing_heard() -> str:
    return QCoreApplication.translate("Composer", "No speech was heard. Speak closer to the microphone and try again.")


def _recognise_it() -> str:
    return QCoreApplication.translate("Composer", "Recognise it")


def _no_words() -> str:
    return QCoreApplication.translate("Composer", "No words were recognised in what you said. Dictate it again.")


def _elsewhere(title: str) -> str:
    if not title:
        return QCoreApplication.translate("Composer", "The dictated words are in the draft they were spoken for.")
    return QCoreApplication.translate("Composer", "The dictated words are in the draft of “{title}”.").format(
        title=title
    )
