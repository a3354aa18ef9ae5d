"""Where a sample comes from: a file, a pasted path, dropped files, a take or a recording."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.pasted_paths import pasted_path
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, Space
from app.ui.widgets.buttons import Button, GhostButton
from app.ui.widgets.chips import Badge
from app.ui.widgets.field_message import FieldMessage
from app.ui.widgets.fields import LineField, SearchField
from app.ui.widgets.labels import Hint
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowModel

_DEBOUNCE_MS = 400
_QUEUE_ROWS = 3
_PICKER_ROWS = 4
_ROW = 56


class SampleField(LineField):
    """The path of the sample, with what is known of it at the right end while nothing is typed."""

    def __init__(self) -> None:
        super().__init__("")
        self._facts = ""
        self._shows_facts = False

    def set_facts(self, facts: str) -> None:
        """Show what is known of the open sample, such as its length and rate."""
        self._facts = facts
        self.setAccessibleDescription(facts)
        self._fit()

    @property
    def facts(self) -> str:
        return self._facts

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.fontMetrics().horizontalAdvance(self._facts) + Space.S12 if self._facts else 0
        self._shows_facts = 0 < wide < self.width() * 0.7
        self.setTextMargins(0, 0, wide if self._shows_facts else 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._facts and self._shows_facts:
            painter = QPainter(self)
            painter.setFont(self.font())
            painter.setPen(theme().colour("text2"))
            area = self.rect().adjusted(0, 0, -Space.S12, 0)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self._facts)


class SampleBar(QWidget):
    """The row of the ways to a sample, the samples that wait, and the takes to choose from.

    Signals:
        file_chosen: path of a file whose path was typed.
    """

    file_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.path = SampleField()
        self.error = FieldMessage(self.path)
        self.path.editingFinished.connect(self._choose_path)
        # The path of an existing file is accepted without Enter.
        self.debounce = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self.debounce.timeout.connect(self._choose_existing_path)
        self.path.textChanged.connect(lambda _text: self.debounce.start())
        self._loaded_path = ""
        self._last_chosen = ""
        self.is_recording = False
        self.ways_hint = Hint()
        self.example = GhostButton()
        self.from_take = Button("", Icon.STUDIO)
        self.from_take.setCheckable(True)
        self.record, self.choose = Button("", Icon.MIC), Button()
        self.elapsed = Badge("", "bad", Icon.RECORD)
        self.level = Hint()
        self.elapsed.hide()
        self.queue, self.queue_model = RowList(""), RowModel()
        self.queue.setModel(self.queue_model)
        self.remove, self.restore_hint = GhostButton("", Icon.TRASH), Hint()
        self.search, self.takes, self.take_model = SearchField(""), RowList(""), RowModel()
        self.takes.setModel(self.take_model)
        self.no_takes = Hint("", wrap=True)
        self._lay_out()
        self.from_take.toggled.connect(self._show_picker)
        self._show_picker(False)
        self.show_queue()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S8)
        across = QBoxLayout.Direction.LeftToRight
        self._top, self._ways = QBoxLayout(across), QBoxLayout(across)
        for row in (self._top, self._ways):
            row.setSpacing(Space.S8)
        # With large text in a narrow window each group has a row of its own.
        for group in ((self.level, self.elapsed), (self.example, self.from_take), (self.record, self.choose)):
            together = QHBoxLayout()
            together.setSpacing(Space.S8)
            for part in group:
                together.addWidget(part)
            self._ways.addLayout(together)
        self._top.addWidget(self.path, 3)
        self._top.addWidget(self.ways_hint)
        self._top.addLayout(self._ways)
        column.addLayout(self._top)
        column.addWidget(self.error)
        self._queue_box = QWidget()
        waiting = QVBoxLayout(self._queue_box)
        waiting.setContentsMargins(0, 0, 0, 0)
        waiting.setSpacing(Space.S4)
        below = QBoxLayout(across)
        below.addWidget(self.restore_hint, 1)
        below.addWidget(self.remove)
        waiting.addWidget(self.queue)
        waiting.addLayout(below)
        column.addWidget(self._queue_box)
        self._picker = QWidget()
        picking = QVBoxLayout(self._picker)
        picking.setContentsMargins(0, 0, 0, 0)
        picking.setSpacing(Space.S4)
        for shown in (self.search, self.takes, self.no_takes):
            picking.addWidget(shown)
        column.addWidget(self._picker)

    def _show_picker(self, shown: bool) -> None:
        self._picker.setVisible(shown)
        self.takes.setFixedHeight(theme().px(_ROW) * _PICKER_ROWS)
        if shown:
            self.search.setFocus()

    def show_queue(self) -> None:
        """Show the samples that wait, if there are others than the open one."""
        rows = self.queue_model.rowCount()
        self._queue_box.setVisible(rows > 1 or (rows == 1 and self.queue.selected_key() is None))
        self.queue.setFixedHeight(theme().px(_ROW) * min(rows, _QUEUE_ROWS) + 2)

    def set_narrow(self, narrow: bool) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        is_large = theme().px(100) >= LARGE
        self._ways.setDirection(down if narrow and is_large else across)
        self._top.setDirection(down if narrow else across)
        self.ways_hint.setVisible(not narrow)

    # -- the path -------------------------------------------------------------------------------------------------

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
        """Show the path of the open sample; what is known of it follows."""
        self._loaded_path = self._last_chosen = text
        self.path.setText(text)
        self.path.set_facts("")
        self.debounce.stop()

    def show_recording(self, recording: bool) -> None:
        text = (
            QCoreApplication.translate("Voices", "Stop recording")
            if recording
            else QCoreApplication.translate("Voices", "Record sample")
        )
        self.is_recording = recording
        self.record.setText(text)
        self.record.setAccessibleName(text)
        self.record.set_glyph(Icon.STOP if recording else Icon.MIC)
        self.elapsed.setVisible(recording)
        if not recording:
            self.level.setText("")

    def retranslate(self) -> None:
        self.path.setAccessibleName(QCoreApplication.translate("Voices", "Sample file"))
        self.path.setPlaceholderText(QCoreApplication.translate("Voices", "Path of a recording"))
        self.ways_hint.setText(QCoreApplication.translate("Voices", "or paste a path, drop files here"))
        self.choose.setText(QCoreApplication.translate("Voices", "Choose sample"))
        self.example.setText(QCoreApplication.translate("Voices", "Example sample"))
        self.from_take.setText(QCoreApplication.translate("Sample", "From a take"))
        self.queue.setAccessibleName(QCoreApplication.translate("Voices", "Waiting samples"))
        self.remove.setText(QCoreApplication.translate("Voices", "Take off the list"))
        self.restore_hint.setText(
            QCoreApplication.translate("Voices", "Choose one to check it; trims and fixes of the others stay.")
        )
        self.search.setAccessibleName(QCoreApplication.translate("Voices", "Search takes"))
        self.search.setPlaceholderText(QCoreApplication.translate("Voices", "Search takes of all sessions"))
        self.takes.setAccessibleName(QCoreApplication.translate("Voices", "Takes to clone"))
        self.no_takes.setText(QCoreApplication.translate("Voices", "There is no such take with sound."))
        self.show_recording(self.is_recording)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # For example, the name is too long. Pressing Enter shows the reason.
        return False
