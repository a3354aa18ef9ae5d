"""The composition root: arguments, home, log, window, then everything behind it. The only file that knows everybody.

The window is painted before anything heavy is imported; `_Workbench.begin` builds the rest after that.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from app.arguments import Arguments, parse
from app.core.errors import Code, StorageError
from app.core.redaction import Redactor
from app.core.settings import (
    ALWAYS_ALLOWED_TOOLS,
    ASK_BEFORE_TOOL,
    LANGUAGE,
    LAST_CONVERSATION,
    TEXT_SIZE,
    THEME,
    Settings,
)
from app.logs import start_log
from app.storage.home import Home, HomeLock, find_home, open_home
from app.storage.settings import SettingsFile

if TYPE_CHECKING:
    from app.services.tasks import TaskSet
    from app.ui.chat.view import ChatView
    from app.ui.language import Language
    from app.ui.runtime import Runtime
    from app.ui.widgets.messages import Messages
    from app.ui.window import Window

OK, FAILED = 0, 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the workbench until its window is closed; the exit status."""
    chosen = parse(arguments)
    root = find_home(chosen.home)
    try:
        home = open_home(root)
        lock = HomeLock(home.lock)
        lock.acquire()
    except StorageError as error:
        return _without_home(error, Home(root))
    try:
        return _with_home(chosen, home)
    finally:
        lock.release()


def _with_home(chosen: Arguments, home: Home) -> int:
    redactor = Redactor()
    start_log(home.log, redactor)
    kept = SettingsFile(home.settings)
    settings = kept.load()

    from app.ui import runtime

    application = runtime.make_application([sys.argv[0]])
    workbench = _Workbench(chosen, home, settings, redactor, kept.problem)
    runtime.run(application, workbench.begin)
    return workbench.status


def _without_home(error: StorageError, home: Home) -> int:
    """No window of our own: another one has this home, or the home can't be used. One sentence either way."""
    from app.ui.runtime import make_application
    from app.ui.single import bring_forward
    from app.ui.texts.errors import words

    make_application([sys.argv[0]])
    if error.code == Code.HOME_IN_USE and bring_forward(home.channel):
        print("MiMo Workbench is already open; its window was brought forward.")
        return OK
    print(words(error), file=sys.stderr)
    return FAILED


class _Workbench:
    """One run of the program.

    Attributes:
        status: its exit status.
    """

    def __init__(
        self, chosen: Arguments, home: Home, settings: Settings, redactor: Redactor, problem: StorageError | None
    ) -> None:
        self.status = OK
        self._chosen = chosen
        self._home = home
        self._settings = settings
        self._redactor = redactor
        self._problem = problem

    async def begin(self, runtime: Runtime) -> None:
        """Paint the window, then build what stands behind it."""
        from app.ui.chat.view import ChatView
        from app.ui.language import Language
        from app.ui.single import ForwardRequests
        from app.ui.theme.theme import theme
        from app.ui.widgets.messages import Messages
        from app.ui.window import Window

        settings, chosen = self._settings, self._chosen
        theme().set_mode(chosen.theme or settings.get(THEME))  # type: ignore[arg-type]
        theme().set_text_scale(settings.get(TEXT_SIZE) / 100)
        language = Language(runtime.application)
        language.use(chosen.lang or settings.get(LANGUAGE))
        messages = Messages()
        window = Window(settings, messages)
        window.closing.connect(runtime.quit)
        chat = ChatView(settings)
        window.add_view("chat", lambda: chat)
        window.show_view("chat")
        chat.composer.setFocus()
        await window.appear()

        forward = ForwardRequests(self._home.channel, window.come_forward, window)
        runtime.on_close("single instance", _closing(forward.close))
        await self._build(runtime, window, chat, messages, language)

    async def _build(
        self, runtime: Runtime, window: Window, chat: ChatView, messages: Messages, language: Language
    ) -> None:
        """Everything heavy: imported only now."""
        from app.core.prices import usual_currency
        from app.core.prompts import PRESETS
        from app.core.requests import Sampling
        from app.mimo.client import MimoClient
        from app.mimo.exchange import Exchange, Journal
        from app.mimo.pace import Pace
        from app.services.chat.approval import Approvals
        from app.services.chat.metering import MeteredReplies
        from app.services.chat.workspace import Workspace
        from app.services.connection import Connection
        from app.services.demo_process import DemoProcess
        from app.services.meter import Meter
        from app.services.models import Models
        from app.services.profiles import Profiles, profile_for_this_run
        from app.services.tasks import TaskSet
        from app.services.tools.builtin import builtin_tools
        from app.services.tools.tool import Toolbox
        from app.storage.recovery import open_or_recover
        from app.storage.secrets import EnvironmentSecrets, FileSecrets, KeyringSecrets, SecretStore
        from app.ui.chat.commands import add_chat_commands
        from app.ui.chat.live import LiveMessages
        from app.ui.chat.presenter import ChatPresenter
        from app.ui.status_presenter import StatusPresenter
        from app.ui.texts.errors import words

        settings = self._settings
        temporary = profile_for_this_run(os.environ, base_url=self._chosen.base_url, demo=self._chosen.demo)
        profiles = Profiles(settings, temporary)
        keys = SecretStore(
            self._redactor,
            KeyringSecrets(),
            FileSecrets(self._home.secrets),
            EnvironmentSecrets(lambda profile_id: temporary is not None and profile_id == temporary.id),
        )
        meter, journal, pace = Meter(), Journal(), Pace()

        def record(exchange: Exchange) -> None:
            if exchange.ended is None:
                meter.sent()
            journal.record(exchange)

        database, recovery = await open_or_recover(self._home, self._redactor)
        runtime.on_close("database", database.close)
        tasks = TaskSet(runtime.report)
        runtime.on_close("services", _ending(tasks))
        connection = Connection(
            profiles.active,
            keys=keys,
            make_client=lambda profile, key: MimoClient(profile, key, record=record, pace=pace),
            demo=DemoProcess(),
        )
        runtime.on_close("connection", connection.aclose)
        toolbox = Toolbox(builtin_tools())
        always: list[str] = settings.get(ALWAYS_ALLOWED_TOOLS)
        approvals = Approvals(ask=settings.get(ASK_BEFORE_TOOL), always=always)
        approvals.on_always = lambda name: settings.set(ALWAYS_ALLOWED_TOOLS, sorted({*always, name}))
        models = Models(connection, settings)
        workspace = Workspace(
            connection=connection,
            toolbox=toolbox,
            approvals=approvals,
            tasks=tasks,
            store=database.conversations,
            search=database.search,
        )
        workspace.on_failed.append(lambda error: messages.fail(str(words(error)), replace="storage"))
        metered = MeteredReplies(meter, lambda: usual_currency(connection.profile))
        workspace.on_made.append(lambda session: session.observers.append(metered))
        prompt = PRESETS["mimo-zh" if language.code == "zh_CN" else "mimo-en"]
        workspace.defaults = lambda: (models.chosen("chat"), prompt, Sampling())
        chat.complete(messages)
        assert chat.transcript is not None
        assert chat.inspector is not None
        chat.inspector.follow(journal)
        meter.on_change.append(chat.inspector.refresh)
        live = LiveMessages(chat.transcript, messages, lambda: usual_currency(connection.profile))
        live.on_shown = chat.show_transcript
        presenter = ChatPresenter(
            chat,
            workspace=workspace,
            models=models,
            toolbox=toolbox,
            approvals=approvals,
            settings=settings,
            messages=messages,
            live=live,
            tasks=tasks,
        )
        last = settings.get(LAST_CONVERSATION)
        workspace.on_open.append(lambda session: settings.set(LAST_CONVERSATION, session.id))
        await workspace.load(last)
        runtime.on_close("conversations", workspace.aclose)
        add_chat_commands(window, chat, presenter)
        chat.busy.connect(lambda busy: window.rail.set_busy("chat", busy))
        StatusPresenter(window.status, connection, meter, models)
        runtime.on_unexpected.append(lambda error: messages.fail(str(words(error)), replace="unexpected"))
        if self._problem is not None:
            messages.warn(str(words(self._problem)))
        if recovery is not None:
            messages.warn(str(words(StorageError(Code.DATABASE_DAMAGED, path=str(recovery.aside)))))

        def refresh_models() -> None:
            tasks.spawn(models.refresh(), "model list")

        connection.on_change.append(refresh_models)
        refresh_models()


def _closing(close: Callable[[], None]) -> Callable[[], Awaitable[None]]:
    async def stage() -> None:
        close()

    return stage


def _ending(tasks: TaskSet) -> Callable[[], Awaitable[None]]:
    async def stage() -> None:
        await tasks.aclose()

    return stage
