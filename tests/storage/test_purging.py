"""What was deleted leaves for good: with its calls, its sounds and its words."""

from __future__ import annotations

import os

from app.core.call_record import CallRecord
from app.core.conversation import Conversation
from app.core.messages import Message, Reply, Text, new_id
from app.core.takes import SpeechSession, Take, VoiceSnapshot

MIA = VoiceSnapshot("builtin", "Mia", "Mia")


async def two_conversations(database):
    """Their messages lie side by side in the file."""
    for name in ("kept", "gone"):
        await database.conversations.keep(Conversation(name, f"{name} for ever"))
    for number in range(40):
        for name in ("kept", "gone"):
            message = Message(new_id(), "user", (Text(f"Meet the {name} captain at the harbour, {number}."),))
            await database.conversations.keep_messages(name, [message])


async def test_the_words_of_what_was_purged_are_no_longer_in_the_file(database, home):
    await two_conversations(database)
    await database.conversations.delete("gone")
    await database.purge()
    await database.close()
    content = home.database.read_bytes()
    assert b"kept captain" in content
    assert b"gone captain" not in content


async def test_the_calls_of_what_was_purged_go_with_it(database):
    await two_conversations(database)
    for name in ("kept", "gone"):
        reply = Message(new_id(), "assistant", replies=(Reply("m", "m", call_id=f"chat {name}"),))
        await database.conversations.keep_messages(name, [reply])
        await database.takes.keep(Take(name, MIA, session=name, state="done", call_id=f"take {name}"))
        await database.sessions.keep(SpeechSession(name))
    await database.takes.keep(Take("other", MIA, session="kept", state="done", call_id="take alone"))
    for call in ("chat kept", "chat gone", "take kept", "take gone", "take alone"):
        await database.calls.keep(CallRecord(call, "chat"))
    await database.conversations.delete("gone")
    await database.sessions.delete("gone")
    await database.takes.delete(["other"])
    await database.purge()
    assert [call.id for call in await database.calls.latest()] == ["take kept", "chat kept"]


async def test_what_a_backup_refers_to_keeps_its_sound(database):
    audio = database.blobs.put(b"RIFF sound")
    await database.takes.keep(Take("t", MIA, session="s", state="done", audio=audio))
    backup = await database.back_up()
    await database.takes.delete(["t"])
    assert await database.purge() == 0
    assert await database.sweep() == 0
    await database.restore(backup)
    assert database.blobs.read((await database.takes.get("t")).audio) == b"RIFF sound"
    await database.takes.delete(["t"])
    backup.path.unlink()
    assert await database.purge() == len(b"RIFF sound")


async def test_what_is_about_to_be_referred_to_again_stays(database):
    audio = database.blobs.put(b"RIFF sound")
    await database.takes.keep(Take("t", MIA, session="s", state="done", audio=audio))
    await database.takes.delete(["t"])
    await database.access.write(lambda connection: connection.execute("UPDATE takes SET deleted = 1.0"))
    os.utime(database.blobs.path(audio), (1.0, 1.0))
    database.blobs.touch(audio)
    assert await database.purge(older_than=3_600) == 0
    assert audio in database.blobs
