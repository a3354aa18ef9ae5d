"""Takes the focus back to where it was before it went into something that disappears."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


class ReturningFocus(QObject):
    """Remembers which widget had the focus before one of the parts of `owner` got it."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._left: QWidget | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None or old is None or not isValid(old):
            return
        if self._owner.isAncestorOf(new) and not self._owner.isAncestorOf(old):
            self._left = old

    def leave(self, part: QWidget, area: QWidget) -> None:
        """If `part`, which is about to go, has the focus, give it back.

        Where that widget is gone, the focus goes to what the view around `area` focuses first.
        """
        focused = QApplication.focusWidget()
        if focused is None or not part.isAncestorOf(focused):
            return
        left, self._left = self._left, None
        if left is not None and isValid(left) and left.isVisible() and left.isEnabled():
            left.setFocus()
            return
        view: QWidget | None = area
        while view is not None and view.focusProxy() is None:
            view = view.parentWidget()
        if view is not None:
            view.setFocus()
