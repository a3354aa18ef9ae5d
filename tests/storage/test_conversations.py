import asyncio
import base64
import gc
import threading
import time

import msgspec
import pytest

from app.core.conversation import Conversation, MessageTree
from app.core.errors import Code, StorageError
from app.core.events import Finished, Started, TextDelta, ToolCallDelta, UsageReported
from app.core.messages import (
    Media,
    Message,
    Reply,
    Source,
    Sources,
    Text,
    Thinking,
    ToolCall,
    Usage,
    new_id,
    user_message,
)
from app.core.requests import Sampling
from app.storage import message_writer
from app.storage.conversations import write_message
from app.storage.database import Database


def conversation(title="", **fields):
    return Conversation(new_id(), title, **fields)


def answer(parent, text="", **fields):
    return Message(new_id(), "assistant", (Text(text),) if text else (), parent, **fields)


async def kept(database, *messages, title="T"):
    one = conversation(title)
    await database.conversations.keep(one)
    await database.conversations.keep_messages(one.id, messages)
    return one


async def test_what_was_kept_comes_back_to_the_letter(database, home):
    one = conversation(
        "标题 title", model="mimo", system="You", sampling=Sampling(temperature=0.3, stop=("a",), extra={"k": [1]}),
        draft="half a tho", pinned=True, created=1.5, updated=2.5,
    )  # fmt: skip
    question = user_message("看 this", media=(Media("image/png", "https://example.org/a.png", "a.png"),), created=3.0)
    reply = Message(
        new_id(), "assistant",
        (
            Thinking("hmm 嗯", 0, 1.25, "sig"),
            ToolCall("c1", "clock", '{"zone": "UTC"}', 0, "done", "12:00", 0.1),
            Sources((Source("https://example.org", "Title"),), 1),
            Text("It is noon.", 1),
        ),
        question.id,
        (Reply("m", "m", "tool_calls", Usage(10, 5), 0.2, 1.0, "call"), Reply("m", "m", "stop")),
        4.0,
    )  # fmt: skip
    await database.conversations.keep(one)
    await database.conversations.keep_messages(one.id, [question, reply])
    await database.close()
    again = await Database.open(home)
    try:
        assert await again.conversations.get(one.id) == msgspec.structs.replace(one, leaf=reply.id)
        assert await again.conversations.messages(one.id) == (question, reply)
        assert not again.unclean
    finally:
        await again.close()


async def test_branches_are_kept_in_the_order_of_their_making(database):
    first = user_message("a")
    second, third = answer(first.id, "b1"), answer(first.id, "b2")
    one = await kept(database, first, second, third)
    await database.conversations.show(one.id, second.id)
    tree = MessageTree(await database.conversations.messages(one.id))
    assert tree.version(third.id) == (2, 2)
    leaf = (await database.conversations.get(one.id)).leaf
    assert [message.text for message in tree.branch(leaf)] == ["a", "b1"]


async def test_the_list_has_pinned_ones_first_then_the_latest_whatever_the_clock_says(database, monkeypatch):
    old, new, pinned = [await kept(database, user_message("x"), title=title) for title in ("old", "new", "pinned")]
    await database.conversations.keep(msgspec.structs.replace(pinned, pinned=True))
    monkeypatch.setattr(time, "time", lambda: 1000.0)
    await database.conversations.keep_messages(new.id, [user_message("later")])
    await database.conversations.keep_messages(old.id, [user_message("latest")])
    assert [one.title for one in await database.conversations.listed()] == ["pinned", "old", "new"]
    assert [one.title for one in await database.conversations.listed(1, 1)] == ["old"]
    assert await database.conversations.count() == 3


async def test_renaming_moves_nothing(database):
    first = await kept(database, user_message("x"), title="first")
    await kept(database, user_message("y"), title="second")
    await database.conversations.keep(msgspec.structs.replace(first, title="renamed"))
    assert [one.title for one in await database.conversations.listed()] == ["second", "renamed"]


async def test_deleting_can_be_undone_until_the_purge(database):
    one = await kept(database, user_message("unforgettable"))
    await database.conversations.delete(one.id)
    assert await database.conversations.listed() == ()
    assert await database.search.messages("unforgettable") == ()
    await database.conversations.restore(one.id)
    assert len(await database.conversations.listed()) == 1
    await database.conversations.delete(one.id)
    await database.purge()
    with pytest.raises(StorageError) as failed:
        await database.conversations.restore(one.id)
    assert failed.value.code is Code.NOT_KEPT


async def test_an_attachment_is_a_file_once_and_comes_back_as_a_reference_to_it(database, home):
    picture = bytes(range(256)) * 500
    address = "data:image/png;base64," + base64.b64encode(picture).decode()
    media = Media("image/png", address, "a.png", len(picture))
    odd = Media("image/png", "data:image/png;charset=x;base64,AAAA")
    first, second = (
        await kept(database, user_message("", media=(media, odd))),
        await kept(database, user_message("again", media=(media,))),
    )
    reference, unchanged = (await database.conversations.messages(first.id))[0].parts
    assert unchanged == odd and reference == msgspec.structs.replace(media, url=reference.url)
    assert list(database.blobs) == [reference.digest] and database.blobs.read(reference.digest) == picture
    assert home.database.stat().st_size + home.database.with_name("workbench.db-wal").stat().st_size < 600_000
    for one in (first, second):
        await database.conversations.delete(one.id)
        await database.purge()
        left = len(list(database.blobs))
        assert left == (1 if one is first else 0), "freed with its last use, not before"


async def test_attachments_of_a_draft_survive_a_purge_and_go_with_the_conversation(database):
    picture, frame = (database.blobs.put(content) for content in (b"picture", b"frame"))
    media = Media("video/mp4", f"blob:{picture}", "a.mp4", 7, preview=f"blob:{frame}", peaks=b"ab", seconds=2.0)
    one = conversation("draft", attachments=(media,))
    await database.conversations.keep(one)
    other = await kept(database, user_message("", media=(media,)))
    await database.conversations.delete(other.id)
    await database.purge()
    assert set(database.blobs) == {picture, frame}, "the draft still refers to them"
    assert (await database.conversations.get(one.id)).attachments == (media,)
    await database.conversations.delete(one.id)
    await database.purge()
    assert not list(database.blobs)


async def test_the_name_of_an_attachment_is_found(database):
    named = await kept(database, user_message("look", media=(Media("image/png", "blob:", "quarterly harbour.png"),)))
    by_address = await kept(database, user_message("", media=(Media("image/png", "https://quay.example/boats.png"),)))
    for query, expected in (("harbour", named), ("boats", by_address)):
        hits = await database.search.messages(query)
        assert [hit.conversation_id for hit in hits] == [expected.id]


async def test_a_lost_attachment_costs_no_words(database):
    media = Media("image/png", "data:image/png;base64,AAAA", "a.png")
    one = await kept(database, user_message("still here", media=(media,)))
    database.blobs.path(next(iter(database.blobs))).unlink()
    assert (await database.conversations.messages(one.id))[0].text == "still here"


async def test_purging_gives_pages_back(database, home):
    one = await kept(database, *(user_message("words " * 2000) for _ in range(200)))
    await database.access.outside(lambda c: c.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
    full = home.database.stat().st_size
    await database.conversations.delete(one.id)
    await database.purge()
    await database.access.outside(lambda c: c.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())
    assert home.database.stat().st_size < full / 3


async def test_messages_of_no_conversation_are_refused_whole(database):
    with pytest.raises(StorageError) as failed:
        await database.conversations.keep_messages("nowhere", [user_message("x")])
    assert failed.value.code is Code.NOT_KEPT
    assert await database.search.messages("x") == ()


async def test_forgotten_messages_come_back_when_kept_again(database):
    first, second = user_message("a"), user_message("b")
    one = await kept(database, first, second)
    await database.conversations.forget_messages([second.id])
    assert await database.conversations.messages(one.id) == (first,)
    assert await database.search.messages("b") == ()
    await database.conversations.keep_messages(one.id, [second])
    assert await database.conversations.messages(one.id) == (first, second)


async def test_a_cancelled_caller_does_not_cancel_the_write(database):
    one = await kept(database)
    blocked = asyncio.ensure_future(database.access.write(lambda c: time.sleep(0.1)))
    writing = asyncio.ensure_future(database.conversations.keep_messages(one.id, [user_message("said")]))
    await asyncio.sleep(0.02)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await blocked
    await database.access.write(lambda c: None)
    assert [message.text for message in await database.conversations.messages(one.id)] == ["said"]


async def test_a_growing_message_is_kept_as_it_grows_with_the_times_of_its_events(database, monkeypatch):
    monkeypatch.setattr(message_writer, "WRITE_INTERVAL_SECONDS", 0.02)
    question = user_message("tell me")
    one = await kept(database, question)
    errors = []
    stream = database.conversations.stream(one.id, errors.append)
    message = answer(question.id)
    pieces = ["Once ", "upon ", "a ", "time"]
    sent = [Started("r", "m"), ToolCallDelta(0, "c", "clock", "{}")]
    for event in sent:
        stream.event(0, event, 0.1)
    seen = set()
    for number, piece in enumerate(pieces):
        message = msgspec.structs.replace(message, parts=(Text(message.text + piece),))
        sent.append(TextDelta(piece))
        stream.event(0, sent[-1], 0.2 + number)
        stream.changed(lambda grown=message: grown)
        await asyncio.sleep(0.05)
        seen.add((await database.conversations.messages(one.id))[-1].text)
    assert len(seen) >= 3
    assert await database.search.messages("upon") == (), "indexed when it is whole"
    sent += [UsageReported(Usage(1, 2)), Finished("stop")]
    for event in sent[-2:]:
        stream.event(0, event, 5.0)
    await stream.end(message)
    assert (await database.conversations.messages(one.id))[-1] == message
    replay = await database.conversations.events(message.id)
    assert [event.event for event in replay] == sent
    assert [event.at for event in replay] == [0.1, 0.1, 0.2, 1.2, 2.2, 3.2, 5.0, 5.0]
    assert [hit.message_id for hit in await database.search.messages("upon")] == [message.id]
    assert not errors


async def test_the_last_words_before_a_pause_are_kept_too(database, monkeypatch):
    monkeypatch.setattr(message_writer, "WRITE_INTERVAL_SECONDS", 0.02)
    one = await kept(database)
    stream = database.conversations.stream(one.id, lambda error: None)
    message = answer(None)
    for text in ("first", "first and last"):
        message = msgspec.structs.replace(message, parts=(Text(text),))
        stream.changed(lambda grown=message: grown)
        await asyncio.sleep(0)
    await asyncio.sleep(0.15)
    assert (await database.conversations.messages(one.id))[-1].text == "first and last"
    await stream.end(message)


async def test_a_write_that_fails_while_its_message_ends_is_told_and_nothing_else(database):
    one = await kept(database)
    message = answer(None, "whole")
    told, untold, ends = [], [], threading.Event()
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: untold.append(context))

    def write(connection, message, more):
        if more:
            assert ends.wait(30)
            raise StorageError(Code.DISK_FULL)
        write_message(connection, database.access, database.blobs, one.id, message)

    stream = message_writer.MessageWriter(database.access, write, told.append)
    stream.changed(lambda: message)
    while stream._running is None:
        await asyncio.sleep(0)
    ending = asyncio.create_task(stream.end(message))
    await asyncio.sleep(0)
    ends.set()
    await ending
    del ending
    gc.collect()
    await asyncio.sleep(0)
    assert [error.code for error in told] == [Code.DISK_FULL] and not untold
    assert await database.conversations.messages(one.id) == (message,)


async def test_after_close_nothing_is_accepted(home):
    database = await Database.open(home)
    await database.close()
    await database.close()
    with pytest.raises(StorageError) as refused:
        await database.conversations.listed()
    assert refused.value.code is Code.DATABASE_CLOSED


async def test_an_answer_without_words_is_cut_only_when_it_was_begun(database, home):
    one = Conversation(new_id())
    await database.conversations.keep(one)
    said, empty, begun = (Message(new_id(), role) for role in ("user", "assistant", "assistant"))
    await database.conversations.keep_messages(one.id, [said, empty])
    await database.conversations.keep_messages(one.id, [begun], begun=True)
    await database.close()
    again = await Database.open(home)
    assert again.cut_messages == (begun.id,)
    await again.close()


async def test_half_a_character_costs_nothing_but_itself(database):
    """A file name that is no text, or what was pasted."""
    one = Conversation(new_id(), "half \udcff", draft="also \ud83d here")
    await database.conversations.keep(one)
    message = Message(new_id(), "user", (Text("say \udcff it"), Media("image/png", "", "b\udcff.png", 3)))
    await database.conversations.keep_messages(one.id, [message])
    (kept,) = await database.conversations.messages(one.id)
    assert kept.text == "say ? it"
    assert kept.parts[1].name == "b?.png"
    found = await database.conversations.get(one.id)
    assert (found.title, found.draft) == ("half ?", "also ? here")
