"""Renders formulas to images in a background thread and caches them.

ziamath converts TeX to SVG, which is then rendered to an image. Malformed TeX has no image, so its source is shown.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRectF, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from app.ui.chat.markdown.foreign_characters import with_foreign, without_foreign

log = logging.getLogger(__name__)

MAX_SOURCE = 4_000
"""Characters of TeX; longer formulas are not rendered."""
MAX_SIDE = 4_000
"""Device pixels; formulas with a longer side are not rendered."""
MAX_CACHED_PICTURES = 600


class Key(NamedTuple):
    """What a picture depends on: `size` is the pixel size of the surrounding text, `colour` is `#RRGGBB`."""

    tex: str
    display: bool
    size: int
    colour: str
    ratio: float


class Picture(NamedTuple):
    """A rendered formula; lengths in logical pixels, `depth` is the height below the baseline."""

    image: QImage
    width: float
    height: float
    depth: float


class Formulas(QObject):
    """A cache of formula pictures that renders missing ones in a thread.

    Signals:
        drawn: a requested picture is available, or its source turned out to be malformed.
    """

    drawn = Signal()
    _converted = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: OrderedDict[Key, Picture | None] = OrderedDict()
        self._pending: set[Key] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._converted.connect(self._draw, Qt.ConnectionType.QueuedConnection)

    def picture(self, key: Key) -> Picture | None:
        """The picture, or None while it is being rendered or if it can't be."""
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        if key not in self._pending and len(key.tex) <= MAX_SOURCE:
            self._pending.add(key)
            self._pool.start(_Conversion(self, key))
        return None

    def is_pending(self, key: Key) -> bool:
        """Whether a picture is still being rendered."""
        return key in self._pending

    def wait(self) -> None:
        """Block until all requested formulas are converted; their images are rendered once the event loop runs."""
        self._pool.waitForDone()

    def _draw(self, key: Key, svg: bytes | None) -> None:
        self._pictures[key] = _render(svg, key.ratio) if svg else None
        self._pending.discard(key)
        while len(self._pictures) > MAX_CACHED_PICTURES:
            self._pictures.popitem(last=False)
        self.drawn.emit()


class _Conversion(QRunnable):
    def __init__(self, formulas: Formulas, key: Key) -> None:
        super().__init__()
        self._formulas = formulas
        self._key = key

    def run(self) -> None:
        self._formulas._converted.emit(self._key, convert_to_svg(self._key))


def convert_to_svg(key: Key) -> bytes | None:
    """The SVG of a formula, with its baseline at height 0; None if the source is malformed. Takes 5 to 40 ms."""
    # Imported here because it takes 100 ms and only conversations with formulas need it.
    from ziamath.config import config
    from ziamath.zmath import Latex

    config.svg2 = False  # Qt does not render <symbol>
    try:
        tex, foreign = without_foreign(key.tex)
        formula = Latex(tex, size=key.size * 1.15, color=key.colour, inline=not key.display)
        svg = str(formula.svg())
        return (with_foreign(svg, foreign, key.colour, QGuiApplication.font().family()) if foreign else svg).encode()
    except Exception as error:  # ziamath raises many kinds of exceptions for malformed input
        log.debug("formula not drawn: %s: %s", type(error).__name__, error)
        return None


def _render(svg: bytes, ratio: float) -> Picture | None:
    renderer = QSvgRenderer(QByteArray(svg))
    if not renderer.isValid():
        return None
    box = renderer.viewBoxF()
    width, height = round(box.width() * ratio), round(box.height() * ratio)
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        return None
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, width, height))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return Picture(image, box.width(), box.height(), max(0.0, box.bottom()))


_shared: Formulas | None = None


def formulas() -> Formulas:
    """The shared cache, which lives as long as the application."""
    global _shared
    if _shared is None or not isValid(_shared):
        _shared = Formulas(QGuiApplication.instance())
    return _shared
