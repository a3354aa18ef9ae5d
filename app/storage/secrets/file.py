"""Keys in a plain file of the home."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.core.errors import Code, StorageError
from app.core.observers import Event
from app.storage.files import set_aside, write_whole, writing
from app.storage.secrets.location import KeyLocation


class FileSecrets:
    """Keys as a JSON object in a file with mode 0600. Used only if the user explicitly chose it.

    Attributes:
        on_damaged: emits KEYS_DAMAGED when the file could not be decoded and was moved aside; `path` is its new name.
            The file then holds no keys.
    """

    location = KeyLocation.FILE

    def __init__(self, path: Path) -> None:
        self.path = path
        self.on_damaged: Event[StorageError] = Event()

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
        """Remove the file and damaged copies moved aside, which may contain keys."""
        with writing(self.path):
            for path in (self.path, *self.path.parent.glob(f"{self.path.stem}.*{self.path.suffix}")):
                path.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_bytes())
            if not isinstance(values, dict):
                raise ValueError("not a JSON object")
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise StorageError(Code.FILE_UNREADABLE, path=str(self.path), message=error.strerror) from error
        except (ValueError, RecursionError) as error:
            aside = set_aside(self.path)
            self.on_damaged.emit(StorageError(Code.KEYS_DAMAGED, path=str(aside), message=str(error)))
            return {}
        return values

    def _write(self, values: dict[str, Any]) -> None:
        if values:
            write_whole(self.path, json.dumps(values).encode())
        else:
            with writing(self.path):
                self.path.unlink(missing_ok=True)
