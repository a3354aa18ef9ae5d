"""What runs in a process that is killed: an audition grid, begun, and filled again after each restart."""

from __future__ import annotations

import asyncio
import random
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from app.core.audition_grids import Cell, GridDirection
from app.core.takes import VoiceSnapshot
from tests.services.speech.crash_worker import Kind, Log, Service
from tests.services.speech.grid_harness import GridHarness, grid_harness, name_of

VOICES = tuple(VoiceSnapshot("builtin", name, name) for name in ("Mia", "Dean", "Milo"))
DIRECTIONS = tuple(GridDirection(words) for words in ("calm", "wild", "slow", "dark"))
NAMES = tuple(f"{voice.id} {direction.words}" for direction in DIRECTIONS for voice in VOICES)


def opened(home: Path, log: Log, seed: int) -> AbstractAsyncContextManager[GridHarness]:
    """The grid of a home, as it was left."""
    return grid_harness(home, Service(log, random.Random(seed), name_of), parallel=4)


async def fill(at: GridHarness, log: Log) -> None:
    """What a user does after a restart: fill the grid, and retry one by one what was sent and never came."""
    at.grid.fill()
    await at.settled()
    for cell in at.grid.cells():
        if at.grid.state(cell) == "failed":
            log.write("again", name_at(cell))
            at.grid.make(cell)
    await at.settled()


def name_at(cell: Cell) -> str:
    return NAMES[cell.row * len(VOICES) + cell.column]


def live(home: str, log_path: str, seed: int, last_lines: dict[Kind, int]) -> None:
    """Go on with what the home holds, until it is done or killed with the last of so many lines of a kind."""

    async def work() -> None:
        log = Log(Path(log_path))
        log.last_lines = last_lines
        async with opened(Path(home), log, seed) as at:
            if not at.grid.grid.id:
                await at.begin(*VOICES, directions=DIRECTIONS)
                await at.grids.flush()
            await fill(at, log)

    asyncio.run(work())
