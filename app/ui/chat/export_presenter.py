"""What leaves the chat from one message: a picture of it, and its words for the Studio."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QObject
from PySide6.QtGui import QGuiApplication, QImage

from app.core.errors import Code, StorageError
from app.core.messages import Message
from app.core.settings import Settings
from app.services.chat.workspace import Workspace
from app.ui.chat.view import ChatView
from app.ui.files import ask_to_save
from app.ui.reported_tasks import Spawn
from app.ui.texts.numbers import count
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover

Studio = Callable[[str, str], object]
"""Opens a new session of the Studio with a text and a title."""


class ExportPresenter(QObject):
    """Carries out the actions of messages that take something out of the chat."""

    def __init__(
        self,
        view: ChatView,
        *,
        workspace: Workspace,
        settings: Settings,
        notifier: Notifier,
        run: Spawn,
        studio: Studio,
    ) -> None:
        super().__init__(view)
        assert view.transcript is not None
        self._view, self._transcript = view, view.transcript
        self._workspace = workspace
        self._settings = settings
        self._notifier = notifier
        self._run = run
        self._studio = studio
        view.transcript.acted.connect(self.act)

    def act(self, message_id: str, action: str) -> None:
        """Carry out the action of a message's footer, if it is one of these."""
        session = self._workspace.current
        message = next((message for message in session.branch if message.id == message_id), None) if session else None
        if message is None:
            return
        match action:
            case "copy-image":
                self._run(self._copy_image(message))
            case "save-image":
                self._run(self._save_image(message))
            case "studio":
                self._send_to_studio(message)

    def _send_to_studio(self, message: Message) -> None:
        """Put the words of an answer, as they would be read aloud, into a new session."""
        # Imported here: the Markdown parser is not needed before.
        from app.core.markdown.ear import spoken_text

        text = spoken_text(message.text)
        if not text:
            self._notifier.warning(
                lambda: QCoreApplication.translate(
                    "Chat", "This message has no words to speak: it is only code or formulas. Choose another one."
                ),
                topic="studio",
            )
            return
        session = self._workspace.current
        self._studio(text, session.conversation.title if session is not None else "")

    async def _copy_image(self, message: Message) -> None:
        image = await self._drawn(message)
        if image is not None:
            QGuiApplication.clipboard().setImage(image)
            self._notifier.success(
                lambda: QCoreApplication.translate("Chat", "The picture is on the clipboard."), topic="copied"
            )

    async def _save_image(self, message: Message) -> None:
        image = await self._drawn(message)
        if image is None:
            return
        caption = QCoreApplication.translate("Chat", "Save as image")
        session = self._workspace.current
        title = presentation_cover().mask(session.conversation.title) if session is not None else ""
        kinds = QCoreApplication.translate("Chat", "Picture (*.png)")
        path = await ask_to_save(self._view, caption, kinds, f"{title or self._fallback_title()}.png", self._settings)
        if path is not None:
            await asyncio.to_thread(_write, image, path)
            self._notifier.success(QCoreApplication.translate("Chat", "Saved as {name}.").format(name=path.name))

    def _fallback_title(self) -> str:
        return QCoreApplication.translate("Chat", "Message")

    async def _drawn(self, message: Message) -> QImage | None:
        """The picture of a message; None after saying that it would be too high."""
        from app.ui.chat.transcript.message_picture import MAX_HEIGHT, TooHigh, draw_message

        try:
            return await draw_message(message, self._transcript.attachments.previews)
        except TooHigh as error:
            height = int(error.args[0])
            self._notifier.warning(
                lambda: QCoreApplication.translate(
                    "Chat",
                    "This message would be {n} pixels high; a picture can have {m}. "
                    "Export the conversation as a web page instead.",
                ).format(n=count(height), m=count(MAX_HEIGHT)),
                topic="picture",
            )
            return None


def _write(image: QImage, path: Path) -> None:
    """Write a PNG file. Raises StorageError (FILE_NOT_WRITTEN)."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    try:
        if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
            raise OSError("PNG")
        path.write_bytes(bytes(buffer.data().data()))
    except OSError as error:
        raise StorageError(Code.FILE_NOT_WRITTEN, path=str(path), message=str(error)) from error
