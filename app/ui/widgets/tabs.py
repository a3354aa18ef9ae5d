"""A tab bar that underlines the current tab.

Qt's own interface for assistive technology says of the current tab that it has the focus, wherever the focus is. Here
each tab is a widget of its own for assistive technology alone: it paints nothing and takes no press.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QTabBar, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, RING, Radius, Space, Type
from app.ui.widgets import accessible
from app.ui.widgets.themed import Themed, paint_box, set_font

_HEIGHT = 48
_GAP = 18


class _Tab(QWidget):
    """One tab as assistive technology finds it."""

    def __init__(self, bar: Tabs) -> None:
        super().__init__(bar)
        self.bar, self.index = bar, 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def is_current(self) -> bool:
        return self.bar.currentIndex() == self.index


class _TabInterface(QAccessibleWidget):
    def __init__(self, tab: _Tab) -> None:
        super().__init__(tab, QAccessible.Role.PageTab)
        self._tab = tab

    def state(self) -> QAccessible.State:
        state, tab = super().state(), self._tab
        # Stubs declare these bits as methods.
        for bit, is_set in (
            ("selectable", True), ("selected", tab.is_current), ("focusable", True),
            ("focused", tab.is_current and tab.bar.hasFocus()), ("disabled", not tab.bar.isTabEnabled(tab.index)),
        ):  # fmt: skip
            setattr(state, bit, is_set)
        return state

    def text(self, kind: QAccessible.Text) -> str:
        # Asked for each time: a tab that is not shown is not laid out anew when its text changes.
        return self._tab.bar.tabText(self._tab.index) if kind == QAccessible.Text.Name else ""

    def actionNames(self) -> list[str]:
        return ["Press"]

    def doAction(self, name: str) -> None:
        if name == "Press":
            self._tab.bar.setCurrentIndex(self._tab.index)


class Tabs(Themed, QTabBar):
    """Painted tabs, placed above a `Divider`. The focus ring surrounds the text of the current tab."""

    ring_radius = None

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        accessible.install()
        self._tabs: list[_Tab] = []
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)
        self._hovered = -1
        self._name_scroll_buttons()
        for button in self.findChildren(QAbstractButton):
            button.clicked.connect(self._place_tabs)
        self.currentChanged.connect(self._place_tabs)
        self.follow_theme()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_scroll_buttons()

    def _name_scroll_buttons(self) -> None:
        """Name the buttons of Qt, which names them once, in the language of that moment."""
        left = QCoreApplication.translate("Widgets", "Scroll left")
        right = QCoreApplication.translate("Widgets", "Scroll right")
        for button in self.findChildren(QAbstractButton):
            button.setAccessibleName(left if "Left" in button.objectName() else right)

    def restyle(self) -> None:
        set_font(self, theme().font(Type.BODY, Type.MEDIUM))
        self.updateGeometry()
        self.update()

    def tabSizeHint(self, index: int) -> QSize:
        words = QFontMetrics(self.font()).horizontalAdvance(self.tabText(index))
        return QSize(words + theme().px(_GAP), theme().px(_HEIGHT))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def tabLayoutChange(self) -> None:
        super().tabLayoutChange()
        while len(self._tabs) < self.count():
            self._tabs.append(_Tab(self))
        while len(self._tabs) > self.count():
            self._tabs.pop().deleteLater()
        for button in self.findChildren(QAbstractButton):
            button.raise_()  # The n-th tab is the n-th child, as Qt's events have it.
        self._place_tabs()

    def _place_tabs(self) -> None:
        for index, tab in enumerate(self._tabs):
            tab.index = index
            tab.setGeometry(self.tabRect(index))
            tab.setVisible(self.isTabVisible(index))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if 0 <= self.currentIndex() < len(self._tabs):
            focused = QAccessibleEvent(self._tabs[self.currentIndex()], QAccessible.Event.Focus)
            QAccessible.updateAccessibility(focused)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.tabAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme()
        metrics = QFontMetrics(self.font())
        painter.setFont(self.font())
        for index in range(self.count()):
            area = QRectF(self.tabRect(index))
            current = index == self.currentIndex()
            painter.setOpacity(1.0 if self.isTabEnabled(index) else DISABLED_OPACITY)
            painter.setPen(colours.colour("text" if current or index == self._hovered else "text2"))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.tabText(index))
            words = metrics.horizontalAdvance(self.tabText(index))
            left = area.center().x() - words / 2
            if current:
                painter.fillRect(QRectF(left, self.height() - 2, words, 2), colours.colour("accent"))
                if self.hasFocus():
                    tall = metrics.height()
                    ring = QRectF(left - Space.S6, area.center().y() - tall / 2 - Space.S4, words + 12, tall + Space.S8)
                    paint_box(painter, ring, Radius.BADGE, None, colours.colour("accent"), RING)


accessible.give_role(Tabs, QAccessible.Role.PageTabList)
accessible.give_interface(_Tab, _TabInterface)
