"""A home with many conversations, made once per run: what the storage benchmarks read."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from app.core.conversation import Conversation
from app.core.messages import Message, Reply, Text, Thinking, Usage, user_message
from app.storage.conversations import write_conversation, write_message
from app.storage.database import Database
from app.storage.database_executor import DatabaseExecutor
from app.storage.home import Home, open_home

PER_CONVERSATION = 10
_WORDS = [
    "prompt",
    "voice",
    "take",
    "measure",
    "quick",
    "brown",
    "stream",
    "answer",
    "model",
    "sample",
    "语音",
    "模型",
    "声音",
    "世界",
    "你好",
    "思考",
]


async def make_home(root: Path, messages: int) -> Home:
    """A home with so many messages, `PER_CONVERSATION` in each conversation; one in 500 holds 蜻蜓 and `dragonfly`."""
    home = open_home(root)
    database = await Database.open(home)
    draw = random.Random(7)
    for start in range(0, messages, 10_000):
        numbers = range(start, min(start + 10_000, messages))
        await database.access.write(lambda c, numbers=numbers: _fill(c, database, numbers, draw))
    await database.close()
    return home


def _fill(connection, database: Database, numbers: range, draw: random.Random) -> None:
    access: DatabaseExecutor = database.access
    parent = None
    for number in numbers:
        conversation_id = f"c{number // PER_CONVERSATION}"
        if number % PER_CONVERSATION == 0:
            write_conversation(connection, access, Conversation(conversation_id, _text(draw, 5), created=1e9))
            parent = None
        message = chat_message(number, parent, draw)
        write_message(connection, access, database.blobs, conversation_id, message)
        parent = message.id


def chat_message(number: int, parent: str | None, draw: random.Random) -> Message:
    """Every second one an answer with thinking, as real ones are."""
    rare = " 蜻蜓 dragonfly" if number % 500 == 0 else ""
    if number % 2 == 0:
        return user_message(_text(draw, 30) + rare, parent=parent, created=1e9 + number)
    reply = Reply("mimo-v2.5", "mimo-v2.5", "stop", Usage(900, 400, 100, 150), 0.6, 7.0, f"call{number}")
    parts = (Thinking(_text(draw, 60), 0, 1.5), Text(_text(draw, 120) + rare))
    return Message(f"m{number}", "assistant", parts, parent, (reply,), 1e9 + number)


def _text(draw: random.Random, words: int) -> str:
    return " ".join(draw.choices(_WORDS, k=words))


def best_of(work: Callable[[], object], times: int = 5, repeat: int = 1) -> float:
    """Least process CPU seconds of one `work`."""
    least = float("inf")
    for _ in range(times):
        began = time.process_time()
        for _ in range(repeat):
            work()
        least = min(least, (time.process_time() - began) / repeat)
    return least
