"""Voices are designed, cloned, kept and deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from app.core.errors import AudioError, Code
from app.core.resources import resource_path
from app.core.settings import Settings
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_desk import speech_desk
from tests.ui.studio.test_studio import until


class NoMicrophone:
    level: Any = None
    frames = 0

    async def start(self, path: Path) -> None:
        raise AudioError(Code.NO_INPUT)

    async def stop(self) -> None:
        return None


async def test_a_designed_candidate_is_kept(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    async with speech_desk(demo_service, tmp_path) as speech:
        VoicesPresenter(view, speech, NoMicrophone())
        tab = view.design
        tab.design.click()
        assert "not described" in tab.notice.text()
        tab.example.click()
        tab.candidates.set_value(2)
        tab.design.click()
        await until(lambda: [take.state for take in tab.take_model.takes()] == ["done", "done"])
        tab.name.setText("Narrator")
        tab.keep.click()
        await until(lambda: view.library.voice_model.rowCount() == 1)
        assert speech.library.voices[0].name == "Narrator"
        await until(lambda: not len(speech.tasks))


async def test_a_sample_becomes_a_voice_only_with_consent_and_a_name(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    async with speech_desk(demo_service, tmp_path) as speech:
        VoicesPresenter(view, speech, NoMicrophone())
        tab = view.clone
        tab.record.click()
        await until(lambda: "no microphone" in tab.notice.text())
        tab.path.setText(str(resource_path("samples", "lighthouse.wav")))
        tab.path.editingFinished.emit()
        await until(lambda: tab.check_model.rowCount() == 10)
        tab.speak.click()
        await until(lambda: "consent" in tab.notice.text())
        tab.agreed.setChecked(True)
        tab.save.click()
        await until(lambda: "no name" in tab.notice.text())
        tab.speak.click()
        await until(lambda: tab.clone.isEnabled())
        tab.name.setText("Keeper")
        tab.save.click()
        await until(lambda: view.library.voice_model.rowCount() == 1)
        assert speech.library.voices[0].consent is not None
        await until(lambda: not len(speech.tasks))


async def test_consent_belongs_to_one_sample(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    async with speech_desk(demo_service, tmp_path) as speech:
        VoicesPresenter(view, speech, NoMicrophone())
        tab = view.clone
        first, second = resource_path("samples", "lighthouse.wav"), tmp_path / "another.wav"
        second.write_bytes(first.read_bytes())
        tab.given.emit(first)
        await until(lambda: "lighthouse" in tab.kept.text())
        tab.agreed.setChecked(True)
        tab.given.emit(second)
        await until(lambda: "another" in tab.kept.text())
        assert not tab.agreed.isChecked()
        await until(lambda: not len(speech.tasks))


async def test_the_original_is_heard_as_it_was(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    view = VoicesView(Settings())
    qtbot.addWidget(view)
    async with speech_desk(demo_service, tmp_path) as speech:
        VoicesPresenter(view, speech, NoMicrophone())
        tab = view.clone
        tab.given.emit(resource_path("samples", "lighthouse.wav"))
        await until(lambda: tab.check_model.rowCount() == 10)
        whole = tab.wave.end.value()
        tab.wave.end.setValue(whole // 2)
        await until(lambda: "4." in tab.kept.text())
        tab.play.click()
        await until(lambda: speech.playback.key == "sample")
        trimmed = speech.playback.milliseconds
        tab.original.click()
        await until(lambda: speech.playback.key == "original")
        assert speech.playback.milliseconds > 1.8 * trimmed
        speech.playback.stop()
        await until(lambda: not len(speech.tasks))
