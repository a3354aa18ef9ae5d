"""A waveform that is also a seek slider, drawn on a fixed amplitude scale so that quiet takes look quiet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, Radius, Type
from app.ui.widgets.themed import Themed

Peaks = Iterable[tuple[float, float]]

# Perceived loudness is closer to a root of the amplitude than to the amplitude: whispers stay visible, in order.
_EXPONENT: Final = 0.6
_BAR: Final = 2.4
_PITCH: Final = 4.0
_MIN_BAR: Final = 1.6
_STEP_MS: Final = 100
_PAGE_MS: Final = 1_000


def bar_heights(peaks: Iterable[tuple[float, float]], bars: int) -> list[float]:
    """Return the heights of `bars` bars, 0..1, from (lowest, highest) pairs of samples in -1..1.

    Each bar shows the loudest pair of its range; with fewer pairs than bars, neighbours share one.
    """
    loudest = [min(1.0, max(abs(low), abs(high))) for low, high in peaks]
    if not loudest or bars <= 0:
        return []
    count = len(loudest)
    heights = []
    for bar in range(bars):
        first = bar * count // bars
        last = max(first + 1, (bar + 1) * count // bars)
        heights.append(max(loudest[first:last]) ** _EXPONENT)
    return heights


class Waveform(Themed, QSlider):
    """A seek slider in milliseconds, painted as bars, with the played part in the accent colour.

    Signals:
        sought: the position in milliseconds that the user or an assistive tool moved to.
    """

    sought = Signal(int)
    ring_radius = Radius.BADGE

    def __init__(self, name: str, parent: QWidget | None = None, *, height: int = 34) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._height = height
        self._reserved = 0
        self._peaks: list[tuple[float, float]] = []
        self._known = 1.0
        self._bars: QPainterPath | None = None
        self._fill: str | None = None
        self._placeholder = ""
        self._updating = False
        self.setAccessibleName(name)
        self.setRange(0, 0)
        self.setSingleStep(_STEP_MS)
        self.setPageStep(_PAGE_MS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Any change of the value from outside is a seek: assistive tools can only set the value.
        self.valueChanged.connect(self._report_seek)
        self.follow_theme()

    def set_sound(self, peaks: Peaks, milliseconds: int, known: float = 1.0) -> None:
        """Show the peaks, pairs of lowest and highest sample in -1..1, of audio of this length.

        `known` is the share of the length they cover, for audio that is still being generated.
        """
        self._peaks = [(float(low), float(high)) for low, high in peaks]
        self._known = min(max(known, 0.0), 1.0)
        self._bars = None
        self._updating = True
        self.setRange(0, max(0, milliseconds))
        self._updating = False
        self.update()

    def set_peaks(self, peaks: Peaks) -> None:
        """Show other peaks of audio of the same length; position and view stay."""
        self._peaks = [(float(low), float(high)) for low, high in peaks]
        self._bars = None
        self.update()

    def set_placeholder(self, text: str) -> None:
        """Set the text shown while there is no audio."""
        self._placeholder = text
        self.update()

    def set_position(self, milliseconds: int) -> None:
        """Move the playhead, unless the user is dragging it."""
        if not self.isSliderDown():
            self._updating = True
            self.setValue(milliseconds)
            self._updating = False

    def reserve(self, height: int) -> None:
        """Keep `height` pixels at the bottom free."""
        if height != self._reserved:
            self._reserved = height
            self._bars = None
            self.update()

    def drawn_height(self) -> int:
        """The height of the waveform in pixels, without what is reserved below it."""
        return max(1, self.height() - self._reserved)

    def restyle(self) -> None:
        self._bars = None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(48), theme().px(self._height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bars = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.maximum() > 0:
            self.setSliderDown(True)
            self._seek(event)
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._seek(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def x_at(self, milliseconds: int) -> float:
        """The x coordinate of a time, in pixels."""
        return self.width() * milliseconds / self.maximum() if self.maximum() else 0.0

    def time_at(self, x: float) -> int:
        """The time at an x coordinate, in milliseconds, clamped to the audio."""
        return round(min(max(x / max(1, self.width()), 0.0), 1.0) * self.maximum())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.maximum() and self._placeholder:
            painter.setFont(theme().font(Type.CONTROL))
            painter.setPen(theme().colour("text3"))
            area = QRect(0, 0, self.width(), self.drawn_height())
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._placeholder)
            return
        self.paint_bars(painter)
        if self.value() > 0:
            head = QRectF(min(self.x_at(self.value()), self.width() - 1.5), 0, 1.5, self.drawn_height())
            painter.fillRect(head, theme().colour("accent"))

    def paint_bars(self, painter: QPainter) -> None:
        self._paint_range(painter, 0.0, float(self.width()))

    def _paint_range(self, painter: QPainter, left: float, right: float) -> None:
        played = self.x_at(self.value())
        bars = self._path()
        for start, end, ink in ((left, min(played, right), "accent"), (max(left, played), right, "wave")):
            if end > start:
                painter.save()
                painter.setClipRect(QRectF(start, 0, end - start, self.drawn_height()))
                painter.fillPath(bars, theme().colour(ink))
                painter.restore()

    def _path(self) -> QPainterPath:
        if self._bars is None:
            path = QPainterPath()
            room = self.width() * self._known
            heights = bar_heights(self._peaks, int(room / _PITCH))
            for place, share in enumerate(heights):
                tall = max(_MIN_BAR, share * self.drawn_height() * 0.96)
                path.addRoundedRect(
                    QRectF(place * _PITCH, (self.drawn_height() - tall) / 2, _BAR, tall), _BAR / 2, _BAR / 2
                )
            self._bars = path
        return self._bars

    def _seek(self, event: QMouseEvent) -> None:
        self.setSliderPosition(self.time_at(event.position().x()))
        event.accept()

    def _report_seek(self, milliseconds: int) -> None:
        if not self._updating:
            self.sought.emit(milliseconds)
