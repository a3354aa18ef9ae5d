"""A scroll area that keeps the focused widget in view."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QPalette, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets import accessible
from app.ui.widgets.notice_area import ScrollPastEnd
from app.ui.widgets.themed import Themed


class ScrollArea(Themed, QScrollArea):
    """Scrolls one widget as wide as the viewport. Its background is opaque, so that scrolling can move pixels."""

    ring_radius = None

    def __init__(self, content: QWidget | None = None, parent: QWidget | None = None, *, fill: str = "surface") -> None:
        accessible.install()
        super().__init__(parent)
        self._fill = fill
        self._focused: QWidget | None = None  # Remembered while another window has the focus.
        self._past_end = ScrollPastEnd(self.verticalScrollBar())
        # No tab stop of its own: it scrolls with the focused control and by the keys that control ignores.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        # Qt moves the pixels of what scrolls only if it is opaque, and otherwise paints all of the view again.
        widget.setAutoFillBackground(True)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Scroll to a widget that gets the focus here.

        Not on a mouse click, which happens in view, nor when the user returns from another window.
        """
        if now is None or now.window() is not self.window():
            return
        previous, self._focused = self._focused, now if self.isAncestorOf(now) else None
        if self._focused is not None and self._focused is not previous and not QGuiApplication.mouseButtons():
            # A widget created just now has no geometry yet.
            QTimer.singleShot(0, self, self._show_focus)

    def _show_focus(self) -> None:
        now, content = QApplication.focusWidget(), self.widget()
        if now is None or content is None or not content.isAncestorOf(now):
            return
        # For a text field, Qt would show only the cursor and cut off the border.
        bar, page = self.verticalScrollBar(), self.viewport().height()
        top = now.mapTo(content, QPoint(0, 0)).y() - Space.S16
        bottom = top + now.height() + 2 * Space.S16
        page -= self._past_end.height
        if bottom - top > page:
            self.ensureWidgetVisible(now, 0, Space.S16)
        elif top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + page:
            bar.setValue(bottom - page)

    def reserve(self, height: int) -> None:
        """Let the user scroll past the end by `height` pixels, which something covers at the bottom."""
        self._past_end.set_height(height)

    @property
    def reserved(self) -> int:
        """The height in pixels that something covers at the bottom."""
        return self._past_end.height

    @property
    def last_value(self) -> int:
        """The scroll value that shows the end of the content at the bottom of the view."""
        return self._past_end.natural_maximum

    def restyle(self) -> None:
        for part in (self, self.viewport(), self.widget()):
            if part is not None:
                self._fill_background(part)
        self.viewport().setAutoFillBackground(True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Polishing by the style sheet has taken the colour away.
        self.restyle()

    def _fill_background(self, part: QWidget) -> None:
        palette = part.palette()
        palette.setColor(QPalette.ColorRole.Base, theme().colour(self._fill))
        palette.setColor(QPalette.ColorRole.Window, theme().colour(self._fill))
        part.setPalette(palette)
