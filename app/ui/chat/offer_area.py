"""What is offered above the composer: as high as its content, or scrolling where a low window has less room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.widgets.scroll_area import ScrollArea


class OfferArea(ScrollArea):
    """Shows one widget as long as that is not hidden.

    Signals:
        changed: it was shown or hidden, or needs another height.
    """

    changed = Signal()

    def __init__(self, offer: QWidget) -> None:
        self._offer = offer
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(offer)
        super().__init__(content, fill="bg")
        self.setVisible(not offer.isHidden())
        offer.installEventFilter(self)

    def wanted_height(self) -> int:
        """The height in pixels that shows all of the offer; 0 while there is none."""
        if self._offer.isHidden():
            return 0
        width = min(self.width(), self._offer.maximumWidth())
        layout = self._offer.layout()
        return layout.totalHeightForWidth(width) if layout is not None else self._offer.sizeHint().height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest):
            self.setVisible(not self._offer.isHidden())
            self.changed.emit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.changed.emit()
