"""The place in a take is where anybody put it, and Stop is silence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.services.speech.playback import Playback
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.widgets.waveform import Waveform
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_desk
from tests.ui.studio.player_harness import Turntable
from tests.waiting import wait_until


@pytest.fixture
def view(qtbot: QtBot) -> StudioView:
    made = StudioView(Settings())
    qtbot.addWidget(made)
    made.resize(1360, 860)
    made.show()
    return made


def put(position: Waveform, milliseconds: int) -> None:
    """As an assistive tool does, through the value interface."""
    QAccessible.queryAccessibleInterface(position).valueInterface().setCurrentValue(milliseconds)


async def test_setting_the_position_seeks_stopped_playing_and_paused(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as desk:
        player = Turntable()
        speech = desk._replace(playback=Playback(player, desk.blobs, desk.audio))
        StudioPresenter(view, speech)
        await wait_until(lambda: not len(speech.tasks))
        for words in ("Good evening, everybody. The ferry leaves at nine.", "The second ferry leaves at ten."):
            view.text.set_words(words)
            view.speak.click()
            await wait_until(lambda: view.speak.accessibleName() == "Speak")
        speech.playback.stop()
        first, bar = view.take_model.takes()[1], view.player
        view.takes.select_key(first.id)
        view.takes.row_selected.emit(first.id)

        put(bar.position, 1_000)
        assert bar.shown_time.text().startswith("0:01.0 / ")
        assert bar.position.value() == 1_000
        bar.play.click()
        await wait_until(lambda: speech.playback.playing)
        assert speech.playback.key == first.id
        assert player.heard == first.rate, "the next Play begins there"

        put(bar.position, 500)
        assert (player.heard, player.state.status) == (first.rate // 2, "playing")
        bar.play.click()
        put(bar.position, 1_500)
        assert (player.heard, player.state.status) == (first.rate * 3 // 2, "paused")
        assert bar.shown_time.text().startswith("0:01.5 / ")

        speech.playback.stop()
        put(bar.position, 1_200)
        assert bar.shown_time.text().startswith("0:01.2 / ")
        bar.play.click()
        assert (player.heard, player.state.status) == (round(first.rate * 1.2), "playing")
        await wait_until(lambda: not len(speech.tasks))


async def test_stop_ends_the_sound_of_what_is_being_made(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as desk:
        player = Turntable()
        speech = desk._replace(playback=Playback(player, desk.blobs, desk.audio))
        StudioPresenter(view, speech)
        await wait_until(lambda: not len(speech.tasks))
        view.text.set_words("One more line of it. " * 60)
        view.speak.click()
        await wait_until(lambda: speech.playback.playing)
        player.heard = 2_400
        view.speak.click()
        assert player.state.status == "paused"
        await wait_until(lambda: view.take_model.takes()[0].state == "cut")
        assert player.state.status == "paused"
        assert view.player.position.value() == 100
        assert "cut off" in view.take_model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
        await wait_until(lambda: not len(speech.tasks))


async def test_what_comes_after_stop_is_not_played(view: StudioView, demo_service: DemoService, tmp_path: Path) -> None:
    """A file that comes whole is read at its end, also when it was stopped before."""
    async with speech_desk(demo_service, tmp_path) as desk:
        player = Turntable()
        speech = desk._replace(playback=Playback(player, desk.blobs, desk.audio))
        StudioPresenter(view, speech)
        await wait_until(lambda: not len(speech.tasks))
        view.text.set_words("One more line of it.")
        view.speak.click()
        take = view.take_model.takes()[0]
        view.speak.click()
        for told in speech.service.on_sound:
            told(take, speech.audio.growing(24_000))
        assert player.state.status == "idle"
        await wait_until(lambda: not len(speech.tasks))


async def test_another_sound_goes_on_when_a_take_is_stopped(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as desk:
        player = Turntable()
        speech = desk._replace(playback=Playback(player, desk.blobs, desk.audio))
        StudioPresenter(view, speech)
        await wait_until(lambda: not len(speech.tasks))
        view.text.set_words("One more line of it. " * 60)
        view.speak.click()
        await wait_until(lambda: speech.playback.playing)
        other = speech.audio.make_sound(np.zeros((24_000, 1), np.float32), 24_000)
        speech.playback.play_sound("something else", other)
        view.speak.click()
        assert player.state.status == "playing"
        await wait_until(lambda: not len(speech.tasks))


async def test_the_button_is_about_the_take_that_is_shown(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_desk(demo_service, tmp_path) as desk:
        speech = desk._replace(playback=Playback(Turntable(), desk.blobs, desk.audio))
        StudioPresenter(view, speech)
        await wait_until(lambda: not len(speech.tasks))
        for words in ("Good evening, everybody.", "The second ferry leaves at ten."):
            view.text.set_words(words)
            view.speak.click()
            await wait_until(lambda: view.speak.accessibleName() == "Speak")
        newest, first = view.take_model.takes()
        for take in (newest, first):
            view.takes.select_key(take.id)
            view.takes.row_selected.emit(take.id)
            if take is newest:
                speech.playback.stop()
                view.player.play.click()
                await wait_until(lambda: view.player.play.accessibleName() == "Pause")
        assert speech.playback.key == newest.id
        assert view.player.play.accessibleName() == "Play", "that other one is heard, not this"
        view.takes.select_key(newest.id)
        view.takes.row_selected.emit(newest.id)
        assert view.player.play.accessibleName() == "Pause"
