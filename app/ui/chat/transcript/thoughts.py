"""What the model thought: open while it streams, folded when the answer starts, and as the reader wants it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.ui.chat.markdown.plain import PlainView
from app.ui.retranslate import Retranslated
from app.ui.texts import numbers
from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type

BAR = 3
HEADER = 38


class Thoughts(Retranslated):
    """One stretch of thinking.

    Attributes:
        text: the widget with the words.
        toggle: opens and folds it; checked while open.
    """

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._live = True
        self._chosen = False
        self._seconds: float | None = None
        self._tokens: int | None = None
        self.toggle = _Header(self)
        self.toggle.setChecked(True)
        self.text = PlainView(ground="thinking_soft", size=Type.CONTROL, ink="text2")
        self.text.setContentsMargins(0, 0, 0, 0)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(0)
        self._box.addWidget(self.toggle)
        self._box.addWidget(self.text)
        self.toggle.toggled.connect(self._open)
        self.toggle.clicked.connect(self._choose)
        theme().changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def retranslate(self) -> None:
        if self._number == 1:
            self.toggle.setAccessibleName(QCoreApplication.translate("Transcript", "Thoughts"))
            self.text.setAccessibleName(QCoreApplication.translate("Transcript", "Thoughts text"))
        else:
            name = QCoreApplication.translate("Transcript", "Thoughts {n}").format(n=self._number)
            self.toggle.setAccessibleName(name)
            name = QCoreApplication.translate("Transcript", "Thoughts text {n}").format(n=self._number)
            self.text.setAccessibleName(name)
        self._describe()

    @property
    def is_open(self) -> bool:
        return self.toggle.isChecked()

    def fold(self) -> None:
        """The answer starts: fold, unless the reader has chosen."""
        if not self._chosen:
            self.toggle.setChecked(False)

    def done(self, seconds: float | None, tokens: int | None) -> None:
        """Thinking is over; None is unknown."""
        self._live = False
        self._seconds, self._tokens = seconds, tokens
        self._describe()

    def _choose(self) -> None:
        self._chosen = True

    def _open(self, is_open: bool) -> None:
        self.text.setVisible(is_open)
        self._box.setContentsMargins(BAR + Space.S12, 0, Space.S12, Space.S8 if is_open else 0)

    def _describe(self) -> None:
        if self._live:
            words, more = QCoreApplication.translate("Transcript", "Thinking…"), ""
        else:
            more = ""
            if self._seconds is None:
                words = QCoreApplication.translate("Transcript", "Thoughts")
            else:
                words = QCoreApplication.translate("Transcript", "Thought for {time}").format(
                    time=numbers.seconds(self._seconds)
                )
            if self._tokens:
                more = QCoreApplication.translate("Transcript", "{count} tokens").format(
                    count=numbers.count(self._tokens)
                )
        self.toggle.set_words(words, more)

    def _restyle(self) -> None:
        self._open(self.is_open)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        radius = float(Radius.ROW)
        shape = QPainterPath()
        shape.setFillRule(Qt.FillRule.WindingFill)
        shape.addRoundedRect(area, radius, radius)
        shape.addRect(area.left(), area.top(), radius, area.height())
        painter.setClipRect(area)
        painter.fillPath(shape.simplified(), theme().colour("thinking_soft"))
        painter.fillRect(QRectF(0, 0, BAR, area.height()), theme().colour("thinking"))


class _Header(QPushButton):
    """The line over the thoughts. It paints on its parent's ground."""

    ring_radius = Radius.CONTROL

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = self._more = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str, more: str) -> None:
        self._words, self._more = words, more
        # The name is fixed, so that it can be found; what it says is its description and, for eyes, painted.
        self.setAccessibleDescription(f"{words} · {more}" if more else words)
        self.setToolTip(self.accessibleDescription())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(HEADER))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        side = theme().px(16)
        middle = self.height() / 2
        painter.drawPixmap(0, round(middle - side / 2), pixmap(Icon.THINKING, "thinking", 16, ratio))
        x = side + Space.S8
        font = theme().font(Type.CONTROL, Type.MEDIUM)
        painter.setFont(font)
        painter.setPen(theme().colour("thinking"))
        room = self.width() - x - side - Space.S8
        words = QFontMetrics(font).elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(x, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        x += QFontMetrics(font).horizontalAdvance(words) + Space.S8
        if self._more and x < self.width() - side - Space.S8:
            painter.setFont(theme().font(Type.CONTROL))
            painter.setPen(theme().colour("text2"))
            area = QRectF(x, 0, self.width() - x - side - Space.S8, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, f"· {self._more}")
        chevron = Icon.CHEVRON_UP if self.isChecked() else Icon.CHEVRON_DOWN
        painter.drawPixmap(self.width() - side, round(middle - side / 2), pixmap(chevron, "thinking", 16, ratio))
