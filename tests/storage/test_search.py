import pytest

from app.core.conversation import Conversation
from app.core.messages import Message, Text, Thinking, ToolCall, new_id, user_message
from app.core.takes import Take, VoiceSnapshot
from app.storage.fts_text import excerpt, fts_query, index_text


async def keep(database, *messages, title=""):
    one = Conversation(new_id(), title)
    await database.conversations.keep(one)
    await database.conversations.keep_messages(one.id, messages)
    return one


@pytest.mark.parametrize(
    "query",
    ["世界", "界你", "你好", "MiMo", "mimo", "cafe", "Café", "noon", "hel", '"hello wor', "world 世界", "zone", "ﾊﾝ"],
)
async def test_it_finds_text_thinking_tools_and_two_chinese_characters(database, query):
    reply = Message(
        new_id(), "assistant",
        (
            Thinking("the clock should tick"),
            ToolCall("c", "clock", '{"zone": 1}', 0, "done", "noon"),
            Text("hello world"),
        ),
    )  # fmt: skip
    await keep(database, user_message("说：世界你好！ MiMo 的 café ﾊﾝ hello world"), reply)
    assert await database.search.messages(query)


@pytest.mark.parametrize("query", ["好世", "absent", "", "  ", '""', "***", '" OR 1', "NOT", "(", "a AND", "列\0"])
async def test_what_is_not_there_is_not_found_and_no_query_is_an_error(database, query):
    await keep(database, user_message("世界你好 hello"))
    assert await database.search.messages(query) == ()


async def test_the_newest_come_first_up_to_the_limit(database):
    await keep(database, *(user_message(f"apple {n}") for n in range(20)))
    hits = await database.search.messages("apple", 3)
    assert [hit.excerpt for hit in hits] == ["apple 19", "apple 18", "apple 17"]


async def test_one_conversation_alone_can_be_searched(database):
    first = await keep(database, user_message("apple"))
    await keep(database, user_message("apple"))
    assert [hit.conversation_id for hit in await database.search.messages("apple", 9, first.id)] == [first.id]


async def test_an_edited_text_is_found_by_its_new_words_only(database):
    message = user_message("before")
    one = await keep(database, message)
    await database.conversations.keep_messages(one.id, [Message(message.id, "user", (Text("after"),))])
    assert not await database.search.messages("before")
    assert await database.search.messages("after")


async def test_titles_and_takes_are_found(database):
    await keep(database, title="Reise nach 北京")
    assert [one.title for one in await database.search.titles("北京")] == ["Reise nach 北京"]
    take = Take(new_id(), VoiceSnapshot("builtin", "冰糖", "冰糖"), "今天天气很好", note="warmest")
    await database.takes.keep(take)
    for query in ("天气", "冰糖", "warmest"):
        assert [hit.take for hit in await database.search.takes(query)] == [take]
    await database.takes.delete([take.id])
    assert not await database.search.takes("天气")


def test_every_cjk_character_is_a_word():
    assert index_text("a世界b").split() == ["a", "世", "界", "b"]
    assert fts_query("世界 hel") == '"世  界" AND "hel"*'
    assert fts_query('"hello world"') == '"hello world"'


def test_an_excerpt_shows_the_place_that_was_found():
    text = "x " * 200 + "needle" + " y" * 200
    assert "needle" in excerpt(text, "NEEDLE")
    assert excerpt(text, "needle").startswith("…") and excerpt(text, "needle").endswith("…")
    assert excerpt("short", "none") == "short"
