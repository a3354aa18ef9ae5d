"""One run of the program: paints the window, then starts the services and connects them to it.

Light to import. Everything heavy is imported after the first paint.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import sys
from functools import partial
from typing import TYPE_CHECKING

from app.arguments import Arguments
from app.core.errors import StorageError, WorkbenchError
from app.core.redaction import Redactor
from app.core.settings import (
    ENABLED_TOOLS,
    LANGUAGE,
    LAST_CONVERSATION,
    OUTPUT_DEVICE,
    REDUCED_MOTION,
    TEXT_SIZE,
    THEME,
    Settings,
)
from app.storage.home import Home

if TYPE_CHECKING:
    from app.audio.recorder import RecorderState
    from app.composition.audio_services import AudioServices
    from app.composition.container import ServiceContainer
    from app.ui.language import Language
    from app.ui.runtime import Runtime
    from app.ui.status_presenter import StatusPresenter
    from app.ui.view_spec import View, ViewContext
    from app.ui.widgets.notifications import Notifier
    from app.ui.window import Window

log = logging.getLogger(__name__)

OK, FAILED = 0, 1
"""Exit statuses."""


class Workbench:
    """One run of the program.

    Attributes:
        status: the exit status.
        erase_requested: everything in the home is to be erased once the program is closed.
    """

    def __init__(
        self,
        arguments: Arguments,
        home: Home,
        settings: Settings,
        redactor: Redactor,
        settings_error: StorageError | None,
    ) -> None:
        self.status = OK
        self.erase_requested = False
        self._arguments = arguments
        self._home = home
        self._settings = settings
        self._redactor = redactor
        self._settings_error = settings_error

    async def start(self, runtime: Runtime) -> None:
        """Paint the window, then start what it needs. Errors are shown in the window."""
        from app.composition.notices import show_unexpected_errors
        from app.composition.single_instance import InstanceServer
        from app.ui.language import Language
        from app.ui.theme.theme import theme
        from app.ui.views import VIEWS
        from app.ui.widgets.notifications import Notifier
        from app.ui.window import Window

        settings, arguments = self._settings, self._arguments
        theme().set_mode(arguments.theme or settings.get(THEME))  # type: ignore[arg-type]
        theme().set_text_scale(settings.get(TEXT_SIZE) / 100)
        theme().set_reduced_motion(settings.get(REDUCED_MOTION))
        language = Language(runtime.application)
        language.use(arguments.lang or settings.get(LANGUAGE))
        notifier = Notifier()
        show_unexpected_errors(runtime, notifier)
        window = Window(settings, notifier)
        window.closing.connect(runtime.quit)
        runtime.on_ending.subscribe(partial(window.setEnabled, False))
        first = VIEWS[0]
        first_view = first.create(settings)
        window.add_view(first.name, lambda: first_view)
        window.show_view(first.name)
        first_view.setFocus()
        await window.appear()
        try:
            server = InstanceServer(self._home.forward, window.come_forward)
            runtime.on_close("single instance", server.aclose)
            await server.open()
            # Modules that don't need Qt are imported in a thread, so that the window accepts input meanwhile.
            await asyncio.to_thread(importlib.import_module, "app.composition.container")
            await self._start_services(runtime, window, first_view, notifier, language)
        except Exception as error:
            self._fail(runtime, window, error)

    def _fail(self, runtime: Runtime, window: Window, error: Exception) -> None:
        """Show the error in place of the views and make the exit status report it."""
        from app.ui.failed_start import FailedStart
        from app.ui.texts.errors import error_message

        self.status = FAILED
        if isinstance(error, WorkbenchError):
            log.info("the start failed: %s", error)
        else:
            runtime.report(error)
        print(error_message(error), file=sys.stderr, flush=True)
        window.show_failure(FailedStart(lambda: str(error_message(error)), runtime.quit))
        if self._arguments.unattended:
            runtime.quit()

    async def _start_services(
        self, runtime: Runtime, window: Window, first_view: View, notifier: Notifier, language: Language
    ) -> None:
        """Start the services and connect the views, in steps between which the event loop runs."""
        from app.composition.container import ServiceContainer
        from app.composition.jobs import connect_jobs
        from app.composition.notices import show_failures
        from app.composition.view_context import view_context

        services = await ServiceContainer.open(
            self._arguments, os.environ, self._home, self._settings, self._redactor, runtime.report, runtime.on_close
        )
        # The window goes at once: a tool server may take seconds to end.
        runtime.on_ending.subscribe(window.hide)
        runtime.on_ending.subscribe(services.tasks.refuse)
        context = view_context(
            services,
            window=window,
            notifier=notifier,
            on_close=runtime.on_close,
            set_language=language.use,
            redact=self._redactor.redact,
            erase=partial(self._erase_and_quit, runtime),
        )
        await self._connect_first_view(context, first_view)
        services.undo_since = window.undo_since
        self._connect_status_bar(window, services)
        connect_jobs(window, services, notifier)
        shown = await self._open_last_conversation(services, language)
        self._add_views(context)
        self._add_presentation(window, services)
        show_failures(services, notifier, self._settings_error, last_conversation_shown=shown)
        services.refresh_models()
        if self._arguments.tour is not None:
            await self._run_tour(runtime, window, services, language)
        elif self._arguments.healthcheck:
            await self._check_health(runtime, window)

    async def _connect_first_view(self, context: ViewContext, view: View) -> None:
        from app.ui.views import VIEWS

        await asyncio.sleep(0)
        if VIEWS[0].prepare is not None:
            await VIEWS[0].prepare(view, context)
        context.window.complete()
        await asyncio.sleep(0)
        VIEWS[0].connect(view, context)

    def _add_views(self, context: ViewContext) -> None:
        """Register the other views; each is built when it is first shown."""
        from app.ui.palette_things import add_speech_things
        from app.ui.view_spec import ViewSpec
        from app.ui.views import VIEWS

        def create(view: ViewSpec) -> View:
            widget = view.create(self._settings)
            view.connect(widget, context)
            return widget

        for view in VIEWS[1:]:
            context.window.add_view(view.name, partial(create, view))
            if view.add_commands is not None:
                view.add_commands(context.window)
        add_speech_things(context)

    def _connect_status_bar(self, window: Window, services: ServiceContainer) -> None:
        from app.ui.status_presenter import StatusPresenter

        status = StatusPresenter(window.status, services.connection, services.statistics, services.models)
        services.on_audio_services.subscribe(lambda audio: _show_output_device(audio, status, services))
        services.on_audio_services.subscribe(lambda audio: _show_microphone(audio, window))

    async def _open_last_conversation(self, services: ServiceContainer, language: Language) -> bool:
        """Open it, or a new one; return False if it could not be shown."""
        from app.core.prompts import PRESETS
        from app.core.requests import Sampling

        settings, workspace, models = self._settings, services.workspace, services.models
        prompt = PRESETS["mimo-zh" if language.code == "zh_CN" else "mimo-en"]
        workspace.defaults = lambda: (models.chosen("chat"), prompt, Sampling())
        workspace.default_tools = lambda: settings.get(ENABLED_TOOLS)
        last = settings.get(LAST_CONVERSATION)
        workspace.on_open.subscribe(lambda session: settings.set(LAST_CONVERSATION, session.id))
        return await workspace.load(last)

    def _add_presentation(self, window: Window, services: ServiceContainer) -> None:
        from app.core.profiles import PRIVATE_KINDS
        from app.ui.presentation import Presentation, add_presentation_command

        home = self._home

        def private_models() -> list[str]:
            is_private = services.connection.profile.kind in PRIVATE_KINDS
            return [model.id for model in services.models.all()] if is_private else []

        presentation = Presentation(
            self._settings, home.root, home.presentation, services.profiles.all, private_models, window
        )
        services.models.on_change.subscribe(presentation.refresh)
        add_presentation_command(window, presentation)

    def _erase_and_quit(self, runtime: Runtime) -> None:
        self.erase_requested = True
        runtime.quit()

    async def _run_tour(self, runtime: Runtime, window: Window, services: ServiceContainer, language: Language) -> None:
        from app.composition.tour import run_tour

        assert self._arguments.tour is not None
        passed = await run_tour(window, self._arguments.tour, services, set_language=language.use)
        self.status = OK if passed else FAILED
        runtime.quit()

    async def _check_health(self, runtime: Runtime, window: Window) -> None:
        from app.ui.healthcheck import show_every_view

        self.status = FAILED
        await show_every_view(window)
        self.status = OK
        runtime.quit()


def _show_microphone(audio: AudioServices, window: Window) -> None:
    """Mark the view that opened the microphone for as long as that is open."""
    listening = ""

    def show(state: RecorderState) -> None:
        nonlocal listening
        listening = listening or window.current
        is_open = state.status != "idle"
        window.rail.set_microphone_open(listening, is_open)
        listening = listening if is_open else ""

    audio.recorder.on_state.subscribe(show)


def _show_output_device(audio: AudioServices, status: StatusPresenter, services: ServiceContainer) -> None:
    """Show the output device in the status bar, now and whenever it changes."""

    async def show() -> None:
        status.show_output(await audio.output_name())

    def refresh() -> None:
        services.tasks.spawn(show(), "output device")

    audio.on_devices.subscribe(refresh)
    services.settings.watch(OUTPUT_DEVICE, lambda _device: refresh())
    refresh()
