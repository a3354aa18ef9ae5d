"""Voices are designed, cloned, saved and deleted."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.audio.capture import Recording
from app.core.errors import AudioError, Code
from app.core.resources import resource_path
from app.core.settings import Settings
from app.ui.voices.library_list import star_area
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from app.ui.widgets.playable import play_area
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.voices.sample_parts import button_of, opened
from tests.waiting import wait_until


class NoMicrophone:
    level: Any = None
    frames = 0

    async def start(self, path: Path) -> None:
        raise AudioError(Code.NO_INPUT)

    async def stop(self) -> None:
        return None


class Microphone(NoMicrophone):
    """Records what is on disk already."""

    level = SimpleNamespace(peak=-12.0)

    def __init__(self, sound: Path, error: AudioError | None = None, gaps: int = 0) -> None:
        self.sound, self.error, self.gaps = sound, error, gaps
        self.folder: Path | None = None

    async def start(self, path: Path) -> None:
        self.folder = path.parent
        path.write_bytes(self.sound.read_bytes())

    async def stop(self) -> Any:
        assert self.folder is not None
        return Recording(self.folder / "recording.wav", 1, 24_000, gaps=self.gaps, error=self.error)


LOST = AudioError(Code.MICROPHONE_LOST, device="headset")


@pytest.mark.parametrize(
    ("error", "gaps", "said"),
    [
        (None, 0, ""),
        (None, 2, "audio was lost"),
        (AudioError(Code.MICROPHONE_LOST, device="headset"), 0, "headset"),
    ],
    ids=["whole", "gaps", "device lost"],
)
async def test_a_recording_becomes_the_sample_and_its_file_is_deleted(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path, error: AudioError | None, gaps: int, said: str
) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    microphone = Microphone(resource_path("samples", "lighthouse.wav"), error, gaps)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, microphone)
        tab = view.clone
        tab.record.click()
        await wait_until(lambda: tab.record.accessibleName() == "Stop recording")
        await wait_until(lambda: tab.level.text() == "Level −12 dB")
        tab.record.click()
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        await wait_until(lambda: not len(context.tasks))
        assert tab.record.accessibleName() == "Record sample"
        assert opened(tab, "Recording")
        assert said in tab.notice.text()
        assert bool(tab.notice.text()) is bool(said)
        assert microphone.folder is not None
        assert not microphone.folder.exists()


async def test_a_fix_can_be_applied_and_undone(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    samples, rate = soundfile.read(resource_path("samples", "lighthouse.wav"), dtype="float32")
    stereo = tmp_path / "stereo.wav"
    soundfile.write(stereo, np.column_stack([samples, samples]), rate)
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone

        def channels() -> str:
            rows = {row.key: row for row in tab.check_model.rows()}
            return rows["channels"].subtitle

        tab.file_chosen.emit(stereo)
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        before = channels()
        fix = button_of(tab, "Fix Channels")
        assert fix is not None and (fix.text(), fix.effect) == ("Mix to mono", "0.4 MB")
        fix.click()
        await wait_until(lambda: channels() != before)
        await wait_until(lambda: not len(context.tasks))
        undo = button_of(tab, "Undo Channels")
        assert undo is fix and undo.text() == "Undo"
        undo.click()
        await wait_until(lambda: channels() == before)
        await wait_until(lambda: not len(context.tasks))


async def test_the_library_explains_itself_and_plays_from_its_cards(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    view.resize(1360, 860)
    view.tabs.setCurrentIndex(2)
    view.show()
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.library
        assert tab.voices.isVisible() and not tab.empty.isVisible(), "built-in voices are listed too"
        sample = resource_path("samples", "lighthouse.wav").read_bytes()
        voice = await context.library.save_clone(sample, "Keeper", "agreed")
        row = tab.voice_model.index(0)
        assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "Keeper, Cloned"
        button = play_area(tab.voices.row_area(row)).center().toPoint()
        qtbot.mouseClick(tab.voices.viewport(), Qt.MouseButton.LeftButton, pos=button)
        await wait_until(lambda: context.playback.key == voice.id)
        star = star_area(tab.voices.row_area(row)).center().toPoint()
        qtbot.mouseClick(tab.voices.viewport(), Qt.MouseButton.LeftButton, pos=star)
        await wait_until(lambda: context.library.voices[0].favourite)
        tab.search.setText("nothing of it")
        assert tab.empty.isVisible()
        tab.empty.step.click()
        assert not tab.empty.isVisible()
        context.playback.stop()
        await wait_until(lambda: not len(context.tasks))


async def test_a_designed_candidate_is_saved(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        tab.design.click()
        assert "no description" in tab.notice.text()
        tab.side.starters[0].click()
        tab.preview_panel.line_chosen.emit("The tide comes in.")
        tab.candidates.set_value(2)
        tab.design.click()
        await wait_until(tab.keep.isEnabled)
        tab.name.setText("Narrator")
        tab.keep.click()
        await wait_until(lambda: len(context.library.voices) == 1)
        assert context.library.voices[0].name == "Narrator"
        await wait_until(lambda: not len(context.tasks))


async def test_saving_a_clone_requires_consent_and_a_name(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        tab.record.click()
        await wait_until(lambda: "No microphone" in tab.notice.text())
        tab.path.setText(str(resource_path("samples", "lighthouse.wav")))
        tab.path.editingFinished.emit()
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        tab.speak.click()
        await wait_until(lambda: "consent" in tab.notice.text())
        tab.agreed.setChecked(True)
        tab.save.click()
        await wait_until(lambda: "no name" in tab.notice.text())
        tab.speak.click()
        await wait_until(lambda: tab.clone.isEnabled())
        tab.name.setText("Keeper")
        tab.save.click()
        await wait_until(lambda: len(context.library.voices) == 1)
        assert context.library.voices[0].consent is not None
        await wait_until(lambda: not len(context.tasks))


async def test_consent_belongs_to_one_sample(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        first, second = resource_path("samples", "lighthouse.wav"), tmp_path / "another.wav"
        second.write_bytes(first.read_bytes())
        tab.file_chosen.emit(first)
        await wait_until(lambda: opened(tab, "lighthouse"))
        tab.agreed.setChecked(True)
        tab.file_chosen.emit(second)
        await wait_until(lambda: opened(tab, "another"))
        assert not tab.agreed.isChecked()
        await wait_until(lambda: not len(context.tasks))


async def test_the_kept_part_is_played_before_and_after_the_fixes(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.clone
        tab.file_chosen.emit(resource_path("samples", "lighthouse.wav"))
        await wait_until(lambda: tab.check_model.rowCount() == 12)
        whole = tab.wave.end.value()
        tab.wave.end.setValue(whole // 2)
        tab.play.click()
        await wait_until(lambda: context.playback.key == "sample")
        assert context.playback.milliseconds == whole // 2
        tab.sample.before.click()
        assert context.playback.key == "sample before"
        tab.original.click()
        await wait_until(lambda: context.playback.key == "original")
        assert context.playback.milliseconds == whole // 2
        context.playback.stop()
        await wait_until(lambda: not len(context.tasks))
