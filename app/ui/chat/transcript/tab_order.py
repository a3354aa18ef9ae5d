"""Moves the keyboard focus through the messages in reading order; Qt's own order is that of creation."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView, QWidget

from app.ui.chat.markdown.reading_text import ReadingText
from app.ui.chat.markdown.wide_tables import TableScrollBar
from app.ui.chat.transcript.edit_field import MessageEditor
from app.ui.chat.transcript.message_window import MessageWindow
from app.ui.widgets.fields import LineField
from app.ui.widgets.scroll_area import ScrollArea


class TabOrder:
    """The focusable widgets of the built messages, ordered from top to bottom and left to right."""

    def __init__(self, area: ScrollArea, content: QWidget, window: MessageWindow, jump: QWidget) -> None:
        """`jump` floats over the messages and follows them all."""
        self._jump = jump
        self._area = area
        self._content = content
        self._window = window

    def stops(self) -> list[QWidget]:
        """The widgets that Tab visits, in reading order."""
        stops: list[QWidget] = []
        for kind in (QAbstractButton, ReadingText, TableScrollBar, LineField, MessageEditor, QListView):
            stops += [
                widget
                for widget in self._content.findChildren(kind)
                if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
                and widget.isVisible()
                and widget.isEnabled()
                and widget is not self._jump
            ]

        def reading_position(widget: QWidget) -> tuple[int, int]:
            corner = widget.mapTo(self._content, QPoint(0, 0))
            return corner.y(), corner.x()

        return [*sorted(stops, key=reading_position), *([self._jump] if self._jump.isVisible() else [])]

    def move(self, forward: bool, leave: Callable[[bool], bool]) -> bool:
        """Move the focus by one stop. `leave` moves it by Qt's order, out of the transcript."""
        focused = QApplication.focusWidget()
        stops = self.stops()
        if focused is self._area:
            index = 0 if forward else -1
        elif focused in stops:
            index = stops.index(focused) + (1 if forward else -1)
        else:
            return leave(forward)
        if 0 <= index < len(stops):
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            stops[index].setFocus(reason)
            if stops[index] is not self._jump:
                self._area.ensureWidgetVisible(stops[index])
        elif forward:
            # The widget after the transcript also follows its last stop.
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)
            return leave(True)
        elif focused is self._area:
            return leave(False)
        else:
            self._area.setFocus(Qt.FocusReason.OtherFocusReason)
        for view in self._window.views.values():
            view.footer.update()
        return True

    def enter_from_below(self) -> None:
        """Focus the last stop, if there is one."""
        if stops := self.stops():
            stops[-1].setFocus(Qt.FocusReason.BacktabFocusReason)
