"""Audio and attachments as files named by the SHA-256 of their content, so that equal content is stored once."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from app.core.errors import Code, StorageError
from app.core.messages import new_id
from app.storage.files import make_folder, open_private, sync_folder, writing

REFERENCE = re.compile(r"blob:([0-9a-f]{64})")
"""How a stored body refers to a blob."""
GRACE_SECONDS = 7 * 24 * 3600.0
"""An unreferenced file is kept this long: a reference may be about to be written, or a backup may need it."""

_DIGEST = re.compile(r"[0-9a-f]{64}")


class Blobs:
    """The blob folder. Its methods block on the disk: call them in a thread.

    Attributes:
        folder: contains `ab/abcdef…`, and `partial/` with files still being written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._partial = folder / "partial"

    def put(self, content: bytes) -> str:
        """Store `content` and return its digest. Raises StorageError."""
        digest = hashlib.sha256(content).hexdigest()
        if self.sound(digest):
            self.touch(digest)
            return digest
        with self.writer() as writer:
            writer.write(content)
            return writer.finish()

    def read(self, digest: str) -> bytes:
        """Return a blob. Raises StorageError: NOT_KEPT if it does not exist, FILE_UNREADABLE if its content changed."""
        path = self.path(digest)
        try:
            content = path.read_bytes()
        except FileNotFoundError as error:
            raise StorageError(Code.NOT_KEPT, digest=digest) from error
        except OSError as error:
            raise StorageError(Code.FILE_UNREADABLE, path=str(path), message=str(error)) from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise StorageError(Code.FILE_UNREADABLE, path=str(path), message="")
        return content

    def path(self, digest: str) -> Path:
        """Return the path of a blob, whether or not it exists. Raises ValueError if `digest` is malformed."""
        if not _DIGEST.fullmatch(digest):
            raise ValueError(f"not a digest: {digest[:80]!r}")
        return self.folder / digest[:2] / digest

    def sound(self, digest: str) -> bool:
        """Whether the blob exists and its content matches its name; reads the whole file."""
        try:
            with self.path(digest).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == digest
        except OSError:
            return False

    def __contains__(self, digest: str) -> bool:
        return self.path(digest).exists()

    def __iter__(self) -> Iterator[str]:
        for path in self.folder.glob("??/*"):
            if _DIGEST.fullmatch(path.name):
                yield path.name

    def writer(self, name: str = "") -> BlobWriter:
        """Return a writer for streamed content. Under `name` the content survives a kill until `forget`."""
        make_folder(self._partial)
        return BlobWriter(self, self._partial / (name or new_id()), named=bool(name))

    def forget(self, name: str) -> None:
        """Remove the content written under `name`, which is referenced by now. Failures are left to a later sweep."""
        with suppress(OSError):
            (self._partial / name).unlink()

    def partial(self, name: str) -> Path | None:
        """Return the path of content written under `name` before a kill, or None."""
        path = self._partial / name
        return path if path.is_file() and path.stat().st_size else None

    def size(self) -> int:
        """Return the total size of all blobs in bytes."""
        return sum(path.stat().st_size for path in self.folder.glob("??/*"))

    def touch(self, digest: str) -> None:
        """Mark a blob as about to be referenced, so that no purge or sweep removes it. Raises StorageError."""
        path = self.path(digest)
        with writing(path):
            os.utime(path)

    def remove(self, digests: set[str], older_than: float = 0.0) -> int:
        """Remove blobs that were not touched for `older_than` seconds; return the bytes freed.

        Files that can't be removed are left to a later sweep.
        """
        freed, latest = 0, time.time() - older_than
        for digest in digests:
            path = self.path(digest)
            try:
                size = path.stat().st_size
                if older_than and path.stat().st_mtime > latest:
                    continue
                path.unlink()
            except OSError:
                continue
            freed += size
        return freed

    def sweep(self, used: set[str], grace: float = GRACE_SECONDS) -> int:
        """Remove unused blobs older than `grace` seconds; return the bytes freed. Raises StorageError."""
        now = time.time()
        with writing(self.folder):
            old = {digest for digest in self if digest not in used and now - self.path(digest).stat().st_mtime > grace}
            if self._partial.is_dir():
                for path in self._partial.iterdir():
                    if now - path.stat().st_mtime > grace:
                        path.unlink(missing_ok=True)
        return self.remove(old)

    def copy_in(self, digest: str, pieces: Iterable[bytes]) -> None:
        """Store content if it matches `digest`. Raises StorageError BACKUP_UNREADABLE otherwise."""
        with self.writer() as writer:
            for piece in pieces:
                writer.write(piece)
            if writer.digest() != digest:
                raise StorageError(Code.BACKUP_UNREADABLE, message=digest)
            writer.finish()

    def _adopt(self, path: Path, digest: str, *, named: bool) -> None:
        final = self.path(digest)
        make_folder(final.parent)
        with writing(final):
            if not named:
                path.replace(final)
            elif not self.sound(digest):
                _link_as(path, final, self._partial / new_id())
            sync_folder(final.parent)


class BlobWriter:
    """Writes one blob. A context manager that discards the content unless `finish` was called."""

    def __init__(self, blobs: Blobs, path: Path, *, named: bool) -> None:
        self._blobs = blobs
        self._path = path
        self._named = named
        self._hash = hashlib.sha256()
        self._finished = False
        with writing(path):
            self._file = open_private(path, buffering=0)

    def __enter__(self) -> BlobWriter:
        return self

    def __exit__(self, *error: object) -> None:
        if not self._finished:
            self.abandon()

    def write(self, piece: bytes) -> None:
        """Append bytes, which then survive a kill. After a StorageError, earlier content is still there."""
        rest = memoryview(piece)
        with writing(self._path):
            while rest:
                count = self._file.write(rest)
                self._hash.update(rest[:count])
                rest = rest[count:]

    def digest(self) -> str:
        return self._hash.hexdigest()

    def finish(self, header: bytes = b"") -> str:
        """Sync the file, move it to its digest and return the digest.

        `header` replaces as many bytes at the beginning, which could not be known before the end. Blocks; may raise
        StorageError, after which it can be tried again.
        """
        if not self._file.closed:
            with writing(self._path):
                if header:
                    self._file.seek(0)
                    self._file.write(header)
                    self._file.seek(0, os.SEEK_END)
                    self._hash = _hash_of(self._path)
                os.fsync(self._file.fileno())
        digest = self.digest()
        self._file.close()
        self._blobs._adopt(self._path, digest, named=self._named)
        self._finished = True
        return digest

    def abandon(self) -> None:
        self._finished = True
        # Failures are left to a later sweep: the original error is the one to report.
        with suppress(OSError):
            self._file.close()
            self._path.unlink(missing_ok=True)


def _hash_of(path: Path) -> hashlib._Hash:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256")


def _link_as(path: Path, final: Path, temporary: Path) -> None:
    """Hard-link `path` as `final`, replacing a damaged file; rename it if the file system has no hard links."""
    try:
        os.link(path, temporary)
    except OSError:
        path.replace(final)
    else:
        temporary.replace(final)
