"""The offer to leave out messages keeps a summary and a choice when it is opened again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta
from app.ui.chat.context import presenter
from tests.ui.chat.harness import chat
from tests.ui.chat.test_context import offer, reply, talk


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presenter, "PAUSE_MS", 5)


async def test_an_edited_summary_stays_when_the_offer_is_opened_again(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    summary = [TextDelta("They "), gate, TextDelta("greeted."), Finished("stop")]
    async with chat(qtbot, tmp_path, reply("One", 1_048_000), summary) as harness:
        await talk(harness, "First")
        await harness.until(lambda: offer(harness) is not None)
        shown, session = offer(harness), harness.workspace.current
        assert shown is not None
        assert session is not None
        shown.number.setValue(2)
        shown.summarise_button.click()
        await harness.until(lambda: shown.summary.toPlainText() == "They ")
        harness.presenter.context.offer()
        assert not shown.number.isEnabled()
        assert not shown.leave_out_button.isEnabled()
        assert shown.summarise_button.isEnabled()
        gate.set()
        await harness.until(shown.use_button.isEnabled)
        shown.summary.setPlainText("They greeted. Edited")
        session.configure(summary="Earlier summary")
        harness.presenter.context.offer()
        assert (shown.chosen, shown.summary.toPlainText()) == (2, "They greeted. Edited")
        assert shown.summary.isVisible()
        assert shown.use_button.isVisible()
        await harness.ask("x" * 4000)
        assert len(harness.script.requests) == 2
        assert (shown.summary.toPlainText(), shown.anyway_button.isVisible()) == ("They greeted. Edited", True)


async def test_a_number_chosen_in_the_offer_stays(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, reply("One", 10), reply("Two", 10)) as harness:
        await talk(harness, "First", "Second")
        harness.presenter.context.offer()
        shown = offer(harness)
        assert shown is not None
        shown.number.setValue(3)
        harness.presenter.context.offer()
        assert shown.chosen == 3
