"""API keys: in the system's keyring, in the environment, in memory, or in a file when a person asked for one.

Nowhere else: not in the database, the settings, logs, exports. Every value that passes here is made known to the
redactor first.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import threading
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple, Protocol, TypeVar

from app.core.errors import Code, InputError, StorageError
from app.core.redaction import Redactor
from app.storage.files import storage_error, write_whole, writing

T = TypeVar("T")

SERVICE = "mimo-workbench"
"""Under which the keyring lists our keys."""
VARIABLE = "MIMO_API_KEY"
KEYRING_SECONDS = 6.0
"""A locked keyring or a D-Bus without answer hangs for ever; after this long it counts as failed for this run."""


class Place(StrEnum):
    """Where a key is. Each has words in `app.ui.texts`."""

    KEYRING = "keyring"
    ENVIRONMENT = "environment"
    RUN = "run"
    """In memory; gone when the program ends."""
    FILE = "file"
    """In a file of the home that only its owner can read; not encrypted."""


class Secret(NamedTuple):
    """A key and where it is. Its repr shows no key."""

    value: str
    place: Place

    def __repr__(self) -> str:
        return f"Secret({self.place})"


class Secrets(Protocol):
    """One place for keys. `name` is the id of a service profile."""

    place: Place

    async def get(self, name: str) -> str | None: ...
    async def set(self, name: str, value: str) -> None: ...
    async def remove(self, name: str) -> None: ...


class RunSecrets:
    """In memory, until the program ends."""

    place = Place.RUN

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    async def get(self, name: str) -> str | None:
        return self._values.get(name)

    async def set(self, name: str, value: str) -> None:
        self._values[name] = value

    async def remove(self, name: str) -> None:
        self._values.pop(name, None)


class EnvironmentSecrets:
    """The key in MIMO_API_KEY, for those profiles for which `serves` is true: it must not go to just any host."""

    place = Place.ENVIRONMENT

    def __init__(self, serves: Callable[[str], bool], environ: Mapping[str, str] = os.environ) -> None:
        self._serves = serves
        self._value = environ.get(VARIABLE, "").strip() or None

    async def get(self, name: str) -> str | None:
        return self._value if self._serves(name) else None


class FileSecrets:
    """A JSON object in a file with mode 0600. Only for a person who chose this in so many words."""

    place = Place.FILE

    def __init__(self, path: Path) -> None:
        self.path = path

    async def get(self, name: str) -> str | None:
        return self._read().get(name)

    async def set(self, name: str, value: str) -> None:
        self._write({**self._read(), name: value})

    async def remove(self, name: str) -> None:
        values = self._read()
        if values.pop(name, None) is not None:
            self._write(values)

    def _read(self) -> dict[str, str]:
        try:
            values = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise storage_error(error, self.path) from error
        except ValueError as error:
            raise StorageError(Code.FILE_UNREADABLE, path=str(self.path), message=str(error)) from error
        return {name: value for name, value in values.items() if isinstance(value, str)}

    def _write(self, values: dict[str, str]) -> None:
        if values:
            write_whole(self.path, json.dumps(values).encode())
        else:
            with writing(self.path):
                self.path.unlink(missing_ok=True)


class KeyringSecrets:
    """The system's keyring: Secret Service, KWallet, Keychain, Credential Locker.

    Every call runs in a thread of its own that nobody waits for at the end, because a keyring may never answer.
    """

    place = Place.KEYRING

    def __init__(self, service: str = SERVICE, seconds: float = KEYRING_SECONDS) -> None:
        self._service = service
        self._seconds = seconds
        self._checked = False
        self._problem: StorageError | None = None

    async def check(self) -> StorageError | None:
        """What keeps the keyring from being used (NO_KEYRING or KEYRING_FAILED), None when it works.

        Writes, reads and removes a word, once: the answer holds for this run.
        """
        if not self._checked:
            try:
                await self._call(self._round_trip)
            except StorageError as error:
                self._problem = error
            self._checked = True
        return self._problem

    async def get(self, name: str) -> str | None:
        import keyring

        return await self._call(lambda: keyring.get_password(self._service, name))

    async def set(self, name: str, value: str) -> None:
        """Raises KEYRING_FAILED also when what is read back is something else."""
        import keyring

        def keep() -> bool:
            keyring.set_password(self._service, name, value)
            return keyring.get_password(self._service, name) == value

        if not await self._call(keep):
            raise StorageError(Code.KEYRING_FAILED, message="")

    async def remove(self, name: str) -> None:
        import keyring

        def forget() -> None:
            if keyring.get_password(self._service, name) is not None:
                keyring.delete_password(self._service, name)

        await self._call(forget)

    def _round_trip(self) -> None:
        import keyring
        import keyring.backends.fail

        backend = keyring.get_keyring()
        kind = type(backend)
        # keyrings.alt brings keyrings that write plain text wherever they like: that is no keyring.
        if isinstance(backend, keyring.backends.fail.Keyring) or kind.__module__.startswith("keyrings.alt"):
            raise StorageError(Code.NO_KEYRING)
        name, word = f"check-{token_hex(4)}", token_hex(8)
        keyring.set_password(self._service, name, word)
        found = keyring.get_password(self._service, name)
        if found != word:
            raise StorageError(Code.NO_KEYRING)
        keyring.delete_password(self._service, name)

    async def _call(self, work: Callable[[], T]) -> T:
        if self._problem is not None:
            raise self._problem
        try:
            return await _in_thread(work, self._seconds)
        except StorageError:
            raise
        except TimeoutError as error:
            self._checked, self._problem = True, StorageError(Code.KEYRING_FAILED, message="", seconds=self._seconds)
            raise self._problem from error
        except Exception as error:
            # Backends raise what they like: D-Bus, Win32 and Security framework errors have no common root.
            raise StorageError(Code.KEYRING_FAILED, message=f"{type(error).__name__}: {error}") from error


async def _in_thread(work: Callable[[], T], seconds: float) -> T:
    """Like `asyncio.to_thread`, but a thread that hangs holds up neither the caller nor the end of the program."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def settle(result: T | None, error: Exception | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, failure = None, None
        try:
            result = work()
        except Exception as error:
            failure = error
        # The loop may be closed by the time a hanging keyring answers; nobody is interested any more.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, result, failure)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return await asyncio.wait_for(outcome, seconds)


class SecretStore:
    """The keys, wherever they are, and the truth about where that is.

    What was typed in this run comes first, then the environment, then what was kept. A kept key is in one place only.
    """

    def __init__(
        self,
        redactor: Redactor,
        keyring: KeyringSecrets,
        file: FileSecrets,
        environment: EnvironmentSecrets | None = None,
    ) -> None:
        self._redactor = redactor
        self._keyring = keyring
        self._file = file
        self._run = RunSecrets()
        self._environment = environment
        self._found: dict[str, Secret] = {}

    async def check(self) -> StorageError | None:
        """What keeps the keyring from being used, None when it works."""
        return await self._keyring.check()

    async def find(self, name: str) -> Secret | None:
        """The key of the profile `name`. A keyring that does not work is passed over: `check` tells about it."""
        if name not in self._found and (secret := await self._look_for(name)) is not None:
            self._redactor.add(secret.value)
            self._found[name] = secret
        return self._found.get(name)

    async def _look_for(self, name: str) -> Secret | None:
        if self._environment is not None and (value := await self._environment.get(name)):
            return Secret(value, Place.ENVIRONMENT)
        if value := await self._file.get(name):
            return Secret(value, Place.FILE)
        if await self._keyring.check() is None and (value := await self._keyring.get(name)):
            return Secret(value, Place.KEYRING)
        return None

    async def save(self, name: str, value: str, *, in_file: bool = False) -> Place:
        """Keep a key; returns where it really is: the keyring when that works, else memory.

        `in_file`: a person chose the file. No other copy is left behind. Raises InputError KEY_MISSING for an empty
        key, StorageError when the chosen place fails (an earlier key is then still there).
        """
        value = value.strip()
        if not value:
            raise InputError(Code.KEY_MISSING, field="API key")
        self._redactor.add(value)
        keyring_works = await self._keyring.check() is None
        place: Secrets = self._file if in_file else self._keyring if keyring_works else self._run
        await place.set(name, value)
        self._found[name] = Secret(value, place.place)
        others: tuple[Secrets, ...] = (self._run, self._file, self._keyring)
        for other in others:
            if other is not place and (other is not self._keyring or keyring_works):
                await other.remove(name)
        return place.place

    async def remove(self, name: str) -> None:
        """Forget a key everywhere but in the environment, which is not ours."""
        self._found.pop(name, None)
        await self._run.remove(name)
        await self._file.remove(name)
        if await self._keyring.check() is None:
            await self._keyring.remove(name)
