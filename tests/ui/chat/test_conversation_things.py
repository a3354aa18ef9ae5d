"""Conversations in the palette: the list is kept while it stays the same, and contents are searched after a pause."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

import pytest

from app.core.conversation import Conversation
from app.core.observers import Event
from app.ui.chat.conversation_things import conversation_things
from app.ui.chat.conversations_presenter import ConversationsPresenter
from app.ui.commands import Thing
from app.ui.palette_rows import palette_rows


class Conversations:
    """Stands in for the workspace, and counts what it is asked for."""

    def __init__(self, titles: Sequence[str]) -> None:
        self.titles = list(titles)
        self.listed, self.searched = 0, list[str]()
        self.on_change: Event[()] = Event()

    def conversations(self) -> tuple[Conversation, ...]:
        self.listed += 1
        return tuple(Conversation(f"c{n}", title=title) for n, title in enumerate(self.titles))

    async def found(self, words: str) -> dict[str, str]:
        self.searched.append(words)
        if words == "old one":
            self.titles.append("An old one")
        return {"c0": "an excerpt"}


def source(workspace: Conversations, tasks: list[asyncio.Task[object]]) -> Any:
    def run(coroutine: Coroutine[Any, Any, object]) -> None:
        tasks.append(asyncio.ensure_future(coroutine))

    return conversation_things(workspace, lambda key: None, run)  # type: ignore[arg-type]


def test_the_list_is_made_again_only_after_a_change() -> None:
    workspace = Conversations(["A", "B"])
    things = source(workspace, [])
    assert [thing.title for thing in things.listed()] == ["A", "B"]
    things.listed()
    assert workspace.listed == 1
    workspace.titles.append("C")
    workspace.on_change.emit()
    assert [thing.title for thing in things.listed()] == ["A", "B", "C"]


async def test_only_the_last_of_several_queries_is_searched() -> None:
    workspace, tasks = Conversations(["A"]), list[asyncio.Task[object]]()
    things, delivered = source(workspace, tasks), list[Sequence[Thing]]()
    for query in ("n", "ne", "needle"):
        things.search(query, delivered.append)
    await asyncio.gather(*tasks)
    assert workspace.searched == ["needle"]
    assert [[thing.detail for thing in each] for each in delivered] == [["an excerpt"]]


async def test_what_a_search_found_beyond_the_list_is_listed_afterwards() -> None:
    workspace, tasks = Conversations(["A"]), list[asyncio.Task[object]]()
    things = source(workspace, tasks)
    things.listed()
    things.search("old one", lambda found: None)
    await asyncio.gather(*tasks)
    assert "An old one" in [thing.title for thing in things.listed()]


async def test_the_search_of_the_list_waits_for_the_last_key_too() -> None:
    workspace, shown = Conversations(["A"]), list[str]()
    presenter: Any = type("Presenter", (), {})()
    presenter._workspace, presenter.show_rows = workspace, lambda: shown.append(presenter._query)
    tasks = []
    for query in ("n", "needle"):
        presenter._query = query
        tasks.append(asyncio.ensure_future(ConversationsPresenter._show_matches(presenter, query)))
    await asyncio.gather(*tasks)
    assert (workspace.searched, shown) == (["needle"], ["needle"])


def test_conversations_without_the_typed_words_are_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.core import fuzzy
    from app.ui import palette_rows as module
    from app.ui.commands import Commands

    compared: list[str] = []

    def match(query: str, name: str, *, loose: bool = True) -> fuzzy.Match | None:
        compared.append(name)
        return fuzzy.match(query, name, loose=loose)

    monkeypatch.setattr(module, "match", match)
    commands = Commands()
    commands.add_things(source(Conversations([*(f"Talk {n}" for n in range(400)), "The Needle İ"]), []))
    rows = palette_rows(commands, "needle", {})
    assert [row.row.title for row in rows] == ["The Needle İ"]
    assert {name.split(" ")[1] for name in compared} == {"Needle"}
