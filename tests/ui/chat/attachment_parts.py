"""Finds the parts of the chat view that deal with attachments."""

from __future__ import annotations

from app.ui.chat.attachments.presenter import AttachmentsPresenter
from app.ui.chat.attachments.previews import Previews
from app.ui.chat.view import ChatView


def presenter_of(view: ChatView) -> AttachmentsPresenter:
    """The presenter of the view's attachments."""
    found = view.findChild(AttachmentsPresenter)
    assert found is not None
    return found


def previews_of(view: ChatView) -> Previews:
    """The small pictures shown on its cards."""
    return presenter_of(view).previews
