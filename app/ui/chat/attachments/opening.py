"""Opens attachments: images in a window, sounds in the player, other files after asking."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app.core.attachments import format_of_mime, kind_of
from app.core.errors import Code, InputError
from app.core.file_names import file_name
from app.core.messages import Media
from app.core.settings import Settings
from app.services.chat.attachments import Attachments
from app.ui.chat.attachments.previews import read_image
from app.ui.chat.attachments.viewer import VIEWED_SIZE, ImageViewer, OpenQuestion
from app.ui.files import ask_to_save
from app.ui.texts.attachments import shown_name
from app.ui.widgets.notifications import Notifier

if TYPE_CHECKING:
    from app.services.speech.playback import Playback

_SUFFIXES = {
    "image/jpeg": "jpg", "audio/mpeg": "mp3", "audio/mp4": "m4a", "video/quicktime": "mov", "video/x-msvideo": "avi",
    "video/x-ms-wmv": "wmv",
}  # fmt: skip


class AttachmentOpener(QObject):
    """Shows, plays and saves attachments.

    Signals:
        playing_changed: another sound plays, or none.
    """

    playing_changed = Signal()

    def __init__(
        self,
        parent: QWidget,
        *,
        attachments: Attachments,
        playback: Callable[[], Playback],
        ask_to_open_link: Callable[[str], None],
        settings: Settings,
        notifier: Notifier,
        run: Callable[[Coroutine[Any, Any, object]], object],
    ) -> None:
        """`playback` creates the player on first use; `run` runs a coroutine and shows its error."""
        super().__init__(parent)
        self._parent = parent
        self._attachments = attachments
        self._make_playback = playback
        self._playback: Playback | None = None
        self._ask_to_open_link = ask_to_open_link
        self._settings = settings
        self._notifier = notifier
        self._run = run
        self._copies: QTemporaryDir | None = None

    def open(self, media: Media) -> None:
        """Show an image, play a sound or stop it, ask about any other file, or about opening an address."""
        if not media.digest:
            self._ask_to_open_link(media.url)
        elif kind_of(media) == "audio":
            self.play(media)
        else:
            self._run(self._open(media))

    def play(self, media: Media) -> None:
        """Play a sound, or pause it."""
        self._run(self._play(media))

    def is_playing(self, media: Media) -> bool:
        """Whether this sound plays now."""
        playback = self._playback
        return playback is not None and playback.playing and playback.key == _key(media)

    async def _open(self, media: Media) -> None:
        path = await self._intact(media)
        if kind_of(media) == "image":
            image = await asyncio.to_thread(read_image, path, VIEWED_SIZE)
            if not image.isNull():
                viewer = ImageViewer(media, image, self._parent)
                viewer.save.connect(lambda: self._run(self._save(media)))
                viewer.show()
                return
        question = OpenQuestion(media, self._parent)
        question.save.connect(lambda: self._run(self._save(media)))
        question.open_file.connect(lambda: self._run(self._open_with_system(media)))
        question.open()

    async def _play(self, media: Media) -> None:
        if self._playback is None:
            self._playback = self._make_playback()
            self._playback.on_change.subscribe(self.playing_changed.emit)
        playback = self._playback
        if playback.key == _key(media) and (playback.playing or not playback.ended):
            playback.toggle()
            return
        await self._intact(media)
        await playback.play_blob(_key(media), media.digest)

    async def _save(self, media: Media) -> None:
        path = await self._intact(media)
        title = QCoreApplication.translate("Attachments", "Save attachment")
        kinds = QCoreApplication.translate("Attachments", "All files") + " (*)"
        target = await ask_to_save(self._parent, title, kinds, _named(media), self._settings)
        if target is None:
            return
        await asyncio.to_thread(_copy, path, target)
        name = target.name
        self._notifier.success(
            lambda: QCoreApplication.translate("Attachments", "{name} was saved.").format(name=name), topic="saved file"
        )

    async def _open_with_system(self, media: Media) -> None:
        """Open a copy with the right name: files of the home have none, and must stay as they are."""
        path = await self._intact(media)
        if self._copies is None:
            self._copies = QTemporaryDir()
        target = Path(self._copies.path()) / f"{media.digest[:12]}-{file_name(*_stem_and_suffix(media))}"
        await asyncio.to_thread(_copy, path, target)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))

    async def _intact(self, media: Media) -> Path:
        """The file of an attachment. Raises ATTACHMENT_MISSING if it is gone or was changed."""
        path = self._attachments.path(media)
        if path is None or not await self._attachments.is_intact(media):
            raise InputError(Code.ATTACHMENT_MISSING, name=shown_name(media))
        return path


def _key(media: Media) -> str:
    return f"attachment {media.digest}"


def _stem_and_suffix(media: Media) -> tuple[str, str]:
    """A name whose ending is that of the content: what was sent as a picture must not open as a program."""
    stem, dot, ending = media.name.rpartition(".")
    known = format_of_mime(media.mime)
    suffix = _SUFFIXES.get(media.mime) or (known.name.lower() if known is not None else "bin")
    return (stem if dot and len(ending) <= 5 else media.name) or "attachment", f".{suffix}"


def _named(media: Media) -> str:
    return "".join(_stem_and_suffix(media))


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except OSError as cause:
        raise InputError(Code.FILE_NOT_WRITTEN, path=str(target), message=cause.strerror or str(cause)) from cause
