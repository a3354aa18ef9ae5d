"""The compare room with names: by keys, by the accessibility tree, at equal loudness, with ratings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.services.speech.loudness_matching import matching
from app.ui.studio.compare import result_export
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notification
from tests.plugins.demo_service import DemoService
from tests.ui.studio.compare_harness import RATE, CompareDesk, add_take, compare_desk, shown_studio
from tests.waiting import wait_until


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[StudioView]:
    with shown_studio(qtbot) as made:
        yield made


@pytest.fixture
async def desk(view: StudioView, demo_service: DemoService, tmp_path: Path) -> AsyncIterator[CompareDesk]:
    async with compare_desk(view, demo_service, tmp_path, (1.0, 1.2, 1.4)) as made:
        yield made


def heard(desk: CompareDesk) -> list[Notification]:
    told: list[Notification] = []
    desk.context.notifier.listen(told.append)
    return told


async def test_keys_play_switch_flip_and_star(desk: CompareDesk, qtbot: QtBot) -> None:
    room = desk.open()
    await desk.quiet()
    playback, keys = desk.context.playback, room.list
    assert keys.hasFocus() and keys.selected_key() == "take-3"
    qtbot.keyClick(keys, Qt.Key.Key_Space)
    await wait_until(lambda: playback.playing and playback.key == "take-3")
    desk.player.heard = RATE // 2
    qtbot.keyClick(keys, Qt.Key.Key_Down)
    await wait_until(lambda: playback.key == "take-2")
    assert playback.playing and playback.position == 500 and desk.player.heard == RATE // 2, "at the same spot"
    qtbot.keyClick(keys, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    await wait_until(lambda: playback.key == "take-3")
    assert keys.selected_key() == "take-3" and playback.position == 500
    qtbot.keyClick(keys, Qt.Key.Key_3)
    await wait_until(lambda: playback.key == "take-1")
    room.footer.flip.click()
    await wait_until(lambda: playback.key == "take-3")
    qtbot.keyClick(keys, Qt.Key.Key_Space)
    assert not playback.playing
    qtbot.keyClick(keys, Qt.Key.Key_2)
    await wait_until(lambda: playback.key == "take-2")
    assert not playback.playing and playback.position == 500, "paused, it stays paused at the spot"
    qtbot.keyClick(keys, Qt.Key.Key_S)
    await desk.quiet()
    assert [take.stars for take in desk.view.takes_panel.model.takes()] == [0, 1, 0]
    qtbot.keyClick(room.footer.play, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    await wait_until(lambda: playback.key == "take-3")
    assert not playback.playing, "Shift+Space flips, wherever the focus is"


async def test_beyond_the_end_of_a_shorter_take_it_begins_at_the_start(desk: CompareDesk) -> None:
    room = desk.open()
    await desk.quiet()
    room.footer.play.click()
    desk.player.heard = round(1.3 * RATE)
    room.number_pressed.emit(3)
    await wait_until(lambda: desk.context.playback.key == "take-1")
    assert desk.player.heard == 0 and desk.context.playback.playing


async def test_the_tree_selects_seeks_and_tells(desk: CompareDesk) -> None:
    room = desk.open()
    await desk.quiet()
    index = room.list.compared.index(1)
    text = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert text.startswith("2, Take 2 · 茉莉, 1.2 s") and "−23.0 LUFS" in text and "+2.0 dB" in text
    # What an assistive tool does to a row: it changes the selection, and nothing else.
    room.list.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    await wait_until(lambda: desk.context.playback.key == "take-2")
    QAccessible.queryAccessibleInterface(room.ruler).valueInterface().setCurrentValue(700)
    assert desk.context.playback.position == 700 and room.list.position == 700
    room.footer.play.click()
    await wait_until(lambda: room.footer.play.accessibleName() == "Pause")
    names = {child.accessibleName() for child in room.findChildren(object) if hasattr(child, "accessibleName")}
    texts = {button.text() for button in (room.footer.flip, room.done, room.as_delivered, room.footer.export)}
    assert names >= {"Compared takes", "Equal loudness", "Position", "Volume", "Speed", "Keep take", "Undo answer"}
    assert names >= {"Rating", "Hear more pairs"}
    assert texts == {"Flip", "Done", "Play as delivered", "Export result"}


async def test_equal_loudness_is_on_and_says_why(desk: CompareDesk) -> None:
    desk.view.takes_panel.equal_loudness.setChecked(False)
    room = desk.open()
    await desk.quiet()
    assert room.equal_loudness.isChecked(), "a comparison begins fair, whatever the list is set to"
    expected = matching(desk.takes)
    gains: list[float] = []
    desk.player.change = lambda **how: gains.append(how.get("gain_db"))  # type: ignore[method-assign]
    room.footer.play.click()
    room.as_delivered.click()
    assert not room.equal_loudness.isChecked() and gains[-1] == 0.0
    assert "as delivered" in room._reason.text()
    room.equal_loudness.click()
    assert gains[-1] == pytest.approx(expected.gains["take-3"]) and not room.as_delivered.isChecked()


async def test_a_peak_at_the_ceiling_lowers_all_and_the_sentence_says_which(desk: CompareDesk) -> None:
    await add_take(desk.context, 4, 1.0, loudness=-26.0, true_peak=-4.8)
    room = desk.open()
    await desk.quiet()
    assert "All 4 play 1.2 dB lower together, so that take 4 keeps its peaks below −1 dBTP." in room._reason.text()


async def test_ratings_are_off_until_asked_for_and_kept(desk: CompareDesk) -> None:
    room = desk.open()
    await desk.quiet()
    assert not room.list.rating.isVisible() and not room.footer.export.isVisible()
    room.rating.click()
    await wait_until(room.list.rating.isVisible)
    slider = QAccessible.queryAccessibleInterface(room.list.rating).valueInterface()
    assert slider.currentValue() == -1
    slider.setCurrentValue(78)
    room.number_pressed.emit(2)
    assert room.list.rating.rating() is None, "another take has a rating of its own"
    slider.setCurrentValue(0)
    text = room.list.compared.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert text.endswith(", 78")
    assert room.list.compared.index(2).data(Qt.ItemDataRole.AccessibleTextRole).endswith(", –")
    await desk.quiet()
    room.done.click()
    assert desk.view.room is None and desk.view.takes_panel.isVisible()
    again = desk.open()
    assert again.rating.isChecked() and again.list.rating.rating() == 78
    (stored,) = await desk.context.comparisons._store.listed()
    assert [take.rating for take in stored.takes] == [78, 0, None]


async def test_keeping_gives_a_star_or_a_voice_and_can_be_undone(desk: CompareDesk) -> None:
    told = heard(desk)
    room = desk.open()
    await desk.quiet()
    room.number_pressed.emit(2)
    assert room.footer.keep.text() == "Keep take 2" and room.footer.keep.accessibleName() == "Keep take"
    room.footer.keep.click()
    await desk.quiet()
    assert desk.view.takes_panel.model.take("take-2").stars == 1 and "Take 2" in told[-1].text
    assert told[-1].undo is not None
    told[-1].undo()
    await desk.quiet()
    assert desk.view.takes_panel.model.take("take-2").stars == 0
    room.footer.keep_voice.click()
    await desk.quiet()
    assert [voice.take for voice in desk.context.library.voices] == ["take-2"]


async def test_escape_another_session_and_deletion_leave_the_room(desk: CompareDesk, qtbot: QtBot) -> None:
    room = desk.open()
    await desk.quiet()
    room.footer.play.click()
    qtbot.keyClick(room.list, Qt.Key.Key_Escape)
    assert desk.view.room is None and not desk.context.playback.playing
    assert desk.open() is room
    await desk.context.service.delete(["take-1"])
    assert desk.view.room is room and room.list.compared.rowCount() == 2
    await desk.context.service.delete(["take-2"])
    assert desk.view.room is None
    told = heard(desk)
    desk.view.takes_panel.compare.click()
    assert desk.view.room is None and "two to nine" in told[-1].text


async def test_what_is_compared(desk: CompareDesk) -> None:
    """The takes with a star, else those with the text of the selected one; at most nine, and that is said."""
    await desk.context.service.annotate("take-1", stars=1)
    await desk.context.service.annotate("take-2", stars=1)
    room = desk.open()
    assert room.list.compared.rowCount() == 2
    room.done.click()
    await desk.context.service.annotate("take-1", stars=0)
    for number in range(4, 12):
        await add_take(desk.context, number, 0.2)
    await add_take(desk.context, 12, 0.2, text="Another line.")
    told = heard(desk)
    desk.view.takes_panel.list.select_key("take-11")
    assert desk.open().list.compared.rowCount() == 9
    assert "Nine takes" in told[-1].text
    await desk.quiet()


async def test_what_differs_is_named(desk: CompareDesk) -> None:
    desk.open()
    texts = [label.text() for label in desk.side.findChildren(object) if hasattr(label, "text") and label.isVisible()]
    assert "text and model are the same" in texts and "softly" in texts
    await desk.quiet()


async def test_ratings_are_exported(desk: CompareDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ratings.csv"

    async def chosen(*_given: object) -> Path:
        return path

    monkeypatch.setattr(result_export, "ask_to_save", chosen)
    room = desk.open()
    room.rating.click()
    room.list.rating.setValue(50)
    room.footer.export.click()
    await desk.quiet()
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\r\n") == 4
    assert "take,,,,,,,,,,,,,,3,白桦,softly".encode() in content and b",50," in content


async def test_a_small_window_holds_the_room(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    small = StudioView(Settings())
    qtbot.addWidget(small)
    small.resize(884, 578)
    small.show()
    async with compare_desk(small, demo_service, tmp_path, (1.0, 1.2)) as desk:
        for blind in (False, True):
            room = desk.open(blind=blind)
            await desk.quiet()
            assert small.size().toTuple() == (884, 578)
            shown = (room.footer.reveal, room.blind_page.tie) if blind else (room.footer.keep, room.list)
            assert all(part.isVisible() for part in (*shown, room.done, room.footer.flip))
            assert all(room.rect().contains(part.mapTo(room, part.rect().bottomRight())) for part in shown)
            room.done.click()
