"""Builds the chat view and connects it to its services. Light to import; heavy modules come later."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.core.settings import Settings
from app.ui.theme.icons import Icon
from app.ui.view_spec import ViewContext, ViewSpec

if TYPE_CHECKING:
    from app.services.call_history import CallHistory
    from app.services.chat.approval import Approvals
    from app.services.chat.files import ConversationFiles
    from app.services.chat.workspace import Workspace
    from app.services.models import Models
    from app.services.prompts import PromptLibrary
    from app.services.run_statistics import RunStatistics
    from app.services.speech.dictation import Dictation
    from app.services.speech.read_aloud import ReadAloud
    from app.services.tasks import TaskSet
    from app.services.tool_servers.servers import ToolServers
    from app.services.tools.own_tools import OwnTools
    from app.services.tools.tool import Toolbox
    from app.ui.chat.attachments.draft_attachments import AttachmentDependencies
    from app.ui.chat.talk.assembly import TalkDependencies
    from app.ui.chat.usage_summary import Charge
    from app.ui.chat.view import ChatView


class ChatDependencies(NamedTuple):
    """The services of the chat view.

    Attributes:
        charge: computes the cost of a reply.
        read_aloud: returns the service that reads answers aloud, created at the first call.
        dictation: returns the service that dictates, created at the first call.
        silence: stops reading aloud, if that ever started.
        attachments: makes attachments, and plays them.
        talk: what Talk needs.
    """

    workspace: Workspace
    files: ConversationFiles
    calls: CallHistory
    models: Models
    toolbox: Toolbox
    own_tools: OwnTools
    tool_servers: ToolServers
    approvals: Approvals
    prompts: PromptLibrary
    statistics: RunStatistics
    tasks: TaskSet
    charge: Charge
    read_aloud: Callable[[], ReadAloud]
    dictation: Callable[[], Dictation]
    silence: Callable[[], None]
    attachments: AttachmentDependencies
    talk: TalkDependencies


def _create(settings: Settings) -> ChatView:
    from app.ui.chat.view import ChatView

    view = ChatView(settings)
    view.setFocusProxy(view.composer)
    return view


async def _prepare(widget: QWidget, context: ViewContext) -> None:
    importlib.import_module("app.ui.chat.transcript.transcript")
    await asyncio.sleep(0)
    importlib.import_module("app.ui.chat.presenter")
    _view(widget).complete(context.notifier)


def _connect(widget: QWidget, context: ViewContext) -> None:
    from app.ui.chat.commands import add_chat_commands
    from app.ui.chat.presenter import ChatPresenter
    from app.ui.chat.talk.assembly import connect_talk
    from app.ui.chat.tools.commands import add_tool_commands
    from app.ui.chat.tools.servers.commands import add_server_commands
    from app.ui.chat.transcript_updater import TranscriptUpdater

    view, services = _view(widget), context.chat()
    view.complete(context.notifier)
    assert view.transcript is not None
    updater = TranscriptUpdater(view.transcript, context.notifier, services.charge)
    updater.on_shown = view.show_transcript

    def studio(text: str, title: str) -> None:
        # Shown first, so that its presenter is there to fill the fields.
        context.window.show_view("studio")
        context.speech().sessions.begin(text, title)

    presenter = ChatPresenter(
        view,
        workspace=services.workspace,
        files=services.files,
        calls=services.calls,
        models=services.models,
        toolbox=services.toolbox,
        own_tools=services.own_tools,
        tool_servers=services.tool_servers,
        approvals=services.approvals,
        prompts=services.prompts,
        settings=context.settings,
        notifier=context.notifier,
        updater=updater,
        tasks=services.tasks,
        read_aloud=services.read_aloud,
        dictation=services.dictation,
        silence=services.silence,
        attachments=services.attachments,
        studio=studio,
    )
    services.statistics.on_change.subscribe(presenter.inspector.refresh)
    view.call_wanted.connect(presenter.inspector.show_call)
    add_chat_commands(context.window, view, presenter)
    connect_talk(view, presenter, services, context)
    add_tool_commands(context.window, view, presenter)
    add_server_commands(context.window, view, presenter, services.tool_servers)
    context.window.commands.add_things(presenter.conversations.things(partial(context.window.show_view, VIEW.name)))
    view.side_by_side.clicked.connect(lambda: context.window.commands.run("bench-conversation"))
    view.busy.connect(lambda busy: context.window.rail.set_busy(VIEW.name, busy))


def _view(widget: QWidget) -> ChatView:
    from app.ui.chat.view import ChatView

    assert isinstance(widget, ChatView)
    return widget


VIEW = ViewSpec(
    name="chat",
    label=lambda: QCoreApplication.translate("Rail", "Chat"),
    icon=Icon.CHAT,
    shortcut="Ctrl+1",
    create=_create,
    connect=_connect,
    prepare=_prepare,
)
