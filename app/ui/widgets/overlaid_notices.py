"""Shows notices over the bottom of a text area, so that no control moves when one appears."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from app.ui.widgets.notices import InlineNotice


class OverlaidNotices(QWidget):
    """Holds the notices of a text area and shows the latest one; the next comes back when that one is cleared.

    The text scrolls in what remains of its area, so that no line of it is hidden.
    """

    def __init__(self, area: QPlainTextEdit, reserve: Callable[[int], None], *notices: InlineNotice) -> None:
        """`reserve` is called with the height in pixels to keep free at the bottom of the area."""
        super().__init__(area)
        self._area, self._reserve = area, reserve
        self._shown: list[InlineNotice] = []
        self._is_arranging = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for notice in notices:
            column.addWidget(notice)
            notice.installEventFilter(self)
        area.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._area and event.type() == QEvent.Type.Resize:
            self._place()
        elif isinstance(watched, InlineNotice) and not self._is_arranging:
            if event.type() == QEvent.Type.ShowToParent:
                self._shown = [*(other for other in self._shown if other is not watched), watched]
                self._arrange()
            elif event.type() == QEvent.Type.HideToParent:
                self._shown = [other for other in self._shown if other is not watched]
                self._arrange()
        return False

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return handled

    def _arrange(self) -> None:
        self._is_arranging = True
        for notice in self._shown[:-1]:
            notice.hide()
        if self._shown:
            self._shown[-1].show()
        self._is_arranging = False
        self.setVisible(bool(self._shown))
        self._place()

    def _place(self) -> None:
        """Lay the shown notice over the bottom of the area."""
        if not self._shown:
            self._reserve(0)
            return
        width = self._area.width()
        layout = self.layout()
        assert layout is not None
        layout.invalidate()
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        height = min(max(needed, layout.totalMinimumSize().height()), self._area.height())
        self.setGeometry(0, self._area.height() - height, width, height)
        self.raise_()
        self._reserve(height)
