"""The settings file: JSON, versioned, written whole or not at all; a bad one is set aside and never stops the start."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from app.core.errors import Code, InputError, StorageError, WorkbenchError
from app.core.settings import DECLARED, FORMAT_VERSION, Settings
from app.storage.files import name_aside, set_aside, write_whole, writing

Migration = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: tuple[Migration, ...] = ()
"""`MIGRATIONS[n]` turns the values of version n + 1 into those of version n + 2."""


class SettingsFile:
    """Where the settings are kept.

    Attributes:
        path: the file.
        problem: what was wrong with the file when it was read; None when nothing was. SETTINGS_DAMAGED carries
            `aside`, where the unusable file can be found, and `keys`, those that have their default again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem: StorageError | None = None
        self._version = FORMAT_VERSION
        self._unknown: dict[str, Any] = {}

    def load(self) -> Settings:
        """The settings as kept, defaults for the rest. Never raises: see `problem`."""
        return Settings(self._usable(self._read()), self._write)

    def _read(self) -> dict[str, Any]:
        try:
            document = json.loads(self.path.read_bytes())
            version: int = document["version"]
            values: dict[str, Any] = document["values"]
            if not isinstance(version, int) or version < 1 or not isinstance(values, dict):
                raise ValueError("not a settings file")
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            self._give_up(error)
            return {}
        # A newer program wrote it: what we know is used, the rest and the number stay as they are.
        self._version = max(version, FORMAT_VERSION)
        for migration in MIGRATIONS[version - 1 :]:
            values = migration(values)
        return values

    def _give_up(self, error: Exception) -> None:
        try:
            aside = str(set_aside(self.path))
        except WorkbenchError:
            # The folder can't be written either; the unusable file stays where it is.
            aside = str(self.path)
        self.problem = StorageError(
            Code.SETTINGS_DAMAGED, path=str(self.path), message=str(error), aside=aside, keys=()
        )

    def _usable(self, values: dict[str, Any]) -> dict[str, Any]:
        usable: dict[str, Any] = {}
        refused: list[str] = []
        for key, value in values.items():
            if key not in DECLARED:
                self._unknown[key] = value
                continue
            try:
                usable[key] = DECLARED[key].check(value)
            except InputError:
                refused.append(key)
        if refused:
            self._keep_copy(tuple(refused))
        return usable

    def _keep_copy(self, refused: tuple[str, ...]) -> None:
        aside = name_aside(self.path)
        try:
            with writing(aside):
                shutil.copyfile(self.path, aside)
        except WorkbenchError:
            aside = self.path
        self.problem = StorageError(
            Code.SETTINGS_DAMAGED, path=str(self.path), message="", aside=str(aside), keys=refused
        )

    def _write(self, values: dict[str, Any]) -> None:
        document = {"version": self._version, "values": {**self._unknown, **values}}
        write_whole(self.path, json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode())
