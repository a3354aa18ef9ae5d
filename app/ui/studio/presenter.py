"""Connects the speech services to the studio's view: generates takes and follows their progress."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.catalogue import catalogue
from app.core.errors import WorkbenchError
from app.core.events import Waiting
from app.core.legacy_tts import is_legacy, with_brackets
from app.core.resources import resource_path
from app.core.sentence_joiner import join_sentences
from app.core.tags import in_parts
from app.core.takes import Take
from app.services.speech.direction import Layers, read, written
from app.ui.studio.context import SpeechContext
from app.ui.studio.session_presenter import SessionPresenter
from app.ui.studio.star_filter import StarFilter
from app.ui.studio.take_actions import TakeActions
from app.ui.studio.take_playback import TakePlayback
from app.ui.studio.transcription import Transcription
from app.ui.studio.view import StudioView
from app.ui.studio.voice_hearing import VoiceHearing
from app.ui.studio.voice_picker import VoicePicker
from app.ui.texts.errors import error_message, error_sentences
from app.ui.texts.speech import take_error
from app.ui.texts.waiting import waiting_message

"""What the service uses when a request names none."""
_WAITING_TOPIC = "speech waits"


class StudioPresenter(QObject):
    """Generates takes from what is entered in the studio, and shows them as they change."""

    def __init__(self, view: StudioView, context: SpeechContext) -> None:
        super().__init__(view)
        self._view, self._context = view, context
        self._running: dict[str, str] = {}
        """Ids of the takes being generated, with their session."""
        self._act_on_notice: Callable[[], None] = self._speak_with_brackets
        self._waiting_id = ""
        self._actions = TakeActions(view, context, self._spawn)
        self._transcription = Transcription(view, context)
        self._voice_picker = VoicePicker(view, context)
        self._playback = TakePlayback(view, context, self._actions, self._spawn)
        self._star_filter = StarFilter(view.takes_panel)
        self._sessions = SessionPresenter(view, context, self._voice_picker, self._actions, self._playback, self._spawn)
        self._sessions.shown.connect(self._show_speaking)
        self._connect()
        self._hearing = VoiceHearing(view, context, self._voice_picker, self._spawn)
        view.show_speaking(False)
        self._actions.show(None)
        self._spawn(self._sessions.load())

    def _connect(self) -> None:
        view, context, panel = self._view, self._context, self._view.takes_panel
        view.speak.clicked.connect(self._speak_or_stop)
        view.notice.acted.connect(lambda: self._act_on_notice())
        view.text.text.textChanged.connect(view.notice.clear)
        view.text.lint.split_requested.connect(self._speak_in_parts)
        panel.example.clicked.connect(self._fill_example)
        panel.redo.clicked.connect(lambda: self._actions.with_selected(self._redo))
        panel.reuse.clicked.connect(lambda: self._actions.with_selected(self._reuse))
        view.retranslated.connect(self._retranslate)
        context.service.on_take.append(self._on_take)
        context.service.on_deleted.append(panel.model.remove)
        context.service.on_failed.append(self._on_failed)
        context.service.on_waiting.append(self._on_waiting)

    async def aclose(self) -> None:
        """Save what was typed last."""
        await self._sessions.aclose()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self._context.tasks.spawn(self._run_and_report(work), "studio")

    async def _run_and_report(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except WorkbenchError as error:
            self._context.notifier.error(partial(error_sentences, error))

    # -- generating -----------------------------------------------------------------------------------------------

    def _begin(self, generate: Callable[[Take], Take], request: Take) -> None:
        """Begin a take with the next number of the session; an error is shown beside the text.

        A take that could not begin does not use up a number.
        """
        self._view.notice.clear()
        number = self._sessions.next_take_number()
        try:
            take = generate(msgspec.structs.replace(request, number=number))
        except WorkbenchError as error:
            self._view.notice.say("bad", str(error_message(error)))
        else:
            self._sessions.set_takes_made(number)
            self._running[take.id] = take.session
            self._playback.autoplay_id = take.id
            self._show_speaking()
        self._sessions.save()

    def _speak_or_stop(self) -> None:
        running = self._running_here()
        if not running:
            request = self._request()
            if self._refuse_old_styles(request, self._speak_with_brackets):
                return
            self._begin(self._context.service.generate, request)
            return
        # Audio that still arrives is saved but not played.
        self._playback.autoplay_id = ""
        if self._context.playback.key in running:
            self._context.playback.pause()
        for take_id in running:
            self._context.service.stop(take_id)

    def _running_here(self) -> tuple[str, ...]:
        """The ids of the takes being generated in the open session; those of other sessions are left to them."""
        return tuple(take for take, session in self._running.items() if session == self._sessions.session.id)

    def _show_speaking(self) -> None:
        self._view.show_speaking(bool(self._running_here()), busy=bool(self._running))

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
        """Generate one take per part of the text. The first is played as it arrives; Stop ends them all."""
        request, first = self._request(), ""
        if self._refuse_old_styles(request, self._speak_parts_with_brackets):
            return
        for part in in_parts(request.text):
            self._begin(self._context.service.generate, msgspec.structs.replace(request, text=part))
            first = first or self._playback.autoplay_id
        self._playback.autoplay_id = first

    def _speak_parts_with_brackets(self) -> None:
        self._view.text.set_plain_text(with_brackets(self._view.text.plain_text()))
        self._speak_in_parts()

    def _redo(self, take: Take) -> None:
        mended = msgspec.structs.replace(take, text=with_brackets(take.text))
        if not self._refuse_old_styles(take, lambda: self._redo(mended)):
            self._begin(self._context.service.redo, take)

    async def _retry(self, take: Take) -> None:
        """Generate a failed take again, in the session it belongs to."""
        await self._sessions.open(take.session)
        self._redo(take)

    def _request(self) -> Take:
        """The take described by the controls."""
        view = self._view
        container: Any = view.format.key() or "wav"
        temperature, top_p, tokens = view.temperature.value(), view.top_p.value(), view.max_tokens.value()
        return Take(
            "", self._voice_picker.voice(), view.text.plain_text(), written(view.layers_given()),
            model=view.model.key() or "", container=container, stream=view.stream.isChecked(),
            temperature=None if temperature == _default("temperature") else temperature,
            top_p=None if top_p == _default("top_p") else top_p, max_tokens=None if tokens is None else round(tokens),
            session=self._sessions.session.id,
        )  # fmt: skip

    def _reuse(self, take: Take) -> None:
        """Fill the controls with the settings of a take."""
        view = self._view
        view.text.set_plain_text(take.text)
        view.show_layers(read(take.direction))
        self._voice_picker.reuse(take)
        view.stream.setChecked(take.stream)
        view.temperature.replace_value(_default("temperature") if take.temperature is None else take.temperature)
        view.top_p.replace_value(_default("top_p") if take.top_p is None else take.top_p)
        view.max_tokens.replace_value(take.max_tokens)

    def _fill_example(self) -> None:
        example = msgspec.toml.decode(resource_path("samples", "examples.toml").read_bytes())["old_timer"]
        self._view.text.set_plain_text(example["text"])
        self._view.show_layers(Layers("", example["role"], example["scene"], example["guidance"]))
        self._voice_picker.choose(example["voice"])
        self._view.voices.select_key(example["voice"])

    # -- following ------------------------------------------------------------------------------------------------

    def _on_take(self, take: Take) -> None:
        if take.state != "speaking" and take.id in self._running:
            del self._running[take.id]
            self._show_speaking()
        if take.session != self._sessions.session.id:
            return
        panel = self._view.takes_panel
        panel.model.show_take(take)
        if take.state == "speaking" and take.id not in self._running:
            # The first notification of a take arrives while it is being begun: select the new take.
            panel.list.select_key(take.id)
        if panel.list.selected_key() == take.id:
            self._actions.show(take)
        if take.state != "speaking":
            self._playback.show_gains()

    def _on_failed(self, take: Take, error: WorkbenchError) -> None:
        if take.session == self._sessions.session.id:
            self._context.notifier.error(
                partial(_unfinished_text, error), retry=lambda: self._spawn(self._retry(take)),
                topic=f"take {take.id}",
            )  # fmt: skip

    def _on_waiting(self, take: Take, waiting: Waiting | None) -> None:
        """Show that a take of the open session waits; withdraw it when the wait ends, whichever session is open."""
        if waiting is not None and take.session == self._sessions.session.id:
            self._waiting_id = take.id
            self._context.notifier.info(waiting_message(waiting), topic=_WAITING_TOPIC)
        elif waiting is None and take.id == self._waiting_id:
            self._waiting_id = ""
            self._context.notifier.withdraw(_WAITING_TOPIC)

    def _retranslate(self) -> None:
        self._voice_picker.show()
        self._sessions.retranslate()
        self._actions.with_selected(self._actions.show)


def _unfinished_text(error: WorkbenchError) -> str:
    return join_sentences(QCoreApplication.translate("Studio", "A take could not be finished."), take_error(error))


def _default(parameter: str) -> float:
    return catalogue().range_of(parameter, "speech").default
