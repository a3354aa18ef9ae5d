"""The Clone tab: choose or record a sample, check, fix and play it, and save it as a voice with consent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout

from app.core.pasted_paths import pasted_path
from app.ui.retranslate import Retranslated
from app.ui.texts.consent import consent_wording
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, Space
from app.ui.voices.check_list import CheckList
from app.ui.widgets.buttons import Button, GhostButton, PlayButton, PrimaryButton
from app.ui.widgets.chips import Badge
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.labels import Heading, Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.panel import Panel
from app.ui.widgets.row_model import RowModel
from app.ui.widgets.switch import CheckBox
from app.ui.widgets.trim_waveform import TrimWaveform

_DEBOUNCE_MS = 400


class CloneTab(Retranslated):
    """Lays out the controls of the Clone tab.

    Signals:
        file_chosen: path of a file that was dropped or whose path was typed.

    Attributes:
        elapsed: the duration of the recording; shown while one runs.
    """

    file_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.notice = InlineNotice(dismissable=True)
        self.path = LineField("")
        self.path.editingFinished.connect(self._choose_path)
        # The path of an existing file is accepted without Enter.
        self._path_debounce = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._path_debounce.timeout.connect(self._choose_existing_path)
        self.path.textChanged.connect(lambda _text: self._path_debounce.start())
        self._loaded_path = ""
        self._last_chosen = ""
        self.example = GhostButton()
        self.record, self.choose = Button("", Icon.MIC), Button("", Icon.FOLDER)
        self.limits = Hint("", wrap=True)
        self.level = Hint()
        self.wave = TrimWaveform("", "", "")
        self.play = PlayButton("")
        self.trimmed_label, self.shown_time = Hint(), Hint()
        self.elapsed = Badge("", "bad", Icon.RECORD)
        self.elapsed.hide()
        self._is_recording = False
        self.checks = CheckList("")
        self.check_model = RowModel()
        self.checks.setModel(self.check_model)
        self.fix = Button()
        self.fix.setVisible(False)
        self.test = TextArea("", min_lines=2, max_lines=4)
        self._example_text = ""
        self.speak = Button("", Icon.SPEAKER)
        self.original, self.clone = Button("", Icon.PLAY), Button("", Icon.PLAY)
        self.clone.setEnabled(False)
        self.agreed = CheckBox()
        self.statement = Hint("", wrap=True)
        self.name = LineField("")
        self.save = PrimaryButton()
        self.notices = OverlaidNotices(self.wave, self.wave.reserve, self.notice)
        self._check_title, self._try_title = Heading(), Heading()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S16, Space.S24, Space.S16)
        column.setSpacing(Space.S12)
        self._ways = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for row in (self._ways, self._top):
            row.setSpacing(Space.S8)
        for part in (self.example, self.record, self.choose):
            self._ways.addWidget(part)
        self._top.addWidget(self.path, 1)
        self._top.addLayout(self._ways)
        playing = QHBoxLayout()
        playing.setSpacing(Space.S12)
        playing.addWidget(self.play)
        playing.addWidget(self.shown_time)
        playing.addWidget(self.trimmed_label, 1)
        playing.addWidget(self.level)
        playing.addWidget(self.elapsed)
        checking, trying = QVBoxLayout(), QVBoxLayout()
        checking.addWidget(self._check_title)
        checking.setSpacing(Space.S8)
        checking.addWidget(self.checks)
        checking.addWidget(self.fix, 0, Qt.AlignmentFlag.AlignLeft)
        checking.addStretch(1)
        sides = QHBoxLayout()
        sides.addWidget(self.original)
        sides.addWidget(self.clone)
        sides.addStretch(1)
        saving = QHBoxLayout()
        saving.addWidget(self.name, 1)
        saving.addWidget(self.save)
        trying.setSpacing(Space.S8)
        trying.addWidget(self._try_title)
        trying.addWidget(self.test)
        trying.addWidget(self.speak)
        trying.addLayout(sides)
        trying.addWidget(self.agreed)
        trying.addWidget(self.statement)
        trying.addLayout(saving)
        trying.addStretch(1)
        self._pair = QHBoxLayout()
        self._pair.setSpacing(Space.S24)
        self._pair.addLayout(checking, 1)
        self._pair.addLayout(trying, 1)
        column.addLayout(self._top)
        column.addWidget(self.limits)
        sample = Panel(fill="bg")
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S16, Space.S8, Space.S16, 0)
        inside.setSpacing(Space.S8)
        inside.addWidget(self.wave)
        inside.addLayout(playing)
        sample.body.addLayout(inside)
        column.addWidget(sample)
        column.addLayout(self._pair)
        column.addStretch(1)

    def set_narrow(self, narrow: bool) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._pair.setDirection(down if narrow else across)
        for row in (self._ways, self._top):
            row.setDirection(down if narrow and theme().px(100) >= LARGE else across)

    def pending_path(self) -> Path | None:
        """The typed path, if it is not the one of the open sample."""
        text = self.path.text().strip()
        return pasted_path(text) if text and text != self._loaded_path else None

    def _choose_path(self) -> None:
        pending_path = self.pending_path()
        if pending_path is not None and self.path.text() != self._last_chosen:
            self._last_chosen = self.path.text()
            self.file_chosen.emit(pending_path)

    def _choose_existing_path(self) -> None:
        pending_path = self.pending_path()
        if pending_path is not None and _is_file(pending_path):
            self._choose_path()

    def allow_retry(self) -> None:
        """Allow the same path to be entered again after it could not be opened."""
        self._last_chosen = ""

    def show_path(self, text: str) -> None:
        """Show the path of the open sample."""
        self._loaded_path = self._last_chosen = text
        self.path.setText(text)
        self._path_debounce.stop()

    def clear_sample(self) -> None:
        """Clear the previous sample from the tab while another is recorded."""
        self.wave.set_sound((), 0)
        self.check_model.set_rows([])
        self.fix.setVisible(False)
        self.trimmed_label.setText("")
        self.show_time("")

    def show_time(self, text: str) -> None:
        self.shown_time.setText(text)

    def show_playing(self, sample: bool, original: bool) -> None:
        """Name the play buttons for what pressing them does."""
        self.play.set_playing(sample)
        self.original.set_glyph(Icon.PAUSE if original else Icon.PLAY)
        self._show_play_name()

    def show_missing(self, missing: str) -> None:
        """Enable the buttons that need a sample, or disable them with the reason `missing`."""
        for button in (self.play, self.original, self.save):
            button.setEnabled(not missing)
            button.setToolTip(missing)
            button.setAccessibleDescription(missing)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            self.file_chosen.emit(Path(local[0]))

    def show_recording(self, recording: bool) -> None:
        text = (
            QCoreApplication.translate("Voices", "Stop recording")
            if recording
            else QCoreApplication.translate("Voices", "Record sample")
        )
        self._is_recording = recording
        self.record.setText(text)
        self.record.setAccessibleName(text)
        self.record.set_glyph(Icon.STOP if recording else Icon.MIC)
        self.elapsed.setVisible(recording)
        self.wave.set_placeholder(
            QCoreApplication.translate("Voices", "Recording. Speak for 10 to 60 seconds, then stop.")
            if recording
            else QCoreApplication.translate("Voices", "Your sample appears here, ready to check, trim and fix.")
        )
        if not recording:
            self.level.setText("")

    def _show_play_name(self) -> None:
        self.play.setAccessibleName(
            QCoreApplication.translate("Voices", "Pause")
            if self.play.playing
            else QCoreApplication.translate("Voices", "Play sample")
        )

    def typed_test(self) -> str:
        """The test text, empty if it is the example."""
        text = self.test.toPlainText()
        return "" if text == self._example_text else text

    def show_test(self, text: str) -> None:
        """Show a test text, or the example if it is empty."""
        text = text or self._example_text
        if text != self.test.toPlainText():
            self.test.setPlainText(text)

    def retranslate(self) -> None:
        # The notice is in the old language: clear it. It comes back if it still applies.
        self.notice.clear()
        self.path.setAccessibleName(QCoreApplication.translate("Voices", "Sample file"))
        self.path.setPlaceholderText(
            QCoreApplication.translate("Voices", "Drop a recording here, type its path, or choose or record one")
        )
        self.choose.setText(QCoreApplication.translate("Voices", "Choose sample"))
        self.limits.setText(
            QCoreApplication.translate(
                "Voices",
                "Best: 10 to 60 seconds of one person, without noise. WAV, FLAC, MP3 or OGG; with ffmpeg also M4A "
                "or video. At most 10 MB is sent: a larger sample is made smaller. A file of up to an hour can "
                "be trimmed.",
            )
        )
        self.example.setText(QCoreApplication.translate("Voices", "Example sample"))
        self.wave.setAccessibleName(QCoreApplication.translate("Voices", "Sample position"))
        self.wave.start.setAccessibleName(QCoreApplication.translate("Voices", "Trim start"))
        self.wave.end.setAccessibleName(QCoreApplication.translate("Voices", "Trim end"))
        self._show_play_name()
        self._check_title.setText(QCoreApplication.translate("Voices", "Sample check"))
        self.checks.setAccessibleName(QCoreApplication.translate("Voices", "Sample checks"))
        self._try_title.setText(QCoreApplication.translate("Voices", "Try it"))
        self.test.setAccessibleName(QCoreApplication.translate("Voices", "Test text"))
        # The example follows the language; what the user typed does not.
        is_example = self.test.toPlainText() in ("", self._example_text)
        self._example_text = QCoreApplication.translate("Voices", "Yes, I had a sandwich.")
        if is_example:
            self.test.setPlainText(self._example_text)
        self.speak.setText(QCoreApplication.translate("Voices", "Speak with this voice"))
        self.original.setText(QCoreApplication.translate("Voices", "Original"))
        self.clone.setText(QCoreApplication.translate("Voices", "Clone"))
        self.agreed.setText(QCoreApplication.translate("Voices", "The speaker has agreed"))
        self.statement.setText(consent_wording())
        self.name.setAccessibleName(QCoreApplication.translate("Voices", "Voice name"))
        self.name.setPlaceholderText(QCoreApplication.translate("Voices", "Voice name"))
        self.save.setText(QCoreApplication.translate("Voices", "Save voice"))
        self.show_recording(self._is_recording)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # For example, the name is too long. Pressing Enter shows the reason.
        return False
