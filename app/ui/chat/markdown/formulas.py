"""Renders formulas to images in a background thread and caches them.

ziamath converts TeX to SVG, which is then rendered to an image. Malformed TeX has no image, so its source is shown.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRectF, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

from app.ui.chat.markdown.foreign_characters import with_foreign, without_foreign

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ziamath.zmath import Math

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
    _rendered = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: OrderedDict[Key, Picture | None] = OrderedDict()
        self._pending: set[Key] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._rendered.connect(self._keep, Qt.ConnectionType.QueuedConnection)

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

    @property
    def is_busy(self) -> bool:
        """Whether any picture is still being rendered."""
        return bool(self._pending)

    def wait(self) -> None:
        """Block until all requested formulas are rendered; they are available once the event loop runs."""
        self._pool.waitForDone()

    def _keep(self, key: Key, picture: Picture | None) -> None:
        self._pictures[key] = picture
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
        svg = convert_to_svg(self._key)
        # Painting on an image is allowed in any thread.
        self._formulas._rendered.emit(self._key, _render(svg, self._key.ratio) if svg else None)


def convert_to_svg(key: Key) -> bytes | None:
    """The SVG of a formula, with its baseline at height 0; None if the source is malformed. Takes 3 to 20 ms."""
    try:
        tex, foreign = without_foreign(key.tex)
        svg = str(_laid_out(tex, key).svg())
        return (with_foreign(svg, foreign, key.colour, QGuiApplication.font().family()) if foreign else svg).encode()
    except Exception as error:  # ziamath raises many kinds of exceptions for malformed input
        log.debug("formula not drawn: %s: %s", type(error).__name__, error)
        return None


def _laid_out(tex: str, key: Key) -> Math:
    """A formula of ziamath."""
    # Imported here because it takes 100 ms and only conversations with formulas need it.
    from xml.etree.ElementTree import fromstring

    from ziamath.config import config
    from ziamath.tex import tex2mml
    from ziamath.zmath import Latex, Math

    config.svg2 = False  # Qt does not render <symbol>
    size, is_inline = key.size * 1.15, not key.display
    if r"\tag" in tex:
        return Latex(tex, size=size, color=key.colour, inline=is_inline)
    mathml = fromstring(tex2mml(tex, inline=is_inline))
    _remove_outer_row(mathml)
    mathml.set("mathcolor", key.colour)
    return Math(mathml, size)


def _remove_outer_row(mathml: Element) -> None:
    """Take the parts of a formula out of the row that all of them are put into, which changes nothing in its look.

    ziamath lays out twice whatever a row contains, and a formula is a row: within another it takes twice as long.
    """
    if len(mathml) == 1 and mathml[0].tag.endswith("mrow") and not mathml[0].attrib:
        row = mathml[0]
        # Lines become rows of their own, which it can't lay out without the row around them.
        if not any(part.get("linebreak") for part in row):
            mathml.remove(row)
            mathml.extend(list(row))


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
