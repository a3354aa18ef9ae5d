"""The model's thinking: open while it streams, folded once the answer starts, unless the user toggled it."""

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

BAR_WIDTH = 3
HEADER_HEIGHT = 38


class Thoughts(Retranslated):
    """The thinking of one step.

    Attributes:
        text: the view of the thinking itself.
        toggle: expands and folds it; checked while expanded.
    """

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._is_thinking = True
        self._is_toggled_by_user = False
        self._seconds: float | None = None
        self._tokens: int | None = None
        self.toggle = _Header(self)
        self.toggle.setChecked(True)
        self.text = PlainView(ground="thinking_soft", size=Type.CONTROL, colour="text2")
        self.text.setContentsMargins(0, 0, 0, 0)
        self._box = QVBoxLayout(self)
        self._box.setSpacing(0)
        self._box.addWidget(self.toggle)
        self._box.addWidget(self.text)
        self.toggle.toggled.connect(self._set_open)
        self.toggle.clicked.connect(self._mark_toggled)
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
        """Fold because the answer starts, unless the user has toggled it or is reading inside it."""
        is_read = self.text.hasFocus() or self.text.textCursor().hasSelection() or self.text.underMouse()
        if not self._is_toggled_by_user and not is_read:
            self.toggle.setChecked(False)

    def reveal(self) -> None:
        """Unfold, as the user would."""
        if not self.toggle.isChecked():
            self.toggle.click()

    def finish(self, seconds: float | None, tokens: int | None) -> None:
        """Show how long the thinking took; None means unknown."""
        self._is_thinking = False
        self._seconds, self._tokens = seconds, tokens
        self._describe()

    def _mark_toggled(self) -> None:
        self._is_toggled_by_user = True

    def _set_open(self, is_open: bool) -> None:
        self.text.setVisible(is_open)
        self._box.setContentsMargins(BAR_WIDTH + Space.S12, 0, Space.S12, Space.S8 if is_open else 0)

    def _describe(self) -> None:
        if self._is_thinking:
            title, detail = QCoreApplication.translate("Transcript", "Thinking…"), ""
        else:
            detail = ""
            if self._seconds is None:
                title = QCoreApplication.translate("Transcript", "Thoughts")
            else:
                title = QCoreApplication.translate("Transcript", "Thought for {time}").format(
                    time=numbers.seconds(self._seconds)
                )
            if self._tokens:
                detail = QCoreApplication.translate("Transcript", "{count} tokens").format(
                    count=numbers.count(self._tokens)
                )
        self.toggle.set_text(title, detail)

    def _restyle(self) -> None:
        self._set_open(self.is_open)
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
        painter.fillRect(QRectF(0, 0, BAR_WIDTH, area.height()), theme().colour("thinking"))


class _Header(QPushButton):
    """The header above the thinking. It has no background of its own."""

    ring_radius = Radius.CONTROL

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = self._detail = ""
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, title: str, detail: str) -> None:
        self._title, self._detail = title, detail
        # The accessible name is fixed so that it can be found; the painted text is the description.
        self.setAccessibleDescription(f"{title} · {detail}" if detail else title)
        self.setToolTip(self.accessibleDescription())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(120), theme().px(HEADER_HEIGHT))

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
        available = self.width() - x - side - Space.S8
        title = QFontMetrics(font).elidedText(self._title, Qt.TextElideMode.ElideRight, available)
        painter.drawText(QRectF(x, 0, available, self.height()), Qt.AlignmentFlag.AlignVCenter, title)
        x += QFontMetrics(font).horizontalAdvance(title) + Space.S8
        if self._detail and x < self.width() - side - Space.S8:
            painter.setFont(theme().font(Type.CONTROL))
            painter.setPen(theme().colour("text2"))
            area = QRectF(x, 0, self.width() - x - side - Space.S8, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, f"· {self._detail}")
        chevron = Icon.CHEVRON_UP if self.isChecked() else Icon.CHEVRON_DOWN
        painter.drawPixmap(self.width() - side, round(middle - side / 2), pixmap(chevron, "thinking", 16, ratio))
