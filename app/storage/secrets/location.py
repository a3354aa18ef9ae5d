"""Where API keys are stored, and the interface of a backend."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple, Protocol


class KeyLocation(StrEnum):
    """Where a key is stored. `app.ui.texts` has a sentence for each."""

    KEYRING = "keyring"
    ENVIRONMENT = "environment"
    RUN = "run"
    """In memory, until the program ends."""
    FILE = "file"
    """In an unencrypted file of the home that only its owner can read."""


class Secret(NamedTuple):
    """A key and where it is stored. The repr does not contain the key."""

    value: str
    location: KeyLocation

    def __repr__(self) -> str:
        return f"Secret({self.location})"


class SecretBackend(Protocol):
    """Stores keys under names chosen by `SecretStore`."""

    location: KeyLocation

    async def get(self, name: str) -> str | None: ...
    async def set(self, name: str, value: str) -> None: ...
    async def remove(self, name: str) -> None: ...
