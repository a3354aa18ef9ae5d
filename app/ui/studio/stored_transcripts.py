"""The transcript that is open in the studio and those of earlier: saved as it changes, listed, reopened, deleted."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QSignalBlocker, Signal

from app.core.messages import new_id
from app.core.transcripts import Transcript, excerpt_of
from app.services.speech.transcripts import Transcripts
from app.ui.reported_tasks import Spawn
from app.ui.studio.recognition_panel import RecognitionPanel
from app.ui.texts.transcripts import transcript_detail, transcript_title
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.row_model import Row


class StoredTranscripts(QObject):
    """Keeps what is in the transcript field, and lists what was there before.

    Signals:
        opened: another transcript, or none, is in the field.

    Attributes:
        is_busy: whether words arrive, so that no other transcript can be opened.
    """

    opened = Signal()

    def __init__(self, panel: RecognitionPanel, transcripts: Transcripts, notifier: Notifier, spawn: Spawn) -> None:
        super().__init__(panel)
        self._panel, self._transcripts, self._notifier, self._spawn = panel, transcripts, notifier, spawn
        self._open_id = ""
        self.is_busy: Callable[[], bool] = lambda: False
        earlier = panel.earlier
        panel.transcript.textChanged.connect(self._save_text)
        panel.history.toggled.connect(self._show_list)
        panel.delete.clicked.connect(self._delete)
        earlier.search.textChanged.connect(lambda _text: self._show_rows())
        earlier.list.row_selected.connect(self.open)
        earlier.accepted.connect(self._show_text)
        earlier.delete_wanted.connect(panel.delete.click)
        self._unsubscribe = transcripts.on_change.subscribe(self._on_change)
        self._show_rows()

    @property
    def current(self) -> Transcript | None:
        """The open transcript; None while the field holds none."""
        return self._transcripts.get(self._open_id) if self._open_id else None

    async def load(self) -> None:
        """Read the transcripts and open the last one, unless something is in the field by now."""
        await self._transcripts.load()
        latest = self._transcripts.latest()
        if latest is not None and not self._open_id and not self._panel.transcript.toPlainText():
            self.open(latest.id)

    def open(self, transcript_id: str) -> None:
        """Put a transcript into the field, the former one stays in the list; not while words arrive."""
        transcript = self._transcripts.get(transcript_id)
        if transcript is None or transcript_id == self._open_id or self.is_busy():
            return
        self._fill(transcript.id, transcript.text)

    def show(self, transcript_id: str) -> None:
        """Open a transcript and show its text."""
        self.open(transcript_id)
        self._show_text()

    def begin(self, transcript: Transcript) -> None:
        """Open a transcript, which may be new, while words arrive."""
        if transcript.id != self._open_id:
            self._transcripts.edit(transcript)
            self._fill(transcript.id, transcript.text)

    def note_progress(self, transcript_id: str, done: float, length: float) -> None:
        """Store how far the recognition of a transcript has come, in seconds."""
        transcript = self._transcripts.get(transcript_id)
        if transcript is not None:
            self._transcripts.edit(msgspec.structs.replace(transcript, done=done, length=length))

    async def aclose(self) -> None:
        self._unsubscribe()
        await self._transcripts.flush()

    def retranslate(self) -> None:
        self._show_rows()

    # -- the open one ---------------------------------------------------------------------------------------------

    def _fill(self, transcript_id: str, text: str) -> None:
        self._open_id = transcript_id
        blocker = QSignalBlocker(self._panel.transcript)
        self._panel.transcript.setPlainText(text)
        blocker.unblock()
        self._show_rows()
        self.opened.emit()

    def _save_text(self) -> None:
        """Store what is in the field, whoever changed it; text without a transcript becomes a new one."""
        text, now = self._panel.transcript.toPlainText(), time.time()
        transcript = self.current
        if transcript is None:
            if not text.strip():
                return
            transcript = Transcript(new_id(), created=now)
            self._open_id = transcript.id
        if text != transcript.text:
            self._transcripts.edit(msgspec.structs.replace(transcript, text=text, updated=now))

    def _delete(self) -> None:
        transcript = self.current
        if transcript is not None and not self.is_busy():
            self._spawn(self._delete_and_offer_undo(transcript))

    async def _delete_and_offer_undo(self, transcript: Transcript) -> None:
        await self._transcripts.delete(transcript)
        if transcript.id == self._open_id:
            self._fill("", "")
        self._notifier.info(partial(_deleted_text, transcript), undo=lambda: self._spawn(self._bring_back(transcript)))

    async def _bring_back(self, transcript: Transcript) -> None:
        await self._transcripts.restore(transcript)
        self.open(transcript.id)

    # -- the list -------------------------------------------------------------------------------------------------

    def _on_change(self) -> None:
        if self._open_id and self.current is None:
            self._fill("", "")
        self._show_rows()

    def _show_list(self, on: bool) -> None:
        self._panel.show_earlier(on)
        self._show_rows()

    def _show_text(self) -> None:
        self._panel.history.setChecked(False)
        self._panel.transcript.setFocus()

    def _show_rows(self) -> None:
        panel, query = self._panel, self._panel.earlier.search.text().strip()
        panel.set_has_transcript(self.current is not None)
        if not panel.history.isChecked():
            return
        now, rows = time.time(), list[Row]()
        transcripts = self._transcripts.in_order()
        for transcript in transcripts:
            title, detail = transcript_title(transcript), transcript_detail(transcript, now)
            found = excerpt_of(f"{transcript.source}\n{transcript.text}", query) if query else None
            if not query or found is not None:
                rows.append(Row(transcript.id, found or title, detail, found=query))
        panel.earlier.model.set_rows(rows)
        panel.earlier.list.select_key(self._open_id or None)
        if not transcripts:
            nothing = QCoreApplication.translate("Studio", "Transcripts are kept here, with their recordings.")
        else:
            nothing = "" if rows else QCoreApplication.translate("Studio", "No matching transcripts.")
        panel.earlier.show_nothing(nothing)


def _deleted_text(transcript: Transcript) -> str:
    return QCoreApplication.translate("Studio", "The transcript “{title}” was deleted.").format(
        title=transcript_title(transcript)
    )
