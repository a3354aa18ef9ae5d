"""Killed two hundred times at random moments, nothing that was finished is lost, and of the rest at most a second."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import msgspec

from app.core.conversation import MessageTree
from app.core.messages import Message
from app.storage.database import Database
from app.storage.home import open_home
from tests.storage.crash_worker import ANSWER, Shown, live

KILLS = 200
HOMES = 8
LONG_EVERY = 8
"""Every so manieth life is longer than the second that may be missing."""
MAY_MISS = 1.0

_shown = msgspec.json.Decoder(Shown)
_processes = multiprocessing.get_context("forkserver")


class Life:
    """One run of the process, ended by SIGKILL; what it had shown until then."""

    def __init__(self, home: Path, seed: int, seconds: float) -> None:
        told, tell = _processes.Pipe(duplex=False)
        process = _processes.Process(target=live, args=(str(home), tell, seed), daemon=True)
        process.start()
        tell.close()
        self.shown: list[Shown] = []
        deadline = None
        while deadline is None or time.monotonic() < deadline:
            if told.poll(0.005):
                self.shown.append(_shown.decode(told.recv_bytes()))
                # It lives from the first sign of life on: starting takes as long as the machine likes.
                deadline = deadline or self.shown[0].moment + seconds
            assert process.is_alive(), "it ended by itself"
        process.kill()
        process.join()
        self.killed = time.monotonic()
        try:
            while told.poll():
                self.shown.append(_shown.decode(told.recv_bytes()))
        except (EOFError, OSError):
            pass  # The last message may have been cut by the kill.
        told.close()

    @property
    def may_miss(self) -> float:
        """Seconds: longer when the machine did not let the process run."""
        pauses = [later.moment - earlier.moment for earlier, later in pairwise(self.shown)]
        return MAY_MISS + max(pauses, default=0.0)

    def old(self, kind: str) -> list[Shown]:
        """What of a kind was shown long enough ago to be there."""
        return [one for one in self.shown if one.kind == kind and self.killed - one.moment > self.may_miss]


class Checker:
    """Opens a home after a kill and holds what is in it against what had been shown."""

    def __init__(self, database: Database, life: Life) -> None:
        self.database, self.life = database, life
        self.trees: dict[str, MessageTree] = {}

    async def check(self) -> None:
        assert await self.database.check()
        for conversation in await self.database.conversations.listed():
            self.trees[conversation.id] = MessageTree(await self.database.conversations.messages(conversation.id))
            for message in self.trees[conversation.id]:
                check_whole_or_cut(message)
            assert conversation.leaf is None or self.trees[conversation.id].branch(conversation.leaf)
        self.check_messages()
        await self.check_drafts()
        await self.check_takes()

    def message(self, shown: Shown) -> Message:
        assert shown.conversation in self.trees, f"lost: {shown}"
        assert shown.id in self.trees[shown.conversation], f"lost: {shown}"
        return self.trees[shown.conversation][shown.id]

    def check_messages(self) -> None:
        for shown in self.life.old("sent"):
            assert self.message(shown).text == shown.words
        for shown in self.life.old("text"):
            assert len(self.message(shown).text) >= shown.size, shown
        for shown in self.life.old("ended"):
            message = self.message(shown)
            assert len(message.text) == shown.size
            assert message.replies[-1].finish == "stop"

    async def check_drafts(self) -> None:
        drafts = [one for one in self.life.shown if one.kind in ("draft", "sent")]
        for place, shown in enumerate(drafts):
            if shown.kind != "draft" or shown not in self.life.old("draft"):
                continue
            later = [one for one in drafts[place + 1 :] if one.conversation == shown.conversation]
            allowed = {shown.words, *(one.words if one.kind == "draft" else "" for one in later)}
            assert (await self.database.conversations.get(shown.conversation)).draft in allowed

    async def check_takes(self) -> None:
        takes = {take.id: take for take in await self.database.takes.of_session("s")}
        assert all(take.state in ("done", "cut", "failed") for take in takes.values())
        kept = {shown.id: shown for shown in self.life.shown if shown.kind == "kept"}
        sounded = {shown.id: shown.size for shown in self.life.shown if shown.kind == "sounded"}
        for take_id, shown in kept.items():
            assert takes[take_id].state == "done"
            assert takes[take_id].audio == shown.words
            assert len(self.database.blobs.read(shown.words)) == 2 * sounded[take_id]
        for take_id in sounded.keys() - kept.keys():
            take = takes[take_id]
            if take.state != "done":  # It may have been kept without having been told.
                assert take.state == "cut"
                assert take.frames >= sounded[take_id]
            assert self.database.blobs.read(take.audio)


def check_whole_or_cut(message: Message) -> None:
    """Nothing half, nothing of another answer, and an answer that broke off says so."""
    if message.role == "user":
        assert message.text.startswith("Question ")
        return
    assert ANSWER.startswith(message.text)
    finish = message.replies[-1].finish
    assert finish == "error" or (finish == "stop" and len(message.text) in (40, 400, 4_000, len(ANSWER)))


def killed_again_and_again(home: Path, seed: int) -> int:
    """How often something streamed for longer than may be missing when the kill came."""
    chance = random.Random(seed)
    telling = 0
    for number in range(KILLS // HOMES):
        seconds = chance.uniform(1.2, 2.2) if number % LONG_EVERY == 0 else chance.uniform(0.0, 0.2)
        life = Life(home, chance.getrandbits(32), seconds)

        async def check(life: Life = life) -> None:
            database = await Database.open(open_home(home))
            assert database.unclean
            try:
                await Checker(database, life).check()
            finally:
                await database.close()

        asyncio.run(check())
        telling += bool(life.old("text"))
    return telling


def test_two_hundred_kills(tmp_path: Path) -> None:
    _processes.set_forkserver_preload(["tests.storage.crash_worker"])
    with ThreadPoolExecutor(HOMES) as lanes:
        homes = [tmp_path / f"家 {number}" for number in range(HOMES)]
        telling = list(lanes.map(killed_again_and_again, homes, range(HOMES)))
    assert all(telling), "in every home something was old enough to have to be there"
