"""The playback position can be set in every state, and Stop silences takes being generated."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.services.speech.loudness_matching import equal_gains
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.widgets.waveform import Waveform
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.waiting import wait_until


@pytest.fixture
def view(qtbot: QtBot) -> StudioView:
    made = StudioView(Settings())
    qtbot.addWidget(made)
    made.resize(1360, 860)
    made.show()
    return made


def put(position: Waveform, milliseconds: int) -> None:
    """Set the position through the value interface, as an assistive tool does."""
    QAccessible.queryAccessibleInterface(position).valueInterface().setCurrentValue(milliseconds)


async def test_setting_the_position_seeks_in_every_state(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    player = FakePlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        for words in ("Good evening, everybody. The ferry leaves at nine.", "The second ferry leaves at ten."):
            view.text.set_plain_text(words)
            view.speak.click()
            await wait_until(lambda: view.speak.accessibleName() == "Speak")
        context.playback.stop()
        first, bar = view.takes_panel.model.takes()[1], view.takes_panel.player
        view.takes_panel.list.select_key(first.id)
        view.takes_panel.list.row_selected.emit(first.id)

        put(bar.position, 1_000)
        assert bar.shown_time.text().startswith("0:01.0 / ")
        assert bar.position.value() == 1_000
        bar.play.click()
        await wait_until(lambda: context.playback.playing)
        assert context.playback.key == first.id
        assert player.heard == first.rate, "the next Play begins there"

        put(bar.position, 500)
        assert (player.heard, player.state.status) == (first.rate // 2, "playing")
        bar.play.click()
        put(bar.position, 1_500)
        assert (player.heard, player.state.status) == (first.rate * 3 // 2, "paused")
        assert bar.shown_time.text().startswith("0:01.5 / ")

        context.playback.stop()
        put(bar.position, 1_200)
        assert bar.shown_time.text().startswith("0:01.2 / ")
        bar.play.click()
        assert (player.heard, player.state.status) == (round(first.rate * 1.2), "playing")
        await wait_until(lambda: not len(context.tasks))


async def test_stop_silences_the_take_being_generated(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    player = FakePlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.text.set_plain_text("One more line of it. " * 60)
        view.speak.click()
        await wait_until(lambda: context.playback.playing)
        player.heard = 2_400
        view.speak.click()
        assert player.state.status == "paused"
        await wait_until(lambda: view.takes_panel.model.takes()[0].state == "cut")
        assert player.state.status == "paused"
        assert view.takes_panel.player.position.value() == 100
        assert "stopped" in view.takes_panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
        await wait_until(lambda: not len(context.tasks))


async def test_audio_arriving_after_stop_is_not_played(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    """A non-streamed file arrives at the end, even if it was stopped before."""
    player = FakePlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.stream.setChecked(False)
        demo_service.arm("stall=600")
        view.text.set_plain_text("One more line of it.")
        view.speak.click()
        await wait_until(lambda: demo_service.state()["running"] == 1)
        view.speak.click()
        await wait_until(lambda: view.speak.accessibleName() == "Speak" and not len(context.tasks))
        assert player.state.status == "idle"


async def test_other_playback_continues_when_a_take_is_stopped(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    player = FakePlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.text.set_plain_text("One more line of it. " * 60)
        view.speak.click()
        await wait_until(lambda: context.playback.playing)
        other = context.audio.make_sound(np.zeros((24_000, 1), np.float32), 24_000)
        context.playback.play_sound("something else", other)
        view.speak.click()
        assert player.state.status == "playing"
        await wait_until(lambda: not len(context.tasks))


async def test_selecting_another_take_while_one_plays_switches_at_the_same_point(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    player = FakePlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        for words in ("Good evening, everybody.", "The second ferry leaves at ten."):
            view.text.set_plain_text(words)
            view.speak.click()
            await wait_until(lambda: view.speak.accessibleName() == "Speak")
        newest, first = view.takes_panel.model.takes()
        for take in (newest, first):
            view.takes_panel.list.select_key(take.id)
            view.takes_panel.list.row_selected.emit(take.id)
            if take is newest:
                context.playback.stop()
                view.takes_panel.player.play.click()
                await wait_until(lambda: view.takes_panel.player.play.accessibleName() == "Pause")
                player.heard = newest.rate // 2
        await wait_until(lambda: context.playback.key == first.id)
        assert player.heard == first.rate // 2
        assert view.takes_panel.player.shown_id == first.id
        assert view.takes_panel.player.play.accessibleName() == "Pause"
        await wait_until(lambda: not len(context.tasks))


async def test_the_player_shows_what_sounds_and_silences_it(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    player = FakePlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.text.set_plain_text("Good evening, everybody.")
        view.speak.click()
        await wait_until(lambda: context.playback.playing and view.speak.accessibleName() == "Speak")
        sounding = view.takes_panel.model.takes()[0]
        demo_service.arm("status=500")
        view.text.set_plain_text("The second ferry leaves at ten.")
        view.speak.click()
        await wait_until(lambda: [take.state for take in view.takes_panel.model.takes()] == ["failed", "done"])
        assert view.takes_panel.list.selected_key() != sounding.id
        bar = view.takes_panel.player
        assert bar.shown_id == sounding.id and bar.play.accessibleName() == "Pause"
        bar.play.click()
        assert player.state.status == "paused"
        await wait_until(lambda: not len(context.tasks))


async def test_the_gain_is_held_while_a_streaming_take_plays(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    class Gains(FakePlayer):
        def __init__(self) -> None:
            super().__init__()
            self.gains: list[float] = []

        def play(self, source: object, *, start: int = 0, gain_db: float = 0.0, **_how: object) -> None:
            self.gains.append(gain_db)
            super().play(source, start=start)

        def change(self, *, gain_db: float | None = None, **_how: object) -> None:
            if gain_db is not None:
                self.gains.append(gain_db)

    player = Gains()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.takes_panel.equal_loudness.setChecked(True)
        for number in (1, 2):
            view.text.set_plain_text("Good evening, everybody. The ferry leaves at nine.")
            view.speak.click()
            await wait_until(lambda: view.speak.accessibleName() == "Speak" and not len(context.tasks))
            assert len(player.gains) == number, "the gain did not change while it played"
        assert player.gains[0] == 0.0
        gains = equal_gains(view.takes_panel.model.takes())
        assert abs(player.gains[1] - gains[view.takes_panel.model.takes()[1].id]) < 0.5, "estimated by the first take"
        assert player.gains[1] != 0.0


async def test_stop_in_one_session_leaves_the_take_of_another(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path, player=FakePlayer()) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        demo_service.arm("stall=600")
        view.text.set_plain_text("One more line of it. " * 60)
        view.speak.click()
        await wait_until(lambda: demo_service.state()["running"] == 1)
        first = view.takes_panel.model.takes()[0]
        view.session_panel.new.click()
        await wait_until(lambda: view.takes_panel.model.takes() == ())
        assert view.speak.accessibleName() == "Speak"
        assert context.service.running() == (first.id,)
        view.text.set_plain_text("Another one.")
        view.speak.click()
        await wait_until(lambda: len(context.service.running()) == 2)
        view.speak.click()
        await wait_until(lambda: context.service.running() == (first.id,))
        context.service.stop(first.id)
        await wait_until(lambda: not len(context.tasks))


async def test_the_style_element_of_the_earlier_model_is_not_sent_silently(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path, player=FakePlayer()) as context:
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        view.text.set_plain_text("<style>Happy</style>Good evening.")
        view.speak.click()
        assert view.takes_panel.model.takes() == () and "Nothing was sent" in view.notice.text()
        view.notice.action.click()
        await wait_until(lambda: view.speak.accessibleName() == "Speak" and not len(context.tasks))
        assert [take.text for take in view.takes_panel.model.takes()] == ["(Happy)Good evening."]
        assert view.notice.text() == ""
        view.text.set_plain_text("<style>Happy</style>Good evening.")
        view.text.lint.split_requested.emit()
        assert "Nothing was sent" in view.notice.text() and view.takes_panel.model.rowCount() == 1
        (made,) = view.takes_panel.model.takes()
        former = msgspec.structs.replace(made, id="former", text="<style>Sad</style>Bye.", created=made.created - 1)
        view.takes_panel.model.show_take(former)
        view.takes_panel.list.select_key("former")
        view.takes_panel.redo.click()
        assert view.takes_panel.model.rowCount() == 2
        view.notice.action.click()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 3 and not len(context.tasks))
        assert view.takes_panel.model.takes()[0].text == "(Sad)Bye."
