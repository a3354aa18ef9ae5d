"""Joins the sample bench, the microphone and the Clone tab."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.errors import Code, InputError, WorkbenchError
from app.core.resources import resource_path
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.ports import GrowingSource, Recorder
from app.services.speech.sample_editor import LEAST_SPEECH, Fix, SampleEditor
from app.ui.files import ask_to_open
from app.ui.studio.context import SpeechContext
from app.ui.texts.numbers import seconds
from app.ui.texts.voices import check_name, check_told, fix_name, grade
from app.ui.voices.clone_tab import CloneTab
from app.ui.voices.recording import Microphone
from app.ui.voices.sample_player import SamplePlayer
from app.ui.voices.tab_tasks import TabTasks
from app.ui.widgets.rows import Row

PLACE = "clone"
_TRIM_PAUSE_MS = 250


class ClonePresenter(QObject):
    """A sample is chosen or recorded, checked, mended and tried; with consent it becomes a voice."""

    def __init__(
        self, tab: CloneTab, speech: SpeechContext, recorder: Recorder, show_busy: Callable[[bool], None]
    ) -> None:
        super().__init__(tab)
        self._tab, self._speech, self._show_busy = tab, speech, show_busy
        self._told = TabTasks(speech, tab.notice)
        self._bench = SampleEditor(speech.audio)
        self._player = SamplePlayer(tab, speech.playback, self._bench)
        self._microphone = Microphone(tab, recorder)
        self._path = ""
        self._clone: Take | None = None
        self._aloud = ""
        self._trimming = QTimer(self, interval=_TRIM_PAUSE_MS, singleShot=True)
        self._trimming.timeout.connect(lambda: self._told.spawn(self._trim()))
        self._connect()
        self._show_ready()

    def _connect(self) -> None:
        tab, spawn, service = self._tab, self._told.spawn, self._speech.service
        tab.given.connect(lambda path: spawn(self._open(path)))
        tab.path.textChanged.connect(lambda _text: self._show_ready())
        tab.choose.clicked.connect(lambda: spawn(self._choose()))
        tab.example.clicked.connect(lambda: spawn(self._open(resource_path("samples", "lighthouse.wav"))))
        tab.record.clicked.connect(lambda: spawn(self._record()))
        tab.wave.trimmed.connect(lambda *_: self._trimming.start())
        tab.play.clicked.connect(lambda: spawn(self._play()))
        tab.original.clicked.connect(lambda: spawn(self._play_original()))
        tab.checks.row_selected.connect(lambda _key: self._show_fix())
        tab.fix.clicked.connect(lambda: spawn(self._mend()))
        tab.speak.clicked.connect(lambda: spawn(self._try()))
        tab.clone.clicked.connect(self._play_clone)
        tab.save.clicked.connect(lambda: spawn(self._save()))
        service.on_take.append(self._take_changed)
        self._told.follow(PLACE)
        service.on_sound.append(self._sound_begins)

    # -- the sample -----------------------------------------------------------------------------------------------

    async def _open(self, path: Path, shown: str | None = None) -> None:
        """Take a file as the sample; `shown` is what stands in its field then, the path unless given."""
        tab = self._tab
        try:
            if not await self._bench.open(path):
                return
        except WorkbenchError as error:
            error.params.setdefault("name", path.name)
            tab.ask_again()
            raise
        # Consent belongs to one sample, and so does what was made from it.
        tab.agreed.setChecked(False)
        self._forget_clone()
        self._trimming.stop()
        self._path = str(path) if shown is None else shown
        tab.show_path(self._path)
        self._player.forget()
        self._show_sample()

    def _forget_clone(self) -> None:
        """What was made from the former sample, or is being made, is neither heard nor shown any more."""
        clone, self._clone, self._aloud = self._clone, None, ""
        self._tab.clone.setEnabled(False)
        self._tab.speak.setEnabled(True)
        if clone is not None:
            self._speech.playback.forget(clone.id)
            self._speech.service.stop(clone.id)
            self._show_busy(False)

    async def _settle(self) -> None:
        """What was typed or dragged just now counts before the sample is used."""
        pending = self._tab.pending()
        if pending is not None:
            await self._open(pending)
        if self._trimming.isActive():
            self._trimming.stop()
            await self._trim()

    async def _choose(self) -> None:
        title = QCoreApplication.translate("Voices", "Choose sample")
        path = await ask_to_open(self._tab, title, "*", self._speech.settings)
        if path is not None:
            await self._open(path)

    async def _record(self) -> None:
        if not self._microphone.recording:
            await self._microphone.start()
            # What is recorded takes the place of what was there; should nothing come, that is back.
            self._player.forget()
            self._tab.show_path("")
            self._tab.show_nothing()
            self._show_ready()
            return
        try:
            async with self._microphone.recorded() as recording:
                await self._open(recording.path, shown="")
                if recording.error is not None:
                    raise recording.error
                if recording.gaps or recording.lost:
                    gaps = QCoreApplication.translate(
                        "Voices", "The system dropped some sound while it recorded. Record again if you hear gaps."
                    )
                    self._tab.notice.say("warn", gaps)
        finally:
            self._tab.show_path(self._path)
            self._show_sample()

    async def _trim(self) -> None:
        wave = self._tab.wave
        try:
            await self._bench.set_trim(wave.start.value(), wave.end.value())
        except WorkbenchError:
            self._show_trim()
            raise
        self.show_checks()

    async def _mend(self) -> None:
        fix = self._chosen_fix()
        if fix is not None:
            await self._bench.set_fix(fix, fix not in self._bench.fixes)
            if fix is Fix.TRIM:
                self._show_trim()
            self.show_checks()

    def _show_trim(self) -> None:
        wave = self._tab.wave
        wave.blockSignals(True)
        wave.set_trim(*self._bench.trim)
        wave.blockSignals(False)

    def _show_sample(self) -> None:
        self._tab.wave.set_sound(self._bench.peaks(), self._bench.milliseconds)
        self._show_trim()
        self.show_checks()
        self._player.show()

    def show_checks(self) -> None:
        """What is kept of the sample and how good it is, in the words of the present language."""
        tab, bench = self._tab, self._bench
        self._show_ready()
        if bench.mended is None or self._microphone.recording:
            return
        kept = QCoreApplication.translate("Voices", "{name}, {t} kept")
        tab.kept.setText(kept.format(name=bench.name, t=seconds(bench.mended.seconds)))
        tab.check_model.set_rows(
            [
                Row(found.check, check_name(found.check), check_told(found), grade(found), found.grade)
                for found in bench.findings
            ]
        )
        self._show_fix()

    def _chosen_fix(self) -> Fix | None:
        key = self._tab.checks.selected_key()
        fixable = [found for found in self._bench.findings if found.fix is not None]
        chosen = next((found for found in fixable if found.check == key), fixable[0] if fixable else None)
        return chosen.fix if chosen is not None else next(iter(sorted(self._bench.fixes)), None)

    def _show_fix(self) -> None:
        fix, button = self._chosen_fix(), self._tab.fix
        button.setVisible(fix is not None)
        if fix is not None:
            undo = QCoreApplication.translate("Voices", "Undo “{fix}”").format(fix=fix_name(fix))
            button.setText(undo if fix in self._bench.fixes else fix_name(fix))

    def _show_ready(self) -> None:
        """What needs a sample can be pressed when there is one, or the path of one was typed."""
        if self._microphone.recording:
            self._tab.allow(QCoreApplication.translate("Voices", "Stop recording first."))
        elif self._bench.mended is None and self._tab.pending() is None:
            self._tab.allow(QCoreApplication.translate("Voices", "Choose or record a sample first."))
        else:
            self._tab.allow("")

    # -- hearing and keeping --------------------------------------------------------------------------------------

    async def _play(self) -> None:
        await self._settle()
        self._player.toggle()

    async def _play_original(self) -> None:
        await self._settle()
        self._player.toggle_original()

    async def _try(self) -> None:
        tab = self._tab
        await self._settle()
        sample = self._bench.sample()
        if not tab.agreed.isChecked():
            # The sample leaves this computer with the request.
            raise InputError(Code.NO_CONSENT, field="consent")
        digest = await asyncio.to_thread(self._speech.blobs.put, sample)
        model = self._speech.models.chosen("speech-clone")
        voice = VoiceSnapshot("cloned", name=tab.name.text(), sample=digest)
        try:
            self._clone = self._speech.service.speak(
                Take("", voice, tab.test.toPlainText(), model=model, origin=PLACE, session=PLACE)
            )
        except InputError as error:
            if error.code is not Code.NO_TEXT:
                raise
            tab.notice.say("bad", QCoreApplication.translate("Voices", "“Test text” is empty. Type a line to speak."))
            return
        self._aloud = self._clone.id
        tab.speak.setEnabled(False)
        self._show_busy(True)

    def _play_clone(self) -> None:
        playback, clone = self._speech.playback, self._clone
        if clone is not None and playback.key == clone.id:
            playback.toggle()
        elif clone is not None and clone.audio:
            self._told.spawn(playback.play_take(clone))

    async def _save(self) -> None:
        tab = self._tab
        await self._settle()
        statement = tab.statement.text() if tab.agreed.isChecked() else ""
        sample, spoken = self._bench.sample(), self._bench.speech
        self._told.kept(await self._speech.library.save_clone(sample, tab.name.text(), statement))
        if spoken < LEAST_SPEECH:
            short = QCoreApplication.translate(
                "Voices", "The sample has only {t} of speech, so the voice may not be like it. 10 to 60 s are better."
            )
            tab.notice.say("warn", short.format(t=seconds(spoken)))

    def _take_changed(self, take: Take) -> None:
        if self._clone is not None and take.id == self._clone.id:
            self._clone = take
            over = take.state != "speaking"
            self._tab.speak.setEnabled(over)
            self._tab.clone.setEnabled(over and bool(take.audio))
            self._show_busy(not over)

    def _sound_begins(self, take: Take, arriving: GrowingSource) -> None:
        if take.id == self._aloud:
            self._speech.playback.play_arriving(take, arriving)
