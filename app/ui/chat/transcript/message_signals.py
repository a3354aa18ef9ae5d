"""Passes the signals of a message's widget on as those of the transcript, with the id of the message."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from app.ui.chat.transcript.message_view import MessageView
from app.ui.chat.transcript.user_message import UserMessageView

if TYPE_CHECKING:
    from app.ui.chat.transcript.transcript import Transcript


def connect_message(transcript: Transcript, view: MessageView, message_id: str) -> None:
    """Connect what needs nothing else of the transcript."""
    if isinstance(view, UserMessageView):
        view.attachments.opened.connect(partial(transcript.open_attachment.emit, message_id))
        view.attachments.left_out_changed.connect(partial(transcript.leave_out.emit, message_id))
    footer = view.footer
    footer.copy.connect(partial(transcript.copy.emit, message_id))
    footer.regenerate.connect(partial(transcript.regenerate.emit, message_id))
    footer.speak.connect(partial(transcript.speak.emit, message_id))
    footer.inspect.connect(partial(transcript.inspect.emit, message_id))
    footer.acted.connect(partial(transcript.acted.emit, message_id))
    footer.version.connect(partial(transcript.version.emit, message_id))
    view.edited.connect(partial(transcript.edit.emit, message_id))
    view.cards_decided.connect(transcript.cards_decided)
    view.decided.connect(transcript.approve)
    view.answered.connect(transcript.answered)
    view.replayed.connect(transcript.replay)
    view.media_opened.connect(transcript.media_opened)
    view.media_sent.connect(transcript.media_sent)
    view.open_link.connect(transcript.open_link)
    view.end_accepted.connect(partial(transcript.end_accepted.emit, message_id))
    view.copy_json.connect(transcript.copy_json)
    view.send_again.connect(partial(transcript.send_again.emit, message_id))
