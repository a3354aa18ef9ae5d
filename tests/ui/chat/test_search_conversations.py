"""Search conversations: a hit opens at its match, and answers that are still arriving are searched."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta
from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.widgets.row_list import RowList
from tests.ui.chat.harness import ChatHarness, chat

LONG = "\n\n".join(
    [f"Paragraph {n} about nothing." for n in range(60)]
    + ["Here is the needle in C++."]
    + [f"Paragraph {n} about nothing." for n in range(60, 160)]
)


def search_field(harness: ChatHarness) -> QLineEdit:
    return line(harness, "Search conversations")


def find_field(harness: ChatHarness) -> QLineEdit:
    return line(harness, "Find in conversation")


def line(harness: ChatHarness, name: str) -> QLineEdit:
    return next(field for field in harness.view.findChildren(QLineEdit) if field.accessibleName() == name)


def conversations(harness: ChatHarness) -> RowList:
    return next(rows for rows in harness.view.findChildren(RowList) if rows.accessibleName() == "Conversations")


def selected(harness: ChatHarness) -> tuple[str, bool]:
    """The selected text of the transcript, and whether it is in view."""
    transcript = harness.view.transcript
    assert transcript is not None
    for text in transcript.findChildren(ReadingText):
        cursor = text.textCursor()
        if cursor.hasSelection():
            place = text.cursorRect(cursor).topLeft()
            page = QRect(QPoint(), transcript.viewport().size())
            return cursor.selectedText(), page.contains(text.viewport().mapTo(transcript.viewport(), place))
    return "", False


async def test_a_hit_opens_at_its_match_and_the_term_stays_there(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [TextDelta(LONG), Finished("stop")]) as harness:
        await harness.ask("Tell me")
        await harness.settled()
        first = harness.workspace.current
        assert first is not None
        harness.button("New conversation").click()
        search_field(harness).setText("the needle")
        await harness.until(lambda: harness.conversations_shown == [first.id])
        conversations(harness).row_selected.emit(first.id)
        await harness.until(lambda: harness.workspace.current is first)
        await harness.until(lambda: selected(harness) == ("the needle", True))
        assert find_field(harness).text() == "the needle"
        harness.button("New conversation").click()
        await asyncio.sleep(0.05)
        assert find_field(harness).text() == "", "the term stays with the conversation it was found in"


async def test_an_answer_that_is_still_arriving_is_found(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with chat(qtbot, tmp_path, [TextDelta("An unusual wombat"), gate, Finished("stop")]) as harness:
        await harness.ask("Tell me")
        session = harness.workspace.current
        assert session is not None
        await harness.until(lambda: bool(session.branch) and "wombat" in session.branch[-1].text)
        harness.button("New conversation").click()
        search_field(harness).setText("wombat")
        await harness.until(lambda: harness.conversations_shown == [session.id])
        search_field(harness).setText("numbat")
        await harness.until(lambda: harness.conversations_shown == [])
        gate.set()
        await session.wait()


async def test_find_sees_the_text_as_it_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    answer = (
        'This is **really** important, see [the docs](https://x.example/a_(b) "Title") and `code` C++ 👍🏽\n\n'
        "Escaped \\*star\\* &amp; &lt;b&gt;, a&nbsp;b, R&D"
    )
    async with chat(qtbot, tmp_path, [TextDelta(answer), Finished("stop")]) as harness:
        await harness.ask("Hi **there** friend")
        await harness.settled()
        transcript = harness.view.transcript
        assert transcript is not None
        for query in (
            "really important",
            "the docs and",
            "code C++",
            "c++",
            "👍🏽",
            "*star*",
            "& <b>",
            "a b",
            "hi **there",
        ):
            assert transcript.find_text(query) == (1, 1), query
        for query in ("x.example", "there friend", "**really", "&amp;"):
            assert transcript.find_text(query) == (0, 0), query
