"""Passes the signals of a tool call's card on as those of its message, with the reference of the call."""

from __future__ import annotations

from functools import partial

from app.core.messages import ToolCallRef
from app.ui.chat.transcript.message_view import MessageView
from app.ui.chat.transcript.tool_card import ToolCard


def connect_card(view: MessageView, card: ToolCard, call_ref: ToolCallRef) -> None:
    """Connect what needs nothing else of the message."""
    card.decided.connect(partial(view.decided.emit, call_ref))
    card.answered.connect(partial(view.answered.emit, call_ref))
    card.replayed.connect(partial(view.replayed.emit, call_ref))
    card.media_opened.connect(view.media_opened)
    card.media_sent.connect(view.media_sent)
