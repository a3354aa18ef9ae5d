"""`search`, `search-list`: with 100,000 messages they cost at most 3 × what they cost with 1,000."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from app.storage.database import Database
from tests.benchmarks.row import Row, row
from tests.benchmarks.stored_conversations import best_of, make_home

MAX_RATIO = 3.0
QUERIES = ("蜻蜓", "dragonfly", "语音", "quick brown", "dra", "模")
PAGE = 50


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        few = _measure(Path(folder) / "few", 1_000)
        many = _measure(Path(folder) / "many", 100_000)
    return [
        row(name, many[name] * 1000, "ms", peer="with 1,000 messages", peer_value=few[name] * 1000, at_most=MAX_RATIO)
        for name in ("search", "search-list")
    ]


def _measure(root: Path, messages: int) -> dict[str, float]:
    """CPU seconds of all queries together, a page of each, and of a page of the conversation list."""
    with asyncio.Runner() as runner:
        database = runner.run(Database.open(runner.run(make_home(root, messages))))
        try:
            return {
                "search": best_of(lambda: runner.run(_search(database)), repeat=3),
                "search-list": best_of(lambda: runner.run(database.conversations.listed(PAGE)), repeat=20),
            }
        finally:
            runner.run(database.close())


async def _search(database: Database) -> None:
    for query in QUERIES:
        await database.search.messages(query, PAGE)
