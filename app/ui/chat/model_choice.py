"""The choice of the chat's model: plain names, each with a sentence and what the model can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.choice import Choice
from app.ui.widgets.themed import paint_box

SENTENCE = Qt.ItemDataRole.UserRole + 1
MARKS = Qt.ItemDataRole.UserRole + 2

_BESIDE_TEXT = 48
"""Logical pixels of the margins and the sign beside the name, before text scaling."""


class ModelLine(NamedTuple):
    """One model as it is listed; `key` is its id."""

    key: str
    name: str
    sentence: str
    marks: str


class _ModelDelegate(QStyledItemDelegate):
    """Paints the name of a model with its sentence and its marks below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = [(str(index.data(role) or ""), QFontMetrics(font)) for role, font, _ in _lines()]
        width = max((metrics.horizontalAdvance(text) for text, metrics in lines), default=0)
        return QSize(width + 2 * Space.S12, sum(metrics.height() for _, metrics in lines) + 2 * Space.S6)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            paint_box(painter, area.adjusted(2, 1, -2, -1), Radius.CONTROL, theme().colour("soft"))
        top = area.top() + Space.S6
        for role, font, ink in _lines():
            metrics = QFontMetrics(font)
            text = metrics.elidedText(
                str(index.data(role) or ""), Qt.TextElideMode.ElideRight, int(area.width()) - 2 * Space.S12
            )
            painter.setFont(font)
            painter.setPen(theme().colour("soft_text" if is_chosen else ink))
            line = QRectF(area.left() + Space.S12, top, area.width() - 2 * Space.S12, metrics.height())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)
            top += metrics.height()


def _lines() -> tuple[tuple[int, QFont, str], ...]:
    """Role, font and colour of each line of a row."""
    return (
        (Qt.ItemDataRole.DisplayRole, theme().font(Type.CONTROL, Type.MEDIUM), "text"),
        (SENTENCE, theme().font(Type.SMALL), "text2"),
        (MARKS, theme().font(Type.TINY), "text3"),
    )


class ModelChoice(Choice):
    """Names the models; their ids can be typed as well, and an id that is not listed counts as one of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent, compact=True, free=True, takes_keys=True)
        self.view().setItemDelegate(_ModelDelegate(self))
        self.currentTextChanged.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As wide as the name of the model in use, not as the longest one listed."""
        size = super().sizeHint()
        shown = self.fontMetrics().horizontalAdvance(self.currentText()) + theme().px(_BESIDE_TEXT)
        return QSize(min(size.width(), shown), size.height())

    def show_models(self, lines: Sequence[ModelLine]) -> None:
        """Offer these models, in this order."""
        self.set_choices([(line.key, line.name) for line in lines])
        for row, line in enumerate(lines):
            self.setItemData(row, line.sentence, SENTENCE)
            self.setItemData(row, line.marks, MARKS)
            self.setItemData(row, f"{line.sentence} {line.marks}", Qt.ItemDataRole.AccessibleDescriptionRole)
            self.setItemData(row, f"{line.sentence}\n{line.marks}", Qt.ItemDataRole.ToolTipRole)
