"""The panel that turns speech into text: a file or a recording, and what was recognised in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.core.pasted_paths import pasted_path
from app.core.recognition_limits import MAX_FILE_MINUTES, MAX_RECORDING_MINUTES
from app.ui.studio.transcript_list import TranscriptList
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, Space, Type
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.labels import Label
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.panel import Panel
from app.ui.widgets.themed import Themed

FLOOR_DB = -60
"""The left end of the level meter, in dBFS."""
_METER_HEIGHT = 6


class LevelMeter(Themed, QWidget):
    """The level and the length of a running recording."""

    def __init__(self) -> None:
        super().__init__()
        self.level = QProgressBar()
        self.level.setRange(FLOOR_DB, 0)
        self.level.setTextVisible(False)
        self.level.setFixedHeight(_METER_HEIGHT)
        self.time = Label(size=Type.SMALL, ink="text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self.level, 1)
        row.addWidget(self.time)
        self.follow_theme()

    def restyle(self) -> None:
        # As high as the field it stands in the place of.
        self.setFixedHeight(theme().px(CONTROL_HEIGHT))

    def show_level(self, decibels: float, time: str) -> None:
        """Show the level in dBFS, and the time in words."""
        self.level.setValue(max(FLOOR_DB, min(0, round(decibels))))
        if time != self.time.text():
            self.time.setText(time)


class RecognitionPanel(Panel):
    """Chooses or records speech, and shows and passes on what was recognised.

    Signals:
        file_dropped: the path of a file that was dropped on the panel, or entered in its field.

    Attributes:
        transcribe: asks for a file, or takes the entered path; stops a running recognition.
        record: starts and ends a recording.
        again: recognises the same speech once more.
        history: shows the earlier transcripts in the place of the text, and the text again.
        delete: deletes the open transcript.
    """

    file_dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._is_transcribing = self._is_recording = self._has_source = self._has_transcript = False
        self.setAcceptDrops(True)
        self.transcribe, self.record = Button("", Icon.FILE), IconButton(Icon.MIC, "", side=CONTROL_HEIGHT)
        self.path = LineField("")
        self.path.returnPressed.connect(self._enter_path)
        self.language = Choice("", compact=True)
        self.meter = LevelMeter()
        self.meter.hide()
        self.transcript = TextArea("", min_lines=5, max_lines=6)
        # The panel takes what is dropped.
        self.transcript.setAcceptDrops(False)
        self.path.setAcceptDrops(False)
        self.language_notice = InlineNotice(dismissable=True)
        self._notices = OverlaidNotices(self.transcript, self.transcript.reserve, self.language_notice, inset=Space.S2)
        self.copy, self.use = IconButton(Icon.COPY, ""), IconButton(Icon.EDIT, "")
        self.send, self.again = IconButton(Icon.CHAT, ""), IconButton(Icon.REDO, "")
        self.history, self.delete = IconButton(Icon.CLOCK, ""), IconButton(Icon.TRASH, "")
        self.history.setCheckable(True)
        self.earlier = TranscriptList()
        self.earlier.hide()
        self._lay_out()
        self.transcript.textChanged.connect(self.show_enabled)
        self.show_enabled()

    def _lay_out(self) -> None:
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        inside.setSpacing(Space.S8)
        sources, actions = QHBoxLayout(), QHBoxLayout()
        sources.setSpacing(Space.S8)
        sources.addWidget(self.transcribe, 1)
        sources.addWidget(self.record)
        actions.setSpacing(Space.S2)
        for button in (self.copy, self.use, self.send, self.again):
            actions.addWidget(button)
        actions.addStretch(1)
        actions.addWidget(self.history)
        actions.addWidget(self.delete)
        inside.addLayout(sources)
        inside.addWidget(self.meter)
        inside.addWidget(self.path)
        inside.addWidget(self.language, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self.transcript)
        inside.addWidget(self.earlier)
        inside.addLayout(actions)
        self.body.addLayout(inside)

    # -- what is shown --------------------------------------------------------------------------------------------

    def show_state(self, *, transcribing: bool, recording: bool, has_source: bool) -> None:
        """Name the buttons for what pressing them does, and enable those that can act."""
        self._is_transcribing, self._is_recording, self._has_source = transcribing, recording, has_source
        self.meter.setVisible(recording)
        self.path.setVisible(not recording and self.earlier.isHidden())
        self._show_names()
        if transcribing and self.record.hasFocus():
            self.transcribe.setFocus()
        self.show_enabled()

    def show_earlier(self, on: bool) -> None:
        """Show the list of earlier transcripts, or the text of the open one."""
        self.earlier.setVisible(on)
        # Beside the list, what begins a new transcript waits, so that the panel stays as high as it is.
        for widget in (self.transcript, self.language):
            widget.setVisible(not on)
        self.path.setVisible(not on and not self._is_recording)
        if on:
            self.earlier.list.setFocus()

    def set_has_transcript(self, has_transcript: bool) -> None:
        """Tell whether the field holds a stored transcript, which can be deleted."""
        self._has_transcript = has_transcript
        self.show_enabled()

    def show_enabled(self) -> None:
        """Enable what can act on the open transcript now."""
        is_busy = self._is_transcribing or self._is_recording
        self.transcribe.setEnabled(not self._is_recording)
        self.record.setEnabled(not self._is_transcribing)
        self.again.setEnabled(self._has_source and not is_busy)
        has_text = bool(self.transcript.toPlainText().strip())
        for button in (self.copy, self.use, self.send):
            button.setEnabled(has_text)
        self.delete.setEnabled(self._has_transcript and not is_busy)
        self.earlier.setEnabled(not self._is_transcribing)

    def _show_names(self) -> None:
        self.transcribe.set_glyph(Icon.STOP if self._is_transcribing else Icon.FILE)
        self.transcribe.setText(
            QCoreApplication.translate("Studio", "Stop transcribing")
            if self._is_transcribing
            else QCoreApplication.translate("Studio", "Transcribe file")
        )
        self.record.set_glyph(Icon.STOP if self._is_recording else Icon.MIC)
        self.record.set_name(
            QCoreApplication.translate("Voices", "Stop recording")
            if self._is_recording
            else QCoreApplication.translate("Studio", "Record speech")
        )

    # -- files ----------------------------------------------------------------------------------------------------

    def typed_path(self) -> Path | None:
        """The entered path; None if there is none."""
        return pasted_path(self.path.text())

    def _enter_path(self) -> None:
        path = self.typed_path()
        if path is not None:
            self.file_dropped.emit(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            event.acceptProposedAction()
            self.file_dropped.emit(Path(local[0]))

    def retranslate(self) -> None:
        """Set every visible text and accessible name."""
        self.language_notice.clear()
        self.set_title(QCoreApplication.translate("Studio", "Transcription"))
        self._show_names()
        self.path.setAccessibleName(QCoreApplication.translate("Studio", "Audio file"))
        self.path.setPlaceholderText(QCoreApplication.translate("Studio", "Drop a file, or its path"))
        self.language.set_name(QCoreApplication.translate("Studio", "Recognition language"))
        chosen = self.language.key() or "auto"
        self.language.set_choices(
            (("auto", QCoreApplication.translate("Studio", "Any language")), ("zh", "中文"), ("en", "English"))
        )
        self.language.set_key(chosen)
        self.meter.level.setAccessibleName(QCoreApplication.translate("Studio", "Recording level"))
        self.transcript.setAccessibleName(QCoreApplication.translate("Studio", "Transcript"))
        self.copy.set_name(QCoreApplication.translate("Studio", "Copy transcript"))
        self.use.set_name(QCoreApplication.translate("Studio", "Use as text"))
        self.send.set_name(QCoreApplication.translate("Studio", "Send to Chat"))
        self.again.set_name(QCoreApplication.translate("Studio", "Transcribe again"))
        self.history.set_name(QCoreApplication.translate("Studio", "Earlier transcripts"))
        self.delete.set_name(QCoreApplication.translate("Studio", "Delete transcript"))
        self.earlier.retranslate()
        limits = QCoreApplication.translate(
            "Studio",
            "WAV, FLAC, MP3 or OGG (with ffmpeg also M4A and video) up to {n} minutes, or a recording up to {m}. "
            "Sent in pieces of two minutes.",
        ).format(n=MAX_FILE_MINUTES, m=MAX_RECORDING_MINUTES)
        self.transcript.setPlaceholderText(limits)
        self.transcribe.setToolTip(limits)
