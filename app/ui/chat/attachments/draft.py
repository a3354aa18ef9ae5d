"""What attachments are added to: the draft of a conversation, or a message that is prepared elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from app.core.messages import Media
from app.ui.chat.late_undo import Run, change_present
from app.ui.widgets.presentation_cover import presentation_cover

if TYPE_CHECKING:
    from app.services.chat.session import ChatSession
    from app.services.chat.workspace import Workspace
    from app.ui.chat.composer import Composer


class AttachmentDraft(Protocol):
    """A message before it is sent; it stays the same when another one is opened."""

    @property
    def id(self) -> str: ...
    @property
    def attachments(self) -> tuple[Media, ...]: ...

    def attach(self, attachments: tuple[Media, ...]) -> None:
        """Replace the attachments."""

    def write(self, text: str) -> None:
        """Insert a text where the user types, or at the end if another draft is open."""

    def undo(self, change: Callable[[AttachmentDraft], None]) -> None:
        """Apply a change to the draft as it is now: at once, or when it is back."""


class SessionDraft:
    """The draft of a conversation."""

    def __init__(self, session: ChatSession, workspace: Workspace, composer: Composer, run: Run) -> None:
        self._session, self._workspace, self._composer, self._run = session, workspace, composer, run

    @property
    def id(self) -> str:
        return self._session.id

    @property
    def attachments(self) -> tuple[Media, ...]:
        return self._session.conversation.attachments

    def attach(self, attachments: tuple[Media, ...]) -> None:
        self._session.configure(attachments=attachments)

    def write(self, text: str) -> None:
        if self._workspace.current is not self._session:
            draft = self._session.conversation.draft
            self._session.configure(draft=f"{draft}\n{text}" if draft else text)
        elif self._composer.field.is_covered:
            self._composer.append(text)
        else:
            self._composer.field.insertPlainText(text)
            if presentation_cover().active:
                self._composer.field.restyle()

    def undo(self, change: Callable[[AttachmentDraft], None]) -> None:
        def change_session(session: ChatSession) -> None:
            change(SessionDraft(session, self._workspace, self._composer, self._run))

        change_present(self._workspace, self._run, self._session, change_session)
