"""Connects web search to the open conversation: the section of the parameters, the chip, and what an answer offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QObject

from app.core.conversation import Conversation
from app.core.requests import ChatRequest
from app.core.web_search import is_search_unsure, search_lock, with_forced_search, without_search
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.ui.chat.transcript.transcript import Transcript
from app.ui.chat.view import ChatView
from app.ui.chat.web_search_section import WebSearchSection
from app.ui.texts.web_search import lock_reason


class SearchPresenter(QObject):
    """Shows whether and how the open conversation searches the web, and changes it."""

    def __init__(
        self,
        view: ChatView,
        section: WebSearchSection,
        transcript: Transcript,
        *,
        workspace: Workspace,
        session_to_ask: Callable[[], ChatSession],
        explain_refusal: Callable[[], object],
    ) -> None:
        """`session_to_ask` returns the open conversation, ready to send; `explain_refusal` says why it is not."""
        super().__init__(view)
        self._view, self._section = view, section
        self._workspace = workspace
        self._session_to_ask = session_to_ask
        self._explain_refusal = explain_refusal
        self._shown: tuple[object, ...] = ()
        section.switched.connect(self._switch)
        section.changed.connect(self._change)
        view.composer.search.toggled.connect(self._switch)
        transcript.answer_without_search.connect(lambda message_id: self._answer(message_id, without_search))
        transcript.force_search.connect(self._force)

    def _session(self) -> ChatSession:
        return self._workspace.current_or_new()

    def _switch(self, on: bool) -> None:
        self._session().configure(searches=on)

    def _change(self, changes: dict[str, Any]) -> None:
        session = self._session()
        session.configure(web_search=msgspec.structs.replace(session.conversation.web_search, **changes))

    def _force(self, message_id: str) -> None:
        options = self._session().conversation.web_search
        self._answer(message_id, lambda request: with_forced_search(request, options))

    def _answer(self, message_id: str, adapt: Callable[[ChatRequest], ChatRequest]) -> None:
        """Answer again, differently for this once."""
        if not self._session_to_ask().retry(message_id, adapt):
            self._explain_refusal()

    def show(self, conversation: Conversation) -> None:
        """Show the web search of the open conversation; called after a change of its service or language too."""
        profile = self._workspace.profile
        lock = search_lock(profile, conversation.model)
        reason = "" if lock is None else lock_reason(lock)
        unsure = is_search_unsure(profile)
        shown = (conversation.id, conversation.web_search, conversation.searches, lock, reason, unsure)
        if shown == self._shown:
            return  # This is called for every letter of a draft.
        self._shown = shown
        self._section.show_search(
            conversation.id,
            conversation.web_search,
            on=conversation.searches,
            lock=lock,
            unsure=unsure,
        )
        self._view.composer.show_search(conversation.searches and lock is None, reason=reason)
