"""Request bodies with files: read and encoded piece by piece while they are sent, never held in memory as a whole.

In the JSON of a request an `EmbeddedFile` stands where the base64 text of a stored file goes. `RequestContent` writes
the JSON around it, and streams the text. A file of 35 MB so costs 256 KB of memory at a time, and no step of the work
blocks the loop or the interpreter for longer than a millisecond.
"""

from __future__ import annotations

import asyncio
import binascii
import hashlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import msgspec

from app.core.attachments import base64_length
from app.core.elided_files import ELIDED, elided_mark
from app.core.errors import Code, InputError

BlobPath = Callable[[str], Path]
"""Returns where the file with a digest is, whether or not it exists."""

_PIECE_BYTES = 3 << 16
"""Bytes of a file encoded at a time; a multiple of 3, so that the pieces of text join without padding."""


class EmbeddedFile:
    """Stands in a request for `prefix` and the base64 text of the stored file with a digest."""

    __slots__ = ("digest", "name", "prefix", "size")

    def __init__(self, digest: str, size: int, prefix: str = "", name: str = "") -> None:
        self.digest, self.size, self.prefix, self.name = digest, size, prefix, name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, EmbeddedFile) and (self.digest, self.prefix) == (other.digest, other.prefix)

    def __hash__(self) -> int:
        return hash((self.digest, self.prefix))

    @property
    def length(self) -> int:
        """Characters of the text."""
        return len(self.prefix) + base64_length(self.size)

    @property
    def mark(self) -> str:
        """What stands in its place where a request is recorded."""
        return elided_mark(self.prefix, self.length, self.digest)


def with_files(value: Any) -> Any:
    """A recorded body with the files of the home in place of their marks; sending it fails for a file that is gone."""
    if isinstance(value, dict):
        return {name: with_files(item) for name, item in value.items()}
    if isinstance(value, list):
        return [with_files(item) for item in value]
    if isinstance(value, str) and (found := ELIDED.fullmatch(value)) is not None:
        prefix = found[1] or ""
        return EmbeddedFile(found[3], (int(found[2]) - len(prefix)) // 4 * 3, prefix)
    return value


class _Piece:
    """Text of a request, or a file in it whose size was measured."""

    def __init__(self, text: bytes, path: Path | None = None, size: int = 0, name: str = "") -> None:
        self.text, self.path, self.size, self.name = text, path, size, name


class RequestContent:
    """The bytes of a request with files. It can be sent repeatedly; each iteration reads the files again.

    Attributes:
        body: the JSON that it is made from; lone surrogates, which JSON can't encode, are question marks.
    """

    def __init__(self, body: Any, pieces: list[_Piece]) -> None:
        self.body = body
        self._pieces = pieces

    def __len__(self) -> int:
        return sum(len(piece.text) + base64_length(piece.size) for piece in self._pieces)

    def __aiter__(self) -> AsyncIterator[bytes]:
        return _Stream(self._pieces)

    @classmethod
    def of(cls, body: Any, blob_path: BlobPath | None) -> RequestContent:
        """Encode a body and check its files. Blocks: call it in a thread.

        Raises InputError ATTACHMENT_MISSING, with the `name`, for a file that does not exist or was changed.
        """
        nonce = uuid4().hex
        files: list[EmbeddedFile] = []

        def stand_in(value: object) -> str:
            if not isinstance(value, EmbeddedFile):
                raise NotImplementedError(f"{type(value).__name__} is no JSON")
            files.append(value)
            return f"{value.prefix}{nonce}"

        encoder = msgspec.json.Encoder(enc_hook=stand_in)
        try:
            encoded = encoder.encode(body)
        except UnicodeEncodeError:
            files.clear()
            body = _without_surrogates(body)
            encoded = encoder.encode(body)
        pieces: list[_Piece] = []
        for text, file in zip(encoded.split(nonce.encode()), [*files, None], strict=True):
            if file is None:
                pieces.append(_Piece(text))
            else:
                path = _checked(file, blob_path)
                pieces.append(_Piece(text, path, path.stat().st_size, file.name))
        return cls(body, pieces)


def has_files(body: Any) -> bool:
    """Whether an `EmbeddedFile` is anywhere in a body."""
    if isinstance(body, EmbeddedFile):
        return True
    if isinstance(body, dict):
        return any(has_files(value) for value in body.values())
    return isinstance(body, list) and any(has_files(item) for item in body)


def _without_surrogates(value: Any) -> Any:
    """The same body with question marks for lone surrogates, which JSON can't encode."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_without_surrogates(name): _without_surrogates(item) for name, item in value.items()}
    return [_without_surrogates(item) for item in value] if isinstance(value, list) else value


def _checked(file: EmbeddedFile, blob_path: BlobPath | None) -> Path:
    try:
        if blob_path is None:
            raise ValueError("no files here")
        path = blob_path(file.digest)
        with path.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() == file.digest:
                return path
    except (OSError, ValueError) as cause:
        raise InputError(Code.ATTACHMENT_MISSING, name=file.name) from cause
    raise InputError(Code.ATTACHMENT_MISSING, name=file.name)


class _Stream:
    """Iterates over the bytes of a request. It keeps no file open, so that nothing is left where sending is cut."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = iter(pieces)
        self._file: _Piece | None = None
        self._offset = 0

    def __aiter__(self) -> _Stream:
        return self

    async def __anext__(self) -> bytes:
        file = self._file
        if file is None or file.path is None or self._offset >= file.size:
            piece = next(self._pieces, None)
            if piece is None:
                raise StopAsyncIteration
            self._file, self._offset = piece, 0
            return piece.text
        offset, self._offset = self._offset, self._offset + _PIECE_BYTES
        return await asyncio.to_thread(_read, file, offset)


def _read(file: _Piece, offset: int) -> bytes:
    assert file.path is not None
    try:
        with file.path.open("rb") as opened:
            opened.seek(offset)
            data = opened.read(_PIECE_BYTES)
    except OSError as cause:
        raise InputError(Code.ATTACHMENT_MISSING, name=file.name) from cause
    if len(data) != min(_PIECE_BYTES, file.size - offset):
        raise InputError(Code.ATTACHMENT_MISSING, name=file.name)  # The announced length can't be kept.
    return binascii.b2a_base64(data, newline=False)


def embedded(media_url: str, mime: str, name: str, size: int) -> str | EmbeddedFile:
    """What stands in a request for the URL of an attachment: a file as `data:` URL, anything else as it is."""
    digest = media_url.removeprefix("blob:")
    return EmbeddedFile(digest, size, f"data:{mime};base64,", name) if digest != media_url else media_url


def base64_of(media_url: str, name: str, size: int) -> str | EmbeddedFile:
    """What stands in a request for the base64 text alone of an attachment that is a file or a `data:` URL."""
    digest = media_url.removeprefix("blob:")
    return EmbeddedFile(digest, size, "", name) if digest != media_url else media_url.partition(",")[2]
