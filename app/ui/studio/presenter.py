"""Joins the speech services and the studio's view."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from app.core.catalogue import catalogue
from app.core.errors import Code, WorkbenchError
from app.core.events import Waiting
from app.core.messages import new_id
from app.core.resources import resource_path
from app.core.settings import EQUAL_LOUDNESS, LAST_SESSION, VOLUME
from app.core.tags import in_parts
from app.core.takes import SpeechSession, Take
from app.services.speech.direction import Layers, read, written
from app.services.speech.export import export_take
from app.services.speech.loudness_matching import equal_gains
from app.services.speech.ports import GrowingSource
from app.ui.files import ask_to_save
from app.ui.studio.context import SpeechContext
from app.ui.studio.session_title_editor import SessionTitleEditor
from app.ui.studio.sessions import SessionList
from app.ui.studio.take_note import TakeNote
from app.ui.studio.transcription import Transcription
from app.ui.studio.view import StudioView
from app.ui.studio.voice_picker import VoicePicker
from app.ui.texts.errors import words
from app.ui.texts.speech import file_name, kept_name, session_title
from app.ui.texts.waiting import waiting_words

_STEP_MS = 1_000
_PAUSE_MS = 400
"""So long after the last key what was typed is kept."""


class StudioPresenter(QObject):
    """Keeps the studio showing its session, and lets its controls act."""

    def __init__(self, view: StudioView, speech: SpeechContext) -> None:
        super().__init__(view)
        self._view, self._speech = view, speech
        self._session = SpeechSession(new_id(), created=time.time())
        self._running: set[str] = set()
        self._aloud, self._waiting = "", ""
        self._recent: list[str] = []
        self._picked = False
        self._note = TakeNote(view.note, lambda take, note: self._spawn(speech.service.annotate(take, note=note)))
        self._renaming = SessionTitleEditor(view, lambda: self._session, self._rename)
        self._sessions = SessionList(view, speech.search, self._spawn)
        self._transcribing = Transcription(view, speech)
        self._speaker = VoicePicker(view, speech)
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._typing.timeout.connect(self._keep_session)
        self._connect()
        speech.playback.set_volume(speech.settings.get(VOLUME))
        view.player.attach(speech.playback)
        view.player.volume.valueChanged.connect(lambda per_cent: speech.settings.set(VOLUME, per_cent))
        view.show_speaking(False)
        self._show_take(None)
        self._spawn(self._load())

    def _connect(self) -> None:
        view, speech = self._view, self._speech
        view.speak.clicked.connect(self._speak_or_stop)
        view.voices.row_selected.connect(self._voice_picked)
        view.text.lint.parted.connect(self._speak_in_parts)
        view.example.clicked.connect(self._try_example)
        view.takes.row_selected.connect(self._choose_take)
        view.equal.toggled.connect(self._equal)
        view.player.play.clicked.connect(self._play_or_pause)
        view.takes.play_pressed.connect(self._play_pressed)
        view.redo.clicked.connect(lambda: self._with_take(self._redo))
        view.reuse.clicked.connect(lambda: self._with_take(self._reuse))
        view.keep.clicked.connect(lambda: self._with_take(lambda take: self._spawn(self._keep(take))))
        view.star.clicked.connect(lambda: self._with_take(self._star))
        view.export.clicked.connect(lambda: self._with_take(lambda take: self._spawn(self._export(take))))
        view.delete.clicked.connect(lambda: self._with_take(lambda take: self._spawn(self._delete(take))))
        for area in (view.text.text, view.direction, view.guidance):
            area.textChanged.connect(self._typing.start)
        for line in (view.role, view.scene):
            line.textChanged.connect(lambda _text: self._typing.start())
        view.new_session.clicked.connect(lambda: self._spawn(self._begin_session()))
        view.delete_session.clicked.connect(lambda: self._spawn(self._delete_session()))
        view.sessions.row_selected.connect(lambda key: self._spawn(self._open_session(key)))
        view.worded.connect(self._reword)
        for watched in (view.takes, view.player.position, view.player.play):
            watched.installEventFilter(self)
        speech.service.on_take.append(self._take_changed)
        speech.service.on_gone.append(view.take_model.remove)
        speech.service.on_failed.append(self._take_failed)
        speech.service.on_sound.append(self._sound_begins)
        speech.service.on_waiting.append(self._take_waits)
        speech.playback.on_change.append(self._show_playing)
        speech.playback.on_trouble.append(
            lambda error: speech.messages.warn(str(words(error)), retry=speech.playback.toggle, replace="sound")
        )

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        self._speech.tasks.spawn(self._told(work), "studio")

    async def _told(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except WorkbenchError as error:
            self._speech.messages.fail(str(words(error)))

    def _begin(self, speak: Callable[[Take], Take], wish: Take) -> None:
        """Begin a take with the next number of the session; what is missing is said beside the text.

        Numbers of deleted takes are not given again, and a take that could not begin has had none.
        """
        self._view.notice.clear()
        takes = self._view.take_model.takes()
        number = max(self._session.takes_made, len(takes), *(take.number for take in takes), 0) + 1
        try:
            take = speak(msgspec.structs.replace(wish, number=number))
        except WorkbenchError as error:
            self._view.notice.say("bad", str(words(error)))
        else:
            self._session = msgspec.structs.replace(self._session, takes_made=number)
            self._running.add(take.id)
            self._aloud = take.id
            self._view.show_speaking(True)
        self._keep_session()

    # -- speaking -------------------------------------------------------------------------------------------------

    def _speak_or_stop(self) -> None:
        if not self._running:
            self._begin(self._speech.service.speak, self._wish())
            return
        # What still comes of them is kept, not heard.
        self._aloud = ""
        if self._speech.playback.key in self._running:
            self._speech.playback.pause()
        for take_id in tuple(self._running):
            self._speech.service.stop(take_id)

    def _speak_in_parts(self) -> None:
        """Each part is a take; the first is heard while it is made, and Stop ends them all."""
        wish, first = self._wish(), ""
        for part in in_parts(wish.text):
            self._begin(self._speech.service.speak, msgspec.structs.replace(wish, text=part))
            first = first or self._aloud
        self._aloud = first

    def _redo(self, take: Take) -> None:
        self._begin(self._speech.service.redo, take)

    def _wish(self) -> Take:
        view = self._view
        container: Any = view.format.key() or "wav"
        temperature, top_p, tokens = view.temperature.value(), view.top_p.value(), view.max_tokens.value()
        return Take(
            "", self._speaker.voice(), view.text.words(), written(view.layers_given()),
            model=view.model.key() or "", container=container, stream=view.stream.isChecked(),
            temperature=None if temperature == _default("temperature") else temperature,
            top_p=None if top_p == _default("top_p") else top_p, max_tokens=None if tokens is None else round(tokens),
            session=self._session.id,
        )  # fmt: skip

    def _try_example(self) -> None:
        example = msgspec.toml.decode(resource_path("samples", "examples.toml").read_bytes())["old_timer"]
        self._view.text.set_words(example["text"])
        self._view.show_layers(Layers("", example["role"], example["scene"], example["guidance"]))
        self._speaker.choose(example["voice"])
        self._view.voices.select_key(example["voice"])

    def _take_changed(self, take: Take) -> None:
        if take.state != "speaking" and take.id in self._running:
            self._running.discard(take.id)
            self._view.show_speaking(bool(self._running))
        if take.session != self._session.id:
            return
        view = self._view
        view.take_model.show_take(take)
        if take.state == "speaking" and take.id not in self._running:
            # Its first news comes while it is begun: the newest take is the one to look at.
            view.takes.select_key(take.id)
        if view.takes.selected_key() == take.id:
            self._show_take(take)
        if take.state != "speaking":
            self._show_gains()

    def _take_failed(self, take: Take, error: WorkbenchError) -> None:
        if take.session == self._session.id:
            again = QCoreApplication.translate("Studio", "A take could not be finished.")
            self._speech.messages.fail(
                f"{again} {words(error)}", retry=lambda: self._spawn(self._retry(take)),
                replace=f"take {take.id}",
            )  # fmt: skip

    async def _retry(self, take: Take) -> None:
        """Once more in the session it belongs to: there is its place, and its number."""
        await self._open_session(take.session)
        self._redo(take)

    def _take_waits(self, take: Take, waiting: Waiting | None) -> None:
        """What was said of a take ends with its waiting, whichever session is open by then."""
        if waiting is not None and take.session == self._session.id:
            self._waiting = take.id
            self._speech.messages.say(waiting_words(waiting), replace="speech waits")
        elif waiting is None and take.id == self._waiting:
            self._waiting = ""
            self._speech.messages.withdraw("speech waits")

    def _sound_begins(self, take: Take, source: GrowingSource) -> None:
        if take.id == self._aloud:
            self._speech.playback.play_arriving(take, source)

    # -- takes ----------------------------------------------------------------------------------------------------

    def _with_take(self, act: Any) -> None:
        take = self._view.take_model.take(self._view.takes.selected_key())
        if take is not None:
            act(take)

    def _choose_take(self, key: str) -> None:
        self._recent = [key, *(one for one in self._recent if one != key)][:2]
        take = self._view.take_model.take(key)
        if take is not None:
            self._show_take(take)

    def _show_take(self, take: Take | None) -> None:
        view = self._view
        view.player.show_take(take)
        self._note.show(take)
        view.star.setChecked(take is not None and take.stars > 0)
        whole = take is not None and take.state != "speaking"
        for button in (view.redo, view.reuse, view.star, view.delete, view.note):
            button.setEnabled(whole)
        silent = take is not None and whole and not take.frames
        why = QCoreApplication.translate("Studio", "This take has no sound.") if silent else ""
        for button in (view.keep, view.export):
            button.setEnabled(whole and not silent)
            button.setToolTip(why)

    def _play_pressed(self, take_id: str) -> None:
        """The button of a row: that take plays, or pauses when it is the one that plays."""
        if self._view.takes.selected_key() != take_id:
            self._view.takes.select_key(take_id)
            self._choose_take(take_id)
        self._play_or_pause()

    def _show_playing(self) -> None:
        playback = self._speech.playback
        self._view.take_model.set_playing(playback.key if playback.playing else None)

    def _play_or_pause(self) -> None:
        if self._view.player.loaded:
            self._speech.playback.toggle()
        else:
            self._with_take(lambda take: self._spawn(self._play(take, self._view.player.place)))

    async def _play(self, take: Take, start: int = 0) -> None:
        if take.audio:
            await self._speech.playback.play_take(take, self._gains().get(take.id, 0.0), start)
        elif (source := self._speech.service.arriving(take.id)) is not None:
            self._speech.playback.play_arriving(take, source, start=start)

    def _gains(self) -> dict[str, float]:
        return equal_gains(self._view.take_model.takes()) if self._view.equal.isChecked() else {}

    def _show_gains(self) -> None:
        gains = self._gains()
        self._view.take_model.set_gains(gains)
        if self._speech.playback.key:
            self._speech.playback.set_gain(gains.get(self._speech.playback.key, 0.0))

    def _equal(self, on: bool) -> None:
        self._speech.settings.set(EQUAL_LOUDNESS, on)
        self._show_gains()

    def _reuse(self, take: Take) -> None:
        view = self._view
        view.text.set_words(take.text)
        view.show_layers(read(take.direction))
        self._speaker.reuse(take)
        view.stream.setChecked(take.stream)
        view.temperature.set_value(_default("temperature") if take.temperature is None else take.temperature)
        view.top_p.set_value(_default("top_p") if take.top_p is None else take.top_p)
        view.max_tokens.set_value(take.max_tokens)

    def _star(self, take: Take) -> None:
        self._spawn(self._speech.service.annotate(take.id, stars=1 if self._view.star.isChecked() else 0))

    async def _delete(self, take: Take) -> None:
        note = self._note.pending(take)
        if note is not None:
            # Before it goes: it comes back with what was typed.
            await self._speech.service.annotate(take.id, note=note)
            take = msgspec.structs.replace(take, note=note)
        self._speech.playback.forget(take.id)
        ids = [one.id for one in self._view.take_model.takes()]
        place = ids.index(take.id) if take.id in ids else 0
        await self._speech.service.delete([take.id])
        left = self._view.take_model.takes()
        beside = left[min(place, len(left) - 1)] if left else None
        self._view.takes.select_key(beside.id if beside is not None else None)
        self._show_take(beside)
        self._speech.messages.say(
            QCoreApplication.translate("Studio", "The take was deleted."),
            undo=lambda: self._spawn(self._speech.service.restore([take])),
        )

    async def _keep(self, take: Take) -> None:
        voice = await self._speech.library.keep_take(await self._speech.service.kept(take), kept_name(take))
        self._speech.messages.done(
            QCoreApplication.translate("Studio", "“{name}” is in the library.").format(name=voice.name),
            undo=lambda: self._spawn(self._speech.library.delete(voice)),
        )

    async def _export(self, take: Take) -> None:
        title = QCoreApplication.translate("Studio", "Export")
        kinds = "WAV (*.wav);;FLAC (*.flac);;MP3 (*.mp3);;OGG (*.ogg)"
        path = await ask_to_save(self._view, title, kinds, f"{file_name(take)}.wav", self._speech.settings)
        if path is None:
            return
        kept = await self._speech.service.kept(take)
        await export_take(kept, path, self._speech.blobs, self._speech.audio)
        if path.suffix.lower() == ".wav":
            said = QCoreApplication.translate("Studio", "Saved as {name}.")
        else:
            said = QCoreApplication.translate("Studio", "Saved as {name}, what made it beside it in {name}.json.")
        self._speech.messages.done(said.format(name=path.name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space, arrows and Shift+Space, only with the keyboard in takes or player."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Space:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._flip()
            elif watched is not self._view.player.play:
                self._play_or_pause()
            else:
                return False
            return True
        if watched is self._view.takes and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = _STEP_MS if event.key() == Qt.Key.Key_Right else -_STEP_MS
            self._view.player.position.setValue(self._view.player.place + step)
            return True
        return False

    def _flip(self) -> None:
        """The other of the last two takes, at the same spot."""
        if len(self._recent) < 2:
            return
        other = self._view.take_model.take(self._recent[1])
        if other is not None:
            place = self._speech.playback.position
            self._view.takes.select_key(other.id)
            self._choose_take(other.id)
            self._spawn(self._play(other, place))

    # -- sessions -------------------------------------------------------------------------------------------------

    async def _load(self) -> None:
        await self._speech.library.load()
        self._sessions.set_all(await self._speech.sessions.listed())
        last = self._sessions.get(self._speech.settings.get(LAST_SESSION))
        if self._written():
            # Somebody was faster than the disk: that is the session now.
            self._keep_session()
            self._mark_open()
        else:
            await self._show_session(last or self._session)

    async def _begin_session(self) -> None:
        self._keep_session()
        await self._show_session(SpeechSession(new_id(), created=time.time()))
        self._view.text.text.setFocus()

    async def _open_session(self, key: str) -> None:
        found = self._sessions.get(key)
        if found is None:
            raise WorkbenchError(Code.NOT_KEPT, id=key)
        if key != self._session.id:
            self._keep_session()
            await self._show_session(found)

    async def _show_session(self, session: SpeechSession) -> None:
        self._renaming.finish()
        self._note.keep()
        if session.id != self._session.id:
            self._fall_silent()
        self._session = session
        view = self._view
        view.text.set_words(session.text)
        view.show_layers(Layers(session.direction, session.role, session.scene, session.guidance))
        if session.voice is not None:
            self._speaker.show_voice(session.voice.id)
        self._typing.stop()
        self._picked = False
        self._recent = []
        takes = await self._speech.service.of_session(session.id)
        view.take_model.set_takes(takes)
        self._show_gains()
        view.takes.select_key(takes[0].id if takes else None)
        if takes:
            self._choose_take(takes[0].id)
        else:
            self._show_take(None)
        self._mark_open()

    def _fall_silent(self) -> None:
        """A take that is left behind has no button any more that would stop it."""
        self._aloud = ""
        playback = self._speech.playback
        if any(take.id == playback.key for take in self._view.take_model.takes()):
            playback.pause()

    def _mark_open(self) -> None:
        self._sessions.mark_open(self._session.id)
        self._speech.settings.set(LAST_SESSION, self._session.id)

    async def aclose(self) -> None:
        """Keep what was typed last."""
        self._note.keep()
        self._renaming.finish()
        if self._typing.isActive():
            self._keep_session()

    def _keep_session(self) -> None:
        """Keep what is on the table, if it is anything or was."""
        self._typing.stop()
        view, before = self._view, self._sessions.get(self._session.id)
        if before is None and not self._written():
            return
        now = msgspec.structs.replace(
            self._session, text=view.text.words(), direction=view.direction.toPlainText(), role=view.role.text(),
            scene=view.scene.text(), guidance=view.guidance.toPlainText(),
        )  # fmt: skip
        if now == before and not self._picked:
            # Looked at only: it stays where it stands among the others.
            return
        self._picked = False
        now = msgspec.structs.replace(
            now, updated=time.time(), voice=self._speaker.voice(), model=view.model.key() or ""
        )
        self._session = msgspec.structs.replace(now, title=session_title(now))
        self._remember(self._session)

    def _voice_picked(self) -> None:
        """The voice belongs to the session."""
        self._picked = True
        self._typing.start()

    def _written(self) -> bool:
        """Whether any words stand in the fields of a session."""
        view = self._view
        areas = (view.text.text, view.direction, view.guidance)
        return any(words.strip() for words in (view.role.text(), view.scene.text(), *(a.toPlainText() for a in areas)))

    def _remember(self, kept: SpeechSession) -> None:
        self._sessions.put(kept)
        self._spawn(self._speech.sessions.keep(kept))

    def _rename(self, title: str, named: bool) -> None:
        self._session = msgspec.structs.replace(self._session, title=title, title_is_custom=named, updated=time.time())
        self._remember(self._session)

    async def _delete_session(self) -> None:
        """The one that is open; its takes go with it, and come back with it."""
        self._renaming.finish(keep=False)
        gone = self._session
        if gone.id not in self._sessions:
            return
        for take in self._view.take_model.takes():
            self._speech.playback.forget(take.id)
        self._sessions.remove(gone.id)
        await self._speech.sessions.delete(gone.id)
        await self._show_session(self._sessions.first or SpeechSession(new_id(), created=time.time()))
        self._speech.messages.say(
            QCoreApplication.translate("Studio", "“{title}” was deleted.").format(title=session_title(gone)),
            undo=lambda: self._spawn(self._restore_session(gone)),
        )

    async def _restore_session(self, gone: SpeechSession) -> None:
        await self._speech.sessions.restore(gone.id)
        self._sessions.put(gone)
        await self._show_session(gone)

    def _reword(self) -> None:
        self._speaker.show()
        self._sessions.show()
        self._with_take(self._show_take)


def _default(parameter: str) -> float:
    return catalogue().range_of(parameter, "speech").default
