"""Paints the ground of a card in a list whose rows are cards."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius, Space
from app.ui.widgets.themed import paint_box

_BAR = 3
"""Width in pixels of the bar that marks the selected card."""


def paint_card(painter: QPainter, card: QRectF, *, selected: bool, hovered: bool, focused: bool) -> None:
    """Paint the ground and outline of a card.

    The outline in the accent colour is the keyboard's; the selected card has a coloured ground and a bar.
    """
    colours = theme()
    line = colours.colour("accent" if focused else "wave" if hovered else "line")
    fill = colours.colour("soft" if selected else "raised" if hovered else "surface")
    paint_box(painter, card, Radius.ROW, fill, line, RING if focused else 1)
    if selected:
        bar = QRectF(card.left() + Space.S4, card.top() + Space.S8, _BAR, card.height() - 2 * Space.S8)
        paint_box(painter, bar, _BAR / 2, colours.colour("accent"))
