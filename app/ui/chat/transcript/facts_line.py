"""Short facts about an answer, shown whole."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.theme.tokens import Type
from app.ui.widgets.labels import Label

SEPARATOR = " · "


class FactsLine(Label):
    """One line of facts, or as many as it takes to show them whole: a line ends between two facts only."""

    base_size = Type.SMALL
    base_ink = "text2"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    def lines(self) -> list[str]:
        """The text of each line at the present width."""
        metrics, lines = self.fontMetrics(), [""]
        for fact in self.text().split(SEPARATOR):
            longer = f"{lines[-1]}{SEPARATOR}{fact}" if lines[-1] else fact
            if lines[-1] and metrics.horizontalAdvance(longer) > self.width():
                lines.append(fact)
            else:
                lines[-1] = longer
        return lines

    def sizeHint(self) -> QSize:
        """As wide as one line with everything."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 3, self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def restyle(self) -> None:
        super().restyle()
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        tall = self.fontMetrics().height()
        for at, line in enumerate(self.lines()):
            painter.drawText(QRectF(0, at * tall, self.width(), tall), Qt.AlignmentFlag.AlignVCenter, line)

    def _height(self) -> int:
        return self.fontMetrics().height() * len(self.lines())

    def _fit(self) -> None:
        """Take the height that the lines need."""
        if self.minimumHeight() != self._height():
            self.setFixedHeight(self._height())
        self.update()
