"""Hands takes to other programs: dragged out as files, or copied."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QCoreApplication, QMimeData, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import QApplication

from app.core.presentation_mask import COVER
from app.core.takes import Take
from app.services.speech.take_files import NamedTake
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.takes_panel import TakesPanel
from app.ui.texts.speech import file_name, take_content, take_name
from app.ui.widgets.presentation_cover import presentation_cover


class TakeSharing(QObject):
    """Connects dragging and copying to the selected takes.

    Attributes:
        is_blind: whether names must not tell which take is which; then files are numbered and hold the sound alone.
    """

    def __init__(self, panel: TakesPanel, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(panel)
        self._panel, self._context, self._spawn = panel, context, spawn
        self.is_blind: Callable[[], bool] = lambda: False
        panel.list.drag_begun.connect(lambda: spawn(self._drag()))
        panel.copy.clicked.connect(lambda: spawn(self._copy()))

    def _sounding(self) -> list[Take]:
        return [take for take in self._panel.selected_takes() if take.has_ended and take.frames]

    async def mime_of(self, takes: Sequence[Take]) -> QMimeData:
        """The files of takes, and what they are as text. Raises StorageError and AudioError."""
        blind = self.is_blind()
        saved = [await self._context.service.ensure_saved(take) for take in takes]
        names = [_blind_name(place) if blind else shared_name(take) for place, take in enumerate(saved, 1)]
        named = [NamedTake(take, name) for take, name in zip(saved, names, strict=True)]
        paths = await self._context.take_files.write(named, anonymous=blind)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        mime.setText("\n".join(names if blind else map(_sentence, saved)))
        return mime

    async def _copy(self) -> None:
        takes = self._sounding()
        if not takes:
            return
        mime = await self.mime_of(takes)
        QGuiApplication.clipboard().setMimeData(mime)
        if len(takes) == 1:
            self._context.notifier.info(
                lambda: QCoreApplication.translate("Studio", "The take was copied. Paste it as a file, or as text.")
            )
        else:
            count = len(takes)
            self._context.notifier.info(
                lambda: QCoreApplication.translate("Studio", "{n} takes were copied. Paste them as files, or as text.")
                .format(n=count)
            )  # fmt: skip

    async def _drag(self) -> None:
        takes = self._sounding()
        if takes:
            mime = await self.mime_of(takes)
            # After this task: a drag runs an event loop of its own.
            QTimer.singleShot(0, self, lambda: self._begin_drag(mime))

    def _begin_drag(self, mime: QMimeData) -> None:
        """Begin the drag, unless the button was released while the files were written."""
        if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            drag = QDrag(self._panel.list)
            drag.setMimeData(mime)
            drag.exec(Qt.DropAction.CopyAction)


def shared_name(take: Take) -> str:
    """The name of a take as a file, without its ending and without what is masked while presenting."""

    def shown(words: str) -> str:
        return presentation_cover().mask(words).replace(COVER, "")

    voice = msgspec.structs.replace(take.voice, name=shown(take.voice.name))
    return file_name(msgspec.structs.replace(take, voice=voice, text=shown(take.text), spoken=shown(take.spoken)))


def _blind_name(place: int) -> str:
    return QCoreApplication.translate("Studio", "Blind {n}").format(n=place)


def _sentence(take: Take) -> str:
    """What a take is, for a program that takes text."""
    return presentation_cover().mask(f"{take_name(take, take.number)}: {take_content(take)}")
