"""Builds the chat view and connects it to its services. Light to import; heavy modules come later."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable
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
    from app.services.run_statistics import RunStatistics
    from app.services.speech.read_aloud import ReadAloud
    from app.services.tasks import TaskSet
    from app.services.tools.tool import Toolbox
    from app.ui.chat.usage_summary import Charge
    from app.ui.chat.view import ChatView


class ChatDependencies(NamedTuple):
    """The services of the chat view.

    Attributes:
        charge: computes the cost of a reply.
        read_aloud: returns the service that reads answers aloud, created at the first call.
        silence: stops reading aloud, if that ever started.
    """

    workspace: Workspace
    files: ConversationFiles
    calls: CallHistory
    models: Models
    toolbox: Toolbox
    approvals: Approvals
    statistics: RunStatistics
    tasks: TaskSet
    charge: Charge
    read_aloud: Callable[[], ReadAloud]
    silence: Callable[[], None]


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
    from app.ui.chat.transcript_updater import TranscriptUpdater

    view, services = _view(widget), context.chat()
    view.complete(context.notifier)
    assert view.transcript is not None
    assert view.inspector is not None
    view.inspector.follow(services.calls)
    services.statistics.on_change.subscribe(view.inspector.refresh)
    updater = TranscriptUpdater(view.transcript, context.notifier, services.charge)
    updater.on_shown = view.show_transcript
    presenter = ChatPresenter(
        view,
        workspace=services.workspace,
        files=services.files,
        calls=services.calls,
        models=services.models,
        toolbox=services.toolbox,
        approvals=services.approvals,
        settings=context.settings,
        notifier=context.notifier,
        updater=updater,
        tasks=services.tasks,
        read_aloud=services.read_aloud,
        silence=services.silence,
    )
    add_chat_commands(context.window, view, presenter)
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
