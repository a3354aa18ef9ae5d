"""Runs the chat view with its presenter and services against a scripted client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QTextEdit
from pytestqt.qtbot import QtBot

from app.core.observers import Event
from app.core.profiles import Profile
from app.core.requests import Sampling
from app.core.settings import Settings
from app.core.spend import Spend
from app.mimo.call_recording import CallRecorder
from app.services.call_history import CallHistory
from app.services.chat.approval import Approvals
from app.services.chat.files import ConversationFiles
from app.services.chat.workspace import Workspace
from app.services.tasks import TaskSet
from app.services.tools.builtin import builtin_tools
from app.services.tools.tool import Toolbox
from app.storage.database import Database
from app.storage.documents import Documents
from app.storage.home import open_home
from app.ui.chat.presenter import ChatPresenter
from app.ui.chat.transcript_updater import TranscriptUpdater
from app.ui.chat.view import ChatView
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowModel
from tests.services.test_chat_session import OneClient, Script


class TwoModels:
    """The models of a service with two chat models."""

    def __init__(self) -> None:
        self.error = None
        self.on_change: Event[()] = Event()
        self._chosen = "mimo-v2.6-pro"

    def of_kind(self, kind: str) -> tuple[Any, ...]:
        from app.core.catalogue import catalogue

        return (catalogue().model("mimo-v2.6-pro"), catalogue().model("mimo-v2.6-flash"))

    def chosen(self, kind: str) -> str:
        return self._chosen

    def choose(self, kind: str, model_id: str) -> None:
        self._chosen = model_id
        self.on_change.emit()


class ChatHarness:
    """Gives tests access to a running chat.

    Attributes:
        messages: texts of the notifications so far.
        calls: the recorded calls, empty at first.
        script: the scripted client, with the requests it received.
    """

    def __init__(
        self,
        view: ChatView,
        workspace: Workspace,
        messages: list[str],
        script: Script,
        tasks: TaskSet,
        calls: CallRecorder,
    ) -> None:
        self.calls = calls
        self.profile = Profile("demo", "demo", "Demo", "http://127.0.0.1/v1")
        self.view, self.workspace, self.messages, self.script, self.tasks = view, workspace, messages, script, tasks

    def button(self, name: str) -> QAbstractButton:
        """The last visible button of this accessible name or text."""
        named = [
            button
            for button in self.view.findChildren(QAbstractButton)
            if name in (button.accessibleName(), button.text())
        ]
        visible = [button for button in named if button.isVisible()]
        assert visible, name
        return visible[-1]

    @property
    def conversations_shown(self) -> list[str]:
        """The ids of the listed conversations."""
        rows = next(rows for rows in self.view.findChildren(RowList) if rows.accessibleName() == "Conversations")
        model = rows.model()
        assert isinstance(model, RowModel)
        return [row.key for row in model.rows()]

    def text(self, name: str) -> str:
        """The content of the last text of this accessible name."""
        texts = [text for text in self.view.findChildren(QTextEdit) if text.accessibleName() == name]
        assert texts, name
        return texts[-1].toPlainText()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                await asyncio.sleep(0.01)

    async def ask(self, text: str) -> None:
        self.view.composer.field.setPlainText(text)
        self.button("Send").click()

    async def settled(self) -> None:
        assert self.workspace.current is not None
        await self.workspace.current.wait()
        await asyncio.sleep(0.08)


@asynccontextmanager
async def chat(
    qtbot: QtBot,
    folder: Path,
    *exchanges: list[Any],
    early: Callable[[ChatView], None] | None = None,
    last: bool = False,
) -> AsyncIterator[ChatHarness]:
    """Run a chat whose data are in `folder`.

    `early` acts on the view before its presenter exists; with `last` the newest conversation is opened.
    """
    tasks = TaskSet(lambda error: pytest.fail(repr(error)))
    database = await Database.open(open_home(folder))
    settings, notifier, notifications = Settings(), Notifier(), []
    notifier.listen(lambda message: notifications.append(message.text))
    approvals, toolbox, script = Approvals(), Toolbox(builtin_tools()), Script(*exchanges)
    workspace = Workspace(
        connection=OneClient(script),  # type: ignore[arg-type]
        toolbox=toolbox,
        approvals=approvals,
        tasks=tasks,
        store=database.conversations,
        search=database.search,
    )
    recorder = CallRecorder()
    workspace.defaults = lambda: ("mimo-v2.6-pro", "", Sampling())
    view = ChatView(settings)
    qtbot.addWidget(view)
    if early is not None:
        early(view)
    view.complete(notifier)
    assert view.transcript is not None
    updater = TranscriptUpdater(view.transcript, notifier, lambda *call: Spend(1, cost={"USD": 0.001}))
    updater.on_shown = view.show_transcript
    ChatPresenter(
        view,
        workspace=workspace,
        files=ConversationFiles(workspace, database.conversations, Documents()),
        calls=CallHistory(recorder, database.calls, lambda: 100, pytest.fail, pytest.fail),  # type: ignore[arg-type]
        models=TwoModels(),  # type: ignore[arg-type]
        toolbox=toolbox,
        approvals=approvals,
        settings=settings,
        notifier=notifier,
        updater=updater,
        tasks=tasks,
        read_aloud=lambda: pytest.fail("nothing is read aloud here"),
        silence=lambda: None,
    )
    saved = await database.conversations.listed() if last else ()
    await workspace.load(saved[0].id if saved else "")
    view.resize(1364, 870)
    view.show()
    try:
        yield ChatHarness(view, workspace, notifications, script, tasks, recorder)
    finally:
        await workspace.aclose()
        await tasks.aclose()
        await database.close()
