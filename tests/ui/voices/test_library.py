"""The library: order and names of voices, playback, export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.resources import resource_path
from app.core.settings import Settings
from app.ui.voices import library_presenter
from app.ui.voices.presenter import VoicesPresenter
from app.ui.voices.view import VoicesView
from app.ui.widgets.notifications import Notification
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.ui.voices.test_voices import NoMicrophone
from tests.waiting import wait_until

SAMPLE = resource_path("samples", "lighthouse.wav").read_bytes()


@pytest.fixture
def view(qtbot: QtBot) -> VoicesView:
    made = VoicesView(Settings())
    qtbot.addWidget(made)
    made.tabs.setCurrentIndex(2)
    made.resize(1360, 860)
    made.show()
    return made


async def test_duplicate_names_are_numbered_and_renaming_keeps_the_order(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab, library = view.library, context.library

        def names() -> list[str]:
            return [row.title for row in tab.voice_model.rows()]

        for name, sample in (("Keeper", SAMPLE), ("Keeper", SAMPLE + b"\0"), ("Mia", SAMPLE), ("Keeper", SAMPLE)):
            await library.save_clone(sample, name, "agreed")
        assert names() == ["Mia", "Keeper 2", "Keeper"], "the last was the first once more"
        oldest = tab.voice_model.rows()[-1].key
        tab.voices.select_key(oldest)
        tab.voices.row_selected.emit(oldest)
        tab.name.setText("Mia")
        tab.rename.click()
        await wait_until(lambda: names() == ["Mia", "Keeper 2", "Mia 2"])
        tab.rename.click()
        await wait_until(lambda: not len(context.tasks))
        assert names() == ["Mia", "Keeper 2", "Mia 2"]


async def test_a_voice_is_paused_by_the_button_that_plays_it(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    player = FakePlayer()
    async with speech_context(demo_service, tmp_path, player=player) as context:
        VoicesPresenter(view, context, NoMicrophone())
        voice, tab = await context.library.save_clone(SAMPLE, "Keeper", "agreed"), view.library
        tab.voices.select_key(voice.id)
        tab.voices.row_selected.emit(voice.id)
        assert tab.play.text() == "Play voice"
        tab.play.click()
        await wait_until(lambda: player.state.status == "playing")
        assert tab.play.text() == "Pause"
        tab.play.click()
        await wait_until(lambda: player.state.status == "paused")
        assert tab.play.text() == "Play voice"
        await wait_until(lambda: not len(context.tasks))


async def test_export_reports_the_file(
    view: VoicesView, demo_service: DemoService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def ask(*_: Any) -> Path:
        return tmp_path / "keeper.mimovoice"

    monkeypatch.setattr(library_presenter, "ask_to_save", ask)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        said: list[Notification] = []
        context.notifier.listen(said.append)
        voice, tab = await context.library.save_clone(SAMPLE, "Keeper", "agreed"), view.library
        tab.voices.select_key(voice.id)
        tab.voices.row_selected.emit(voice.id)
        tab.export.click()
        await wait_until(lambda: bool(said))
        assert (tmp_path / "keeper.mimovoice").is_file()
        assert said[-1].text == "“Keeper” and its sample were exported to keeper.mimovoice."
        await wait_until(lambda: not len(context.tasks))


async def test_design_names_the_empty_field_and_saves_a_candidate_once(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    view.tabs.setCurrentIndex(0)
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.design
        tab.description.setPlainText("An old man, hoarse and slow.")
        tab.design.click()
        assert "“Preview text” is empty" in tab.notice.text()
        tab.notice.dismiss.click()
        assert tab.notice.isHidden()
        assert not tab.keep.isEnabled()
        tab.preview.setPlainText("Good evening.")
        tab.candidates.set_value(1)
        tab.design.click()
        await wait_until(lambda: tab.keep.isEnabled())
        tab.name.setText("Narrator")
        tab.keep.click()
        tab.keep.click()
        await wait_until(lambda: bool(context.library.voices) and not len(context.tasks))
        assert [voice.name for voice in context.library.voices] == ["Narrator"]


async def test_enter_renames_a_voice_and_escape_restores_its_name(
    view: VoicesView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as context:
        VoicesPresenter(view, context, NoMicrophone())
        tab = view.library
        await context.library.save_clone(SAMPLE, "Keeper", "agreed")
        key = tab.voice_model.rows()[0].key
        tab.voices.select_key(key)
        tab.voices.row_selected.emit(key)
        tab.name.setFocus()
        tab.name.selectAll()
        QTest.keyClicks(tab.name, "Mia")
        QTest.keyClick(tab.name, Qt.Key.Key_Escape)
        assert (tab.name.text(), tab.name.hasFocus()) == ("Keeper", False)
        tab.name.setFocus()
        tab.name.selectAll()
        QTest.keyClicks(tab.name, "Mia")
        QTest.keyClick(tab.name, Qt.Key.Key_Return)
        await wait_until(lambda: tab.voice_model.rows()[0].title == "Mia")
