"""Attaches what is chosen, pasted, dropped or addressed to a draft, and shows it as cards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QCoreApplication, QMimeData, QObject
from PySide6.QtWidgets import QWidget

from app.core.attachments import kind_of
from app.core.errors import WorkbenchError
from app.core.messages import Media
from app.core.settings import Settings
from app.services.chat.attachments import Attachments, check_count
from app.ui.chat.attachments.address_presenter import AddressPresenter
from app.ui.chat.attachments.draft import AttachmentDraft
from app.ui.chat.attachments.drop_target import DropTarget
from app.ui.chat.attachments.given import Given, dropped_on_text, encoded_png, pasted
from app.ui.chat.attachments.opening import AttachmentOpener
from app.ui.chat.attachments.previews import Previews
from app.ui.chat.attachments.refused_kinds import TOPIC
from app.ui.chat.attachments.strip import AttachmentStrip
from app.ui.files import ask_to_open
from app.ui.texts.attachments import file_kinds, shown_name
from app.ui.texts.errors import error_sentences
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.notifications import Notifier

if TYPE_CHECKING:
    from app.services.speech.playback import Playback
    from app.ui.chat.composer import MessageField


class AttachmentDependencies(NamedTuple):
    """What attachments need: the service that makes them, and the player, created on first use."""

    service: Attachments
    playback: Callable[[], Playback]


class AttachmentControls(NamedTuple):
    """The controls of one composer.

    Attributes:
        view: on which files can be dropped.
    """

    view: QWidget
    strip: AttachmentStrip
    field: MessageField
    attach: IconButton
    attach_address: IconButton


class DraftAttachments(QObject):
    """The attachments of the draft that is open in a composer. They belong to it and are saved with it."""

    def __init__(
        self,
        controls: AttachmentControls,
        *,
        dependencies: AttachmentDependencies,
        draft: Callable[[], AttachmentDraft],
        ask_to_open_link: Callable[[str], None],
        settings: Settings,
        notifier: Notifier,
        run: Callable[[Coroutine[Any, Any, object]], object],
    ) -> None:
        """`draft` returns the open draft; `run` runs a coroutine and shows its error."""
        super().__init__(controls.view)
        self._controls, self._strip = controls, controls.strip
        self._service = dependencies.service
        self._draft = draft
        self._settings = settings
        self._notifier = notifier
        self._run = run
        self._reading: dict[str, int] = {}
        self._shown_id = ""
        self.previews = Previews(self._service.preview_path, run, self)
        self.opener = AttachmentOpener(
            controls.view, attachments=self._service, playback=dependencies.playback,
            ask_to_open_link=ask_to_open_link, settings=settings, notifier=notifier, run=run,
        )  # fmt: skip
        self._strip.list.previews = self.previews
        self._drops = DropTarget(controls.view, self.take)
        self._addresses = AddressPresenter(self._strip.address, self._service, draft, run)
        self._connect()

    def _connect(self) -> None:
        strip, controls = self._strip, self._controls
        controls.attach.clicked.connect(self.choose_file)
        controls.attach_address.clicked.connect(lambda: strip.open_address())
        controls.field.take_pasted, controls.field.take_dropped = self.paste, self.drop
        strip.left.connect(controls.field.setFocus)
        strip.removed.connect(self._remove)
        strip.changed.connect(self._replace)
        strip.played.connect(lambda row: self._with(row, self.opener.play))
        strip.opened.connect(lambda row: self._with(row, self.opener.open))
        self.previews.changed.connect(strip.list.viewport().update)
        self.opener.playing_changed.connect(self._show_playing)

    # -- attaching

    def choose_file(self) -> None:
        """Ask for a file and attach it."""
        self._run(self._choose_file())

    async def _choose_file(self) -> None:
        title = QCoreApplication.translate("Attachments", "Attach a file")
        path = await ask_to_open(self._controls.view, title, file_kinds(), self._settings)
        if path is not None:
            await self._attach_files(self._draft(), (path,))

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
            self._run(self._attach_files(self._draft(), given.files, given.text))
        if given.raw:
            name = self._pasted_name(given.suffix)
            self._run(self._attach(self._service.from_bytes(given.raw, name), name))
        elif given.image is not None:
            name = self._pasted_name("png")
            self._run(self._attach(self._from_image(given, name), name))
        elif given.address:
            self._strip.open_address(given.address)

    async def _attach_files(self, draft: AttachmentDraft, paths: Sequence[Path], typed: str = "") -> None:
        """Attach files in their order, as many as a message can have; what is wrong with each of them is said."""
        for path in paths:
            if not await self._attach(self._service.from_file(path), path.name, typed, draft):
                return

    async def _from_image(self, given: Given, name: str) -> Media:
        assert given.image is not None
        return await self._service.from_bytes(await asyncio.to_thread(encoded_png, given.image), name)

    def _pasted_name(self, suffix: str) -> str:
        stem = QCoreApplication.translate("Attachments", "Pasted image")
        taken = {media.name for media in self._draft().attachments}
        names = (f"{stem}.{suffix}", *(f"{stem} {number}.{suffix}" for number in range(2, 100)))
        return next((name for name in names if name not in taken), names[0])

    async def _attach(
        self,
        work: Coroutine[Any, Any, Media],
        name: str,
        typed: str = "",
        draft: AttachmentDraft | None = None,
    ) -> bool:
        """Add an attachment to a draft, by default that which is open now; false if there is room for none."""
        draft = draft or self._draft()
        self._count_reading(draft.id, 1)
        try:
            try:
                check_count(len(draft.attachments) + self._reading[draft.id] - 1)
            except WorkbenchError as error:
                work.close()
                self._notifier.warning(partial(error_sentences, error), topic=f"{TOPIC} number")
                return False
            media = await work
            draft.attach((*draft.attachments, media))
        except WorkbenchError as error:
            self._notifier.warning(partial(error_sentences, error), topic=f"{TOPIC} {name}")
            return True
        finally:
            self._count_reading(draft.id, -1)
        self._notifier.withdraw(f"{TOPIC} {name}")
        self._explain(draft, media, typed)
        return True

    def _explain(self, draft: AttachmentDraft, media: Media, typed: str) -> None:
        """Say what the card can't: that a pasted path became a file, or that a video can't be shown here."""
        name = shown_name(media)
        if typed:
            self._notifier.info(
                lambda: QCoreApplication.translate("Attachments", "“{name}” was attached.").format(name=name),
                undo=lambda: draft.undo(lambda present: _as_text(present, media, typed)),
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

    # -- the draft

    def show(self, draft: AttachmentDraft) -> None:
        """Show the attachments of the open draft."""
        self._shown_id = draft.id
        self._addresses.show(draft.id)
        self._strip.set_media(draft.attachments)
        self._strip.set_reading(self._reading.get(draft.id, 0))

    def is_reading(self, draft_id: str) -> bool:
        """Whether a file is still being read for a draft."""
        return bool(self._reading.get(draft_id))

    def is_ready(self, draft_id: str) -> bool:
        """Whether a draft has all that was attached; if not, that is said."""
        if not self.is_reading(draft_id):
            return True
        self._notifier.warning(
            QCoreApplication.translate("Attachments", "A file is still being read. Send again when its card is there."),
            topic=TOPIC,
        )
        return False

    def _remove(self, row: int) -> None:
        draft = self._draft()
        before = draft.attachments
        if not 0 <= row < len(before):
            return
        removed = before[row]
        draft.attach(before[:row] + before[row + 1 :])

        def put_back(present: AttachmentDraft) -> None:
            now = present.attachments
            present.attach((*now[:row], removed, *now[row:]))

        name = shown_name(removed)
        self._notifier.info(
            lambda: QCoreApplication.translate("Attachments", "“{name}” was removed.").format(name=name),
            undo=lambda: draft.undo(put_back),
        )

    def _replace(self, row: int, media: Media) -> None:
        draft = self._draft()
        before = draft.attachments
        if 0 <= row < len(before):
            draft.attach((*before[:row], media, *before[row + 1 :]))

    def _with(self, row: int, act: Callable[[Media], None]) -> None:
        media = self._draft().attachments
        if 0 <= row < len(media):
            act(media[row])

    def _show_playing(self) -> None:
        rows = (row for row, part in enumerate(self._strip.media) if self.opener.is_playing(part))
        self._strip.set_playing(next(rows, -1))

    def _count_reading(self, draft_id: str, change: int) -> None:
        self._reading[draft_id] = self._reading.get(draft_id, 0) + change
        if self._shown_id == draft_id:
            self._strip.set_reading(self._reading[draft_id])


def _as_text(draft: AttachmentDraft, media: Media, typed: str) -> None:
    """Put a pasted path as text into the draft that it was pasted into, whichever is open now."""
    kept = list(draft.attachments)
    if media in kept:
        kept.remove(media)
    draft.attach(tuple(kept))
    draft.write(typed)
