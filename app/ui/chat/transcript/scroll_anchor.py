"""Keeps the user's place while the content of the transcript changes height."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.jump_button import JumpButton
from app.ui.chat.transcript.message_window import MessageWindow
from app.ui.widgets.scroll_ahead import ScrollAhead
from app.ui.widgets.scroll_area import ScrollArea

FOLLOW_DISTANCE = 24
"""Logical pixels from the end within which the view still follows it."""


class ScrollAnchor:
    """Follows the end of the transcript, or holds the part at the top of the view in place.

    Attributes:
        is_following: whether the view stays at the end as content is added.
        is_scrolling: whether a scroll position is being set here rather than by the user.
    """

    def __init__(
        self,
        area: ScrollArea,
        content: QWidget,
        layout: QVBoxLayout,
        window: MessageWindow,
        jump: JumpButton,
        *,
        bottom_margin: int,
    ) -> None:
        """`layout` is the layout in `content` that holds the message widgets."""
        self.is_following = True
        self.is_scrolling = False
        self._area = area
        self._content = content
        self._layout = layout
        self._window = window
        self._jump = jump
        self._bottom_margin = bottom_margin
        self._ahead = ScrollAhead()
        self._anchor: tuple[QWidget, int] | None = None  # a widget, and its distance below the top of the view

    @property
    def page_height(self) -> int:
        return self._area.viewport().height()

    def hold(self) -> None:
        """Remember which widget is at the top of the view and where it is."""
        top = self._area.verticalScrollBar().value()
        for view in self._window.views.values():
            if view.y() + view.height() > top:
                offset = top - view.y()
                visible = [part for part in view.part_widgets() if not part.isHidden()]
                part = next((part for part in visible if part.geometry().bottom() > offset), view)
                self._anchor = (part, part.mapTo(self._content, QPoint(0, 0)).y() - top)
                return
        self._anchor = None

    def forget(self) -> None:
        """Hold nothing in place."""
        self._anchor = None
        self._leave_no_room()

    def update_following(self, value: int) -> None:
        """The user has scrolled to this value: follow from there if it is the end, else hold what is visible."""
        self.is_following = self._window.reaches_end and value >= self._end_value(0) - FOLLOW_DISTANCE
        self._leave_no_room()
        self.hold()
        self._update_jump_button()

    def lay_out(self) -> None:
        """Lay out the content immediately. Heights depend on widths, so it takes two passes if anything has changed."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        height = self._content_height()
        is_same = self._content.height() == height and self._content.width() == self._area.viewport().width()
        if is_same and not self._layout.activate():
            return
        for _ in range(2):
            self._layout.activate()
            height = self._content_height()
            self._content.resize(self._area.viewport().width(), height)
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def settle(self) -> None:
        """Lay out changed content and restore the user's place."""
        self.lay_out()
        self._restore(self._area.reserved)

    def settle_growing(self) -> None:
        """As `settle` for an answer that goes on."""
        self.lay_out()
        self._restore(self._area.reserved, grows=True)

    def _content_height(self) -> int:
        return max(self._layout.sizeHint().height(), self.page_height, self._content.minimumHeight())

    def _leave_no_room(self) -> None:
        self._ahead.forget()
        self._content.setMinimumHeight(0)

    def restore(self) -> None:
        """Scroll to the end when following, else to where the held widget is now, after a change of the sizes.

        Where something covers the end, only new content scrolls it higher.
        """
        past_end = self._area.verticalScrollBar().value() - self._end_value(0)
        self._restore(max(0, min(past_end, max(self._area.reserved, self._ahead.room))))

    def _restore(self, reserved: int, *, grows: bool = False) -> None:
        if self.is_following:
            end = max(self._end_value(reserved), self._followed(self._end_value(0), grows=grows))
            if end != self._area.verticalScrollBar().value() or self._jump.isVisibleTo(self._area):
                self.scroll_to(end)
            return
        if self._anchor is not None:
            part, offset = self._anchor
            # An edit field is deleted when it closes.
            if isValid(part) and not part.isHidden() and self._content.isAncestorOf(part):
                self.scroll_to(part.mapTo(self._content, QPoint(0, 0)).y() - offset)
                return
            self.hold()
        self._update_jump_button()

    def _followed(self, end: int, *, grows: bool) -> int:
        """The scroll value that shows this end; the content stays as high as that needs, also when it has ended."""
        value = self._ahead.of(end, self.page_height, grows=grows)
        least = value + self.page_height if value > end else 0
        if least != self._content.minimumHeight():
            self._content.setMinimumHeight(least)
            self.lay_out()
        return value

    def scroll_to(self, value: int) -> None:
        """Set the scroll position without treating it as scrolling by the user."""
        self.is_scrolling = True
        self._area.verticalScrollBar().setValue(value)
        self.is_scrolling = False
        if not self.is_following:
            self.hold()
        self._update_jump_button()

    def scroll_to_point(self, widget: QWidget, point: QPoint) -> None:
        """Show a point of a widget at a third of the view's height."""
        self.scroll_to(widget.mapTo(self._content, point).y() - self.page_height // 3)

    def _end_value(self, reserved: int) -> int:
        """The scroll value that shows the last line at the bottom of the view, `reserved` pixels above its edge."""
        last = next(reversed(self._window.views.values()), None)
        end = self._area.last_value + reserved
        if isinstance(last, AssistantMessageView):
            bottom = last.y() + last.end_height() + self._bottom_margin
            end = min(end, bottom + reserved - self.page_height)
        return max(0, min(end, self._area.verticalScrollBar().maximum()))

    def _update_jump_button(self) -> None:
        if self.is_following:
            self._jump.setVisible(False)
            return
        below = self._end_value(0) - self._area.verticalScrollBar().value()
        is_end_hidden = not self._window.reaches_end or below > FOLLOW_DISTANCE
        self._jump.setVisible(is_end_hidden)
