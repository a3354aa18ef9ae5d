"""What stands behind the window: every service with what it needs, built in order and closed in reverse.

Knows no Qt. Importing it is heavy: `app.main` does that in a thread, after the first paint.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from app.arguments import Arguments
from app.core.errors import Code, StorageError, WorkbenchError
from app.core.profiles import Profile
from app.core.redaction import Redactor
from app.core.settings import (
    ALWAYS_ALLOWED_TOOLS,
    ASK_BEFORE_TOOL,
    BACKUP_COUNT,
    BACKUP_DAYS,
    BACKUP_LIMIT,
    CALLS_KEPT,
    Settings,
)
from app.mimo.call_recording import CallRecorder, Exchange
from app.mimo.client import MimoClient
from app.mimo.rate_limiter import RateLimiter
from app.services.call_history import CallHistory
from app.services.chat.approval import Approvals
from app.services.chat.files import ConversationFiles
from app.services.chat.usage_observer import UsageObserver
from app.services.chat.workspace import Workspace
from app.services.connection import Connection
from app.services.demo_process import DemoProcess
from app.services.models import Models
from app.services.profiles import Profiles, profile_for_this_run
from app.services.run_statistics import RunStatistics
from app.services.speech.library import VoiceLibrary
from app.services.spending import Spending
from app.services.tasks import Report, TaskSet
from app.services.tools.builtin import builtin_tools
from app.services.tools.tool import Toolbox
from app.storage.backup import Backup
from app.storage.corruption_recovery import Recovery, open_or_recover
from app.storage.database import Database
from app.storage.documents import Documents
from app.storage.home import Home
from app.storage.secrets import EnvironmentSecrets, FileSecrets, KeyringSecrets, SecretStore

if TYPE_CHECKING:
    from app.composition.audio_services import AudioServices

LOOK_EVERY = 3600.0
"""Seconds between two looks whether a backup is due and space can be freed."""
UNDOABLE_SECONDS = 3600.0
"""So long what was deleted is kept, hidden; undoing is offered for a much shorter time."""

OnClose = Callable[[str, Callable[[], Awaitable[object]]], None]


class ServiceContainer:
    """All services of one run. Made by `ServiceContainer.open`.

    Attributes:
        recovery: what became of a damaged database; None when it was sound.
        on_soundstage: called once, when what sounds is built.
    """

    def __init__(
        self, chosen: Arguments, environ: Mapping[str, str], home: Home, settings: Settings, redactor: Redactor,
        database: Database, recovery: Recovery | None, report: Report,
    ) -> None:  # fmt: skip
        self.home = home
        self.settings = settings
        self.database = database
        self.recovery = recovery
        self._on_failed: list[Callable[[WorkbenchError], None]] = []
        self._untold: list[WorkbenchError] = []
        self.on_soundstage: list[Callable[[AudioServices], None]] = []
        self.tasks = TaskSet(report)
        temporary = profile_for_this_run(environ, base_url=chosen.base_url, demo=chosen.demo)
        self.profiles = Profiles(settings, temporary)
        self.keys = SecretStore(
            redactor,
            KeyringSecrets(),
            FileSecrets(home.secrets),
            EnvironmentSecrets(self.profiles.has_environment_key, environ),
            self.profiles.key_name,
        )
        self.meter = RunStatistics()
        self.journal = CallRecorder()
        self.calls = CallHistory(
            self.journal, database.calls, lambda: settings.get(CALLS_KEPT), lambda error: self._failed(error), report
        )
        self._pace = RateLimiter()
        self.demo = DemoProcess()
        self.connection = Connection(self.profiles.active, keys=self.keys, make_client=self.make_client, demo=self.demo)
        self.spending = Spending(self.meter, settings, database.spend, self.tasks, self._served_by)
        self.spending.on_failed.append(self._failed)
        self.models = Models(self.connection, settings)
        self.connection.on_change.append(self.refresh_models)
        self.library = VoiceLibrary(database.voices, database.blobs)
        self._soundstage: AudioServices | None = None
        self._open_chat()

    @classmethod
    async def open(
        cls, chosen: Arguments, environ: Mapping[str, str], home: Home, settings: Settings, redactor: Redactor,
        report: Report, on_close: OnClose,
    ) -> ServiceContainer:  # fmt: skip
        """Everything built; each part's end is told to `on_close` as soon as it begins. Raises StorageError."""
        database, recovery = await open_or_recover(home, redactor)
        on_close("database", database.close)
        backstage = cls(chosen, environ, home, settings, redactor, database, recovery, report)
        database.on_merged.append(lambda: backstage.tasks.spawn(backstage._reread(), "read again"))
        on_close("calls", backstage.calls.aclose)
        on_close("sound", backstage._close_sound)
        on_close("connection", backstage.connection.aclose)
        on_close("tasks", backstage.tasks.aclose)
        on_close("spending", backstage.spending.flush)
        on_close("takes", backstage._finish_takes)
        on_close("conversations", backstage.workspace.aclose)
        backstage.tasks.spawn(backstage.spending.load(), "what was spent")
        # Whoever has an answer read aloud first hears the chosen voice, be it one of their own.
        backstage.tasks.spawn(backstage._load_voices(), "voices")
        backstage.tasks.spawn(backstage._look_after(), "look after what is kept")
        return backstage

    def make_client(self, profile: Profile, key: str | None) -> MimoClient:
        """A client whose calls are recorded, counted and paced. Raises InputError where terms are to be accepted."""
        self.profiles.check_terms(profile)
        return MimoClient(profile, key, record=self._record, rate_limiter=self._pace)

    def _record(self, exchange: Exchange) -> None:
        if exchange.ended is None:
            self.meter.sent()
        self.journal.record(exchange)
        if exchange.ended is not None:
            self.meter.ended(failed=exchange.error is not None)
            self.calls.keep(exchange)

    def _served_by(self, call_id: str) -> Profile:
        """The service that answered a call; another may be in use by now."""
        try:
            return self.profiles.get(self.journal[call_id].profile_id)
        except KeyError:
            return self.connection.profile

    def refresh_models(self) -> None:
        """Read the model list of the service in use again."""
        self.tasks.spawn(self.models.refresh(), "model list")

    def _open_chat(self) -> None:
        settings = self.settings
        self.toolbox = Toolbox(builtin_tools())
        always: list[str] = settings.get(ALWAYS_ALLOWED_TOOLS)
        self.approvals = Approvals(ask=settings.get(ASK_BEFORE_TOOL), always=always)
        self.approvals.on_always = self._always_allow
        self.workspace = Workspace(
            connection=self.connection,
            toolbox=self.toolbox,
            approvals=self.approvals,
            tasks=self.tasks,
            store=self.database.conversations,
            search=self.database.search,
        )
        self.conversation_files = ConversationFiles(self.workspace, self.database.conversations, Documents())
        self.workspace.on_failed.append(self._failed)
        metered = UsageObserver(self.meter, self.spending)
        self.workspace.on_made.append(lambda session: session.observers.append(metered))

    def _always_allow(self, name: str) -> None:
        always: list[str] = self.settings.get(ALWAYS_ALLOWED_TOOLS)
        self.settings.set(ALWAYS_ALLOWED_TOOLS, sorted({*always, name}))

    def soundstage(self) -> AudioServices:
        """Everything that sounds, built at the first call."""
        if self._soundstage is None:
            from app.composition.audio_services import AudioServices

            self._soundstage = AudioServices(
                self.settings, self.database, self.library, self.connection, self.tasks, self.models, self.meter,
                self.spending,
            )  # fmt: skip
            for tell in self.on_soundstage:
                tell(self._soundstage)
        return self._soundstage

    def silence(self) -> None:
        """Nothing is read aloud any more."""
        if self._soundstage is not None:
            self._soundstage.aloud.silence()

    def tell_failures(self, tell: Callable[[WorkbenchError], None]) -> None:
        """Tell of everything that could not be kept, what already happened included."""
        self._on_failed.append(tell)
        untold, self._untold = self._untold, []
        for error in untold:
            tell(error)

    def _failed(self, error: WorkbenchError) -> None:
        if not self._on_failed:
            self._untold.append(error)
        for tell in self._on_failed:
            tell(error)

    async def restore(self, backup: Backup) -> None:
        """Bring back what a backup holds beyond what is here."""
        try:
            await self.database.restore(backup)
        except WorkbenchError as error:
            self._failed(error)

    async def _reread(self) -> None:
        """Show what came in from a backup or an archive."""
        try:
            await self.workspace.reload()
            await self.library.load()
        except WorkbenchError as error:
            self._failed(error)

    async def _load_voices(self) -> None:
        try:
            await self.library.load()
        except WorkbenchError as error:
            self._failed(error)

    async def _close_sound(self) -> None:
        if self._soundstage is not None:
            await self._soundstage.aclose()

    async def _finish_takes(self) -> None:
        if self._soundstage is not None:
            await self._soundstage.finish_takes()

    async def _look_after(self) -> None:
        """Check the database once; then again and again back it up when that is due, and free what was deleted."""
        try:
            whole = await self.database.check()
        except WorkbenchError as error:
            # It could not be looked at now, which says nothing about it.
            self._failed(error)
            whole = True
        if not whole:
            self._failed(StorageError(Code.DATABASE_DAMAGED, path=str(self.home.database)))
            return
        while True:
            for work in (self._back_up_if_due, self._free):
                try:
                    await work()
                except WorkbenchError as error:
                    self._failed(error)
            await asyncio.sleep(LOOK_EVERY)

    async def _back_up_if_due(self) -> None:
        get = self.settings.get
        await self.database.back_up_if_due(get(BACKUP_DAYS), get(BACKUP_COUNT), get(BACKUP_LIMIT) << 20)

    async def _free(self) -> None:
        """What was deleted so long ago that nobody undoes it any more, and files that nothing refers to."""
        # After a recovery sounds may belong to what is set aside and not restored yet.
        if self.recovery is None:
            await self.database.purge(UNDOABLE_SECONDS)
            await self.database.sweep()
