"""The parts of a take in the studio: listed, played from, and spoken again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.presentation_mask import PresentationMask
from app.core.settings import Settings
from app.core.tags import in_parts
from app.core.takes import Take, TakePart, VoiceSnapshot
from app.services.speech.playback import Playback
from app.ui.studio import speaking
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.widgets.presentation_cover import presentation_cover
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.waiting import wait_until

VOICE = VoiceSnapshot("builtin", "Mia", "Mia")
TEXT = "The ferry leaves. Nobody waits."
PARTED = Take(
    "t", VOICE, "one two three", state="cut", error="bad-request", frames=48_000, audio="0" * 64, number=1,
    parts=(
        TakePart("One of them.", 0, 24_000), TakePart("Two.", 24_000, 0, "bad-request", take="x"),
        TakePart("Three.", 24_000, 24_000),
    ),
)  # fmt: skip


@pytest.fixture
def view(qtbot: QtBot) -> StudioView:
    made = StudioView(Settings())
    qtbot.addWidget(made)
    made.resize(1360, 860)
    made.show()
    return made


@pytest.fixture
def short_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaking, "in_parts", lambda text: in_parts(text, 20))


@asynccontextmanager
async def studio(view: StudioView, demo_service: DemoService, folder: Path) -> AsyncIterator[Any]:
    async with speech_context(demo_service, folder) as original:
        context = original._replace(playback=Playback(FakePlayer(), original.blobs, original.audio))
        presenter = StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        yield context
        await wait_until(lambda: not len(context.tasks))
        await presenter.aclose()


async def spoken(view: StudioView, context: Any) -> Take:
    view.text.set_plain_text(TEXT)
    view.text.lint.split_requested.emit()
    await wait_until(lambda: view.takes_panel.model.takes()[0].has_ended and not len(context.tasks))
    return view.takes_panel.model.takes()[0]


def rows(view: StudioView) -> list[str]:
    model = view.takes_panel.parts.list.model()
    return [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]


async def test_speaking_in_parts_makes_one_take_whose_parts_are_listed(
    view: StudioView, demo_service: DemoService, tmp_path: Path, short_parts: None
) -> None:
    async with studio(view, demo_service, tmp_path) as context:
        assert not view.takes_panel.parts.isVisible()
        take = await spoken(view, context)
        assert [one.id for one in view.takes_panel.model.takes()] == [take.id]
        assert take.state == "done" and [part.text for part in take.parts] == ["The ferry leaves.", "Nobody waits."]
        assert view.takes_panel.parts.isVisible() and view.takes_panel.parts.list.accessibleName() == "Parts"
        assert [row.split(",")[0] for row in rows(view)] == ["1 · The ferry leaves.", "2 · Nobody waits."]


@pytest.mark.parametrize("by_key", [False, True])
async def test_a_part_is_spoken_again_as_a_new_take(
    view: StudioView, demo_service: DemoService, tmp_path: Path, short_parts: None, qtbot: QtBot, by_key: bool
) -> None:
    async with studio(view, demo_service, tmp_path) as context:
        take = await spoken(view, context)
        parts = view.takes_panel.parts
        qtbot.keyClick(parts.list, Qt.Key.Key_Down)
        assert parts.again.text() == "Speak part again" and parts.again.isEnabled()
        qtbot.keyClick(parts.list, Qt.Key.Key_Return) if by_key else parts.again.click()
        await wait_until(lambda: view.takes_panel.model.rowCount() == 2 and not len(context.tasks))
        again = view.takes_panel.model.takes()[0]
        assert (again.number, again.parent, again.relation, again.state) == (2, take.id, "part", "done")
        first, kept = (context.blobs.read(one.audio)[44:][: 2 * take.parts[0].frames] for one in (take, again))
        assert first == kept, "the other part is the same sound"
        assert view.takes_panel.list.selected_key() == again.id


async def test_a_part_is_played_from_its_start(
    view: StudioView, demo_service: DemoService, tmp_path: Path, short_parts: None, qtbot: QtBot
) -> None:
    async with studio(view, demo_service, tmp_path) as context:
        take = await spoken(view, context)
        parts, start = view.takes_panel.parts, round(1000 * take.parts[1].start / take.rate)
        qtbot.keyClick(parts.list, Qt.Key.Key_Down)
        qtbot.keyClick(parts.list, Qt.Key.Key_Space)
        await wait_until(lambda: context.playback.playing)
        assert context.playback.key == take.id and context.playback.position == start
        first = parts.list.visualRect(parts.list.model().index(0, 0)).center()
        qtbot.mouseClick(parts.list.viewport(), Qt.MouseButton.LeftButton, pos=first)
        await wait_until(lambda: context.playback.position == 0)


def test_an_incomplete_part_says_why_and_is_selected(view: StudioView) -> None:
    parts = view.takes_panel.parts
    asked: list[int] = []
    parts.play_pressed.connect(lambda _take, place: asked.append(place))
    parts.show_take(PARTED)
    assert rows(view) == [
        "1 · One of them., 1 s", "2 · Two., missing, The service did not accept the request.", "3 · Three., 1 s"
    ]  # fmt: skip
    assert parts.list.selected_key() == "1"
    parts.list.play_pressed.emit("1")
    assert asked == [], "it has no sound"
    parts.show_take(msgspec.structs.replace(PARTED, parts=(), id="u"))
    assert not parts.isVisible() and not parts.again.isEnabled()


def test_parts_to_come_cannot_be_spoken_again_yet(view: StudioView) -> None:
    parts = view.takes_panel.parts
    growing = (TakePart("One.", 0, 24_000, take="a"), TakePart("Two.", take="b"))
    parts.show_take(msgspec.structs.replace(PARTED, state="speaking", error="", parts=growing))
    assert rows(view) == ["1 · One., speaking", "2 · Two., to come"]
    assert not parts.again.isEnabled()


def test_presentation_mode_masks_the_parts(view: StudioView) -> None:
    named = msgspec.structs.replace(PARTED, parts=(TakePart("Annika is here.", 0, 24_000),))
    presentation_cover().set_mask(PresentationMask(names=["annika"]))
    try:
        view.takes_panel.parts.show_take(named)
        assert "Annika" not in rows(view)[0] and rows(view)[0].endswith("1 s")
    finally:
        presentation_cover().set_mask(None)
