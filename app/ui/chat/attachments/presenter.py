"""Connects the attachments of the composer and of the messages to the services."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from app.core.conversation import Conversation, part_id
from app.core.errors import WorkbenchError
from app.core.messages import Media
from app.core.settings import Settings
from app.services.chat.attachments import check_count
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.services.models import Models
from app.services.tasks import TaskSet
from app.ui.chat.attachments.draft import AttachmentDraft, SessionDraft
from app.ui.chat.attachments.draft_attachments import AttachmentControls, AttachmentDependencies, DraftAttachments
from app.ui.chat.attachments.refused_kinds import TOPIC, RefusedKinds
from app.ui.chat.late_undo import change_present
from app.ui.chat.view import ChatView
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.texts.attachments import shown_name
from app.ui.texts.errors import error_sentences
from app.ui.widgets.notifications import Notifier


class AttachmentsPresenter(QObject):
    """The attachments of the open conversation: those of its draft, and those that were sent."""

    def __init__(
        self,
        view: ChatView,
        *,
        dependencies: AttachmentDependencies,
        workspace: Workspace,
        models: Models,
        settings: Settings,
        notifier: Notifier,
        tasks: TaskSet,
        choose_model: Callable[[str], None],
    ) -> None:
        super().__init__(view)
        assert view.attachments is not None
        assert view.transcript is not None
        self.dependencies = dependencies
        self._composer, self._transcript = view.composer, view.transcript
        self._workspace = workspace
        self._notifier = notifier
        self.refused = RefusedKinds(workspace, models, notifier, choose_model)
        self._run = ReportedTasks(tasks, "attachments", in_notification(notifier, TOPIC)).spawn
        composer = view.composer
        self._drafts = DraftAttachments(
            AttachmentControls(view, view.attachments, composer.field, composer.attach, composer.attach_address),
            dependencies=dependencies, draft=self._draft, ask_to_open_link=view.ask_to_open, settings=settings,
            notifier=notifier, run=self._run,
        )  # fmt: skip
        self.previews, self.opener = self._drafts.previews, self._drafts.opener
        composer.has_attachments = view.attachments.has_unsent
        self._transcript.attachments.set_previews(self.previews)
        workspace.awaits = self._drafts.is_reading
        self.opener.playing_changed.connect(lambda: self._transcript.attachments.show_playing(self.opener.is_playing))
        self._transcript.open_attachment.connect(lambda message_id, index: self._open_sent(message_id, index))
        self._transcript.leave_out.connect(self._leave_out)
        self._transcript.media_opened.connect(self.opener.open)
        self._transcript.media_sent.connect(self.send_media)

    def _draft(self) -> AttachmentDraft:
        return SessionDraft(self._session(), self._workspace, self._composer, self._run)

    # -- the draft

    def show(self, conversation: Conversation) -> None:
        """Show the attachments of the open conversation, and warn of those that its model does not take."""
        self._drafts.show(self._draft())
        self._transcript.attachments.set_left_out(conversation.left_out)
        self.refused.follow(conversation)

    def to_send(self, session: ChatSession) -> tuple[Media, ...] | None:
        """The attachments of the draft; None, and why is said, if they can't be sent now."""
        attachments = session.conversation.attachments
        if not self._drafts.is_ready(session.id) or not self.refused.permits(session, attachments):
            return None
        return attachments

    # -- messages

    def _open_sent(self, message_id: str, index: int) -> None:
        session = self._session()
        part = session.tree[message_id].parts[index] if message_id in session.tree else None
        if isinstance(part, Media):
            self.opener.open(part)

    def send_media(self, media: Media) -> None:
        """Send an image or a sound of a tool's result as the user's own message, with what is typed for it."""
        session, composer = self._session(), self._composer
        present = session.conversation.attachments
        is_alone = not present and not session.conversation.draft.strip()
        if media not in present:
            try:
                check_count(len(present))
            except WorkbenchError as error:
                self._notifier.warning(partial(error_sentences, error), topic=f"{TOPIC} number")
                return
            session.configure(attachments=(*present, media))
        composer.setFocus()
        if is_alone and session.can_start:
            composer.send.emit("")  # Else it is sent with what is typed.

    def _leave_out(self, message_id: str, index: int, left_out: bool) -> None:
        """Leave an attachment out of later turns, or send it again; can be undone."""
        session = self._session()
        part = part_id(message_id, index)
        media = session.tree[message_id].parts[index]
        if (part in session.conversation.left_out) == left_out or not isinstance(media, Media):
            return
        name = shown_name(media)
        _set_left_out(session, part, left_out)

        def sentence() -> str:
            if left_out:
                text = QCoreApplication.translate("Attachments", "“{name}” is left out of later turns.")
            else:
                text = QCoreApplication.translate("Attachments", "“{name}” is sent again with each turn.")
            return text.format(name=name)

        def put_back(present: ChatSession) -> None:
            _set_left_out(present, part, not left_out)

        self._notifier.info(
            sentence,
            undo=lambda: change_present(self._workspace, self._run, session, put_back),
            topic=f"{TOPIC} {part}",
        )

    def _session(self) -> ChatSession:
        return self._workspace.current_or_new()


def _set_left_out(session: ChatSession, part: str, left_out: bool) -> None:
    others = tuple(known for known in session.conversation.left_out if known != part)
    session.configure(left_out=(*others, part) if left_out else others)
