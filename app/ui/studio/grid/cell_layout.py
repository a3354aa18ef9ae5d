"""Where things are in a cell of the audition grid. Every cell has the same size, whatever its state."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetrics

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type

CELL_WIDTH, CELL_HEIGHT = 208, 122
GAP = 10
"""Right of and below a cell."""
ROW_TITLE_WIDTH, COLUMN_TITLE_HEIGHT = 166, 50
_PLAY, _STAR = 26, 22


class CellAreas(NamedTuple):
    """The parts of a cell.

    Attributes:
        card: without the gap around it; everything else is inside.
        top: what is beside the play button, and left of the star.
        foot: the line at the bottom.
    """

    card: QRectF
    play: QRectF
    star: QRectF
    top: QRectF
    body: QRectF
    foot: QRectF
    retry: QRectF


def cell_size() -> QSize:
    """The size of a cell with its gap, in pixels."""
    px = theme().px
    return QSize(px(CELL_WIDTH) + GAP, px(CELL_HEIGHT) + GAP)


def cell_areas(rect: QRectF, retry_width: float = 0.0) -> CellAreas:
    """The parts of the cell in `rect`; `retry_width` is that of the button of a failed cell."""
    px = theme().px
    card = rect.adjusted(2, 2, 2 - GAP, 2 - GAP)
    inner = card.adjusted(Space.S12, Space.S8 + 1, -Space.S12, -Space.S8)
    side, star = px(_PLAY), px(_STAR)
    play = QRectF(inner.left(), inner.top(), side, side)
    star_area = QRectF(inner.right() - star + Space.S4, play.center().y() - star / 2, star, star)
    top = QRectF(play.right() + Space.S8, inner.top(), star_area.left() - play.right() - Space.S8 - Space.S4, side)
    foot_tall = QFontMetrics(theme().font(Type.TINY)).height()
    foot = QRectF(inner.left(), inner.bottom() - foot_tall, inner.width(), foot_tall)
    body = QRectF(inner.left(), play.bottom() + Space.S4, inner.width(), foot.top() - play.bottom() - 2 * Space.S4)
    button_tall = px(28)
    retry = QRectF(inner.left(), inner.bottom() - button_tall, retry_width, button_tall)
    return CellAreas(card, play, star_area, top, body, foot, retry)
