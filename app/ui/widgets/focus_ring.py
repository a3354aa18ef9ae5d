"""The focus ring: two pixels in the accent colour around the control with keyboard focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QSplitter, QWidget
from shiboken6 import isValid

from app.ui.theme.theme import theme
from app.ui.theme.tokens import RING, RING_GAP, Radius
from app.ui.widgets.themed import paint_box

_REACH = RING + RING_GAP


class FocusRing(QWidget):
    """An overlay that follows the focus within a window.

    Its parent is the nearest ancestor of the control that has room for it, so it scrolls and is clipped with the
    control.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._control: QWidget | None = None
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        self._radius = float(Radius.CONTROL)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._move_to)
        theme().changed.connect(self._place)

    def _move_to(self, _old: QWidget | None, control: QWidget | None) -> None:
        self._release()
        self._control = control
        if control is None or not (control is self._window or self._window.isAncestorOf(control)):
            return
        if getattr(control, "ring_radius", Radius.CONTROL) is None:
            return
        self._target = getattr(control, "ring_target", None) or control
        self._watch(control)
        if self._target is not control:
            self._watch(self._target)
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton or getattr(control, "ring_on_click", False):
            self._show_around()

    def _show_around(self) -> None:
        self._raise_into_place()
        self._place()

    def _raise_into_place(self) -> None:
        target = self._target
        if target is None:
            return
        room = self._around(target)
        container = target.parentWidget()
        while container is not None and container is not self._window:
            here = QRect(target.mapTo(container, room.topLeft()), room.size())
            above = container.parentWidget()
            clips = isinstance(above, QAbstractScrollArea) and above.viewport() is container
            if clips or (container.rect().contains(here) and not isinstance(container, QSplitter)):
                break
            self._watch(container)
            container = above
        self.setParent(container or self._window)
        self.show()
        self.raise_()
        for sibling in (container or self._window).findChildren(
            QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
        ):
            if getattr(sibling, "floats", False) and not sibling.isAncestorOf(target):
                sibling.raise_()

    @staticmethod
    def _around(target: QWidget) -> QRect:
        """The rectangle of the ring in the target's coordinates."""
        reach = _REACH - getattr(target, "ring_inset", 0)
        return target.rect().adjusted(-reach, -reach, reach, reach)

    def _place(self) -> None:
        target, container = self._target, self.parentWidget()
        if target is None or container is None or not isValid(target) or not container.isAncestorOf(target):
            return
        room = self._around(target)
        area = QRect(target.mapTo(container, room.topLeft()), room.size())
        radius = getattr(self._target, "ring_radius", Radius.CONTROL)
        self._radius = float(Radius.CONTROL if radius is None else radius)
        self.setGeometry(area)
        # Mask out all but the frame and its corners, so that repainting the control does not repaint the ring.
        corner = _REACH + round(self._radius)
        across = self.rect().adjusted(corner, _REACH, -corner, -_REACH)
        along = self.rect().adjusted(_REACH, corner, -_REACH, -corner)
        self.setMask(QRegion(self.rect()) - QRegion(across) - QRegion(along))
        self.update()

    def _watch(self, widget: QWidget) -> None:
        widget.installEventFilter(self)
        self._watched.append(widget)

    def _release(self) -> None:
        watched, self._watched = self._watched, []
        self._control = self._target = None
        self._park()
        for widget in watched:
            # A widget that had the focus when it was deleted gives it up too late.
            if isValid(widget):
                widget.removeEventFilter(self)

    def _park(self) -> None:
        """Hide, and leave the container, which may be deleted."""
        self.hide()
        if isValid(self._window) and self.parentWidget() is not self._window:
            self.setParent(self._window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self._place()
        elif watched is self._control:
            if kind == QEvent.Type.KeyPress and not self.isVisible():
                self._show_around()
            elif kind == QEvent.Type.Hide:
                self._park()
            elif kind == QEvent.Type.EnabledChange:
                self.hide()
            elif kind == QEvent.Type.ParentChange and self.isVisible():
                self._show_around()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_box(painter, QRectF(self.rect()), self._radius + _REACH, None, theme().colour("accent"), RING)
