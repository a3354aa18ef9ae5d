"""The message tree under any sequence of operations."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from app.core.conversation import MessageTree, title_from
from app.core.messages import Message, Text


class Trees(RuleBasedStateMachine):
    """Compares the tree with a simple model: every message with its parent, in order."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.tree = MessageTree()
        self.model: dict[str, Message] = {}

    @rule(target=ids)
    def begin(self) -> str:
        return self.put(None)

    @rule(target=ids, parent=ids)
    def follow(self, parent: str) -> str:
        return self.put(parent)

    def put(self, parent: str | None) -> str:
        message = Message(f"m{len(self.model)}-{len(self.tree)}-{id(self) % 97}", "user", (), parent)
        while message.id in self.model:
            message = Message(message.id + "'", "user", (), parent)
        self.tree.add(message)
        self.model[message.id] = message
        return message.id

    @rule(message=ids, text=st.text(max_size=5))
    def rewrite(self, message: str, text: str) -> None:
        newer = Message(message, "user", (Text(text),), self.model[message].parent)
        self.tree.add(newer)
        self.model[message] = newer

    @rule(message=consumes(ids))
    def remove(self, message: str) -> None:
        if any(other.parent == message for other in self.model.values()):
            with pytest.raises(ValueError, match="children"):
                self.tree.remove(message)
            # It stays in the tree, but no further operation uses it.
            return
        self.tree.remove(message)
        del self.model[message]

    @rule(message=ids)
    def view_another_branch(self, message: str) -> None:
        self.tree.remember_leaf(message)

    @invariant()
    def it_contains_all_messages_in_order(self) -> None:
        assert list(self.tree) == list(self.model.values())
        assert list(MessageTree(self.tree)) == list(self.tree), "and can be rebuilt from its own messages"

    @invariant()
    def every_message_has_its_branch_and_version_number(self) -> None:
        for message in self.model.values():
            branch = self.tree.branch(message.id)
            assert branch[-1] is message
            assert branch[0].parent is None
            assert all(later.parent == earlier.id for earlier, later in pairwise(branch))
            versions = [other.id for other in self.model.values() if other.parent == message.parent]
            assert list(self.tree.siblings(message.id)) == versions
            assert self.tree.version(message.id) == (versions.index(message.id) + 1, len(versions))
            newest = self.tree.last_viewed_leaf(message.id)
            assert message in self.tree.branch(newest)
            assert not any(other.parent == newest for other in self.model.values())


TestTrees = Trees.TestCase


def test_switching_back_to_a_version_shows_the_branch_last_viewed_there() -> None:
    tree = MessageTree(
        [
            Message("question", "user"),
            Message("first", "assistant", (), "question"),
            Message("second", "assistant", (), "question"),
            Message("edited", "user"),
            Message("below", "assistant", (), "edited"),
        ]
    )
    assert tree.last_viewed_leaf("question") == "second", "the newest, if none was viewed"
    tree.remember_leaf("first")
    assert tree.last_viewed_leaf("edited") == "below"
    assert tree.last_viewed_leaf("question") == "first"
    tree.remove("first")
    assert tree.last_viewed_leaf("question") == "second"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("\n\n  Hello \t there \nmore", "Hello there"),
        ("word " * 30, "word word word word word word word word word word word word…"),
        ("长" * 80, "长" * 60 + "…"),
        ("# The **plan** for `max_retry_count`\n\nmore", "The plan for max_retry_count"),
        ("3*2 and 5~8?", "3*2 and 5~8?"),
        ("```py\nprint(1)\n```", "print(1)"),
    ],
)
def test_a_title_is_the_start_of_the_first_line(text: str, title: str) -> None:
    assert title_from(text) == title


@pytest.mark.parametrize("deleted", list(permutations("abcd")))
def test_versions_put_back_in_any_order_are_in_order_of_creation(deleted: tuple[str, ...]) -> None:
    for put_back in permutations(deleted):
        tree = MessageTree(Message(name, "user") for name in "abcde")
        cuts = {name: tree.cut(name) for name in deleted}
        for name in put_back:
            tree.paste(cuts[name])
        assert tree.children(None) == tuple("abcde")


def test_a_reserved_message_stands_before_those_that_were_added_since() -> None:
    tree = MessageTree([Message("q", "user")])
    for reserved in ("first", "second"):
        tree.reserve(reserved)
    tree.add(Message("second", "assistant", parent="q"))
    tree.add(Message("third", "assistant", parent="q"))
    tree.add(Message("first", "assistant", parent="q"))
    assert tree.children("q") == ("first", "second", "third")
