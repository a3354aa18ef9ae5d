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
from collections.abc import Awaitable, Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import Any, NamedTuple, Protocol, TypeVar

from app.core.errors import Code, InputError, StorageError
from app.core.redaction import Redactor
from app.storage.files import set_aside, write_whole, writing

T = TypeVar("T")

SERVICE = "mimo-workbench"
"""Under which the keyring lists our keys."""
VARIABLE = "MIMO_API_KEY"
LIST = "saved keys"
"""Name of the keyring's entry with the names of all others; no profile's id has a space. Windows takes 1,280
characters, enough for the keys of some forty services."""
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
    """One place for keys, by the names a store gives them."""

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

    async def remove_all(self) -> None:
        self._values.clear()


class EnvironmentSecrets:
    """The key in MIMO_API_KEY, for those profiles for which `serves` is true: it must not go to just any host."""

    place = Place.ENVIRONMENT

    def __init__(self, serves: Callable[[str], bool], environ: Mapping[str, str] = os.environ) -> None:
        self._serves = serves
        self._value = environ.get(VARIABLE, "").strip() or None

    async def get(self, name: str) -> str | None:
        return self._value if self._serves(name) else None


class FileSecrets:
    """A JSON object in a file with mode 0600. Only for a person who chose this in so many words.

    Attributes:
        on_damaged: told when the file was none of ours and was set aside; KEYS_DAMAGED with where it is now as
            `path`. From then on there is no key in the file.
    """

    place = Place.FILE

    def __init__(self, path: Path) -> None:
        self.path = path
        self.on_damaged: list[Callable[[StorageError], object]] = []

    async def get(self, name: str) -> str | None:
        value = self._read().get(name)
        return value if isinstance(value, str) else None

    async def set(self, name: str, value: str) -> None:
        self._write({**self._read(), name: value})

    async def remove(self, name: str) -> None:
        values = self._read()
        if values.pop(name, None) is not None:
            self._write(values)

    async def remove_all(self) -> None:
        """Those that were damaged and are set aside go too: there are keys in them."""
        with writing(self.path):
            for path in (self.path, *self.path.parent.glob(f"{self.path.stem}.*{self.path.suffix}")):
                path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_bytes())
            if not isinstance(values, dict):
                raise ValueError("no JSON object")
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StorageError(Code.FILE_UNREADABLE, path=str(self.path), message=error.strerror) from error
        except (ValueError, RecursionError) as error:
            aside = set_aside(self.path)
            for tell in self.on_damaged:
                tell(StorageError(Code.KEYS_DAMAGED, path=str(aside), message=str(error)))
            return {}
        return values

    def _write(self, values: dict[str, Any]) -> None:
        if values:
            write_whole(self.path, json.dumps(values).encode())
        else:
            with writing(self.path):
                self.path.unlink(missing_ok=True)


class KeyringSecrets:
    """The system's keyring: Secret Service, KWallet, Keychain, Credential Locker.

    No keyring lists what is in it, so the names of the keys are kept in an entry of their own, beside the keys: they
    outlive any home. A name has no line break.

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
            listed = _listed(self._service)
            _list(self._service, listed, listed | {name})
            keyring.set_password(self._service, name, value)
            return keyring.get_password(self._service, name) == value

        if not await self._call(keep):
            raise StorageError(Code.KEYRING_FAILED, message="")

    async def remove(self, name: str) -> None:
        import keyring

        def forget() -> None:
            if keyring.get_password(self._service, name) is not None:
                keyring.delete_password(self._service, name)
            listed = _listed(self._service)
            _list(self._service, listed, listed - {name})

        await self._call(forget)

    async def names(self) -> frozenset[str]:
        """Under which names keys are kept, by whichever home."""
        return _split(await self.get(LIST))

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


def _listed(service: str) -> frozenset[str]:
    import keyring

    return _split(keyring.get_password(service, LIST))


def _list(service: str, before: frozenset[str], after: frozenset[str]) -> None:
    import keyring

    if after and after != before:
        keyring.set_password(service, LIST, "\n".join(sorted(after)))
    elif before and not after:
        keyring.delete_password(service, LIST)


def _split(listed: str | None) -> frozenset[str]:
    return frozenset(listed.split("\n")) if listed else frozenset()


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
        name_of: Callable[[str], str] = str,
    ) -> None:
        """`name_of` gives the name under which the key of the profile with an id is kept."""
        self._redactor = redactor
        self._keyring = keyring
        self._file = file
        self._run = RunSecrets()
        self._environment = environment
        self._name_of = name_of
        self._found: dict[str, Secret] = {}
        self._changing = asyncio.Lock()
        self._on_failed: list[Callable[[StorageError], object]] = []
        self._untold: dict[str, StorageError] = {}
        file.on_damaged.append(self._tell)

    def on_failed(self, tell: Callable[[StorageError], object]) -> None:
        """Tell of every place that fails while another one does the job, also of those that failed before."""
        self._on_failed.append(tell)
        untold, self._untold = self._untold, {}
        for error in untold.values():
            tell(error)

    def _tell(self, error: StorageError) -> None:
        if not self._on_failed:
            self._untold[str(error)] = error
        for tell in tuple(self._on_failed):
            tell(error)

    async def check(self) -> StorageError | None:
        """What keeps the keyring from being used, None when it works."""
        return await self._keyring.check()

    async def find(self, profile_id: str) -> Secret | None:
        """The key of a profile. A keyring that does not work is passed over: `check` tells about it.

        Raises StorageError KEYRING_FAILED for one that worked and fails now.
        """
        name = self._name_of(profile_id)
        if name not in self._found:
            # A key that is being removed or replaced must not be found once more and remembered.
            async with self._changing:
                if name not in self._found and (secret := await self._look_for(profile_id, name)) is not None:
                    self._redactor.add(secret.value)
                    self._found[name] = secret
        return self._found.get(name)

    async def _look_for(self, profile_id: str, name: str) -> Secret | None:
        if self._environment is not None and (value := await self._environment.get(profile_id)):
            return Secret(value, Place.ENVIRONMENT)
        try:
            if value := await self._file.get(name):
                return Secret(value, Place.FILE)
        except StorageError as error:
            self._tell(error)
        if await self._keyring.check() is None and (value := await self._keyring.get(name)):
            return Secret(value, Place.KEYRING)
        return None

    async def save(self, profile_id: str, value: str, *, in_file: bool = False) -> Place:
        """Keep a key; returns where it really is: the keyring when that works, else memory.

        `in_file`: a person chose the file. No other copy is left behind; where one can't be removed, that is told.
        Raises InputError KEY_MISSING for an empty key, StorageError when the chosen place fails (an earlier key is
        then still there).
        """
        name, value = self._name_of(profile_id), value.strip()
        if not value:
            raise InputError(Code.KEY_MISSING, field="API key")
        self._redactor.add(value)
        async with self._changing:
            keyring_works = await self._keyring.check() is None
            place: Secrets = self._file if in_file else self._keyring if keyring_works else self._run
            await place.set(name, value)
            self._found[name] = Secret(value, place.place)
            for other in self._places(keyring_works=keyring_works):
                if other is not place:
                    await self._try(other.remove(name), self._tell)
        return place.place

    async def remove(self, profile_id: str) -> None:
        """Forget a key everywhere but in the environment, which is not ours.

        Raises the first StorageError, after every place was tried.
        """
        name = self._name_of(profile_id)
        failures: list[StorageError] = []
        async with self._changing:
            self._found.pop(name, None)
            for place in self._places(keyring_works=await self._keyring.check() is None):
                await self._try(place.remove(name), failures.append)
        if failures:
            raise failures[0]

    async def remove_all(self, names: Iterable[str] = ()) -> list[StorageError]:
        """Forget every key this program ever kept, also those of other homes and of profiles that are gone, and those
        under `names`, as `Profiles.key_names` gives them.

        Goes on past whatever fails; returned is what did: one for each key that may still be in the keyring, one for
        the file, or KEYRING_FAILED alone for a keyring that does not answer.
        """
        failures: list[StorageError] = []
        async with self._changing:
            self._found.clear()
            await self._run.remove_all()
            await self._try(self._file.remove_all(), failures.append)
            problem = await self._keyring.check()
            if problem is None:
                kept = set(names)
                try:
                    kept |= await self._keyring.names()
                except StorageError as error:
                    failures.append(error)
                for name in sorted(kept):
                    await self._try(self._keyring.remove(name), failures.append)
            elif problem.code is not Code.NO_KEYRING:
                failures.append(problem)
        return failures

    def _places(self, *, keyring_works: bool) -> tuple[Secrets, ...]:
        return (self._run, self._file, self._keyring) if keyring_works else (self._run, self._file)

    @staticmethod
    async def _try(work: Awaitable[object], failed: Callable[[StorageError], object]) -> None:
        try:
            await work
        except StorageError as error:
            failed(error)
