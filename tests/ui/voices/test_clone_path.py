"""From a recording or a take to a saved voice, through the presenter and the demo service."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.resources import resource_path
from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.sample_checks import Check
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.ui.voices.sample_parts import button_of, opened, row_of
from tests.ui.voices.test_voices import Microphone, NoMicrophone
from tests.waiting import wait_until

LIGHTHOUSE = resource_path("samples", "lighthouse.wav")


def shown(qtbot: QtBot) -> VoicesView:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    view.tabs.setCurrentIndex(1)
    view.resize(1360, 860)
    view.show()
    return view


def quiet_stereo(path: Path) -> Path:
    samples, rate = soundfile.read(LIGHTHOUSE, dtype="float32")
    soundfile.write(path, np.column_stack([samples, samples]) * 0.03, rate)
    return path


async def test_a_recording_is_checked_fixed_spoken_and_saved(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path, player=FakePlayer()) as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, Microphone(quiet_stereo(tmp_path / "spoken.wav")))
        tab = view.clone
        await wait_until(lambda: not len(context.tasks))
        tab.record.click()
        await wait_until(lambda: tab.record.accessibleName() == "Stop recording")
        tab.record.click()
        await wait_until(lambda: opened(tab, "Recording") and not len(context.tasks))
        raise_level = button_of(tab, "Fix Level")
        assert raise_level is not None and raise_level.effect.startswith("+")
        raise_level.click()
        await wait_until(lambda: row_of(tab, Check.LEVEL).badge == "good")
        await wait_until(lambda: not len(context.tasks))
        tab.agreed.setChecked(True)
        tab.trial.add_text().setPlainText("And a second line.")
        tab.speak.click()
        ended = "done"
        await wait_until(lambda: [clone.state for clone in presenter_clones(view)] == [ended] * 2)
        await wait_until(lambda: "Hz" in tab.trial.pitch.detail.text() and not len(context.tasks))
        names = [row.play.accessibleName() for row in tab.trial.rows.rows]
        assert names == ["Original", "Clone 1", "Clone 2"]
        assert not tab.trial.rows.rows[1].gain.isHidden(), "played as loud as the original"
        tab.name.setText("Keeper")
        assert tab.foot.missing.text().startswith("Saves ")
        QTest.keyClick(tab.name, Qt.Key.Key_Return)
        await wait_until(lambda: len(context.library.voices) == 1 and not len(context.tasks))
        assert context.library.voices[0].consent is not None
        takes = await context.service.of_session("clone")
        assert {take.text for take in takes} == {"Yes, I had a sandwich.", "And a second line."}


def presenter_clones(view: VoicesView) -> list[Any]:
    """The takes of the trial that is shown."""
    presenter = next(child for child in view.clone.children() if type(child).__name__ == "ClonePresenter")
    return list(presenter._trial._clones)


async def test_a_recording_survives_another_file_and_a_restart(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, Microphone(quiet_stereo(tmp_path / "spoken.wav")))
        tab = view.clone
        await wait_until(lambda: not len(context.tasks))
        tab.record.click()
        await wait_until(lambda: tab.record.accessibleName() == "Stop recording")
        tab.record.click()
        await wait_until(lambda: opened(tab, "Recording") and not len(context.tasks))
        tab.files_dropped.emit([LIGHTHOUSE, tmp_path / "spoken.wav"])
        await wait_until(lambda: opened(tab, "lighthouse") and not len(context.tasks))
        assert [row.title for row in tab.bar.queue_model.rows()] == ["Recording", LIGHTHOUSE.name, "spoken.wav"]
    async with speech_context(demo_service, tmp_path) as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        await wait_until(lambda: opened(tab, "lighthouse") and not len(context.tasks))
        assert [row.title for row in tab.bar.queue_model.rows()] == ["Recording", LIGHTHOUSE.name, "spoken.wav"]
        assert tab.bar.queue.isVisible()
        undos: list[Any] = []
        context.notifier.info = lambda _text, undo=None, **_more: undos.append(undo)
        row = tab.bar.queue_model.rows()[0]
        tab.bar.queue.row_selected.emit(row.key)
        await wait_until(lambda: opened(tab, "Recording") and not len(context.tasks))
        tab.bar.remove.click()
        await wait_until(lambda: bool(undos) and not len(context.tasks))
        assert tab.bar.queue_model.rowCount() == 2
        undos[0]()
        assert tab.bar.queue_model.rowCount() == 3
        await wait_until(lambda: not len(context.tasks))


async def test_a_take_of_a_built_in_voice_is_cloned_without_consent(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        voice = VoiceSnapshot("builtin", "Mia", "Mia")
        model = context.models.chosen("speech")
        line = "The ferry leaves at nine, and the lantern is still in the boat."
        take = context.service.generate(Take("", voice, line, model=model, session="design", origin="design"))
        await context.service.finished(take.id)
        view = shown(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        tab.bar.from_take.click()
        await wait_until(lambda: tab.bar.take_model.rowCount() == 1)
        tab.bar.takes.row_selected.emit(take.id)
        await wait_until(lambda: opened(tab, "Mia") and not len(context.tasks))
        assert not tab.agreed.isVisible() and "nobody has to agree" in tab.trial.consent_note.text()
        tab.name.setText("Mia again")
        tab.save.click()
        await wait_until(lambda: len(context.library.voices) == 1 and not len(context.tasks))
        assert (context.library.voices[0].take, context.library.voices[0].consent) == (take.id, None)


async def test_keys_play_trim_and_flip(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    player = FakePlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        tab.file_chosen.emit(quiet_stereo(tmp_path / "spoken.wav"))
        await wait_until(lambda: opened(tab, "spoken") and not len(context.tasks))
        tab.sample.snap.setChecked(False)
        tab.wave.setFocus()
        tab.wave.sought.emit(2_000)
        qtbot.keyClick(tab.wave, Qt.Key.Key_BracketLeft)
        tab.wave.sought.emit(7_000)
        qtbot.keyClick(tab.wave, Qt.Key.Key_BracketRight)
        assert (tab.wave.start.value(), tab.wave.end.value()) == (2_000, 7_000)
        qtbot.keyClick(tab.wave, Qt.Key.Key_Space)
        await wait_until(lambda: context.playback.key == "sample" and player.state.status == "playing")
        qtbot.keyClick(tab.wave, Qt.Key.Key_B)
        assert context.playback.key == "sample before" and tab.sample.before.isChecked()
        tab.wave.zoom_in()
        assert tab.wave.is_zoomed and tab.sample.zoom_out.isEnabled()
        tab.sample.zoom_out.click()
        assert not tab.wave.is_zoomed
        context.playback.stop()
        await wait_until(lambda: not len(context.tasks))


async def test_what_is_being_recorded_at_the_end_of_the_program_is_kept(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path / "home") as context:
        view = shown(qtbot)
        presenter = VoicesPresenter(view, context, Microphone(quiet_stereo(tmp_path / "spoken.wav")))
        await wait_until(lambda: not len(context.tasks))
        view.clone.record.click()
        await wait_until(lambda: view.clone.record.accessibleName() == "Stop recording")
        await presenter.aclose()
    async with speech_context(demo_service, tmp_path / "home") as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        await wait_until(lambda: not len(context.tasks))
        (recording,) = context.voice_drafts.get("clone").recordings
        assert context.blobs.path(recording.audio).is_file()


class SlowMicrophone(Microphone):
    """Takes a while to open."""

    def __init__(self, sound: Path) -> None:
        super().__init__(sound)
        self.starts = 0
        self.opened = asyncio.Event()

    async def start(self, path: Path) -> None:
        self.starts += 1
        await self.opened.wait()
        await super().start(path)


async def test_a_double_click_on_record_begins_one_recording(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path / "home") as context:
        view, microphone = shown(qtbot), SlowMicrophone(quiet_stereo(tmp_path / "spoken.wav"))
        VoicesPresenter(view, context, microphone)
        await wait_until(lambda: not len(context.tasks))
        view.clone.record.click()
        view.clone.record.click()
        await wait_until(lambda: microphone.starts and len(context.tasks) == 1)
        microphone.opened.set()
        await wait_until(lambda: view.clone.record.accessibleName() == "Stop recording")
        view.clone.record.click()
        await wait_until(lambda: opened(view.clone, "Recording") and not len(context.tasks))
        assert microphone.starts == 1


async def test_what_a_refusal_asks_for_comes_into_view(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    """The consent may be scrolled out of view where the sentence names it."""
    async with speech_context(demo_service, tmp_path, player=FakePlayer()) as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        view.resize(1000, 560)
        tab.file_chosen.emit(quiet_stereo(tmp_path / "spoken.wav"))
        await wait_until(lambda: opened(tab, "spoken") and not len(context.tasks))
        for press in (tab.save, tab.speak):
            tab.name.setText("Keeper")
            tab.name.setFocus()
            tab.area.verticalScrollBar().setValue(0)
            assert tab.agreed.visibleRegion().isEmpty()
            press.click()
            await wait_until(lambda: "The speaker has agreed" in tab.notice.text() and not len(context.tasks))
            await wait_until(lambda: not tab.agreed.visibleRegion().isEmpty())
            assert tab.agreed.hasFocus()
        tab.agreed.setChecked(True)
        tab.name.setText("")
        tab.save.click()
        await wait_until(lambda: tab.name.hasFocus() and not len(context.tasks))


async def test_a_clone_that_was_tried_is_not_called_a_designed_voice(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path, player=FakePlayer()) as context:
        view = shown(qtbot)
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        tab.file_chosen.emit(quiet_stereo(tmp_path / "spoken.wav"))
        await wait_until(lambda: opened(tab, "spoken") and not len(context.tasks))
        tab.agreed.setChecked(True)
        tab.speak.click()
        await wait_until(lambda: [clone.state for clone in presenter_clones(view)] == ["done"])
        tab.bar.from_take.click()
        await wait_until(lambda: tab.bar.take_model.rowCount() == 1 and not len(context.tasks))
        assert tab.bar.take_model.rows()[0].title.startswith("Unsaved clone · ")
