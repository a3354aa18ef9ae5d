"""`open` and `open-conversation`: what opening a conversation of 2,000 messages costs, in process CPU time.

`open` is reading it from the database, beside raw sqlite3 reading the same rows. `open-conversation` is opening it in
the real window, offscreen, until its last messages are painted, beside one of 20 messages; `open-conversation-plain`
the same beside a bare `QTextBrowser` that gets the text of all its messages and is scrolled to the end.
"""

from __future__ import annotations

import asyncio
import gc
import random
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtWidgets import QApplication, QTextBrowser

from app.core.conversation import Conversation
from app.core.messages import Message
from app.storage.database import Database
from app.storage.home import open_home
from tests.benchmarks.answer import chat_view
from tests.benchmarks.apart import apart
from tests.benchmarks.in_window import measured
from tests.benchmarks.pages import PAGE
from tests.benchmarks.row import Row, row
from tests.benchmarks.stored_conversations import best_of, chat_message

NAME = "open"
"""Prefix of its row names."""

MAX_RATIO = 2.0
MESSAGES, FEW = 2_000, 20
MAX_OF_FEW, MAX_OF_BARE = 3.0, 4.0
ROUNDS = 5


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
    shown = measured("open_conversation", prepare=lambda folder: asyncio.run(_prepare(folder)))
    many, few, bare = shown["many"], shown["few"], apart("open_conversation", "in_bare_qt")
    return [
        row("open-conversation", many, "s", peer="20 messages", peer_value=few, at_most=MAX_OF_FEW),
        row("open-conversation-plain", many, "s", peer="QTextBrowser", peer_value=bare, at_most=MAX_OF_BARE),
        row(
            "open", ours * 1000, "ms", peer="sqlite3 reading the same rows", peer_value=theirs * 1000, at_most=MAX_RATIO
        ),
    ]


async def _fill(database: Database) -> None:
    draw = random.Random(7)
    await database.conversations.keep(Conversation("c"))
    await database.conversations.keep_messages("c", [chat_message(number, None, draw) for number in range(MESSAGES)])


async def _prepare(folder: Path) -> None:
    """A conversation of many messages, one of few, and another that is open."""
    database = await Database.open(open_home(folder))
    for number, (name, count) in enumerate((("many", MESSAGES), ("few", FEW), ("other", 2))):
        messages = _conversation(name, count)
        leaf = messages[-1].id
        await database.conversations.keep(Conversation(name, name, leaf=leaf, created=1e9, updated=1e9 + number))
        await database.conversations.keep_messages(name, messages)
    await database.close()


def _conversation(name: str, count: int) -> list[Message]:
    draw = random.Random(7)
    messages: list[Message] = []
    for number in range(count):
        made = chat_message(number, messages[-1].id if messages else None, draw)
        messages.append(msgspec.structs.replace(made, id=f"{name}{number}"))
    return messages


async def measure(workbench: Any, window: Any) -> dict[str, float]:
    from app.services.chat.workspace import Workspace

    await chat_view(window)
    (workspace,) = (thing for thing in gc.get_objects() if isinstance(thing, Workspace))
    took: dict[str, list[float]] = {"many": [], "few": []}
    for _ in range(ROUNDS):
        for name in took:
            await workspace.open("other")
            workspace._sessions.pop(name, None)  # read it again
            await asyncio.sleep(0.3)
            began = time.process_time()
            await workspace.open(name)
            window.repaint()
            await asyncio.sleep(0)
            took[name].append(time.process_time() - began)
    return {name: min(seconds) for name, seconds in took.items()}


def in_bare_qt() -> float:
    """CPU seconds that a bare widget takes to show all messages of the long conversation."""
    text = "\n\n".join(message.text for message in _conversation("many", MESSAGES))
    least = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        browser = QTextBrowser()
        browser.resize(*PAGE)
        browser.setPlainText(text)
        browser.show()
        browser.verticalScrollBar().setValue(browser.verticalScrollBar().maximum())
        QApplication.processEvents()
        least = min(least, time.process_time() - began)
        browser.close()
    return least
