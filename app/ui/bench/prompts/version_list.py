"""The versions of a prompt, the newest first; the selected one is framed: the text is compared with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, Radius, Space, Type
from app.ui.widgets.chips import kind_tokens
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_delegate import RowDelegate
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.themed import paint_box

_Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 46
PASSES_ROLE, CURRENT_ROLE = RowRole.MARKS + 1, RowRole.MARKS + 2


class VersionRow(NamedTuple):
    """One version; the text that is worked on is the one with `is_current`."""

    key: str
    number: str
    note: str
    moment: str
    passes: str = ""
    is_current: bool = False


class VersionModel(RowModel):
    """The rows of the versions."""

    def __init__(self) -> None:
        super().__init__()
        self._versions: tuple[VersionRow, ...] = ()
        self.compared: str | None = None
        """The key of the version that the text is compared with."""

    def set_versions(self, versions: Sequence[VersionRow], compared: str | None) -> None:
        self._versions, self.compared = tuple(versions), compared
        before = [row.key for row in self.rows()]
        self.set_rows([Row(row.key, row.note, row.moment, row.number) for row in versions])
        if before == [row.key for row in versions] and before:
            self.dataChanged.emit(self.index(0), self.index(len(before) - 1))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (PASSES_ROLE, CURRENT_ROLE, Qt.ItemDataRole.AccessibleTextRole):
            return super().data(index, role)
        row = self._versions[index.row()]
        if role == PASSES_ROLE:
            return row.passes
        if role == CURRENT_ROLE:
            return row.is_current
        compared = compared_text() if row.key == self.compared else ""
        parts = (row.number, presentation_cover().mask(row.note), row.moment, row.passes, compared)
        return ", ".join(part for part in parts if part)


def compared_text() -> str:
    """The word that marks the version a text is compared with."""
    return QCoreApplication.translate("Prompts", "compared")


class _VersionDelegate(RowDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, height=ROW_HEIGHT)
        self._is_current = False

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(theme().px(120), theme().px(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self._is_current = bool(index.data(CURRENT_ROLE))
        super().paint(painter, option, index)

    def paint_background(self, painter: QPainter, row: QRectF, option: QStyleOptionViewItem) -> None:
        if self._is_current:
            paint_box(painter, row, Radius.ROW, theme().colour("soft"))
        # The frame of its number shows which one is selected.
        option.state &= ~QStyle.StateFlag.State_Selected
        super().paint_background(painter, row, option)

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        model = index.model()
        assert isinstance(model, VersionModel)
        colours, current = theme(), bool(index.data(CURRENT_ROLE))
        is_compared = index.data(RowRole.KEY) == model.compared
        inner = row.adjusted(Space.S12, 0, -Space.S12, 0)
        font, small = colours.font(Type.CONTROL), colours.font(Type.TINY)
        bold = colours.font(Type.SMALL, Type.MEDIUM)
        number = str(index.data(RowRole.BADGE))
        wide = max(QFontMetrics(bold).horizontalAdvance(number) + 2 * colours.px(8), colours.px(32))
        box = QRectF(inner.left(), inner.center().y() - colours.px(12), wide, colours.px(24))
        line = colours.colour("accent" if is_compared else "line")
        paint_box(painter, box, Radius.BADGE, colours.colour("surface"), line, RING if is_compared else 1)
        painter.setFont(bold)
        painter.setPen(colours.colour("soft_text" if current else "text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)
        right = inner.right()
        if is_compared:
            right = _paint_badge(painter, inner, right, compared_text())
        passes = str(index.data(PASSES_ROLE) or "")
        if passes:
            width = QFontMetrics(small).horizontalAdvance(passes)
            area = QRectF(right - width, inner.top(), width + 1, inner.height())
            self._paint_line(painter, area, small, "text2", passes)
            right = area.left() - Space.S8
        words = QRectF(box.right() + Space.S12, inner.top(), right - box.right() - Space.S12, inner.height())
        tall, below = QFontMetrics(font).height(), QFontMetrics(small).height()
        top = inner.center().y() - (tall + below) / 2
        ink = "soft_text" if current else "text"
        note = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        moment = str(index.data(RowRole.SUBTITLE) or "")
        if not note:
            self._paint_line(painter, words, font, ink if current else "text2", moment)
            return
        self._paint_line(painter, QRectF(words.left(), top, words.width(), tall), font, ink, note)
        ink = "soft_text" if current else "text3"
        self._paint_line(painter, QRectF(words.left(), top + tall, words.width(), below), small, ink, moment)


def _paint_badge(painter: QPainter, inner: QRectF, right: float, text: str) -> float:
    font = theme().font(Type.TINY, Type.MEDIUM)
    metrics, (ink, fill) = QFontMetrics(font), kind_tokens("accent")
    width, tall = metrics.horizontalAdvance(text) + 2 * theme().px(7), metrics.height() + 4
    box = QRectF(right - width, inner.center().y() - tall / 2, width, tall)
    paint_box(painter, box, Radius.BADGE, theme().colour(fill))
    painter.setFont(font)
    painter.setPen(theme().colour(ink))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    return box.left() - Space.S8


class VersionList(RowList):
    """The list of versions."""

    def __init__(self) -> None:
        super().__init__("")
        self.setItemDelegate(_VersionDelegate(self))
        self.setUniformItemSizes(True)
