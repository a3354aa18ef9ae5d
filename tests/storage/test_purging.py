"""What was deleted leaves for good: with its calls, its sounds and its words."""

from __future__ import annotations

from app.core.calls import CallRecord
from app.core.conversation import Conversation
from app.core.messages import Message, Reply, Text, new_id
from app.core.takes import SpeechSession, Take, UsedVoice

MIA = UsedVoice("builtin", "Mia", "Mia")


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
