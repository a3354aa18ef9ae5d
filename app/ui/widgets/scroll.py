"""What scrolls, and what wraps."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QLayoutItem, QScrollArea, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets import accessible
from app.ui.widgets.themed import Themed


class ScrollArea(Themed, QScrollArea):
    """Scrolls one widget that is as wide as the view. Its ground is opaque, so that scrolling moves pixels."""

    ring_radius = None

    def __init__(self, content: QWidget | None = None, parent: QWidget | None = None, *, fill: str = "surface") -> None:
        accessible.install()
        super().__init__(parent)
        self._fill = fill
        self._held: QWidget | None = None  # Has the keyboard here, also while another window has it.
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if content is not None:
            self.setWidget(content)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        self.follow_theme()

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        # QScrollArea makes its content fill its own background; the viewport already has the right one.
        widget.setAutoFillBackground(False)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Whoever gives the keyboard to something in here wants to see it.

        A pointer is there already, and who comes back from another window wants to read on.
        """
        if now is None or now.window() is not self.window():
            return
        held, self._held = self._held, now if self.isAncestorOf(now) else None
        if self._held is not None and self._held is not held and not QGuiApplication.mouseButtons():
            # What was made just now has no place yet.
            QTimer.singleShot(0, self, self._show_focus)

    def _show_focus(self) -> None:
        now, content = QApplication.focusWidget(), self.widget()
        if now is None or content is None or not content.isAncestorOf(now):
            return
        # Of a field Qt would show where one writes in it, and cut its edge.
        bar, page = self.verticalScrollBar(), self.viewport().height()
        top = now.mapTo(content, QPoint(0, 0)).y() - Space.S16
        bottom = top + now.height() + 2 * Space.S16
        if bottom - top > page:
            self.ensureWidgetVisible(now, 0, Space.S16)
        elif top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + page:
            bar.setValue(bottom - page)

    def restyle(self) -> None:
        for part in (self, self.viewport()):
            palette = part.palette()
            palette.setColor(QPalette.ColorRole.Base, theme().colour(self._fill))
            palette.setColor(QPalette.ColorRole.Window, theme().colour(self._fill))
            part.setPalette(palette)
        self.viewport().setAutoFillBackground(True)


class FlowLayout(QLayout):
    """Side by side, and on the next line when the line is full."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = Space.S6, line_gap: int = Space.S6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        around = self.contentsMargins()
        return size + QSize(around.left() + around.right(), around.top() + around.bottom())

    def _arrange(self, area: QRect, move: bool) -> int:
        around = self.contentsMargins()
        room = area.marginsRemoved(around)
        x, y, tall = room.x(), room.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            wide = min(hint.width(), max(room.width(), item.minimumSize().width()))
            if x > room.x() and x + wide > room.x() + room.width():
                x, y, tall = room.x(), y + tall + self._line_gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(wide, hint.height())))
            x += wide + self._gap
            tall = max(tall, hint.height())
        return y + tall - area.y() + around.bottom()
