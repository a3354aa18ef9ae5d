"""An indicator of work of unknown duration."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QProgressBar,
    QSizePolicy,
    QWidget,
)

from app.ui.theme.theme import theme
from app.ui.widgets.themed import Themed, paint_box


class Spinner(Themed, QProgressBar):
    """A busy indicator. It is animated only while visible, and not at all with reduced motion."""

    _FRAME_MS = 50
    _STEP = 24

    def __init__(self, parent: QWidget | None = None, *, side: int = 16, ink: str = "accent") -> None:
        super().__init__(parent)
        self._side, self._ink = side, ink
        self._angle = 0
        self._timer = QTimer(self, interval=self._FRAME_MS)
        self._timer.timeout.connect(self._turn)
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()
        self.follow_theme()

    def restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self._run_if_seen()
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run_if_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().colour(self._ink)
        area = QRectF(self.rect())
        if theme().reduced_motion:
            dot = area.width() / 5
            for place in range(3):
                paint_box(painter, QRectF(place * 2 * dot, area.center().y() - dot / 2, dot, dot), dot / 2, colour)
            return
        width = max(1.7, area.width() / 9)
        inner = area.adjusted(width, width, -width, -width)
        painter.setPen(QPen(theme().colour("line"), width))
        painter.drawEllipse(inner)
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(inner, -self._angle * 16, 100 * 16)

    def _run_if_seen(self) -> None:
        if self.isVisible() and not theme().reduced_motion:
            self._timer.start()
        else:
            self._timer.stop()

    def _turn(self) -> None:
        self._angle = (self._angle + self._STEP) % 360
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Widgets", "Working"))
