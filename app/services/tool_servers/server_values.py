"""The values of a server's environment and headers: secrets, kept where the keys are."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from app.core.errors import WorkbenchError

log = logging.getLogger(__name__)

MIN_REDACTED_CHARS = 6
"""A shorter value, such as `1` or `true`, is no secret, and hiding it everywhere would make logs unreadable."""
_NAME = "tool-server-{id}"


class StoredSecret(Protocol):
    """A secret as the store returns it."""

    @property
    def value(self) -> str: ...


class SecretStore(Protocol):
    """The store of the keys. Every method may raise StorageError."""

    async def find(self, profile_id: str) -> StoredSecret | None: ...
    async def save(self, profile_id: str, value: str) -> Any: ...
    async def remove(self, profile_id: str) -> None: ...


class ServerValues(NamedTuple):
    """Values by name."""

    environment: Mapping[str, str]
    headers: Mapping[str, str]


NO_VALUES = ServerValues({}, {})


class ServerValueStore:
    """Reads and writes the values of servers."""

    def __init__(self, keys: SecretStore, redact: Callable[[str], object]) -> None:
        """`redact` adds a text that must not appear in logs and records."""
        self._keys = keys
        self._redact = redact
        self._known: dict[str, ServerValues] = {}

    def known(self, server_id: str) -> ServerValues:
        """The values that were read or written in this run."""
        return self._known.get(server_id, NO_VALUES)

    async def read(self, server_id: str) -> ServerValues:
        """The values of a server; none where nothing is saved, or the keyring can't be read."""
        if server_id not in self._known:
            try:
                secret = await self._keys.find(_NAME.format(id=server_id))
            except WorkbenchError as error:
                log.warning("the values of a tool server can't be read: %s", error.code)
                return NO_VALUES
            self._known.setdefault(server_id, _decoded(secret.value) if secret is not None else NO_VALUES)
            self._hide(self._known[server_id])
        return self._known[server_id]

    async def write(self, server_id: str, values: ServerValues) -> None:
        """Save the values of a server. Raises StorageError, and they hold for this run then."""
        if self._known.get(server_id) == values:
            return
        self._hide(values)
        self._known[server_id] = values
        name = _NAME.format(id=server_id)
        if values.environment or values.headers:
            await self._keys.save(name, json.dumps({"env": dict(values.environment), "headers": dict(values.headers)}))
        else:
            await self._keys.remove(name)

    def _hide(self, values: ServerValues) -> None:
        for value in (*values.environment.values(), *values.headers.values()):
            for secret in {value, value.removeprefix("Bearer ")}:
                if len(secret) >= MIN_REDACTED_CHARS:
                    self._redact(secret)


def _decoded(text: str) -> ServerValues:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return NO_VALUES
    table = value if isinstance(value, dict) else {}
    return ServerValues(*({str(k): str(v) for k, v in (table.get(part) or {}).items()} for part in ("env", "headers")))
