"""The web pages that an answer is based on, as numbered chips."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import (
    QCoreApplication,
    QDate,
    QEvent,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.core.hosts import host_of
from app.core.messages import Source
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CHIP_HEIGHT, Space, Type
from app.ui.widgets.hidden_rows import HiddenRows
from app.ui.widgets.themed import paint_box

MAX_CHIP_WIDTH = 320
"""Logical pixels, before text scaling."""
MAX_SOURCES = 50
"""Further sources are not shown."""


def site_of(source: Source) -> str:
    """The name of the site, or the host of the address if the name is unknown."""
    return source.site or (host_of(source.url) or source.url).removeprefix("www.")


def day_of(source: Source) -> str:
    """The publication date, short and localized; empty when unknown."""
    try:
        published = datetime.fromisoformat(source.published)
    except ValueError:
        return ""
    locale = QLocale()
    date_format = "d MMM" if published.year == datetime.now().year else "d MMM yyyy"
    if locale.language() == QLocale.Language.Chinese:
        date_format = "M月d日" if published.year == datetime.now().year else "yyyy年M月d日"
    return locale.toString(QDate(published.year, published.month, published.day), date_format)


class SourceList(HiddenRows, QListWidget):
    """A wrapping row of chips; choosing one asks to open its page.

    Signals:
        open_link: address of the chosen source.
    """

    open_link = Signal(str)

    def __init__(self, items: tuple[Source, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setSpacing(0)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setItemDelegate(_ChipDelegate(self))
        self.itemSelectionChanged.connect(self._choose)
        self.set_items(items)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_items(self, items: tuple[Source, ...]) -> None:
        self.clear()
        for number, source in enumerate(items[:MAX_SOURCES], start=1):
            caption = " · ".join(part for part in (site_of(source), day_of(source)) if part)
            item = QListWidgetItem(caption)
            item.setData(Qt.ItemDataRole.UserRole, source.url)
            name = f"{number} {source.title}, {caption}" if source.title else f"{number} {caption}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
            item.setToolTip("\n".join(part for part in (source.title, source.summary[:300], source.url) if part))
            self.addItem(item)
        self._fit()

    def selectionCommand(
        self, index: QModelIndex | QPersistentModelIndex, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        # Arrow keys only move the focus; Enter, Space, a click or assistive technology selects.
        if isinstance(event, QKeyEvent) and event.key() != Qt.Key.Key_Space:
            return QItemSelectionModel.SelectionFlag.NoUpdate
        return super().selectionCommand(index, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self.currentItem().setSelected(True)
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        chosen = self.selectedItems()
        if chosen:
            url = str(chosen[0].data(Qt.ItemDataRole.UserRole))
            self.clearSelection()
            self.open_link.emit(url)

    def _restyle(self) -> None:
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, QColor(theme().colour("bg")))
        self.setPalette(palette)
        self.setStyleSheet("QListWidget { background: transparent; }")
        self.doItemsLayout()
        self._fit()

    def _fit(self) -> None:
        """Make the list exactly as tall as its rows."""
        self.doItemsLayout()
        bottom = max((self.visualItemRect(self.item(row)).bottom() + 1 for row in range(self.count())), default=0)
        if bottom != self.height() or bottom != self.minimumHeight():
            self.setFixedHeight(bottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(QCoreApplication.translate("Transcript", "Sources"))
        super().changeEvent(event)


class _ChipDelegate(QStyledItemDelegate):
    """Paints a list item as a chip with its number, site and date."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        metrics = QFontMetrics(theme().font(Type.SMALL))
        bold = QFontMetrics(theme().font(Type.SMALL, Type.SEMIBOLD))
        width = metrics.horizontalAdvance(str(index.data())) + bold.horizontalAdvance(str(index.row() + 1))
        width += theme().px(26)
        return QSize(min(theme().px(MAX_CHIP_WIDTH), width) + Space.S8, theme().px(CHIP_HEIGHT) + Space.S6)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        state = option.state
        area = rect.adjusted(0, 0, -Space.S8, -Space.S6).toRectF()
        painter.save()
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        is_focused = bool(state & QStyle.StateFlag.State_HasFocus)
        line = theme().colour("accent" if is_focused else "wave" if is_hovered else "line")
        paint_box(painter, area, area.height() / 2, theme().colour("surface"), line, 2.0 if is_focused else 1.0)
        bold = theme().font(Type.SMALL, Type.SEMIBOLD)
        painter.setFont(bold)
        painter.setPen(theme().colour("tool"))
        number = str(index.row() + 1)
        inner = area.adjusted(theme().px(10), 0, -theme().px(10), 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, number)
        inner.setLeft(inner.left() + QFontMetrics(bold).horizontalAdvance(number) + theme().px(6))
        font = theme().font(Type.SMALL)
        painter.setFont(font)
        painter.setPen(theme().colour("text2"))
        caption = QFontMetrics(font).elidedText(str(index.data()), Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, caption)
        painter.restore()
