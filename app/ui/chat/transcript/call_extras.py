"""What a tool call has besides its texts: progress, why it failed, and the images and sounds of its result."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.media import Media
from app.core.messages import ToolCall
from app.ui.chat.attachments.message_cards import AttachmentButton
from app.ui.chat.attachments.previews import Previews
from app.ui.retranslate import Retranslated
from app.ui.texts.errors import error_message
from app.ui.texts.tool_servers import media_remark, media_title, progress_text, result_notes
from app.ui.theme.tokens import CARD_INSET, Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Label


class _MediaRow(Retranslated):
    """One image or sound with what becomes of it.

    Signals:
        opened: it is to be shown large, or played.
        sent: it is to be the user's next message.
    """

    opened = Signal()
    sent = Signal()

    def __init__(self, media: Media, *, images_sent: bool) -> None:
        super().__init__()
        self.media = media
        self._images_sent = images_sent
        self.card = AttachmentButton(media)
        self.send = Button()
        self._remark = Label(size=Type.SMALL, ink="text2", wrap=True)
        self.card.clicked.connect(self.opened)
        self.send.clicked.connect(self.sent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S12)
        row.addWidget(self.card)
        row.addWidget(self._remark, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.send, 0, Qt.AlignmentFlag.AlignVCenter)
        self.retranslate()

    def set_playing(self, playing: bool) -> None:
        self.card.is_playing = playing
        self.retranslate()

    def retranslate(self) -> None:
        title = media_title(self.media)
        self._remark.setText(media_remark(self.media, images_sent=self._images_sent))
        self.send.setText(QCoreApplication.translate("Servers", "Send as my next message"))
        if self.card.is_playing:
            name = QCoreApplication.translate("Servers", "Pause: {title}").format(title=title)
        else:
            name = QCoreApplication.translate("Servers", "Open: {title}").format(title=title)
        self.card.setAccessibleName(name)
        self.card.update()


class CallExtras(Retranslated):
    """Rows below the texts of a call.

    Signals:
        opened, sent: a medium of the result.
    """

    opened = Signal(object)
    sent = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._call: ToolCall | None = None
        self._rows: list[_MediaRow] = []
        self._previews: Previews | None = None
        self._is_playing: Callable[[Media], bool] = lambda media: False
        self.progress = Label(size=Type.SMALL, ink="text2", wrap=True)
        self.note = Label(size=Type.SMALL, ink="text2", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(CARD_INSET, Space.S4, CARD_INSET, Space.S8)
        self._column.setSpacing(Space.S8)
        self._column.addWidget(self.progress)
        self._column.addWidget(self.note)

    def show_call(self, call: ToolCall) -> None:
        """Show what a call has."""
        former, self._call = self._call, call
        if former is None or former.media != call.media:
            self._build(call)
        self.retranslate()

    def _build(self, call: ToolCall) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_MediaRow(media, images_sent=call.images_sent) for media in call.media]
        for row in self._rows:
            row.opened.connect(lambda media=row.media: self.opened.emit(media))
            row.sent.connect(lambda media=row.media: self.sent.emit(media))
            self._column.addWidget(row)
        if self._previews is not None:
            self.set_previews(self._previews)

    def set_previews(self, previews: Previews) -> None:
        """Take the pictures from here."""
        if previews is not self._previews:
            previews.changed.connect(self._repaint)
        self._previews = previews
        for row in self._rows:
            row.card.preview = previews.of

    def show_playing(self, is_playing: Callable[[Media], bool]) -> None:
        """Show which sounds play."""
        for row in self._rows:
            row.set_playing(is_playing(row.media))

    def _repaint(self) -> None:
        for row in self._rows:
            row.card.update()

    def retranslate(self) -> None:
        call = self._call
        if call is None:
            return
        is_running = call.progress is not None and call.state == "running"
        self.progress.setText(progress_text(call.progress) if call.progress is not None else "")
        self.progress.setVisible(is_running)
        error = call.failure.error if call.failure is not None else None
        note = str(error_message(error)) if error is not None else result_notes(call)
        self.note.set_ink("bad" if error is not None else "warn")
        self.note.setText(note)
        self.note.setVisible(bool(note))


def has_extras(call: ToolCall) -> bool:
    """Whether there is something to show besides the texts."""
    return bool(
        call.media or call.failure or call.dropped or call.mismatch or (call.progress and call.state == "running")
    )
