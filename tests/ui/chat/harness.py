"""Runs the chat view with its presenter and services against a scripted client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QTextEdit
from pytestqt.qtbot import QtBot

from app.audio import media_facts
from app.core.observers import Event
from app.core.profiles import Profile
from app.core.requests import Sampling
from app.core.settings import ENABLED_TOOLS, Settings
from app.core.spend import Spend
from app.mimo.call_recording import CallRecorder
from app.services.call_history import CallHistory
from app.services.chat.approval import Approvals
from app.services.chat.attachment_ports import MediaProbes
from app.services.chat.attachments import Attachments
from app.services.chat.files import ConversationFiles
from app.services.chat.workspace import Workspace
from app.services.prompts import PromptLibrary
from app.services.tasks import TaskSet
from app.services.tool_servers.bridge_process import BridgeProcess
from app.services.tool_servers.server_values import ServerValueStore
from app.services.tool_servers.servers import ToolServers
from app.services.tools.builtin import builtin_tools
from app.services.tools.own_tools import OwnTools
from app.services.tools.tool import Toolbox
from app.storage.call_store import CallStore
from app.storage.database import Database
from app.storage.documents import Documents
from app.storage.home import open_home
from app.storage.secrets import KeyLocation, Secret
from app.storage.text_files import TextFiles
from app.ui.chat.attachments.draft_attachments import AttachmentDependencies
from app.ui.chat.presenter import ChatPresenter
from app.ui.chat.transcript_updater import TranscriptUpdater
from app.ui.chat.view import ChatView
from app.ui.widgets.notifications import Notification, Notifier
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowModel, RowRole
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


class PlainSecrets:
    """Keeps secrets in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def find(self, profile_id: str) -> Secret | None:
        value = self.values.get(profile_id)
        return Secret(value, KeyLocation.RUN) if value is not None else None

    async def save(self, profile_id: str, value: str) -> KeyLocation:
        self.values[profile_id] = value
        return KeyLocation.RUN

    async def remove(self, profile_id: str) -> None:
        self.values.pop(profile_id, None)


class ChatHarness:
    """Gives tests access to a running chat.

    Attributes:
        messages: texts of the notifications so far; undos: what those that offer Undo do.
        to_studio: text and title of what was sent to the Studio.
        calls: the recorded calls, empty at first; `stored_calls` are those of earlier runs.
        own_tools: the user's own tools.
        presenter: of the view.
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
        stored_calls: CallStore,
        own_tools: OwnTools,
        presenter: ChatPresenter,
        notifier: Notifier,
        prompts: PromptLibrary,
    ) -> None:
        self.calls = calls
        self.stored_calls = stored_calls
        self.own_tools = own_tools
        self.presenter = presenter
        self.profile = Profile("demo", "demo", "Demo", "http://127.0.0.1/v1")
        self.view, self.workspace, self.messages, self.script, self.tasks = view, workspace, messages, script, tasks
        self.notifier, self.prompts = notifier, prompts
        self.undos: list[Callable[[], object]] = []
        self.to_studio: list[tuple[str, str]] = []
        self.database: Database
        self.tool_servers: ToolServers

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

    def undo(self, which: int = -1) -> None:
        """Press Undo of the last notification that offered it, or of an earlier one."""
        self.undos[which]()

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

    def switch_tool(self, key: str) -> None:
        """Switch a row of the list of tools, as its switch does; built-in tools have `builtin:` before their name."""
        assert self.view.tools is not None
        model = self.view.tools.tool_list.model()
        index = next(i for n in range(model.rowCount()) if (i := model.index(n, 0)).data(RowRole.KEY) == key)
        on = Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) == Qt.CheckState.Checked
        model.setData(index, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)

    @property
    def tools_on(self) -> list[str]:
        """The titles of the checked rows of the list of tools."""
        assert self.view.tools is not None
        model = self.view.tools.tool_list.model()
        indexes = [model.index(n, 0) for n in range(model.rowCount())]
        checked = Qt.CheckState.Checked
        return [str(i.data()) for i in indexes if Qt.CheckState(i.data(Qt.ItemDataRole.CheckStateRole)) == checked]

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not condition():
                await asyncio.sleep(0.01)

    async def ask(self, text: str) -> None:
        self.view.composer.field.setPlainText(text)
        self.button("Send").click()

    async def settled(self) -> None:
        assert self.workspace.current is not None
        await self.workspace.current.wait()
        await asyncio.sleep(0.08)
        transcript = self.view.transcript
        assert transcript is not None
        # On a busy machine the last of an answer is drawn in a later frame.
        await self.until(lambda: not any(view.has_backlog for view in transcript._window.views.values()))


def _no_web(url: str) -> Any:
    pytest.fail(f"nothing looks at {url} here")


@asynccontextmanager
async def chat(
    qtbot: QtBot,
    folder: Path,
    *exchanges: list[Any],
    early: Callable[[ChatView], None] | None = None,
    last: bool = False,
    read_aloud: Callable[[], Any] = lambda: pytest.fail("nothing is read aloud here"),
    dictation: Callable[[], Any] = lambda: pytest.fail("nothing is dictated here"),
    web: Callable[[str], Any] | None = None,
    make_client: Callable[[Database], Any] | None = None,
    playback: Any = None,
) -> AsyncIterator[ChatHarness]:
    """Run a chat whose data are in `folder`.

    `early` acts on the view before its presenter exists; with `last` the newest conversation is opened; `web` answers
    when an address is checked; `make_client` creates a client to use in place of the scripted one;
    `playback` plays attachments.
    """
    tasks = TaskSet(lambda error: pytest.fail(repr(error)))
    home = open_home(folder)
    database = await Database.open(home)
    settings, notifier, notifications = Settings(), Notifier(), []
    undos: list[Callable[[], object]] = []
    sent: list[tuple[str, str]] = []

    def hear(message: Notification) -> None:
        notifications.append(message.text)
        if message.undo is not None:
            undos.append(message.undo)

    notifier.listen(hear)
    approvals, toolbox, script = Approvals(), Toolbox(builtin_tools()), Script(*exchanges)
    workspace = Workspace(
        connection=OneClient(make_client(database) if make_client is not None else script),  # type: ignore[arg-type]
        toolbox=toolbox,
        approvals=approvals,
        tasks=tasks,
        store=database.conversations,
        search=database.search,
    )
    own_tools = OwnTools(database.tools, TextFiles(), toolbox, tasks)
    await own_tools.load()
    probes = MediaProbes(
        media_facts.container_facts, media_facts.sound_facts, media_facts.first_frame, web or _no_web
    )  # fmt: skip
    media_files = Attachments(database.blobs, probes)
    bridge = BridgeProcess(home.temporary)
    tool_servers = ToolServers(
        database.tool_servers, ServerValueStore(PlainSecrets(), lambda text: None), bridge, lambda: media_files,
        TextFiles(), toolbox, tasks,
    )  # fmt: skip
    await tool_servers.load()
    recorder = CallRecorder()
    prompts = PromptLibrary(database.prompts, settings)
    await prompts.load()
    workspace.defaults = lambda: ("mimo-v2.6-pro", "", Sampling())
    workspace.default_tools = lambda: settings.get(ENABLED_TOOLS)
    view = ChatView(settings)
    qtbot.addWidget(view)
    if early is not None:
        early(view)
    view.complete(notifier)
    assert view.transcript is not None
    updater = TranscriptUpdater(view.transcript, notifier, lambda *call: Spend(1, cost={"USD": 0.001}))
    updater.on_shown = view.show_transcript
    presenter = ChatPresenter(
        view,
        workspace=workspace,
        files=ConversationFiles(workspace, database.conversations, Documents()),
        calls=CallHistory(recorder, database.calls, lambda: 100, pytest.fail, pytest.fail),  # type: ignore[arg-type]
        models=TwoModels(),  # type: ignore[arg-type]
        toolbox=toolbox,
        own_tools=own_tools,
        tool_servers=tool_servers,
        approvals=approvals,
        prompts=prompts,
        settings=settings,
        notifier=notifier,
        updater=updater,
        tasks=tasks,
        read_aloud=read_aloud,
        dictation=dictation,
        silence=lambda: None,
        attachments=AttachmentDependencies(
            media_files,
            lambda: pytest.fail("nothing is played here") if playback is None else playback,
        ),
        studio=lambda text, title: sent.append((text, title)),
    )
    saved = await database.conversations.listed() if last else ()
    await workspace.load(saved[0].id if saved else "")
    view.resize(1364, 870)
    view.show()
    try:
        harness = ChatHarness(
            view, workspace, notifications, script, tasks, recorder, database.calls, own_tools, presenter, notifier,
            prompts,
        )  # fmt: skip
        harness.undos, harness.to_studio, harness.database = undos, sent, database
        harness.tool_servers = tool_servers
        yield harness
    finally:
        await workspace.aclose()
        await own_tools.aclose()
        await tool_servers.aclose()
        await tasks.aclose()
        await database.close()
