"""Paints the parts of a row, also for the buttons of the selected one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from app.ui.jobs.actions import STYLES, Action
from app.ui.jobs.row_layout import GLYPH, button_font, mark_font
from app.ui.jobs.rows import JobRow, Mark
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, Radius
from app.ui.widgets.chips import kind_tokens
from app.ui.widgets.themed import paint_box


def paint_glyph(painter: QPainter, icon: Icon, ink: str, area: QRectF, side: int = GLYPH) -> None:
    """Paint an icon of `side` logical pixels in the middle of an area."""
    ratio, pixels = painter.device().devicePixelRatioF(), theme().px(side)
    x, y = area.center().x() - pixels / 2, area.center().y() - pixels / 2
    spot = QRectF(round(x * ratio) / ratio, round(y * ratio) / ratio, pixels, pixels)
    painter.drawPixmap(spot.topLeft(), pixmap(icon, ink, side, ratio))


def paint_button(
    painter: QPainter, area: QRectF, action: Action, text: str, *, hot: bool, down: bool = False, enabled: bool = True
) -> None:
    """Paint the button of an action."""
    colours, (style, icon) = theme(), STYLES[action]
    painter.save()
    if not enabled:
        painter.setOpacity(DISABLED_OPACITY)
    ink = "text" if style == "box" or hot or down else "text2"
    if style == "box":
        fill = "sunken" if down else "raised" if hot else "surface"
        paint_box(painter, area, Radius.CONTROL, colours.colour(fill), colours.colour("wave" if hot else "line"))
    elif hot or down:
        paint_box(painter, area, Radius.CONTROL, colours.mixed("sunken", "text", 0.06 if down else 0.0))
    font = button_font()
    metrics = QFontMetrics(font)
    glyph_wide = 0.0
    if icon is not None:
        wide = colours.px(GLYPH)
        glyph_wide = wide + colours.px(6) if text else wide
    left = area.center().x() - (metrics.horizontalAdvance(text) + glyph_wide) / 2
    if icon is not None:
        paint_glyph(painter, icon, ink, QRectF(left, area.top(), colours.px(GLYPH), area.height()))
    painter.setFont(font)
    painter.setPen(colours.colour(ink))
    words = QRectF(left + glyph_wide, area.top(), area.right() - left - glyph_wide, area.height())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
    painter.restore()


def paint_bar(painter: QPainter, area: QRectF, row: JobRow) -> None:
    """Paint what is done, being made and to come, as parts of one bar with gaps between them."""
    total = sum(row.parts)
    gap = 2.0
    inks = ("wave" if row.held else "accent", "wave", "line")
    shown = [(part, ink) for part, ink in zip(row.parts, inks, strict=True) if part]
    room = area.width() - gap * (len(shown) - 1)
    left = area.left()
    for part, ink in shown:
        wide = room * part / total
        paint_box(painter, QRectF(left, area.top(), wide, area.height()), area.height() / 2, theme().colour(ink))
        left += wide + gap


def paint_mark(painter: QPainter, area: QRectF, mark: Mark) -> None:
    """Paint a badge. A neutral one has a line, or it would vanish in the dark theme."""
    colours = theme()
    ink, fill = kind_tokens(mark.kind)
    outlined = {"neutral": "line", "warn": "warn"}.get(mark.kind)
    paint_box(painter, area, Radius.BADGE, colours.colour(fill), colours.colour(outlined) if outlined else None)
    left = area.left() + colours.px(7)
    if mark.icon is not None:
        side = colours.px(12)
        paint_glyph(painter, mark.icon, ink, QRectF(left, area.top(), side, area.height()), 12)
        left += side + colours.px(4)
    painter.setFont(mark_font())
    painter.setPen(colours.colour(ink))
    words = QRectF(left, area.top(), area.right() - colours.px(7) - left + 1, area.height())
    shown = QFontMetrics(mark_font()).elidedText(mark.text, Qt.TextElideMode.ElideRight, int(words.width()) + 1)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
