"""A summary is sent only in branches that have all the messages it is about."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from app.core.conversation import Conversation, MessageTree
from app.core.messages import Message, Text
from app.core.summaries import for_branch, with_summary
from app.services.chat.branching import branched
from app.services.chat.request_building import SUMMARY_HEADING, build_request
from app.storage.documents import read_document, to_json

SUMMARY = f"{SUMMARY_HEADING}about A"


def tree() -> MessageTree:
    """Two branches: 1 2 3a 4a 5a and 1 2 3b."""
    parents = {"1": None, "2": "1", "3a": "2", "4a": "3a", "5a": "4a", "3b": "2"}
    return MessageTree(Message(name, "user", (Text(name),), parent) for name, parent in parents.items())


def summarised_in_a() -> Conversation:
    return with_summary(Conversation("c", model="m", leaf="5a"), tree().branch("5a"), 4, "about A")


def sent(conversation: Conversation, messages: MessageTree, leaf: str) -> list[str]:
    request = build_request(conversation, messages.branch(leaf), (), date(2026, 11, 29))
    return [message.text for message in request.messages]


@pytest.mark.parametrize("is_older", [False, True], ids=["", "of an earlier version"])
def test_another_branch_gets_the_messages_instead(is_older: bool) -> None:
    conversation = summarised_in_a()
    if is_older:
        conversation = msgspec.structs.replace(conversation, summary_of=())
    assert sent(conversation, tree(), "5a") == [SUMMARY, "5a"]
    assert sent(conversation, tree(), "3b") == ["1", "2", "3b"]
    assert sent(conversation, tree(), "3a") == ["1", "2", "3a"], "as for another version of the fourth message"


def test_a_deleted_message_is_not_sent_on_by_the_summary() -> None:
    messages = tree()
    cut = messages.cut("4a")
    assert sent(summarised_in_a(), messages, "3a") == ["1", "2", "3a"]
    messages.paste(cut)
    assert sent(summarised_in_a(), messages, "5a") == [SUMMARY, "5a"]


def test_what_was_left_out_without_a_summary_stays_left_out_everywhere() -> None:
    without_first = Conversation("c", model="m", left_out=("1",))
    conversation = with_summary(without_first, tree().branch("5a"), 4, "about A")
    assert sent(conversation, tree(), "5a") == [SUMMARY, "5a"]
    assert sent(conversation, tree(), "3b") == ["2", "3b"]
    again = with_summary(conversation, tree().branch("3b"), 2, "about B")
    assert sent(again, tree(), "3b") == [f"{SUMMARY_HEADING}about B", "3b"]
    assert sent(again, tree(), "5a") == [f"{SUMMARY_HEADING}about B", "3a", "4a", "5a"]


def test_a_new_summary_still_counts_as_one_of_what_the_last_was_about() -> None:
    conversation = with_summary(summarised_in_a(), tree().branch("5a"), 2, "about A, edited")
    assert sent(conversation, tree(), "3b") == ["1", "2", "3b"]


def test_a_branch_of_its_own_has_the_summary_only_if_it_has_the_messages() -> None:
    copy, messages = branched(summarised_in_a(), tree().branch("3b"), title="B", now=1.0)
    assert (copy.summary, copy.left_out) == ("", ())
    copy, messages = branched(summarised_in_a(), tree().branch("5a"), title="A", now=1.0)
    assert sent(copy, MessageTree(messages), messages[-1].id) == [SUMMARY, "5a"]
    messages_without = MessageTree(messages)
    messages_without.cut(messages[3].id)
    assert for_branch(copy, messages_without.branch(messages[2].id)).summary == ""


def test_an_imported_conversation_knows_what_its_summary_is_about() -> None:
    copy, messages = read_document(to_json(summarised_in_a(), tuple(tree())))
    by_text = {message.text: message.id for message in messages}
    assert sent(copy, MessageTree(messages), by_text["5a"]) == [SUMMARY, "5a"]
    assert sent(copy, MessageTree(messages), by_text["3b"]) == ["1", "2", "3b"]
    without = tuple(message for message in tree() if message.id not in ("4a", "5a"))
    copy, messages = read_document(to_json(summarised_in_a(), without))
    by_text = {message.text: message.id for message in messages}
    assert sent(copy, MessageTree(messages), by_text["3a"]) == ["1", "2", "3a"]
