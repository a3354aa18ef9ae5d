"""Exports conversations to files and imports them."""

from __future__ import annotations

import asyncio
from pathlib import Path

from app.core.conversation import Conversation, Headings
from app.services.chat.workspace import Workspace
from app.services.ports import ConversationStore, Documents


class ConversationFiles:
    """Export and import of single conversations. Every method raises StorageError."""

    def __init__(self, workspace: Workspace, store: ConversationStore, documents: Documents) -> None:
        self._workspace = workspace
        self._store = store
        self._documents = documents

    async def export(self, conversation_id: str, path: Path, words: Headings) -> None:
        """Export a conversation as saved, without keys; the suffix selects JSON (`.json`), HTML
        (`.html`) or Markdown.

        Raises NOT_KEPT for an empty conversation.
        """
        await self._workspace.settle(conversation_id)
        conversation = await self._store.get(conversation_id)
        messages = await self._store.messages(conversation_id)
        await asyncio.to_thread(self._documents.write, path, conversation, messages, words)

    async def import_(self, path: Path) -> Conversation:
        """Save the conversation of a file under new ids and open it."""
        conversation, messages = await asyncio.to_thread(self._documents.read, path)
        await self._workspace.add(conversation, messages)
        return conversation
