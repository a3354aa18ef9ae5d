"""What stands where there is nothing yet, and what turns while one waits."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Label
from app.ui.widgets.themed import Themed, paint_box


class EmptyState(Themed, QWidget):
    """One sentence on what the place is for, and the first step.

    Attributes:
        step: the button of the first step, hidden when there is no word for it.
    """

    _WIDEST = 420

    def __init__(self, icon: Icon, sentence: str, step: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence = Label(sentence, size=Type.BODY, ink="text2", wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.step: QPushButton = Button(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S24, Space.S24, Space.S24)
        column.setSpacing(Space.S12)
        column.addStretch(1)
        column.addWidget(self._picture)
        # Between stretches rather than aligned: an aligned label is not asked for its height at the width it gets.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._sentence, 100)
        middle.addStretch(1)
        column.addLayout(middle)
        column.addWidget(self.step, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.step.setVisible(bool(step))
        self.follow_theme()

    def set_words(self, sentence: str, step: str = "") -> None:
        self._sentence.setText(sentence)
        self.step.setText(step)
        self.step.setVisible(bool(step))

    def restyle(self) -> None:
        self._sentence.setMaximumWidth(theme().px(self._WIDEST))
        self._sentence.setMinimumWidth(min(theme().px(180), theme().px(self._WIDEST)))
        self._picture.setPixmap(pixmap(self._icon, "text3", 32, self.devicePixelRatioF()))


class Spinner(Themed, QProgressBar):
    """Something goes on, for an unknown time. It turns only while it is seen, and stands still for reduced motion."""

    _FRAME_MS = 50
    _STEP = 24

    def __init__(self, parent: QWidget | None = None, *, side: int = 16, ink: str = "accent") -> None:
        super().__init__(parent)
        self._side, self._ink = side, ink
        self._angle = 0
        self._timer = QTimer(self, interval=self._FRAME_MS)
        self._timer.timeout.connect(self._turn)
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()
        self.follow_theme()

    def restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self._run_if_seen()
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(self._side)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run_if_seen()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().colour(self._ink)
        area = QRectF(self.rect())
        if theme().reduced_motion:
            dot = area.width() / 5
            for place in range(3):
                paint_box(painter, QRectF(place * 2 * dot, area.center().y() - dot / 2, dot, dot), dot / 2, colour)
            return
        width = max(1.7, area.width() / 9)
        inner = area.adjusted(width, width, -width, -width)
        painter.setPen(QPen(theme().colour("line"), width))
        painter.drawEllipse(inner)
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(inner, -self._angle * 16, 100 * 16)

    def _run_if_seen(self) -> None:
        if self.isVisible() and not theme().reduced_motion:
            self._timer.start()
        else:
            self._timer.stop()

    def _turn(self) -> None:
        self._angle = (self._angle + self._STEP) % 360
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(QCoreApplication.translate("Widgets", "Working"))


class EmptyStateContainer(QWidget):
    """A list, and over it, while there is nothing in it, the view that says what it is for.

    The list stays shown: assistive tools find it there before its first row comes.
    """

    def __init__(self, rows: QAbstractItemView, empty: EmptyState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._empty = rows, empty
        over = QGridLayout(self)
        over.setContentsMargins(0, 0, 0, 0)
        over.addWidget(rows, 0, 0)
        over.addWidget(empty, 0, 0)
        empty.raise_()
        model = rows.model()
        for changed in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            changed.connect(self._look)
        self._look()

    def _look(self) -> None:
        self._empty.setVisible(not self._rows.model().rowCount())
