"""The service container runs maintenance, and reports failures from before anything was listening."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.arguments import parse
from app.composition import maintenance
from app.composition.container import ServiceContainer
from app.core.conversation import Conversation
from app.core.errors import Code, StorageError, WorkbenchError
from app.core.messages import user_message
from app.core.redaction import Redactor
from app.core.settings import Settings
from app.core.takes import VoiceSnapshot
from app.core.voices import Voice
from app.services.speech.direction import Layers
from app.storage.database import Database
from app.storage.home import open_home


@asynccontextmanager
async def open_services(home: Path) -> AsyncIterator[ServiceContainer]:
    stages: list[Callable[[], Awaitable[object]]] = []
    services = await ServiceContainer.open(
        parse([]),
        {"MIMO_API_KEY": "tp-0123456789abcdef"},
        open_home(home),
        Settings(),
        Redactor(),
        lambda error: pytest.fail(repr(error)),
        lambda _name, close: stages.append(close),
    )
    try:
        yield services
    finally:
        for close in reversed(stages):
            await close()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await true():
            await asyncio.sleep(0.01)


async def test_damage_found_before_anything_listens_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def damaged(_database: Database) -> bool:
        return False

    monkeypatch.setattr(Database, "check", damaged)
    reported: list[WorkbenchError] = []
    async with open_services(tmp_path) as services:
        await asyncio.sleep(0.05)
        services.on_failed.subscribe(reported.append)
        assert [error.code for error in reported] == [Code.DATABASE_DAMAGED]
        later: list[WorkbenchError] = []
        services.on_failed.subscribe(later.append)
        assert later == []


async def test_deleted_items_are_purged_while_the_program_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maintenance, "MAINTENANCE_INTERVAL_SECONDS", 0.02)
    monkeypatch.setattr(maintenance, "UNDO_SECONDS", 0.0)
    async with open_services(tmp_path) as services:
        store = services.database.conversations
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


async def test_a_failed_backup_does_not_prevent_the_sweep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[bool] = []

    async def full(*_arguments: object) -> None:
        raise StorageError(Code.DISK_FULL, path="backup")

    async def sweep(_database: Database) -> int:
        swept.append(True)
        return 0

    monkeypatch.setattr(Database, "back_up_if_due", full)
    monkeypatch.setattr(Database, "sweep", sweep)
    reported: list[WorkbenchError] = []
    async with open_services(tmp_path) as services:
        services.on_failed.subscribe(reported.append)

        async def both() -> bool:
            return bool(reported and swept)

        await until(both)
    assert [error.code for error in reported] == [Code.DISK_FULL]


async def test_saved_voices_are_loaded_without_the_audio_services(tmp_path: Path) -> None:
    async with open_services(tmp_path) as services:
        await services.database.voices.keep(Voice("own", "Grandma", "cloned", "0" * 64))
    async with open_services(tmp_path) as services:

        async def known() -> bool:
            return services.library.voice("own") is not None

        await until(known)


async def test_what_was_typed_in_the_studio_is_saved_at_the_end(tmp_path: Path) -> None:
    async with open_services(tmp_path) as services:
        sessions = services.audio_services().sessions
        sessions.edit("Typed at last.", Layers(), VoiceSnapshot("builtin", "Mia", "Mia"), "mimo-v2.5-tts")
    database = await Database.open(open_home(tmp_path))
    try:
        assert [session.text for session in await database.sessions.listed()] == ["Typed at last."]
    finally:
        await database.close()
