"""Joins the speech services and the voices view."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.core.errors import Code, InputError, WorkbenchError
from app.core.resources import resource_path
from app.core.takes import Take, UsedVoice
from app.core.voices import Voice
from app.services.speech.ports import GrowingSource, Recorder
from app.services.speech.sample import Fix, SampleBench
from app.ui.files import ask_to_open, ask_to_save
from app.ui.studio.presenter import Speech
from app.ui.texts.errors import words
from app.ui.texts.numbers import seconds
from app.ui.texts.voices import check_name, check_value, fix_name, grade
from app.ui.voices.view import VoicesView
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.rows import Row

SAMPLE_KEY = "sample"
ORIGINAL_KEY = "original"
_ENDING = ".mimovoice"


class VoicesPresenter(QObject):
    """Lets the tabs act, and shows what comes of it."""

    def __init__(self, view: VoicesView, speech: Speech, recorder: Recorder) -> None:
        super().__init__(view)
        self._view, self._speech, self._recorder = view, speech, recorder
        self._bench = SampleBench(speech.audio)
        self._running: set[str] = set()
        self._aloud = ""
        self._clone: Take | None = None
        self._recording = False
        self._folder: TemporaryDirectory[str] | None = None
        self._meter = QTimer(self, interval=100)
        self._meter.timeout.connect(self._show_level)
        self._trimming = QTimer(self, interval=250, singleShot=True)
        self._trimming.timeout.connect(lambda: self._spawn(self._trim(), view.clone.notice))
        self._connect_design()
        self._connect_clone()
        self._connect_library()
        speech.service.on_take.append(self._take_changed)
        speech.service.on_failed.append(self._take_failed)
        speech.service.on_sound.append(self._sound_begins)
        speech.library.on_change.append(self._show_library)
        speech.playback.on_change.append(self._show_playing)
        view.worded.connect(self._reword)
        self._spawn(speech.library.load(), view.library.notice)

    def _spawn(self, work: Coroutine[Any, Any, object], notice: InlineNotice) -> None:
        self._speech.tasks.spawn(self._told(work, notice), "voices")

    @staticmethod
    async def _told(work: Coroutine[Any, Any, object], notice: InlineNotice) -> None:
        notice.clear()
        try:
            await work
        except WorkbenchError as error:
            notice.say("bad", str(words(error)))

    def _show_playing(self) -> None:
        playback, view = self._speech.playback, self._view
        playing = playback.key if playback.playing else None
        view.design.take_model.set_playing(playing)
        view.clone.play.set_playing(playing == SAMPLE_KEY)
        view.library.voice_model.set_playing(playing)

    # -- design ---------------------------------------------------------------------------------------------------

    def _connect_design(self) -> None:
        tab = self._view.design
        tab.player.attach(self._speech.playback)
        tab.player.play.clicked.connect(self._play_candidate)
        tab.player.show_take(None)
        tab.design.clicked.connect(self._design_or_stop)
        tab.example.clicked.connect(self._example)
        tab.takes.row_selected.connect(self._choose_candidate)
        tab.takes.play_pressed.connect(self._candidate_pressed)
        tab.keep.clicked.connect(lambda: self._spawn(self._keep(), tab.notice))

    def _example(self) -> None:
        example = msgspec.toml.decode(resource_path("samples", "examples.toml").read_bytes())["narrator"]
        self._view.design.description.setPlainText(example["description"])
        self._view.design.preview.setPlainText(example["text"])

    def _design_or_stop(self) -> None:
        tab = self._view.design
        if self._running:
            for take_id in tuple(self._running):
                self._speech.service.stop(take_id)
            return
        voice = UsedVoice("designed", description=tab.description.toPlainText(), polish=tab.polish.isChecked())
        model = self._speech.models.chosen("speech-design")
        wish = Take("", voice, tab.preview.toPlainText(), model=model, place="design", session="design")
        tab.notice.clear()
        try:
            takes = [self._speech.service.speak(wish) for _ in range(round(float(tab.candidates.value() or 1)))]
        except WorkbenchError as error:
            tab.notice.say("bad", str(words(error)))
            return
        self._running = {take.id for take in takes}
        self._aloud = takes[0].id
        tab.take_model.set_takes(tuple(takes))
        tab.takes.select_key(takes[0].id)
        self._choose_candidate(takes[0].id)
        tab.show_running(True)
        self._view.busy.emit(True)

    def _choose_candidate(self, key: str) -> None:
        tab = self._view.design
        take = tab.take_model.take(key)
        tab.player.show_take(take)
        tab.keep.setEnabled(take is not None and bool(take.audio))

    def _candidate_pressed(self, take_id: str) -> None:
        """The button of a row: that candidate plays, or pauses when it is the one that plays."""
        self._view.design.takes.select_key(take_id)
        self._choose_candidate(take_id)
        self._play_candidate()

    def _play_candidate(self) -> None:
        tab = self._view.design
        take = tab.take_model.take(tab.takes.selected_key())
        if tab.player.loaded:
            self._speech.playback.toggle()
        elif take is not None and take.audio:
            self._spawn(self._speech.playback.play_take(take), tab.notice)

    async def _keep(self) -> None:
        tab = self._view.design
        take = tab.take_model.take(tab.takes.selected_key())
        if take is None:
            raise InputError(Code.NO_SAMPLE)
        self._say_kept(await self._speech.library.keep_take(take, tab.name.text()))

    def _say_kept(self, voice: Voice) -> None:
        self._speech.messages.done(
            QCoreApplication.translate("Voices", "“{name}” is in the library.").format(name=voice.name),
            undo=lambda: self._spawn(self._speech.library.delete(voice), self._view.library.notice),
        )

    def _take_changed(self, take: Take) -> None:
        tab = self._view.design
        if take.place == "design" and tab.take_model.take(take.id) is not None:
            tab.take_model.show_take(take)
            if tab.takes.selected_key() == take.id:
                self._choose_candidate(take.id)
            if take.state != "speaking":
                self._running.discard(take.id)
                if not self._running:
                    tab.show_running(False)
                    self._view.busy.emit(False)
                if take.spoken and not tab.preview.toPlainText().strip():
                    tab.preview.setPlainText(take.spoken)
        if take.place == "clone" and self._clone is not None and take.id == self._clone.id:
            self._clone = take
            over = take.state != "speaking"
            self._view.clone.speak.setEnabled(over)
            self._view.clone.clone.setEnabled(over and bool(take.audio))
            self._view.busy.emit(not over)

    def _take_failed(self, take: Take, error: WorkbenchError) -> None:
        if take.place in ("design", "clone"):
            tab = self._view.design if take.place == "design" else self._view.clone
            tab.notice.say("bad", str(words(error)))

    def _sound_begins(self, take: Take, arriving: GrowingSource) -> None:
        if take.id == self._aloud:
            self._speech.playback.play_arriving(take, arriving)

    # -- clone ----------------------------------------------------------------------------------------------------

    def _connect_clone(self) -> None:
        tab = self._view.clone
        tab.given.connect(lambda path: self._spawn(self._open(path), tab.notice))
        tab.choose.clicked.connect(lambda: self._spawn(self._choose(), tab.notice))
        tab.example.clicked.connect(
            lambda: self._spawn(self._open(resource_path("samples", "lighthouse.wav")), tab.notice)
        )
        tab.record.clicked.connect(lambda: self._spawn(self._record(), tab.notice))
        tab.wave.trimmed.connect(lambda *_: self._trimming.start())
        tab.wave.sought.connect(self._speech.playback.seek)
        tab.play.clicked.connect(self._play_sample)
        tab.original.clicked.connect(self._play_original)
        tab.checks.row_selected.connect(lambda _key: self._show_fix())
        tab.fix.clicked.connect(lambda: self._spawn(self._mend(), tab.notice))
        tab.speak.clicked.connect(lambda: self._spawn(self._try(), tab.notice))
        tab.clone.clicked.connect(self._play_clone)
        tab.save.clicked.connect(lambda: self._spawn(self._save(), tab.notice))

    async def _open(self, path: Path) -> None:
        tab = self._view.clone
        try:
            if not await self._bench.open(path):
                return
        except WorkbenchError as error:
            error.params.setdefault("name", path.name)
            raise
        # Consent belongs to one sample, and so does what was made from it.
        tab.agreed.setChecked(False)
        self._clone = None
        self._trimming.stop()
        tab.show_path(path)
        tab.wave.set_sound(self._bench.peaks(), self._bench.milliseconds)
        self._show_bench()

    async def _choose(self) -> None:
        title = QCoreApplication.translate("Voices", "Choose sample")
        path = await ask_to_open(self._view, title, "*", self._speech.settings)
        if path is not None:
            await self._open(path)

    async def _record(self) -> None:
        tab = self._view.clone
        if not self._recording:
            self._folder = TemporaryDirectory(prefix="mimo-sample-")
            try:
                await self._recorder.start(Path(self._folder.name) / "recording.wav")
            except WorkbenchError:
                self._forget_recording()
                raise
            self._recording = True
            tab.show_recording(True)
            self._meter.start()
            return
        self._recording = False
        self._meter.stop()
        tab.level.setText("")
        tab.show_recording(False)
        try:
            recording = await self._recorder.stop()
            if recording is None or not recording.frames:
                raise InputError(Code.SOUND_EMPTY)
            await self._open(recording.path)
            if recording.error is not None:
                raise recording.error
            if recording.gaps or recording.lost:
                gaps = QCoreApplication.translate(
                    "Voices", "The system dropped some sound while it recorded. Record again if you hear gaps."
                )
                tab.notice.say("warn", gaps)
        finally:
            self._forget_recording()

    def _forget_recording(self) -> None:
        """What was recorded is on the bench; a copy of somebody's voice stays nowhere else."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _show_level(self) -> None:
        level = self._recorder.level
        text = QCoreApplication.translate("Voices", "Level {n} dB").format(n=f"{level.peak:.0f}".replace("-", "−"))
        self._view.clone.level.setText(text)

    async def _settle_trim(self) -> None:
        """A trim that was just dragged counts before the sample goes anywhere."""
        if self._trimming.isActive():
            self._trimming.stop()
            await self._trim()

    async def _trim(self) -> None:
        wave = self._view.clone.wave
        try:
            await self._bench.set_trim(wave.start.value(), wave.end.value())
        except WorkbenchError:
            self._show_trim()
            raise
        self._show_bench()

    def _show_trim(self) -> None:
        wave = self._view.clone.wave
        wave.blockSignals(True)
        wave.set_trim(*self._bench.trim)
        wave.blockSignals(False)

    def _show_bench(self) -> None:
        tab, bench = self._view.clone, self._bench
        if bench.mended is None:
            return
        kept = QCoreApplication.translate("Voices", "{name}, {t} kept")
        tab.kept.setText(kept.format(name=bench.name, t=seconds(bench.mended.seconds)))
        tab.check_model.set_rows(
            [
                Row(found.check, check_name(found.check), check_value(found), grade(found), found.grade)
                for found in bench.findings
            ]
        )
        self._show_fix()

    def _chosen_fix(self) -> Fix | None:
        key = self._view.clone.checks.selected_key()
        fixable = [found for found in self._bench.findings if found.fix is not None]
        chosen = next((found for found in fixable if found.check == key), fixable[0] if fixable else None)
        return chosen.fix if chosen is not None else next(iter(sorted(self._bench.fixes)), None)

    def _show_fix(self) -> None:
        fix, button = self._chosen_fix(), self._view.clone.fix
        button.setVisible(fix is not None)
        if fix is not None:
            undo = QCoreApplication.translate("Voices", "Undo: {fix}").format(fix=fix_name(fix))
            button.setText(undo if fix in self._bench.fixes else fix_name(fix))

    async def _mend(self) -> None:
        fix = self._chosen_fix()
        if fix is not None:
            await self._bench.set_fix(fix, fix not in self._bench.fixes)
            if fix is Fix.TRIM:
                self._show_trim()
            self._show_bench()

    def _play_sample(self) -> None:
        playback = self._speech.playback
        if playback.key == SAMPLE_KEY and playback.playing:
            playback.pause()
        elif self._bench.mended is not None:
            playback.play_sound(SAMPLE_KEY, self._bench.mended)
        else:
            self._view.clone.notice.say("bad", str(words(InputError(Code.NO_SAMPLE))))

    def _play_original(self) -> None:
        """The recording as it was, before any trim or fix."""
        if self._bench.original is not None:
            self._speech.playback.play_sound(ORIGINAL_KEY, self._bench.original)
        else:
            self._view.clone.notice.say("bad", str(words(InputError(Code.NO_SAMPLE))))

    async def _try(self) -> None:
        tab, service = self._view.clone, self._speech.service
        await self._settle_trim()
        sample = self._bench.sample()
        if not tab.agreed.isChecked():
            # The sample leaves this computer with the request.
            raise InputError(Code.NO_CONSENT, field="consent")
        digest = await asyncio.to_thread(self._speech.blobs.put, sample)
        model = self._speech.models.chosen("speech-clone")
        voice = UsedVoice("cloned", name=tab.name.text(), sample=digest)
        self._clone = service.speak(
            Take("", voice, tab.test.toPlainText(), model=model, place="clone", session="clone")
        )
        self._aloud = self._clone.id
        tab.speak.setEnabled(False)

    def _play_clone(self) -> None:
        if self._clone is not None and self._clone.audio:
            self._spawn(self._speech.playback.play_take(self._clone), self._view.clone.notice)

    async def _save(self) -> None:
        tab = self._view.clone
        await self._settle_trim()
        statement = tab.statement.text() if tab.agreed.isChecked() else ""
        self._say_kept(await self._speech.library.save_clone(self._bench.sample(), tab.name.text(), statement))

    # -- library --------------------------------------------------------------------------------------------------

    def _connect_library(self) -> None:
        tab = self._view.library
        tab.voices.row_selected.connect(lambda _key: self._show_chosen())
        tab.voices.play_pressed.connect(self._voice_pressed)
        for button, act in (
            (tab.play, self._play_voice),
            (tab.rename, lambda voice: self._speech.library.rename(voice, tab.name.text())),
            (tab.delete, self._delete),
            (tab.export, self._export),
        ):
            button.clicked.connect(lambda _on=False, act=act: self._with_voice(act))
        tab.import_.clicked.connect(lambda: self._spawn(self._import(), tab.notice))
        self._show_chosen()

    def _chosen(self) -> Voice | None:
        return self._speech.library.voice(self._view.library.voices.selected_key() or "")

    def _with_voice(self, act: Any) -> None:
        voice = self._chosen()
        if voice is not None:
            self._spawn(act(voice), self._view.library.notice)

    def _show_chosen(self) -> None:
        tab, voice = self._view.library, self._chosen()
        for part in (tab.play, tab.rename, tab.delete, tab.export, tab.name):
            part.setEnabled(voice is not None)
        tab.name.setText(voice.name if voice is not None else "")

    def _show_library(self) -> None:
        self._view.library.voice_model.set_voices(self._speech.library.voices)
        self._show_chosen()

    async def _play_voice(self, voice: Voice) -> None:
        playback = self._speech.playback
        if playback.key == voice.id and playback.playing:
            playback.pause()
        else:
            await playback.play_blob(voice.id, voice.sample)

    def _voice_pressed(self, voice_id: str) -> None:
        """The button of a card."""
        self._view.library.voices.select_key(voice_id)
        self._show_chosen()
        self._with_voice(self._play_voice)

    async def _delete(self, voice: Voice) -> None:
        await self._speech.library.delete(voice)
        self._speech.messages.say(
            QCoreApplication.translate("Voices", "“{name}” was deleted.").format(name=voice.name),
            undo=lambda: self._spawn(self._speech.library.restore(voice), self._view.library.notice),
        )

    async def _export(self, voice: Voice) -> None:
        title = QCoreApplication.translate("Voices", "Export voice")
        kinds = f"MiMo Workbench (*{_ENDING})"
        path = await ask_to_save(self._view, title, kinds, voice.name + _ENDING, self._speech.settings)
        if path is not None:
            await self._speech.library.export(voice, path)

    async def _import(self) -> None:
        title = QCoreApplication.translate("Voices", "Import voice")
        path = await ask_to_open(self._view, title, f"MiMo Workbench (*{_ENDING})", self._speech.settings)
        if path is not None:
            self._say_kept(await self._speech.library.import_file(path))

    def _reword(self) -> None:
        self._show_bench()
        self._show_library()
