"""The button of the status bar that opens the list of jobs. Light to import: it is there before the first paint."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.painted_button import Look, PaintedButton

SHORTCUT = "Ctrl+J"
"""Opens and closes the list. In Qt's portable key sequence format."""


class JobsButton(PaintedButton):
    """`Jobs`, or how many run, wait and are to be decided, with a ring for how much of them is done.

    Signals:
        language_changed: the words have to be set again.
    """

    text_size = Type.SMALL
    weight = Type.REGULAR
    base_height = 22
    padding = 9
    gap = 7

    _RING = 12

    language_changed = Signal()

    def __init__(self) -> None:
        self._summary = ""
        self._share: float | None = None
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setEnabled(False)
        self._name()

    def connect_list(self) -> None:
        """The list can be opened from now on."""
        self.setEnabled(True)

    def show_jobs(self, summary: str, share: float | None) -> None:
        """Show the jobs in words, and the share of their calls that is done; None if nothing goes on."""
        if (summary, share) != (self._summary, self._share):
            self._summary, self._share = summary, share
            self.weight = Type.REGULAR if share is None else Type.MEDIUM
            self.restyle()
            self._name()
            self.updateGeometry()
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
            self.language_changed.emit()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        size = super().sizeHint()
        return QSize(size.width() + self._ring_room(), size.height())

    def minimumSizeHint(self) -> QSize:
        """Where the window is small, the words are elided like those beside it."""
        tall = theme().px(self.base_height)
        return QSize(self._ring_room() + theme().px(4 * self.padding), tall)

    def look(self) -> Look:
        colours = theme()
        if self._share is not None:
            shade = 0.08 if self.hot() or self.isDown() else 0.0
            return Look(colours.mixed("soft", "soft_text", shade), None, "soft_text")
        if self.hot() or self.isDown():
            return Look(colours.colour("sunken"), None, "text")
        return Look(None, None, "text2")

    def paint_content(self, painter: QPainter, area: QRectF, ink: str) -> None:
        # Less the margin that the text keeps anyway, so that an elided text keeps its distance from the ring.
        inset = theme().px(self.padding) - Space.S4
        super().paint_content(painter, area.adjusted(self._ring_room() + inset, 0, -inset, 0), ink)
        if self._share is None:
            return
        side = theme().px(self._RING)
        ring = QRectF(area.left() + theme().px(self.padding), area.center().y() - side / 2, side, side)
        width = max(1.8, side / 7)
        ring.adjust(width / 2, width / 2, -width / 2, -width / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().mixed("soft", "soft_text", 0.3), width))
        painter.drawEllipse(ring)
        painter.setPen(QPen(theme().colour(ink), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, -round(max(0.04, self._share) * 360 * 16))

    def _ring_room(self) -> int:
        return 0 if self._share is None else theme().px(self._RING + self.gap)

    def _name(self) -> None:
        text = self._summary or QCoreApplication.translate("Jobs", "Jobs")
        self.setText(text)
        self.setAccessibleName(text)
        keys = QKeySequence(SHORTCUT).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{text}  {keys}")
