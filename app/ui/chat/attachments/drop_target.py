"""Lets files, images and addresses be dropped anywhere on the chat."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from app.ui.chat.attachments.given import Given, dropped, may_drop


class DropTarget(QObject):
    """Accepts drops on a view, except where a field in it takes them as text."""

    def __init__(self, view: QWidget, take: Callable[[Given], None]) -> None:
        """`take` gets what was dropped."""
        super().__init__(view)
        self._take = take
        view.setAcceptDrops(True)
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDragMoveEvent):
            if may_drop(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                return True
        elif event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            given = dropped(event.mimeData())
            if not given.is_nothing:
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self._take(given)
                return True
        return False
