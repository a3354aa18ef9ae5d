"""Text files of the user, such as exported tools. Blocks on the disk: call it in a thread."""

from __future__ import annotations

import json
from pathlib import Path

from app.core.errors import Code, StorageError
from app.storage.files import write_whole

MAX_FILE_BYTES = 20_000_000


class TextFiles:
    """Reads whole text files in UTF-8 or UTF-16, and writes them in UTF-8."""

    def read(self, path: Path) -> str:
        """Return the text of a file. Raises StorageError: FILE_UNREADABLE, IMPORT_TOO_LARGE, FILE_ENCODING."""
        content = self.read_bytes(path, MAX_FILE_BYTES)
        try:
            # Windows programs write JSON in UTF-16 too.
            return content.decode(json.detect_encoding(content))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise StorageError(Code.FILE_ENCODING, path=str(path), line=line) from error

    def read_bytes(self, path: Path, limit: int) -> bytes:
        """Return the content of a file. Raises StorageError: FILE_UNREADABLE, IMPORT_TOO_LARGE beyond `limit` bytes."""
        try:
            with path.open("rb") as file:
                content = file.read(limit + 1)
        except OSError as error:
            raise StorageError(Code.FILE_UNREADABLE, path=str(path), message=str(error)) from error
        if len(content) > limit:
            raise StorageError(Code.IMPORT_TOO_LARGE, path=str(path), message=f"over {limit} bytes")
        return content

    def write(self, path: Path, text: str) -> None:
        """Replace a file. Raises StorageError; the file is then unchanged."""
        write_whole(path, text.encode())
