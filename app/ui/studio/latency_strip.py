"""A strip that shows when a take was sent, first answered, first heard and complete."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.core.takes import Take
from app.ui.texts.takes import short_seconds
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.themed import Themed, paint_box, set_font

_TRACK = 4
_MARK = 3


class _Mark(NamedTuple):
    name: str
    at: float
    ink: str


class LatencyStrip(Themed, QLabel):
    """A label, which is what assistive tools read: its text begins with "Latency" and says what is painted.

    Hidden for a take of which no time is known.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._take: Take | None = None
        self._is_low = False
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.follow_theme()
        self.hide()

    def show_take(self, take: Take | None) -> None:
        """Show the times of a take that has ended; None for none."""
        self._take = take if take is not None and take.has_ended else None
        self.describe()

    def describe(self) -> None:
        """Set the text in the current language."""
        marks = self._marks()
        if marks:
            times = ", ".join(f"{mark.name} {short_seconds(mark.at)}" for mark in marks)
            text = QCoreApplication.translate("Studio", "Latency: {times}").format(times=times)
            burst = self._burst()
            self.setText(f"{text}. {burst}" if burst else text)
            self.setToolTip(self.text())
        self.setVisible(bool(marks))
        self.updateGeometry()
        self.update()

    def _burst(self) -> str:
        take = self._take
        if take is None or not take.frames or not take.came_at_once:
            return ""
        return QCoreApplication.translate("Studio", "The sound came in one burst.")

    def _marks(self) -> list[_Mark]:
        take = self._take
        if take is None or take.first_sound is None:
            return []
        last = take.last_byte if take.last_byte is not None else take.seconds
        times = (
            (QCoreApplication.translate("Studio", "sent"), take.sent, "text2"),
            (QCoreApplication.translate("Studio", "first byte"), take.first_byte, "tool"),
            (QCoreApplication.translate("Studio", "first sound"), take.first_sound, "accent"),
            (QCoreApplication.translate("Studio", "last byte"), last, "text"),
        )
        return [_Mark(name, at, ink) for name, at, ink in times if at is not None]

    def set_low(self, is_low: bool) -> None:
        """Paint the track alone; its names and times are in the text and in the tooltip."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.updateGeometry()

    def restyle(self) -> None:
        set_font(self, theme().font(Type.TINY))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if self._is_low:
            return QSize(0, theme().px(_TRACK + 4))
        lines = 3 if self._burst() else 2
        return QSize(0, theme().px(_TRACK + 6) + lines * QFontMetrics(self.font()).height() + Space.S4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        marks = self._marks()
        if not marks:
            return
        painter, colours = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        track, width = colours.px(_TRACK), float(self.width())
        total = max(mark.at for mark in marks) or 1.0
        paint_box(painter, QRectF(0, 1, width, track), track / 2, colours.colour("sunken"), colours.colour("line"))
        side, tall = colours.px(_MARK), QFontMetrics(self.font()).height()
        for mark in marks:
            x = mark.at / total * (width - side)
            painter.fillRect(QRectF(x, 0, side, track + 2), colours.colour(mark.ink))
        if self._is_low:
            return
        cell, top = width / len(marks), float(track + 6)
        for place, mark in enumerate(marks):
            area = QRectF(place * cell, top, cell - Space.S4, tall)
            painter.fillRect(QRectF(area.left(), top + 2, side, 2 * tall - 4), colours.colour(mark.ink))
            area.setLeft(area.left() + side + Space.S4)
            painter.setPen(colours.colour("text2"))
            name = QFontMetrics(self.font()).elidedText(mark.name, Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)
            painter.setPen(colours.colour("text"))
            painter.drawText(area.translated(0, tall), Qt.AlignmentFlag.AlignVCenter, short_seconds(mark.at))
        if burst := self._burst():
            painter.setPen(colours.colour("text2"))
            painter.drawText(QRectF(0, top + 2 * tall, width, tall), Qt.AlignmentFlag.AlignVCenter, burst)
