"""`open`: reading a conversation of 2,000 messages costs at most 2 × raw sqlite3 reading the same rows."""

from __future__ import annotations

import asyncio
import random
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from app.core.conversation import Conversation
from app.storage.database import Database
from app.storage.home import open_home
from tests.benchmarks.row import Row, row
from tests.benchmarks.stored_conversations import best_of, chat_message

NAME = "open"
"""Prefix of its row names."""

MAX_RATIO = 2.0
MESSAGES = 2_000


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        home = open_home(Path(folder))
        database = runner.run(Database.open(home))
        try:
            runner.run(_fill(database))
            ours = best_of(lambda: runner.run(database.conversations.messages("c")), times=9)
            with closing(sqlite3.connect(home.database)) as raw:
                statement = "SELECT * FROM messages WHERE conversation = 'c' ORDER BY number"
                theirs = best_of(lambda: raw.execute(statement).fetchall(), times=9)
        finally:
            runner.run(database.close())
    return [
        row(
            "open", ours * 1000, "ms", peer="sqlite3 reading the same rows", peer_value=theirs * 1000, at_most=MAX_RATIO
        )
    ]


async def _fill(database: Database) -> None:
    draw = random.Random(7)
    await database.conversations.keep(Conversation("c"))
    await database.conversations.keep_messages("c", [chat_message(number, None, draw) for number in range(MESSAGES)])
