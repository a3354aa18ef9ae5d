"""Notices shown next to the part of a view they concern."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.alerts import Alert
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.chips import KIND_ICONS, kind_tokens
from app.ui.widgets.labels import Label
from app.ui.widgets.notifications import NoticeKind
from app.ui.widgets.themed import Themed, paint_box

MIN_SENTENCE = 260
"""Logical pixels of a sentence beside a button, before text scaling; on less room the button goes below it."""


class NoticeBar(Themed, Alert):
    """An icon and a sentence; subclasses append their controls to `row`."""

    ring_radius = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind: NoticeKind = "neutral"
        self._icon = QLabel()
        self._message = Label(size=Type.CONTROL, wrap=True)
        self.row = QHBoxLayout(self)
        self.row.setSpacing(Space.S8)
        self.row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self.row.addWidget(self._message, 1)

    def text(self) -> str:
        return self._message.text()

    def spoken(self) -> str:
        return self._message.text()

    def set_message(self, text: str, kind: NoticeKind) -> None:
        self.kind = kind
        self._message.setText(text)
        self.restyle()

    def text_ink(self) -> str:
        """The token of the text colour."""
        return "text"

    def restyle(self) -> None:
        ink, _ = kind_tokens(self.kind)
        self._icon.setPixmap(pixmap(KIND_ICONS[self.kind], ink, 16, self.devicePixelRatioF()))
        self._message.set_ink(self.text_ink())
        self.update()


class InlineNotice(NoticeBar):
    """A sentence coloured by kind, with at most one action. Hidden until it has something to show.

    `dismissable` adds a close button, for notices the user only needs to read once.

    Signals:
        acted: the action button was pressed.

    Attributes:
        action: the action button.
        dismiss: the close button.
    """

    acted = Signal()

    def __init__(self, parent: QWidget | None = None, *, dismissable: bool = False) -> None:
        super().__init__(parent)
        self._sentence: Callable[[], str] | None = None
        self.row.setContentsMargins(Space.S12, Space.S4, Space.S6, Space.S4)
        self.action = GhostButton("")
        self.action.weight = Type.SEMIBOLD
        self.action.clicked.connect(self.acted)
        self.row.removeWidget(self._message)
        self._column = QVBoxLayout()
        self._column.setSpacing(Space.S2)
        self._column.addWidget(self._message)
        self.row.insertLayout(1, self._column, 1)
        self.row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.dismiss = IconButton(Icon.CLOSE, "", side=26)
        self.dismiss.clicked.connect(self.clear)
        self.row.addWidget(self.dismiss, 0, Qt.AlignmentFlag.AlignVCenter)
        self.dismiss.setVisible(dismissable)  # Only now: without a parent it would be a window for a moment.
        self._name_dismiss()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(38)
        self.hide()
        self.follow_theme()

    def say(self, kind: NoticeKind, sentence: str | Callable[[], str], action: str = "") -> None:
        """Show and announce a sentence; `action` is the label of the button, empty for no button.

        A function is called again when the language changes.
        """
        self._sentence = None if isinstance(sentence, str) else sentence
        self.action.setText(action)
        self.action.setVisible(bool(action))
        self.action.set_ink(kind_tokens(kind)[0])
        self.action.restyle()
        self.set_message(sentence if isinstance(sentence, str) else sentence(), kind)
        self._place_action()
        self.show()
        self.announce()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_action()

    def _sentence_room(self) -> int:
        """Pixels for the sentence with the action beside it."""
        margins = self.row.contentsMargins()
        beside = [self._icon.sizeHint().width(), self.action.sizeHint().width()]
        if not self.dismiss.isHidden():
            beside.append(self.dismiss.sizeHint().width())
        return self.width() - margins.left() - margins.right() - sum(beside) - Space.S8 * len(beside)

    def _place_action(self) -> None:
        """Move the action below the sentence where it would leave the sentence a narrow strip."""
        whole = self._message.fontMetrics().horizontalAdvance(self.text())
        is_below = bool(self.action.text()) and self._sentence_room() < min(whole, theme().px(MIN_SENTENCE))
        if is_below == (self._column.count() > 1):
            return
        if is_below:
            self.row.removeWidget(self.action)
            self._column.addWidget(self.action, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._column.removeWidget(self.action)
            self.row.insertWidget(2, self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.updateGeometry()

    def clear(self) -> None:
        if self.isHidden() and not self.text():
            return
        self.hide()
        self._sentence = None
        self.set_message("", "neutral")
        self.action.setText("")
        self.setAccessibleName("")

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._name_dismiss()
            if self._sentence is not None:
                self.set_message(self._sentence(), self.kind)
                self.name_again()
        super().changeEvent(event)

    def _name_dismiss(self) -> None:
        self.dismiss.set_name(QCoreApplication.translate("Widgets", "Dismiss"))

    def text_ink(self) -> str:
        return kind_tokens(self.kind)[0]

    def paintEvent(self, event: QPaintEvent) -> None:
        _, fill = kind_tokens(self.kind)
        paint_box(QPainter(self), QRectF(self.rect()), Radius.ROW, theme().colour(fill))
