"""What goes wrong with a real (virtual) microphone is said in one sentence, and what was recorded stays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.audio.recorder import Recorder
from app.core.errors import AudioError, Code
from app.core.settings import Settings
from app.services.speech.sample_checks import Check
from app.ui.voices import sample_recorder
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from tests.audio.signals import noise
from tests.plugins.demo_service import DemoService
from tests.plugins.sound_harness import RATE, SoundDesk
from tests.plugins.speech_harness import speech_context
from tests.ui.voices.sample_parts import opened, row_of
from tests.waiting import wait_until


@pytest.fixture
def view(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> VoicesView:
    monkeypatch.setattr(sample_recorder, "MUTED_SECONDS", 0.5)
    monkeypatch.setattr(sample_recorder, "QUIET_SECONDS", 0.8)
    made = VoicesView(Settings())
    qtbot.addWidget(made)
    made.tabs.setCurrentIndex(1)
    made.resize(1360, 860)
    made.show()
    return made


async def test_a_muted_and_a_very_quiet_microphone_are_told_apart(
    view: VoicesView, sound_desk: SoundDesk, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        recorder = Recorder(device="pulse/mic")
        VoicesPresenter(view, context, recorder)
        tab = view.clone
        tab.record.click()
        await wait_until(lambda: "picks up nothing" in tab.notice.text())
        speaking = sound_desk.speak_into_mic(np.float32(0.01) * noise(4.0, RATE, seed=2))
        try:
            await wait_until(lambda: "picks up very little" in tab.notice.text())
            begun = recorder.frames
            await wait_until(lambda: recorder.frames > begun + 1.5 * RATE)
            tab.record.click()
            await wait_until(lambda: opened(tab, "Recording") and not len(context.tasks))
        finally:
            speaking.terminate()
            speaking.wait()
        assert tab.notice.isHidden(), "the warning was about the recording that has ended"
        assert row_of(tab, Check.LEVEL).badge_kind == "warn"


async def test_a_microphone_that_is_unplugged_leaves_what_was_recorded(
    view: VoicesView, sound_desk: SoundDesk, demo_service: DemoService, tmp_path: Path
) -> None:
    module = sound_desk.add_source("headset")
    recorder = Recorder(device="pulse/headset")
    async with speech_context(demo_service, tmp_path) as context:
        presenter = VoicesPresenter(view, context, recorder)
        tab = view.clone
        tab.record.click()
        await wait_until(lambda: recorder.frames > RATE // 2)
        sound_desk.pactl("unload-module", module)
        recorder.devices_changed()
        await wait_until(lambda: "headset" in tab.notice.text())
        assert tab.record.accessibleName() == "Record sample" and opened(tab, "Recording")
        (kept,) = presenter._cloning._queue.recordings
        assert kept.audio in context.blobs and kept.seconds >= 0.5
        await wait_until(lambda: not len(context.tasks))


async def test_a_refused_microphone_is_said_and_the_open_sample_stays(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    def refuse(*_of: Any, **_named: Any) -> Any:
        raise AudioError(Code.DEVICE_BUSY, message="permission denied")

    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, Recorder(open_stream=refuse))
        tab = view.clone
        tab.example.click()
        await wait_until(lambda: opened(tab, "lighthouse"))
        whole = tab.wave.maximum()
        tab.record.click()
        await wait_until(lambda: "can't be opened" in tab.notice.text())
        assert "choose another" in tab.notice.text() and "{" not in tab.notice.text()
        assert (tab.record.accessibleName(), tab.wave.maximum()) == ("Record sample", whole)
        assert tab.save.isEnabled()
        await wait_until(lambda: not len(context.tasks))
