"""Voices and sessions in the palette: read by the first query, opened in the studio, and a kept voice is heard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.core.comparison import ComparedTake, Comparison, Pair
from app.core.errors import Code, StorageError
from app.core.settings import Settings
from app.core.takes import SpeechSession, VoiceSnapshot
from app.core.transcripts import Transcript
from app.core.voices import Voice
from app.services.tasks import TaskSet
from app.ui.commands import Thing, ThingSource
from app.ui.palette_things import add_speech_things
from app.ui.studio.view import StudioView
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.row_model import Row
from app.ui.window import Window

_GRANDPA = ComparedTake("a", voice=VoiceSnapshot("designed", name="Grandpa Zhou"), direction="like the sea")
_MIA = ComparedTake("b", voice=VoiceSnapshot("builtin", "Mia", "Mia"))
COMPARED = Comparison("c1", (_GRANDPA, _MIA), "s1", "The ferry leaves at nine.", updated=1.8e9)
RUNNING = Comparison("c2", (_GRANDPA, _MIA), "s1", "", pairs=(Pair(0, 1),), updated=1.7e9)
HEARD = Transcript("t1", "The committee met. " * 20 + "Quarzlampe", source="talk.wav", updated=1.8e9)
KEPT = Voice("v1", "Brand voice", "designed", sample="digest", created=1.8e9)


class Speech:
    """Stands in for the services of speech, and says what was asked of them."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = False
        self.tasks = TaskSet(lambda error: pytest.fail(repr(error)))
        self.library = SimpleNamespace(load=self._load, voices=(KEPT,))
        session = SpeechSession("s1", text="Welcome to the museum")
        self.sessions = SimpleNamespace(
            load=self._load,
            sessions=lambda: (session,),
            open=lambda key: self.asked.append(f"open {key}"),
            get=lambda key: session if key == session.id else None,
        )
        self.comparisons = SimpleNamespace(load=self._load, in_order=lambda: [COMPARED, RUNNING])
        self.transcripts = SimpleNamespace(load=self._load, in_order=lambda: [HEARD])
        self.playback = SimpleNamespace(key="", toggle=lambda: self.asked.append("toggle"), play_blob=self._play)

    async def _load(self) -> None:
        if self.fails:
            raise StorageError(Code.DISK_FULL, path="/home")

    async def _play(self, key: str, digest: str) -> None:
        self.playback.key = key
        self.asked.append(f"play {digest}")


async def search(source: ThingSource) -> None:
    """Search as the palette does, and wait until that is done."""
    done = asyncio.Event()
    assert source.search is not None
    source.search("brand", lambda _things: done.set())
    async with asyncio.timeout(20):
        await done.wait()


def by_title(things: Sequence[Thing], title: str) -> Thing:
    return next(thing for thing in things if thing.title == title)


@pytest.fixture
def opened(qtbot: QtBot) -> tuple[Window, Speech, list[str], Callable[[], int]]:
    window, speech, notices = Window(Settings(), Notifier()), Speech(), []
    qtbot.addWidget(window)
    made: list[Any] = []
    notifier = Notifier()
    notifier.listen(lambda message: notices.append(message.text))

    def create() -> Any:
        made.append(1)
        return speech

    context: Any = SimpleNamespace(window=window, notifier=notifier, speech=create)
    add_speech_things(context)
    return window, speech, notices, lambda: len(made)


async def test_voices_and_sessions_are_listed_opened_and_heard(
    opened: tuple[Window, Speech, list[str], Callable[[], int]],
) -> None:
    window, speech, _, created = opened
    voices, sessions, *_ = window.commands.sources()
    assert (voices.listed(), sessions.listed(), created()) == ((), (), 0), "nothing is created before a query"
    await search(voices)
    assert created() == 1
    kept, builtin = by_title(voices.listed(), "Brand voice"), by_title(voices.listed(), "Mia")
    assert kept.play is not None
    assert builtin.play is None, "it has no kept sound, and speaking is billed"
    kept.play()
    await asyncio.sleep(0)
    assert speech.asked == ["play digest"]
    kept.play()
    assert speech.asked == ["play digest", "toggle"]
    studio = StudioView(Settings())
    window.add_view("studio", lambda: studio)
    studio.voice_model.set_rows([Row("Mia", "Mia"), Row("v1", "Brand voice")])
    chosen: list[str] = []
    studio.voices.row_selected.connect(chosen.append)
    kept.run()
    assert (window.current, chosen) == ("studio", ["v1"])
    by_title(sessions.listed(), "Welcome to the museum").run()
    assert speech.asked[-1] == "open s1"
    await speech.tasks.aclose()


async def test_comparisons_and_transcripts_are_found_by_what_is_in_them_and_opened(
    opened: tuple[Window, Speech, list[str], Callable[[], int]],
) -> None:
    window, speech, _, _ = opened
    voices, _sessions, comparisons, transcripts = window.commands.sources()
    await search(voices)
    studio = StudioView(Settings())
    window.add_view("studio", lambda: studio)
    wanted: list[str] = []
    studio.comparison_wanted.connect(wanted.append)
    studio.transcript_wanted.connect(wanted.append)

    def found(source: ThingSource, query: str) -> list[Thing]:
        things: list[Thing] = []
        assert source.search is not None
        source.search(query, things.extend)
        return things

    for query in ("ferry", "grandpa zhou", "like the sea"):
        assert [thing.key for thing in found(comparisons, query)] == ["c1"], "a running blind test names no voice"
    assert {thing.key for thing in found(comparisons, "museum")} == {"c1", "c2"}, "they are found by their session"
    (transcript,) = found(transcripts, "quarzlampe")
    assert "Quarzlampe" in transcript.title and "talk.wav" in transcript.detail
    assert [thing.title for thing in comparisons.listed()] == ["The ferry leaves at nine.", "Blind test"]
    found(comparisons, "ferry")[0].run()
    transcript.run()
    assert (window.current, wanted) == ("studio", ["c1", "t1"])
    await speech.tasks.aclose()


async def test_what_can_not_be_read_is_said_and_tried_again_by_the_next_query(
    opened: tuple[Window, Speech, list[str], Callable[[], int]],
) -> None:
    window, speech, notices, _ = opened
    voices, *_ = window.commands.sources()
    speech.fails = True
    assert voices.search is not None
    voices.search("brand", lambda _things: pytest.fail("there is nothing to show"))
    async with asyncio.timeout(20):
        while not notices:
            await asyncio.sleep(0)
    assert voices.listed() == ()
    speech.fails = False
    await search(voices)
    assert by_title(voices.listed(), "Brand voice")
    await speech.tasks.aclose()
