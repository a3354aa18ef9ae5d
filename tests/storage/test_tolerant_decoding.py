"""Rows that can't be decoded keep nothing else from being read, and are told of."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest

from app.core.call_record import CallRecord
from app.core.conversation import Conversation, MessageTree
from app.core.errors import Code, StorageError
from app.core.messages import Message, Text, user_message
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.core.voices import Direction
from app.storage.connection import connect
from app.storage.database import Database
from app.storage.home import open_home
from app.storage.tolerant_decoding import salvage

HOLOGRAM = '{"type":"hologram","text":"not known here"}'


async def change(database, sql, *values):
    await database.access.write(lambda connection: connection.execute(sql, values))


async def three_messages(database):
    await database.conversations.keep(Conversation("c", "Ferry"))
    messages = (
        user_message("When?"),
        Message("b", "assistant", (Text("At eight."),)),
        Message("d", "user", (Text("Thanks"),), "b"),
    )
    await database.conversations.keep_messages("c", messages)
    return messages


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ('{"id":"b","role":"assistant","parts":[' + HOLOGRAM + ',{"type":"text","text":"At eight."}]}', "At eight."),
        ('{"id":"b","role":"wizard","parts":[{"type":"text","text":"At eight."}]}', "At eight."),
        ('{"id":"b","role":"assistant","parts":5}', ""),
        ("{", ""),
        ("[" * 100_000, ""),
    ],
    ids=["unknown part", "unknown role", "no parts", "no JSON", "deep"],
)
async def test_a_message_that_cannot_be_decoded_keeps_its_place_and_what_can_be_read_of_it(database, body, left):
    first, _, last = await three_messages(database)
    await change(database, "UPDATE messages SET body = ? WHERE id = 'b'", body)
    told = []
    database.left_out.on_more.subscribe(told.append)
    for _ in range(2):
        messages = await database.conversations.messages("c")
    assert messages[0] == first and messages[2] == last
    assert messages[1].text == left and messages[1].role == "assistant"
    assert MessageTree(messages).branch((await database.conversations.get("c")).leaf)[-1] == last
    await asyncio.sleep(0)
    assert told == [1] and database.left_out.rows == (("messages", "b"),)
    assert await database.search.messages("eight") == ()
    assert len(await database.search.messages("thanks")) == 1


async def test_a_conversation_that_cannot_be_decoded_is_listed_with_what_can_be_read(database):
    await three_messages(database)
    await change(
        database, "UPDATE conversations SET body = ?", '{"id":"c","title":"Ferry","sampling":{"temperature":"hot"}}'
    )
    for (one,) in (await database.conversations.listed(), await database.search.titles("ferry")):
        assert (one.id, one.title, one.leaf) == ("c", "Ferry", "d")
    assert (await database.conversations.get("c")).title == "Ferry"
    assert database.left_out.rows == (("conversations", "c"),)


async def test_other_things_that_cannot_be_decoded_are_left_out(database):
    for number in (1, 2):
        await database.directions.keep(Direction(f"{number}", "calm"))
        await database.takes.keep(Take(f"{number}", VoiceSnapshot("builtin"), "sing", session="s", state="done"))
        await database.calls.keep(CallRecord(f"{number}", "chat", owner="m"))
    for table in ("things", "takes", "calls"):
        await change(database, f"UPDATE {table} SET body = '[]' WHERE id = '1'")
    assert [one.id for one in await database.directions.listed()] == ["2"]
    assert [one.id for one in await database.takes.of_session("s")] == ["2"]
    assert [one.take.id for one in await database.search.takes("sing")] == ["2"]
    assert [one.id for one in await database.calls.latest()] == ["2"]
    for store in (database.directions, database.takes, database.calls):
        with pytest.raises(StorageError) as refused:
            await store.get("1")
        assert refused.value.code is Code.NOT_KEPT
    assert len(database.left_out) == 3


async def test_events_that_cannot_be_decoded_are_left_out(database):
    await three_messages(database)
    for piece, body in enumerate(('[[0,0.5,"TextDelta",{"text":"At"}]]', '[[0,1.0,"TextDelta",{"text":5}]]', "{")):
        await change(database, "INSERT INTO events VALUES ('b', ?, ?)", piece, body)
    assert [event.event.text for event in await database.conversations.events("b")] == ["At"]
    assert database.left_out.rows == (("events", "b/1"), ("events", "b/2"))


async def test_what_was_growing_and_cannot_be_decoded_does_not_keep_the_database_from_opening(home):
    database = await Database.open(home)
    await three_messages(database)
    await database.takes.keep(Take("t", VoiceSnapshot("builtin")))
    await database.close()
    body = '{"id":"b","role":"assistant","parts":[' + HOLOGRAM + "]}"
    with closing(connect(home.database)) as connection:
        connection.execute("UPDATE messages SET open = 1, body = ? WHERE id = 'b'", (body,))
        connection.execute("UPDATE takes SET body = '[]'")
    again = await Database.open(home)
    try:
        assert again.left_out.rows == (("messages", "b"), ("takes", "t"))
        assert again.cut_messages == again.cut_takes == ()
        assert len(await again.conversations.messages("c")) == 3
        (kept,) = await again.access.read(lambda c: c.execute("SELECT body FROM messages WHERE id = 'b'").fetchone())
        assert kept == body, "a program that knows more may read it"
    finally:
        await again.close()


async def test_what_cannot_be_decoded_is_taken_over_as_it_is(database, tmp_path):
    other = await Database.open(open_home(tmp_path / "other"))
    try:
        await three_messages(other)
        await change(other, "UPDATE messages SET body = '[]' WHERE id = 'b'")
        backup = await other.back_up()
    finally:
        await other.close()
    assert (await database.restore(backup))["messages"] == 3
    assert len(await database.search.messages("thanks")) == 1
    assert len(await database.conversations.messages("c")) == 3


def test_what_remains_of_a_body_are_the_fields_that_fit():
    body = b'{"id":"other","name":"calm","words":5,"role":"captain","created":"now"}'
    assert salvage(Direction, body, id="x", name="") == Direction("other", "calm", role="captain")
    assert salvage(Direction, b"\xff", id="x", name="") == Direction("x", "")


def test_a_field_renamed_in_code_is_salvaged_under_its_stored_name():
    body = b'{"id":"s","made":3,"named":true,"pinned":"yes"}'
    assert salvage(SpeechSession, body, id="x") == SpeechSession("s", takes_made=3, title_is_custom=True)
