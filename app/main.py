"""The composition root: arguments, home, log, window, then everything behind it. The only file that knows everybody.

The window is painted before anything heavy is imported; `_Workbench.begin` builds the rest after that.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.arguments import Arguments, parse
from app.composition.single_instance import InstanceServer, activate_running_instance
from app.core.errors import Code, StorageError, WorkbenchError
from app.core.redaction import Redactor
from app.core.settings import (
    LANGUAGE,
    LAST_CONVERSATION,
    OUTPUT_DEVICE,
    REDUCED_MOTION,
    TEXT_SIZE,
    THEME,
    Settings,
)
from app.logs import end_log, start_log
from app.storage.home import Home, HomeLock, clear_leftovers, find_home, open_home
from app.storage.settings import SettingsFile

if TYPE_CHECKING:
    from app.composition.audio_services import AudioServices
    from app.composition.container import ServiceContainer
    from app.core.takes import Take
    from app.ui.chat.view import ChatView
    from app.ui.language import Language
    from app.ui.runtime import Runtime
    from app.ui.status_presenter import StatusPresenter
    from app.ui.studio.context import SpeechContext
    from app.ui.widgets.notifications import Notifier
    from app.ui.window import View, Window

log = logging.getLogger(__name__)

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
        return _without_home(chosen, error, Home(root))
    try:
        clear_leftovers(home)
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
    if workbench.erase:
        _erase(home)
    return workbench.status


def _erase(home: Home) -> None:
    """A person asked for it, and everything is closed by now."""
    from app.storage.erasing import erase
    from app.ui.texts.start import not_removed_words

    end_log()
    for path in erase(home):
        print(not_removed_words(path), file=sys.stderr)


def _without_home(chosen: Arguments, error: StorageError, home: Home) -> int:
    """Another program has this home, which is asked to come forward, or it can't be used: that is said and shown."""
    from app.ui import runtime
    from app.ui.failed_start import show_alone
    from app.ui.language import Language
    from app.ui.texts.errors import words
    from app.ui.texts.start import already_open_words
    from app.ui.theme.theme import theme

    application = runtime.make_application([sys.argv[0]])
    Language(application).use(chosen.lang or LANGUAGE.default)
    if error.code == Code.HOME_IN_USE and activate_running_instance(home.forward):
        print(already_open_words())
        return OK
    print(words(error), file=sys.stderr, flush=True)
    if not chosen.unattended and application.platformName() not in ("offscreen", "minimal"):
        theme().set_mode(chosen.theme or THEME.default)  # type: ignore[arg-type]
        show_alone(lambda: str(words(error)))
    return FAILED


class _Workbench:
    """One run of the program.

    Attributes:
        status: its exit status.
        erase: everything in the home is to go once it is closed.
    """

    def __init__(
        self, chosen: Arguments, home: Home, settings: Settings, redactor: Redactor, problem: StorageError | None
    ) -> None:
        self.status = OK
        self.erase = False
        self._chosen = chosen
        self._home = home
        self._settings = settings
        self._redactor = redactor
        self._problem = problem

    async def begin(self, runtime: Runtime) -> None:
        """Paint the window, then build what stands behind it."""
        from app.ui.chat.view import ChatView
        from app.ui.language import Language
        from app.ui.theme.theme import theme
        from app.ui.widgets.notifications import Notifier
        from app.ui.window import Window

        settings, chosen = self._settings, self._chosen
        theme().set_mode(chosen.theme or settings.get(THEME))  # type: ignore[arg-type]
        theme().set_text_scale(settings.get(TEXT_SIZE) / 100)
        theme().set_reduced_motion(settings.get(REDUCED_MOTION))
        language = Language(runtime.application)
        language.use(chosen.lang or settings.get(LANGUAGE))
        messages = Notifier()
        self._tell_what_nobody_caught(runtime, messages)
        window = Window(settings, messages)
        window.closing.connect(runtime.quit)
        runtime.on_ending.append(partial(window.setEnabled, False))
        chat = ChatView(settings)
        window.add_view("chat", lambda: chat)
        window.show_view("chat")
        chat.composer.setFocus()
        await window.appear()
        try:
            forward = InstanceServer(self._home.forward, window.come_forward)
            runtime.on_close("single instance", forward.aclose)
            await forward.open()
            # What knows no Qt is imported beside the loop: what is typed meanwhile arrives at once.
            await asyncio.to_thread(importlib.import_module, "app.composition.container")
            await self._build(runtime, window, chat, messages, language)
        except Exception as error:
            self._give_up(runtime, window, error)

    def _give_up(self, runtime: Runtime, window: Window, error: Exception) -> None:
        """The window can't be used: it says why, and its end says that it failed."""
        from app.ui.failed_start import FailedStart
        from app.ui.texts.errors import words

        self.status = FAILED
        if isinstance(error, WorkbenchError):
            log.info("the start failed: %s", error)
        else:
            runtime.report(error)
        print(words(error), file=sys.stderr, flush=True)
        window.show_failure(FailedStart(lambda: str(words(error)), runtime.quit))
        if self._chosen.unattended:
            runtime.quit()

    async def _build(
        self, runtime: Runtime, window: Window, chat: ChatView, messages: Notifier, language: Language
    ) -> None:
        """Everything heavy, in steps between which the window stays alive. Raises StorageError, and whatever fails."""
        from app.composition.container import ServiceContainer

        behind = await ServiceContainer.open(
            self._chosen, os.environ, self._home, self._settings, self._redactor, runtime.report, runtime.on_close
        )
        runtime.on_ending.append(behind.tasks.refuse)
        await self._build_chat(window, chat, messages, behind, chinese=language.code == "zh_CN")
        self._add_speech(runtime, window, messages, behind)
        self._add_settings(runtime, window, messages, behind, language)
        self._add_presentation(window, behind)
        self._tell(messages, behind)
        behind.refresh_models()
        if self._chosen.tour is not None:
            await self._tour(runtime, window, behind, language)
        elif self._chosen.healthcheck:
            await self._check_health(runtime, window)

    async def _build_chat(
        self, window: Window, chat: ChatView, messages: Notifier, behind: ServiceContainer, *, chinese: bool
    ) -> None:
        from app.ui.chat.transcript.transcript import Transcript  # noqa: F401

        await asyncio.sleep(0)
        from app.core.prompts import PRESETS
        from app.core.requests import Sampling
        from app.ui.chat.commands import add_chat_commands
        from app.ui.chat.presenter import ChatPresenter
        from app.ui.chat.transcript_updater import TranscriptUpdater
        from app.ui.status_presenter import StatusPresenter

        settings, workspace, models = self._settings, behind.workspace, behind.models
        prompt = PRESETS["mimo-zh" if chinese else "mimo-en"]
        workspace.defaults = lambda: (models.chosen("chat"), prompt, Sampling())
        chat.complete(messages)
        window.complete()
        await asyncio.sleep(0)
        assert chat.transcript is not None
        assert chat.inspector is not None
        chat.inspector.follow(behind.calls)
        behind.meter.on_change.append(chat.inspector.refresh)
        updater = TranscriptUpdater(chat.transcript, messages, behind.spending.charge)
        updater.on_shown = chat.show_transcript
        presenter = ChatPresenter(
            chat,
            workspace=workspace,
            files=behind.conversation_files,
            calls=behind.calls,
            models=models,
            toolbox=behind.toolbox,
            approvals=behind.approvals,
            settings=settings,
            notifier=messages,
            updater=updater,
            tasks=behind.tasks,
            read_aloud=lambda: behind.soundstage().aloud,
            silence=behind.silence,
        )
        add_chat_commands(window, chat, presenter)
        chat.busy.connect(lambda busy: window.rail.set_busy("chat", busy))
        status = StatusPresenter(window.status, behind.connection, behind.meter, models)
        behind.on_soundstage.append(lambda stage: _follow_output(stage, status, behind))
        last = settings.get(LAST_CONVERSATION)
        workspace.on_open.append(lambda session: settings.set(LAST_CONVERSATION, session.id))
        await workspace.load(last)

    def _add_speech(self, runtime: Runtime, window: Window, messages: Notifier, behind: ServiceContainer) -> None:
        """Studio and voices are built when they are first shown."""

        def speech() -> SpeechContext:
            from app.ui.studio.context import SpeechContext

            stage = behind.soundstage()
            return SpeechContext(
                stage.speech,
                stage.playback,
                stage.library,
                stage.recognition,
                behind.models,
                behind.database.blobs,
                stage.audio,
                behind.database.sessions,
                behind.database.search,
                behind.tasks,
                self._settings,
                messages,
            )

        def studio() -> View:
            from app.ui.studio.presenter import StudioPresenter
            from app.ui.studio.view import StudioView

            view = StudioView(self._settings)
            runtime.on_close("studio", StudioPresenter(view, speech()).aclose)
            return view

        def voices() -> View:
            from app.ui.voices.presenter import VoicesPresenter
            from app.ui.voices.view import VoicesView

            view = VoicesView(self._settings)
            VoicesPresenter(view, speech(), behind.soundstage().recorder)
            return view

        window.add_view("studio", studio)
        window.add_view("voices", voices)

    async def _check_health(self, runtime: Runtime, window: Window) -> None:
        """Build every view once: whatever is missing in an installed program shows here."""
        from app.ui.navigation_rail import VIEWS

        self.status = FAILED
        for view in VIEWS:
            window.show_view(view)
            await asyncio.sleep(0.05)
        self.status = OK
        runtime.quit()

    def _add_settings(
        self, runtime: Runtime, window: Window, messages: Notifier, behind: ServiceContainer, language: Language
    ) -> None:
        """Built when they are first shown."""

        def erase_and_quit() -> None:
            self.erase = True
            runtime.quit()

        def settings() -> View:
            from app.audio.devices import input_devices, output_devices, test_tone
            from app.storage.archive import export_all, import_all
            from app.ui.settings.ports import Archive, HomePaths, SettingsDependencies
            from app.ui.settings.presenter import SettingsPresenter
            from app.ui.settings.view import SettingsView

            stage = behind.soundstage()
            view = SettingsView(self._settings)
            home, database = self._home, behind.database
            parts = SettingsDependencies(
                profiles=behind.profiles,
                connection=behind.connection,
                models=behind.models,
                spending=behind.spending,
                keys=behind.keys,
                make_client=behind.make_client,
                demo_address=behind.demo.address,
                play_tone=lambda: stage.player.play(test_tone()),
                microphone=stage.recorder,
                outputs=output_devices,
                inputs=input_devices,
                on_devices=stage.on_devices,
                set_language=language.use,
                keeping=database,
                archive=Archive(partial(export_all, database), partial(import_all, database)),
                places=HomePaths(home.root, home.database, home.blobs, home.backups, home.log, home.secrets),
                redact=self._redactor.redact,
                erase=erase_and_quit,
                tasks=behind.tasks,
                settings=self._settings,
                messages=messages,
            )
            SettingsPresenter(view, parts)
            return view

        window.add_view("settings", settings)

    def _add_presentation(self, window: Window, behind: ServiceContainer) -> None:
        from app.ui.presentation import Presentation, add_presentation_command

        home = self._home
        presentation = Presentation(self._settings, home.root, home.presentation, behind.profiles.all, window)
        add_presentation_command(window, presentation)

    async def _tour(self, runtime: Runtime, window: Window, behind: ServiceContainer, language: Language) -> None:
        """Show the main job, write down what came of it, and leave; a failed step makes the exit status say so."""
        from app.core.resources import resource_path
        from app.ui.theme.theme import theme
        from app.ui.tour import Tour

        folder = self._chosen.tour
        assert folder is not None
        stage = behind.soundstage()
        takes: dict[str, Take] = {}
        stage.speech.on_take.append(lambda take: takes.__setitem__(take.id, take))

        async def save_sound(take: Take, path: Path) -> None:
            sound = await asyncio.to_thread(behind.database.blobs.read, take.audio)
            await asyncio.to_thread(path.write_bytes, sound)

        def no_sound() -> str:
            error = stage.player.state.error
            return str(error.code) if error is not None else ""

        tour = Tour(
            window,
            folder,
            takes=lambda: list(takes.values()),
            playback=stage.playback,
            save_sound=save_sound,
            set_theme=lambda mode: theme().set_mode(mode),  # type: ignore[arg-type]
            set_language=language.use,
            sample=resource_path("samples", "lighthouse.wav"),
            no_sound=no_sound,
        )
        await tour.run()
        self.status = OK if tour.ok else FAILED
        runtime.quit()

    def _tell_what_nobody_caught(self, runtime: Runtime, messages: Notifier) -> None:
        def tell(error: BaseException) -> None:
            from app.ui.texts.errors import words

            messages.fail(str(words(error)), replace="unexpected")

        runtime.on_unexpected.append(tell)

    def _tell(self, messages: Notifier, behind: ServiceContainer) -> None:
        """Errors that belong to no place in the window come as messages."""
        from app.ui.texts.errors import left_out_words, words
        from app.ui.texts.spend import threshold_words

        def tell(error: WorkbenchError) -> None:
            messages.fail(str(words(error)), replace="storage")

        def tell_left_out(rows: int) -> None:
            messages.warn(left_out_words(rows), replace="left out", stays=True)

        left_out = behind.database.left_out
        left_out.on_more.append(tell_left_out)
        if len(left_out):
            tell_left_out(len(left_out))
        behind.tell_failures(tell)
        behind.keys.on_failed(tell)
        self._settings.on_failed(tell)
        behind.spending.on_threshold.append(
            lambda filling, share: messages.warn(threshold_words(filling, share), replace="quota", stays=True)
        )
        if self._problem is not None:
            messages.warn(str(words(self._problem)), stays=True)
        if behind.recovery is not None:
            damaged = str(words(StorageError(Code.DATABASE_DAMAGED, path=str(behind.recovery.aside))))
            messages.warn(damaged, offer=_restoring(behind))


def _restoring(behind: ServiceContainer) -> tuple[str, Callable[[], object]] | None:
    """The offer to bring the last good backup back, where there is one."""
    from app.ui.texts.errors import restore_words

    backup = behind.recovery.backup if behind.recovery is not None else None
    if backup is None:
        return None
    return restore_words(), lambda: behind.tasks.spawn(behind.restore(backup), "restore")


def _follow_output(stage: AudioServices, status: StatusPresenter, behind: ServiceContainer) -> None:
    """Show where sound comes out, now and whenever that changes."""

    async def show() -> None:
        status.show_output(await stage.output_name())

    def look() -> None:
        behind.tasks.spawn(show(), "output device")

    stage.on_devices.append(look)
    behind.settings.watch(OUTPUT_DEVICE, lambda device: look())
    look()
