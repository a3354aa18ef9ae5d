"""Keys in the system keyring. The `keyring` package is imported at the first call."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from secrets import token_hex
from typing import TypeVar

from app.core.errors import Code, StorageError
from app.storage.secrets.location import KeyLocation

T = TypeVar("T")

SERVICE = "mimo-workbench"
"""Service name of our keyring entries."""
NAMES_ENTRY = "saved keys"
"""Name of the keyring entry that lists the names of all others; no profile id contains a space. Windows allows 1,280
characters, enough for the keys of about forty services."""
KEYRING_TIMEOUT_SECONDS = 6.0
"""A locked keyring or an unresponsive D-Bus hangs forever; after this time it counts as failed for this run."""


class KeyringSecrets:
    """Keys in the system keyring: Secret Service, KWallet, Keychain, Credential Locker.

    Keyrings can't list their entries, so the names of all keys are stored in an entry of their own, which outlives any
    home. Names contain no line breaks.

    Every call runs in its own daemon thread, because a keyring may never answer.
    """

    location = KeyLocation.KEYRING

    def __init__(self, service: str = SERVICE, seconds: float = KEYRING_TIMEOUT_SECONDS) -> None:
        self._service = service
        self._timeout = seconds
        self._checked = False
        self._problem: StorageError | None = None

    async def check(self) -> StorageError | None:
        """Return why the keyring can't be used (NO_KEYRING or KEYRING_FAILED), or None if it works.

        Writes, reads and removes a test entry once; the result is cached for this run.
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
        """Store a key. Raises KEYRING_FAILED, also if a different value is read back."""
        import keyring

        def store() -> bool:
            listed = _read_names(self._service)
            _write_names(self._service, listed, listed | {name})
            keyring.set_password(self._service, name, value)
            return keyring.get_password(self._service, name) == value

        if not await self._call(store):
            raise StorageError(Code.KEYRING_FAILED, message="")

    async def remove(self, name: str) -> None:
        import keyring

        def forget() -> None:
            if keyring.get_password(self._service, name) is not None:
                keyring.delete_password(self._service, name)
            listed = _read_names(self._service)
            _write_names(self._service, listed, listed - {name})

        await self._call(forget)

    async def names(self) -> frozenset[str]:
        """Return the names of all stored keys, of any home."""
        return _split_names(await self.get(NAMES_ENTRY))

    def _round_trip(self) -> None:
        import keyring
        import keyring.backends.fail

        backend = keyring.get_keyring()
        kind = type(backend)
        # keyrings.alt contains backends that write plain text files: they don't count as keyrings.
        if isinstance(backend, keyring.backends.fail.Keyring) or kind.__module__.startswith("keyrings.alt"):
            raise StorageError(Code.NO_KEYRING)
        name, value = f"check-{token_hex(4)}", token_hex(8)
        keyring.set_password(self._service, name, value)
        stored = keyring.get_password(self._service, name)
        if stored != value:
            raise StorageError(Code.NO_KEYRING)
        keyring.delete_password(self._service, name)

    async def _call(self, work: Callable[[], T]) -> T:
        if self._problem is not None:
            raise self._problem
        try:
            return await _in_thread(work, self._timeout)
        except StorageError:
            raise
        except TimeoutError as error:
            self._checked, self._problem = True, StorageError(Code.KEYRING_FAILED, message="", seconds=self._timeout)
            raise self._problem from error
        except Exception as error:
            # Backends raise anything: D-Bus, Win32 and Security framework errors have no common base class.
            raise StorageError(Code.KEYRING_FAILED, message=f"{type(error).__name__}: {error}") from error


def _read_names(service: str) -> frozenset[str]:
    import keyring

    return _split_names(keyring.get_password(service, NAMES_ENTRY))


def _write_names(service: str, before: frozenset[str], after: frozenset[str]) -> None:
    import keyring

    if after and after != before:
        keyring.set_password(service, NAMES_ENTRY, "\n".join(sorted(after)))
    elif before and not after:
        keyring.delete_password(service, NAMES_ENTRY)


def _split_names(listed: str | None) -> frozenset[str]:
    return frozenset(listed.split("\n")) if listed else frozenset()


async def _in_thread(work: Callable[[], T], seconds: float) -> T:
    """Like `asyncio.to_thread`, but a hanging thread blocks neither the caller nor the exit of the program."""
    loop = asyncio.get_running_loop()
    result_future: asyncio.Future[T] = loop.create_future()

    def resolve(result: T | None, error: Exception | None) -> None:
        if result_future.done():
            return
        if error is not None:
            result_future.set_exception(error)
        else:
            result_future.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, failure = None, None
        try:
            result = work()
        except Exception as error:
            failure = error
        # The loop may be closed by the time a hanging keyring answers; the result is then discarded.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(resolve, result, failure)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return await asyncio.wait_for(result_future, seconds)
