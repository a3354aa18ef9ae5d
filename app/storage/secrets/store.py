"""Looks up, stores and removes API keys across all backends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from app.core.errors import Code, InputError, StorageError
from app.core.observers import HeldEvent
from app.core.redaction import Redactor
from app.storage.secrets.environment import EnvironmentSecrets
from app.storage.secrets.file import FileSecrets
from app.storage.secrets.location import KeyLocation, Secret, SecretBackend
from app.storage.secrets.memory import RunSecrets
from app.storage.secrets.system_keyring import KeyringSecrets


class SecretStore:
    """Finds and stores the key of each profile, and reports where it is stored.

    A key typed in this run has precedence, then the environment, then stored keys. A key is stored in one backend only.

    Attributes:
        on_failed: emits the error of every backend that fails while another one is used; held until somebody listens.
    """

    def __init__(
        self,
        redactor: Redactor,
        keyring: KeyringSecrets,
        file: FileSecrets,
        environment: EnvironmentSecrets | None = None,
        name_of: Callable[[str], str] = str,
    ) -> None:
        """`name_of` maps a profile id to the name its key is stored under."""
        self._redactor = redactor
        self._keyring = keyring
        self._file = file
        self._run = RunSecrets()
        self._environment = environment
        self._name_of = name_of
        self._cache: dict[str, Secret] = {}
        self._lock = asyncio.Lock()
        self.on_failed: HeldEvent[StorageError] = HeldEvent()
        file.on_damaged.subscribe(self.on_failed.emit)

    async def check(self) -> StorageError | None:
        """Return why the keyring can't be used, or None if it works."""
        return await self._keyring.check()

    async def find(self, profile_id: str) -> Secret | None:
        """Return the key of a profile, or None. An unusable keyring is skipped; `check` returns the reason.

        Raises StorageError KEYRING_FAILED for a keyring that worked before.
        """
        name = self._name_of(profile_id)
        if name not in self._cache:
            # A key that is being removed or replaced must not be read and cached again.
            async with self._lock:
                if name not in self._cache and (secret := await self._look_up(profile_id, name)) is not None:
                    self._redactor.add(secret.value)
                    self._cache[name] = secret
        return self._cache.get(name)

    async def _look_up(self, profile_id: str, name: str) -> Secret | None:
        if self._environment is not None and (value := await self._environment.get(profile_id)):
            return Secret(value, KeyLocation.ENVIRONMENT)
        try:
            if value := await self._file.get(name):
                return Secret(value, KeyLocation.FILE)
        except StorageError as error:
            self.on_failed.emit(error)
        if await self._keyring.check() is None and (value := await self._keyring.get(name)):
            return Secret(value, KeyLocation.KEYRING)
        return None

    async def save(self, profile_id: str, value: str, *, in_file: bool = False) -> KeyLocation:
        """Store a key and return its location: the keyring if it works, else memory.

        `in_file`: the user chose the file. Copies in other backends are removed; failures to do so are reported to
        `on_failed`. Raises InputError KEY_MISSING for an empty key, StorageError if the chosen backend fails (an
        earlier key is then unchanged).
        """
        name, value = self._name_of(profile_id), value.strip()
        if not value:
            raise InputError(Code.KEY_MISSING, field="API key")
        self._redactor.add(value)
        async with self._lock:
            keyring_works = await self._keyring.check() is None
            backend: SecretBackend = self._file if in_file else self._keyring if keyring_works else self._run
            await backend.set(name, value)
            self._cache[name] = Secret(value, backend.location)
            for other in self._backends(keyring_works=keyring_works):
                if other is not backend:
                    await self._try(other.remove(name), self.on_failed.emit)
        return backend.location

    async def remove(self, profile_id: str) -> None:
        """Remove a key from every backend except the environment.

        Raises the first StorageError, after all backends were tried.
        """
        name = self._name_of(profile_id)
        failures: list[StorageError] = []
        async with self._lock:
            self._cache.pop(name, None)
            for backend in self._backends(keyring_works=await self._keyring.check() is None):
                await self._try(backend.remove(name), failures.append)
        if failures:
            raise failures[0]

    async def remove_all(self, names: Iterable[str] = ()) -> list[StorageError]:
        """Remove every key this program ever stored, including those of other homes and of deleted profiles, and
        those under `names` (from `Profiles.key_names`).

        Continues after errors and returns them: one for each key that may still be in the keyring, one for the file, or
        a single KEYRING_FAILED if the keyring does not answer.
        """
        failures: list[StorageError] = []
        async with self._lock:
            self._cache.clear()
            await self._run.remove_all()
            await self._try(self._file.remove_all(), failures.append)
            problem = await self._keyring.check()
            if problem is None:
                known = set(names)
                try:
                    known |= await self._keyring.names()
                except StorageError as error:
                    failures.append(error)
                for name in sorted(known):
                    await self._try(self._keyring.remove(name), failures.append)
            elif problem.code is not Code.NO_KEYRING:
                failures.append(problem)
        return failures

    def _backends(self, *, keyring_works: bool) -> tuple[SecretBackend, ...]:
        return (self._run, self._file, self._keyring) if keyring_works else (self._run, self._file)

    @staticmethod
    async def _try(work: Awaitable[object], failed: Callable[[StorageError], object]) -> None:
        try:
            await work
        except StorageError as error:
            failed(error)
