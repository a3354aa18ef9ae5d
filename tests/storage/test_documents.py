"""Conversations as files: out and back whole, the common OpenAI form in, and nothing else in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.conversation import Conversation, Headings
from app.core.errors import Code, StorageError
from app.core.messages import Media, Message, Part, Reply, Source, Sources, Text, Thinking, ToolCall
from app.core.requests import Sampling
from app.storage import document_files, documents
from app.storage.blobs import Blobs
from app.storage.documents import Documents, read_document, to_json, to_markdown, visible

WORDS = Headings("System", "You", "MiMo", "Thoughts", "Tool call", "Result", "Sources", "Attachment")
CONVERSATION = Conversation("c", "Ferry", "mimo-v2.6-pro", "Be brief.", leaf="d", created=5.0)
MESSAGES = (
    Message("a", "user", (Text("When?"), Media("image/png", "data:image/png;base64,AAAA", "quay.png", 3)), None),
    Message("b", "assistant", (Text("At eight."),), "a", (Reply("m", "m", "stop"),)),
    Message(
        "d",
        "assistant",
        (
            Thinking("The timetable\nsays nine.", 0),
            ToolCall("t", "timetable", '{"port": "```"}', 0, "done", result="09:00"),
            Text("At **nine**.", 1),
            Sources((Source("https://ferry.example/times", "Times"),), 1),
        ),
        "a",
        (Reply("m", "m", "tool_calls"), Reply("m", "m", "stop")),
    ),
)


def content(messages: tuple[Message, ...]) -> list[tuple[Part, ...]]:
    return [message.parts for message in messages]


def test_our_json_comes_back_with_all_branches_under_fresh_ids() -> None:
    conversation, messages = read_document(to_json(CONVERSATION, MESSAGES))
    assert content(messages) == content(MESSAGES)
    assert {message.id for message in messages}.isdisjoint("abd")
    assert [message.parent for message in messages] == [None, messages[0].id, messages[0].id]
    assert conversation.leaf == messages[2].id
    assert (conversation.title, conversation.system, conversation.model) == ("Ferry", "Be brief.", "mimo-v2.6-pro")
    assert conversation.id != "c"
    assert conversation.created == 5.0


@pytest.mark.parametrize("suffix", [".md", ".html", ".json"])
def test_an_answer_that_was_written_from_others_says_so_in_every_export(tmp_path: Path, suffix: str) -> None:
    answer = msgspec.structs.replace(MESSAGES[2], written_from=3)
    words = msgspec.structs.replace(WORDS, written_from="Written from {n} answers")
    Documents().write(tmp_path / f"c{suffix}", CONVERSATION, (*MESSAGES[:2], answer), words)
    if suffix == ".json":
        assert [each.written_from for each in Documents().read(tmp_path / "c.json")[1]] == [0, 0, 3]
    else:
        text = (tmp_path / f"c{suffix}").read_text("utf-8")
        assert text.count("Written from 3 answers") == 1
        Documents().write(tmp_path / f"c{suffix}", CONVERSATION, MESSAGES, words)
        assert "Written from" not in (tmp_path / f"c{suffix}").read_text("utf-8")


def test_an_imported_conversation_names_no_calls_of_another() -> None:
    replies = (Reply("m", "m", "stop", call_id="c1"),)
    _, messages = read_document(
        to_json(CONVERSATION, (MESSAGES[0], msgspec.structs.replace(MESSAGES[1], replies=replies)))
    )
    assert messages[1].replies[0].call_id == ""


def test_markdown_shows_the_visible_branch_to_people() -> None:
    text = to_markdown(CONVERSATION, visible(CONVERSATION, MESSAGES), WORDS)
    assert text.startswith("# Ferry\n\n## System\n\nBe brief.\n\n## You\n\nWhen?\n\n*Attachment: quay.png*")
    assert "At eight." not in text, "that is another branch"
    assert "**Thoughts**\n\n> The timetable\n> says nine." in text
    assert '**Tool call** `timetable`\n\n````json\n{"port": "```"}\n````' in text, "its fence is longer than any inside"
    assert "1. [Times](<https://ferry.example/times>)" in text


def test_a_message_in_markdown_ends_where_it_ends() -> None:
    messages = (
        Message("a", "user", (Text("# Title\n\n```\n# code\n```\nUnder\n---"),), None),
        Message("b", "assistant", (Text("# Answer\n\n~~~~py\nx = 1"),), "a"),
        Message("c", "user", (Text("Go on"),), "b"),
    )
    text = to_markdown(Conversation("c"), messages, WORDS)
    assert text == (
        "## You\n\n\\# Title\n\n```\n# code\n```\nUnder\n\\---\n\n"
        "## MiMo\n\n# Answer\n\n~~~~py\nx = 1\n~~~~\n\n## You\n\nGo on\n"
    ), "an open fence is closed, and what a user typed is no heading"


def test_the_ending_of_a_name_says_how_it_is_written(tmp_path: Path) -> None:
    files = Documents()
    files.write(tmp_path / "ferry.json", CONVERSATION, MESSAGES, WORDS)
    files.write(tmp_path / "ferry.md", CONVERSATION, MESSAGES, WORDS)
    assert content(files.read(tmp_path / "ferry.json")[1]) == content(MESSAGES)
    assert (tmp_path / "ferry.md").read_text().startswith("# Ferry")
    files.write(tmp_path / "ferry.html", CONVERSATION, MESSAGES, WORDS)
    page = (tmp_path / "ferry.html").read_text()
    assert page.startswith("<!DOCTYPE html>") and "At eight." not in page, "the visible branch alone"


OPENAI: list[dict[str, Any]] = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": [{"type": "text", "text": "When?"}, {"type": "image_url", "image_url": {"url": "https://e.x/q.png"}}]},
    {"role": "assistant", "content": None, "reasoning_content": "Look it up.",
     "tool_calls": [{"id": "1", "type": "function", "function": {"name": "timetable", "arguments": "{}"}}]},
    {"role": "tool", "tool_call_id": "1", "content": "09:00"},
    {"role": "assistant", "content": "At nine."},
    {"role": "user", "content": "Thanks", "name": "Anna"},
]  # fmt: skip


@pytest.mark.parametrize("wrapped", [False, True])
def test_openai_messages_become_turns(wrapped: bool) -> None:
    raw = {"model": "gpt-x", "messages": OPENAI, "temperature": 1} if wrapped else OPENAI
    conversation, messages = read_document(json.dumps(raw).encode())
    assert conversation.system == "Be brief."
    assert conversation.model == ("gpt-x" if wrapped else "")
    assert conversation.title == "When?"
    assert [message.role for message in messages] == ["user", "assistant", "user"], "two steps are one turn"
    thinking, call, text = messages[1].parts
    assert thinking == Thinking("Look it up.", 0)
    assert isinstance(call, ToolCall)
    assert (call.name, call.result, call.state, call.step) == ("timetable", "09:00", "done", 0)
    assert text == Text("At nine.", 1)
    assert [reply.finish for reply in messages[1].replies] == ["tool_calls", "stop"]
    assert messages[2].name == "Anna"
    assert conversation.leaf == messages[2].id


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_json_in_the_encodings_of_windows_is_read(encoding: str) -> None:
    assert read_document(json.dumps(OPENAI, ensure_ascii=False).encode(encoding))[0].title == "When?"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"{}",
        b'"words"',
        b"[1, 2]",
        b'{"messages": null}',
        b'[{"content": "no role"}]',
        b'[{"role": "wizard", "content": "x"}]',
        b'[{"role": "user", "content": 5}]',
        b'[{"role": "user", "content": [{"type": "hologram"}]}]',
        b'[{"role": "user", "content": [{"type": "image_url"}]}]',
        b'[{"role": "assistant", "tool_calls": [{"id": "1"}]}]',
        b'{"a": ' * 60,
        json.dumps({"format": "mimo-workbench-conversation", "version": 0}).encode(),
        json.dumps({"format": "mimo-workbench-conversation", "version": 1, "messages": "many"}).encode(),
        to_json(CONVERSATION, (msgspec.structs.replace(MESSAGES[0], parent="nobody"),)),
        to_json(CONVERSATION, (msgspec.structs.replace(MESSAGES[0], parent="b"), *MESSAGES[1:])),
    ],
    ids=range(19),
)
def test_what_is_no_conversation_is_refused_with_one_code(raw: bytes) -> None:
    with pytest.raises(StorageError) as caught:
        read_document(raw)
    assert caught.value.code is Code.IMPORT_UNREADABLE


NAMES = st.sampled_from(["role", "content", "messages", "tool_calls", "id", "function", "type", "text"])
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(json_like)
def test_any_json_is_a_conversation_or_refused(raw: Any) -> None:
    try:
        conversation, messages = read_document(json.dumps(raw).encode())
    except StorageError as error:
        assert error.code is Code.IMPORT_UNREADABLE
    else:
        assert content(read_document(to_json(conversation, messages))[1]) == content(messages)


def test_a_file_that_is_not_there_or_too_large_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageError) as caught:
        Documents().read(tmp_path / "gone.json")
    assert caught.value.code is Code.FILE_UNREADABLE
    monkeypatch.setattr(documents, "MAX_FILE_BYTES", 10)
    (tmp_path / "large.json").write_bytes(b"[" + b" " * 20)
    with pytest.raises(StorageError) as caught:
        Documents().read(tmp_path / "large.json")
    assert caught.value.code is Code.IMPORT_TOO_LARGE
    with pytest.raises(StorageError):
        Documents().write(tmp_path / "no folder" / "x.md", CONVERSATION, MESSAGES, WORDS)


def test_a_file_that_is_given_away_has_the_attachments_themselves(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "blobs")
    picture, frame = blobs.put(b"picture"), blobs.put(b"frame")
    media = Media("image/png", f"blob:{picture}", "quay.png", 7, width=3, height=2, preview=f"blob:{frame}")
    message = Message("a", "user", (Text("Look"), media))
    conversation = Conversation("c", "Quay", leaf="a", left_out=("a#1", "a", "gone#0"), attachments=(media,))
    Documents(blobs).write(tmp_path / "quay.json", conversation, (message,), WORDS)
    read, (found,) = Documents(blobs).read(tmp_path / "quay.json")
    assert found.parts[1] == msgspec.structs.replace(media, url="data:image/png;base64,cGljdHVyZQ==", preview="")
    assert read.left_out == (f"{found.id}#1", found.id) and read.attachments == (
        msgspec.structs.replace(media, preview=""),
    )
    Documents(blobs).write(tmp_path / "quay.html", conversation, (message,), WORDS)
    assert 'src="data:image/png;base64,cGljdHVyZQ=="' in (tmp_path / "quay.html").read_text()
    blobs.path(picture).unlink()
    Documents(blobs).write(tmp_path / "quay.html", conversation, (message,), WORDS)
    page = (tmp_path / "quay.html").read_text()
    assert "quay.png" in page and "blob:" not in page.partition("<body")[2]


def test_a_file_larger_than_the_limit_comes_back_with_all_its_attachments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only its text counts: any conversation that can be exported can be imported."""
    monkeypatch.setattr(documents, "MAX_FILE_BYTES", 20_000)
    monkeypatch.setattr(documents, "LARGE_FILE_BYTES", 10_000)
    monkeypatch.setattr(document_files, "_PIECE_BYTES", 999)
    here, there = Blobs(tmp_path / "here"), Blobs(tmp_path / "there")
    contents = [bytes([number]) * (3_000 + number) for number in range(12)]
    digests = [here.put(content) for content in contents]
    media = [Media("image/png", f"blob:{digest}", f"{n}.png") for n, digest in enumerate(digests)]
    text = Text('Not a file: "url": "data:image/png;base64,AAAA"' + "x" * 5_000)
    messages = (Message("a", "user", (text, *media[:5])), Message("b", "user", tuple(media[5:11]), "a"))
    path = tmp_path / "quay.json"
    Documents(here).write(path, Conversation("c", leaf="b", draft="Next", attachments=(media[11],)), messages, WORDS)
    assert path.stat().st_size > 2 * documents.MAX_FILE_BYTES
    conversation, found = Documents(there).read(path)
    assert [part for message in found for part in message.parts] == [text, *media[:11]]
    assert (conversation.draft, conversation.attachments) == ("Next", (media[11],))
    assert [there.read(digest) for digest in digests] == contents


@pytest.mark.parametrize("end", [b"", b'"}', b'%%%%"}'])
def test_a_large_file_that_is_damaged_within_an_attachment_is_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: bytes
) -> None:
    monkeypatch.setattr(documents, "LARGE_FILE_BYTES", 1_000)
    path = tmp_path / "cut.json"
    path.write_bytes(b'{"format": "mimo-workbench-conversation", "url": "data:image/png;base64,' + b"AAAA" * 999 + end)
    with pytest.raises(StorageError) as caught:
        Documents(Blobs(tmp_path / "blobs")).read(path)
    assert caught.value.code is Code.IMPORT_UNREADABLE
    assert caught.value.params["path"] == str(path)


def test_a_large_file_of_another_program_is_read_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGE_FILE_BYTES", 1_000)
    url = "data:image/png;base64," + "AAAA" * 999
    messages = [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": url}}]}]
    (tmp_path / "openai.json").write_text(json.dumps(messages))
    _, (message,) = Documents(Blobs(tmp_path / "blobs")).read(tmp_path / "openai.json")
    assert [part.url for part in message.parts if isinstance(part, Media)] == [url]


def test_additional_fields_of_a_file_are_sent_only_as_they_are_shown() -> None:
    hidden = Sampling(extra={"messages": [], "api_key": "sk-abcdefghijklmnop"})
    conversation, _ = read_document(to_json(Conversation("c", sampling=hidden, extra_body='{"seed": 7}'), ()))
    assert (conversation.extra_body, conversation.sampling.extra) == ('{"seed": 7}', {"seed": 7})
