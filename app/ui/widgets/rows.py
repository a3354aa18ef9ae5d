"""Lists of equal rows: a title, a line below, perhaps a badge, an icon and a section over the first of a group."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, ROW_HEIGHT, Radius, Space, Type
from app.ui.widgets.chips import Kind, kind_tokens
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import Themed, paint_box

_Index = QModelIndex | QPersistentModelIndex


class RowRole(IntEnum):
    """What a model offers beside the title (`DisplayRole`)."""

    KEY = Qt.ItemDataRole.UserRole + 1
    SUBTITLE = Qt.ItemDataRole.UserRole + 2
    BADGE = Qt.ItemDataRole.UserRole + 3
    BADGE_KIND = Qt.ItemDataRole.UserRole + 4
    SECTION = Qt.ItemDataRole.UserRole + 5
    ICON = Qt.ItemDataRole.UserRole + 6
    FOUND = Qt.ItemDataRole.UserRole + 7


class Row(NamedTuple):
    """One row; `key` tells it from all others. `found` was searched for: its first place is shown and marked."""

    key: str
    title: str
    subtitle: str = ""
    badge: str = ""
    badge_kind: Kind = "neutral"
    section: str = ""
    icon: Icon | None = None
    found: str = ""


class RowModel(QAbstractListModel):
    """Rows held as a list; `set_rows` keeps rows that only changed in place, so that nothing jumps."""

    def __init__(self, rows: Sequence[Row] = ()) -> None:
        super().__init__()
        self._rows = list(rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        rows = list(rows)
        if [row.key for row in rows] == [row.key for row in self._rows]:
            changed = [place for place, row in enumerate(rows) if row != self._rows[place]]
            self._rows = rows
            if changed:
                self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rows(self) -> Sequence[Row]:
        return tuple(self._rows)

    def place(self, key: str) -> int:
        """The number of a row, -1 when there is no such key."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return presentation_cover().mask(row.title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return presentation_cover().mask(
                    ", ".join(part for part in (row.title, row.badge, row.subtitle) if part)
                )
            case Qt.ItemDataRole.ToolTipRole:
                return presentation_cover().mask(row.title)
            case RowRole.KEY:
                return row.key
            case RowRole.SUBTITLE:
                return presentation_cover().mask(row.subtitle)
            case RowRole.BADGE:
                return row.badge
            case RowRole.BADGE_KIND:
                return row.badge_kind
            case RowRole.SECTION:
                return row.section
            case RowRole.ICON:
                return row.icon
            case RowRole.FOUND:
                return row.found
        return None


LEAD = 14
"""Characters before a find that are worth showing with it."""
_TERM = re.compile(r'"([^"]+)"|(\S+)')


def place_of(query: str, line: str) -> tuple[int, int]:
    """Begin and end of the first term of a query that stands in a line, (0, 0) for none; quotes hold terms together."""
    lower = line.lower()
    for quoted, word in _TERM.findall(query.lower()):
        term = quoted or word
        if (begin := lower.find(term)) >= 0:
            return begin, begin + len(term)
    return 0, 0


def word_start(line: str, place: int) -> int:
    """Where a word begins a little before a place; the place itself where none does, as in Chinese."""
    earliest = max(0, place - LEAD)
    gap = line.find(" ", earliest, place)
    return gap + 1 if gap >= 0 else earliest if not line.isascii() else place


class RowDelegate(QStyledItemDelegate):
    """Paints a row; the selected one is soft, and the one with the keyboard has the ring."""

    MARGIN = Space.S8
    _SECTION_TALL = 30

    def __init__(self, parent: QWidget | None = None, *, height: int = ROW_HEIGHT) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        tall = theme().px(self._height)
        if self._opens_section(index):
            tall += theme().px(self._SECTION_TALL)
        return QSize(theme().px(120), tall)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        area = QRect(option.rect)
        state: QStyle.StateFlag = option.state
        if self._opens_section(index):
            tall = theme().px(self._SECTION_TALL)
            self._paint_section(
                painter, QRect(area.left(), area.top(), area.width(), tall), str(index.data(RowRole.SECTION))
            )
            area.setTop(area.top() + tall)
        row = QRectF(area).adjusted(self.MARGIN, 1, -self.MARGIN, -1)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        colours = theme()
        if selected:
            paint_box(painter, row, Radius.ROW, colours.colour("soft"))
        elif state & QStyle.StateFlag.State_MouseOver and state & QStyle.StateFlag.State_Enabled:
            paint_box(painter, row, Radius.ROW, colours.colour("raised"), colours.colour("line"))
        if state & QStyle.StateFlag.State_HasFocus and getattr(option.widget, "keyboard", False):
            reach = RING + 1
            paint_box(
                painter,
                row.adjusted(-reach, 0, reach, 0),
                Radius.ROW + reach,
                None,
                colours.colour("accent"),
                RING,
            )
        self.paint_content(painter, row, index, selected)
        painter.restore()

    def paint_content(self, painter: QPainter, row: QRectF, index: _Index, selected: bool) -> None:
        colours = theme()
        inner = row.adjusted(Space.S12, 0, -Space.S12, 0)
        mark = index.data(RowRole.ICON)
        if isinstance(mark, Icon):
            ratio = painter.device().devicePixelRatioF()
            side = colours.px(16)
            painter.drawPixmap(
                QRectF(inner.left(), inner.center().y() - side / 2, side, side).topLeft(),
                pixmap(mark, "soft_text" if selected else "text2", 16, ratio),
            )
            inner.setLeft(inner.left() + side + Space.S8)
        title_font = colours.font(Type.CONTROL)
        small_font = colours.font(Type.SMALL)
        title_tall, small_tall = QFontMetrics(title_font).height(), QFontMetrics(small_font).height()
        subtitle = str(index.data(RowRole.SUBTITLE) or "")
        total = title_tall + (small_tall + 2 if subtitle else 0)
        top = inner.center().y() - total / 2
        line = QRectF(inner.left(), top, inner.width(), title_tall)
        badge = str(index.data(RowRole.BADGE) or "")
        if badge:
            line.setRight(self._paint_badge(painter, line, badge, index.data(RowRole.BADGE_KIND) or "neutral"))
        found = str(index.data(RowRole.FOUND) or "")
        mark = "surface" if selected else "warn_soft"
        self._paint_line(
            painter, line, title_font, "text", str(index.data(Qt.ItemDataRole.DisplayRole) or ""), found, mark
        )
        if subtitle:
            below = QRectF(inner.left(), top + title_tall + 2, inner.width(), small_tall)
            self._paint_line(painter, below, small_font, "soft_text" if selected else "text3", subtitle, found, mark)

    def _paint_badge(self, painter: QPainter, line: QRectF, badge: str, kind: Kind) -> float:
        """Draw the badge at the right of the line and return where the room left of it ends."""
        font = theme().font(Type.TINY, Type.MEDIUM)
        metrics = QFontMetrics(font)
        wide = metrics.horizontalAdvance(badge) + 2 * theme().px(7)
        tall = metrics.height() + 4
        box = QRectF(line.right() - wide, line.center().y() - tall / 2, wide, tall)
        ink, fill = kind_tokens(kind)
        paint_box(painter, box, Radius.BADGE, theme().colour(fill))
        painter.setFont(font)
        painter.setPen(theme().colour(ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, badge)
        return box.left() - Space.S8

    def _paint_line(
        self, painter: QPainter, area: QRectF, font: QFont, ink: str, words: str, found: str = "", mark: str = ""
    ) -> None:
        """One line; where it holds what was found, that part of it, with a mark behind the find."""
        metrics, room = QFontMetrics(font), max(0, int(area.width()))
        line = " ".join(words.split())
        begin, end = place_of(found, line)
        if end and metrics.horizontalAdvance(line[:end] + "…") > room:
            cut = word_start(line, begin)
            line, begin, end = "…" + line[cut:], begin - cut + 1, end - cut + 1
        shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room)
        if end and end <= len(shown):
            left, right = (metrics.horizontalAdvance(line[:at]) for at in (begin, end))
            tall = metrics.height()
            box = QRectF(area.left() + left - 1, area.center().y() - tall / 2, right - left + 2, tall)
            paint_box(painter, box, 3, theme().colour(mark))
        painter.setFont(font)
        painter.setPen(theme().colour(ink))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _paint_section(self, painter: QPainter, area: QRect, words: str) -> None:
        font = theme().font(Type.TINY)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
        inner = QRectF(area).adjusted(self.MARGIN + Space.S12, 0, -Space.S12, -Space.S4)
        painter.setFont(font)
        painter.setPen(theme().colour("text3"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, words)

    def _opens_section(self, index: _Index) -> bool:
        section = index.data(RowRole.SECTION)
        if not section:
            return False
        return index.row() == 0 or index.sibling(index.row() - 1, 0).data(RowRole.SECTION) != section


class RowList(Themed, QListView):
    """A list that acts on selection: the one thing a click, the arrow keys and an assistive tool all change.

    Signals:
        row_selected: the key of the row now selected; not sent by `select_key`.
    """

    row_selected = Signal(str)
    ring_radius = None
    keyboard = False
    """Whether the keyboard, not the pointer, is what moves here: rows show the ring then."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._silent = False
        self._selected: str | None = None
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.follow_theme()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is None:
            return
        model.modelReset.connect(self._restore)
        self.selectionModel().selectionChanged.connect(self._report)

    def selected_key(self) -> str | None:
        return self._selected

    def select_key(self, key: str | None) -> None:
        """Show this row as selected without telling anybody; None selects nothing."""
        self._silent = True
        self._selected = key
        index = self._index_of(key)
        if index.isValid():
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._make_current(index)
            self.scrollTo(index)
        else:
            self.selectionModel().clear()
        self._silent = False

    def _make_current(self, index: QModelIndex) -> None:
        """The current row is told to assistive tools as the one with the keyboard: none is while nobody sees it."""
        current = index if self.isVisible() else QModelIndex()
        self.selectionModel().setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)

    def restyle(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.model() is not None:
            self._make_current(self._index_of(self._selected))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.model() is not None:
            self._make_current(QModelIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keyboard = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.keyboard = False
        super().mousePressEvent(event)

    def _index_of(self, key: str | None) -> QModelIndex:
        model = self.model()
        if key is None or model is None:
            return QModelIndex()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if index.data(RowRole.KEY) == key:
                return index
        return QModelIndex()

    def _report(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        indexes = selected.indexes()
        if self._silent or not indexes:
            return
        index = indexes[0]
        # A toggle from outside changes the selection only: the row must come into view and take the keyboard with it.
        if self.currentIndex() != index:
            self._make_current(index)
        self.scrollTo(index)
        self._selected = str(index.data(RowRole.KEY))
        self.row_selected.emit(self._selected)

    def _restore(self) -> None:
        self.select_key(self._selected)
