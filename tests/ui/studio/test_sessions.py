"""Sessions: search, voice and newest take, colors of the side panel."""

from __future__ import annotations

from pathlib import Path

import msgspec
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.theme.theme import theme
from app.ui.widgets.labels import PanelTitle
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.waiting import wait_until

MIA = VoiceSnapshot("builtin", "Mia", "Mia")


def shown(view: StudioView) -> list[str]:
    return [row.title for row in view.session_panel.model.rows()]


async def test_session_search_covers_text_and_takes(qtbot: QtBot, demo_service: DemoService, tmp_path: Path) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.resize(1440, 900)
    view.show()
    async with speech_context(demo_service, tmp_path) as context:
        kept = [
            SpeechSession("a", "Harbour", text="The ferry leaves at nine.", created=1.0, title_is_custom=True),
            SpeechSession(
                "b",
                "夜市",
                text="今天的夜市很热闹。",
                guidance="slowly, like a sailor",
                created=2.0,
                title_is_custom=True,
            ),
            SpeechSession("c", "Weather", text="Rain tomorrow.", created=3.0, title_is_custom=True),
        ]
        for session in kept:
            await context.sessions._store.keep(session)
        take = Take("t", MIA, "An old lighthouse.", model="mimo-v2.5-tts", session="c", state="failed")
        await context.service._takes.keep(msgspec.structs.replace(take, note="too fast"))
        StudioPresenter(view, context)
        await wait_until(lambda: len(shown(view)) == 3)
        everything = shown(view)
        search = view.session_panel.search
        for words, found in {
            "ferry": ["Harbour"],
            "NINE the": ["Harbour"],
            "夜市": ["夜市"],
            "sailor": ["夜市"],
            "lighthouse": ["Weather"],
            "too fast": ["Weather"],
        }.items():
            search.setText(words)
            await wait_until(lambda found=found: shown(view) == found)  # type: ignore[misc]
            assert not view.session_panel.no_match.isVisible()
        search.setText("nowhere")
        await wait_until(lambda: shown(view) == [] and view.session_panel.no_match.isVisible())
        search.clear()
        await wait_until(lambda: shown(view) == everything)
        assert not view.session_panel.no_match.isVisible()


async def test_a_session_begun_while_searching_is_saved(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    async with speech_context(demo_service, tmp_path) as context:
        await context.sessions._store.keep(
            SpeechSession("a", "Harbour", text="The ferry leaves at nine.", created=1.0, title_is_custom=True)
        )
        StudioPresenter(view, context)
        await wait_until(lambda: len(shown(view)) == 1)
        view.session_panel.search.setText("ferry")
        await wait_until(lambda: shown(view) == ["Harbour"])
        view.text.set_plain_text("Something else altogether.")
        view.session_panel.search.setText("")
        await wait_until(lambda: len(shown(view)) == 2)


async def test_opening_a_session_selects_its_voice_and_newest_take_and_stops_playback(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    async with speech_context(demo_service, tmp_path) as context:
        for name, voice in (("a", "Mia"), ("b", "Milo")):
            used = VoiceSnapshot("builtin", voice, voice)
            session = SpeechSession(name, name, text=f"Words of {name}.", voice=used, created=1.0, title_is_custom=True)
            await context.sessions._store.keep(session)
            wish = Take("", used, f"Words of {name}.", model="mimo-v2.5-tts", session=name)
            for _ in range(2):
                await context.service.finished(context.service.generate(wish).id)
        StudioPresenter(view, context)
        await wait_until(lambda: len(shown(view)) == 2)
        view.session_panel.list.row_selected.emit("a")
        await wait_until(lambda: view.voices.selected_key() == "Mia" and view.takes_panel.model.rowCount() == 2)
        assert view.takes_panel.list.selected_key() == view.takes_panel.model.takes()[0].id
        assert view.takes_panel.player.play.isEnabled()
        paused: list[bool] = []
        context.playback.key = view.takes_panel.model.takes()[0].id
        context.playback.pause = lambda: paused.append(True)
        view.session_panel.list.row_selected.emit("b")
        await wait_until(lambda: view.voices.selected_key() == "Milo")
        assert paused == [True], "a take that is left behind has no button that would stop it"
        context.playback.key = ""
        view.voices.row_selected.emit("Chloe")
        await wait_until(
            lambda: any(kept.id == "b" and kept.voice.id == "Chloe" for kept in context.sessions.sessions())
        )
        view.session_panel.list.row_selected.emit("a")
        await wait_until(lambda: view.voices.selected_key() == "Mia")
        view.session_panel.list.row_selected.emit("b")
        await wait_until(lambda: view.voices.selected_key() == "Chloe")


def test_the_side_panel_keeps_theme_colors_when_moved(qtbot: QtBot) -> None:
    theme().set_mode("dark")
    try:
        view = StudioView(Settings())
        qtbot.addWidget(view)
        view.resize(884, 600)
        view.show()
        qtbot.wait(10)
        theme().set_mode("light")
        view.resize(1360, 860)

        def inks() -> set[str]:
            titles = view.findChildren(PanelTitle)
            return {title.palette().color(title.foregroundRole()).name() for title in titles if title.isVisible()}

        qtbot.waitUntil(lambda: inks() == {theme().colour("text").name()})
    finally:
        theme().set_mode("light")


async def test_a_long_text_that_was_just_typed_is_kept_by_whatever_comes_next(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.show()
    async with speech_context(demo_service, tmp_path) as context:
        presenter = StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        first, text = context.sessions.current.id, "Well, well. " * 400
        view.text.text.setPlainText(text)
        context.sessions.begin()
        assert context.sessions.get(first) is not None
        assert context.sessions.get(first).text == text  # type: ignore[union-attr]
        assert view.text.plain_text() == ""
        view.text.text.setPlainText(text + "More.")
        await presenter.aclose()
        assert context.sessions.current.text == text + "More."
        view.text.checks.finish()
