"""The settings file: JSON, versioned, written whole or not at all; a bad one is set aside and never stops the start."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
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
            `aside`, where the file as it was can be found, and `keys`, those of which something could not be used;
            without keys nothing could. What only a newer program can use is no problem: it is written back as it was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem: StorageError | None = None
        self._version = FORMAT_VERSION
        self._unknown: dict[str, Any] = {}
        self._left: dict[str, Any] = {}
        self._keep_first: Callable[[], Path] | None = None

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
        # A folder or a file that must not be read can be moved all the same.
        self.problem = self._damaged(lambda: set_aside(self.path), str(error), ())

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
                if (rest := DECLARED[key].salvage(value)) is not None:
                    usable[key] = rest
                if not self._keeps(key, value):
                    refused.append(key)
        if refused:
            self.problem = self._damaged(self._copy, "", tuple(refused))
            # It is in the copy: the next start has nothing to tell. What can't be written now is told of when
            # something is set.
            with suppress(WorkbenchError):
                self._write(usable)
        return usable

    def _keeps(self, key: str, value: Any) -> bool:
        """Lay by what only a newer program can use, to be written back; whether that is all that can't be used."""
        left = DECLARED[key].rejected(value)
        # Whatever a newer program wrote is right for that one.
        later = left if self._version > FORMAT_VERSION else DECLARED[key].from_newer_version(value)
        if later is not None:
            self._left[key] = later
        return bool(later == left)

    def _copy(self) -> Path:
        aside = name_aside(self.path)
        with writing(aside):
            content = self.path.read_bytes()
        write_whole(aside, content)
        return aside

    def _damaged(self, keep: Callable[[], Path], message: str, keys: tuple[str, ...]) -> StorageError:
        try:
            aside = keep()
        except WorkbenchError:
            # Until it is kept elsewhere nothing replaces it.
            aside, self._keep_first = self.path, keep
        return StorageError(Code.SETTINGS_DAMAGED, path=str(self.path), message=message, aside=str(aside), keys=keys)

    def _write(self, values: dict[str, Any]) -> None:
        if self._keep_first is not None:
            self._keep_first()
            self._keep_first = None
        left = {key: DECLARED[key].merge_rejected(values.get(key), left) for key, left in self._left.items()}
        document = {"version": self._version, "values": {**self._unknown, **values, **left}}
        text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
        # A path may hold octets that are no text: what is written for them is JSON's escape, and reads back the same.
        write_whole(self.path, text.encode(errors="backslashreplace"))
