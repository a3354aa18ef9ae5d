"""Keys and clicks in the compare room: what plays, what seeks, where the focus goes, and one player for all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.comparison import Comparison
from app.core.settings import VOLUME
from app.ui.studio.commands import add_studio_commands
from app.ui.studio.view import StudioView
from app.ui.window import Window
from tests.plugins.demo_service import DemoService
from tests.ui.studio.compare_harness import RATE, CompareDesk, compare_desk, shown_studio
from tests.waiting import wait_until


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[StudioView]:
    with shown_studio(qtbot) as made:
        yield made


@pytest.fixture
async def desk(view: StudioView, demo_service: DemoService, tmp_path: Path) -> AsyncIterator[CompareDesk]:
    async with compare_desk(view, demo_service, tmp_path, (3.0, 3.2)) as made:
        yield made


def hold(widget: QWidget, key: Qt.Key, repeats: int = 5) -> None:
    """Press a key and keep it down, so that the keyboard repeats it, then let it go."""
    plain = Qt.KeyboardModifier.NoModifier
    for repeat in range(repeats):
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, plain, "", repeat > 0))
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyRelease, key, plain))


def a_test(desk: CompareDesk) -> Comparison:
    found = desk.context.comparisons.latest_of([take.id for take in desk.takes], is_test=True)
    assert found is not None
    return found


async def test_a_held_space_plays_once_and_arrows_seek(desk: CompareDesk, qtbot: QtBot) -> None:
    room, playback = desk.open(), desk.context.playback
    await desk.quiet()
    hold(room.list, Qt.Key.Key_Space)
    await wait_until(lambda: playback.playing)
    desk.player.heard = RATE
    qtbot.keyClick(room.list, Qt.Key.Key_Right)
    assert playback.position == 2_000 and playback.playing
    for _ in range(3):
        qtbot.keyClick(room.list, Qt.Key.Key_Left)
    assert playback.position == 0, "not before the start"
    for _ in range(5):
        qtbot.keyClick(room.list, Qt.Key.Key_Right)
    assert playback.position == 3_200, "not beyond the end"


async def test_a_click_leaves_space_to_the_player(desk: CompareDesk, qtbot: QtBot) -> None:
    """A chip or a button that was clicked is not pressed again by the Space that is meant to play."""
    room, playback = desk.open(), desk.context.playback
    await desk.quiet()
    for button in (room.equal_loudness, room.footer.flip, room.footer.loop):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        await desk.quiet()
        assert room.list.hasFocus()
        was_playing = playback.playing
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        await wait_until(lambda was_playing=was_playing: playback.playing is not was_playing)
    assert not room.equal_loudness.isChecked() and room.footer.loop.isChecked()
    desk.view.text.text.setFocus()
    qtbot.mouseClick(room.footer.flip, Qt.MouseButton.LeftButton)
    assert room.list.hasFocus(), "from outside, a click brings the keyboard into the room"
    await desk.quiet()
    # Who reaches a button by Tab presses it with Space, and nothing else happens.
    current, was_playing = playback.key, playback.playing
    room.footer.flip.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(room.footer.flip, Qt.Key.Key_Space)
    await wait_until(lambda: playback.key != current)
    assert playback.playing is was_playing


async def test_blind_space_follows_what_plays_and_a_held_answer_counts_once(desk: CompareDesk, qtbot: QtBot) -> None:
    room, playback = desk.open(blind=True), desk.context.playback
    await desk.quiet()
    cards = room.blind_page.cards
    qtbot.keyClick(cards["a"].play, Qt.Key.Key_Space)
    await wait_until(lambda: playback.playing)
    qtbot.keyClick(cards["a"].play, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert cards["b"].play.hasFocus(), "Space pauses B now"
    await desk.quiet()
    qtbot.keyClick(cards["b"].play, Qt.Key.Key_Space)
    assert not playback.playing and cards["b"].state.text() == "heard once"
    assert all(not shortcut.autoRepeat() for shortcut in room._answer_keys), "or a held key would answer every pair"
    qtbot.keyClick(cards["b"].play, Qt.Key.Key_Down)
    assert len(a_test(desk).answers) == 1 and cards["a"].play.hasFocus()
    qtbot.keyClick(cards["a"].play, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not a_test(desk).answers, "Undo takes the answer back"
    await desk.quiet()


async def test_volume_speed_and_loop_agree_with_the_player_of_the_desk(desk: CompareDesk) -> None:
    player, playback = desk.view.takes_panel.player, desk.context.playback
    player.volume.setValue(30)
    player.speed.setValue(1.25)
    footer = desk.open().footer
    assert (footer.volume.value(), footer.speed.value(), footer.loop.isChecked()) == (30, 1.25, False)
    footer.volume.setValue(80)
    footer.speed.setValue(0.75)
    footer.loop.click()
    assert (player.volume.value(), player.speed.value(), player.loop.isChecked()) == (80, 0.75, True)
    assert (playback.volume, playback.speed, playback.loop) == (80, 0.75, True)
    assert desk.context.settings.get(VOLUME) == 80, "also after a restart"
    player.volume.setValue(55)
    assert footer.volume.value() == 55
    await desk.quiet()


async def test_leaving_gives_the_desk_its_player_back(desk: CompareDesk) -> None:
    """What was loaded before is ready where it was, at its own gain, and nothing sounds."""
    panel, playback = desk.view.takes_panel, desk.context.playback
    panel.list.select_key("take-1")
    panel.list.row_selected.emit("take-1")
    panel.player.play.click()
    await wait_until(lambda: playback.playing and playback.key == "take-1")
    desk.player.heard = RATE
    room = desk.open()
    await desk.quiet()
    assert not playback.playing and room.ruler.value() == 0
    room.footer.play.click()
    await wait_until(lambda: playback.playing and playback.key == "take-2")
    room.done.click()
    assert not playback.playing and desk.player.state.status == "idle"
    assert playback.key == panel.player.shown_id == "take-1" and panel.player.position_ms == 1_000
    panel.player.play.click()
    await wait_until(lambda: playback.playing)
    assert playback.key == "take-1" and playback.position == 1_000
    desk.open()
    await desk.quiet()
    playback.forget("take-1")
    room.done.click()
    assert playback.key == "", "what was deleted meanwhile is not loaded again"


async def test_a_room_left_while_a_take_is_read_stays_silent(desk: CompareDesk) -> None:
    room = desk.open()
    room.footer.play.click()
    room.done.click()
    await desk.quiet()
    assert not desk.context.playback.playing and desk.context.playback.key == ""


async def test_a_lost_device_pauses_at_the_spot_and_playing_goes_on(desk: CompareDesk) -> None:
    room, playback = desk.open(), desk.context.playback
    await desk.quiet()
    room.footer.play.click()
    await wait_until(lambda: playback.playing)
    desk.player.heard = RATE
    desk.player.lose_device()
    assert room.footer.play.accessibleName() == "Play" and room.list.position == 1_000
    room.footer.flip.click()
    await wait_until(lambda: playback.key == "take-1")
    room.play_pressed.emit()
    await wait_until(lambda: playback.playing)
    assert playback.key == "take-1" and playback.position == 1_000


async def test_no_command_acts_on_the_hidden_list_of_takes(desk: CompareDesk) -> None:
    """In a blind test the palette would play the take that is selected behind the room, by its name."""
    offered: dict[str, Callable[[], bool]] = {}
    window = SimpleNamespace(add_command=lambda key, *_given, **how: offered.__setitem__(key, how["enabled"]))
    add_studio_commands(cast(Window, window), desk.view)
    desk.view.takes_panel.list.select_key("take-1")
    desk.view.takes_panel.list.row_selected.emit("take-1")
    keys = ("take-play", "take-star", "take-delete", "takes-blind")
    assert [offered[key]() for key in keys] == [True] * 4
    room = desk.open(blind=True)
    assert [offered[key]() for key in keys] == [False] * 4
    room.done.click()
    assert [offered[key]() for key in keys] == [True] * 4
    await desk.quiet()
