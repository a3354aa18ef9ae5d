"""Sound as bars on one fixed amplitude scale, so that a quiet take looks quiet; and with handles to trim it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, Radius, Type
from app.ui.widgets.themed import Themed, paint_box

Peaks = Iterable[tuple[float, float]]

# Loudness is heard nearer to a root of the amplitude than to the amplitude: whispers stay visible, and order is kept.
_EXPONENT: Final = 0.6
_BAR: Final = 2.4
_PITCH: Final = 4.0
_LEAST_BAR: Final = 1.6
_STEP_MS: Final = 100
_PAGE_MS: Final = 1_000


def bar_heights(peaks: Iterable[tuple[float, float]], bars: int) -> list[float]:
    """The height of each of `bars` bars, 0..1 of the room, from (lowest, highest) pairs of samples in -1..1.

    Each bar shows the loudest of its stretch; with fewer pairs than bars, neighbours share one.
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
    """A sound and the place in it: a slider in milliseconds, painted as bars, the played part in the accent.

    Signals:
        sought: a person or an assistive tool chose another place, in milliseconds.
    """

    sought = Signal(int)
    ring_radius = Radius.BADGE

    def __init__(self, name: str, parent: QWidget | None = None, *, height: int = 34) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._tall = height
        self._peaks: list[tuple[float, float]] = []
        self._known = 1.0
        self._bars: QPainterPath | None = None
        self._words = ""
        self._following = False
        self.setAccessibleName(name)
        self.setRange(0, 0)
        self.setSingleStep(_STEP_MS)
        self.setPageStep(_PAGE_MS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Whoever sets the value means to go there: a click, a key, and an assistive tool, which does nothing else.
        self.valueChanged.connect(self._placed)
        self.follow_theme()

    def set_sound(self, peaks: Peaks, milliseconds: int, known: float = 1.0) -> None:
        """Show these peaks, pairs of lowest and highest sample in -1..1, over a length.

        `known` is the share of the length they cover, for a sound that is still being made.
        """
        self._peaks = [(float(low), float(high)) for low, high in peaks]
        self._known = min(max(known, 0.0), 1.0)
        self._bars = None
        self._following = True
        self.setRange(0, max(0, milliseconds))
        self._following = False
        self.update()

    def set_placeholder(self, words: str) -> None:
        """What stands there while there is no sound."""
        self._words = words
        self.update()

    def set_position(self, milliseconds: int) -> None:
        """Move the playhead, unless a person holds it."""
        if not self.isSliderDown():
            self._following = True
            self.setValue(milliseconds)
            self._following = False

    def restyle(self) -> None:
        self._bars = None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().px(self._tall))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(48), theme().px(self._tall))

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

    def place_of(self, milliseconds: int) -> float:
        """Where a time is drawn, in pixels from the left."""
        return self.width() * milliseconds / self.maximum() if self.maximum() else 0.0

    def time_at(self, x: float) -> int:
        """The time at a place, in milliseconds, within the sound."""
        return round(min(max(x / max(1, self.width()), 0.0), 1.0) * self.maximum())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.maximum() and self._words:
            painter.setFont(theme().font(Type.CONTROL))
            painter.setPen(theme().colour("text3"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words)
            return
        self.paint_bars(painter)
        if self.value() > 0:
            head = QRectF(min(self.place_of(self.value()), self.width() - 1.5), 0, 1.5, self.height())
            painter.fillRect(head, theme().colour("accent"))

    def paint_bars(self, painter: QPainter) -> None:
        self._paint_stretch(painter, 0.0, float(self.width()))

    def _paint_stretch(self, painter: QPainter, left: float, right: float) -> None:
        played = self.place_of(self.value())
        bars = self._path()
        for start, end, ink in ((left, min(played, right), "accent"), (max(left, played), right, "wave")):
            if end > start:
                painter.save()
                painter.setClipRect(QRectF(start, 0, end - start, self.height()))
                painter.fillPath(bars, theme().colour(ink))
                painter.restore()

    def _path(self) -> QPainterPath:
        if self._bars is None:
            path = QPainterPath()
            room = self.width() * self._known
            heights = bar_heights(self._peaks, int(room / _PITCH))
            for place, share in enumerate(heights):
                tall = max(_LEAST_BAR, share * self.height() * 0.96)
                path.addRoundedRect(QRectF(place * _PITCH, (self.height() - tall) / 2, _BAR, tall), _BAR / 2, _BAR / 2)
            self._bars = path
        return self._bars

    def _seek(self, event: QMouseEvent) -> None:
        self.setSliderPosition(self.time_at(event.position().x()))
        event.accept()

    def _placed(self, milliseconds: int) -> None:
        if not self._following:
            self.sought.emit(milliseconds)


class _TrimHandle(Themed, QSlider):
    """One end of the kept part, in milliseconds; it is as narrow as its grip and stands where its value is."""

    WIDE: Final = 11

    def __init__(self, wave: TrimWaveform) -> None:
        super().__init__(Qt.Orientation.Horizontal, wave)
        self._wave = wave
        self._grip = 0.0
        self.ring_radius = Radius.BADGE
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setSingleStep(10)
        self.setPageStep(_PAGE_MS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.follow_theme()

    def restyle(self) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position().x() - self.width() / 2
            self.setSliderDown(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            place = self._wave.mapFromGlobal(event.globalPosition()).x() - self._grip
            self.setSliderPosition(self._wave.time_at(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.isEnabled():  # There is nothing to trim.
            return
        painter = QPainter(self)
        middle = self.width() / 2
        bar = QRectF(middle - 1.5, 0, 3, self.height())
        paint_box(painter, bar, 1.5, theme().colour("accent"))
        knob = QRectF(middle - 4.5, self.height() / 2 - 9, 9, 18)
        paint_box(painter, knob, 4, theme().colour("surface"), theme().colour("accent"), 2)


class TrimWaveform(Waveform):
    """A waveform whose kept part two sliders mark; what is outside is faint.

    Signals:
        trimmed: the kept part is now from, to, in milliseconds.

    Attributes:
        start, end: the two sliders.
    """

    trimmed = Signal(int, int)

    def __init__(
        self, name: str, start_name: str, end_name: str, parent: QWidget | None = None, *, height: int = 110
    ) -> None:
        super().__init__(name, parent, height=height)
        self.start = _TrimHandle(self)
        self.end = _TrimHandle(self)
        self.start.setAccessibleName(start_name)
        self.end.setAccessibleName(end_name)
        self.start.setEnabled(False)
        self.end.setEnabled(False)
        self.start.valueChanged.connect(self._start_moved)
        self.end.valueChanged.connect(self._end_moved)
        self._least_ms = 100

    def set_sound(self, peaks: Peaks, milliseconds: int, known: float = 1.0) -> None:
        super().set_sound(peaks, milliseconds, known)
        for handle in (self.start, self.end):
            handle.blockSignals(True)
            handle.setRange(0, self.maximum())
            handle.setEnabled(self.maximum() > 0)
        self.start.setValue(0)
        self.end.setValue(self.maximum())
        for handle in (self.start, self.end):
            handle.blockSignals(False)
        self._place_handles()

    def set_trim(self, start: int, end: int) -> None:
        """Mark the part to keep, in milliseconds."""
        self.end.setValue(end)
        self.start.setValue(start)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_handles()

    def paint_bars(self, painter: QPainter) -> None:
        first, last = self.place_of(self.start.value()), self.place_of(self.end.value())
        opacity = painter.opacity()
        painter.setOpacity(opacity * 0.35)
        self._paint_stretch(painter, 0.0, first)
        self._paint_stretch(painter, last, float(self.width()))
        painter.setOpacity(opacity)
        self._paint_stretch(painter, first, last)

    def _start_moved(self, value: int) -> None:
        if value > self.end.value() - self._least_ms:
            self.start.setValue(max(0, self.end.value() - self._least_ms))
            return
        self._moved()

    def _end_moved(self, value: int) -> None:
        if value < self.start.value() + self._least_ms:
            self.end.setValue(min(self.maximum(), self.start.value() + self._least_ms))
            return
        self._moved()

    def _moved(self) -> None:
        self._place_handles()
        self.update()
        self.trimmed.emit(self.start.value(), self.end.value())

    def _place_handles(self) -> None:
        for handle in (self.start, self.end):
            left = round(self.place_of(handle.value()) - handle.WIDE / 2)
            left = min(max(left, 0), self.width() - handle.WIDE)
            handle.setGeometry(left, 0, handle.WIDE, self.height())
