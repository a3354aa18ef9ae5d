"""What a view shows while it has no content."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Label
from app.ui.widgets.themed import Themed


class EmptyState(Themed, QWidget):
    """An icon, a sentence that says what the view is for, and a button for the first step.

    Attributes:
        step: the button, hidden while it has no label.
    """

    _MAX_WIDTH = 420

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
        # Between stretches rather than aligned: Qt does not ask an aligned label for its height at the given width.
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
        self._sentence.setMaximumWidth(theme().px(self._MAX_WIDTH))
        self._sentence.setMinimumWidth(min(theme().px(180), theme().px(self._MAX_WIDTH)))
        self._picture.setPixmap(pixmap(self._icon, "text3", 32, self.devicePixelRatioF()))


class EmptyStateContainer(QWidget):
    """A list with its empty state on top while it has no rows.

    The list itself stays visible, so that assistive tools find it before its first row arrives.
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
            changed.connect(self._update_visibility)
        self._update_visibility()

    def _update_visibility(self) -> None:
        self._empty.setVisible(not self._rows.model().rowCount())
