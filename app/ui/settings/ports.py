"""What the settings ask of everything outside, by structure."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from app.core.errors import WorkbenchError
from app.core.settings import Settings
from app.services.connection import Connection
from app.services.models import Models
from app.services.ports import MakeClient
from app.services.profiles import Profiles
from app.services.spending import Spending
from app.services.tasks import TaskSet
from app.ui.widgets.notifications import Notifier


class FoundKey(Protocol):
    """A key and where it is; `place` is one of keyring, environment, run, file."""

    @property
    def value(self) -> str: ...
    @property
    def place(self) -> str: ...


class KeyStore(Protocol):
    """Where keys are kept. Every method but `check` raises StorageError."""

    async def check(self) -> WorkbenchError | None:
        """What keeps the keychain from being used, None when it works."""

    async def find(self, name: str, /) -> FoundKey | None: ...
    async def save(self, name: str, value: str, /, *, in_file: bool = ...) -> str: ...
    async def remove(self, name: str, /) -> None: ...
    async def remove_all(self, names: Iterable[str], /) -> Sequence[WorkbenchError]:
        """Every key this program ever kept and those under `names`; returned is what could not be removed."""


class Device(Protocol):
    """A sound device."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class InputLevel(Protocol):
    """Decibels below full scale."""

    @property
    def rms(self) -> float: ...
    @property
    def held(self) -> float: ...


class MicrophoneMonitor(Protocol):
    """Listens for its level."""

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
    """What is kept and its backups; see `app.storage.database.Database`."""

    def backups(self) -> Sequence[SavedBackup]: ...
    async def back_up(self, count: int, limit: int) -> SavedBackup: ...
    async def restore(self, backup: Any, /) -> dict[str, int]: ...


class Imported(Protocol):
    """What an archive brought: rows by table, and its settings, which nobody has applied yet."""

    @property
    def rows(self) -> dict[str, int]: ...
    @property
    def settings(self) -> dict[str, Any]: ...


class Archiver(NamedTuple):
    """Everything as one file, never a key. Both raise StorageError and end soon when they are cancelled.

    How much is done, in [0, 1], is told from another thread.
    """

    export: Callable[[Path, Callable[[float], object]], Awaitable[None]]
    import_: Callable[[Path, Callable[[float], object]], Awaitable[Imported]]


class HomePaths(NamedTuple):
    """Where things are: the home, and its parts whose sizes are told."""

    home: Path
    database: Path
    blobs: Path
    backups: Path
    log: Path
    secrets: Path


class SettingsDependencies(NamedTuple):
    """Everything the settings work with.

    Attributes:
        demo_address: gives address and key of the demo service, starting it if needed.
        outputs, inputs: list the devices; they block.
        play_tone: plays the test tone on the chosen output.
        on_devices: called after devices came or went.
        set_language: speak this language from now on.
        redact: takes every key out of a text.
        erase: forget everything that is kept and end the program.
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
    on_devices: list[Callable[[], None]]
    set_language: Callable[[str], None]
    backup_store: BackupStore
    archiver: Archiver
    paths: HomePaths
    redact: Callable[[str], str]
    erase: Callable[[], None]
    tasks: TaskSet
    settings: Settings
    notifier: Notifier
