"""The settings view with real profiles, keys, database and demo service, but without audio devices or network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from pytestqt.qtbot import QtBot

from app.core.errors import AudioError, Code, StorageError
from app.core.observers import Event
from app.core.profiles import Profile
from app.core.redaction import Redactor
from app.core.settings import Settings
from app.mimo.client import MimoClient
from app.services.connection import Connection
from app.services.demo_process import DemoProcess
from app.services.models import Models
from app.services.profiles import Profiles
from app.services.run_statistics import RunStatistics
from app.services.spending import Spending
from app.services.tasks import TaskSet
from app.storage.archive import export_all, import_all
from app.storage.database import Database
from app.storage.home import open_home
from app.storage.secrets import EnvironmentSecrets, FileSecrets, KeyringSecrets, SecretStore
from app.ui.settings.ports import Archiver, HomePaths, SettingsDependencies
from app.ui.settings.presenter import SettingsPresenter
from app.ui.settings.view import SettingsView
from app.ui.widgets.notifications import Notification, Notifier
from tests.plugins.demo_service import DemoService
from tests.waiting import wait_until

TYPED_KEY = "sk-planted-0123456789abcdef-3f2a"


class Keychain(KeyringSecrets):
    """A keyring in memory, or none."""

    def __init__(self, *, works: bool) -> None:
        super().__init__()
        self.works = works
        self.kept: dict[str, str] = {}

    async def check(self) -> StorageError | None:
        return None if self.works else StorageError(Code.NO_KEYRING)

    async def get(self, name: str) -> str | None:
        return self.kept.get(name)

    async def set(self, name: str, value: str) -> None:
        self.kept[name] = value

    async def remove(self, name: str) -> None:
        self.kept.pop(name, None)


class Microphone:
    """A microphone with a fixed level."""

    def __init__(self) -> None:
        self.device: str | None = None
        self.level = SimpleNamespace(rms=-30.0, held=-12.0)
        self.listening = False
        self.opens_after = 0.0

    async def listen(self) -> None:
        await asyncio.sleep(self.opens_after)
        self.listening = True

    async def stop_listening(self) -> None:
        self.listening = False


class Outside:
    """A stand-in for the rest of the program: sound devices, language, erasing."""

    def __init__(self) -> None:
        self.outputs: list[Any] = []
        self.inputs: list[Any] = []
        self.missing: AudioError | None = None
        self.language = ""
        self.toned = self.erased = False
        self.taken_back: list[Mapping[str, str]] = []

    def tone(self) -> None:
        self.toned = True

    def speak(self, language: str) -> None:
        self.language = language

    def erase(self) -> None:
        self.erased = True

    def take_back_prompts(self, prompts: Mapping[str, str]) -> None:
        self.taken_back.append(prompts)

    def list_outputs(self) -> list[Any]:
        return self._listed(self.outputs)

    def list_inputs(self) -> list[Any]:
        return self._listed(self.inputs)

    def _listed(self, devices: list[Any]) -> list[Any]:
        if self.missing is not None:
            raise self.missing
        return devices


class SettingsHarness:
    """The view and everything behind it.

    Attributes:
        notifications: every notification so far.
        outside: what the settings requested from the rest of the program.
    """

    def __init__(
        self,
        view: SettingsView,
        dependencies: SettingsDependencies,
        keychain: Keychain,
        database: Database,
        outside: Outside,
    ) -> None:
        self.view, self.dependencies, self.keychain, self.database = view, dependencies, keychain, database
        self.outside = outside
        self.notifications: list[Notification] = []
        dependencies.notifier.listen(self.notifications.append)

    async def settle(self) -> None:
        """Wait until no task is running."""
        await wait_until(lambda: not len(self.dependencies.tasks))

    async def undo(self) -> None:
        """Press the Undo button of the last notification."""
        undo = self.notifications[-1].undo
        assert undo is not None, self.notifications[-1]
        undo()
        await self.settle()

    async def choose(self, profile_id: str) -> None:
        """Select a card, as an assistive tool does."""
        cards = self.view.services.profiles
        place = self.view.services._model.row_of(profile_id)
        model = cards.selectionModel()
        model.select(cards.model().index(place, 0), model.SelectionFlag.ClearAndSelect)
        await self.settle()

    @property
    def shown(self) -> str:
        return self.view.services.profiles.selected_key() or ""


@asynccontextmanager
async def settings_harness(
    qtbot: QtBot,
    demo_service: DemoService,
    folder: Path,
    *,
    keychain_works: bool = True,
    temporary: Profile | None = None,
    environment: EnvironmentSecrets | None = None,
    **values: Any,
) -> AsyncIterator[SettingsHarness]:
    """Build the view. `values` are saved settings, `temporary` is an unsaved profile; no task may fail."""
    home, redactor = open_home(folder / "home"), Redactor()
    database = await Database.open(home, redactor)
    settings = Settings(values)
    failures: list[BaseException] = []
    tasks, keychain = TaskSet(failures.append), Keychain(works=keychain_works)
    keys = SecretStore(redactor, keychain, FileSecrets(home.secrets), environment)
    profiles = Profiles(settings, temporary)

    def make_client(profile: Any, key: str | None) -> MimoClient:
        profiles.check_terms(profile)
        return MimoClient(profile, key)

    async def demo_address() -> tuple[str, str]:
        return demo_service.base_url, demo_service.key

    connection = Connection(profiles.active, keys=keys, make_client=make_client, demo=DemoProcess())
    spending = Spending(RunStatistics(), settings, database.spend, tasks, lambda call_id: connection.profile)
    await spending.load()
    outside = Outside()
    view = SettingsView(settings)
    qtbot.addWidget(view)
    view.resize(1360, 860)
    view.show()
    dependencies = SettingsDependencies(
        profiles=profiles,
        connection=connection,
        models=Models(connection, settings),
        spending=spending,
        keys=keys,
        make_client=make_client,
        demo_address=demo_address,
        play_tone=outside.tone,
        microphone=Microphone(),
        outputs=outside.list_outputs,
        inputs=outside.list_inputs,
        on_devices=Event(),
        set_language=outside.speak,
        backup_store=database,
        archiver=Archiver(partial(export_all, database), partial(import_all, database)),
        paths=HomePaths(home.root, home.database, home.blobs, home.backups, home.log, home.secrets),
        redact=redactor.redact,
        erase=outside.erase,
        take_back_prompts=outside.take_back_prompts,
        tasks=tasks,
        settings=settings,
        notifier=Notifier(),
    )
    SettingsPresenter(view, dependencies)
    harness = SettingsHarness(view, dependencies, keychain, database, outside)
    await harness.settle()
    yield harness
    await tasks.aclose()
    await connection.aclose()
    await database.close()
    view.close()
    assert failures == []
