"""The service container runs maintenance, and reports failures from before anything was listening."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.arguments import parse
from app.composition import maintenance
from app.composition.container import ServiceContainer
from app.core.conversation import Conversation
from app.core.errors import Code, StorageError, WorkbenchError
from app.core.messages import Media, Reply, Usage, user_message
from app.core.redaction import Redactor
from app.core.settings import ALWAYS_ALLOWED_TOOLS, CHAT_DEFAULTS, Settings
from app.core.takes import VoiceSnapshot
from app.core.voices import Voice
from app.services.settings_import import apply
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


async def test_a_deleted_message_comes_back_with_its_file_as_long_as_undo_is_offered(tmp_path: Path) -> None:
    """Also hours later: the notice is there while it is pointed at, and time passes while a computer sleeps."""
    async with open_services(tmp_path) as services:
        store, offered = services.database.conversations, [time.time() - 7200.0]
        services.undo_since = undo_since = lambda: offered[0] if offered else None
        await store.keep(Conversation("c", "Ferry"))
        message = user_message("Look", media=(Media("image/png", "data:image/png;base64,AAAA", "a.png", 3),))
        await store.keep_messages("c", [message])
        (stored,) = await store.messages("c")
        (digest,) = await services.database.used_blobs()
        os.utime(services.database.blobs.path(digest), (1.0, 1.0))

        async def delete_two_hours_ago() -> None:
            await store.delete_messages([message.id])
            await services.database.access.write(
                lambda connection: connection.execute("UPDATE messages SET deleted = deleted - 7210")
            )

        work = maintenance.Maintenance(
            services.database, services.settings, path="", may_free=True, undo_since=undo_since, on_failed=pytest.fail
        )
        await delete_two_hours_ago()
        await work._free_space()
        await store.restore_messages("c", [stored])
        assert services.database.blobs.read(digest) == b"\0\0\0" and await store.messages("c") == (stored,)
        offered.clear()
        await delete_two_hours_ago()
        await work._free_space()
        assert digest not in services.database.blobs


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


async def test_a_permission_follows_its_tool_and_ends_with_it(tmp_path: Path) -> None:
    async with open_services(tmp_path) as services:
        tool = services.own_tools.add("book_room")
        services.approvals.on_always("book_room")
        services.own_tools.rename(tool.id, "reserve")
        assert services.settings.get(ALWAYS_ALLOWED_TOOLS) == ["reserve"]
        assert services.approvals.needed("book_room") and not services.approvals.needed("reserve")
        await services.own_tools.remove(tool.id)
        assert services.settings.get(ALWAYS_ALLOWED_TOOLS) == [], "another tool of that name has to ask"
        assert services.approvals.needed("reserve")


async def test_own_defaults_begin_new_conversations_and_summaries_are_counted(tmp_path: Path) -> None:
    async with open_services(tmp_path) as services:
        services.settings.set(CHAT_DEFAULTS, {"system": "Be brief.", "sampling": {"stop": ["END"]}})
        conversation = services.workspace.new().conversation
        assert (conversation.system, conversation.sampling.stop) == ("Be brief.", ("END",))
        used: list[int] = []
        services.statistics.on_change.subscribe(lambda: used.append(services.statistics.tokens))
        reply = Reply("mimo-v2.6-pro", "mimo-v2.6-pro", "stop", Usage(prompt=100, completion=20), call_id="c")
        services.workspace.lone_calls.on_reply.emit(reply)
        assert used[-1] == 120


async def test_undo_of_an_import_takes_its_prompts_out_of_the_library(tmp_path: Path) -> None:
    async with open_services(tmp_path) as services:

        async def is_there() -> bool:
            return services.prompts.named("Theirs", "system") is not None

        async def is_gone() -> bool:
            return not await is_there()

        await services.prompts.save("Mine", "My text", "system")
        archived = {"saved_prompts": {"Theirs": "Their text"}}
        undo = apply(services.settings, archived, services.take_back_prompts)
        await until(is_there)
        undo()
        await until(is_gone)
        assert [prompt.name for prompt in await services.database.prompts.listed()] == ["Mine"]
        apply(services.settings, archived, services.take_back_prompts)
        await until(is_there)
        await services.prompts.save("Theirs", "Changed here", "system")
        await services.prompts.take_back(archived["saved_prompts"])
        assert await is_there(), "what was made of it here stays"
