"""An open audition grid on a database, with a service that speaks each cell when the test says so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np

from app.core.audition_grids import AuditionGrid, Cell, GridDirection
from app.core.errors import WorkbenchError
from app.core.events import AudioDelta, AudioFormat, Finished, Sending, Started, Waiting
from app.core.profiles import DEMO, Profile
from app.core.requests import BuiltinVoice, DesignedVoice
from app.core.settings import Settings
from app.core.takes import VoiceSnapshot
from app.services.jobs.queue import JobQueue
from app.services.models import Models
from app.services.speech.audition_grids import AuditionGrids
from app.services.speech.open_grid import OpenGrid
from app.services.speech.sessions import SpeechSessions
from app.services.speech.take_service import TakeService
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home
from tests.plugins.take_services import take_service
from tests.waiting import wait_until

MIA, DEAN, MILO = (VoiceSnapshot("builtin", name, name) for name in ("Mia", "Dean", "Milo"))
CALM, NONE, WILD = GridDirection("calm"), GridDirection(), GridDirection("wild")
_SOUND = (8_000 * np.sin(np.arange(2_400) / 20)).astype("<i2")


def sound_of(name: str) -> bytes:
    """0.1 s that no other cell has."""
    return np.roll(_SOUND, sum(name.encode())).tobytes()


def name_of(request: Any) -> str:
    """`Mia calm`: what tells the requests of a grid apart."""
    match request.voice:
        case BuiltinVoice(id=voice):
            return f"{voice} {request.direction}".strip()
        case DesignedVoice(description=words):
            return f"{words} {request.temperature}"
    return "clone"


class CellService:
    """A connection whose client speaks.

    Attributes:
        held, limited: names of requests that wait until they are taken out: after they have left, and before.
        halved: names of requests whose second half waits until they are taken out.
        sent: names of the requests in the order in which they left.
        refusals: errors by name, raised once after the request has left.
    """

    def __init__(self) -> None:
        self.profile: Profile = DEMO
        self.sent: list[str] = []
        self.held: set[str] = set()
        self.limited: set[str] = set()
        self.halved: set[str] = set()
        self.holds_all = False
        self.refusals: dict[str, WorkbenchError] = {}

    @asynccontextmanager
    async def client(self) -> AsyncIterator[tuple[Profile, CellService]]:
        yield self.profile, self

    async def speak(self, request: Any, **_options: Any) -> AsyncGenerator[Any, None]:
        name = name_of(request)
        while name in self.limited:
            yield Waiting(1.0, "rate", position=1)
            await asyncio.sleep(0.002)
        yield Sending()
        self.sent.append(name)
        if name in self.refusals:
            raise self.refusals.pop(name)
        yield Started("call", request.model)
        while self.holds_all or name in self.held:
            await asyncio.sleep(0.002)
        yield AudioFormat("pcm16", 24_000)
        sound = sound_of(name)
        if name in self.halved:
            yield AudioDelta(sound[: len(sound) // 4 * 2])
            sound = sound[len(sound) // 4 * 2 :]
        while name in self.halved:
            await asyncio.sleep(0.002)
        yield AudioDelta(sound)
        yield Finished("stop")

    def explain(self, error: WorkbenchError, _profile: Profile) -> WorkbenchError:
        return error


class GridHarness:
    """What a test does with the grid of the session that is open."""

    def __init__(
        self, service: CellService, database: Database, speech: TakeService, queue: JobQueue,
        sessions: SpeechSessions, grids: AuditionGrids, open_grid: OpenGrid,
    ) -> None:  # fmt: skip
        self.service, self.database, self.speech, self.queue = service, database, speech, queue
        self.sessions, self.grids, self.grid = sessions, grids, open_grid
        self.changed: list[Cell] = []
        open_grid.on_cell.subscribe(self.changed.append)

    @property
    def session(self) -> str:
        return self.sessions.current.id

    async def begin(self, *voices: VoiceSnapshot, directions: tuple[GridDirection, ...] = (CALM, NONE)) -> None:
        """Open a grid of the open session."""
        await self.grid.open(AuditionGrid(self.session))
        self.grid.edit(text="Hello.", voices=voices, directions=directions)

    def states(self) -> list[list[str]]:
        """The states of all cells by row."""
        grid = self.grid.grid
        return [
            [self.grid.state(Cell(row, column)) for column in range(len(grid.columns))] for row in range(grid.row_count)
        ]

    async def settled(self) -> None:
        """Wait until nothing is made."""
        await wait_until(lambda: not self.grid.is_running, interval=0.002)


@asynccontextmanager
async def grid_harness(
    folder: Path, service: Any = None, *, parallel: int = 29, text: str = "Hello."
) -> AsyncIterator[GridHarness]:
    """A session with a text and its grid services, on the home in a folder; later runs find the same session."""
    service = service or CellService()
    failures: list[BaseException] = []
    async with AsyncExitStack() as stack:
        database = await Database.open(open_home(folder))
        stack.push_async_callback(database.close)
        tasks = TaskSet(failures.append)
        stack.push_async_callback(tasks.aclose)
        settings = Settings()
        sessions = SpeechSessions(database.sessions, database.takes, database.search, tasks, settings)
        stack.push_async_callback(sessions.aclose)
        grids = AuditionGrids(database.grids, tasks)
        stack.push_async_callback(grids.aclose)
        await sessions.load()
        await grids.load()
        if sessions.sessions():
            sessions.open(sessions.sessions()[0].id)
        else:
            sessions.begin(text)
        speech, queue, _ = await stack.enter_async_context(take_service(service, tasks, database, parallel=parallel))
        sessions.on_deleted.subscribe(speech.stop_session)
        speech.queued.next_number = lambda take: sessions.reserve_take_numbers(take.session)[0]
        open_grid = OpenGrid(grids, speech, queue, sessions, Models(service, settings))
        stored = grids.get(sessions.current.id)
        if stored is not None:
            await open_grid.open(stored)
        stack.callback(open_grid.close)
        yield GridHarness(service, database, speech, queue, sessions, grids, open_grid)
    assert failures == []
