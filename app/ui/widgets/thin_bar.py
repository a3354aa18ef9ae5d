"""A thin progress bar."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from app.ui.theme.theme import theme
from app.ui.widgets.themed import Themed, paint_box


class ThinBar(Themed, QProgressBar):
    """A progress bar of three pixels."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.follow_theme()

    def restyle(self) -> None:
        self.setFixedHeight(theme().px(3))

    def sizeHint(self) -> QSize:
        return QSize(theme().px(60), theme().px(3))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, area = QPainter(self), QRectF(self.rect())
        radius = area.height() / 2
        paint_box(painter, area, radius, theme().colour("line"))
        share = self.value() / self.maximum() if self.maximum() else 0.0
        if share:
            area.setWidth(max(area.height(), area.width() * share))
            paint_box(painter, area, radius, theme().colour("accent"))
