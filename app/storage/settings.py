"""The settings file: versioned JSON, written atomically. A damaged file is moved aside and never prevents a start."""

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
    """Loads and writes the settings.

    Attributes:
        path: the file.
        problem: SETTINGS_DAMAGED if the file could not be used completely, else None. Its parameter `aside` is the
            path of the original file, `keys` the settings with unusable values (empty if the whole file was unusable).
            Values only a newer program understands are not a problem: they are written back unchanged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem: StorageError | None = None
        self._version = FORMAT_VERSION
        self._unknown: dict[str, Any] = {}
        self._unusable: dict[str, Any] = {}
        self._save_original_first: Callable[[], Path] | None = None

    def load(self) -> Settings:
        """Return the stored settings, with defaults for the rest. Never raises: see `problem`."""
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
            self._set_aside(error)
            return {}
        # Written by a newer program: known settings are used, the rest and the version stay unchanged.
        self._version = max(version, FORMAT_VERSION)
        for migration in MIGRATIONS[version - 1 :]:
            values = migration(values)
        return values

    def _set_aside(self, error: Exception) -> None:
        # A folder, or a file without read permission, can still be moved.
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
                if not self._is_preserved(key, value):
                    refused.append(key)
        if refused:
            self.problem = self._damaged(self._copy, "", tuple(refused))
            # The copy has the original values, so the next start reports nothing. A write error is reported when
            # a setting is changed.
            with suppress(WorkbenchError):
                self._write(usable)
        return usable

    def _is_preserved(self, key: str, value: Any) -> bool:
        """Remember values only a newer program can use; return whether these are all the unusable ones."""
        left = DECLARED[key].rejected(value)
        # Everything a newer program wrote is valid for that program.
        later = left if self._version > FORMAT_VERSION else DECLARED[key].from_newer_version(value)
        if later is not None:
            self._unusable[key] = later
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
            # The original is not overwritten until it was saved elsewhere.
            aside, self._save_original_first = self.path, keep
        return StorageError(Code.SETTINGS_DAMAGED, path=str(self.path), message=message, aside=str(aside), keys=keys)

    def _write(self, values: dict[str, Any]) -> None:
        if self._save_original_first is not None:
            self._save_original_first()
            self._save_original_first = None
        left = {key: DECLARED[key].merge_rejected(values.get(key), left) for key, left in self._unusable.items()}
        document = {"version": self._version, "values": {**self._unknown, **values, **left}}
        text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True)
        # A path may contain bytes that are not UTF-8: they are written as JSON escapes and read back unchanged.
        write_whole(self.path, text.encode(errors="backslashreplace"))
