"""Absurd numbers, dates, types and nesting in the database, an archive or a file cost no more than themselves."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import zipfile
from contextlib import closing

import msgspec
import pytest

from app.core.bounds import MAX_COUNT, MAX_TIMESTAMP_SECONDS
from app.core.conversation import Conversation, MessageTree
from app.core.errors import Code, StorageError
from app.core.messages import Message, Reply, Text, Usage
from app.core.requests import Sampling
from app.core.takes import Take
from app.storage.archive import export_all, import_all
from app.storage.corruption_recovery import open_or_recover
from app.storage.database import Database
from app.storage.documents import read_document
from app.storage.home import open_home
from app.storage.schema import STEPS

HUGE = 10**30


def test_values_are_bounded_wherever_they_are_decoded():
    body = json.dumps({"id": "c", "created": 1e300, "updated": 1e20, "tokens": HUGE, "sampling": {"max_tokens": HUGE}})
    conversation = msgspec.json.decode(body, type=Conversation)
    assert (conversation.created, conversation.updated, conversation.tokens) == (0.0, 0.0, MAX_COUNT)
    assert conversation.sampling.max_tokens == MAX_COUNT
    assert Sampling(temperature=1e300).temperature is None
    assert Usage(HUGE, -5, audio_seconds=1e300).total == MAX_COUNT
    total = Usage(MAX_COUNT) + Usage(MAX_COUNT)
    assert total.prompt == MAX_COUNT
    take = msgspec.json.decode(b'{"id":"t","voice":{"kind":"builtin"},"rate":0,"frames":-3,"stars":99}', type=Take)
    assert (take.rate > 0, take.frames, take.stars) == (True, 0, 5)
    assert Message("m", "user", created=MAX_TIMESTAMP_SECONDS * 2).created == 0.0


def test_messages_in_a_circle_end():
    tree = MessageTree([Message("a", "user", (Text("x"),), "b"), Message("b", "user", (Text("y"),), "a")])
    assert {message.id for message in tree.branch("a")} == {"a", "b"}
    assert tree.last_viewed_leaf("a") in ("a", "b")


async def plant(home, statements):
    opened = await Database.open(home)
    await opened.conversations.keep(Conversation("c", "Tea", draft="half a"))
    reply = Reply("m", "m", "stop", Usage(3, 4))
    message = Message("m1", "assistant", (Text("Green tea."),), replies=(reply,), created=1.0)
    await opened.conversations.keep_messages("c", [message])
    await opened.close()
    with closing(sqlite3.connect(home.database, isolation_level=None)) as connection:
        for statement, values in statements:
            connection.execute(statement, values)


def body(**changes):
    return json.dumps({"id": "m1", "role": "assistant", "parts": [{"type": "text", "text": "Green tea."}], **changes})


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        ("UPDATE conversations SET draft = ?", b"half a"),
        ("UPDATE conversations SET leaf = ?", b"m1"),
        ("UPDATE conversations SET body = ?", json.dumps({"id": "c", "updated": 1e20, "created": 1e300})),
        ("UPDATE conversations SET body = ?", json.dumps({"id": "other", "tokens": HUGE})),
        ("UPDATE conversations SET body = ?", b"\xff\xfe"),
        ("UPDATE messages SET body = ?", body(created=1e300)),
        ("UPDATE messages SET body = ?", body(replies=[{"asked": "", "model": "", "usage": {"prompt": HUGE}}])),
        ("UPDATE messages SET body = ?", body(replies=[{"asked": "", "model": "", "usage": {"prompt": 1e300}}])),
        ("UPDATE messages SET body = ?, open = 1", body(parts=[{"type": "text", "text": "Green tea.", "step": HUGE}])),
        ("UPDATE messages SET body = ?", body(parent="m1")),
        ("UPDATE messages SET body = ?", "[" * 100_000),
    ],
)
async def test_a_home_with_it_opens_and_the_conversation_is_there(home, statement, value):
    await plant(home, [(statement, (value,))])
    async with asyncio.timeout(20):
        database = await Database.open(home)
        (conversation,) = await database.conversations.listed()
        messages = await database.conversations.messages("c")
        branch = MessageTree(messages).branch("m1")
    assert conversation.id == "c"
    assert isinstance(conversation.draft, str)
    assert conversation.leaf in ("m1", None)
    assert 0 <= conversation.updated <= MAX_TIMESTAMP_SECONDS
    assert [message.id for message in branch] == ["m1"]
    await database.conversations.keep(conversation)
    await database.conversations.keep_messages("c", messages)
    await database.close()


@pytest.mark.parametrize(
    "document",
    [
        b'{"format":"mimo-workbench-conversation","version":1,"conversation":{"id":"c","updated":1e20,"created":1e300,'
        b'"tokens":1000000000000000000000000000000},"messages":[{"id":"m","role":"user","created":1e300}]}',
        b'[{"role":"user","content":"Tea?"}]',
    ],
)
async def test_an_imported_conversation_is_bounded_and_can_be_saved(database, document):
    conversation, messages = read_document(document)
    assert 0 < conversation.created <= MAX_TIMESTAMP_SECONDS
    assert 0 < messages[0].created <= MAX_TIMESTAMP_SECONDS
    assert conversation.tokens <= MAX_COUNT
    await database.conversations.keep(conversation)
    await database.conversations.keep_messages(conversation.id, messages)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"[" * 100_000, Code.IMPORT_TOO_LARGE),
        (b'{"a":' * 100_000, Code.IMPORT_TOO_LARGE),
        (b'{"format":"mimo-workbench-conversation","version":2}', Code.IMPORT_NEWER),
        (b'{"format":"mimo-workbench-conversation","version":"x"}', Code.IMPORT_UNREADABLE),
        (b'[{"role":"user","content":1e999}]', Code.IMPORT_UNREADABLE),
    ],
)
def test_a_file_that_is_too_deep_or_newer_says_so(document, code):
    with pytest.raises(StorageError) as caught:
        read_document(document)
    assert caught.value.code is code


@pytest.fixture
async def archive(tmp_path):
    """Returns a function that packs an archive whose database was changed by SQL."""
    other = open_home(tmp_path / "other")

    async def pack(*statements, manifest=None):
        await plant(other, statements)
        opened = await Database.open(other)
        path = tmp_path / "all.zip"
        await export_all(opened, path)
        await opened.close()
        if manifest is not None:
            with zipfile.ZipFile(path, "a") as packed:
                content = packed.read("database.db")
            with zipfile.ZipFile(path, "w") as packed:
                packed.writestr("manifest.json", json.dumps(manifest))
                packed.writestr("database.db", content)
        return path

    return pack


async def test_an_archive_with_absurd_rows_is_imported_without_them_harming(database, archive):
    path = await archive(
        ("UPDATE conversations SET draft = ?, touched = ?", (b"half a", 2**63 - 1)),
        ("UPDATE messages SET body = ?", (body(created=1e300),)),
        ("INSERT INTO calls (id, owner, body) VALUES (?, ?, ?)", ("deep", "m1", "[" * 100_000)),
    )
    await import_all(database, path)
    (conversation,) = await database.conversations.listed()
    assert conversation.draft == "half a"
    await database.conversations.keep(Conversation("new", "Later"))
    assert [row.id for row in await database.conversations.listed()] == ["new", "c"]
    (message,) = await database.conversations.messages("c")
    assert message.created == 0.0


async def test_an_archive_of_a_newer_version_says_that_the_program_is_to_be_updated(database, archive):
    path = await archive(manifest={"format": "mimo-workbench", "version": 2})
    with pytest.raises(StorageError) as caught:
        await import_all(database, path)
    assert caught.value.code is Code.IMPORT_NEWER


async def test_a_bomb_is_refused_before_anything_is_unpacked(database, tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("manifest.json", json.dumps({"format": "mimo-workbench", "version": 1}))
        with packed.open("database.db", "w", force_zip64=True) as entry:
            for _ in range(300):
                entry.write(bytes(1 << 20))
    with pytest.raises(StorageError) as caught:
        await import_all(database, path)
    assert caught.value.code is Code.IMPORT_TOO_LARGE
    assert not list(database.home.temporary.glob("*"))


def hostile(tmp_path, *statements):
    path = tmp_path / "hostile.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
    packed = tmp_path / "hostile.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("manifest.json", json.dumps({"format": "mimo-workbench", "version": 1}))
        archive.write(path, "database.db")
    return packed


ENDLESS = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
COLUMNS = "x AS number, NULL AS id, 0 AS pinned, 0 AS touched, NULL AS deleted, '' AS leaf, '' AS draft, '' AS body"


async def test_an_archive_with_an_endless_view_is_refused(database, tmp_path):
    path = hostile(tmp_path, f"CREATE VIEW conversations AS {ENDLESS} SELECT {COLUMNS} FROM n")
    async with asyncio.timeout(10):
        with pytest.raises(StorageError) as caught:
            await import_all(database, path)
    assert caught.value.code is Code.IMPORT_UNREADABLE


async def test_stop_ends_an_endless_statement_of_the_archive(database, tmp_path, monkeypatch):
    monkeypatch.setattr("app.storage.merging._check_tables", lambda source, path: None)
    path = hostile(tmp_path, f"CREATE VIEW conversations AS {ENDLESS} SELECT {COLUMNS} FROM n")
    work = asyncio.ensure_future(import_all(database, path))
    await asyncio.sleep(0.5)
    work.cancel()
    async with asyncio.timeout(20):
        with pytest.raises(asyncio.CancelledError):
            await work
    await database.conversations.keep(Conversation("c"))


@pytest.mark.parametrize("gone", [False, True])
async def test_an_empty_database_with_backups_is_reported_and_can_be_restored(home, gone):
    await plant(home, [])
    database = await Database.open(home)
    await database.back_up()
    await database.close()
    if gone:
        home.database.unlink()
    else:
        home.database.write_bytes(b"")
    database, recovery = await open_or_recover(home)
    assert recovery is not None
    assert recovery.aside is None
    assert recovery.backup is not None
    await database.restore(recovery.backup)
    assert [row.title for row in await database.conversations.listed()] == ["Tea"]
    await database.close()
    database, recovery = await open_or_recover(home)
    assert recovery is None
    await database.close()


async def test_a_new_home_reports_no_recovery(home):
    database, recovery = await open_or_recover(home)
    assert recovery is None
    await database.close()
