"""Speaks what is entered in the studio: one or more takes at a press, redone, in parts, and stopped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import WorkbenchError
from app.core.events import Waiting
from app.core.legacy_tts import is_legacy, with_brackets
from app.core.sentence_joiner import join_sentences
from app.core.settings import TAKES_AT_ONCE
from app.core.tags import in_parts
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.services.speech.new_takes import as_redo, check_take
from app.ui.reported_tasks import Spawn, in_notice
from app.ui.studio.context import SpeechContext
from app.ui.studio.session_presenter import SessionPresenter
from app.ui.studio.take_playback import TakePlayback
from app.ui.studio.take_settings import TakeSettings
from app.ui.studio.view import StudioView
from app.ui.texts.speech import session_title, take_error, voice_name
from app.ui.texts.voices import builtin_name
from app.ui.texts.waiting import waiting_message

_WAITING_TOPIC = "speech waits"


class Speaking(QObject):
    """Requests takes for the open session, shows which of its takes are being made, and what failed."""

    def __init__(
        self, view: StudioView, context: SpeechContext, settings: TakeSettings, sessions: SessionPresenter,
        playback: TakePlayback, spawn: Spawn,
    ) -> None:  # fmt: skip
        super().__init__(view)
        self._view, self._context, self._settings = view, context, settings
        self._sessions, self._playback, self._spawn = sessions, playback, spawn
        self._act_on_notice: Callable[[], None] = self._speak_with_brackets
        self.is_shown_elsewhere: Callable[[Take], bool] = lambda _take: False
        """Whether the failure of a take is shown where the user looks, such as in a cell of the audition grid."""
        self._waiting: dict[str, Waiting] = {}
        """What takes wait for, of those that were begun in the session shown at that time."""
        view.speak.clicked.connect(self._speak_or_stop)
        view.notice.acted.connect(lambda: self._act_on_notice())
        view.text.text.textChanged.connect(view.notice.clear)
        view.text.lint.split_requested.connect(self._speak_in_parts)
        view.takes_at_once.valueChanged.connect(self._set_takes_at_once)
        view.retranslated.connect(self.show_plan)
        service = context.service
        service.on_jobs.subscribe(self.show_running)
        service.on_failed.subscribe(self._on_failed)
        service.on_waiting.subscribe(self._on_waiting)
        self.show_running()

    def redo(self, take: Take) -> None:
        """Make another take with the settings of one, in the voice that spoke it."""
        mended = msgspec.structs.replace(take, text=with_brackets(take.text))
        if self._refuse_old_styles(take, lambda: self.redo(mended)):
            return
        if take.parts:
            self._request_parts(as_redo(take))
        else:
            self._request([as_redo(take)])
        if take.asked_voice:
            self._context.notifier.info(partial(_same_voice_text, take), topic="voice replaced")

    async def redo_parts(self, take: Take, places: Collection[int]) -> None:
        """Speak some parts of a take again, as a new take that shares the sound of the others. Raises StorageError."""
        saved = await self._context.service.ensure_saved(take)
        self._begin(
            take.session, [take],
            lambda numbers, title: self._context.parts.redo(
                saved, places, number=numbers[0], title=title, owner=take.session, listen=self._playback.gain
            ),
        )  # fmt: skip

    def show_running(self) -> None:
        """Show whether takes of the open session are being made, and what pressing Speak will take."""
        service = self._context.service
        self._view.show_speaking(service.has_active(self._sessions.session.id), busy=service.is_busy)
        self.show_plan()

    def show_plan(self) -> None:
        """Show how many requests, how much time and what cost the next press will take, if it makes several takes."""
        count = round(self._view.takes_at_once.value())
        model = self._view.model.key() or ""
        self._view.show_plan(self._context.service.estimate(model, count) if count > 1 and model else None)

    def _set_takes_at_once(self, count: float) -> None:
        self._context.settings.set(TAKES_AT_ONCE, round(count))
        self.show_plan()

    def _speak_or_stop(self) -> None:
        running = self._context.service.active_in(self._sessions.session.id)
        if running:
            for take_id in running:
                self._context.service.stop(take_id)
            return
        take = self._settings.take()
        if not self._refuse_old_styles(take, self._speak_with_brackets):
            self._request([take] * round(self._view.takes_at_once.value()))

    def _request(self, specs: Sequence[Take]) -> None:
        """Request takes; the first is played as it arrives."""

        def start(numbers: range, title: str) -> Take:
            numbered = [
                msgspec.structs.replace(spec, number=number) for spec, number in zip(specs, numbers, strict=True)
            ]
            service, owner = self._context.service, specs[0].session
            return service.request(numbered, title=title, owner=owner, listen=self._playback.gain)[0]

        self._begin(specs[0].session, specs, start)

    def _request_parts(self, spec: Take) -> None:
        """Request one take whose parts are made side by side; a text that is not cut is requested as any other."""
        texts = in_parts(spec.text)
        if len(texts) < 2:
            self._request([spec])
            return

        def start(numbers: range, title: str) -> Take:
            numbered = msgspec.structs.replace(spec, number=numbers[0])
            return self._context.parts.request(
                numbered, texts, title=title, owner=spec.session, listen=self._playback.gain
            )

        self._begin(spec.session, [spec], start)

    def _begin(self, session_id: str, specs: Sequence[Take], start: Callable[[range, str], Take]) -> None:
        """Begin takes like `specs` with the next numbers of their session; an error is shown beside the text.

        `start` is called with the numbers and the title of the session and returns the first take. What could not
        begin does not use up a number.
        """
        self._view.notice.clear()
        self._sessions.fields.send(voice_is_chosen=True)
        sessions = self._context.sessions
        session = sessions.get(session_id)
        try:
            for spec in specs:
                check_take(spec)
            numbers = sessions.reserve_take_numbers(session_id, len(specs))
            try:
                first = start(numbers, session_title(session) if session is not None else "")
            except WorkbenchError:
                sessions.release_take_numbers(session_id, numbers)
                raise
        except WorkbenchError as error:
            in_notice(self._view.notice)(error)
        else:
            if first.relation == "reuse":
                self._settings.forget_reused()
            self._view.takes_panel.list.select_key(first.id)
            self.show_running()

    def _refuse_old_styles(self, request: Take, mend: Callable[[], None]) -> bool:
        """Whether the model would read the earlier model's styles aloud. Then it is said, and `mend` is offered."""
        if is_legacy(request.model) or with_brackets(request.text) == request.text:
            return False
        self._act_on_notice = mend
        self._view.notice.say(
            "warn",
            QCoreApplication.translate(
                "Studio", "Nothing was sent: this model may read <style> aloud. Write it as a tag in brackets."
            ),
            QCoreApplication.translate("Studio", "Write it as a tag and speak"),
        )
        return True

    def _speak_with_brackets(self) -> None:
        """Write the styles of the earlier model as tags, which undo takes back, and speak."""
        self._view.text.set_plain_text(with_brackets(self._view.text.plain_text()))
        self._speak_or_stop()

    def _speak_in_parts(self) -> None:
        """Make one take whose parts are made side by side. It is played as it arrives; Stop ends all parts."""
        take = self._settings.take()
        if not self._refuse_old_styles(take, self._speak_parts_with_brackets):
            self._request_parts(take)

    def _speak_parts_with_brackets(self) -> None:
        self._view.text.set_plain_text(with_brackets(self._view.text.plain_text()))
        self._speak_in_parts()

    async def _retry(self, take: Take) -> None:
        """Make again what failed together with this take, or is missing of it, in the session it belongs to."""
        await self._sessions.open(take.session)
        missing = {place for place, part in enumerate(take.parts) if part.error}
        if missing:
            await self.redo_parts(take, missing)
        elif not await self._context.service.repeat(take.id):
            self.redo(take)

    def _on_failed(self, take: Take, error: WorkbenchError) -> None:
        session = self._context.sessions.get(take.session)
        if session is not None and not self.is_shown_elsewhere(take):
            other = session if take.session != self._sessions.session.id else None
            self._context.notifier.error(
                partial(_unfinished_text, error, other), retry=lambda: self._spawn(self._retry(take)),
                topic=f"takes {take.session}",
            )  # fmt: skip

    def _on_waiting(self, take: Take, waiting: Waiting | None) -> None:
        """Show that takes of the open session wait; withdraw it when the last wait ends, whichever session is open."""
        if waiting is not None and take.session == self._sessions.session.id:
            self._waiting[take.id] = waiting
        elif self._waiting.pop(take.id, None) is None:
            return
        if self._waiting:
            soonest = min(self._waiting.values(), key=lambda waiting: waiting.seconds)
            self._context.notifier.info(waiting_message(soonest), topic=_WAITING_TOPIC)
        else:
            self._context.notifier.withdraw(_WAITING_TOPIC)


def _same_voice_text(take: Take) -> str:
    """Which voice speaks a take again whose service did not know the voice that was asked for."""
    text = QCoreApplication.translate(
        "Studio", "{used} speaks again, as in the take: the service did not know the voice {default}."
    )
    return text.format(used=voice_name(take), default=builtin_name(VoiceSnapshot("builtin", take.asked_voice)))


def _unfinished_text(error: WorkbenchError, session: SpeechSession | None) -> str:
    """Why a take could not be finished; with the session it belongs to, if another one is open."""
    if session is None:
        text = QCoreApplication.translate("Studio", "A take could not be finished.")
    else:
        named = QCoreApplication.translate("Studio", "A take of “{title}” could not be finished.")
        text = named.format(title=session_title(session))
    return join_sentences(text, take_error(error))
