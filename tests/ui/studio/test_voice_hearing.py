"""A voice is heard with one press; its line is generated once per service, and Escape stops it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.resources import resource_path
from app.core.settings import Settings
from app.core.takes import Take
from app.services.speech.playback import Playback
from app.services.speech.voice_samples import LINES
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.studio.voice_panel import VoicePanel
from app.ui.widgets.row_model import Row
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.waiting import wait_until


@pytest.fixture
def view(qtbot: QtBot) -> StudioView:
    made = StudioView(Settings())
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    return made


def with_player(context: Any) -> Any:
    return context._replace(playback=Playback(FakePlayer(), context.blobs, context.audio))


async def test_a_voice_speaks_its_line_once_and_escape_stops_it(
    view: StudioView, demo_service: DemoService, tmp_path: Path, qtbot: QtBot
) -> None:
    async with speech_context(demo_service, tmp_path) as original:
        context = with_player(original)
        StudioPresenter(view, context)
        made: list[Take] = []
        context.service.on_take.subscribe(lambda take: made.append(take) if take.state == "done" else None)
        await wait_until(lambda: not len(context.tasks))
        view.voices.row_selected.emit("Mia")
        qtbot.keyClick(view.voices, Qt.Key.Key_Space)
        await wait_until(lambda: context.playback.playing and len(made) == 1 and not len(context.tasks))
        assert (made[0].text, made[0].voice.id, made[0].origin) == (LINES["en"], "Mia", "sample")
        assert view.hear.accessibleName() == "Stop sample"
        assert view.takes_panel.model.rowCount() == 0, "no take of the session"
        qtbot.keyClick(view.voices, Qt.Key.Key_Escape)
        assert not context.playback.playing and view.hear.accessibleName() == "Hear voice"
        view.hear.click()
        await wait_until(lambda: context.playback.playing and not len(context.tasks))
        assert len(made) == 1 and context.playback.key == made[0].id
        view.voices.row_selected.emit("茉莉")
        view.hear.click()
        assert not context.playback.playing
        view.hear.click()
        await wait_until(lambda: len(made) == 2 and not len(context.tasks))
        assert made[1].text == LINES["zh"]
        context.playback.close()


async def test_a_line_that_fails_is_explained_and_may_be_tried_again(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as original:
        context = with_player(original)
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        demo_service.arm("status=500")
        view.hear.click()
        await wait_until(lambda: not view.notice.isHidden() and not len(context.tasks))
        assert view.hear.accessibleName() == "Hear voice"
        demo_service.reset()
        view.hear.click()
        await wait_until(lambda: context.playback.playing and not len(context.tasks))
        context.playback.close()


async def test_a_library_voice_is_heard_from_its_sample(
    view: StudioView, demo_service: DemoService, tmp_path: Path
) -> None:
    async with speech_context(demo_service, tmp_path) as original:
        context = with_player(original)
        StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        sample = resource_path("samples", "lighthouse.wav").read_bytes()
        voice = await context.library.save_clone(sample, "Keeper", "agreed")
        view.voices.row_selected.emit(voice.id)
        before = len(demo_service.requests())
        view.hear.click()
        await wait_until(lambda: context.playback.playing)
        assert context.service.running() == ()
        assert len(demo_service.requests()) == before
        context.playback.close()


def test_the_filter_shows_matching_voices_and_keeps_the_chosen_one(qtbot: QtBot) -> None:
    panel = VoicePanel()
    panel.retranslate()
    panel.resize(500, 300)
    panel.show()
    qtbot.addWidget(panel)
    rows = [Row("a", "白桦", "Chinese · Male"), Row("b", "Mia", "English · Female"), Row("c", "Milo", "English · Male")]
    panel.model.set_rows(rows)
    panel.voices.select_key("a")
    chosen: list[str] = []
    panel.voices.row_selected.connect(chosen.append)
    assert panel.filter.accessibleName() == "Filter voices" and panel.hear.text() == "Hear voice · Space"
    assert panel.hear.accessibleName() == "Hear voice"

    def shown() -> list[str]:
        model = panel.voices.model()
        return [model.index(row, 0).data() for row in range(model.rowCount())]

    qtbot.keyClicks(panel.filter, "english m")
    assert shown() == ["Mia", "Milo"] and panel.voices.selected_key() == "a" and chosen == []
    qtbot.keyClicks(panel.filter, "il")
    assert shown() == ["Milo"]
    qtbot.keyClick(panel.filter, Qt.Key.Key_Return)
    assert chosen == ["c"] and panel.voices.selected_key() == "c"
    panel.filter.setText("nobody")
    assert shown() == [] and panel._nothing.isVisible()
    panel.filter.clear()
    assert len(shown()) == 3 and panel.voices.selected_key() == "c"
    panel.model.set_rows([*rows, Row("d", "Kept", "Designed")])
    assert shown()[-1] == "Kept"
