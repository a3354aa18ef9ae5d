"""Paints the card of an attachment: preview, waveform or icon, then name and facts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPixmap

from app.core.attachments import kind_of
from app.core.messages import Media
from app.ui.texts.attachments import details, shown_name
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, IconSide, Radius, Space, Type
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import paint_box, rounded
from app.ui.widgets.waveform import bar_heights

CARD_HEIGHT = 56
THUMBNAIL = 44
PLAY_SIDE = 32
MIN_CARD_WIDTH, MAX_CARD_WIDTH = 190, 380
"""Logical pixels, before text scaling."""
WAVE_WIDTH = 40
_BAR, _PITCH = 1.6, 2.6
_KIND_ICONS = {"image": Icon.IMAGE, "audio": Icon.SPEAKER, "video": Icon.VIDEO}


def card_title(media: Media) -> str:
    """The name on a card, masked while presenting."""
    return presentation_cover().mask(shown_name(media))


def card_details(media: Media, remark: str = "") -> str:
    """The facts on a card, and a remark such as that it is left out."""
    line = details(media)
    return f"{remark} · {line}" if remark else line


def natural_width(media: Media, details_line: str, reserve: int) -> int:
    """The width in pixels of a card that shows everything, within bounds; `reserve` is kept free at its right."""
    colours = theme()
    title = QFontMetrics(colours.font(Type.CONTROL)).horizontalAdvance(card_title(media))
    below = QFontMetrics(colours.font(Type.SMALL)).horizontalAdvance(details_line)
    if media.peaks:
        below += colours.px(WAVE_WIDTH) + Space.S8
    text = max(title + reserve, below)
    wide = Space.S6 + lead_side() + Space.S12 + text + Space.S12
    return min(max(wide, colours.px(MIN_CARD_WIDTH)), colours.px(MAX_CARD_WIDTH))


def lead_side() -> int:
    """Pixels of the preview, button or icon at the left of a card."""
    return theme().px(THUMBNAIL)


def play_area(card: QRectF) -> QRectF:
    """The place of the round play button on the card of a sound."""
    side, lead = theme().px(PLAY_SIDE), theme().px(THUMBNAIL)
    left = card.left() + Space.S6 + (lead - side) / 2
    return QRectF(left, card.center().y() - side / 2, side, side)


def paint_card_content(
    painter: QPainter,
    card: QRectF,
    media: Media,
    preview: QPixmap | None,
    line: str,
    *,
    reserve: int = 0,
    playing: bool = False,
    faded: bool = False,
) -> None:
    """Paint what is on a card; `reserve` pixels at the right of its name stay free.

    A `faded` one stays readable: only its picture is paler.
    """
    side = lead_side()
    lead = QRectF(card.left() + Space.S6, card.center().y() - side / 2, side, side)
    if kind_of(media) == "audio" and media.digest:
        _paint_play(painter, play_area(card), playing=playing)
    elif preview is not None:
        painter.setOpacity(DISABLED_OPACITY if faded else 1.0)
        _paint_preview(painter, lead, preview)
        painter.setOpacity(1.0)
    else:
        _paint_icon(painter, lead, media)
    _paint_text(painter, card, lead.right() + Space.S12, media, line, reserve, "text2" if faded else "text")


def _paint_text(painter: QPainter, card: QRectF, left: float, media: Media, line: str, reserve: int, ink: str) -> None:
    colours = theme()
    title_font, small_font = colours.font(Type.CONTROL), colours.font(Type.SMALL)
    title_metrics, small_metrics = QFontMetrics(title_font), QFontMetrics(small_font)
    top = card.center().y() - (title_metrics.height() + 2 + small_metrics.height()) / 2
    width = card.right() - Space.S12 - left
    title = title_metrics.elidedText(card_title(media), Qt.TextElideMode.ElideMiddle, max(0, int(width - reserve)))
    painter.setFont(title_font)
    painter.setPen(colours.colour(ink))
    # The letters of another script may be taller than the font says.
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
    painter.drawText(QRectF(left, top, width - reserve, title_metrics.height()), flags, title)
    below = QRectF(left, top + title_metrics.height() + 2, width, small_metrics.height())
    if media.peaks:
        wide = colours.px(WAVE_WIDTH)
        _paint_wave(painter, QRectF(below.left(), below.top(), wide, below.height()), media.peaks)
        below.setLeft(below.left() + wide + Space.S8)
    painter.setFont(small_font)
    painter.setPen(colours.colour("text2"))
    shown = small_metrics.elidedText(line, Qt.TextElideMode.ElideRight, max(0, int(below.width()) + 1))
    painter.drawText(below, flags, shown)


def _paint_preview(painter: QPainter, area: QRectF, preview: QPixmap) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    clip = QPainterPath()
    clip.addRoundedRect(area, Radius.BADGE, Radius.BADGE)
    painter.setClipPath(clip)
    side = min(preview.width(), preview.height())
    source = QRectF((preview.width() - side) / 2, (preview.height() - side) / 2, side, side)
    painter.drawPixmap(area, preview, source)
    painter.restore()


def _paint_icon(painter: QPainter, area: QRectF, media: Media) -> None:
    paint_box(painter, area, Radius.BADGE, theme().colour("sunken"))
    side = theme().px(IconSide.LARGE)
    drawn = pixmap(_KIND_ICONS[kind_of(media)], "text2", IconSide.LARGE, painter.device().devicePixelRatioF())
    painter.drawPixmap(QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side).topLeft(), drawn)


def _paint_play(painter: QPainter, area: QRectF, *, playing: bool) -> None:
    colours = theme()
    fill, line, ink = ("accent", None, "on_accent") if playing else ("surface", "line", "text")
    paint_box(painter, area, area.width() / 2, colours.colour(fill), colours.colour(line) if line else None)
    side = colours.px(IconSide.USUAL)
    glyph = pixmap(Icon.PAUSE if playing else Icon.PLAY, ink, IconSide.USUAL, painter.device().devicePixelRatioF())
    place = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)
    painter.drawPixmap(place.topLeft(), glyph)


def _paint_wave(painter: QPainter, area: QRectF, peaks: bytes) -> None:
    values = [(byte - 256 if byte > 127 else byte) / 127 for byte in peaks]
    heights = bar_heights(zip(values[::2], values[1::2], strict=False), int(area.width() / _PITCH))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = theme().colour("wave")
    for place, share in enumerate(heights):
        tall = max(_BAR, share * area.height() * 0.9)
        bar = QRectF(area.left() + place * _PITCH, area.center().y() - tall / 2, _BAR, tall)
        painter.fillPath(rounded(bar, _BAR / 2), ink)
