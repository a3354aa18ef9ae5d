"""Makes attachments from files, pasted images and addresses.

A file is copied into the home when it is attached: what is shown is what is sent, whatever happens to the file
afterwards. An address is only remembered; the service fetches it. Nothing here looks at it unless `check_address` is
called.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from app.core.attachments import (
    MAX_ATTACHMENTS,
    SNIFFED_BYTES,
    Format,
    Kind,
    check_size,
    format_named,
    format_of_mime,
    format_of_name,
    kind_of,
    sniffed,
)
from app.core.errors import AudioError, Code, InputError
from app.core.given_files import problem_of
from app.core.hosts import host_of, is_web_address, reaches_private_host
from app.core.image_headers import image_pixels
from app.core.messages import BLOB, Media
from app.services.chat.attachment_ports import AttachmentFiles, MediaProbes

_COPY_BYTES = 1 << 20
MAX_NAME_LENGTH = 255
"""Characters kept of a name."""


class CheckedAddress(NamedTuple):
    """What an address answered with: a format of the service, and the size in bytes if it said so."""

    format: Format
    size: int | None


class Attachments:
    """Creates attachments. Everything slow happens in threads."""

    def __init__(
        self, files: AttachmentFiles, probes: MediaProbes, reaches_private_hosts: Callable[[], bool] = lambda: False
    ) -> None:
        """`reaches_private_hosts` tells whether the service in use is in the same network as this computer."""
        self._files = files
        self._probes = probes
        self._reaches_private_hosts = reaches_private_hosts

    async def from_file(self, path: Path) -> Media:
        """Copy a file into the home and describe it.

        Raises InputError FILE_MISSING, FILE_IS_FOLDER, FILE_IS_SPECIAL, FILE_UNREADABLE, ATTACHMENT_EMPTY,
        ATTACHMENT_FORMAT and ATTACHMENT_TOO_LARGE, and StorageError.
        """
        media = await asyncio.to_thread(self._copied, path)
        return await self._described(media)

    async def from_bytes(self, content: bytes, name: str) -> Media:
        """Store pasted content and describe it. Raises as `from_file`."""
        media = await asyncio.to_thread(self._stored, content, name)
        return await self._described(media)

    def from_address(self, url: str, kind: Kind | None = None, checked: CheckedAddress | None = None) -> Media:
        """An attachment that the service fetches. Its format is that of the check, else that of its extension.

        Raises InputError ADDRESS_INVALID, ADDRESS_NOT_HTTPS, ADDRESS_PRIVATE, ATTACHMENT_TOO_LARGE, and
        ATTACHMENT_FORMAT if neither the address nor `kind` tells what it is.
        """
        url = self._permitted(url)
        path = unquote(urlsplit(url).path)
        name = (path.rstrip("/").rpartition("/")[2] or host_of(url))[:MAX_NAME_LENGTH]
        found = checked.format if checked is not None else format_of_name(path)
        if found is None or (kind is not None and found.kind != kind):
            if kind is None:
                raise InputError(Code.ATTACHMENT_FORMAT, name=name, field="kind")
            return Media(f"{kind}/{_USUAL[kind]}", url, name)
        size = checked.size if checked is not None else None
        if size is not None and found.kind is not None:
            check_size(name, found.kind, size, by_address=True)
        return Media(found.mime, url, name, size or 0, format=found.name)

    async def check_address(self, url: str) -> CheckedAddress:
        """Ask an address once what it is. Raises as `from_address`, ADDRESS_STATUS, ADDRESS_REDIRECTS,
        ADDRESS_IS_PAGE, ADDRESS_FORMAT and TransportError.
        """
        url = self._permitted(url)
        answer = await self._probes.address(url)
        if answer.target:
            raise InputError(Code.ADDRESS_REDIRECTS, target=answer.target, host=host_of(url))
        if answer.status // 100 != 2:
            raise InputError(Code.ADDRESS_STATUS, host=host_of(url), status=answer.status)
        found = sniffed(answer.head) or format_of_mime(answer.mime)
        if (found is not None and found.name == "HTML") or (found is None and "html" in answer.mime):
            raise InputError(Code.ADDRESS_IS_PAGE, host=host_of(url))
        if found is None or found.kind is None:
            shown = found.name if found is not None else answer.mime
            raise InputError(Code.ADDRESS_FORMAT, type=shown or "?", host=host_of(url))
        return CheckedAddress(found, answer.size)

    def path(self, media: Media) -> Path | None:
        """The file of an attachment; None for an address. It may be missing."""
        return self._path_of(media.url)

    def preview_path(self, media: Media) -> Path | None:
        """The image that shows an attachment: its own file, or the first frame of a video; None without one."""
        return self.path(media) if kind_of(media) == "image" else self._path_of(media.preview)

    async def is_intact(self, media: Media) -> bool:
        """Whether the file of an attachment is there and unchanged; reads all of it."""
        path = self.path(media)
        return path is not None and await asyncio.to_thread(self._files.sound, media.digest)

    def _path_of(self, url: str) -> Path | None:
        try:
            return self._files.path(url.removeprefix(BLOB)) if url.startswith(BLOB) else None
        except ValueError:
            return None

    def _permitted(self, url: str) -> str:
        url = url.strip()
        if url[:7].lower() == "http://":
            raise InputError(Code.ADDRESS_NOT_HTTPS, url=url[:80])
        if not is_web_address(url):
            raise InputError(Code.ADDRESS_INVALID, url=url[:80])
        if reaches_private_host(host_of(url)) and not self._reaches_private_hosts():
            raise InputError(Code.ADDRESS_PRIVATE, host=host_of(url))
        return url

    def _copied(self, path: Path) -> Media:
        """Copy a file piece by piece; it is never in memory as a whole."""
        name = path.name[:MAX_NAME_LENGTH]
        try:
            problem = problem_of(path)
            if problem is not None:
                raise InputError(problem, path=str(path), name=name)
            with path.open("rb") as file:
                found, kind = _format_of(file.read(SNIFFED_BYTES), name)
                check_size(name, kind, path.stat().st_size)
                file.seek(0)
                with self._files.writer() as writer:
                    size = 0
                    while piece := file.read(_COPY_BYTES):
                        size += len(piece)
                        check_size(name, kind, size)  # It may grow meanwhile.
                        writer.write(piece)
                    check_size(name, kind, size)
                    digest = writer.finish()
        except OSError as cause:
            raise InputError(
                Code.FILE_UNREADABLE, path=str(path), name=name, message=cause.strerror or str(cause)
            ) from cause
        return self._measured(Media(found.mime, BLOB + digest, name, size, format=found.name))

    def _stored(self, content: bytes, name: str) -> Media:
        found, kind = _format_of(content[:SNIFFED_BYTES], name)
        check_size(name, kind, len(content))
        return self._measured(Media(found.mime, BLOB + self._files.put(content), name, len(content), format=found.name))

    def _measured(self, media: Media) -> Media:
        """Add what the file itself says. What can't be read stays unknown; the file is sent as it is."""
        path = self._files.path(media.digest)
        kind = kind_of(media)
        if kind == "image":
            with path.open("rb") as file:
                size = image_pixels(file, media.format)
            return media if size is None else msgspec.structs.replace(media, width=size.width, height=size.height)
        facts = self._probes.container(path)
        is_sound = facts is not None and facts.has_sound and not facts.has_video
        if kind == "video" and is_sound and media.format == "MP4":
            # A recording without the brand of sound, as some phones write it.
            media = msgspec.structs.replace(media, mime=format_named("M4A").mime, format="M4A")
            kind = "audio"
        if kind == "audio":
            return self._heard(media, path, facts.seconds if facts is not None else None)
        if facts is None:
            return media
        named = f"{media.format}, {facts.codec}" if facts.codec else media.format
        return msgspec.structs.replace(
            media, width=facts.width, height=facts.height, seconds=facts.seconds, format=named
        )

    def _heard(self, media: Media, path: Path, seconds: float | None) -> Media:
        try:
            heard = self._probes.sound(path)
        except AudioError:
            return msgspec.structs.replace(media, seconds=seconds)
        return msgspec.structs.replace(media, seconds=heard.seconds, peaks=heard.peaks)

    async def _described(self, media: Media) -> Media:
        """Add the first frame of a video."""
        if kind_of(media) != "video":
            return media
        frame = await self._probes.first_frame(self._files.path(media.digest))
        if frame is None:
            return media
        return msgspec.structs.replace(media, preview=BLOB + await asyncio.to_thread(self._files.put, frame))


def check_count(present: int, added: int = 1) -> None:
    """Raises InputError TOO_MANY_ATTACHMENTS if a message would have more than it can."""
    if present + added > MAX_ATTACHMENTS:
        raise InputError(Code.TOO_MANY_ATTACHMENTS, count=MAX_ATTACHMENTS)


_USUAL: dict[Kind, str] = {"image": "jpeg", "audio": "mpeg", "video": "mp4"}
"""The media type of an address whose format nobody knows; only its kind is sent."""


def _format_of(head: bytes, name: str) -> tuple[Format, Kind]:
    found = sniffed(head)
    if not head:
        raise InputError(Code.ATTACHMENT_EMPTY, name=name)
    if found is None or found.kind is None:
        raise InputError(Code.ATTACHMENT_FORMAT, name=name, format=found.name if found is not None else "")
    return found, found.kind
