"""The key from the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from app.storage.secrets.location import KeyLocation

VARIABLE = "MIMO_API_KEY"


class EnvironmentSecrets:
    """The key in MIMO_API_KEY, only for profiles accepted by `serves`: it must not be sent to an arbitrary host."""

    location = KeyLocation.ENVIRONMENT

    def __init__(self, serves: Callable[[str], bool], environ: Mapping[str, str] = os.environ) -> None:
        self._serves = serves
        self._value = environ.get(VARIABLE, "").strip() or None

    async def get(self, name: str) -> str | None:
        return self._value if self._serves(name) else None
