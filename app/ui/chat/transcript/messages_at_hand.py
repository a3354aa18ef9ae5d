"""Which message a command acts on: the one with the keyboard focus, else the last one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from app.core.messages import Role
from app.ui.chat.transcript.message_view import MessageView
from app.ui.chat.transcript.message_window import MessageWindow


class MessagesAtHand:
    """Finds them among the messages that have a widget."""

    def __init__(self, page: QWidget, window: MessageWindow) -> None:
        """`page` is the widget that contains the messages."""
        self._page, self._window = page, window

    @property
    def is_known(self) -> bool:
        """Whether a message has the keyboard focus, or the last one has a widget."""
        return self._window.reaches_end or self._focused() is not None

    def of(self, roles: Sequence[Role]) -> Iterator[MessageView]:
        """The message with the keyboard focus if it has one of these roles, else those with a widget, last first."""
        focused = self._focused()
        if focused is not None and focused.message.role in roles:
            yield focused
            return
        yield from (view for view in reversed(self._window.views.values()) if view.message.role in roles)

    def _focused(self) -> MessageView | None:
        focused = self._page.window().focusWidget()
        holding = (view for view in self._window.views.values() if focused is not None and view.isAncestorOf(focused))
        return next(holding, None)
