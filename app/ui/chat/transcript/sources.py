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
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHideEvent,
    QKeyEvent,
    QMoveEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
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
from app.ui.chat.transcript.source_summary import SourceSummary
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CHIP_HEIGHT, Space, Type
from app.ui.widgets.hidden_rows import HiddenRows
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.themed import paint_box

MAX_CHIP_WIDTH = 320
"""Logical pixels, before text scaling."""
MAX_SOURCES = 50
"""Further sources are not shown."""
MAX_SUMMARY = 600
"""Characters of a summary in the tooltip."""
_LENGTHS = Qt.ItemDataRole.UserRole + 1
"""Role: how many characters of the caption are the site, at its beginning, and the date, at its end."""


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
        self._summary: SourceSummary | None = None
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
        self.currentItemChanged.connect(lambda item, _before: self._show_summary(item))
        self.set_items(items)
        theme().changed.connect(self._restyle)
        self._restyle()

    def set_items(self, items: tuple[Source, ...]) -> None:
        self.clear()
        mask = presentation_cover().mask
        for number, source in enumerate(items[:MAX_SOURCES], start=1):
            site, title, day = mask(site_of(source)), mask(" ".join(source.title.split())), day_of(source)
            item = QListWidgetItem(" · ".join(part for part in (" ".join((site, title)).strip(), day) if part))
            item.setData(Qt.ItemDataRole.UserRole, source.url)
            item.setData(_LENGTHS, [len(site), len(f" · {day}") if day else 0])
            summary = mask(" ".join(source.summary.split()))
            spoken = ", ".join(part for part in (f"{number} {title}" if title else f"{number}", site, day) if part)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, summary)
            item.setToolTip("\n".join(part for part in (title, summary[:MAX_SUMMARY], mask(source.url)) if part))
            self.addItem(item)
        self._fit()

    def _show_summary(self, item: QListWidgetItem | None) -> None:
        """Show the summary of the source that the keyboard has reached, as the tooltip does for the pointer."""
        if item is None or not item.toolTip() or not self.hasFocus() or not self.isVisible():
            return
        if self._summary is None:
            self._summary = SourceSummary(self.window())
            self.destroyed.connect(self._summary.deleteLater)
        self._summary.show_beside(self.viewport(), self.visualItemRect(item), item.toolTip())

    def _hide_summary(self) -> None:
        if self._summary is not None:
            self._summary.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._show_summary(self.currentItem())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hide_summary()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hide_summary()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._hide_summary()

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
        metrics = QFontMetrics(font)
        site, title, day = _parts(index)
        # The date stays whole, and the title gives way.
        site = metrics.elidedText(site, Qt.TextElideMode.ElideRight, int(inner.width()) + 1)
        room = int(inner.width()) + 1 - metrics.horizontalAdvance(site) - metrics.horizontalAdvance(day)
        title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, max(0, room))
        for text, ink in ((site, "text"), (title, "text2"), (day, "text2")):
            painter.setPen(theme().colour(ink))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
            inner.setLeft(inner.left() + metrics.horizontalAdvance(text))
        painter.restore()


def _parts(index: QModelIndex | QPersistentModelIndex) -> tuple[str, str, str]:
    """Site, title and date of a chip, with what separates them."""
    caption, lengths = str(index.data()), index.data(_LENGTHS)
    site, day = int(lengths[0]), int(lengths[1])
    return caption[:site], caption[site : len(caption) - day], caption[len(caption) - day :]
