"""Protocols for what attachments need from audio, storage and the client."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import NamedTuple, Protocol


class BlobWriter(Protocol):
    """Writes one file of the home; leaving it without `finish` discards what was written."""

    def __enter__(self) -> BlobWriter: ...
    def __exit__(self, *error: object) -> None: ...
    def write(self, piece: bytes) -> None: ...
    def finish(self, header: bytes = b"") -> str: ...


class AttachmentFiles(Protocol):
    """The files of the home, by digest. Every call blocks and may raise StorageError."""

    def put(self, content: bytes) -> str: ...
    def writer(self, name: str = "") -> BlobWriter: ...
    def path(self, digest: str) -> Path: ...
    def sound(self, digest: str) -> bool: ...


class ContainerFacts(Protocol):
    """What the container of a sound or video says."""

    @property
    def seconds(self) -> float | None: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def codec(self) -> str: ...
    @property
    def has_video(self) -> bool: ...
    @property
    def has_sound(self) -> bool: ...


class SoundFacts(Protocol):
    """Length in seconds and waveform of a sound."""

    @property
    def seconds(self) -> float: ...
    @property
    def peaks(self) -> bytes: ...


class AddressAnswer(Protocol):
    """How a web address answered; see `app.mimo.address_check`."""

    @property
    def status(self) -> int: ...
    @property
    def mime(self) -> str: ...
    @property
    def size(self) -> int | None: ...
    @property
    def head(self) -> bytes: ...
    @property
    def target(self) -> str: ...


class MediaProbes(NamedTuple):
    """Functions that look into files and addresses.

    Attributes:
        container: blocks; None if it can't be read.
        sound: blocks; raises AudioError for what can't be decoded.
        first_frame: of a video, as PNG; None if it can't be decoded here.
        address: raises TransportError.
    """

    container: Callable[[Path], ContainerFacts | None]
    sound: Callable[[Path], SoundFacts]
    first_frame: Callable[[Path], Awaitable[bytes | None]]
    address: Callable[[str], Awaitable[AddressAnswer]]
