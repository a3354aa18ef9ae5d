"""Protocols and values the settings pages need from the rest of the program."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from app.core.errors import WorkbenchError
from app.core.observers import Event
from app.core.settings import Settings
from app.services.connection import Connection
from app.services.models import Models
from app.services.ports import MakeClient
from app.services.profiles import Profiles
from app.services.spending import Spending
from app.services.tasks import TaskSet
from app.ui.widgets.notifications import Notifier


class FoundKey(Protocol):
    """A key and where it is stored; `place` is one of keyring, environment, run, file."""

    @property
    def value(self) -> str: ...
    @property
    def location(self) -> str: ...


class KeyStore(Protocol):
    """Stores API keys. Every method except `check` raises StorageError."""

    async def check(self) -> WorkbenchError | None:
        """The error that prevents using the keychain, None if it works."""

    async def find(self, name: str, /) -> FoundKey | None: ...
    async def save(self, name: str, value: str, /, *, in_file: bool = ...) -> str: ...
    async def remove(self, name: str, /) -> None: ...
    async def remove_all(self, names: Iterable[str], /) -> Sequence[WorkbenchError]:
        """Remove every key this program ever saved and those under `names`; returns the failures."""


class Device(Protocol):
    """A sound device."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class InputLevel(Protocol):
    """Levels in dBFS."""

    @property
    def rms(self) -> float: ...
    @property
    def held(self) -> float: ...


class MicrophoneMonitor(Protocol):
    """Measures the level of the microphone."""

    device: str | None

    @property
    def level(self) -> InputLevel: ...
    async def listen(self) -> None: ...
    async def stop_listening(self) -> None: ...


class SavedBackup(Protocol):
    """A backup of the database."""

    @property
    def path(self) -> Path: ...
    @property
    def made(self) -> float: ...
    @property
    def size(self) -> int: ...


class BackupStore(Protocol):
    """Makes and restores backups; see `app.storage.database.Database`."""

    def backups(self) -> Sequence[SavedBackup]: ...
    async def back_up(self, count: int, limit: int) -> SavedBackup: ...
    async def restore(self, backup: Any, /) -> dict[str, int]: ...
    async def recordings(self) -> tuple[int, int]: ...


class Imported(Protocol):
    """The result of an import: rows by table, and settings that are not applied yet."""

    @property
    def rows(self) -> dict[str, int]: ...
    @property
    def settings(self) -> dict[str, Any]: ...


class Archiver(NamedTuple):
    """Exports and imports everything except keys as one file.

    Both raise StorageError, end soon after they are cancelled, and report their progress in [0, 1] from another thread.
    """

    export: Callable[[Path, Callable[[float], object]], Awaitable[None]]
    import_: Callable[[Path, Callable[[float], object]], Awaitable[Imported]]


class HomePaths(NamedTuple):
    """The home folder and the paths in it."""

    home: Path
    database: Path
    blobs: Path
    backups: Path
    log: Path
    secrets: Path


class SettingsDependencies(NamedTuple):
    """The services the settings pages work with.

    Attributes:
        demo_address: returns address and key of the demo service, starting it if needed.
        outputs, inputs: list the devices; they block.
        play_tone: plays the test tone on the chosen output.
        on_devices: a device was connected or disconnected.
        set_language: switches the language of the program.
        redact: removes every key from a text.
        erase: erases all stored data and quits the program.
        take_back_prompts: takes imported prompts, texts by name, out of the library again.
    """

    profiles: Profiles
    connection: Connection
    models: Models
    spending: Spending
    keys: KeyStore
    make_client: MakeClient
    demo_address: Callable[[], Coroutine[Any, Any, tuple[str, str]]]
    play_tone: Callable[[], None]
    microphone: MicrophoneMonitor
    outputs: Callable[[], Sequence[Device]]
    inputs: Callable[[], Sequence[Device]]
    on_devices: Event[()]
    set_language: Callable[[str], None]
    backup_store: BackupStore
    archiver: Archiver
    paths: HomePaths
    redact: Callable[[str], str]
    erase: Callable[[], None]
    take_back_prompts: Callable[[Mapping[str, str]], None]
    tasks: TaskSet
    settings: Settings
    notifier: Notifier
