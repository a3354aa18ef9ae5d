"""A panel that floats over the dimmed window until it is closed, such as the command palette."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.panel import Panel

TOP = 92
"""Logical pixels from the top of the window, where it is tall enough."""
SHADOW = 8
_DIM = 70
"""Opacity of the shade over the window, 0 to 255."""


class WindowOverlay(Retranslated):
    """A panel over the window. Escape or a click beside it closes it.

    Attributes:
        panel: the panel; subclasses fill its body.
    """

    def __init__(self, window: QWidget, width: int) -> None:
        """`width` is in logical pixels, before text scaling."""
        super().__init__(window)
        self._window, self._width = window, width
        self._previous_focus: QWidget | None = None
        self._shade: _Shade | None = None
        self.panel = Panel()
        self.panel.set_shadow(SHADOW)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        window.installEventFilter(self)
        theme().changed.connect(self._place_if_shown)
        self.hide()

    def open(self) -> None:
        """Show the panel above the window; the subclass sets the focus."""
        if not self.isVisible():
            self._previous_focus = self._focus_below()
        if self._shade is None:
            self._shade = _Shade(self._window, self)
        self._shade.setGeometry(self._window.rect())
        self._shade.show()
        self._shade.raise_()
        self.show()
        self.place()
        self.raise_()

    def _focus_below(self) -> QWidget | None:
        """The widget of the window that has the focus, or had it before another overlay took it."""
        focused = self._window.focusWidget()
        within: QWidget | None = focused
        while within is not None and not isinstance(within, WindowOverlay):
            within = within.parentWidget()
        return within._previous_focus if within is not None else focused

    def close_overlay(self) -> None:
        """Hide the panel and restore the focus."""
        if self.isVisible():
            self._vanish()
            if self._previous_focus is not None:
                self._previous_focus.setFocus()

    def _vanish(self) -> None:
        self.hide()
        if self._shade is not None:
            self._shade.hide()

    def fit(self, room: int) -> None:
        """Size what grows with its content so that the panel is at most `room` pixels tall. Subclasses override it."""

    def place(self) -> None:
        """Place the panel in the window and size it to its content."""
        width = min(theme().px(self._width), self._window.width() - Space.S32) + 2 * SHADOW
        self.setFixedWidth(width)
        top = min(TOP, max(Space.S8, (self._window.height() - theme().px(480)) // 3))
        self.fit(self._window.height() - top - Space.S16)
        # Layouts are recomputed later, from the event loop; until then they remember the rows of the previous filter.
        for part in (self.panel, self):
            layout = part.layout()
            assert layout is not None
            layout.invalidate()
            layout.activate()
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.resize(width, height)
        self.move((self._window.width() - width) // 2, top - SHADOW)
        if self._shade is not None:
            self._shade.setGeometry(self._window.rect())

    def _place_if_shown(self) -> None:
        if self.isVisible():
            self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place_if_shown()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Keep the keyboard focus inside of the panel."""
        stops = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        ]
        if stops:
            focused = self._window.focusWidget()
            index = stops.index(focused) if focused in stops else -1
            reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
            stops[(index + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True


class _Shade(QWidget):
    """Dims the window below an overlay; a click on it closes the overlay."""

    def __init__(self, window: QWidget, overlay: WindowOverlay) -> None:
        super().__init__(window)
        self._overlay = overlay

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._overlay.close_overlay()

    def paintEvent(self, event: QPaintEvent) -> None:
        shade = QColor(theme().colour("shadow"))
        shade.setAlpha(_DIM)
        QPainter(self).fillRect(event.rect(), shade)
