"""A session is found by what was written and by what was spoken in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.view import StudioView
from app.ui.theme.theme import theme
from app.ui.widgets.labels import PanelTitle
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_desk

MIA = VoiceSnapshot("builtin", "Mia", "Mia")


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.02)


def shown(view: StudioView) -> list[str]:
    return [row.title for row in view.session_model.rows()]


async def test_sessions_are_searched_in_words_written_and_spoken(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    view.resize(1440, 900)
    view.show()
    async with speech_desk(demo_service, tmp_path) as speech:
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
            await speech.sessions.keep(session)
        take = Take("t", MIA, "An old lighthouse.", model="mimo-v2.5-tts", session="c", state="failed")
        await speech.service._takes.keep(msgspec.structs.replace(take, note="too fast"))
        StudioPresenter(view, speech)
        await until(lambda: len(shown(view)) == 3)
        everything = shown(view)
        search = view.session_search
        for words, found in {
            "ferry": ["Harbour"],
            "NINE the": ["Harbour"],
            "夜市": ["夜市"],
            "sailor": ["夜市"],
            "lighthouse": ["Weather"],
            "too fast": ["Weather"],
        }.items():
            search.setText(words)
            await until(lambda found=found: shown(view) == found)  # type: ignore[misc]
            assert not view.no_session.isVisible()
        search.setText("nowhere")
        await until(lambda: shown(view) == [] and view.no_session.isVisible())
        search.clear()
        await until(lambda: shown(view) == everything)
        assert not view.no_session.isVisible()


async def test_a_session_that_is_begun_while_searching_is_kept(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    async with speech_desk(demo_service, tmp_path) as speech:
        await speech.sessions.keep(
            SpeechSession("a", "Harbour", text="The ferry leaves at nine.", created=1.0, title_is_custom=True)
        )
        StudioPresenter(view, speech)
        await until(lambda: len(shown(view)) == 1)
        view.session_search.setText("ferry")
        await until(lambda: shown(view) == ["Harbour"])
        view.text.set_words("Something else altogether.")
        view.session_search.setText("")
        await until(lambda: len(shown(view)) == 2)


async def test_a_session_brings_its_voice_and_its_newest_take_and_leaves_no_sound_behind(
    qtbot: QtBot, demo_service: DemoService, tmp_path: Path
) -> None:
    view = StudioView(Settings())
    qtbot.addWidget(view)
    async with speech_desk(demo_service, tmp_path) as speech:
        for name, voice in (("a", "Mia"), ("b", "Milo")):
            used = VoiceSnapshot("builtin", voice, voice)
            session = SpeechSession(name, name, text=f"Words of {name}.", voice=used, created=1.0, title_is_custom=True)
            await speech.sessions.keep(session)
            wish = Take("", used, f"Words of {name}.", model="mimo-v2.5-tts", session=name)
            for _ in range(2):
                await speech.service.finished(speech.service.speak(wish).id)
        StudioPresenter(view, speech)
        await until(lambda: len(shown(view)) == 2)
        view.sessions.row_selected.emit("a")
        await until(lambda: view.voices.selected_key() == "Mia" and view.take_model.rowCount() == 2)
        assert view.takes.selected_key() == view.take_model.takes()[0].id
        assert view.player.play.isEnabled()
        paused: list[bool] = []
        speech.playback.key = view.take_model.takes()[0].id
        speech.playback.pause = lambda: paused.append(True)
        view.sessions.row_selected.emit("b")
        await until(lambda: view.voices.selected_key() == "Milo")
        assert paused == [True], "a take that is left behind has no button that would stop it"
        speech.playback.key = ""
        view.voices.row_selected.emit("Chloe")
        await until(lambda: any(kept.id == "b" and kept.voice.id == "Chloe" for kept in speech_sessions(speech)))
        view.sessions.row_selected.emit("a")
        await until(lambda: view.voices.selected_key() == "Mia")
        view.sessions.row_selected.emit("b")
        await until(lambda: view.voices.selected_key() == "Chloe")


def speech_sessions(speech: Any) -> list[Any]:
    presenter = speech.service.on_take[0].__self__
    return list(presenter._sessions._sessions)


def test_what_moves_to_the_side_keeps_the_colours_of_the_theme(qtbot: QtBot) -> None:
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
