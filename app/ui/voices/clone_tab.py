"""The Clone tab: choose or record a sample, check, fix and play it, and save it as a voice with consent."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.voices.check_list import CheckTable
from app.ui.voices.clone_foot import CloneFoot
from app.ui.voices.sample_bar import SampleBar
from app.ui.voices.sample_panel import SamplePanel
from app.ui.voices.try_panel import TryPanel
from app.ui.widgets.buttons import GhostButton, PlayButton
from app.ui.widgets.labels import Heading, Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.panel import Divider
from app.ui.widgets.scroll_area import ScrollArea


class CloneTab(Retranslated):
    """Lays out the parts of the Clone tab. They scroll, the foot stays.

    Signals:
        files_dropped: the paths of files that were dropped, in their order.
        shown: the tab is visible.
        flipped: the original is to be heard in place of the clone, or the other way round.

    Attributes:
        bar: the ways to a sample; `sample` plays and trims it; `table` lists its checks; `trial` tries the clone;
            `foot` saves it.
    """

    files_dropped = Signal(object)
    flipped = Signal()
    shown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.notice = InlineNotice(dismissable=True)
        self.bar, self.sample, self.table = SampleBar(), SamplePanel(), CheckTable()
        self.trial, self.foot = TryPanel(), CloneFoot()
        self.file_chosen = self.bar.file_chosen
        self._check_title, self.summary = Heading(), Hint()
        self.undo_fixes = GhostButton("", Icon.UNDO)
        self._name_parts()
        self.notices = OverlaidNotices(self.wave, self.wave.reserve, self.notice)
        self._lay_out()
        self.retranslate()

    def _name_parts(self) -> None:
        """The controls that others press or read."""
        bar, sample, trial, foot = self.bar, self.sample, self.trial, self.foot
        self.path, self.example, self.record, self.choose = bar.path, bar.example, bar.record, bar.choose
        self.elapsed, self.level = bar.elapsed, bar.level
        self.wave, self.play, self.trimmed_label = sample.wave, sample.play, sample.trimmed_label
        self.shown_time = sample.shown_time
        self.checks, self.check_model, self.limits = self.table.checks, self.table.checks.rows, self.table.hint
        self.test, self.speak, self.agreed, self.statement = trial.test, trial.speak, trial.agreed, trial.statement
        self.name, self.save = foot.name, foot.save

    @property
    def original(self) -> PlayButton:
        """Plays the original beside the clone."""
        return self.trial.rows.rows[0].play

    @property
    def clone(self) -> PlayButton:
        """Plays what the clone spoke of the first text."""
        return self.trial.rows.rows[1].play

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(Space.S24, Space.S12, Space.S24, Space.S12)
        column.setSpacing(Space.S12)
        column.addWidget(self.bar)
        column.addWidget(self.sample)
        checking = QVBoxLayout()
        checking.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(Space.S8)
        head.addWidget(self._check_title)
        head.addWidget(self.summary)
        head.addStretch(1)
        head.addWidget(self.undo_fixes)
        checking.addLayout(head)
        checking.addWidget(Divider())
        checking.addWidget(self.table)
        checking.addStretch(1)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(Space.S32)
        self._pair.addLayout(checking, 14)
        self._pair.addWidget(self.trial, 11)
        column.addLayout(self._pair)
        column.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        self.area = ScrollArea(content)
        around.addWidget(self.area, 1)
        around.addWidget(self.foot)

    def set_narrow(self, narrow: bool) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._pair.setDirection(down if narrow else across)
        self.bar.set_narrow(narrow)
        self.sample.set_narrow(narrow)
        self.foot.set_narrow(narrow)

    def minimumSizeHint(self) -> QSize:
        """As narrow as what scrolls; what of the foot needs more room is shown only in a wide window."""
        return QSize(self.area.minimumSizeHint().width(), super().minimumSizeHint().height())

    def pending_path(self) -> Path | None:
        """The typed path, if it is not the one of the open sample."""
        return self.bar.pending_path()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def clear_sample(self) -> None:
        """Clear the previous sample from the tab while another is recorded."""
        self.wave.set_sound((), 0)
        self.table.show_findings(())
        self.summary.setText("")
        self.undo_fixes.setEnabled(False)
        self.trimmed_label.setText("")
        self.shown_time.setText("")
        self.path.set_facts("")

    def show_missing(self, missing: str) -> None:
        """Enable the buttons that need a sample, or disable them with the reason `missing`."""
        for button in (self.play, self.original, self.save, self.sample.before, self.sample.after):
            button.setEnabled(not missing)
            button.setToolTip(missing)
            button.setAccessibleDescription(missing)

    def show_recording(self, recording: bool) -> None:
        self.bar.show_recording(recording)
        self.wave.set_placeholder(
            QCoreApplication.translate("Voices", "Recording. Speak for 10 to 60 seconds, then stop.")
            if recording
            else QCoreApplication.translate("Voices", "Your sample appears here, ready to check, trim and fix.")
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that no field and no button took play, trim and flip."""
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self.flipped.emit()
        elif not self.sample.press_key(event):
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        local = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if local:
            self.files_dropped.emit(local)

    def retranslate(self) -> None:
        # The notice is in the old language: clear it. It comes back if it still applies.
        self.notice.clear()
        self.limits.setText(
            QCoreApplication.translate(
                "Voices",
                "Best: 10 to 60 seconds of one person, without noise. WAV, FLAC, MP3 or OGG; with ffmpeg also M4A "
                "or video. At most 10 MB is sent; of a long file the best 30 s are proposed.",
            )
        )
        self._check_title.setText(QCoreApplication.translate("Voices", "Sample check"))
        self.checks.setAccessibleName(QCoreApplication.translate("Voices", "Sample checks"))
        self.undo_fixes.setText(QCoreApplication.translate("Voices", "Undo fixes"))
        for part in (self.bar, self.sample, self.trial, self.foot):
            part.retranslate()
        self.show_recording(self.bar.is_recording)
