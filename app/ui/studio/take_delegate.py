"""Paints a take: play button, name, waveform on one fixed scale, measurements and what was found in its sound."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from app.core.take_order import is_silent
from app.core.takes import Take
from app.ui.studio.take_model import Heading, ShownTake, TakeModel
from app.ui.texts.speech import gain, take_failure, take_length, take_state
from app.ui.texts.takes import finding_name, findings_of, level_and_delay, short_delay
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.chips import Kind, kind_tokens
from app.ui.widgets.playable import paint_play
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.themed import paint_box
from app.ui.widgets.wave_bars import paint_wave

_Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 82
COMPACT_ROW_HEIGHT = 72
_SILENT_ROW_HEIGHT = 58
_HEADING_HEIGHT = 34
_WAVE_HEIGHT, _COMPACT_WAVE_HEIGHT = 22, 16
_MAX_PICTURES = 40
"""More than fit on a screen, so that scrolling back and forth paints nothing anew; 6 MB at 100 %."""


class TakeDelegate(RowDelegate):
    """Paints one take, or the heading above the takes of one text.

    Scrolling paints every visible row again, so what was painted of a row is kept as a picture.
    """

    def __init__(self, parent: QWidget | None = None, *, compact: bool = False) -> None:
        """`compact` makes a lower row with a line for what a take speaks, and the waveform beside the measurements."""
        super().__init__(parent, height=COMPACT_ROW_HEIGHT if compact else ROW_HEIGHT)
        self._is_compact = compact
        self._boxes: dict[tuple[int, int, float, bool], QPixmap] = {}
        self._pictures: dict[str, tuple[tuple[int, int, float], QPixmap]] = {}
        """What was painted of the rows, by key, the one painted last at the end, with what its look depends on."""

    @property
    def row_height(self) -> int:
        """The height of the row of a take with sound, in pixels."""
        return theme().px(self._height)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        model = index.model()
        assert isinstance(model, TakeModel)
        return QSize(theme().px(120), self.height_of(model.item(index.row())))

    def height_of(self, item: Take | Heading) -> int:
        """The height of a row in pixels: lower for a heading, and for a take that has no sound and will not get any."""
        if isinstance(item, Heading):
            return theme().px(_HEADING_HEIGHT)
        return theme().px(self._height if item.frames or not item.has_ended else _SILENT_ROW_HEIGHT)

    def forget(self, keys: Iterable[str] | None = None) -> None:
        """Paint the rows with these keys anew, by default all: they have changed."""
        if keys is None:
            self._pictures.clear()
            self._boxes.clear()
        else:
            for key in keys:
                self._pictures.pop(key, None)

    def draw_background(self, painter: QPainter, area: QRect, option: QStyleOptionViewItem) -> None:
        """Draw what `paint_background` paints; a large rounded box takes longer than all the rest of a row."""
        row = QRectF(area).adjusted(self.MARGIN, 1, -self.MARGIN, -1)
        if option.state & QStyle.StateFlag.State_HasFocus:
            self.paint_background(painter, row, option)
            return
        ratio = painter.device().devicePixelRatioF()
        key = area.width(), area.height(), ratio, bool(option.state & QStyle.StateFlag.State_Selected)
        box = self._boxes.get(key)
        if box is None:
            box = _transparent(QSizeF(area.size()), ratio)
            on_box = QPainter(box)
            self.paint_background(on_box, row.translated(-QPointF(area.topLeft())), option)
            on_box.end()
            self._boxes[key] = box
        painter.drawPixmap(area.topLeft(), box)

    def draw(self, painter: QPainter, area: QRect, item: Take | Heading, index: _Index) -> None:
        """Draw what a row shows, whether or not it is selected."""
        look = (area.width(), area.height(), painter.device().devicePixelRatioF())
        known = self._pictures.pop(item.id, None)
        if known is None or known[0] != look:
            known = look, self._picture(QSizeF(area.size()), index, look[2])
        self._pictures[item.id] = known
        if len(self._pictures) > _MAX_PICTURES:
            del self._pictures[next(iter(self._pictures))]
        painter.drawPixmap(area.topLeft(), known[1])

    def _picture(self, size: QSizeF, index: _Index, ratio: float) -> QPixmap:
        picture, area = _transparent(size, ratio), QRectF(QPointF(0, 0), size)
        painter = QPainter(picture)
        model = index.model()
        assert isinstance(model, TakeModel)
        if isinstance(model.item(index.row()), Heading):
            self._paint_heading(painter, area, str(index.data()))
        else:
            self.paint_content(painter, area.adjusted(self.MARGIN, 1, -self.MARGIN, -1), index, False)
        painter.end()
        return picture

    def _paint_heading(self, painter: QPainter, area: QRectF, text: str) -> None:
        inner = area.adjusted(self.MARGIN + Space.S12, Space.S8, -self.MARGIN - Space.S12, 0)
        self._paint_line(painter, inner, theme().font(Type.SMALL, Type.MEDIUM), "text2", text)

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        model = index.model()
        assert isinstance(model, TakeModel)
        shown = model.shown(index.row())
        take, colours = shown.take, theme()
        inner = paint_play(painter, row, playing=shown.is_playing, enabled=bool(take.frames))
        title, small = colours.font(Type.CONTROL, Type.MEDIUM), colours.font(Type.SMALL)
        small_tall = QFontMetrics(small).height()
        line = QRectF(inner.left(), inner.top(), inner.width(), QFontMetrics(title).height())
        self._paint_title(painter, QRectF(line), take, shown.name)
        reason = take_failure(take)
        if reason:
            why = QRectF(inner.left(), line.bottom() + Space.S2, inner.width(), small_tall)
            self._paint_line(painter, why, small, "text2", reason)
            return
        figures = self._figures(shown, inner.width())
        wave = QRectF(inner.left(), line.bottom() + 3, inner.width(), colours.px(_WAVE_HEIGHT))
        below = QRectF(inner.left(), wave.bottom() + 3, inner.width(), small_tall)
        if self._is_compact:
            content = QRectF(inner.left(), line.bottom() + 1, inner.width(), small_tall)
            self._paint_line(painter, content, small, "text2", shown.content)
            metrics = QFontMetrics(small)
            needed = sum(metrics.horizontalAdvance(text) + Space.S12 for text, _ in figures)
            width = max(inner.width() - needed, inner.width() / 10)
            wave = QRectF(inner.left(), content.bottom() + 1, width, colours.px(_COMPACT_WAVE_HEIGHT))
            left = wave.right() + Space.S12
            below = QRectF(left, wave.center().y() - small_tall / 2, inner.right() - left, small_tall)
        paint_wave(painter, wave, take.peaks, shown.played)
        self._paint_figures(painter, below, figures)

    def _paint_title(self, painter: QPainter, line: QRectF, take: Take, name: str) -> None:
        """The name, and from the right the length, the star and the badges."""
        colours = theme()
        small = colours.font(Type.SMALL)
        length = take_length(take)
        painter.setFont(small)
        painter.setPen(colours.colour("text2"))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, length)
        if length:
            line.setRight(line.right() - QFontMetrics(small).horizontalAdvance(length) - Space.S8)
        if take.stars:
            side = colours.px(14)
            spot = QRectF(line.right() - side, line.center().y() - side / 2, side, side)
            star = pixmap(Icon.STAR_FILLED, "accent", 14, painter.device().devicePixelRatioF())
            painter.drawPixmap(spot.topLeft(), star)
            line.setRight(spot.left() - Space.S8)
        if take.state != "done" or is_silent(take):
            kind: Kind = "accent" if take.state == "speaking" else "bad" if take.state == "failed" else "warn"
            line.setRight(self._paint_badge(painter, line, take_state(take), kind))
        found = [finding for finding in findings_of(take) if finding.code != "silent"]
        if found:
            more = f" +{len(found) - 1}" if len(found) > 1 else ""
            line.setRight(self._paint_finding(painter, line, finding_name(found[0]) + more))
        self._paint_line(painter, line, colours.font(Type.CONTROL, Type.MEDIUM), "text", name)

    def _paint_finding(self, painter: QPainter, line: QRectF, words: str) -> float:
        """Draw a badge with an icon and return the right edge of the space left for text."""
        colours = theme()
        font = colours.font(Type.TINY, Type.MEDIUM)
        metrics, side = QFontMetrics(font), colours.px(12)
        wide = metrics.horizontalAdvance(words) + side + Space.S4 + 2 * colours.px(7)
        tall = metrics.height() + 4
        box = QRectF(line.right() - wide, line.center().y() - tall / 2, wide, tall)
        ink, fill = kind_tokens("warn")
        paint_box(painter, box, Radius.BADGE, colours.colour(fill))
        glyph = pixmap(Icon.WARNING, ink, 12, painter.device().devicePixelRatioF())
        painter.drawPixmap(QRectF(box.left() + colours.px(7), box.center().y() - side / 2, side, side).topLeft(), glyph)
        painter.setFont(font)
        painter.setPen(colours.colour(ink))
        text = box.adjusted(colours.px(7) + side + Space.S4, 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        return box.left() - Space.S8

    def _figures(self, shown: ShownTake, room: float) -> list[tuple[str, str]]:
        """Texts and their colours: loudness, gain and time to sound, or how far it is; then origin and note.

        Where they have no room, the time stands without the words that say what it is; the tooltip has them.
        """
        take = shown.take
        if not take.has_ended:
            return [(shown.progress, "text2")]
        level, delay = level_and_delay(take)
        louder = gain(shown.gain) if shown.gain is not None else ""
        figures = [(level, "text2"), (louder, "soft_text"), (delay, "text2")]
        metrics = QFontMetrics(theme().font(Type.SMALL))
        if sum(metrics.horizontalAdvance(text) + Space.S12 for text, _ in figures if text) > room + Space.S12:
            figures[2] = (short_delay(take), "text2")
        if not self._is_compact:
            note = presentation_cover().mask(" ".join(take.note.split()))
            figures += [(shown.lineage, "text2"), (note, "text2")]
        return [(text, colour) for text, colour in figures if text]

    def _paint_figures(self, painter: QPainter, area: QRectF, figures: list[tuple[str, str]]) -> None:
        small = theme().font(Type.SMALL)
        metrics = QFontMetrics(small)
        for text, colour in figures:
            if area.width() > Space.S16:
                self._paint_line(painter, area, small, colour, text)
                area.setLeft(min(area.right(), area.left() + metrics.horizontalAdvance(text) + Space.S12))


def _transparent(size: QSizeF, ratio: float) -> QPixmap:
    picture = QPixmap((size * ratio).toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
