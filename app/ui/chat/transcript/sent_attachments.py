"""Keeps the cards of the built messages up to date: their pictures, what plays, and what is left out."""

from __future__ import annotations

from collections.abc import Callable, Collection

from app.core.conversation import part_id
from app.core.messages import Media
from app.ui.chat.attachments.previews import Previews
from app.ui.chat.transcript.assistant_message import AssistantMessageView
from app.ui.chat.transcript.call_extras import CallExtras
from app.ui.chat.transcript.message_view import MessageView
from app.ui.chat.transcript.message_window import MessageWindow
from app.ui.chat.transcript.user_message import UserMessageView


class SentAttachments:
    """The attachments of all messages; those that are built later look the same.

    Attributes:
        previews: the pictures, None until they are set.
    """

    def __init__(self, window: MessageWindow) -> None:
        self._window = window
        self.previews: Previews | None = None
        self._is_playing: Callable[[Media], bool] = lambda media: False
        self._left_out: frozenset[str] = frozenset()

    def set_previews(self, previews: Previews) -> None:
        """Take the pictures from here."""
        self.previews = previews
        self._show_all()

    def show_playing(self, is_playing: Callable[[Media], bool]) -> None:
        """Show which sounds play."""
        self._is_playing = is_playing
        self._show_all()

    def set_left_out(self, left_out: Collection[str]) -> None:
        """Show which parts of messages are left out of later turns, by `part_id`."""
        if frozenset(left_out) != self._left_out:
            self._left_out = frozenset(left_out)
            self._show_all()

    def show(self, view: MessageView) -> None:
        """Bring the cards of one message up to date."""
        if isinstance(view, AssistantMessageView):
            view.dress_media(self._dress)
        if not isinstance(view, UserMessageView):
            return
        if self.previews is not None:
            view.attachments.set_previews(self.previews)
        view.attachments.show_playing(self._is_playing)
        indexes = range(len(view.message.parts))
        left_out = [index for index in indexes if part_id(view.message.id, index) in self._left_out]
        view.attachments.set_left_out(left_out)

    def _dress(self, extras: CallExtras) -> None:
        """Bring the images and sounds of a tool's result up to date."""
        if self.previews is not None:
            extras.set_previews(self.previews)
        extras.show_playing(self._is_playing)

    def _show_all(self) -> None:
        for view in self._window.views.values():
            self.show(view)
