"""The status bar: service, latency, tokens, cost, request rate, jobs and output device."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.jobs.status_button import JobsButton
from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import STATUS, Space, Type
from app.ui.widgets.chips import Badge
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.presentation_cover import presentation_cover

Health = str
"""Colour token of the dot: `good`, `warn`, `bad`, or `text3` while unknown."""


class Dot(QWidget):
    """A coloured dot. The text next to it carries the same information."""

    def __init__(self) -> None:
        super().__init__()
        self._colour = "text3"
        self.setFixedSize(7, 7)
        theme().changed.connect(self.update)

    def set_colour(self, token: str) -> None:
        self._colour = token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour(self._colour))
        painter.drawEllipse(QRectF(self.rect()))


class StatusBar(Retranslated):
    """Six labels and a button. Each starts with its name, so that screen readers and scripts can find it.

    Attributes:
        jobs: opens the list of jobs.

    Signals:
        worded: the language changed, so values that contain words must be set again.
    """

    worded = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = {"service": "", "latency": "", "tokens": "", "cost": "", "requests": "", "output": ""}
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, Space.S16, 0)
        row.setSpacing(18)
        self._dot = Dot()
        row.addWidget(self._dot)
        row.addSpacing(-10)
        self.jobs = JobsButton()
        self._labels: dict[str, Label] = {}
        for name in self._values:
            flexible = name in ("service", "output")
            label = (ElidedLabel if flexible else Label)(size=Type.SMALL, ink="text2")
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            if name == "output":
                row.addStretch(1)
                row.addWidget(self.jobs)
            row.addWidget(label)
            self._labels[name] = label
        self._badge = Badge("", "accent")
        self._badge.hide()
        row.addWidget(self._badge)
        theme().changed.connect(self._resize)
        presentation_cover().changed.connect(self._show_badge)
        self._show_badge()
        self._resize()
        self.retranslate()

    def _resize(self) -> None:
        self.setFixedHeight(max(STATUS, theme().px(STATUS)))

    def _show_badge(self) -> None:
        self._badge.setVisible(presentation_cover().active)

    def set_value(self, name: str, value: str) -> None:
        """Set the value of one of service, latency, tokens, cost, requests, output."""
        if self._values[name] != value:
            self._values[name] = value
            self._show(name)

    def set_health(self, token: Health) -> None:
        """Set the colour of the dot."""
        self._dot.set_colour(token)

    def retranslate(self) -> None:
        for name in self._labels:
            self._show(name)
        self._badge.setText(QCoreApplication.translate("StatusBar", "Presentation"))
        self.worded.emit()

    def _show(self, name: str) -> None:
        words = {
            "service": QCoreApplication.translate("StatusBar", "Service {value}"),
            "latency": QCoreApplication.translate("StatusBar", "Latency {value}"),
            "tokens": QCoreApplication.translate("StatusBar", "Tokens {value}"),
            "cost": QCoreApplication.translate("StatusBar", "Cost {value}"),
            "requests": QCoreApplication.translate("StatusBar", "Requests {value}"),
            "output": QCoreApplication.translate("StatusBar", "Output {value}"),
        }
        self._labels[name].setText(words[name].format(value=self._values[name] or "–"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, theme().colour("line"))
