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
from app.core.units import frames_to_milliseconds
from app.services.speech.playback import Playback
from app.ui.studio import speaking, subtitle_saving
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.texts.speech import voice_name
from app.ui.widgets.notifications import Notification
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


@pytest.mark.parametrize(
    ("name", "beginning"), [("a.srt", "1\n00:00:00,000 --> "), ("a.vtt", "WEBVTT\n\n00:00:00.000")]
)
async def test_subtitles_begin_where_the_parts_do(
    view: StudioView, demo_service: DemoService, tmp_path: Path, short_parts: None, monkeypatch: pytest.MonkeyPatch,
    name: str, beginning: str,
) -> None:  # fmt: skip
    offered: list[str] = []

    async def ask(_parent: Any, _title: str, _kinds: str, proposed: str, _settings: Settings) -> Path:
        offered.append(proposed)
        return tmp_path / name

    monkeypatch.setattr(subtitle_saving, "ask_to_save", ask)
    async with studio(view, demo_service, tmp_path) as context:
        take, said = await spoken(view, context), list[Notification]()
        context.notifier.listen(said.append)
        assert view.takes_panel.subtitles.accessibleName() == "Save subtitles"
        view.takes_panel.subtitles.click()
        await wait_until(lambda: bool(said))
        assert said[0].text == f"Saved as {name}." and offered[0].endswith(".srt")
        written = (tmp_path / name).read_text(encoding="utf-8")
        seam = frames_to_milliseconds(take.parts[1].start, take.rate)
        assert written.startswith(beginning)
        assert f"{seam // 1000:02}{',.'[name == 'a.vtt']}{seam % 1000:03} -->" in written and "Nobody waits." in written


async def test_subtitles_of_a_take_without_parts_are_said_to_be_estimated(
    view: StudioView, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(*_: Any) -> Path:
        return tmp_path / "a.srt"

    monkeypatch.setattr(subtitle_saving, "ask_to_save", ask)
    async with studio(view, demo_service, tmp_path) as context:
        said: list[Notification] = []
        context.notifier.listen(said.append)
        panel = view.takes_panel
        assert not panel.subtitles.isEnabled()
        panel.model.set_takes((msgspec.structs.replace(PARTED, parts=(), text="[sigh] Then it is quiet."),))
        panel.list.go_to("t")
        panel.subtitles.click()
        await wait_until(lambda: bool(said))
        assert "estimated" in said[0].text and (tmp_path / "a.srt").read_text() == (
            "1\n00:00:00,000 --> 00:00:02,000\nThen it is quiet.\n"
        )
        panel.model.set_takes((msgspec.structs.replace(PARTED, parts=(), text="[sigh]", id="u"),))
        panel.list.go_to("u")
        panel.subtitles.click()
        await wait_until(lambda: len(said) == 2)
        assert said[1].text.startswith("This take has no words")


def test_a_take_of_several_voices_names_them_behind_the_one_it_asked_for() -> None:
    default = VoiceSnapshot("builtin", "mimo_default", "mimo_default")
    several = msgspec.structs.replace(default, name="冰糖, Mia")
    names = [voice_name(msgspec.structs.replace(PARTED, voice=voice)) for voice in (default, several, VOICE)]
    assert names == ["MiMo-默认", "MiMo-默认 (冰糖, Mia)", "Mia"]


async def test_a_take_in_parts_names_the_voice_that_spoke_for_the_default_one(
    view: StudioView, demo_service: DemoService, tmp_path: Path, short_parts: None
) -> None:
    async with studio(view, demo_service, tmp_path) as context:
        demo_service.arm("no-default-voice", 8)
        take = await spoken(view, context)
        assert (take.state, take.voice.id, take.asked_voice) == ("done", "Mia", "mimo_default")
        view.takes_panel.parts.again_pressed.emit(take, 1)
        await wait_until(lambda: view.takes_panel.model.rowCount() == 2 and not len(context.tasks))
        assert demo_service.requests()[-1]["body"]["audio"]["voice"] == "Mia", "both parts in one voice"
