"""The blind test: nothing gives a take away, answers are kept and taken back, and the verdict is honest."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Iterator
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.comparison import Comparison
from app.core.presentation_mask import PresentationMask
from app.services.speech.comparisons import Comparisons
from app.ui.studio.compare import result_export
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.view import StudioView
from app.ui.widgets.presentation_cover import presentation_cover
from tests.plugins.demo_service import DemoService
from tests.ui.studio.compare_harness import (
    RATE,
    CompareDesk,
    add_take,
    compare_desk,
    shown_studio,
    texts_of,
    told_by,
)
from tests.waiting import wait_until

GIVEAWAYS = (
    "白桦",
    "茉莉",
    "Grandpa",
    "Take 1",
    "Take 2",
    "take-1",
    "take-2",
    "LUFS",
    "softly",
    "1.0 s",
    "1.2 s",
    " dB",
)


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[StudioView]:
    with shown_studio(qtbot) as made:
        yield made


@pytest.fixture
async def desk(view: StudioView, demo_service: DemoService, tmp_path: Path) -> AsyncIterator[CompareDesk]:
    async with compare_desk(view, demo_service, tmp_path, (1.0, 1.2)) as made:
        yield made


def stored(desk: CompareDesk) -> Comparison:
    """The blind test as the service has it."""
    found = desk.context.comparisons.latest_of([take.id for take in desk.takes], is_test=True)
    assert found is not None
    return found


def prefer(desk: CompareDesk, room: CompareRoom, take_id: str) -> None:
    """Answer the pair in favour of a take, whichever side it is on."""
    test = stored(desk)
    assert test.pair is not None
    desk.hear_both()
    is_a = test.takes[test.pair.a].id == take_id
    (room.blind_page.prefer_a if is_a else room.blind_page.prefer_b).click()


async def test_nothing_in_the_room_gives_a_take_away(desk: CompareDesk) -> None:
    room = desk.open()
    await desk.quiet()
    assert any("Take 2" in text for text in told_by(room))
    room.footer.play.click()
    room.blind.click()
    await desk.quiet()
    for _ in range(2):
        room.play_pressed.emit()
        await wait_until(lambda: desk.context.playback.playing)
        desk.player.heard = RATE // 2
        everything = "\n".join((*told_by(room), *told_by(desk.side), desk.view.window().windowTitle()))
        told = [text for text in everything.splitlines() if any(word in text for word in GIVEAWAYS)]
        assert told == []
        assert room.blind_page.cards["a"].state.text() != room.blind_page.cards["b"].state.text()
        desk.hear_both()
        room.blind_page.tie.click()
        await desk.quiet()
    assert desk.context.playback.key not in [take.id for take in desk.takes]


async def test_nothing_outside_the_room_tells_which_take_plays(desk: CompareDesk) -> None:
    """The whole studio, hidden lists and the other player included, tells the same while A plays and while B does."""
    room = desk.open(blind=True)
    await desk.quiet()
    outside: list[list[str]] = []
    for side in ("a", "b"):
        room.blind_page.cards[side].play.click()  # type: ignore[index]
        await wait_until(lambda side=side: "playing" in room.blind_page.cards[side].state.text())  # type: ignore[misc]
        inside = {id(part) for part in (room, *room.findChildren(QWidget))}
        parts = [part for part in desk.view.findChildren(QWidget) if id(part) not in inside]
        outside.append([text for part in parts for text in texts_of(part)])
    assert outside[0] == outside[1]


async def test_keys_answer_flip_and_play(desk: CompareDesk, qtbot: QtBot) -> None:
    room = desk.open(blind=True)
    await desk.quiet()
    page, focus = room.blind_page, room.blind_page.cards["a"].play
    assert focus.hasFocus() and page.cards["a"].state.text() == "not heard yet"
    qtbot.keyClick(focus, Qt.Key.Key_Space)
    await wait_until(lambda: page.cards["a"].state.text().startswith("playing"))
    desk.player.heard = RATE // 2
    first = desk.context.playback.key
    qtbot.keyClick(focus, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    await wait_until(lambda: page.cards["b"].state.text() == "playing, 0:00.5 in")
    assert page.cards["a"].state.text() == "heard once" and desk.context.playback.key != first
    assert page.tie.isEnabled()
    for key, choice in ((Qt.Key.Key_Left, "a"), (Qt.Key.Key_Down, "tie"), (Qt.Key.Key_Right, "b")):
        if choice != "a":
            desk.hear_both()
        qtbot.keyClick(focus, key)
        assert stored(desk).answers[-1].choice == choice
    answer = stored(desk).answers[0]
    assert (answer.heard_first, answer.times_a, answer.times_b) == ("a", 1, 1)
    assert room.footer.undo_answer.accessibleName() == "Undo answer"
    room.footer.undo_answer.click()
    assert [answer.choice for answer in stored(desk).answers] == ["a", "tie"]
    assert "Pair 3 of 8" in page._step.text() and page._progress.text() == "2 of 8 answered"
    await desk.quiet()


async def test_a_pair_is_answered_only_after_both_sides_were_heard(desk: CompareDesk, qtbot: QtBot) -> None:
    room = desk.open(blind=True)
    await desk.quiet()
    page, focus = room.blind_page, room.blind_page.cards["a"].play
    for heard in ("", "a"):
        if heard:
            qtbot.keyClick(focus, Qt.Key.Key_Space)
            await wait_until(lambda: page.cards["a"].state.text().startswith("playing"))
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right):
            qtbot.keyClick(focus, key)
        assert stored(desk).answers == ()
        for button in (page.prefer_a, page.tie, page.prefer_b):
            assert not button.isEnabled() and button.accessibleDescription() == "Hear A and B before you answer."
        assert page._step.text() == "Pair 1 of 8. Hear A and B before you answer."
    qtbot.keyClick(focus, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    await wait_until(lambda: page.tie.isEnabled())
    assert page._step.text() == "Pair 1 of 8. Flip as often as you like." and page.tie.toolTip() == ""
    await desk.quiet()


async def test_answers_have_equal_weight_and_reveal_comes_last(desk: CompareDesk) -> None:
    room = desk.open(blind=True)
    await desk.quiet()
    page, reveal = room.blind_page, room.footer.reveal
    assert page.prefer_a.look() == page.prefer_b.look() == page.tie.look()
    assert not reveal.isEnabled() and not room.footer.keep.isVisible() and not room.rating.isEnabled()
    for _ in range(8):
        assert reveal.look().ink != "on_accent"
        desk.hear_both()
        page.prefer_a.click()
    assert reveal.look().ink == "on_accent" and reveal.hasFocus() and not page.tie.isEnabled()
    assert page.prefer_a.accessibleName() or page.prefer_a.text() == "Prefer A"
    await desk.quiet()


async def test_the_verdict_says_what_was_found(desk: CompareDesk) -> None:
    room = desk.open(blind=True)
    await desk.quiet()
    for winner in (1, 1, 2, 1, 1, 1, 2, 1):
        prefer(desk, room, f"take-{winner}")
    room.footer.reveal.click()
    await desk.quiet()
    page = room.verdict_page
    assert page.verdict.text() == "Take 1 was preferred in 6 of 8: not enough to call."
    assert page.verdict.accessibleName() == f"Verdict: {page.verdict.text()}"
    assert "29 of 100" in page._explanation.text() and "before both takes were heard" not in page._explanation.text()
    assert "28.9 %" in page._caption.text() and page._ties.text().startswith("No ties.")
    assert "13 of 16 would be enough (under 3 %" in page._more_text.text()
    assert page._table.accessibleDescription().count("preferred") == 8
    assert room.footer.keep.text() == "Keep take 1"
    assert room.focusWidget() is page._cards[0].play, "Space plays the winner"
    room.footer.keep.click()
    await desk.quiet()
    assert stored(desk).kept == "take-1" and desk.view.takes_panel.model.take("take-1").stars == 1
    room.play_pressed.emit()
    await wait_until(lambda: desk.context.playback.key == "take-1" and desk.context.playback.playing)
    room.flip_pressed.emit()
    await wait_until(lambda: desk.context.playback.key == "take-2")


async def test_more_pairs_are_heard_blind_and_counted(desk: CompareDesk) -> None:
    room = desk.open(blind=True)
    for winner in (1, 1, 2, 1, 1, 1, 2, 1):
        prefer(desk, room, f"take-{winner}")
    room.footer.reveal.click()
    assert room.verdict_page.more.accessibleName() == "Hear more pairs"
    room.verdict_page.more.click()
    await desk.quiet()
    assert room.page == "blind" and [word for word in GIVEAWAYS if word in "\n".join(told_by(room.blind_page))] == []
    assert not room.footer.undo_answer.isEnabled(), "what led to the first verdict stays"
    for winner in (1, 1, 1, 1, 2, 1, 1, 1):
        prefer(desk, room, f"take-{winner}")
    room.footer.reveal.click()
    await desk.quiet()
    page = room.verdict_page
    assert page.verdict.text() == "Take 1 was preferred in 13 of 16: a clear result."
    assert "Both looks are counted in." in page._explanation.text() and "2.6 %" in page._caption.text()
    assert not page.more.isEnabled()


async def test_a_test_goes_on_after_a_restart(desk: CompareDesk) -> None:
    room = desk.open(blind=True)
    for _ in range(3):
        desk.hear_both()
        room.blind_page.prefer_b.click()
    room.done.click()
    await desk.quiet()
    before = stored(desk)
    fresh = Comparisons(desk.context.comparisons._store, desk.context.tasks)
    await fresh.load()
    assert fresh.latest_of(["take-1", "take-2"], is_test=True) == before
    again = desk.open(blind=True)
    assert again.blind_page._progress.text() == "3 of 8 answered" and stored(desk) == before
    await desk.quiet()


async def test_switching_blind_off_ends_the_test_and_says_so(desk: CompareDesk) -> None:
    room = desk.open(blind=True)
    room.blind.click()
    await desk.quiet()
    assert room.page == "takes" and desk.context.comparisons.latest_of(["take-1", "take-2"], is_test=True) is None
    room.blind.click()
    prefer(desk, room, "take-2")
    room.blind.click()
    await desk.quiet()
    assert room.page == "verdict" and "ended early, after 1 of 8 pairs" in room.verdict_page._explanation.text()


async def test_tests_of_the_line_are_listed_shown_and_deleted_with_undo(desk: CompareDesk) -> None:
    told = []
    desk.context.notifier.listen(told.append)
    room = desk.open(blind=True)
    for winner in ("take-1", "take-2"):
        for _ in range(8):
            prefer(desk, room, winner)
        room.footer.reveal.click()
        if winner == "take-1":
            room.blind.click()
    await desk.quiet()
    side = desk.side
    rows = [side._model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(side._model.rowCount())]
    assert len(rows) == 2 and all(row.startswith("Take 2 and take 1") for row in rows)
    assert "8 to 0" in rows[0] and "0 to 8" in rows[1]
    side.tests.select_key(side._model.rows()[1].key)
    side.tests.row_selected.emit(side._model.rows()[1].key)
    await desk.quiet()
    assert room.verdict_page.verdict.text() == "Take 1 was preferred in 8 of 8: a clear result."
    side.delete.click()
    await desk.quiet()
    assert side._model.rowCount() == 1 and room.verdict_page.verdict.text().startswith("Take 2")
    told[-1].undo()
    await desk.quiet()
    assert side._model.rowCount() == 2


async def test_a_deleted_take_leaves_the_result(desk: CompareDesk) -> None:
    room = desk.open(blind=True)
    for _ in range(8):
        prefer(desk, room, "take-1")
    room.footer.reveal.click()
    await desk.context.service.delete(["take-1"])
    await desk.quiet()
    assert room.verdict_page.verdict.text().startswith("Take 1 was preferred in 8 of 8")
    assert "this take was deleted" in "\n".join(told_by(room.verdict_page))
    assert not room.footer.keep.isEnabled() and not room.verdict_page.more.isEnabled()


async def test_a_take_deleted_during_the_test_closes_it(desk: CompareDesk) -> None:
    told = []
    desk.context.notifier.listen(told.append)
    room = desk.open(blind=True)
    desk.hear_both()
    room.blind_page.tie.click()
    await desk.context.service.delete(["take-1"])
    await desk.quiet()
    assert desk.view.room is None and "goes on" in told[-1].text
    assert not any(word in told[-1].text for word in GIVEAWAYS)
    await desk.context.service.restore(desk.takes)
    again = desk.open(blind=True)
    assert again is room and room.blind_page._progress.text() == "1 of 8 answered"
    await desk.quiet()


async def test_several_takes_have_a_row_each(desk: CompareDesk) -> None:
    await add_take(desk.context, 3, 0.5)
    room = desk.open(blind=True)
    await desk.quiet()
    rest = [badge.text() for badge in room.blind_page._letters if not badge.isHidden()]
    assert rest == ["A", "B", "C"] and room.blind_page._rest_caption.text().startswith("C rests")
    test = desk.context.comparisons.latest_of(["take-1", "take-2", "take-3"], is_test=True)
    assert test is not None
    for pair in test.pairs:
        ids = [test.takes[pair.a].id, test.takes[pair.b].id]
        desk.hear_both()
        (room.blind_page.prefer_a if min(ids) == ids[0] else room.blind_page.prefer_b).click()
    room.footer.reveal.click()
    await desk.quiet()
    words = told_by(room.verdict_page)
    assert room.verdict_page.verdict.text() == "Take 1 was preferred to take 2 in 4 of 4: not enough to call."
    assert [words.count(f"of {n} pairs") > 0 for n in (8,)] == [True] and len(room.verdict_page._cards) == 3
    room.verdict_page._cards[2].play.click()
    await wait_until(lambda: desk.context.playback.key == "take-3" and desk.context.playback.playing)


async def test_the_result_is_exported_and_masked(
    desk: CompareDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "result.csv"

    async def chosen(*_given: object) -> Path:
        return path

    monkeypatch.setattr(result_export, "ask_to_save", chosen)
    room = desk.open(blind=True)
    for _ in range(8):
        prefer(desk, room, "take-1")
    room.footer.reveal.click()
    presentation_cover().set_mask(PresentationMask(names=["Grandpa"]))
    try:
        room.footer.export.click()
        await desk.quiet()
        shown = "\n".join((*told_by(room), *told_by(desk.side)))
    finally:
        presentation_cover().set_mask(None)
    rows = list(csv.DictReader(StringIO(path.read_text("utf-8-sig"), newline="")))
    assert (
        len(rows) == 11
        and "Grandpa" not in path.read_text("utf-8-sig")
        and "●●●●" in rows[0]["voice_a"] + rows[0]["voice_b"]
    )
    visible = [text for text in shown.splitlines() if "Grandpa" in text]
    assert visible == []
