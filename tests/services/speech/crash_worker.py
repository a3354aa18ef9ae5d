"""What runs in a process that is to be killed: a job of many takes, begun, resumed, and sent again where it was lost.

What the service and the user would know is appended to a file, in writes that a kill can't take back.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import msgspec

from app.core.errors import WorkbenchError
from app.core.events import AudioDelta, AudioFormat, Finished, Sending, Started, Waiting
from app.core.profiles import DEMO, Profile
from app.core.takes import Take, VoiceSnapshot
from app.services.jobs.queue import JobQueue
from app.services.speech.take_service import TakeService
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home
from tests.plugins.take_services import take_service
from tests.waiting import wait_until

LINES = tuple(f"line {number}" for number in range(40))
LINE = Take("", VoiceSnapshot("builtin", "Mia", "Mia"), model="mimo-v2.5-tts", session="s")
PIECE = b"\x10\x20" * 240
PIECES = 6

Kind = Literal["started", "stored", "sent", "sounded", "again"]


class Line(msgspec.Struct, frozen=True):
    """`sent`: a request with this text has left. `sounded`: so many frames of it were received. `again`: the user asked
    for it once more because its answer was lost. `stored`: the job was shown as begun."""

    kind: Kind
    text: str = ""
    frames: int = 0


_line = msgspec.json.Decoder(Line)


class Log:
    """Appends lines that survive a kill.

    Attributes:
        last_lines: how many lines of each kind are written before the process kills itself.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self.last_lines: dict[Kind, int] = {}

    def write(self, kind: Kind, text: str = "", frames: int = 0) -> None:
        os.write(self._file, msgspec.json.encode(Line(kind, text, frames)) + b"\n")
        if kind in self.last_lines:
            self.last_lines[kind] -= 1
            if not self.last_lines[kind]:
                os.kill(os.getpid(), signal.SIGKILL)

    def close(self) -> None:
        os.close(self._file)


def read(path: Path) -> list[Line]:
    return [_line.decode(line) for line in path.read_bytes().splitlines()] if path.exists() else []


class Service:
    """A connection whose client speaks at random speed, and makes some requests wait or be refused first."""

    def __init__(
        self, log: Log, chance: random.Random, name_of: Callable[[Any], str] = lambda request: request.text
    ) -> None:
        """`name_of` returns what is logged of a request."""
        self.profile: Profile = DEMO
        self._log, self._chance, self._name_of = log, chance, name_of

    @asynccontextmanager
    async def client(self) -> AsyncIterator[tuple[Profile, Service]]:
        yield self.profile, self

    async def speak(self, request: Any, *, priority: str, resend_lost: bool) -> AsyncGenerator[Any, None]:
        assert not resend_lost
        if self._chance.random() < 0.3:
            yield Waiting(1.0, "rate", position=1)
            await self._pause()
        if self._chance.random() < 0.2:
            # Refused with 429: nothing was done, and it is repeated.
            yield Sending()
            await self._pause()
            yield Waiting(0.1, "retry", 1)
            await self._pause()
        yield Sending()
        name = self._name_of(request)
        self._log.write("sent", name)
        await self._pause()
        yield Started("call", request.model)
        yield AudioFormat("pcm16", 24_000)
        for number in range(1, PIECES + 1):
            yield AudioDelta(PIECE)
            self._log.write("sounded", name, number * len(PIECE) // 2)
            await self._pause()
        yield Finished("stop")

    async def _pause(self) -> None:
        await asyncio.sleep(self._chance.random() * 0.02)

    def explain(self, error: WorkbenchError, _profile: Profile) -> WorkbenchError:
        return error


@asynccontextmanager
async def opened(home: Path, log: Log, seed: int) -> AsyncIterator[tuple[Database, TakeService, JobQueue]]:
    """The services on a home, with the jobs that were there."""

    def fail(error: BaseException) -> None:
        raise error

    async with AsyncExitStack() as stack:
        database = await Database.open(open_home(home))
        stack.push_async_callback(database.close)
        tasks = TaskSet(fail)
        stack.push_async_callback(tasks.aclose)
        service = Service(log, random.Random(seed))
        speech, queue, _ = await stack.enter_async_context(take_service(service, tasks, database, parallel=8))
        yield database, speech, queue


async def resume(queue: JobQueue) -> None:
    """What a user does after a restart: resume the job, and wait until nothing goes on."""
    for status in queue.jobs():
        queue.resume(status.job.id)
    await wait_until(lambda: all(status.job.ended for status in queue.jobs()), interval=0.002)


async def send_again(queue: JobQueue, log: Log) -> None:
    """What a user does who wants what was lost, although it may have been billed."""
    for status in queue.jobs():
        for item in queue.items(status.job.id):
            if item.state == "lost":
                log.write("again", item.subject)
        await queue.send_again(status.job.id)


async def press(speech: TakeService, queue: JobQueue, log: Log) -> None:
    """Ask for all lines at once, and tell when the job is shown."""
    shown = queue.on_change.subscribe(lambda _job_id: log.write("stored"))
    speech.request([msgspec.structs.replace(LINE, text=text) for text in LINES], title="forty", owner="s")
    await wait_until(lambda: queue.jobs(), interval=0.001)
    shown()


def live(home: str, log_path: str, seed: int) -> None:
    """Go on with what the home holds until killed."""

    async def work() -> None:
        log = Log(Path(log_path))
        async with opened(Path(home), log, seed) as (_, speech, queue):
            log.write("started")
            if queue.jobs():
                log.write("stored")
            else:
                await press(speech, queue, log)
            await resume(queue)
            await send_again(queue, log)
            await resume(queue)
            await asyncio.Event().wait()

    asyncio.run(work())
