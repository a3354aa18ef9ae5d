"""What goes on in conversations that are not shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from app.core.messages import ToolCall
from app.services.chat.session import ChatSession, SessionObserver

Activity = Literal["", "running", "waiting", "news"]
"""What goes on in a conversation; `waiting` for an approval, `news` for a reply that ended unseen."""


class ActivityObserver(SessionObserver):
    """Notifies of changes of the activity of one session."""

    def __init__(self, session: ChatSession, changed: Callable[[ChatSession], None]) -> None:
        self._session, self._tell = session, changed

    def running_changed(self, running: bool) -> None:
        self._tell(self._session)

    def tool_changed(self, message_id: str, call: ToolCall) -> None:
        self._tell(self._session)
