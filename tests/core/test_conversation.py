"""The tree of messages under anything that can be done to it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from app.core.conversation import MessageTree, title_from
from app.core.messages import Message, Text


class Trees(RuleBasedStateMachine):
    """Beside the tree stands the plainest thing that could be right: every message with its parent, in order."""

    ids = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.tree = MessageTree()
        self.plain: dict[str, Message] = {}

    @rule(target=ids)
    def begin(self) -> str:
        return self.put(None)

    @rule(target=ids, parent=ids)
    def follow(self, parent: str) -> str:
        return self.put(parent)

    def put(self, parent: str | None) -> str:
        message = Message(f"m{len(self.plain)}-{len(self.tree)}-{id(self) % 97}", "user", (), parent)
        while message.id in self.plain:
            message = Message(message.id + "'", "user", (), parent)
        self.tree.add(message)
        self.plain[message.id] = message
        return message.id

    @rule(message=ids, text=st.text(max_size=5))
    def rewrite(self, message: str, text: str) -> None:
        newer = Message(message, "user", (Text(text),), self.plain[message].parent)
        self.tree.add(newer)
        self.plain[message] = newer

    @rule(message=consumes(ids))
    def remove(self, message: str) -> None:
        if any(other.parent == message for other in self.plain.values()):
            with pytest.raises(ValueError, match="followers"):
                self.tree.remove(message)
            # It stays, but nothing is done to it any more.
            return
        self.tree.remove(message)
        del self.plain[message]

    @rule(message=ids)
    def look_elsewhere(self, message: str) -> None:
        self.tree.leave(message)

    @invariant()
    def it_holds_what_was_put_in(self) -> None:
        assert list(self.tree) == list(self.plain.values())
        assert list(MessageTree(self.tree)) == list(self.tree), "and can be built again from what it gives"

    @invariant()
    def every_message_has_its_branch_and_its_place_among_versions(self) -> None:
        for message in self.plain.values():
            branch = self.tree.branch(message.id)
            assert branch[-1] is message
            assert branch[0].parent is None
            assert all(later.parent == earlier.id for earlier, later in pairwise(branch))
            versions = [other.id for other in self.plain.values() if other.parent == message.parent]
            assert list(self.tree.siblings(message.id)) == versions
            assert self.tree.version(message.id) == (versions.index(message.id) + 1, len(versions))
            newest = self.tree.last_of(message.id)
            assert message in self.tree.branch(newest)
            assert not any(other.parent == newest for other in self.plain.values())


TestTrees = Trees.TestCase


def test_coming_back_to_a_version_one_finds_what_one_read_there() -> None:
    tree = MessageTree(
        [
            Message("question", "user"),
            Message("first", "assistant", (), "question"),
            Message("second", "assistant", (), "question"),
            Message("edited", "user"),
            Message("below", "assistant", (), "edited"),
        ]
    )
    assert tree.last_of("question") == "second", "the newest, where one never was"
    tree.leave("first")
    assert tree.last_of("edited") == "below"
    assert tree.last_of("question") == "first"
    tree.remove("first")
    assert tree.last_of("question") == "second"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("", ""),
        ("\n\n  Hello \t there \nmore", "Hello there"),
        ("word " * 30, "word word word word word word word word word word word word…"),
        ("长" * 80, "长" * 60 + "…"),
    ],
)
def test_a_title_is_the_beginning_of_the_first_line(text: str, title: str) -> None:
    assert title_from(text) == title
