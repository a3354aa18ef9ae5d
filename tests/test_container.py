"""What stands behind the window looks after what is kept, and what failed before anybody listened is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.arguments import parse
from app.composition import container
from app.composition.container import ServiceContainer
from app.core.conversation import Conversation
from app.core.errors import Code, StorageError, WorkbenchError
from app.core.messages import user_message
from app.core.redaction import Redactor
from app.core.settings import Settings
from app.core.voices import Voice
from app.storage.database import Database
from app.storage.home import open_home


@asynccontextmanager
async def behind(home: Path) -> AsyncIterator[ServiceContainer]:
    stages: list[Callable[[], Awaitable[object]]] = []
    opened = await ServiceContainer.open(
        parse([]),
        {"MIMO_API_KEY": "tp-0123456789abcdef"},
        open_home(home),
        Settings(),
        Redactor(),
        lambda error: pytest.fail(repr(error)),
        lambda _name, close: stages.append(close),
    )
    try:
        yield opened
    finally:
        for close in reversed(stages):
            await close()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await true():
            await asyncio.sleep(0.01)


async def test_damage_found_before_anybody_listened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def damaged(_database: Database) -> bool:
        return False

    monkeypatch.setattr(Database, "check", damaged)
    told: list[WorkbenchError] = []
    async with behind(tmp_path) as opened:
        await asyncio.sleep(0.05)
        opened.tell_failures(told.append)
        assert [error.code for error in told] == [Code.DATABASE_DAMAGED]
        later: list[WorkbenchError] = []
        opened.tell_failures(later.append)
        assert later == []


async def test_what_was_deleted_is_freed_while_the_window_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(container, "UNDOABLE_SECONDS", 0.0)
    async with behind(tmp_path) as opened:
        store = opened.database.conversations
        await store.keep(Conversation("c", "Ferry"))
        await store.keep_messages("c", [user_message("a word that is to go")])
        await store.delete("c")

        async def gone() -> bool:
            try:
                await store.restore("c")
            except StorageError as error:
                return error.code is Code.NOT_KEPT
            await store.delete("c")
            return False

        await until(gone)


async def test_a_backup_that_fails_keeps_nothing_from_being_freed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[bool] = []

    async def full(*_arguments: object) -> None:
        raise StorageError(Code.DISK_FULL, path="backup")

    async def sweep(_database: Database) -> int:
        swept.append(True)
        return 0

    monkeypatch.setattr(Database, "back_up_if_due", full)
    monkeypatch.setattr(Database, "sweep", sweep)
    told: list[WorkbenchError] = []
    async with behind(tmp_path) as opened:
        opened.tell_failures(told.append)

        async def both() -> bool:
            return bool(told and swept)

        await until(both)
    assert [error.code for error in told] == [Code.DISK_FULL]


async def test_ones_own_voices_are_known_before_anything_sounds(tmp_path: Path) -> None:
    async with behind(tmp_path) as opened:
        await opened.database.voices.keep(Voice("own", "Grandma", "cloned", "0" * 64))
    async with behind(tmp_path) as opened:

        async def known() -> bool:
            return opened.library.voice("own") is not None

        await until(known)
