"""What runs in a process that is to be killed: conversations that stream, takes that are spoken, drafts that are typed.

It tells through a pipe what a person would have been shown, with the moment. The words of every answer are the same
sequence, so that a beginning of it can be told from anything else.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal

import msgspec

from app.core.errors import WorkbenchError
from app.core.events import ChatEvent, Finished, TextDelta, ThinkingDelta
from app.core.messages import Message, new_id
from app.core.requests import ChatRequest
from app.core.takes import Take, VoiceSnapshot
from app.services.chat.approval import Approvals
from app.services.chat.session import SessionObserver
from app.services.chat.workspace import Workspace
from app.services.tasks import TaskSet
from app.services.tools.tool import Toolbox
from app.storage.database import Database
from app.storage.home import open_home
from tests.services.test_chat_session import OneClient

ANSWER = "".join(f"word {number}, " for number in range(2_000))
PIECE = 23
PACE = 0.004
FRAMES = 480
"""Of one piece of a take: 20 ms."""


class Shown(msgspec.Struct, frozen=True):
    """Something a person was shown, or was told is kept.

    Attributes:
        kind: `text`: an answer as far as `size` characters; `kept`: a take with the sound `words` (a digest);
            `sounded`: a take of which `size` frames arrived.
        moment: `time.monotonic()`.
    """

    kind: Literal["sent", "text", "ended", "draft", "kept", "sounded"]
    moment: float
    id: str
    conversation: str = ""
    words: str = ""
    size: int = 0


class Reporter(SessionObserver):
    """Looks at one conversation as the window does."""

    def __init__(self, work: Work, conversation: str) -> None:
        self._work, self._conversation = work, conversation
        self._size = 0

    def message_added(self, message: Message) -> None:
        self._size = 0
        if message.role == "user":
            self._work.show("sent", message.id, self._conversation, message.text)

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        if isinstance(event, TextDelta):
            self._size += len(event.text)
            self._work.show("text", message_id, self._conversation, size=self._size)

    def message_ended(self, message: Message) -> None:
        self._work.show("ended", message.id, self._conversation, size=len(message.text))

    def message_failed(self, message: Message, error: WorkbenchError) -> None:
        raise AssertionError(error)


class Streaming:
    """A client whose answers have random lengths."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    async def chat(self, request: ChatRequest) -> AsyncIterator[ChatEvent]:
        yield ThinkingDelta("Counting words.")
        length = self._chance.choice((40, 400, 4_000, len(ANSWER)))
        for start in range(0, length, PIECE):
            await asyncio.sleep(PACE)
            yield TextDelta(ANSWER[start : min(start + PIECE, length)])
        yield Finished("stop")


class Work:
    """One life of the process."""

    def __init__(self, database: Database, told: Connection, seed: int) -> None:
        self._database, self._told = database, told
        self._chance = random.Random(seed)

    def show(self, kind: str, id_: str, conversation: str = "", words: str = "", size: int = 0) -> None:
        shown = Shown(kind, time.monotonic(), id_, conversation, words, size)  # type: ignore[arg-type]
        self._told.send_bytes(msgspec.json.encode(shown))

    async def talk(self) -> None:
        """Ask, wait for the answer, type half a question, ask the next."""

        def fail(error: BaseException) -> None:
            raise error

        workspace = Workspace(
            connection=OneClient(Streaming(self._chance)),  # type: ignore[arg-type]
            toolbox=Toolbox(()),
            approvals=Approvals(),
            tasks=TaskSet(fail),
            store=self._database.conversations,
            search=self._database.search,
        )
        workspace.on_created.subscribe(lambda session: session.subscribe(Reporter(self, session.id)))
        await workspace.load()
        while True:
            session = workspace.new()
            for turn in range(self._chance.randint(1, 3)):
                session.send(f"Question {turn} of {session.id}")
                await session.wait()
                for typed in range(self._chance.randint(0, 4)):
                    draft = f"half a question {'.' * typed}"
                    session.configure(draft=draft)
                    self.show("draft", session.id, session.id, draft)
                    await asyncio.sleep(0.05)

    async def speak(self) -> None:
        """Takes whose sound arrives piece by piece."""
        voice = VoiceSnapshot("builtin", "Mia", "Mia")
        while True:
            take = Take(new_id(), voice, "Good evening.", session="s", created=time.time())
            await self._database.takes.keep(take)
            with self._database.blobs.writer(take.id) as writer:
                for number in range(1, self._chance.randint(2, 20)):
                    writer.write(number.to_bytes(2, "little") * FRAMES)
                    self.show("sounded", take.id, size=number * FRAMES)
                    await asyncio.sleep(0.01)
                digest = await asyncio.to_thread(writer.finish)
            await self._database.takes.keep(msgspec.structs.replace(take, state="done", audio=digest))
            self.show("kept", take.id, words=digest)


def live(folder: str, told: Connection, seed: int) -> None:
    """Until it is killed."""

    async def work() -> None:
        database = await Database.open(open_home(Path(folder)))
        life = Work(database, told, seed)
        await asyncio.gather(life.talk(), life.speak())

    asyncio.run(work())
