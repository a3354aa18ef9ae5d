"""Creates every service with its dependencies, and closes them in reverse order.

Needs no Qt. It is heavy to import: `app.composition.workbench` does so in a thread, after the first paint.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from app.arguments import Arguments
from app.composition.maintenance import Maintenance
from app.composition.tool_servers import tool_servers
from app.core.errors import WorkbenchError
from app.core.messages import Usage
from app.core.observers import Event, HeldEvent
from app.core.profiles import Profile
from app.core.redaction import Redactor
from app.core.settings import (
    ALWAYS_ALLOWED_TOOLS,
    ASK_BEFORE_TOOL,
    CALLS_KEPT,
    SAVED_PROMPTS,
    TOOL_ROUNDS,
    Settings,
)
from app.core.takes import Take
from app.mimo.call_recording import CallRecorder, Exchange
from app.mimo.client import MimoClient
from app.mimo.rate_limiter import RateLimiter
from app.services.bench.case_jobs import ANSWERS, JUDGEMENTS, CaseJobs
from app.services.call_history import CallHistory
from app.services.chat.approval import Approvals
from app.services.chat.files import ConversationFiles
from app.services.chat.own_defaults import own_chat_defaults
from app.services.chat.usage_observer import UsageObserver
from app.services.chat.workspace import Workspace
from app.services.connection import Connection
from app.services.demo_process import DemoProcess
from app.services.jobs.ports import ActiveService, Limits
from app.services.jobs.queue import JobQueue
from app.services.models import Models
from app.services.profiles import Profiles, profile_for_this_run
from app.services.prompt_desk import PromptDesk
from app.services.prompt_drafts import PromptDrafts
from app.services.prompts import PromptLibrary
from app.services.run_statistics import RunStatistics
from app.services.speech.directions import DirectionLibrary
from app.services.speech.library import VoiceLibrary
from app.services.speech.take_jobs import JOB_KIND, TakeJobs
from app.services.speech.word_check_jobs import JOB_KIND as READ_BACK
from app.services.speech.word_check_jobs import WordCheckJobs
from app.services.spending import Spending
from app.services.tasks import Report, TaskSet, reporting
from app.services.tools.builtin import builtin_tools
from app.services.tools.own_tools import OwnTools
from app.services.tools.permissions import ToolPermissions
from app.services.tools.tool import Toolbox
from app.storage.backup import Backup
from app.storage.corruption_recovery import Recovery, open_or_recover
from app.storage.database import Database
from app.storage.documents import Documents
from app.storage.home import Home
from app.storage.secrets import EnvironmentSecrets, FileSecrets, KeyringSecrets, SecretStore
from app.storage.text_files import TextFiles

if TYPE_CHECKING:
    from app.composition.audio_services import AudioServices
    from app.services.bench.cases import Cases
    from app.services.bench.side_by_side import SideBySide

OnClose = Callable[[str, Callable[[], Awaitable[object]]], None]


class ServiceContainer:
    """All services of one run. Created by `ServiceContainer.open`.

    Attributes:
        recovery: how a damaged database was recovered; None if it was intact.
        undo_since: set by the window, see `Maintenance`.
        on_failed: emits every error while reading or saving; held until somebody listens.
        on_audio_services: emits the audio services when they are created, once.
    """

    def __init__(
        self, arguments: Arguments, environ: Mapping[str, str], home: Home, settings: Settings, redactor: Redactor,
        database: Database, recovery: Recovery | None, report: Report, rate_limiter: RateLimiter | None = None,
    ) -> None:  # fmt: skip
        self.home = home
        self.settings = settings
        self.database = database
        self.recovery = recovery
        self.undo_since: Callable[[], float | None] = lambda: None
        self.on_failed: HeldEvent[WorkbenchError] = HeldEvent()
        self.on_audio_services: Event[AudioServices] = Event()
        self.tasks = TaskSet(report)
        temporary = profile_for_this_run(environ, base_url=arguments.base_url, demo=arguments.demo)
        self.profiles = Profiles(settings, temporary)
        self.redactor = redactor
        self.keys = SecretStore(
            redactor,
            KeyringSecrets(),
            FileSecrets(home.secrets),
            EnvironmentSecrets(self.profiles.has_environment_key, environ),
            self.profiles.key_name,
        )
        self.statistics = RunStatistics()
        self.call_recorder = CallRecorder()
        self.calls = CallHistory(
            self.call_recorder,
            database.calls,
            lambda: settings.get(CALLS_KEPT),
            self.on_failed.emit,
            report,
        )
        self.rate_limiter = rate_limiter if rate_limiter is not None else RateLimiter()
        self.demo = DemoProcess()
        self.connection = Connection(self.profiles.active, keys=self.keys, make_client=self.make_client, demo=self.demo)
        self.spending = Spending(self.statistics, settings, database.spend, self.tasks, self._served_by)
        self.spending.on_failed.subscribe(self.on_failed.emit)
        self.models = Models(self.connection, settings)
        self.connection.on_change.subscribe(self.refresh_models)
        self.library = VoiceLibrary(database.voices, database.blobs, database.takes)
        self.prompts = PromptLibrary(database.prompts, settings)
        self.prompt_desk = PromptDesk(self.prompts, PromptDrafts(database.prompt_drafts, self.tasks))
        self.prompt_desk.drafts.on_failed.subscribe(self.on_failed.emit)
        self.directions = DirectionLibrary(database.directions)
        self.jobs = JobQueue(database.jobs, self.tasks, self.active_service, self._limits)
        self.jobs.add_runner(
            JOB_KIND,
            TakeJobs(
                database.takes, lambda: self.audio_services().speech, cost_of=self._cost_of_take,
                expected_cost=self._expected_cost,
            ),
        )  # fmt: skip
        self.jobs.add_runner(
            READ_BACK, WordCheckJobs(database.takes, lambda: self.audio_services().word_checks, self.cost_of_call)
        )
        case_jobs = CaseJobs(database.case_results, self.cases)
        self.jobs.add_runner(ANSWERS, case_jobs)
        self.jobs.add_runner(JUDGEMENTS, case_jobs)
        self._cases: Cases | None = None
        self.jobs.on_failed.subscribe(self.on_failed.emit)
        self.connection.on_change.subscribe(self.jobs.service_changed)
        self._audio_services: AudioServices | None = None
        self._side_by_side: SideBySide | None = None
        self._open_chat()

    @classmethod
    async def open(
        cls, arguments: Arguments, environ: Mapping[str, str], home: Home, settings: Settings, redactor: Redactor,
        report: Report, on_close: OnClose, rate_limiter: RateLimiter | None = None,
    ) -> ServiceContainer:  # fmt: skip
        """Open the database and create the services.

        Each is registered with `on_close` as soon as it has to be closed. Raises StorageError.

        `rate_limiter` is that of every client, by default for the platform's windows of a minute.
        """
        database, recovery = await open_or_recover(home, redactor)
        on_close("database", database.close)
        services = cls(arguments, environ, home, settings, redactor, database, recovery, report, rate_limiter)
        database.on_merged.subscribe(
            lambda: services.tasks.spawn(reporting(services._reload(), services.on_failed.emit), "read again")
        )
        on_close("calls", services.calls.aclose)
        on_close("sound", services._close_audio)
        on_close("connection", services.connection.aclose)
        on_close("tasks", services.tasks.aclose)
        on_close("spending", services.spending.flush)
        on_close("takes", services._finish_takes)
        on_close("jobs", services.jobs.aclose)
        on_close("studio sessions", services._save_sessions)
        on_close("prompt drafts", services.prompt_desk.drafts.aclose)
        on_close("cases", services._save_cases)
        on_close("tools", services.own_tools.aclose)
        on_close("tool servers", services.tool_servers.aclose)
        on_close("conversations", services.workspace.aclose)
        on_close("side by side", services._close_side_by_side)
        services.tasks.spawn(services.spending.load(), "what was spent")
        services.tasks.spawn(reporting(services.own_tools.load(), services.on_failed.emit), "tools")
        services.tasks.spawn(reporting(services.tool_servers.load(), services.on_failed.emit), "tool servers")
        services.tasks.spawn(reporting(services.prompts.load(), services.on_failed.emit), "prompts")
        services.tasks.spawn(reporting(services.prompt_desk.load(), services.on_failed.emit), "prompt drafts")
        services.tasks.spawn(reporting(services.directions.load(), services.on_failed.emit), "directions")
        # An archive of an earlier version has its prompts in its settings.
        settings.watch(SAVED_PROMPTS, lambda saved: services._adopt_prompts())
        # Reading an answer aloud may need a voice of the user's before the studio was opened.
        services.tasks.spawn(reporting(services.library.load(), services.on_failed.emit), "voices")
        maintenance = Maintenance(
            database,
            settings,
            path=str(home.database),
            # After a recovery, files may belong to data that was set aside and is not restored yet.
            may_free=recovery is None,
            undo_since=lambda: services.undo_since(),
            on_failed=services.on_failed.emit,
        )
        services.tasks.spawn(maintenance.run(), "maintenance")
        return services

    def make_client(self, profile: Profile, key: str | None) -> MimoClient:
        """Create a client whose calls are recorded, counted and rate-limited.

        Raises InputError if the terms of the service are not accepted yet.
        """
        self.profiles.check_terms(profile)
        return MimoClient(
            profile, key, record=self._record, rate_limiter=self.rate_limiter,
            remember_style=self.profiles.remember_style, blob_path=self.database.blobs.path,
        )  # fmt: skip

    def _record(self, exchange: Exchange) -> None:
        is_active = exchange.profile_id == self.connection.profile.id
        if exchange.ended is None and not exchange.attempts:
            self.statistics.sent()
        elif exchange.ended is None and is_active:
            self.statistics.ended(failed=True)  # An attempt, which is repeated.
        self.call_recorder.record(exchange)
        if exchange.ended is not None:
            if is_active:
                # A failed test of another service says nothing about the one in use.
                # Stopped while it waited to be repeated, it has no error of its own.
                last = exchange.attempts[-1].error if exchange.attempts else None
                self.statistics.ended(failed=exchange.error is not None or last is not None)
            self.calls.keep(exchange)

    def _served_by(self, call_id: str) -> Profile:
        """The profile that a call was made with; the one in use may be another by now."""
        try:
            return self.profiles.get(self.call_recorder[call_id].profile_id)
        except KeyError:
            return self.connection.profile

    def _call_times(self, call_id: str) -> tuple[float | None, float | None]:
        """When the last request of a call was sent and its answer began, in seconds since it left."""
        try:
            last = self.call_recorder[call_id].attempts[-1]
        except (KeyError, IndexError):
            return None, None
        sent, answered = (None if at is None else max(0.0, at - last.at) for at in (last.sent, last.answered))
        return sent, answered

    def active_service(self) -> ActiveService:
        """The service that calls are made with now."""
        profile = self.connection.profile
        return ActiveService(profile.id, profile.name)

    def _limits(self, model: str) -> Limits:
        profile = self.connection.profile
        allowed = profile.requests_per_minute
        used = self.rate_limiter.used_requests(profile.id, model)
        return Limits(allowed, max(0, allowed - used), self.rate_limiter.parallel(profile.id, model))

    def _cost_of_take(self, take: Take) -> float | None:
        profile = self._served_by(take.call_id)
        return self.spending.cost_of(profile, take.model, take.usage)[0]

    def cost_of_call(self, model: str, usage: Usage) -> tuple[float | None, str]:
        """The cost of a call of a model with the service in use, None if it is unknown, and the currency."""
        return self.spending.cost_of(self.connection.profile, model, usage)

    def _expected_cost(self, model: str, count: int) -> tuple[float | None, str]:
        """Speech is free at the platform; where it is not, its tokens are not known before."""
        cost, currency = self.cost_of_call(model, Usage(prompt=1, completion=1))
        return None if cost else cost, currency

    def refresh_models(self) -> None:
        """Fetch the model list of the active service again."""
        self.tasks.spawn(self.models.refresh(), "model list")

    def _open_chat(self) -> None:
        settings = self.settings
        self.toolbox = Toolbox(builtin_tools())
        always: list[str] = settings.get(ALWAYS_ALLOWED_TOOLS)
        self.approvals = Approvals(ask=settings.get(ASK_BEFORE_TOOL), always=always)
        self.approvals.max_rounds = settings.get(TOOL_ROUNDS)
        permissions = ToolPermissions(self.approvals, settings)
        self.approvals.on_always = permissions.allow
        self.own_tools = OwnTools(self.database.tools, TextFiles(), self.toolbox, self.tasks)
        self.own_tools.on_failed.subscribe(self.on_failed.emit)
        self.own_tools.on_renamed.subscribe(permissions.move)
        self.own_tools.on_removed.subscribe(lambda name: permissions.take_back([name]))
        self.tool_servers = tool_servers(self)
        self.tool_servers.on_failed.subscribe(self.on_failed.emit)
        self.tool_servers.on_permissions_lost.subscribe(permissions.take_back)
        self.workspace = Workspace(
            connection=self.connection,
            toolbox=self.toolbox,
            approvals=self.approvals,
            tasks=self.tasks,
            store=self.database.conversations,
            search=self.database.search,
        )
        self.workspace.own_defaults = lambda: own_chat_defaults(self.settings)
        documents = Documents(self.database.blobs)
        self.conversation_files = ConversationFiles(self.workspace, self.database.conversations, documents)
        self.workspace.on_failed.subscribe(self.on_failed.emit)
        metered = UsageObserver(self.statistics, self.spending)
        self.workspace.on_created.subscribe(lambda session: session.subscribe(metered))
        self.workspace.lone_calls.on_reply.subscribe(lambda reply: metered.step_ended("", reply))
        self._metered = metered

    def cases(self) -> Cases:
        """The test cases; created at the first call."""
        if self._cases is None:
            from app.services.bench.cases import Cases

            database = self.database
            self._cases = Cases(
                database.case_sets, database.case_results, database.case_tallies, self.connection, self.jobs,
                self.models, self.tasks, self.cost_of_call,
            )  # fmt: skip
            self._cases.on_failed.subscribe(self.on_failed.emit)
            self._cases.calls.on_reply.subscribe(lambda reply: self._metered.step_ended("", reply))
        return self._cases

    def audio_services(self) -> AudioServices:
        """Player, recorder, takes and recognition; created at the first call."""
        if self._audio_services is None:
            from app.composition.audio_services import AudioServices

            self._audio_services = AudioServices(
                self.settings, self.database, self.library, self.connection, self.tasks, self.models, self.statistics,
                self.spending, self.jobs, self._call_times, self.cost_of_call,
            )  # fmt: skip
            self._audio_services.report_to(self.on_failed.emit)
            self.on_audio_services.emit(self._audio_services)
        return self._audio_services

    def side_by_side(self) -> SideBySide:
        """Runs conversations side by side; created at the first call."""
        if self._side_by_side is None:
            from app.composition.bench import side_by_side

            self._side_by_side = side_by_side(self)
        return self._side_by_side

    async def _close_side_by_side(self) -> None:
        if self._side_by_side is not None:
            await self._side_by_side.aclose()

    def silence(self) -> None:
        """Stop reading aloud."""
        if self._audio_services is not None:
            self._audio_services.aloud.silence()

    def take_back_prompts(self, imported: Mapping[str, str]) -> None:
        """Undo the import of prompts; see `PromptLibrary.take_back`."""
        self.tasks.spawn(reporting(self.prompts.take_back(imported), self.on_failed.emit), "undo of imported prompts")

    def _adopt_prompts(self) -> None:
        self.tasks.spawn(reporting(self.prompts.adopt_settings(), self.on_failed.emit), "prompts of the settings")

    async def restore(self, backup: Backup) -> None:
        """Add whatever the backup has and the database lacks. Errors are reported."""
        await reporting(self.database.restore(backup), self.on_failed.emit)

    async def _reload(self) -> None:
        """Load what a backup or an archive added to the database."""
        await self.workspace.reload()
        await self.own_tools.load()
        await self.tool_servers.load()
        await self.library.load()
        await self.prompts.load()
        await self.prompt_desk.load()
        await self.directions.load()
        await self.jobs.load()
        if self._cases is not None:
            await self._cases.load()
        if self._side_by_side is not None:
            await self._side_by_side.reload()
        if self._audio_services is not None:
            await self._audio_services.reload()

    async def load_jobs(self) -> None:
        """Read the jobs of earlier runs, and those an archive or a backup added. Errors are reported."""
        await reporting(self.jobs.load(), self.on_failed.emit)

    async def _close_audio(self) -> None:
        if self._audio_services is not None:
            await self._audio_services.aclose()

    async def _finish_takes(self) -> None:
        if self._audio_services is not None:
            await self._audio_services.finish_takes()

    async def _save_cases(self) -> None:
        if self._cases is not None:
            await self._cases.aclose()

    async def _save_sessions(self) -> None:
        if self._audio_services is not None:
            await self._audio_services.save_records()
