"""Paints a cell of the audition grid in each of its states."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.core.audition_grids import CellState
from app.core.takes import Take
from app.ui.studio.grid.cell_layout import CellAreas, cell_areas, cell_size
from app.ui.studio.grid.model import CellRole
from app.ui.texts.grid import arrived_text, cell_badge, cell_figures, cell_state_text, elapsed_text, one_block
from app.ui.texts.speech import take_failure, take_length
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius, Space, Type
from app.ui.widgets.chips import Kind, kind_tokens
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import paint_box
from app.ui.widgets.wave_bars import paint_wave

_Index = QModelIndex | QPersistentModelIndex
_TURN_SECONDS = 0.75
_RETRY_PADDING = 30
"""Of the button around its text: icon and margins, in logical pixels."""


def retry_width() -> float:
    """The width of the Retry button, in pixels."""
    words = QFontMetrics(theme().font(Type.CONTROL)).horizontalAdvance(retry_text())
    return words + theme().px(_RETRY_PADDING) + Space.S12


def retry_text() -> str:
    """The caption of the button in a failed cell."""
    return QCoreApplication.translate("Grid", "Retry")


class CellDelegate(QStyledItemDelegate):
    """Paints cells as cards."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return cell_size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state: CellState = index.data(CellRole.STATE)
        areas = cell_areas(QRectF(option.rect), retry_width() if state == "failed" else 0.0)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        self._paint_card(painter, areas.card, state, selected=selected, hovered=hovered)
        take: Take | None = index.data(CellRole.TAKE)
        match state:
            case "ready" if take is not None:
                self._paint_ready(painter, areas, index, take, selected=selected)
            case "failed" if take is not None:
                self._paint_failed(painter, areas, take, selected=selected)
            case "waiting" | "speaking" if take is not None:
                self._paint_going(painter, areas, index, take, state, selected=selected)
            case "queued":
                self._paint_centred(painter, areas.card, Icon.CLOCK, cell_state_text(state))
            case "paused":
                self._paint_centred(painter, areas.card, Icon.PAUSE, cell_state_text(state))
            case _:
                self._paint_centred(painter, areas.card, None, cell_state_text(state))
        painter.restore()

    @staticmethod
    def _paint_card(painter: QPainter, card: QRectF, state: CellState, *, selected: bool, hovered: bool) -> None:
        colours = theme()
        ground = "raised" if hovered or state in ("queued", "paused") else "surface"
        if selected:
            paint_box(painter, card, Radius.ROW, colours.colour("soft"), colours.colour("accent"), RING)
        elif state == "planned":
            pen = QPen(colours.colour("wave"), 1, Qt.PenStyle.CustomDashLine)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(colours.colour(ground) if hovered else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), Radius.ROW, Radius.ROW)
        else:
            paint_box(painter, card, Radius.ROW, colours.colour(ground), colours.colour("wave" if hovered else "line"))

    def _paint_ready(self, painter: QPainter, areas: CellAreas, index: _Index, take: Take, *, selected: bool) -> None:
        colours, ink = theme(), "soft_text" if selected else "text2"
        playing = bool(index.data(CellRole.IS_PLAYING))
        self._paint_play(painter, areas.play, playing=playing)
        star = Icon.STAR_FILLED if take.stars else Icon.STAR
        self._paint_icon(painter, star, "accent" if take.stars else "text2", areas.star.center().x(),
                         areas.star.center().y())  # fmt: skip
        used = self._paint_text(painter, areas.top, colours.font(Type.SMALL, Type.MEDIUM), "text", take_length(take))
        badge = cell_badge(take)
        if badge:
            self._paint_badge(painter, areas.top.adjusted(used + Space.S8, 0, 0, 0), "warn", badge)
        paint_wave(painter, areas.body, take.peaks, index.data(CellRole.PLAYED))
        figures = cell_figures(take, index.data(CellRole.COUNT))
        self._paint_text(painter, areas.foot, colours.font(Type.TINY), ink, figures)

    def _paint_failed(self, painter: QPainter, areas: CellAreas, take: Take, *, selected: bool) -> None:
        colours = theme()
        self._paint_badge(painter, QRectF(areas.play.left(), areas.play.top(), areas.card.width(), areas.play.height()),
                          "bad", cell_state_text("failed"), Icon.ERROR)  # fmt: skip
        room = QRectF(areas.body.left(), areas.body.top() - Space.S4, areas.body.width(),
                      areas.retry.top() - areas.body.top())  # fmt: skip
        sentence = presentation_cover().mask(take_failure(take))
        self._paint_lines(painter, room, colours.font(Type.TINY), "soft_text" if selected else "text2", sentence)
        paint_box(painter, areas.retry, Radius.CONTROL, colours.colour("surface"), colours.colour("line"))
        side = colours.px(14)
        self._paint_icon(painter, Icon.REDO, "text", areas.retry.left() + Space.S8 + side / 2,
                         areas.retry.center().y(), 14)  # fmt: skip
        words = areas.retry.adjusted(Space.S8 + side + Space.S6, 0, 0, 0)
        self._paint_text(painter, words, colours.font(Type.CONTROL), "text", retry_text())

    def _paint_going(
        self, painter: QPainter, areas: CellAreas, index: _Index, take: Take, state: CellState, *, selected: bool
    ) -> None:
        colours, ink = theme(), "soft_text" if selected else "text2"
        small = colours.font(Type.SMALL)
        spot = QRectF(areas.play.left(), areas.play.center().y() - colours.px(7), colours.px(14), colours.px(14))
        self._paint_spinner(painter, spot)
        left = spot.right() + Space.S8
        line = QRectF(left, areas.play.top(), areas.card.right() - Space.S12 - left, areas.play.height())
        arrived, expected = take.frames / take.rate, index.data(CellRole.EXPECTED)
        how_far = arrived_text(arrived, expected) if take.frames else elapsed_text(index.data(CellRole.ELAPSED))
        painter.setFont(small)
        painter.setPen(colours.colour(ink))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, how_far)
        line.setRight(line.right() - QFontMetrics(small).horizontalAdvance(how_far) - Space.S8)
        self._paint_text(painter, line, small, ink, cell_state_text(state))
        if take.frames:
            share = min(1.0, arrived / expected) if expected else 1.0
            wave = QRectF(areas.body)
            wave.setWidth(max(4.0, wave.width() * share))
            paint_wave(painter, wave, take.peaks)
            if expected:
                self._paint_bar(painter, areas.foot, share)
        elif index.data(CellRole.IS_BLOCK):
            self._paint_text(painter, areas.foot, colours.font(Type.TINY), ink, one_block())

    def _paint_centred(self, painter: QPainter, card: QRectF, icon: Icon | None, words: str) -> None:
        colours = theme()
        font = colours.font(Type.SMALL)
        metrics = QFontMetrics(font)
        side = colours.px(14) if icon is not None else 0
        wide = side + (Space.S6 if side else 0) + metrics.horizontalAdvance(words)
        left = card.center().x() - wide / 2
        if icon is not None:
            self._paint_icon(painter, icon, "text2", left + side / 2, card.center().y(), 14)
        line = QRectF(left + wide - metrics.horizontalAdvance(words), card.top(), card.width(), card.height())
        self._paint_text(painter, line, font, "text2", words)

    @staticmethod
    def _paint_play(painter: QPainter, area: QRectF, *, playing: bool) -> None:
        colours = theme()
        fill, line, ink = ("accent", None, "on_accent") if playing else ("surface", "line", "text")
        paint_box(painter, area, area.width() / 2, colours.colour(fill), colours.colour(line) if line else None)
        CellDelegate._paint_icon(painter, Icon.PAUSE if playing else Icon.PLAY, ink, area.center().x(),
                                 area.center().y(), 14)  # fmt: skip

    @staticmethod
    def _paint_icon(painter: QPainter, icon: Icon, ink: str, x: float, y: float, size: int = 16) -> None:
        side = theme().px(size)
        drawn = pixmap(icon, ink, size, painter.device().devicePixelRatioF())
        painter.drawPixmap(QRectF(x - side / 2, y - side / 2, side, side).topLeft(), drawn)

    @staticmethod
    def _paint_text(painter: QPainter, area: QRectF, font: QFont, ink: str, words: str) -> float:
        """Paint one line, elided; return its width."""
        metrics = QFontMetrics(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, int(area.width()) + 1))
        painter.setFont(font)
        painter.setPen(theme().colour(ink))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return float(metrics.horizontalAdvance(shown))

    @staticmethod
    def _paint_lines(painter: QPainter, area: QRectF, font: QFont, ink: str, words: str) -> None:
        """Paint a sentence in as many lines as there is room for; the last of them is elided."""
        metrics = QFontMetrics(font)
        most = max(1, int(area.height() // metrics.lineSpacing()))
        layout = QTextLayout(words, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        painter.setFont(font)
        painter.setPen(theme().colour(ink))
        layout.beginLayout()
        for number in range(most):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(area.width())
            start, length = line.textStart(), line.textLength()
            rest = words[start:] if number == most - 1 else words[start : start + length]
            shown = metrics.elidedText(rest.strip(), Qt.TextElideMode.ElideRight, int(area.width()) + 1)
            top = area.top() + number * metrics.lineSpacing()
            painter.drawText(
                QRectF(area.left(), top, area.width(), metrics.height()), Qt.AlignmentFlag.AlignLeft, shown
            )
        layout.endLayout()

    @staticmethod
    def _paint_badge(painter: QPainter, line: QRectF, kind: Kind, words: str, icon: Icon = Icon.WARNING) -> None:
        """Paint an icon and a word at the left of a line, as far as there is room."""
        colours = theme()
        font = colours.font(Type.TINY, Type.MEDIUM)
        metrics, side, inset = QFontMetrics(font), colours.px(12), colours.px(6)
        wide = min(line.width(), side + Space.S4 + metrics.horizontalAdvance(words) + 2 * inset + 1)
        if wide < side + 2 * inset:
            return
        tall = metrics.height() + 4
        box = QRectF(line.left(), line.center().y() - tall / 2, wide, tall)
        ink, fill = kind_tokens(kind)
        paint_box(painter, box, Radius.BADGE, colours.colour(fill))
        CellDelegate._paint_icon(painter, icon, ink, box.left() + inset + side / 2, box.center().y(), 12)
        CellDelegate._paint_text(painter, box.adjusted(inset + side + Space.S4, 0, -inset, 0), font, ink, words)

    @staticmethod
    def _paint_spinner(painter: QPainter, area: QRectF) -> None:
        colours = theme()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours.colour("line"), 1.7))
        painter.drawEllipse(area)
        turn = 0.0 if colours.reduced_motion else time.monotonic() / _TURN_SECONDS % 1.0
        painter.setPen(QPen(colours.colour("text2"), 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(area, round(-turn * 360 * 16), 100 * 16)

    @staticmethod
    def _paint_bar(painter: QPainter, area: QRectF, share: float) -> None:
        track = QRectF(area.left(), area.center().y() - 1.5, area.width(), 3)
        paint_box(painter, track, 1.5, theme().colour("line"))
        done = QRectF(track)
        done.setWidth(max(3.0, track.width() * share))
        paint_box(painter, done, 1.5, theme().colour("accent"))
