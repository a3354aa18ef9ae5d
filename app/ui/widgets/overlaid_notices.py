"""Shows notices over the bottom of a text, a list or a waveform, so that no control moves when one appears."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.widgets.notices import InlineNotice


class OverlaidNotices(QWidget):
    """Holds the notices of an area and shows the latest one; the next comes back when that one is cleared.

    The area shows its content in what remains of it, so that nothing is hidden.

    Signals:
        appeared: a notice was shown, and has its place.
    """

    appeared = Signal()

    def __init__(self, area: QWidget, reserve: Callable[[int], None], *notices: InlineNotice, inset: int = 0) -> None:
        """Show `notices` inside `area`, `inset` pixels away from its edges.

        `reserve` is called with the height in pixels to keep free at the bottom of the area.
        """
        super().__init__(area)
        self._area, self._reserve, self._inset = area, reserve, inset
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
                self.appeared.emit()
            elif event.type() == QEvent.Type.HideToParent:
                self._shown = [other for other in self._shown if other is not watched]
                self._arrange()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks beside the buttons of a notice from the area below."""
        event.accept()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place(is_changed=False)
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

    def _place(self, *, is_changed: bool = True) -> None:
        """Lay the shown notice over the bottom of the area. `is_changed`: its layout has to be measured anew."""
        if not self._shown:
            self._reserve(0)
            return
        width = self._area.width() - 2 * self._inset
        layout = self.layout()
        assert layout is not None
        if is_changed:
            # Not for a request of the layout itself: it would be followed by the next request, without end.
            layout.invalidate()
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        height = min(max(needed, layout.totalMinimumSize().height()), self._area.height() - self._inset)
        self.setGeometry(self._inset, self._area.height() - height - self._inset, width, height)
        self.raise_()
        self._reserve(height + self._inset)
