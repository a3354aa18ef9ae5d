"""Joins the speech services and the Design tab."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import Code, InputError, WorkbenchError
from app.core.resources import resource_path
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.ports import GrowingSource
from app.ui.studio.context import SpeechContext
from app.ui.voices.design_tab import DesignTab
from app.ui.voices.tab_tasks import TabTasks

PLACE = "design"


class DesignPresenter(QObject):
    """A description becomes candidates; one of them is kept."""

    def __init__(self, tab: DesignTab, speech: SpeechContext, show_busy: Callable[[bool], None]) -> None:
        super().__init__(tab)
        self._tab, self._speech, self._show_busy = tab, speech, show_busy
        self._told = TabTasks(speech, tab.notice)
        self._running: set[str] = set()
        self._aloud = ""
        tab.player.attach(speech.playback)
        tab.player.play.clicked.connect(self._play_or_pause)
        tab.player.show_take(None)
        tab.design.clicked.connect(self._design_or_stop)
        tab.example.clicked.connect(self._example)
        tab.takes.row_selected.connect(self._choose)
        tab.takes.play_pressed.connect(self._pressed)
        tab.keep.clicked.connect(lambda: self._told.spawn(self._keep()))
        speech.service.on_take.append(self._take_changed)
        self._told.follow(PLACE)
        speech.service.on_sound.append(self._sound_begins)
        speech.playback.on_change.append(self._show_playing)

    def _example(self) -> None:
        example = msgspec.toml.decode(resource_path("samples", "examples.toml").read_bytes())["narrator"]
        self._tab.description.setPlainText(example["description"])
        self._tab.preview.setPlainText(example["text"])

    def _design_or_stop(self) -> None:
        if self._running:
            self._stop()
            return
        tab, polish = self._tab, self._tab.polish.isChecked()
        voice = VoiceSnapshot("designed", description=tab.description.toPlainText(), polish=polish)
        model = self._speech.models.chosen("speech-design")
        wish = Take("", voice, tab.preview.toPlainText(), model=model, origin=PLACE, session=PLACE)
        tab.notice.clear()
        many = round(float(tab.candidates.value() or 1))
        try:
            takes = [self._speech.service.speak(msgspec.structs.replace(wish, number=n + 1)) for n in range(many)]
        except WorkbenchError as error:
            self._refuse(error)
            return
        self._running = {take.id for take in takes}
        self._aloud = takes[0].id
        tab.take_model.set_takes(tuple(takes))
        tab.takes.select_key(takes[0].id)
        self._choose(takes[0].id)
        tab.show_running(True)
        self._show_busy(True)

    def _stop(self) -> None:
        """What has come is kept as a candidate, and is not heard any more."""
        self._aloud = ""
        if self._speech.playback.key in self._running:
            self._speech.playback.pause()
        for take_id in tuple(self._running):
            self._speech.service.stop(take_id)

    def _refuse(self, error: WorkbenchError) -> None:
        """The text a candidate speaks has a name here."""
        if error.code is Code.NO_TEXT:
            missing = QCoreApplication.translate(
                "Voices", "“Preview text” is empty. Type a line, or switch on “Polish the text” to have one written."
            )
            self._tab.notice.say("bad", missing)
        else:
            self._told.fail(error)

    def _choose(self, key: str) -> None:
        take = self._tab.take_model.take(key)
        self._tab.player.show_take(take)
        self._tab.allow_keeping(take is not None and bool(take.audio))

    def _pressed(self, take_id: str) -> None:
        """The button of a row: that candidate plays, or pauses when it is the one that plays."""
        self._tab.takes.select_key(take_id)
        self._choose(take_id)
        self._play_or_pause()

    def _play_or_pause(self) -> None:
        take = self._tab.take_model.take(self._tab.takes.selected_key())
        if self._tab.player.loaded:
            self._speech.playback.toggle()
        elif take is not None and take.audio:
            self._told.spawn(self._speech.playback.play_take(take, start=self._tab.player.place))

    async def _keep(self) -> None:
        take = self._tab.take_model.take(self._tab.takes.selected_key())
        if take is None:
            raise InputError(Code.NO_SAMPLE)
        kept = await self._speech.service.kept(take)
        self._told.kept(await self._speech.library.keep_take(kept, self._tab.name.text()))

    def _show_playing(self) -> None:
        playback = self._speech.playback
        self._tab.take_model.set_playing(playback.key if playback.playing else None)

    def _take_changed(self, take: Take) -> None:
        tab = self._tab
        if take.origin != PLACE or tab.take_model.take(take.id) is None:
            return
        tab.take_model.show_take(take)
        if tab.takes.selected_key() == take.id:
            self._choose(take.id)
        if take.state == "speaking":
            return
        self._running.discard(take.id)
        if not self._running:
            tab.show_running(False)
            self._show_busy(False)
        if take.spoken and not tab.preview.toPlainText().strip():
            tab.preview.setPlainText(take.spoken)

    def _sound_begins(self, take: Take, arriving: GrowingSource) -> None:
        if take.id == self._aloud:
            self._speech.playback.play_arriving(take, arriving)
