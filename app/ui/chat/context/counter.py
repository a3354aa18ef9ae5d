"""The context counter of the composer: a small bar, and the use in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.core.context_estimate import WARN_SHARE, ContextUse
from app.ui.texts.context import use_details, use_text
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.themed import Themed, paint_box, set_font

_BAR_WIDTH, _BAR_HEIGHT = 36, 4
_ICON_SIDE = 14
"""Logical pixels, before text scaling."""


class ContextCounter(Themed, QLabel):
    """Shows how much of the model's context the next request takes.

    Its text, which assistive tools read, begins with "Context"; painted are the bar and the figures. From
    `WARN_SHARE` on they have a warning's colour, a sign and the percentage. The bar is left out where there is no room.
    """

    ring_radius = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use = ContextUse(0)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.follow_theme()
        self.retranslate()

    def show_use(self, use: ContextUse) -> None:
        """Show a use."""
        if use != self._use:
            self._use = use
            self.retranslate()

    @property
    def is_warning(self) -> bool:
        """Whether so much is used that the user is warned."""
        return self._use.share >= WARN_SHARE

    def retranslate(self) -> None:
        """Set the texts in the current language."""
        words = use_text(self._use)
        if self.is_warning:
            words = QCoreApplication.translate("Context", "{words} · {share} %").format(
                words=words, share=int(self._use.share * 100)
            )
        if words != self._words or not self.text():
            self._words = words
            self.setText(QCoreApplication.translate("Context", "Context {words}").format(words=words))
            self.updateGeometry()
        self.setToolTip(use_details(self._use))
        self.update()

    def restyle(self) -> None:
        set_font(self, theme().font(Type.SMALL))
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        sign = theme().px(_ICON_SIDE) + Space.S4 if self.is_warning else 0
        return QSize(metrics.horizontalAdvance(self._words) + sign + 2, max(metrics.height(), theme().px(_ICON_SIDE)))

    def sizeHint(self) -> QSize:
        size = self.minimumSizeHint()
        return QSize(size.width() + theme().px(_BAR_WIDTH) + Space.S8, size.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = "text2"
        if self.is_warning:
            ink = "bad" if self._use.share > 1 else "warn"
        least = self.minimumSizeHint().width()
        left = float(self.width() - least)
        if left >= theme().px(_BAR_WIDTH) + Space.S8:
            self._paint_bar(painter, left - Space.S8 - theme().px(_BAR_WIDTH), ink)
        if self.is_warning:
            side = theme().px(_ICON_SIDE)
            drawn = pixmap(Icon.WARNING, ink, _ICON_SIDE, self.devicePixelRatioF())
            painter.drawPixmap(QRectF(left, (self.height() - side) / 2, side, side).topLeft(), drawn)
            left += side + Space.S4
        painter.setFont(self.font())
        painter.setPen(theme().colour(ink))
        area = QRectF(left, 0, self.width() - left, self.height())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)

    def _paint_bar(self, painter: QPainter, left: float, ink: str) -> None:
        height, width = theme().px(_BAR_HEIGHT), theme().px(_BAR_WIDTH)
        track = QRectF(left, (self.height() - height) / 2, width, height)
        paint_box(painter, track, height / 2, theme().colour("line"))
        if self._use.tokens and self._use.limit:
            filled = max(2.0, min(1.0, self._use.share) * width)
            fill = theme().colour(ink if self.is_warning else "accent")
            paint_box(painter, QRectF(left, track.top(), filled, height), height / 2, fill)
