"""Writes formatted text and formula images into a text document."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QTextCharFormat, QTextCursor, QTextDocument, QTextImageFormat

from app.core.markdown.blocks import InlineStyle, Span, Spans
from app.ui.chat.markdown.formulas import Key, formulas
from app.ui.chat.markdown.text_formats import FORMULA, TextFormats, image_caption


class SpanWriter:
    """Writes spans, and remembers which units wait for formula images."""

    def __init__(self, document: QTextDocument, formats: TextFormats, ratio: float) -> None:
        """`ratio` is the number of device pixels per logical pixel."""
        self._document = document
        self._formats = formats
        self._ratio = ratio
        self._missing: dict[int, list[Key]] = {}  # formulas without an image yet, by unit

    def write(self, cursor: QTextCursor, spans: Spans, level: int, unit: int, head: bool = False) -> None:
        """Insert spans at the cursor, in a heading of this level (0: none) or in a table head."""
        for span in spans:
            format = self._formats.table_head(span) if head else self._formats.span(span, level)
            if span.style & InlineStyle.MATH:
                self._write_formula(cursor, span, format, unit)
            else:
                cursor.insertText(drawn_text(span), format)

    def is_waiting(self, unit: int) -> bool:
        """Whether a unit shows the source of a formula until its image is available."""
        return unit in self._missing

    def take_ready_units(self) -> list[int]:
        """The waiting units whose images are all available now; they no longer count as waiting."""
        store = formulas()
        ready = [unit for unit, keys in self._missing.items() if not any(map(store.is_pending, keys))]
        for unit in ready:
            del self._missing[unit]
        return ready

    def truncate(self, unit: int) -> None:
        """Forget this unit and those after it."""
        self._missing = {number: keys for number, keys in self._missing.items() if number < unit}

    def _write_formula(self, cursor: QTextCursor, span: Span, format: QTextCharFormat, unit: int) -> None:
        tex = span.text.replace("\u2028", "\n")
        colour = format.foreground().color().name()
        key = Key(tex, bool(span.style & InlineStyle.DISPLAY), self._formats.pixels, colour, self._ratio)
        store = formulas()
        picture = store.picture(key)
        if picture is None:
            if store.is_pending(key):
                self._missing.setdefault(unit, []).append(key)
            cursor.insertText(span.text, format)
            return
        font = self._formats.base().font()
        descent = QFontMetricsF(font).descent()
        # Qt places images below the baseline by the font's descent or by half their height: pad to match one of them.
        if picture.depth <= descent:
            below, above = descent - picture.depth, 0.0
            alignment = QTextCharFormat.VerticalAlignment.AlignBaseline
        else:
            rise = picture.height - picture.depth
            below, above = max(0.0, rise - picture.depth), max(0.0, picture.depth - rise)
            alignment = QTextCharFormat.VerticalAlignment.AlignMiddle
        height = picture.height + above + below
        name = f"formula:{hash(key)}:{above:.1f}"
        image = _padded(picture.image, above, height, self._ratio)
        self._document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
        image_format = QTextImageFormat()
        image_format.setName(name)
        image_format.setWidth(picture.width)
        image_format.setHeight(height)
        image_format.setVerticalAlignment(alignment)
        image_format.setFont(font)
        image_format.setProperty(FORMULA, tex)
        image_format.setToolTip(tex)
        cursor.insertImage(image_format)


def drawn_text(span: Span) -> str:
    """The characters drawn for a span."""
    return image_caption(span.text) if span.style & InlineStyle.IMAGE else span.text


def extends(old: Span, new: Span) -> bool:
    """Whether a span is another one with more text at its end."""
    return (
        (old.style, old.href) == (new.style, new.href)
        and new.text.startswith(old.text)
        and not old.style & (InlineStyle.IMAGE | InlineStyle.MATH)
    )


def _padded(image: QImage, above: float, height: float, ratio: float) -> QImage:
    """The image with transparent space above and below; lengths in logical pixels."""
    size = (image.width(), max(image.height(), round(height * ratio)))
    padded = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    padded.fill(0)
    source = QImage(image)
    source.setDevicePixelRatio(1)
    painter = QPainter(padded)
    painter.drawImage(0, round(above * ratio), source)
    painter.end()
    padded.setDevicePixelRatio(ratio)
    return padded
