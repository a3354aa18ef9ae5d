"""Returns the keyboard focus to the same control of a message after its widget was rebuilt."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.chat.transcript.message_window import MessageWindow
from app.ui.chat.transcript.tab_order import TabOrder


class FocusRestorer:
    """Remembers a control by the index of its message and its accessible name."""

    def __init__(self, area: QWidget, window: MessageWindow, tab_order: TabOrder) -> None:
        self._area = area
        self._window = window
        self._tab_order = tab_order
        self._pending: tuple[int, str] | None = None  # waits until its message is shown again

    def release(self) -> tuple[int, str] | None:
        """Move the focus from a message to the transcript, before the focused widget is removed.

        Returns what `restore` needs; None when no message has the focus. Without this the focus would fall to the next
        widget of the window.
        """
        focused = QApplication.focusWidget()
        if focused is None:
            return None
        for index, view in self._window.indexed_views():
            if view.isAncestorOf(focused):
                name = focused.accessibleName()
                self._area.setFocus(Qt.FocusReason.OtherFocusReason)
                return index, name
        return None

    def restore(self, index: int, name: str) -> None:
        """Focus the control of this name in the message at this index, or wait for that message.

        In place of a version arrow that is disabled now, the other arrow gets the focus.
        """
        view = next((view for at, view in self._window.indexed_views() if at == index), None)
        if view is None:
            self._pending = index, name
            return
        view.show()  # A layout shows its widgets only once the event loop runs.
        arrows = [view.footer.previous.accessibleName(), view.footer.next.accessibleName()]
        names = [name, *arrows] if name in arrows else [name]
        stops = [stop for stop in self._tab_order.stops() if view.isAncestorOf(stop)]
        control = next((stop for wanted in names for stop in stops if stop.accessibleName() == wanted), None)
        if control is not None:
            control.setFocus(Qt.FocusReason.OtherFocusReason)

    def restore_pending(self, index: int) -> None:
        """Restore the focus that waits for this message, unless it has moved elsewhere."""
        if self._pending is not None and self._pending[0] == index and self._area.hasFocus():
            self.restore(*self._pending)

    def forget(self) -> None:
        self._pending = None
