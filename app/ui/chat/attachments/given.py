"""What a paste or a drop has to attach: files, an image, or an address."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from app.core.attachments import format_of_name
from app.core.pasted_paths import pasted_path

MAX_PATH_LENGTH = 4096
_PATH_START = re.compile(r"""["'“‘]?(?:/|~[/\\]|file:|[A-Za-z]:[\\/]|\\\\)""")
_PICTURE = re.compile(r"<img[\s/>]", re.IGNORECASE)
MAX_LOOKED_AT = 20_000
"""Characters of dropped HTML in which a picture is looked for."""
_RAW_IMAGES = (("image/png", "png"), ("image/jpeg", "jpg"), ("image/gif", "gif"), ("image/webp", "webp"))


class Given(NamedTuple):
    """What was pasted or dropped.

    Attributes:
        files: of this computer.
        image, raw, suffix: an image, either decoded or as the bytes of a file with its suffix.
        address: an https address.
        text: a typed path as it was pasted, for undoing.
    """

    files: tuple[Path, ...] = ()
    image: QImage | None = None
    raw: bytes = b""
    suffix: str = ""
    address: str = ""
    text: str = ""

    @property
    def is_nothing(self) -> bool:
        return not (self.files or self.image or self.raw or self.address)


def pasted(data: QMimeData) -> Given:
    """What a paste attaches: copied files, an image that comes without words, or the path of a media file.

    Other text stays text, also an address: people paste addresses to write about them.
    """
    if files := _local_files(data):
        return Given(files)
    if not data.hasText() or not data.text().strip():
        return _image(data)
    text = data.text()
    if len(text) <= MAX_PATH_LENGTH and "\n" not in text.strip() and _PATH_START.match(text.strip()):
        path = pasted_path(text)
        if path is not None and format_of_name(path.name) is not None and path.is_file():
            return Given((path,), text=text)
    return Given()


def dropped(data: QMimeData) -> Given:
    """What a drop attaches: files, else an image, else the first https address."""
    if files := _local_files(data):
        return Given(files)
    found = _image(data)
    if not found.is_nothing:
        return found
    addresses = [url.toString() for url in data.urls() if url.scheme() == "https"]
    return Given(address=addresses[0]) if addresses else Given()


def dropped_on_text(data: QMimeData) -> Given:
    """What a drop on the message field attaches: a link stays text there; a picture dragged from a browser does not."""
    if not data.hasUrls() or _local_files(data):
        return pasted(data)
    is_picture = data.hasHtml() and _PICTURE.search(data.html()[:MAX_LOOKED_AT]) is not None
    return dropped(data) if is_picture else _image(data)


def may_drop(data: QMimeData) -> bool:
    """Whether a drop of this would attach anything; nothing is read for it."""
    return data.hasUrls() or data.hasImage() or any(data.hasFormat(mime) for mime, _ in _RAW_IMAGES)


def encoded_png(image: QImage) -> bytes:
    """An image as PNG. Blocks: call it in a thread."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(content.data())


def _local_files(data: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()) if data.hasUrls() else ()


def _image(data: QMimeData) -> Given:
    for mime, suffix in _RAW_IMAGES:
        if data.hasFormat(mime) and (raw := bytes(data.data(mime).data())):
            return Given(raw=raw, suffix=suffix)
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Given(image=image)
    return Given()
