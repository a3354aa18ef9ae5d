"""Small pictures of attachments, decoded in threads and kept within a bound."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from app.core.messages import Media

PREVIEW_SIDE = 160
"""Pixels of the shorter side of a preview: enough for a card at twice the density of an ordinary screen."""
MAX_PREVIEWS = 96


def read_image(path: Path, bounds: QSize, *, fill: bool = False) -> QImage:
    """Decode an image, scaled down while it is read to fit into `bounds` or, with `fill`, to cover them.

    Of an animation the first frame. A null image if it can't be decoded. Blocks: call it in a thread.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding if fill else Qt.AspectRatioMode.KeepAspectRatio
    if size.isValid():
        scaled = size.scaled(bounds, mode)
        if scaled.width() < size.width():
            reader.setScaledSize(scaled.expandedTo(QSize(1, 1)))
    image = reader.read()
    return _middle(image, bounds) if fill else image


def _middle(image: QImage, bounds: QSize) -> QImage:
    """The middle of an image that covers `bounds`: of a strip of a thousand screens only what a card shows."""
    shown = QRect(QPoint(), image.size().boundedTo(bounds * 2))
    if image.isNull() or shown.size() == image.size():
        return image
    shown.moveCenter(image.rect().center())
    return image.copy(shown)


class Previews(QObject):
    """Previews of attachments by their file.

    Signals:
        changed: a preview was loaded.
    """

    changed = Signal()

    def __init__(
        self,
        path_of: Callable[[Media], Path | None],
        run: Callable[[Coroutine[Any, Any, object]], object],
        parent: QObject | None = None,
    ) -> None:
        """`path_of` returns the image that shows an attachment; `run` runs a coroutine and shows its error."""
        super().__init__(parent)
        self._path_of = path_of
        self._run = run
        self._loaded: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._loading: set[str] = set()

    @property
    def is_busy(self) -> bool:
        """Whether any preview is being loaded."""
        return bool(self._loading)

    def of(self, media: Media) -> QPixmap | None:
        """The preview of an attachment; None while it is loaded, and if there is none."""
        key = media.preview or media.url
        if key in self._loaded:
            self._loaded.move_to_end(key)
            return self._loaded[key]
        path = self._path_of(media)
        if path is not None and key not in self._loading:
            self._loading.add(key)
            self._run(self._load(key, path))
        return None

    async def _load(self, key: str, path: Path) -> None:
        try:
            image = await asyncio.to_thread(read_image, path, QSize(PREVIEW_SIDE, PREVIEW_SIDE), fill=True)
        finally:
            self._loading.discard(key)
        self._loaded[key] = None if image.isNull() else QPixmap.fromImage(image)
        while len(self._loaded) > MAX_PREVIEWS:
            self._loaded.popitem(last=False)
        self.changed.emit()
