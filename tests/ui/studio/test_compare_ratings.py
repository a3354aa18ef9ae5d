"""Ratings are typed, dragged and taken back; nothing half-typed is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.ui.studio.compare import rating
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.view import StudioView
from tests.plugins.demo_service import DemoService
from tests.ui.studio.compare_harness import CompareDesk, compare_desk, shown_studio
from tests.waiting import wait_until


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[StudioView]:
    with shown_studio(qtbot) as made:
        yield made


@pytest.fixture
async def desk(view: StudioView, demo_service: DemoService, tmp_path: Path) -> AsyncIterator[CompareDesk]:
    async with compare_desk(view, demo_service, tmp_path, (1.0, 1.2, 1.4)) as made:
        yield made


def ratings(desk: CompareDesk) -> list[int | None]:
    """Of takes 3, 2 and 1, as the service has them."""
    found = desk.context.comparisons.latest_of(["take-1", "take-2", "take-3"], is_test=False)
    return [take.rating for take in found.takes] if found is not None else []


def rating_room(desk: CompareDesk) -> CompareRoom:
    room = desk.open()
    room.rating.click()
    room.list.rating.setFocus(Qt.FocusReason.TabFocusReason)
    return room


async def test_digits_rate_and_a_half_typed_number_is_not_lost(
    desk: CompareDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusals: list[str] = []
    monkeypatch.setattr(rating, "QToolTip", SimpleNamespace(showText=lambda _where, text, _on: refusals.append(text)))
    room = rating_room(desk)
    slider = room.list.rating
    qtbot.keyClicks(slider, "78")
    assert slider.typed == "78" and ratings(desk) == [], "typing is not answered at each digit"
    qtbot.keyClick(slider, Qt.Key.Key_Return)
    assert ratings(desk) == [78, None, None]
    qtbot.keyClicks(slider, "9")
    room.number_pressed.emit(2)
    assert ratings(desk) == [9, None, None], "used for the take it was typed for"
    qtbot.keyClicks(slider, "64")
    room.list.setFocus()
    assert ratings(desk) == [9, 64, None]
    slider.setFocus()
    qtbot.keyClicks(slider, "1000")
    assert slider.typed == "100" and refusals == ["A rating is a number from 0 to 100."]
    slider._pause.timeout.emit()
    assert ratings(desk) == [9, 100, None]
    qtbot.keyClicks(slider, "55")
    qtbot.keyClick(slider, Qt.Key.Key_Backspace)
    qtbot.keyClick(slider, Qt.Key.Key_Escape)
    assert slider.typed == "" and ratings(desk) == [9, 100, None] and desk.view.room is room
    qtbot.keyClicks(slider, "31")
    room.done.click()
    await desk.quiet()
    assert ratings(desk) == [9, 31, None]
    (stored,) = await desk.context.comparisons._store.listed()
    assert [take.rating for take in stored.takes] == [9, 31, None]


async def test_assistive_tools_find_the_slider(desk: CompareDesk) -> None:
    """The tree below the page has it, unlike what lies in a list."""
    page = QAccessible.queryAccessibleInterface(rating_room(desk).takes_page)
    names = [page.child(place).text(QAccessible.Text.Name) for place in range(page.childCount())]
    assert {"Compared takes", "Rating"} <= set(names)
    await desk.quiet()


async def test_undo_takes_ratings_back_one_by_one(desk: CompareDesk, qtbot: QtBot) -> None:
    room = rating_room(desk)
    slider = room.list.rating
    slider.setValue(40)
    slider.setSliderDown(True)
    for value in (41, 45, 52):
        slider.setSliderPosition(value)
    slider.setSliderDown(False)
    room.number_pressed.emit(2)
    slider.setValue(70)
    undone = []
    for _ in range(3):
        qtbot.keyClick(slider, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        undone.append(ratings(desk)[:2])
    assert undone == [[52, None], [40, None], [None, None]], "a knob that was dragged is one step"
    assert not room.can_undo()
    await desk.quiet()


async def test_keeping_is_noted_also_when_the_room_is_left_and_undone(desk: CompareDesk) -> None:
    told = []
    desk.context.notifier.listen(told.append)
    room = rating_room(desk)
    room.list.rating.setValue(90)
    room.footer.keep.click()
    room.done.click()
    await desk.quiet()

    def kept() -> str:
        found = desk.context.comparisons.latest_of(["take-1", "take-2", "take-3"], is_test=False)
        return found.kept if found is not None else "?"

    await wait_until(lambda: kept() == "take-3")
    told[-1].undo()
    await desk.quiet()
    assert kept() == ""
