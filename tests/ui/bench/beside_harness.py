"""Runs the Beside page beside the chat view, on the same services and a scripted client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.core.requests import Sampling
from app.core.settings import Settings
from app.core.side_by_side import Column
from app.services.bench.desk import OpenDesk
from app.services.bench.profile_connections import ProfileConnections
from app.services.bench.run_budget import RunBudget
from app.services.bench.side_by_side import SideBySide
from app.services.chat.approval import Approvals
from app.services.record_autosaver import RecordAutosaver
from app.services.record_keeper import RecordKeeper
from app.services.tools.builtin import builtin_tools
from app.services.tools.tool import Toolbox
from app.ui.bench.beside.page import BesidePage
from app.ui.bench.beside.presenter import BesidePresenter
from app.ui.bench.context import BenchContext
from app.ui.widgets.notifications import Notification
from tests.services.test_chat_session import OneClient
from tests.ui.bench.prompts_harness import OneView
from tests.ui.chat.attachment_parts import presenter_of
from tests.ui.chat.harness import ChatHarness, TwoModels, chat

PRO, FLASH = "mimo-v2.6-pro", "mimo-v2.6-flash"


class BesideHarness:
    """Gives tests access to a running page, to its services, and to the chat on the same home."""

    def __init__(self, page: BesidePage, presenter: BesidePresenter, side: SideBySide, chat: ChatHarness) -> None:
        self.page, self.presenter, self.side, self.chat = page, presenter, side, chat
        self.notices: list[Notification] = []

    @property
    def foot(self) -> Any:
        return self.page.foot

    def button(self, name: str) -> QAbstractButton:
        """The first visible button of this accessible name or text."""
        buttons = [*self.page.findChildren(QAbstractButton), *self.page.head.findChildren(QAbstractButton)]
        named = [each for each in buttons if name in (each.accessibleName(), each.text()) and each.isVisible()]
        assert named, name
        return named[0]

    async def ended(self) -> None:
        """Wait until every answer has ended and is shown."""
        await self.chat.until(lambda: bool(self.side.answers.made))
        for answer in tuple(self.side.answers.made.values()):
            if answer.task is not None:
                await asyncio.wait([answer.task], timeout=20)
        await self.chat.until(lambda: not self.presenter._showing.isActive())

    async def said(self, part: str) -> Notification:
        await self.chat.until(lambda: any(part in notice.text for notice in self.notices))
        return next(notice for notice in reversed(self.notices) if part in notice.text)


@asynccontextmanager
async def beside_page(qtbot: QtBot, folder: Path, *exchanges: list[Any]) -> AsyncIterator[BesideHarness]:
    """Run the page with two columns, of the larger and the smaller model."""
    async with chat(qtbot, folder, *exchanges) as running:
        database, tasks = running.database, running.tasks
        connection = cast(Any, OneClient(running.script))
        desk = OpenDesk(RecordAutosaver(database.desks, tasks, "desk"), running.workspace)
        desk.default_columns = lambda session: tuple(
            Column(model, model=model, sampling=Sampling(thinking=False)) for model in (PRO, FLASH)
        )
        toolbox = Toolbox(builtin_tools())
        side = SideBySide(
            desk, RecordKeeper(database.beside_runs, tasks, "run"), running.workspace, database.conversations,
            ProfileConnections(connection, lambda profile_id: connection.profile, lambda profile: connection),
            toolbox, Approvals(ask=False), RunBudget(lambda *call: (0.001, "USD"), lambda: "USD"), tasks,
        )  # fmt: skip
        page, window = BesidePage(), OneView(running.view)
        qtbot.addWidget(page)
        qtbot.addWidget(page.head)
        chat_attachments = presenter_of(running.view)
        context = SimpleNamespace(
            window=window, notifier=running.notifier, settings=Settings(), tasks=tasks, workspace=running.workspace,
            models=TwoModels(), side_by_side=lambda: side, profiles=tuple, toolbox=toolbox, calls=None,
            charge=lambda *call: pytest.fail("nothing is inspected here"),
            attachments=chat_attachments.dependencies,
        )  # fmt: skip
        presenter = BesidePresenter(page, cast(BenchContext, context))
        page.resize(1300, 800)
        page.show()
        page.head.show()
        harness = BesideHarness(page, presenter, side, running)
        running.notifier.listen(harness.notices.append)
        await running.until(lambda: presenter._is_loaded)
        try:
            yield harness
        finally:
            await presenter.aclose()
            await side.aclose()
