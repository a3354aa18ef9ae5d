"""Deletes messages with all that follows them, and restores them."""

from __future__ import annotations

import msgspec

from app.core.conversation import CutBranch
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace


class Deletion(msgspec.Struct, frozen=True, eq=False):
    """A message that was deleted with all that followed it."""

    conversation_id: str
    cut: CutBranch

    @property
    def count(self) -> int:
        """The number of messages."""
        return len(self.cut.messages)

    @property
    def branches(self) -> int:
        """The number of branches that ended below it."""
        parents = {message.parent for message in self.cut.messages}
        return sum(message.id not in parents for message in self.cut.messages)


class MessageDeletion:
    """Deletes messages of conversations. What was deleted in this run can be restored, in any order."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._deletions: list[Deletion] = []

    def delete(self, session: ChatSession, message_id: str) -> Deletion | None:
        """Delete a message and all that follows it, on every branch; None, and nothing changes, while a reply runs."""
        cut = session.delete(message_id)
        if cut is None:
            return None
        deletion = Deletion(session.id, cut)
        self._deletions.append(deletion)
        return deletion

    async def restore(self, deletion: Deletion) -> None:
        """Open the conversation and put the messages back; those they followed too, if these were deleted later.

        Raises StorageError if the conversation can't be read.
        """
        if deletion not in self._deletions:
            return
        if self._workspace.session(deletion.conversation_id) is None:
            await self._workspace.restore(deletion.conversation_id)
        else:
            await self._workspace.open(deletion.conversation_id)
        session = self._workspace.session(deletion.conversation_id)
        if session is None or deletion not in self._deletions:
            return
        for needed in self._needed_for(deletion):
            self._deletions.remove(needed)
            session.restore(needed.cut)

    def _needed_for(self, deletion: Deletion) -> list[Deletion]:
        """The deletions to undo for one, those of earlier messages first."""
        needed = [deletion]
        while True:
            parent = needed[0].cut.root.parent
            found = next(
                (
                    other
                    for other in self._deletions
                    if other not in needed and any(message.id == parent for message in other.cut.messages)
                ),
                None,
            )
            if found is None:
                return needed
            needed.insert(0, found)
