"""Answers in JSON mode are checked for being JSON, once they are whole."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.core.errors import Code, ServiceError
from app.core.events import Finished, TextDelta
from app.core.json_answer import LARGE
from app.ui.chat import json_answers
from app.ui.chat.transcript.json_line import JsonLine
from app.ui.chat.transcript.message_view import MessageView
from tests.ui.chat.harness import ChatHarness, chat


def lines(harness: ChatHarness) -> list[JsonLine]:
    return [line for line in harness.view.findChildren(JsonLine) if line.isVisible()]


async def ask_for_json(harness: ChatHarness, *questions: str) -> None:
    assert harness.view.parameters is not None
    harness.view.parameters.json_mode.setChecked(True)
    for question in questions:
        await harness.ask(question)
        await harness.settled()


async def test_a_badge_says_whether_the_answer_is_json(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    valid = [TextDelta('{"a": '), gate, TextDelta("1}"), Finished("stop")]
    fenced = [TextDelta('```json\n{"a": 1}\n```'), Finished("stop")]
    broken = [TextDelta('{"a": 1,\n"b": }'), Finished("stop")]
    async with chat(qtbot, tmp_path, valid, fenced, broken) as harness:
        assert harness.view.parameters is not None
        harness.view.parameters.json_mode.setChecked(True)
        await harness.ask("JSON, please")
        await harness.until(lambda: bool(harness.workspace.current and harness.workspace.current.step))
        assert lines(harness) == [], "not while it streams"
        gate.set()
        await harness.settled()
        await harness.until(lambda: len(lines(harness)) == 1)
        assert (lines(harness)[0].badge.text(), lines(harness)[0].detail.text()) == ("Valid JSON", "")
        await ask_for_json(harness, "fenced", "broken")
        await harness.until(lambda: len(lines(harness)) == 3)
        _, second, third = lines(harness)
        assert (second.badge.text(), second.detail.text()) == ("Valid JSON", "inside a code fence")
        second.button.click()
        assert QGuiApplication.clipboard().text() == '{"a": 1}'
        assert (third.badge.text(), third.detail.text()) == ("Not JSON", "line 2, character 6")
        assert third.button.isHidden()
        session = harness.workspace.current
        assert session is not None
        harness.button("New conversation").click()
        await harness.workspace.open(session.id)
        await harness.until(lambda: len(lines(harness)) == 3)


async def test_without_json_mode_nothing_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(
        qtbot, tmp_path, [TextDelta("{}"), Finished("stop")], [TextDelta("{}"), Finished("stop")]
    ) as harness:
        await harness.ask("Hi")
        await harness.settled()
        await ask_for_json(harness, "JSON")
        await harness.until(lambda: len(lines(harness)) > 0)
        (line,) = lines(harness)
        answers = [view for view in harness.view.findChildren(MessageView) if view.isAncestorOf(line)]
        assert [answer.accessibleName() for answer in answers] == ["MiMo 2"], "not below the one without JSON mode"


async def test_only_the_last_results_are_kept_and_no_text(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_answers, "MAX_CHECKED", 1)
    async with chat(
        qtbot, tmp_path, [TextDelta('{"a": 1}'), Finished("stop")], [TextDelta("{}"), Finished("stop")]
    ) as harness:
        await ask_for_json(harness, "one", "two")
        await harness.until(lambda: len(lines(harness)) == 2)
        session = harness.workspace.current
        assert session is not None
        ((key, kept),) = harness.presenter._json_answers._checked.items()
        assert (key, kept[0]) == (session.conversation.leaf, len("{}"))


async def test_a_large_answer_is_checked_in_a_thread(qtbot: QtBot, tmp_path: Path) -> None:
    large = f'["{"x" * LARGE}"]'
    async with chat(qtbot, tmp_path, [TextDelta(large), Finished("stop")]) as harness:
        await ask_for_json(harness, "JSON")
        await harness.until(lambda: len(lines(harness)) == 1)
        assert lines(harness)[0].badge.text() == "Valid JSON"


async def test_a_failed_answer_is_not_called_broken_json(qtbot: QtBot, tmp_path: Path) -> None:
    failed = [TextDelta('{"a": '), ServiceError(Code.SERVER_ERROR, status=500, message="boom")]
    async with chat(qtbot, tmp_path, failed, [TextDelta("{}"), Finished("stop")]) as harness:
        await ask_for_json(harness, "JSON", "again")
        await harness.until(lambda: len(lines(harness)) == 1)
        assert lines(harness)[0].badge.text() == "Valid JSON"
