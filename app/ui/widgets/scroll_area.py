"""A scroll area that keeps the focused widget in view."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

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
