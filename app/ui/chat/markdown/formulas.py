"""Mathematics as pictures, outlined off the loop and kept.

TeX becomes SVG (ziamath), that an image. What can't be read stays None, and its source is shown instead.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRectF, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

log = logging.getLogger(__name__)

MAX_SOURCE = 4_000
"""Characters of TeX that are tried; the rest shows its source."""
MAX_SIDE = 4_000
"""Device pixels of a picture's longer side."""
KEPT = 600


class Key(NamedTuple):
    """What a picture depends on. `size` is the pixel size of the words around, `colour` is `#RRGGBB`."""

    tex: str
    display: bool
    size: int
    colour: str
    ratio: float


class Picture(NamedTuple):
    """A drawn formula; lengths in logical pixels, `depth` is what lies below the line of the words."""

    image: QImage
    width: float
    height: float
    depth: float


class Formulas(QObject):
    """The pictures there are; asks for those that are missing.

    Signals:
        drawn: some that were asked for are there now, or are known to be malformed.
    """

    drawn = Signal()
    _outlined = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: OrderedDict[Key, Picture | None] = OrderedDict()
        self._asked: set[Key] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._outlined.connect(self._draw, Qt.ConnectionType.QueuedConnection)

    def picture(self, key: Key) -> Picture | None:
        """The picture, or None when it is being drawn or can't be."""
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        if key not in self._asked and len(key.tex) <= MAX_SOURCE:
            self._asked.add(key)
            self._pool.start(_Outlining(self, key))
        return None

    def is_open(self, key: Key) -> bool:
        """Whether its picture is still awaited."""
        return key in self._asked

    def wait(self) -> None:
        """Block until everything asked for is outlined (it is drawn when the loop runs)."""
        self._pool.waitForDone()

    def _draw(self, key: Key, svg: bytes | None) -> None:
        self._pictures[key] = _painted(svg, key.ratio) if svg else None
        self._asked.discard(key)
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        self.drawn.emit()


class _Outlining(QRunnable):
    def __init__(self, formulas: Formulas, key: Key) -> None:
        super().__init__()
        self._formulas = formulas
        self._key = key

    def run(self) -> None:
        self._formulas._outlined.emit(self._key, outline(self._key))


def outline(key: Key) -> bytes | None:
    """A formula's SVG, the line of the words at height 0; None where the source is malformed. 5 to 40 ms."""
    # Takes 100 ms, and only conversations with formulas need it.
    from ziamath.config import config
    from ziamath.zmath import Latex

    config.svg2 = False  # Qt draws no <symbol>
    try:
        drawn = Latex(key.tex, size=key.size * 1.15, color=key.colour, inline=not key.display)
        return str(drawn.svg()).encode()
    except Exception as error:  # it raises whatever its parser stumbles over
        log.debug("formula not drawn: %s: %s", type(error).__name__, error)
        return None


def _painted(svg: bytes, ratio: float) -> Picture | None:
    renderer = QSvgRenderer(QByteArray(svg))
    if not renderer.isValid():
        return None
    box = renderer.viewBoxF()
    wide, tall = round(box.width() * ratio), round(box.height() * ratio)
    if not (0 < wide <= MAX_SIDE and 0 < tall <= MAX_SIDE):
        return None
    image = QImage(wide, tall, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, wide, tall))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return Picture(image, box.width(), box.height(), max(0.0, box.bottom()))


_shared: Formulas | None = None


def formulas() -> Formulas:
    """The one store of pictures; it ends with the application."""
    global _shared
    if _shared is None or not isValid(_shared):
        _shared = Formulas(QGuiApplication.instance())
    return _shared
