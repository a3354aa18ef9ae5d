"""`library`: what opening a voice library of 500 voices costs beside one of 5, in process CPU time.

From reading the database until the tab is built, its samples are looked for and its first cards are painted.
`library-list` is filling and first painting the cards alone, and `library-scroll` the 95th percentile of a frame of
scrolling through them, beside the same of a bare `QListView` with the names.
"""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
import time
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from app.core.observers import Event
from app.core.settings import Settings
from app.core.voices import Consent, Voice
from app.storage.database import Database
from app.storage.home import open_home
from app.ui.event_loop import WindowEventLoop
from app.ui.theme.theme import theme
from tests.benchmarks.pages import shown_and_scrolled
from tests.benchmarks.row import Row, row

VOICES, FEW = 500, 5
SIZE = 1288, 794
STEP, FRAMES = 60, 300
ROUNDS = 5
MAX_OF_FEW, MAX_OF_BARE = 2.0, 4.0
_TAGS = ("calm", "hoarse", "slow", "bright", "radio", "warm", "旁白")


def run() -> list[Row]:
    """The rows of this benchmark."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    window_loop = partial(WindowEventLoop, application)
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner(loop_factory=window_loop) as runner:
        many, few = (runner.run(_prepared(Path(folder) / str(count), count)) for count in (VOICES, FEW))
        try:
            opened = [(runner.run(_opened(many)), runner.run(_opened(few))) for _ in range(ROUNDS)]
        finally:
            runner.run(many.close())
            runner.run(few.close())
    ours = [_ours() for _ in range(3)]
    bare = [_bare() for _ in range(3)]
    listing, scrolling = (min(measured[place] for measured in ours) * 1e3 for place in (0, 1))
    bare_listing, bare_scrolling = (min(measured[place] for measured in bare) * 1e3 for place in (0, 1))
    return [
        row(
            "library", min(times[0] for times in opened) * 1e3, "ms", peer=f"a library of {FEW}",
            peer_value=min(times[1] for times in opened) * 1e3, at_most=MAX_OF_FEW,
        ),
        row("library-list", listing, "ms", peer="a bare QListView", peer_value=bare_listing, at_most=MAX_OF_BARE),
        row(
            "library-scroll", scrolling, "ms/frame", peer="a bare QListView", peer_value=bare_scrolling,
            at_most=MAX_OF_BARE,
        ),
    ]  # fmt: skip


def voices(count: int) -> list[Voice]:
    """Voices that differ in everything a card shows; each has its waveform, as after it was seen once."""
    rng = random.Random(3)
    return [
        Voice(
            f"v{number}", f"Voice {number} of the harbour", ("cloned", "designed", "take")[number % 3],
            language=("zh", "en", "")[number % 3], tags=(_TAGS[number % 7], _TAGS[(number + 3) % 7]),
            note="Holds long sentences well." * (number % 4 == 0), favourite=number % 5 == 0, created=1e9 + number,
            consent=Consent("I agree.", 1e9) if number % 3 == 0 and number % 2 == 0 else None,
            peaks=rng.randbytes(192), seconds=12.0,
        )
        for number in range(count)
    ]  # fmt: skip


async def _prepared(folder: Path, count: int) -> Database:
    import msgspec

    database = await Database.open(open_home(folder))
    for voice in voices(count):
        await database.voices.keep(msgspec.structs.replace(voice, sample=database.blobs.put(voice.id.encode())))
    return database


async def _opened(database: Database) -> float:
    """CPU seconds until the library of a database is on the screen."""
    from app.composition.audio_adapter import audio
    from app.services.speech.library import VoiceLibrary
    from app.services.tasks import TaskSet
    from app.ui.voices.library_presenter import LibraryPresenter
    from app.ui.voices.library_tab import LibraryTab
    from app.ui.widgets.notifications import Notifier

    tasks = TaskSet(lambda error: print(f"failed: {error!r}"))
    context: Any = SimpleNamespace(
        library=VoiceLibrary(database.voices, database.blobs, database.takes), blobs=database.blobs, audio=audio(),
        service=_Service(), playback=SimpleNamespace(key="", playing=False, on_change=Event()), models=None,
        sessions=_Sessions(), drift=None, tasks=tasks, settings=Settings(), notifier=Notifier(),
    )  # fmt: skip
    start = time.process_time()
    tab = LibraryTab()
    theme().style_window(tab)
    LibraryPresenter(tab, context)
    tab.resize(*SIZE)
    tab.show()
    while len(tasks) or not context.library.voices:
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.02)  # paints
    took = time.process_time() - start
    tab.close()
    tab.deleteLater()
    await tasks.aclose()
    return took


class _Service:
    """A take service in which nothing was ever spoken."""

    service_name = "none"

    def __init__(self) -> None:
        self.on_take = self.on_sound = self.on_failed = self.on_deleted = Event[Any]()

    async def of_session(self, _session: str) -> tuple[()]:
        return ()

    async def spoken_by(self, _voice: str) -> Any:
        return SimpleNamespace(sessions={}, last_take=None)


class _Sessions:
    async def load(self) -> None:
        pass

    def sessions(self) -> tuple[()]:
        return ()


def _ours() -> tuple[float, float]:
    """CPU seconds until the cards are shown, and of the 95th percentile of a frame."""
    from app.services.speech.library_entries import saved_entry
    from app.ui.voices.library_list import LibraryList
    from app.ui.voices.library_model import VoiceModel

    listed = voices(VOICES)
    model, view = VoiceModel(), LibraryList("Saved voices")
    view.setModel(model)
    theme().style_window(view)
    start = time.process_time()
    model.set_entries([saved_entry(voice) for voice in listed])
    return shown_and_scrolled(view, start, SIZE, STEP, FRAMES)


def _bare() -> tuple[float, float]:
    """The same of a bare list of the same places with the names of the voices."""
    names = [f"{voice.name}\n{voice.source}" for voice in voices(VOICES)]
    view = QListView()
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    start = time.process_time()
    view.setModel(QStringListModel(names, view))
    return shown_and_scrolled(view, start, SIZE, STEP, FRAMES)
