"""Keys kept in memory for one run."""

from __future__ import annotations

from app.storage.secrets.location import KeyLocation


class RunSecrets:
    """Keys in memory, until the program ends."""

    location = KeyLocation.RUN

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
