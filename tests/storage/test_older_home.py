"""A home written by version 0.1, before modules and fields were renamed, opens with everything it holds.

The fixture was made by that version's own services and storage: conversations through `Workspace` with a scripted
client, takes, voices and calls through the stores, settings through `SettingsFile`.
"""

import tarfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.composition.audio_adapter import audio
from app.core import settings as keys
from app.core.conversation import Conversation, MessageTree
from app.core.messages import Media, Text, Thinking, ToolCall
from app.services.profiles import Profiles
from app.services.speech.library import VoiceLibrary
from app.storage.corruption_recovery import open_or_recover
from app.storage.database import Database
from app.storage.home import Home, open_home
from app.storage.settings import SettingsFile

FIXTURE = Path(__file__).parent / "fixtures" / "home-0.1.tar.gz"


@pytest.fixture
def older_home(tmp_path: Path) -> Home:
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(tmp_path / "home", filter="data")
    return open_home(tmp_path / "home")


@pytest.fixture
async def older(older_home: Home) -> AsyncIterator[Database]:
    database, recovery = await open_or_recover(older_home)
    assert recovery is None and not database.unclean
    yield database
    assert len(database.left_out) == 0
    await database.close()


async def _conversation(database: Database, title: str) -> Conversation:
    return next(found for found in await database.conversations.listed() if found.title == title)


async def test_conversations_keep_their_order_titles_and_drafts(older: Database) -> None:
    listed = await older.conversations.listed()
    assert [found.title for found in listed] == ["Greetings 问候", "What is this?"]
    first = listed[0]
    assert (first.pinned, first.model, first.system, first.draft) == (True, "mimo-v2.5", "Be brief.", "half a question")
    assert await older.search.messages("你好") and await older.search.titles("问候")


async def test_branches_thinking_and_tool_calls_are_restored(older: Database) -> None:
    conversation = await _conversation(older, "Greetings 问候")
    messages = await older.conversations.messages(conversation.id)
    tree = MessageTree(messages)
    branch = tree.branch(conversation.leaf)
    assert [message.role for message in branch] == ["user", "assistant", "user", "assistant"]
    assert tree.version(branch[1].id) == (1, 2)
    assert [tree[sibling].text for sibling in tree.siblings(branch[1].id)] == ["你好！ Hello!", "Another hello."]
    assert isinstance(branch[1].parts[0], Thinking) and branch[1].parts[0].text == "Which greeting? "
    calls = [part for part in branch[3].parts if isinstance(part, ToolCall)]
    assert [(call.name, call.state) for call in calls] == [("calculate", "done")] * 2
    assert [call.result for call in calls] == [
        '{"expression": "1+1", "result": 2}',
        '{"expression": "2*3", "result": 6}',
    ]
    assert [reply.finish for reply in branch[3].replies] == ["tool_calls", "stop"]
    assert branch[1].usage is not None and branch[1].usage.total == 42


async def test_attachments_and_replay_events_are_restored(older: Database) -> None:
    conversation = await _conversation(older, "What is this?")
    question, answer = await older.conversations.messages(conversation.id)
    text, picture = question.parts
    assert isinstance(text, Text) and isinstance(picture, Media)
    assert older.blobs.read(picture.digest).startswith(b"\x89PNG")
    events = await older.conversations.events(answer.id)
    assert [type(event.event).__name__ for event in events] == ["TextDelta", "UsageReported", "Finished"]


async def test_takes_keep_their_settings_and_can_be_played(older: Database) -> None:
    takes = {take.id: take for take in await older.takes.of_session("session-1")}
    assert {take_id: take.state for take_id, take in takes.items()} == {
        "take-1": "done",
        "take-2": "done",
        "take-3": "done",
        "take-4": "cut",
        "take-5": "failed",
    }
    assert [takes[f"take-{number}"].voice.kind for number in (1, 2, 3)] == ["builtin", "designed", "cloned"]
    assert (takes["take-1"].stars, takes["take-1"].note) == (4, "the best")
    assert (takes["take-3"].parent, takes["take-3"].relation) == ("take-1", "redo")
    adapter = audio()
    for take in takes.values():
        if take.audio:
            sound = adapter.read_sound(older.blobs.read(take.audio))
            assert len(sound.samples) == take.frames == 6_000 and sound.rate == take.rate
            assert take.peaks and take.loudness is not None
    (read_aloud,) = await older.takes.of_session("")
    assert read_aloud.id == "take-6" and older.blobs.read(read_aloud.audio)
    assert len(await older.search.takes("晚上好")) == 5


async def test_studio_sessions_directions_and_tools_are_restored(older: Database) -> None:
    (session,) = await older.sessions.listed()
    assert (session.title, session.text, session.direction) == ("A fine evening", "Good evening, 晚上好.", "calmly")
    assert session.pinned and session.voice is not None and session.voice.id == "voice-clone"
    assert {direction.name: direction.words for direction in await older.directions.listed()} == {
        "Whisper": "轻声地 softly",
        "Host": "",
    }
    (tool,) = await older.tools.listed()
    assert (tool.tool.name, tool.answer) == ("get_weather", "canned")


async def test_voices_of_every_kind_keep_their_samples(older: Database) -> None:
    library = VoiceLibrary(older.voices, older.blobs)
    await library.load()
    assert [(voice.name, voice.source) for voice in library.voices] == [
        ("Mia 3", "take"),
        ("Old man", "designed"),
        ("Grandma", "cloned"),
    ]
    assert all(older.blobs.read(voice.sample).startswith(b"RIFF") for voice in library.voices)
    clone = library.voice("voice-clone")
    assert clone is not None and clone.consent is not None and clone.consent.statement == "I may use this voice."
    (sample,) = await older.samples.listed()
    assert sample.name == "grandma.wav" and sample.audio == clone.sample


async def test_calls_and_spend_are_restored(older: Database) -> None:
    (call,) = [each for each in await older.calls.latest() if each.owner == "take-1"]
    assert (call.kind, call.status, call.events[0].name) == ("speech", 200, "data")
    failed = await older.calls.get("call-chat")
    assert (failed.error, failed.error_params, failed.attempts) == ("rate_limited", {"seconds": 3}, 2)
    (day,) = await older.spend.listed()
    assert (day.day, day.model, day.used.calls, day.used.cost) == ("2026-01-01", "mimo-v2.5", 4, {"USD": 0.0021})


async def test_nothing_deleted_comes_back_and_no_file_is_unused(older: Database) -> None:
    assert await older.conversations.count() == 2
    assert set(older.blobs) == await older.used_blobs()


def test_settings_keep_their_values(older_home: Home) -> None:
    file = SettingsFile(older_home.settings)
    settings = file.load()
    assert file.problem is None
    assert (settings.get(keys.THEME), settings.get(keys.LANGUAGE), settings.get(keys.TEXT_SIZE)) == (
        "dark",
        "zh_CN",
        120,
    )
    assert settings.get(keys.QUOTA_DAY) == 15 and settings.get(keys.BACKUP_DAYS) == 2.5
    assert settings.get(keys.MODELS)["gateway-1"]["speech"] == "mimo-v2.5-tts"
    assert settings.get(keys.PRICES)["gateway-1"]["mimo-v2.5"]["output"] == 2.0
    assert settings.get(keys.RECENT_TAGS) == ["[laughs]", "（轻声）"]
    active = Profiles(settings).active
    assert (active.name, active.base_url) == ("Gateway", "https://gateway.example/v1")
    assert (active.requests_per_minute, active.extra_body, active.models) == (30, {"route": "fast"}, ("mimo-own",))
    assert active.timeouts.connect == 20.0 and active.proxy == "http://proxy.example:3128"
