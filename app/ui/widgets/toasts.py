"""Notifications over the bottom right corner of the view. Nothing moves when one comes or goes."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QHideEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space
from app.ui.widgets.buttons import GhostButton, IconButton
from app.ui.widgets.chips import Badge
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.notices import NoticeBar
from app.ui.widgets.notifications import Act, Notification, Notifier, worded
from app.ui.widgets.returning_focus import ReturningFocus
from app.ui.widgets.themed import Themed, paint_box

UNDO_SHORTCUT = "Ctrl+Alt+Z"
"""Undoes what the newest notice offers to undo, wherever the focus is. In Qt's portable key sequence format."""
_MAX_WIDTH = 420
_NARROW_BELOW = 400
"""Width in logical pixels, before text scaling, below which the buttons of a notification are below its text."""
_MARGIN = Space.S12
"""Logical pixels between the notifications and the edges of the area they lie over."""
_MAX_TOASTS = 3
_NEWS_DURATION_MS = 6_000
_UNDO_DURATION_MS = 12_000


class Toast(NoticeBar):
    """One notification with its actions.

    Neutral and good ones disappear after a while, unless they are hovered or focused; warnings and errors remain.

    Attributes:
        shown_at: Unix time in seconds at which the notification was posted.

    Signals:
        finished: it was dismissed, acted upon, or has timed out.
    """

    finished = Signal()

    def __init__(self, message: Notification, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.times = 1
        self.row.setContentsMargins(Space.S12, Space.S4, Space.S4, Space.S4)
        self._count = Badge("")
        self._undo = GhostButton("", Icon.UNDO, ink="soft_text")
        self._retry = GhostButton("", Icon.REDO, ink="soft_text")
        self._offer = GhostButton("", ink="soft_text")
        self._dismiss = IconButton(Icon.CLOSE, "", side=28)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(Space.S4)
        self._actions.addStretch(1)
        for part in (self._count, self._offer, self._undo, self._retry):
            self._actions.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(Space.S2)
        self.row.removeWidget(self._message)
        self._body.addWidget(self._message, 1)
        self._body.addLayout(self._actions)
        self.row.addLayout(self._body, 1)
        self.row.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignVCenter)
        self._undo.clicked.connect(self.undo)
        self._retry.clicked.connect(lambda: self._act(self.message.retry))
        self._offer.clicked.connect(lambda: self._act(self.message.offer[1] if self.message.offer else None))
        self._dismiss.clicked.connect(self.finished)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_timeout)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.show_message(message)
        self._retranslate()
        self.follow_theme()

    def show_message(self, message: Notification) -> None:
        self.message = message
        self.shown_at = time.time()
        self.times = 1
        self._undo.setVisible(message.undo is not None)
        self._retry.setVisible(message.retry is not None)
        self._offer.setVisible(message.offer is not None)
        self._offer.setText(worded(message.offer[0]) if message.offer is not None else "")
        self._count.hide()
        self.set_message(message.text, message.kind)
        self._start_timeout()

    def repeat(self, message: Notification) -> None:
        """Count a repetition of the same notification."""
        self.message = message
        self.times += 1
        self._count.setText(f"×{self.times}")
        self._count.updateGeometry()
        self._count.show()
        self._start_timeout()

    def fitted_height(self, width: int) -> int:
        """Place the buttons below the text where `width` pixels are few for both; return the height that it needs."""
        text = self._message.fontMetrics().horizontalAdvance(self.text())
        others = self._icon.sizeHint().width() + self._actions.sizeHint().width() + self._dismiss.sizeHint().width()
        is_one_line = text + others + 3 * Space.S16 <= width
        is_below = width < theme().px(_NARROW_BELOW) and not is_one_line
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if is_below else across)
        return max(self.row.totalHeightForWidth(width), self.row.totalMinimumSize().height())

    def spoken(self) -> str:
        return self.text() if self.times == 1 else f"{self.text()} ×{self.times}"

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._start_timeout()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._start_timeout()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._word_again()
            self._retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), Radius.ROW, theme().colour("surface"), theme().colour("line"))

    def _word_again(self) -> None:
        """Show the notification in the new language. News known in the old one only leave; they would soon anyway."""
        message = self.message
        if message.wording is not None:
            self.message = message._replace(text=message.wording())
            self.set_message(self.message.text, message.kind)
            self.setAccessibleName(self.spoken())
        elif not message.lasts:
            # Not during the event, which visits the siblings next.
            QTimer.singleShot(0, self, self.finished.emit)
        if message.offer is not None:
            self._offer.setText(worded(message.offer[0]))

    def _start_timeout(self) -> None:
        """Start the timeout of a neutral or good notification while the toast is visible."""
        if self.isVisible() and self.message.kind in ("neutral", "good"):
            self._timer.start(_NEWS_DURATION_MS if self.message.undo is None else _UNDO_DURATION_MS)
        else:
            self._timer.stop()

    def _on_timeout(self) -> None:
        focused = QApplication.focusWidget()
        if self.underMouse() or (focused is not None and self.isAncestorOf(focused)):
            self._start_timeout()
        else:
            self.finished.emit()

    def undo(self) -> None:
        """Undo what the notification tells of, if it offers that."""
        self._act(self.message.undo)

    def _act(self, act: Act | None) -> None:
        self.finished.emit()
        if act is not None:
            act()

    def _retranslate(self) -> None:
        self._undo.setText(QCoreApplication.translate("Toast", "Undo"))
        self._undo.setToolTip(QKeySequence(UNDO_SHORTCUT).toString(QKeySequence.SequenceFormat.NativeText))
        self._retry.setText(QCoreApplication.translate("Toast", "Retry"))
        self._dismiss.set_name(QCoreApplication.translate("Toast", "Dismiss"))


class ToastStack(Themed, QWidget):
    """The toasts of a window, newest at the bottom, over the area that `lie_over` sets. Hidden while empty."""

    ring_radius = None
    floats = True

    def __init__(self, source: Notifier, parent: QWidget) -> None:
        super().__init__(parent)
        self._toasts: list[Toast] = []
        self._area = NoticeArea(parent)
        self._returning_focus = ReturningFocus(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.S4)
        self.hide()
        self.follow_theme()
        parent.installEventFilter(self)
        source.withdrawn.connect(self._withdraw)
        source.left.connect(self._leave)
        source.listen(self.show_notification)

    def lie_over(self, area: NoticeArea) -> None:
        """Show the notifications over the bottom right corner of a part of the window from now on."""
        parent = self.parentWidget()
        if self._area.widget is not parent:
            self._area.widget.removeEventFilter(self)
        if self._area.reserve is not None:
            self._area.reserve(0)
        self._area = area
        area.widget.installEventFilter(self)
        self.place()

    def place(self) -> None:
        """Lay the notifications over their area, the newest at least; earlier ones where there is room for them.

        Those that are hidden come back when a newer one goes.
        """
        area, parent = self._area.widget, self.parentWidget()
        if not self._toasts or parent is None or not (area is parent or parent.isAncestorOf(area)):
            if self._area.reserve is not None:
                self._area.reserve(0)
            return
        width = min(theme().px(_MAX_WIDTH), round(area.width() * self._area.share) - 2 * _MARGIN)
        room = QRect(area.mapTo(parent, QPoint(0, 0)), area.size())
        heights = [toast.fitted_height(width) for toast in self._toasts]
        place, waiting = None, 0
        for waiting in range(len(heights)):
            place = self._place_in(room, QSize(width, self._height(heights[waiting:])))
            if place is not None:
                break
        for index, toast in enumerate(self._toasts):
            if toast.isHidden() != (index < waiting):
                toast.setHidden(index < waiting)
        if place is None:
            place = _corner(room, room.bottom() + 1, QSize(width, heights[-1]))
            place.moveTop(max(_MARGIN, place.top()))
        if place != self.geometry():
            self.setGeometry(place)
        self.raise_()
        if self._area.reserve is not None:
            self._area.reserve(max(0, room.bottom() + 1 - place.top()))

    def _height(self, heights: list[int]) -> int:
        return sum(heights) + self._column.spacing() * (len(heights) - 1)

    def _place_in(self, room: QRect, size: QSize) -> QRect | None:
        """The lowest place of this size at the right of `room` that covers no control, if there is one."""
        controls = self._controls()
        bottom = room.bottom() + 1
        while True:
            place = _corner(room, bottom, size)
            if not room.contains(place):
                return None
            covered = [control for control in controls if control.intersects(place)]
            if not covered:
                return place
            bottom = min(control.top() for control in covered)

    def _controls(self) -> list[QRect]:
        """The controls of the area that stay free, in the coordinates of the parent."""
        parent = self.parentWidget()
        if parent is None or not self._area.frees_controls:
            return []
        return [
            QRect(control.mapTo(parent, QPoint(0, 0)), control.size())
            for control in self._area.widget.findChildren(QWidget)
            if control.focusPolicy() & Qt.FocusPolicy.TabFocus
            and control.isVisible()
            and not control.visibleRegion().isEmpty()
            and not isinstance(control, QAbstractItemView)
        ]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show) and self._toasts:
            # The parents of the area may be laid out after it.
            QTimer.singleShot(0, self, self.place)
        return False

    def event(self, event: QEvent) -> bool:
        is_handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return is_handled

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep clicks beside the buttons of a notification from what is below."""
        event.accept()

    def restyle(self) -> None:
        if hasattr(self, "_column"):
            self.place()

    def toasts(self) -> tuple[Toast, ...]:
        return tuple(self._toasts)

    def can_undo(self) -> bool:
        """Whether a notification offers to undo something."""
        return self._newest_with_undo() is not None

    def undo_since(self) -> float | None:
        """When the oldest notification that still offers Undo was posted, in Unix seconds; None if none does."""
        return min((toast.shown_at for toast in self._toasts if toast.message.undo is not None), default=None)

    def undo_newest(self) -> None:
        """Undo what the newest notification with an undo action offers, if there is one."""
        toast = self._newest_with_undo()
        if toast is not None:
            toast.undo()

    def dismiss_newest(self) -> None:
        """Remove the newest notification, if there is one."""
        if self._toasts:
            self._drop(self._toasts[-1])

    def _newest_with_undo(self) -> Toast | None:
        return next((toast for toast in reversed(self._toasts) if toast.message.undo is not None), None)

    def show_notification(self, message: Notification) -> None:
        """Show a notification: replace the one of its topic, count a repetition, or add a toast."""
        for toast in self._toasts:
            if message.topic and toast.message.topic == message.topic:
                toast.show_message(message)
                break
            if toast.message.same_news(message):
                toast.repeat(message)
                break
        else:
            toast = Toast(message)
            toast.finished.connect(lambda toast=toast: self._drop(toast))
            self._toasts.append(toast)
            self._column.addWidget(toast)
            # A layout shows new widgets only from the event loop.
            toast.show()
            while len(self._toasts) > _MAX_TOASTS:
                self._drop(self._first_to_go())
        self.show()
        self.place()
        toast.announce()

    def _first_to_go(self) -> Toast:
        """The toast to drop when there are too many: the oldest neutral or good one, else the oldest of the others.

        The newest is never dropped.
        """
        earlier = self._toasts[:-1]
        unimportant = [toast for toast in earlier if toast.kind in ("neutral", "good")]
        return (unimportant or earlier)[0]

    def _withdraw(self, topic: str) -> None:
        for toast in [toast for toast in self._toasts if toast.message.topic == topic]:
            self._drop(toast)

    def _leave(self) -> None:
        """Drop the toasts of the view that was left; errors and actionable notifications remain."""
        for toast in [toast for toast in self._toasts if not toast.message.lasts]:
            self._drop(toast)

    def _drop(self, toast: Toast) -> None:
        if toast not in self._toasts:
            return
        self._toasts.remove(toast)
        self._column.removeWidget(toast)
        self._returning_focus.leave(toast, self._area.widget)
        toast.hide()
        toast.deleteLater()
        if not self._toasts:
            self.hide()
        self.place()


def _corner(room: QRect, bottom: int, size: QSize) -> QRect:
    """The place of this size at the right of `room`, above `bottom`."""
    return QRect(QPoint(room.right() + 1 - _MARGIN - size.width(), bottom - _MARGIN - size.height()), size)
