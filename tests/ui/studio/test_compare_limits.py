"""Takes that are deleted, missing, silent or too quiet: it is said, nothing breaks, and results are kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import msgspec
import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.comparison import Comparison
from app.ui.studio.view import StudioView
from app.ui.texts.comparison import verdict_explanation
from app.ui.widgets.notifications import Notification
from tests.plugins.demo_service import DemoService
from tests.ui.studio.compare_harness import CompareDesk, add_take, compare_desk, shown_studio
from tests.waiting import wait_until


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[StudioView]:
    with shown_studio(qtbot) as made:
        yield made


@pytest.fixture
async def desk(view: StudioView, demo_service: DemoService, tmp_path: Path) -> AsyncIterator[CompareDesk]:
    async with compare_desk(view, demo_service, tmp_path, (1.0, 1.2, 1.4)) as made:
        yield made


def notices(desk: CompareDesk) -> list[Notification]:
    told: list[Notification] = []
    desk.context.notifier.listen(told.append)
    return told


def results(desk: CompareDesk) -> list[Comparison]:
    return list(desk.context.comparisons.tests_of(desk.context.sessions.current.id, desk.takes[0].text))


async def test_a_deleted_take_leaves_the_rows_and_comes_back(desk: CompareDesk) -> None:
    told, service = notices(desk), desk.context.service
    room = desk.open()
    await desk.quiet()
    room.footer.play.click()
    await wait_until(lambda: desk.context.playback.playing)
    await service.delete(["take-3"])
    await desk.quiet()
    assert [index.data() for index in map(room.list.compared.index, range(2))] == [
        "Take 2 · 茉莉", "Take 1 · Grandpa Zhou",
    ]  # fmt: skip
    assert not desk.context.playback.playing and room.footer.keep.text() == "Keep take 2"
    await service.restore(desk.takes[:1])
    await desk.quiet()
    assert room.list.compared.index(0).data() == "Take 3 · 白桦" and room.list.compared.rowCount() == 3
    await service.delete(["take-3", "take-2"])
    await desk.quiet()
    assert desk.view.room is None and "fewer than two takes" in told[-1].text


async def test_a_blind_test_of_fewer_takes_is_a_new_one(desk: CompareDesk) -> None:
    """The running one lacks a take now. It goes on once that is back."""
    room = desk.open(blind=True)
    desk.hear_both()
    room.blind_page.tie.click()
    room.done.click()
    running = desk.context.comparisons.latest_of(["take-1", "take-2", "take-3"], is_test=True)
    desk.open()
    await desk.context.service.delete(["take-2"])
    room.blind.click()
    await desk.quiet()
    assert room.page == "blind" and room.blind_page._progress.text() == "0 of 8 answered"
    assert desk.context.comparisons.get(running.id) == running
    room.done.click()
    await desk.context.service.restore([take for take in desk.takes if take.id == "take-2"])
    assert desk.open(blind=True).blind_page._progress.text() == "1 of 12 answered"
    await desk.quiet()


async def test_a_result_whose_takes_are_gone_is_shown_and_plays_nothing(desk: CompareDesk) -> None:
    told = notices(desk)
    room = desk.open(blind=True)
    desk.hear_both()
    room.blind_page.prefer_a.click()
    room.footer.reveal.click()
    (test,) = results(desk)
    await desk.quiet()
    room.play_pressed.emit()
    await wait_until(lambda: desk.context.playback.playing)
    await desk.context.service.delete([take.id for take in desk.takes])
    await desk.quiet()
    assert room.page == "verdict" and not desk.context.playback.playing and not room.footer.keep.isEnabled()
    room.play_pressed.emit()
    room.flip_pressed.emit()
    room.blind.click()
    await desk.quiet()
    assert not desk.context.playback.playing and room.page == "verdict" and not room.blind.isChecked()
    assert "no blind test can begin" in told[-1].text and results(desk) == [test]
    assert room.verdict_page.verdict.text().endswith("neither was preferred to the other: not enough to call.")


async def test_further_pairs_that_were_not_answered_leave_the_verdict_standing(desk: CompareDesk) -> None:
    await desk.context.service.delete(["take-3"])
    room = desk.open(blind=True)
    for _ in range(8):
        desk.hear_both()
        room.blind_page.tie.click()
    room.footer.reveal.click()
    (before,) = results(desk)
    for leave in (room.blind, room.done):
        room.verdict_page.more.click()
        assert room.page == "blind" and results(desk) == []
        leave.click()
        (after,) = results(desk)
        assert msgspec.structs.replace(after, updated=before.updated) == before
        assert "early" not in verdict_explanation(after)
    await desk.quiet()


async def test_missing_audio_is_said_and_the_former_take_does_not_sound_in_its_place(desk: CompareDesk) -> None:
    told = notices(desk)
    desk.context.service.on_take.emit(msgspec.structs.replace(desk.takes[2], audio="0" * 64))
    room = desk.open()
    await desk.quiet()
    room.footer.play.click()
    await wait_until(lambda: desk.context.playback.playing)
    room.number_pressed.emit(3)
    await desk.quiet()
    assert not desk.context.playback.playing and told[-1].kind == "bad"
    room.number_pressed.emit(2)
    room.footer.play.click()
    await wait_until(lambda: desk.context.playback.playing and desk.context.playback.key == "take-2")


async def test_a_silent_and_a_barely_audible_take_are_named(desk: CompareDesk) -> None:
    silence = np.zeros(2_400, np.float32)
    await add_take(desk.context, 4, 0.1, silence, loudness=None, true_peak=-120.0)
    await add_take(desk.context, 5, 0.1, loudness=-69.0, true_peak=-60.0)
    await add_take(desk.context, 6, 0.2, rate=48_000, frames=9_600)
    room = desk.open()
    await desk.quiet()
    reason = room._reason.text()
    assert reason.startswith("4 of 6 play at −21 LUFS.") and "changed by 24 dB at most: take 5." in reason
    assert "Silent or not measured, and played as delivered: take 4." in reason
    rows = {index.data().split(" ")[1]: index for index in map(room.list.compared.index, range(6))}
    assert "+24.0 dB" in rows["5"].data(Qt.ItemDataRole.AccessibleTextRole)
    assert "dB" not in rows["4"].data(Qt.ItemDataRole.AccessibleTextRole)
    assert "200 ms" in rows["6"].data(Qt.ItemDataRole.AccessibleTextRole)
    room.list.grab()


async def test_a_take_without_sound_is_not_compared(desk: CompareDesk) -> None:
    await add_take(desk.context, 4, 0.1, frames=0, peaks=b"")
    assert desk.open().list.compared.rowCount() == 3
    await desk.quiet()


async def test_half_an_hour_is_drawn_in_the_width_of_the_room(desk: CompareDesk) -> None:
    take = msgspec.structs.replace(desk.takes[0], frames=24_000 * 1_800)
    desk.context.service.on_take.emit(take)
    room = desk.open()
    await asyncio.sleep(0)
    assert room.ruler.maximum() >= 1_800_000 and not room.grab().isNull()
    await desk.quiet()


async def test_an_earlier_comparison_opens_from_a_search_with_its_verdict(desk: CompareDesk) -> None:
    desk.view.text.set_plain_text("The ferry leaves at nine.")
    await desk.context.service.delete(["take-3"])
    room = desk.open(blind=True)
    for _ in range(8):
        desk.hear_both()
        room.blind_page.tie.click()
    room.footer.reveal.click()
    (test,) = results(desk)
    room.done.click()
    session = test.session
    desk.context.sessions.begin("Another session.")
    await desk.quiet()
    assert desk.view.room is None
    desk.view.comparison_wanted.emit(test.id)
    await wait_until(lambda: desk.view.room is room)
    assert room.page == "verdict" and desk.context.sessions.current.id == session
    room.done.click()
    told = notices(desk)
    await desk.context.service.delete(["take-1", "take-2"])
    desk.view.comparison_wanted.emit(test.id)
    await desk.quiet()
    assert desk.view.room is None and "were deleted" in told[-1].text
