"""Connects the list of conversations to the workspace: open, rename, delete, search, export and import."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QApplication

from app.core.catalogue import catalogue
from app.core.conversation import Conversation
from app.core.settings import Settings
from app.services.chat.files import ConversationFiles
from app.services.chat.workspace import Activity, Workspace
from app.ui.chat.conversation_things import PAUSE, conversation_things
from app.ui.chat.view import ChatView
from app.ui.commands import ThingSource
from app.ui.files import ask_to_open, ask_to_save
from app.ui.reported_tasks import Spawn
from app.ui.texts.documents import headings
from app.ui.texts.models import model_short_name
from app.ui.texts.numbers import day, short_count
from app.ui.widgets.chips import Kind
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import Row


class ConversationsPresenter(QObject):
    """Keeps the list of conversations up to date and carries out its actions.

    Signals:
        hit_chosen: the text by which the open conversation was found.
    """

    hit_chosen = Signal(str)

    def __init__(
        self,
        view: ChatView,
        *,
        workspace: Workspace,
        files: ConversationFiles,
        settings: Settings,
        notifier: Notifier,
        run: Spawn,
    ) -> None:
        """`run` runs a coroutine in the background and reports its errors."""
        super().__init__(view)
        assert view.conversations is not None
        self._view = view
        self._panel = view.conversations
        self._workspace = workspace
        self._files = files
        self._settings = settings
        self._notifier = notifier
        self._run = run
        self._query = ""
        self._searched_in = ""  # the conversation that is being opened from the search
        self._excerpts: dict[str, str] | None = None  # of the conversations found, by id; None without a search
        self._panel.begun.connect(self.begin)
        self._panel.opened.connect(self._open)
        self._panel.renamed.connect(workspace.rename)
        self._panel.pinned.connect(workspace.pin)
        self._panel.deleted.connect(self._delete)
        self._panel.searched.connect(self._search)
        self._panel.exported.connect(lambda conversation_id: run(self._export(conversation_id)))
        self._panel.imported.connect(self.import_)
        workspace.on_change.subscribe(self.show_rows)

    def begin(self) -> None:
        """Open an empty conversation and focus the composer."""
        self._view.commit_typed()
        self._workspace.new()
        self._view.composer.setFocus()

    def import_(self) -> None:
        """Import a conversation from a file."""
        self._run(self._import())

    def things(self, show_chat: Callable[[], object]) -> ThingSource:
        """The conversations for the command palette; one that is run is opened after `show_chat`."""

        def open_(conversation_id: str) -> None:
            show_chat()
            self._view.commit_typed()
            self._run(self._workspace.open(conversation_id))

        return conversation_things(self._workspace, open_, self._run)

    def show_rows(self) -> None:
        """List the conversations, or those that the search found."""
        conversations = self._workspace.conversations()
        if self._excerpts is not None:
            conversations = tuple(conversation for conversation in conversations if conversation.id in self._excerpts)
        current = self._workspace.current
        now = time.time()
        self._panel.show_rows(
            [self._row(conversation, now) for conversation in conversations],
            current.id if current is not None else None,
            frozenset(conversation.id for conversation in conversations if conversation.pinned),
        )

    def _open(self, conversation_id: str) -> None:
        self._view.commit_typed()
        current = self._workspace.current
        is_hit = self._excerpts is not None
        if current is None or current.id != conversation_id:
            self._searched_in = conversation_id if is_hit else ""
            self._run(self._workspace.open(conversation_id))
        elif is_hit:
            self.hit_chosen.emit(self._query)

    def take_query(self, conversation_id: str) -> str:
        """The text that found a conversation which is opened from the search; empty otherwise."""
        is_hit, self._searched_in = self._searched_in == conversation_id, ""
        return self._query if is_hit else ""

    def _delete(self, conversation_id: str) -> None:
        commit_composition()
        conversation = next((row for row in self._workspace.conversations() if row.id == conversation_id), None)
        if conversation is not None:
            self._run(self._delete_with_undo(conversation_id, conversation.title or _default_title()))

    async def _delete_with_undo(self, conversation_id: str, title: str) -> None:
        neighbour, is_focused = self._panel.neighbour(conversation_id), self._panel.has_focus()
        is_deleted = await self._workspace.delete(conversation_id, neighbour)
        # The pressed button was locked while no conversation was open, which took the focus from it.
        is_typing = self._view.composer.isAncestorOf(QApplication.focusWidget() or self._view)
        if is_focused and not is_typing and not (neighbour and self._panel.focus_list()):
            self._view.composer.field.setFocus()
        if is_deleted:
            self._notifier.info(
                lambda: QCoreApplication.translate("Chat", "“{title}” was deleted.").format(title=title),
                undo=lambda: self._run(self._workspace.restore(conversation_id)),
            )

    async def _export(self, conversation_id: str) -> None:
        caption = QCoreApplication.translate("Chat", "Export conversation")
        kinds = QCoreApplication.translate(
            "Chat", "Markdown (*.md);;Web page (*.html);;JSON with all branches (*.json)"
        )
        conversation = next(row for row in self._workspace.conversations() if row.id == conversation_id)
        title = presentation_cover().mask(conversation.title)
        path = await ask_to_save(self._view, caption, kinds, f"{title or _default_title()}.md", self._settings)
        if path is not None:
            await self._files.export(conversation_id, path, headings())
            self._notifier.success(QCoreApplication.translate("Chat", "Saved as {name}.").format(name=path.name))

    async def _import(self) -> None:
        caption = QCoreApplication.translate("Chat", "Import conversation")
        path = await ask_to_open(self._view, caption, "JSON (*.json)", self._settings)
        if path is not None:
            conversation = await self._files.import_(path)
            self._notifier.success(
                lambda: QCoreApplication.translate("Chat", "“{title}” was imported.").format(title=conversation.title),
                undo=lambda: self._run(self._undo_import(conversation.id)),
            )

    async def _undo_import(self, conversation_id: str) -> None:
        await self._workspace.delete(conversation_id)

    def _search(self, query: str) -> None:
        self._query = query
        if query:
            self._run(self._show_matches(query))
        else:
            self._excerpts = None
            self.show_rows()

    async def _show_matches(self, query: str) -> None:
        await asyncio.sleep(PAUSE)
        if query != self._query:
            return
        excerpts = await self._workspace.found(query)
        if query == self._query:
            self._excerpts = excerpts
            self.show_rows()

    def _row(self, conversation: Conversation, now: float) -> Row:
        excerpt = self._excerpts.get(conversation.id, "") if self._excerpts is not None else ""
        facts = [model_short_name(catalogue().model(conversation.model))] if conversation.model else []
        if conversation.tokens:
            tokens = short_count(conversation.tokens)
            facts.append(QCoreApplication.translate("Chat", "{n} tokens").format(n=tokens))
        pinned = QCoreApplication.translate("Chat", "Pinned")
        badge, kind = _badge(self._workspace.activity(conversation.id))
        return Row(
            conversation.id,
            conversation.title or _default_title(),
            excerpt or " · ".join(facts),
            badge,
            kind,
            section=pinned if conversation.pinned else day(conversation.updated, now),
            found=self._query if self._excerpts is not None else "",
        )


def _badge(activity: Activity) -> tuple[str, Kind]:
    match activity:
        case "running":
            return QCoreApplication.translate("Chat", "answering"), "accent"
        case "waiting":
            return QCoreApplication.translate("Chat", "asks you"), "warn"
        case "news":
            return QCoreApplication.translate("Chat", "new"), "good"
    return "", "neutral"


def _default_title() -> str:
    return QCoreApplication.translate("Chat", "New conversation")
