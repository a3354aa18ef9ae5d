"""A waveform below a ruler, with two handles that mark the part to keep; it can be zoomed into."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSlider, QWidget

from app.ui.texts.numbers import clock
from app.ui.theme.theme import theme
from app.ui.theme.tokens import DISABLED_OPACITY, Radius, Space, Type
from app.ui.widgets.themed import Themed, paint_box
from app.ui.widgets.waveform import Peaks, Waveform, bar_heights

_PAGE_MS: Final = 1_000
_MIN_VIEW_MS: Final = 500
_ZOOM_STEP: Final = 2.0
_RULER: Final = 28
_STEPS_MS: Final = (
    50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000,
)  # fmt: skip
_LEAST_STEP: Final = 90
_PITCH: Final = 5.2
_BAR: Final = 2.6
_MIN_BAR: Final = 2.0


class _TrimHandle(Themed, QSlider):
    """A handle at one end of the kept part: a slider in milliseconds as narrow as its grip, placed at its value."""

    WIDTH: Final = 11

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
        if event.button() == Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)
            self.setValue(self._wave.snap(self.value()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.isEnabled():  # Nothing to trim.
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        ink = theme().colour("text")
        paint_box(painter, QRectF(middle - 1.5, 0, 3, self.height()), 1.5, ink)
        knob = QRectF(middle - 5, self.height() / 2 - 12, 10, 24)
        paint_box(painter, knob, 5, theme().colour("surface"), ink, 2)


class TrimWaveform(Waveform):
    """A waveform with two sliders that mark the part to keep; the rest is drawn faint.

    The keys `[` and `]` trim at the playhead. Ctrl and the wheel zoom around the pointer, Shift and the wheel move.

    Signals:
        trimmed: the start and end of the part to keep, in milliseconds.
        zoomed: another part is in view.

    Attributes:
        start, end: the two sliders.
        snap: where a handle goes that was dragged to a time in milliseconds.
    """

    trimmed = Signal(int, int)
    zoomed = Signal()

    def __init__(
        self, name: str, start_name: str, end_name: str, parent: QWidget | None = None, *, height: int = 132
    ) -> None:
        self._view = (0, 0)
        self._view_bars: QPainterPath | None = None
        super().__init__(name, parent, height=height)
        self.snap: Callable[[int], int] = lambda milliseconds: milliseconds
        self.start = _TrimHandle(self)
        self.end = _TrimHandle(self)
        self.start.setAccessibleName(start_name)
        self.end.setAccessibleName(end_name)
        self.start.setEnabled(False)
        self.end.setEnabled(False)
        self.start.valueChanged.connect(self._start_moved)
        self.end.valueChanged.connect(self._end_moved)
        self._min_ms = 100

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
        self._show_view(0, self.maximum())

    def set_peaks(self, peaks: Peaks) -> None:
        self._view_bars = None
        super().set_peaks(peaks)

    def set_trim(self, start: int, end: int) -> None:
        """Set the part to keep, in milliseconds."""
        self.end.setValue(end)
        self.start.setValue(start)

    def set_position(self, milliseconds: int) -> None:
        super().set_position(milliseconds)
        first, last = self._view
        if self.is_zoomed and not first <= self.value() <= last:
            self._show_view(self.value(), self.value() + last - first)

    # -- zoom -----------------------------------------------------------------------------------------------------

    @property
    def is_zoomed(self) -> bool:
        return self._view != (0, self.maximum())

    def zoom_in(self) -> None:
        """Show half as much, around the playhead if it is in view, else around the middle."""
        self._zoom(_ZOOM_STEP, self._anchor())

    def zoom_out(self) -> None:
        """Show twice as much, at most everything."""
        self._zoom(1 / _ZOOM_STEP, self._anchor())

    def _anchor(self) -> int:
        first, last = self._view
        return self.value() if first < self.value() < last else (first + last) // 2

    def _zoom(self, factor: float, anchor: int) -> None:
        first, last = self._view
        length = min(self.maximum(), max(_MIN_VIEW_MS, round((last - first) / factor)))
        share = (anchor - first) / max(1, last - first)
        start = round(anchor - share * length)
        self._show_view(start, start + length)

    def _show_view(self, first: int, last: int) -> None:
        length = min(last - first, self.maximum())
        first = min(max(0, first), self.maximum() - length)
        self._view, self._view_bars = (first, first + length), None
        self._place_handles()
        self.update()
        self.zoomed.emit()

    def x_at(self, milliseconds: int) -> float:
        first, last = self._view
        return self.width() * (milliseconds - first) / (last - first) if last > first else 0.0

    def time_at(self, x: float) -> int:
        first, last = self._view
        share = min(max(x / max(1, self.width()), 0.0), 1.0)
        return round(first + share * (last - first))

    # -- events ---------------------------------------------------------------------------------------------------

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y() or event.angleDelta().x()
        is_sideways = abs(event.angleDelta().x()) > abs(event.angleDelta().y())
        modifiers = event.modifiers()
        if modifiers & Qt.KeyboardModifier.ControlModifier and turn:
            self._zoom(_ZOOM_STEP ** (turn / 240), self.time_at(event.position().x()))
        elif (is_sideways or modifiers & Qt.KeyboardModifier.ShiftModifier) and self.is_zoomed:
            first, last = self._view
            step = round((last - first) * turn / 1200)
            self._show_view(first - step, last - step)
        else:
            event.ignore()

    def trim_at_playhead(self, event: QKeyEvent) -> bool:
        """Act on `[` and `]`; whether the key was one of them."""
        if event.text() not in ("[", "]") or not self.maximum():
            return False
        handle = self.start if event.text() == "[" else self.end
        handle.setValue(self.snap(self.value()))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._view_bars = None
        self._place_handles()

    def restyle(self) -> None:
        self._view_bars = None
        super().restyle()

    def reserve(self, height: int) -> None:
        super().reserve(height)
        self._view_bars = None
        self._place_handles()

    # -- painting -------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.maximum():
            super().paintEvent(event)
            return
        painter, colours = QPainter(self), theme()
        if not self.isEnabled():
            painter.setOpacity(DISABLED_OPACITY)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top, bottom = float(theme().px(_RULER)), float(self.drawn_height())
        first, last = self.x_at(self.start.value()), self.x_at(self.end.value())
        for left, right in ((0.0, first), (last, float(self.width()))):
            if right > left:
                painter.fillRect(QRectF(left, top, right - left, bottom - top), colours.colour("sunken"))
        self._paint_ruler(painter)
        self.paint_bars(painter)
        self._paint_times(painter, first, last)
        head = self.x_at(self.value())
        if self.value() > 0 and 0 <= head <= self.width():
            left = min(head, self.width() - 1.5)
            painter.fillRect(QRectF(left, top - 5, 1.5, bottom - top + 5), colours.colour("accent"))

    def paint_bars(self, painter: QPainter) -> None:
        if not self.maximum():
            return
        first, last = self.x_at(self.start.value()), self.x_at(self.end.value())
        bars, ink = self._bars_in_view(), theme().colour("wave")
        opacity = painter.opacity()
        for left, right, share in ((0.0, first, 0.35), (first, last, 1.0), (last, float(self.width()), 0.35)):
            if right > left:
                painter.save()
                painter.setOpacity(opacity * share)
                painter.setClipRect(QRectF(left, 0, right - left, self.drawn_height()))
                painter.fillPath(bars, ink)
                painter.restore()

    def _bars_in_view(self) -> QPainterPath:
        if self._view_bars is None:
            first, last = self._view
            count, whole = len(self._peaks), max(1, self.maximum())
            begin, end = first * count // whole, max(first * count // whole + 1, last * count // whole)
            top = float(theme().px(_RULER))
            height = max(1.0, self.drawn_height() - top)
            path = QPainterPath()
            room = self.width() * self._known
            for place, share in enumerate(bar_heights(self._peaks[begin:end], int(room / _PITCH))):
                tall = max(_MIN_BAR, share * height * 0.92)
                bar = QRectF(place * _PITCH + 1, top + (height - tall) / 2, _BAR, tall)
                path.addRoundedRect(bar, _BAR / 2, _BAR / 2)
            self._view_bars = path
        return self._view_bars

    def _paint_ruler(self, painter: QPainter) -> None:
        colours, (first, last) = theme(), self._view
        painter.setFont(colours.font(Type.TINY))
        metrics = QFontMetrics(colours.font(Type.TINY))
        top = theme().px(_RULER)
        least = theme().px(_LEAST_STEP)
        per_ms = self.width() / max(1, last - first)
        step = next((step for step in _STEPS_MS if step * per_ms >= least), _STEPS_MS[-1])
        minor = max(1, step // 5)
        for tick in range(first - first % minor, last + 1, minor):
            x, is_major = self.x_at(tick), tick % step == 0
            tall = Space.S6 if is_major else Space.S4
            painter.fillRect(QRectF(x, top - tall, 1, tall), colours.colour("line"))
            if is_major and tick:
                text = tick_text(tick, step)
                wide = metrics.horizontalAdvance(text)
                if wide / 2 < x < self.width() - wide / 2:
                    painter.setPen(colours.colour("text3"))
                    area = QRectF(x - wide / 2 - 2, 0, wide + 4, top - Space.S6)
                    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_times(self, painter: QPainter, first: float, last: float) -> None:
        """The times of the handles, inside the kept part."""
        painter.setFont(theme().font(Type.TINY))
        metrics = QFontMetrics(theme().font(Type.TINY))
        painter.setPen(theme().colour("text"))
        top, tall = theme().px(_RULER) + 2, metrics.height()
        start, end = clock(self.start.value() / 1000), clock(self.end.value() / 1000)
        wide = metrics.horizontalAdvance(start) + metrics.horizontalAdvance(end) + 4 * Space.S12
        if last - first < wide:
            return
        if self.start.value():
            painter.drawText(QRectF(first + Space.S12, top, wide, tall), Qt.AlignmentFlag.AlignLeft, start)
        if self.end.value() < self.maximum():
            painter.drawText(QRectF(last - Space.S12 - wide, top, wide, tall), Qt.AlignmentFlag.AlignRight, end)

    # -- the handles ----------------------------------------------------------------------------------------------

    def _start_moved(self, value: int) -> None:
        if value > self.end.value() - self._min_ms:
            self.start.setValue(max(0, self.end.value() - self._min_ms))
            return
        self._moved()

    def _end_moved(self, value: int) -> None:
        if value < self.start.value() + self._min_ms:
            self.end.setValue(min(self.maximum(), self.start.value() + self._min_ms))
            return
        self._moved()

    def _moved(self) -> None:
        self._place_handles()
        self.update()
        self.trimmed.emit(self.start.value(), self.end.value())

    def _place_handles(self) -> None:
        top = theme().px(_RULER)
        for handle in (self.start, self.end):
            left = round(self.x_at(handle.value()) - handle.WIDTH / 2)
            left = min(max(left, 0), self.width() - handle.WIDTH)
            handle.setGeometry(left, top, handle.WIDTH, max(1, self.drawn_height() - top))


def tick_text(milliseconds: int, step: int) -> str:
    """The time of a mark, with as many digits as tell it from the next one `step` milliseconds later."""
    if step >= 100:
        return clock(milliseconds / 1000).removesuffix(".0")
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes}:{rest / 1000:05.2f}"
