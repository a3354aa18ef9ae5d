"""Connects the attachments of the composer and of the messages to the services."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QMimeData, QObject

from app.core.attachments import kind_of
from app.core.conversation import Conversation, part_id
from app.core.errors import WorkbenchError
from app.core.messages import Media
from app.core.settings import Settings
from app.services.chat.attachments import Attachments, check_count
from app.services.chat.session import ChatSession
from app.services.chat.workspace import Workspace
from app.services.models import Models
from app.services.tasks import TaskSet
from app.ui.chat.attachments.address_presenter import AddressPresenter
from app.ui.chat.attachments.drop_target import DropTarget
from app.ui.chat.attachments.given import Given, dropped_on_text, encoded_png, pasted
from app.ui.chat.attachments.opening import AttachmentOpener
from app.ui.chat.attachments.previews import Previews
from app.ui.chat.attachments.refused_kinds import TOPIC, RefusedKinds
from app.ui.chat.late_undo import change_present
from app.ui.chat.view import ChatView
from app.ui.files import ask_to_open
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.texts.attachments import file_kinds, shown_name
from app.ui.texts.errors import error_sentences
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover

if TYPE_CHECKING:
    from app.services.speech.playback import Playback


class AttachmentDependencies(NamedTuple):
    """What attachments need: the service that makes them, and the player, created on first use."""

    service: Attachments
    playback: Callable[[], Playback]


class AttachmentsPresenter(QObject):
    """Attaches what is chosen, pasted, dropped or addressed, and opens what was sent.

    The attachments of a draft belong to its conversation and are saved with it.
    """

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
        self._view, self._strip, self._transcript = view, view.attachments, view.transcript
        self._service = dependencies.service
        self._workspace = workspace
        self._settings = settings
        self._notifier = notifier
        self.refused = RefusedKinds(workspace, models, notifier, choose_model)
        self._reading: dict[str, int] = {}
        self._run = ReportedTasks(tasks, "attachments", in_notification(notifier, TOPIC)).spawn
        self.previews = Previews(self._service.preview_path, self._run, self)
        self.opener = AttachmentOpener(
            view,
            attachments=self._service,
            playback=dependencies.playback,
            ask_to_open_link=view.ask_to_open,
            settings=settings,
            notifier=notifier,
            run=self._run,
        )
        self._strip.list.previews = self.previews
        self._transcript.attachments.set_previews(self.previews)
        self._drops = DropTarget(view, self.take)
        self._addresses = AddressPresenter(self._strip.address, self._service, self._session, self._run)
        workspace.awaits = lambda conversation_id: bool(self._reading.get(conversation_id))
        self._connect()

    def _connect(self) -> None:
        strip, composer = self._strip, self._view.composer
        composer.attach.clicked.connect(self.choose_file)
        composer.attach_address.clicked.connect(lambda: strip.open_address())
        composer.field.take_pasted, composer.field.take_dropped = self.paste, self.drop
        composer.has_attachments = strip.has_unsent
        strip.left.connect(composer.setFocus)
        strip.removed.connect(self._remove)
        strip.changed.connect(self._replace)
        strip.played.connect(lambda row: self._with(row, self.opener.play))
        strip.opened.connect(lambda row: self._with(row, self.opener.open))
        self.previews.changed.connect(strip.list.viewport().update)
        self.opener.playing_changed.connect(self._show_playing)
        self._transcript.open_attachment.connect(lambda message_id, index: self._open_sent(message_id, index))
        self._transcript.leave_out.connect(self._leave_out)
        self._transcript.media_opened.connect(self.opener.open)
        self._transcript.media_sent.connect(self.send_media)

    # -- attaching

    def choose_file(self) -> None:
        """Ask for a file and attach it."""
        self._run(self._choose_file())

    async def _choose_file(self) -> None:
        title = QCoreApplication.translate("Attachments", "Attach a file")
        path = await ask_to_open(self._view, title, file_kinds(), self._settings)
        if path is not None:
            await self._attach_files(self._session(), (path,))

    def paste(self, data: QMimeData) -> bool:
        """Attach what was pasted into the message field; False if it is to be pasted as text."""
        given = pasted(data)
        if given.is_nothing:
            return False
        self.take(given)
        return True

    def drop(self, data: QMimeData) -> bool:
        """Attach what was dropped on the message field; False if it is to be inserted as text."""
        given = dropped_on_text(data)
        if given.is_nothing:
            return False
        self.take(given)
        return True

    def take(self, given: Given) -> None:
        """Attach what was pasted or dropped."""
        if given.files:
            self._run(self._attach_files(self._session(), given.files, given.text))
        if given.raw:
            name = self._pasted_name(given.suffix)
            self._run(self._attach(self._service.from_bytes(given.raw, name), name))
        elif given.image is not None:
            name = self._pasted_name("png")
            self._run(self._attach(self._from_image(given, name), name))
        elif given.address:
            self._strip.open_address(given.address)

    async def _attach_files(self, session: ChatSession, paths: Sequence[Path], typed: str = "") -> None:
        """Attach files in their order, as many as a message can have; what is wrong with each of them is said."""
        for path in paths:
            if not await self._attach(self._service.from_file(path), path.name, typed, session):
                return

    async def _from_image(self, given: Given, name: str) -> Media:
        assert given.image is not None
        return await self._service.from_bytes(await asyncio.to_thread(encoded_png, given.image), name)

    def _pasted_name(self, suffix: str) -> str:
        stem = QCoreApplication.translate("Attachments", "Pasted image")
        taken = {media.name for media in self._session().conversation.attachments}
        names = (f"{stem}.{suffix}", *(f"{stem} {number}.{suffix}" for number in range(2, 100)))
        return next((name for name in names if name not in taken), names[0])

    async def _attach(
        self,
        work: Coroutine[Any, Any, Media],
        name: str,
        typed: str = "",
        session: ChatSession | None = None,
    ) -> bool:
        """Add an attachment to a conversation, by default that which is open now; false if there is room for none."""
        session = session or self._session()
        self._count_reading(session.id, 1)
        try:
            try:
                check_count(len(session.conversation.attachments) + self._reading[session.id] - 1)
            except WorkbenchError as error:
                work.close()
                self._notifier.warning(partial(error_sentences, error), topic=f"{TOPIC} number")
                return False
            media = await work
            session.configure(attachments=(*session.conversation.attachments, media))
        except WorkbenchError as error:
            self._notifier.warning(partial(error_sentences, error), topic=f"{TOPIC} {name}")
            return True
        finally:
            self._count_reading(session.id, -1)
        self._notifier.withdraw(f"{TOPIC} {name}")
        self._explain(session, media, typed)
        return True

    def _explain(self, session: ChatSession, media: Media, typed: str) -> None:
        """Say what the card can't: that a pasted path became a file, or that a video can't be shown here."""
        name = shown_name(media)
        if typed:
            self._notifier.info(
                lambda: QCoreApplication.translate("Attachments", "“{name}” was attached.").format(name=name),
                undo=lambda: self._change_present(session, lambda present: self._as_text(present, media, typed)),
                topic=f"{TOPIC} {media.name}",
            )
        elif kind_of(media) == "video" and media.digest and not media.preview and ", " not in media.format:
            self._notifier.info(
                lambda: QCoreApplication.translate(
                    "Attachments",
                    "“{name}” can't be read here, so its length and tokens are unknown. It is sent as it is.",
                ).format(name=name),
                topic=f"{TOPIC} {media.name}",
            )

    def _change_present(self, session: ChatSession, change: Callable[[ChatSession], None]) -> None:
        change_present(self._workspace, self._run, session, change)

    def _as_text(self, session: ChatSession, media: Media, typed: str) -> None:
        """Put a pasted path as text into the draft that it was pasted into, whichever conversation is open now."""
        kept = list(session.conversation.attachments)
        if media in kept:
            kept.remove(media)
        session.configure(attachments=tuple(kept))
        composer = self._view.composer
        if self._workspace.current is not session:
            draft = session.conversation.draft
            session.configure(draft=f"{draft}\n{typed}" if draft else typed)
        elif composer.field.is_covered:
            composer.append(typed)
        else:
            composer.field.insertPlainText(typed)
            if presentation_cover().active:
                composer.field.restyle()

    # -- the draft

    def show(self, conversation: Conversation) -> None:
        """Show the attachments of the open conversation, and warn of those that its model does not take."""
        self._addresses.show(conversation.id)
        self._strip.set_media(conversation.attachments)
        self._strip.set_reading(self._reading.get(conversation.id, 0))
        self._transcript.attachments.set_left_out(conversation.left_out)
        self.refused.follow(conversation)

    def to_send(self, session: ChatSession) -> tuple[Media, ...] | None:
        """The attachments of the draft; None, and why is said, if they can't be sent now."""
        conversation = session.conversation
        if self._reading.get(conversation.id):
            self._notifier.warning(
                QCoreApplication.translate(
                    "Attachments", "A file is still being read. Send again when its card is there."
                ),
                topic=TOPIC,
            )
            return None
        if not self.refused.permits(session, conversation.attachments):
            return None
        return conversation.attachments

    def _remove(self, row: int) -> None:
        session = self._session()
        before = session.conversation.attachments
        if not 0 <= row < len(before):
            return
        removed = before[row]
        session.configure(attachments=before[:row] + before[row + 1 :])

        def put_back(present: ChatSession) -> None:
            now = present.conversation.attachments
            present.configure(attachments=(*now[:row], removed, *now[row:]))

        name = shown_name(removed)
        self._notifier.info(
            lambda: QCoreApplication.translate("Attachments", "“{name}” was removed.").format(name=name),
            undo=lambda: self._change_present(session, put_back),
        )

    def _replace(self, row: int, media: Media) -> None:
        session = self._session()
        before = session.conversation.attachments
        if 0 <= row < len(before):
            session.configure(attachments=(*before[:row], media, *before[row + 1 :]))

    def _with(self, row: int, act: Callable[[Media], None]) -> None:
        media = self._session().conversation.attachments
        if 0 <= row < len(media):
            act(media[row])

    def _show_playing(self) -> None:
        session = self._workspace.current
        media = session.conversation.attachments if session is not None else ()
        rows = (row for row, part in enumerate(media) if self.opener.is_playing(part))
        self._strip.set_playing(next(rows, -1))
        self._transcript.attachments.show_playing(self.opener.is_playing)

    # -- messages

    def _open_sent(self, message_id: str, index: int) -> None:
        session = self._session()
        part = session.tree[message_id].parts[index] if message_id in session.tree else None
        if isinstance(part, Media):
            self.opener.open(part)

    def send_media(self, media: Media) -> None:
        """Send an image or a sound of a tool's result as the user's own message, with what is typed for it."""
        session, composer = self._session(), self._view.composer
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

        self._notifier.info(sentence, undo=lambda: self._change_present(session, put_back), topic=f"{TOPIC} {part}")

    def _count_reading(self, conversation_id: str, change: int) -> None:
        self._reading[conversation_id] = self._reading.get(conversation_id, 0) + change
        current = self._workspace.current
        if current is not None and current.id == conversation_id:
            self._strip.set_reading(self._reading[conversation_id])

    def _session(self) -> ChatSession:
        return self._workspace.current_or_new()


def _set_left_out(session: ChatSession, part: str, left_out: bool) -> None:
    others = tuple(known for known in session.conversation.left_out if known != part)
    session.configure(left_out=(*others, part) if left_out else others)
