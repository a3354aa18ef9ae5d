"""An audition grid that is killed again and again is filled in the end, and no cell is sent twice unasked."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter, defaultdict
from pathlib import Path

from app.core.audition_grids import CellState
from tests.services.speech.crash_worker import Kind, Line, Log, read
from tests.services.speech.grid_crash_worker import NAMES, fill, live, name_at, opened
from tests.services.speech.grid_harness import GridHarness
from tests.services.speech.test_job_kills import processes

KILLS: tuple[dict[Kind, int], ...] = ({"sent": 3}, {"sounded": 9}, {"again": 1}, {"again": 2, "sent": 1})
"""What a run of the program has just done when it is killed: what is sent third has no sound yet, and is lost. The last
run is killed with the first request that it sends again, or where there is only one, before."""


def check(at: GridHarness, lines: list[Line]) -> None:
    """Hold what the cells show against what the service and the user know."""
    sent = Counter(line.text for line in lines if line.kind == "sent")
    again = Counter(line.text for line in lines if line.kind == "again")
    sounded: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.kind == "sounded":
            sounded[line.text] = max(line.frames, sounded[line.text])
    for cell in at.grid.cells():
        name, take, state = name_at(cell), at.grid.take(cell), at.grid.state(cell)
        assert sent[name] <= 1 + again[name], f"{name} was sent twice"
        assert len(at.grid.takes(cell)) <= 1 + again[name], f"{name} has a take that nobody asked for"
        assert (take.frames if take is not None else 0) >= sounded[name], f"of {name} less is kept than had arrived"
        assert state in allowed(sent[name], again[name], sounded[name]), (name, state)


def allowed(sent: int, again: int, sounded: int) -> tuple[CellState, ...]:
    """The states of a cell by how often it was sent and asked for again, and the frames that the service spoke.

    That a request leaves is stored before, and that sound came is told after it was received.
    """
    if sounded:
        return ("ready",)
    if not sent:
        return ("planned", "paused", "failed")
    # Asked for again and not sent since: that is paused, or was not stored.
    return ("ready", "failed", "paused") if sent <= again else ("ready", "failed")


async def checked(home: Path, log_path: Path, seed: int) -> None:
    log = Log(log_path)
    async with opened(home, log, seed) as at:
        assert await at.database.check()
        before = read(log_path)
        check(at, before)
        assert not at.grid.is_running
        assert read(log_path) == before, "something was sent although nobody asked"
    log.close()


async def ended(home: Path, log_path: Path, seed: int) -> None:
    """Fill it, and see that every cell has its sound."""
    log = Log(log_path)
    async with opened(home, log, seed) as at:
        await fill(at, log)
        check(at, read(log_path))
        assert at.grid.progress().ready == len(NAMES)
    log.close()


def test_a_grid_killed_again_and_again_is_filled_and_no_cell_is_sent_twice(tmp_path: Path) -> None:
    processes.set_forkserver_preload(["tests.services.speech.grid_crash_worker"])
    chance, home, log = random.Random(1), tmp_path / "家", tmp_path / "log"
    for last_lines in KILLS:
        process = processes.Process(
            target=live, args=(str(home), str(log), chance.getrandbits(32), last_lines), daemon=True
        )
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL, "it ended by itself"
        asyncio.run(checked(home, log, chance.getrandbits(32)))
    asyncio.run(ended(home, log, chance.getrandbits(32)))
