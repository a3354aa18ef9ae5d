"""The conversations in the command palette, found by title and by content."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.core.conversation import Conversation
from app.services.chat.workspace import Workspace
from app.ui.commands import Thing, ThingSource
from app.ui.reported_tasks import Spawn
from app.ui.texts.numbers import day
from app.ui.theme.icons import Icon

MAX_FOUND = 6
PAUSE = 0.1
"""Seconds after the last key before the contents are searched."""


def conversation_things(workspace: Workspace, open_: Callable[[str], object], run: Spawn) -> ThingSource:
    """The source for the palette, which keeps the list until it changes.

    `open_` opens a conversation by id; `run` runs a coroutine and reports its errors.
    """

    def thing(conversation: Conversation, detail: str) -> Thing:
        title = conversation.title or QCoreApplication.translate("Chat", "New conversation")
        return Thing(conversation.id, title, detail, Icon.CHAT, partial(open_, conversation.id))

    known_things: list[Thing] = []
    known_as: tuple[date, str] | None = None
    last_query = 0

    def forget() -> None:
        nonlocal known_as
        known_as = None

    def listed() -> Sequence[Thing]:
        nonlocal known_things, known_as
        now = time.time()
        made_for = datetime.fromtimestamp(now).date(), day(now, now)
        if known_as != made_for:  # The list, the day or the language has changed.
            known_as = made_for
            known_things = [thing(each, day(each.updated, now)) for each in workspace.conversations()]
        return known_things

    def search(query: str, deliver: Callable[[Sequence[Thing]], None]) -> None:
        nonlocal last_query
        last_query += 1
        number = last_query

        async def find() -> None:
            await asyncio.sleep(PAUSE)
            if number != last_query:
                return
            excerpts = await workspace.found(query)
            forget()  # What it found is listed from now on, however old it is.
            known = {conversation.id: conversation for conversation in workspace.conversations()}
            found = [(known[key], excerpt) for key, excerpt in excerpts.items() if excerpt and key in known]
            deliver([thing(conversation, excerpt) for conversation, excerpt in found[:MAX_FOUND]])

        run(find())

    workspace.on_change.subscribe(forget)
    return ThingSource("conversations", lambda: QCoreApplication.translate("Palette", "Conversations"), listed, search)
