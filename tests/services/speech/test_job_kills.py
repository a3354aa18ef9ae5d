"""Killed at random moments of a job of forty takes, nothing is lost, and nothing sent twice without being asked."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.core.takes import Take
from app.services.jobs.queue import JobQueue
from app.storage.database import Database
from tests.services.speech.crash_worker import LINES, Line, Log, live, opened, read, resume, send_again

JOBS = 6
KILLS = 3
"""Of each job once it is stored, one after the other."""

processes = multiprocessing.get_context("forkserver")


def kill(home: Path, log: Path, seed: int, seconds: float, live: Callable[[str, str, int], None] = live) -> None:
    """Run a process that does `live` until so many seconds after it has opened the home, then kill it."""
    begun = Counter(line.kind for line in read(log))["started"]
    process = processes.Process(target=live, args=(str(home), str(log), seed), daemon=True)
    process.start()
    deadline = None
    while deadline is None or time.monotonic() < deadline:
        time.sleep(0.002)
        if deadline is None and Counter(line.kind for line in read(log))["started"] > begun:
            deadline = time.monotonic() + seconds
        assert process.is_alive(), "it ended by itself"
    process.kill()
    process.join()


class Checker:
    """Holds what is in a home against what the service and the user know."""

    def __init__(self, database: Database, queue: JobQueue, lines: list[Line]) -> None:
        self.database, self.queue = database, queue
        self.sent = Counter(line.text for line in lines if line.kind == "sent")
        self.again = Counter(line.text for line in lines if line.kind == "again")
        self.stored = any(line.kind == "stored" for line in lines)
        self.sounded: dict[str, int] = defaultdict(int)
        for line in lines:
            if line.kind == "sounded":
                self.sounded[line.text] = max(line.frames, self.sounded[line.text])
        self.takes: dict[str, list[Take]] = defaultdict(list)

    async def check(self, *, at_the_end: bool) -> None:
        for take in await self.database.takes.of_session("s"):
            self.takes[take.text].append(take)
        if self.stored or at_the_end:
            assert sorted(self.takes) == sorted(LINES), "a line is missing"
        for text, takes in self.takes.items():
            self.check_line(text, takes, at_the_end=at_the_end)
        for status in self.queue.jobs():
            self.check_items(status.job.id)

    def check_line(self, text: str, takes: list[Take], *, at_the_end: bool) -> None:
        repeated = sum(self.again[take.id] for take in takes)
        assert len(takes) <= 1 + repeated, f"{text} has a take that nobody asked for"
        assert self.sent[text] <= len(takes), f"{text} was sent twice"
        assert max(take.frames for take in takes) >= self.sounded[text], f"of {text} less is kept than had arrived"
        for take in takes:
            assert take.state in ("done", "cut", "failed", "queued")
            assert (take.state in ("done", "cut")) == bool(take.audio) == bool(take.frames)
            if take.audio:
                assert len(self.database.blobs.read(take.audio)) == 44 + 2 * take.frames
        if at_the_end:
            assert Counter(take.state for take in takes)["done"] == 1, (text, [take.state for take in takes])
            assert not any(take.state == "queued" for take in takes)

    def check_items(self, job_id: str) -> None:
        """The items say of each take what is true."""
        takes = {take.id: take for those in self.takes.values() for take in those}
        for item in self.queue.items(job_id):
            take = takes[item.subject]
            allowed = {"queued": ("queued",), "done": ("done",), "lost": ("cut", "failed")}[item.state]
            assert take.state in allowed, (item, take.state)


async def checked(home: Path, log_path: Path, seed: int) -> None:
    log = Log(log_path)
    async with opened(home, log, seed) as (database, _, queue):
        assert await database.check()
        before = len(read(log_path))
        await Checker(database, queue, read(log_path)).check(at_the_end=False)
        assert len(read(log_path)) == before, "something was sent although nobody resumed"
    log.close()


async def ended(home: Path, log_path: Path, seed: int) -> None:
    """Resume, send again what was lost, and see that everything is there."""
    log = Log(log_path)
    async with opened(home, log, seed) as (database, _, queue):
        await resume(queue)
        await send_again(queue, log)
        await resume(queue)
        await Checker(database, queue, read(log_path)).check(at_the_end=True)
        assert all(status.group == "finished" for status in queue.jobs())
    log.close()


def one_job(folder: Path, seed: int) -> int:
    """Kill one job several times, check it after each, and end it; return how many lines were sent again."""
    chance = random.Random(seed)
    home, log = folder / f"家 {seed}", folder / f"log {seed}"
    kills = 0
    while kills < KILLS:
        kill(home, log, chance.getrandbits(32), chance.choice((0.02, 0.1, 0.6)) * chance.random())
        asyncio.run(checked(home, log, chance.getrandbits(32)))
        kills += any(line.kind == "stored" for line in read(log))
    asyncio.run(ended(home, log, chance.getrandbits(32)))
    return sum(line.kind == "again" for line in read(log))


def test_a_job_killed_again_and_again_loses_nothing_and_sends_nothing_twice(tmp_path: Path) -> None:
    processes.set_forkserver_preload(["tests.services.speech.crash_worker"])
    with ThreadPoolExecutor(2) as lanes:
        again = list(lanes.map(lambda seed: one_job(tmp_path, seed), range(JOBS)))
    assert any(again), "some kill came while answers were arriving"
