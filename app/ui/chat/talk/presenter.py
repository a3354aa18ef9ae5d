"""Connects Talk to the chat: the toggle, the held keys, Escape, and what is shown of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.core.messages import Media
from app.core.settings import TALK_CONTINUOUS, TALK_MARKS, TALK_PAUSE, Settings
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.ui.chat.talk.level import bar_share
from app.ui.chat.view import ChatView
from app.ui.texts.talk import state_detail, trouble_action, trouble_sentences

if TYPE_CHECKING:
    from app.services.speech.dictation import Meter
    from app.services.talk.talk import Talk
    from app.services.talk.trouble import Trouble
    from app.ui.chat.talk.marking import HeardMarks
    from app.ui.chat.talk.place import TalkPlace
    from app.ui.widgets.notifications import NoticeKind

FRAME_MSEC = 50
"""As often as is shown what moves: the place in a sentence, and how long the next one is awaited."""
HELD_MSEC = 400
"""Keys that are held for longer end what is said when they are released."""
REPEAT_MSEC = 120
"""A key that is pressed again so soon was not released: a busy desktop reports a held key as pressed repeatedly."""


class TalkPresenter(QObject):
    """Shows Talk and lets its controls act. Services, panel and marks are created when it is first switched on.

    Attributes:
        may_ask: whether a conversation can be asked now with a text and media; says why not.
        silence_takes: stops takes or a recording that play; False if none does.
        explain: says what went wrong while Talk is not shown, and offers to try again.
    """

    def __init__(
        self, view: ChatView, *, workspace: Workspace, create: Callable[[], Talk], settings: Settings,
        may_ask: Callable[[ChatSession, str, tuple[Media, ...]], bool],
    ) -> None:  # fmt: skip
        super().__init__(view)
        self._view, self._workspace, self._settings, self._create = view, workspace, settings, create
        self.may_ask = may_ask
        self.silence_takes: Callable[[], bool] = lambda: False
        self.explain: Callable[[Callable[[], str], Callable[[], object]], object] = lambda text, again: None
        self._talk: Talk | None = None
        self._place: TalkPlace | None = None
        self._marks: HeardMarks | None = None
        self._shown_trouble: object = None
        self._is_key_down = self._was_listening = False
        self._frames = QTimer(self, interval=FRAME_MSEC)
        self._frames.timeout.connect(self._show_frame)
        self._holding = QTimer(self, interval=HELD_MSEC, singleShot=True)
        self._releasing = QTimer(self, interval=REPEAT_MSEC, singleShot=True)
        self._releasing.timeout.connect(self._key_released)
        view.composer.talk_wanted.connect(self.press)
        view.retranslated.connect(self._retranslate)
        workspace.on_open.subscribe(self._on_open)
        settings.watch(TALK_CONTINUOUS, self._show_continuous)

    @property
    def is_open(self) -> bool:
        """Whether Talk is shown in the composer's place."""
        return self._place is not None and self._place.is_open

    # -- what the user does ----------------------------------------------------------------------------------------

    def press(self) -> None:
        """Listen; while listening send what was said."""
        talk = self._opened()
        if talk.is_listening:
            talk.finish()
        else:
            talk.listen()

    def key_pressed(self) -> None:
        """The keys to hold are down: listen from now on."""
        self._releasing.stop()
        if self._is_key_down:
            return
        self._is_key_down = True
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        talk = self._opened()
        self._was_listening = talk.is_listening
        talk.listen(held=True)
        self._holding.start()

    def _key_released(self) -> None:
        """Send what was said while the keys were held; a short press only began to listen."""
        self._is_key_down = False
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if self.is_open:
                self._watch_escape()
        was_short = self._holding.isActive()
        self._holding.stop()
        if self._talk is None:
            return
        if was_short and not self._was_listening:
            self._talk.release()
        else:
            self._talk.finish()
        self._show()

    def stop(self) -> None:
        """Switch Talk off: the answer ends where it is. What was said and not sent is offered the next time."""
        session = self._talk.session if self._talk is not None else None
        self._close()
        if session is not None and session.running:
            session.stop()

    def type_instead(self) -> None:
        """Go on in the message field, with what was said and not sent in it. The answer goes on as text."""
        self._close(drafts=True)

    def _close(self, *, drafts: bool = False) -> None:
        """Switch Talk off and show the composer."""
        talk, place = self._talk, self._place
        if talk is None or place is None or not place.is_open:
            return
        session = talk.session
        talk.end(drafts=drafts)
        self._view.window().removeEventFilter(self)
        self._view.removeEventFilter(self)
        self._clear_marks()
        place.close()
        if session is not None and session is self._workspace.current:
            self._view.composer.set_text(session.conversation.draft)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape stops what goes on, where the focused control has no use for it; released keys send."""
        if event.type() == QEvent.Type.ApplicationDeactivate and self._is_key_down:
            self._key_released()  # Their release goes to another program.
            return False
        is_key = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Control)
        if self._is_key_down and is_key and isinstance(event, QKeyEvent):
            if event.type() != QEvent.Type.KeyRelease:
                self._releasing.stop()
            elif not event.isAutoRepeat() and not self._releasing.isActive():
                self._releasing.start()
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        is_ours = watched is self._view or watched is self._view.window()
        if not is_ours or event.key() != Qt.Key.Key_Escape or not self.is_open:
            return False
        return self._escape()

    def _escape(self) -> bool:
        assert self._talk is not None
        session = self._talk.session
        if self._talk.escape() or self.silence_takes():
            return True
        if session is not None and session.running:
            return False  # The view stops the reply.
        self.type_instead()
        return True

    # -- opening ---------------------------------------------------------------------------------------------------

    def _opened(self) -> Talk:
        """Talk, switched on in the open conversation."""
        if self._talk is None or self._place is None:
            from app.ui.chat.talk.marking import HeardMarks
            from app.ui.chat.talk.place import TalkPlace

            assert self._view.transcript is not None
            self._talk = self._create()
            self._talk.may_ask = lambda session, text, media: self.may_ask(session, text, media)
            self._talk.unsent.add_to_draft = self._add_to_draft
            self._place = TalkPlace(self._view)
            self._marks = HeardMarks(self._view.transcript)
            self._connect(self._talk, self._place)
        session = self._workspace.current_or_new()
        if not self._place.is_open:
            self._place.open()
            self._watch_escape()
        self._show_continuous(self._settings.get(TALK_CONTINUOUS))
        self._talk.begin(session)
        self._show()
        return self._talk

    def _watch_escape(self) -> None:
        for watched in (self._view, self._view.window()):
            watched.removeEventFilter(self)
            watched.installEventFilter(self)

    def _connect(self, talk: Talk, place: TalkPlace) -> None:
        panel = place.panel
        panel.send_now.connect(talk.finish)
        panel.stopped.connect(self.stop)
        panel.typing_wanted.connect(self.type_instead)
        panel.continuous_changed.connect(partial(self._settings.set, TALK_CONTINUOUS))
        panel.retried.connect(self._retry)
        panel.notice.dismiss.clicked.connect(talk.dismiss)
        talk.on_change.subscribe(self._show)
        talk.listening.on_meter.subscribe(self._show_meter)
        talk.unsent.on_remembered.subscribe(self._explain_unsent)

    def _add_to_draft(self, session: ChatSession, words: str) -> None:
        """Keep words with the draft they belong to, or with the open one if that conversation was left empty."""
        if self._workspace.session(session.id) is not session:
            session = self._workspace.current_or_new()
        from app.services.talk.unsent import add_words  # with numpy, which is loaded by now

        add_words(session, words)
        if session is self._workspace.current and not self.is_open:
            self._view.composer.set_text(session.conversation.draft)

    def _explain_unsent(self, session: ChatSession, trouble: Trouble) -> None:
        """Say why what was said is not in the message field, although nobody talks any more."""
        if self._talk is not None:
            text = partial(trouble_sentences, trouble.kind, trouble.error)
            self.explain(text, partial(self._talk.draft_again, session))

    def _retry(self) -> None:
        """Do what the notice offers."""
        talk = self._talk
        if talk is None or talk.trouble is None:
            return
        match talk.trouble.kind:
            case "speech":
                talk.speak_again()
            case "microphone" | "disconnected":
                talk.listen()
            case _:
                talk.recognise_again()

    def _on_open(self, session: ChatSession) -> None:
        """Talk stays with its conversation: what is said there belongs to it."""
        if self._talk is not None and self._talk.session is not None and self._talk.session is not session:
            self._close()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def _show(self) -> None:
        talk, place = self._talk, self._place
        if talk is None or place is None or not place.is_open:
            return
        self._show_state(talk, place)
        self._show_trouble(talk, place)
        is_active = talk.state in ("asking", "speaking")
        queue = talk.queue
        if is_active:
            place.sentences.show_sentences(queue.sentences, is_whole=queue.is_whole)
        else:
            place.sentences.setVisible(queue.failed is not None)
            self._clear_marks()
        if is_active != self._frames.isActive():
            self._frames.start() if is_active else self._frames.stop()

    def _show_state(self, talk: Talk, place: TalkPlace) -> None:
        pause = self._settings.get(TALK_PAUSE)
        is_writing = talk.session is not None and talk.session.running
        detail = state_detail(
            talk.state, pause=pause, waited=talk.queue.waited, is_held=self._is_key_down, is_writing=is_writing
        )
        place.panel.show_state(talk.state, detail)

    def _show_trouble(self, talk: Talk, place: TalkPlace) -> None:
        trouble = talk.trouble
        if trouble is self._shown_trouble:
            return
        self._shown_trouble = trouble
        if trouble is None:
            place.panel.notice.clear()
            return
        number = trouble.sentence.number if trouble.sentence is not None else 0
        kind: NoticeKind = "bad" if trouble.error is not None else "warn"
        text = partial(trouble_sentences, trouble.kind, trouble.error, number, trouble.microphone)
        place.panel.notice.say(kind, text, trouble_action(trouble.kind))

    def _show_meter(self, meter: Meter) -> None:
        if self._place is not None and self._talk is not None and self.is_open:
            self._place.panel.show_level(meter.level, meter.peak, self._talk.listening.threshold)

    def _show_frame(self) -> None:
        """Show what moves while MiMo speaks."""
        talk, panel = self._talk, self._place.panel if self._place is not None else None
        if talk is None or panel is None or self._place is None:
            return
        queue, place = talk.queue, talk.queue.place
        self._show_state(talk, self._place)
        self._place.sentences.show_sentences(queue.sentences, is_whole=queue.is_whole)
        if place is None:
            return
        position, length = place.position / 1000, max(place.milliseconds, 1) / 1000
        panel.show_place(place.sentence.number, position, length)
        panel.bars.add(bar_share(queue.level))
        if self._settings.get(TALK_MARKS) and self._marks is not None:
            share = position / length
            self._marks.show(queue.message_id, place.sentence.number, place.sentence.text, share)

    def _clear_marks(self) -> None:
        if self._marks is not None:
            self._marks.clear()

    def _show_continuous(self, on: bool) -> None:
        if self._place is not None:
            self._place.panel.show_continuous(on)

    def _retranslate(self) -> None:
        if self._place is not None:
            self._place.retranslate()
            self._show()
