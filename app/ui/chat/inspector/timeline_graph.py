"""The timeline of a call as a graph: when what came first, and how many events per stretch of time."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.core.call_timeline import SORTS, CallTimeline
from app.ui.texts.numbers import count, seconds
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.themed import Themed, paint_box, set_font

HEIGHTS = 166, 92
"""Logical pixels of the graph, before text scaling, from where there is room to where there is little."""
_INKS = {"thinking": "thinking", "answer": "text2", "sound": "tool", "other": "wave"}
_LABEL_ROWS = 4, 3
"""Of the texts above the graph, for each of its heights."""
_TICKS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600)


class _Mark(NamedTuple):
    at: float
    text: str


class TimelineGraph(Themed, QLabel):
    """A label, which is what assistive tools read: its text begins with "Timeline" and says what is painted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: CallTimeline | None = None
        self._total = 0
        self._low = 0
        self._has_legend = True
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.follow_theme()
        self.describe()

    def show_timeline(self, line: CallTimeline | None, total: int = 0) -> None:
        """Paint a timeline; `total` is the number of events of the call, of which some may not be kept."""
        self._line, self._total = line, total
        self.describe()
        self.update()

    def set_low(self, low: int, *, has_legend: bool = True) -> None:
        """Take one of `HEIGHTS`, also without the texts below the graph, which are in the tooltip as well."""
        if (low, has_legend) != (self._low, self._has_legend):
            self._low, self._has_legend = low, has_legend
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        legend = Space.S8 + self._legend_rows(max(1, self.width())) * self._row_height() if self._has_legend else 0
        return QSize(0, theme().px(HEIGHTS[self._low]) + legend)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.height() != self.sizeHint().height():
            self.updateGeometry()

    def restyle(self) -> None:
        set_font(self, theme().font(Type.TINY))
        self.updateGeometry()
        self.update()

    def describe(self) -> None:
        """Say in words what is painted, in the language of now."""
        line = self._line
        if line is None:
            self.setText(QCoreApplication.translate("Inspector", "Timeline: no call"))
            return
        facts = [mark.text for mark in self._marks(line)]
        facts += [self._events_text(), self._gap_text()]
        text = QCoreApplication.translate("Inspector", "Timeline: {facts}")
        self.setText(text.format(facts=", ".join(filter(None, facts))))
        self.setToolTip(self.text())

    # -- what is said -------------------------------------------------------------------------------------------------

    def _marks(self, line: CallTimeline) -> list[_Mark]:
        output = (
            QCoreApplication.translate("Inspector", "First sound {n}")
            if line.output == "sound"
            else QCoreApplication.translate("Inspector", "First text {n}")
        )
        named = (
            (line.first_byte, QCoreApplication.translate("Inspector", "First byte {n}")),
            (line.first_thought, QCoreApplication.translate("Inspector", "First thought {n}")),
            (line.first_output, output),
            (line.end, QCoreApplication.translate("Inspector", "End {n}")),
        )
        sent = line.sent or 0.0
        marks = [_Mark(sent, QCoreApplication.translate("Inspector", "Sent"))]
        return marks + [_Mark(at, text.format(n=_moment(at))) for at, text in named if at is not None]

    def _events_text(self) -> str:
        if self._total == 1:
            return QCoreApplication.translate("Inspector", "1 event")
        return QCoreApplication.translate("Inspector", "{n} events").format(n=count(self._total))

    def _gap_text(self) -> str:
        if self._line is None or not self._line.gap:
            return ""
        return QCoreApplication.translate("Inspector", "longest gap {time}").format(time=seconds(self._line.gap))

    def _legend(self) -> list[tuple[str, str]]:
        """The texts below the graph, with the ink of their mark."""
        if self._line is None:
            return []
        totals = [sum(counts[at] for counts in self._line.bins) for at in range(len(SORTS))]
        names = (
            QCoreApplication.translate("Inspector", "Thinking"),
            QCoreApplication.translate("Inspector", "Answer"),
            QCoreApplication.translate("Inspector", "Sound"),
            QCoreApplication.translate("Inspector", "Other"),
        )
        legend = [(_INKS[sort], names[at]) for at, sort in enumerate(SORTS) if totals[at]]
        if self._line.bins:
            per = QCoreApplication.translate("Inspector", "events per {time}")
            legend.append(("", per.format(time=_stretch(self._line.bin_width))))
        return [*legend, *(("", text) for text in (self._events_text(), self._gap_text()) if text)]

    # -- painting -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = theme()
        tall = colours.px(HEIGHTS[self._low])
        frame = QRectF(0, 0, self.width(), tall)
        paint_box(painter, frame, Radius.ROW, colours.colour("raised"), colours.colour("line"))
        line = self._line
        if line is None:
            return
        metrics = QFontMetrics(self._font())
        highest = max(map(sum, line.bins), default=0)
        scale_wide = metrics.horizontalAdvance(count(highest)) + Space.S6 if highest else 0
        inner = frame.adjusted(Space.S12, Space.S6, -Space.S8 - scale_wide, -Space.S4)
        rows = self._place_marks(line, inner, metrics)
        label_rows = 1 + max((row for *_, row in rows), default=0)
        axis = inner.bottom() - metrics.height() - 2
        top = inner.top() + label_rows * metrics.height() + Space.S4
        plot = QRectF(inner.left(), top, inner.width(), axis - top)
        self._paint_grid(painter, plot, highest)
        self._paint_bars(painter, line, plot, highest)
        painter.fillRect(QRectF(inner.left(), axis, inner.width(), 1), colours.colour("line"))
        self._paint_ticks(painter, line, inner, axis)
        self._paint_marks(painter, rows, inner, axis, metrics)
        if self._has_legend:
            self._paint_legend(painter, tall + Space.S6)

    def _font(self, weight: int = Type.MEDIUM) -> QFont:
        return theme().font(Type.TINY, weight)

    def _row_height(self) -> int:
        return QFontMetrics(self._font()).height() + Space.S4

    def _scale(self, line: CallTimeline, inner: QRectF) -> float:
        """Pixels of a second."""
        return inner.width() / max(line.span, line.bin_width * 3) if line.span else inner.width()

    def _place_marks(
        self, line: CallTimeline, inner: QRectF, metrics: QFontMetrics
    ) -> list[tuple[float, float, str, int]]:
        """Position, left edge and text of each mark, and the row of its text; -1 if there is no room for that."""
        scale = self._scale(line, inner)
        ends = [inner.left() - 1.0] * _LABEL_ROWS[self._low]
        placed: list[tuple[float, float, str, int]] = []
        marks = self._marks(line)
        for mark in marks:
            x = min(inner.right(), inner.left() + mark.at * scale)
            wide = metrics.horizontalAdvance(mark.text) + 5
            left = x + 5 if x + 5 + wide <= inner.right() else x - wide
            # Below its text its line must not run through that of another.
            free = (row for row in range(len(ends)) if left > ends[row] + Space.S4)
            row = next((row for row in free if all(end < x for end in ends[row + 1 :])), -1)
            if left < inner.left():
                row = -1
            if row >= 0:
                ends[row] = left + wide
            placed.append((x, left, mark.text, row))
        return placed

    def _paint_marks(
        self, painter: QPainter, rows: list[tuple[float, float, str, int]], inner: QRectF, axis: float,
        metrics: QFontMetrics,
    ) -> None:  # fmt: skip
        painter.setFont(self._font())
        below = 1 + max((row for *_, row in rows), default=0)
        for x, left, text, row in rows:
            # A line without a text begins below the texts of the others.
            top = inner.top() + (row if row >= 0 else below) * metrics.height()
            painter.setPen(QPen(theme().colour("text"), 1.2))
            painter.drawLine(QPointF(x, top + 1), QPointF(x, axis))
            if row >= 0:
                painter.drawText(QPointF(left, top + metrics.ascent()), text)

    def _paint_grid(self, painter: QPainter, area: QRectF, highest: int) -> None:
        """Lines at the height of the most events of a bin and of half as many."""
        painter.setFont(self._font(Type.REGULAR))
        metrics = painter.fontMetrics()
        has_half = area.height() > 3 * metrics.height()
        for number in {highest, highest // 2 if has_half else 0} - {0}:
            height = area.bottom() - number * area.height() / highest
            painter.setPen(QPen(theme().colour("line"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(area.left(), height), QPointF(area.right(), height))
            painter.setPen(theme().colour("text3"))
            painter.drawText(QPointF(area.right() + Space.S4, height + metrics.ascent() / 2 - 1), count(number))

    def _paint_bars(self, painter: QPainter, line: CallTimeline, area: QRectF, highest: int) -> None:
        if not highest or area.height() < 4:
            return
        wide = line.bin_width * self._scale(line, area)
        gap = 1.6 if wide > 5 else 0.0
        for number, counts in enumerate(line.bins):
            bottom = area.bottom()
            for at, sort in enumerate(SORTS):
                tall = counts[at] * area.height() / highest
                if tall:
                    left = area.left() + number * wide + gap / 2
                    bar = QRectF(left, bottom - tall, max(1.0, min(wide - gap, area.right() - left)), tall)
                    painter.fillRect(bar, theme().colour(_INKS[sort]))
                    bottom -= tall

    def _paint_ticks(self, painter: QPainter, line: CallTimeline, inner: QRectF, axis: float) -> None:
        scale = self._scale(line, inner)
        font = self._font(Type.REGULAR)
        metrics = QFontMetrics(font)
        room = metrics.horizontalAdvance("000.0 min")
        step = next((step for step in _TICKS if step * scale >= room), 2.0 * _TICKS[-1])
        painter.setFont(font)
        painter.setPen(theme().colour("text3"))
        moment = 0.0
        while moment * scale <= inner.width() + 1:
            text = QCoreApplication.translate("Inspector", "{n} s").format(n=f"{moment:g}")
            text = text if moment < 60 else _stretch(moment)
            wide = metrics.horizontalAdvance(text)
            x = inner.left() + moment * scale - (wide / 2 if moment else 0)
            if x + wide <= inner.right() + Space.S8:
                painter.drawText(QPointF(x, axis + metrics.ascent() + 2), text)
            moment = round(moment + step, 3)

    def _paint_legend(self, painter: QPainter, top: float) -> None:
        metrics = QFontMetrics(self._font(Type.REGULAR))
        painter.setFont(self._font(Type.REGULAR))
        side = theme().px(9)
        for text, ink, left, row in self._legend_places(self.width()):
            y = top + row * self._row_height()
            if ink:
                box = QRectF(left, y + (metrics.height() - side) / 2, side, side)
                paint_box(painter, box, 3, theme().colour(ink))
                left += side + Space.S6
            painter.setPen(theme().colour("text2"))
            painter.drawText(QPointF(left, y + metrics.ascent()), text)

    def _legend_places(self, width: int) -> list[tuple[str, str, float, int]]:
        metrics = QFontMetrics(self._font(Type.REGULAR))
        places: list[tuple[str, str, float, int]] = []
        left, row = 0.0, 0
        for ink, text in self._legend():
            wide = metrics.horizontalAdvance(text) + (theme().px(9) + Space.S6 if ink else 0)
            if left and left + wide > width:
                left, row = 0.0, row + 1
            places.append((text, ink, left, row))
            left += wide + Space.S12
        if row == 0 and len(places) > 2:
            # What is about the whole call stands at the right.
            spare = width - left + Space.S12
            after = next((at for at, place in enumerate(places) if place[0] == self._events_text()), len(places))
            places[after:] = [(text, ink, at + spare, line) for text, ink, at, line in places[after:]]
        return places

    def _legend_rows(self, width: int) -> int:
        return 1 + max((row for *_, row in self._legend_places(width)), default=0)


def _moment(at: float) -> str:
    return f"{at:.2f}" if at < 100 else seconds(at)


def _stretch(length: float) -> str:
    """A round number of seconds or minutes."""
    if 0 < length < 0.5:
        return seconds(length)
    if length < 60:
        return QCoreApplication.translate("Inspector", "{n} s").format(n=f"{length:g}")
    return QCoreApplication.translate("Inspector", "{n} min").format(n=f"{length / 60:g}")
