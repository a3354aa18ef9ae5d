"""The Prompts page of the bench."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.bench.prompts.library_column import LibraryColumn
from app.ui.bench.prompts.text_column import TextColumn
from app.ui.bench.prompts.versions_column import VersionsColumn
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.notice_area import NoticeArea
from app.ui.widgets.notices import InlineNotice

_LIBRARY_WIDTHS, _VERSIONS_WIDTHS = (220, 300), (300, 390)
"""Least and most, in logical pixels before text scaling."""
_ALL_FROM, _TWO_FROM = 1000, 620
"""Width, in logical pixels before text scaling, from which three columns, or two, stand side by side."""


class PromptsPage(Retranslated):
    """The prompt library, the text of one prompt, and its versions.

    Where there is no room for all columns, chips above them choose which one is shown.

    Signals:
        dropped: files or folders were dropped here, as paths.
        shown, hidden: this page is in sight now, or another page or view.
        arranged: other columns are shown now.
        retranslated: the language changed; the presenters set their texts again.

    Attributes:
        head: what stands beside the tabs while the page is shown.
        notice: what could not be imported.
    """

    dropped = Signal(list)
    shown = Signal()
    hidden = Signal()
    arranged = Signal()
    retranslated = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._hint = ElidedLabel(ink="text3", size=Type.SMALL)
        self.import_, self.export = Button("", Icon.UPLOAD), Button("", Icon.DOWNLOAD)
        self.new = Button("", Icon.PLUS)
        self.head = QWidget()
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._hint, 1)
        row.addStretch()
        for button in (self.import_, self.export, self.new):
            row.addWidget(button)
        self.library, self.text, self.versions = LibraryColumn(), TextColumn(), VersionsColumn()
        self.notice = InlineNotice(dismissable=True)
        self._columns = (self.library, self.text, self.versions)
        self._chips = Chip(""), Chip(""), Chip("")
        self._shown = 1
        self._number = 3
        """Columns that stand side by side."""
        self._switch = QWidget()
        chips = QHBoxLayout(self._switch)
        chips.setContentsMargins(0, 0, 0, 0)
        chips.setSpacing(Space.S6)
        for place, chip in enumerate(self._chips):
            chip.clicked.connect(lambda _on=False, place=place: self.show_column(place))
            chips.addWidget(chip)
        chips.addStretch(1)
        columns = QHBoxLayout()
        columns.setSpacing(Space.S12)
        for column in self._columns:
            columns.addWidget(column)
        columns.setStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.S8)
        whole.addWidget(self.notice)
        whole.addWidget(self._switch)
        whole.addLayout(columns, 1)
        self.library.list.rename_pressed.connect(self.text.rename.click)
        self.library.list.delete_pressed.connect(self.text.delete.click)
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def show_column(self, place: int) -> None:
        """Show the library (0), the text (1) or the versions (2), where not all have room."""
        self._shown = place
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() / theme().px(100) * 100
        before = self._number, self._shown
        was_narrow = self._number == 1
        self._number = number = 3 if wide >= _ALL_FROM else 2 if wide >= _TWO_FROM else 1
        if number == 2 and self._shown == 0:
            self._shown = 1
        for place, (column, chip) in enumerate(zip(self._columns, self._chips, strict=True)):
            is_fixed = number == 3 or (number == 2 and place == 0)
            column.setVisible(is_fixed or place == self._shown)
            chip.setVisible(not is_fixed)
            chip.setChecked(place == self._shown)
        self._switch.setVisible(number < 3)
        for column, (least, most), is_free in (
            (self.library, _LIBRARY_WIDTHS, number == 1),
            (self.versions, _VERSIONS_WIDTHS, number < 3),
        ):
            share = max(0.0, min(1.0, (wide - _ALL_FROM) / 300))
            fixed = theme().px(round(least + (most - least) * share))
            column.setMinimumWidth(0 if is_free else fixed)
            column.setMaximumWidth((1 << 24) - 1 if is_free else fixed)

        if was_narrow != (number == 1):
            self._word_head()
        if before != (self._number, self._shown):
            self.arranged.emit()

    def _word_head(self) -> None:
        """Show the buttons beside the tabs with their words, or as icons where the tabs need the room."""
        is_narrow = self._number == 1
        self._hint.setVisible(not is_narrow)
        for button, words in (
            (self.import_, QCoreApplication.translate("Prompts", "Import")),
            (self.export, QCoreApplication.translate("Prompts", "Export")),
            (self.new, QCoreApplication.translate("Prompts", "New prompt")),
        ):
            button.setText("" if is_narrow else words)

    def notice_area(self) -> NoticeArea:
        """The versions, or the list where those are not beside it: what is typed and pressed stays free."""
        if self._number == 2:
            return NoticeArea(self.library, frees_controls=True, reserve=self.library.reserve)
        return NoticeArea(self.versions if self._number == 3 else self._columns[self._shown], frees_controls=True)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hidden.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def retranslate(self) -> None:
        self._hint.setText(QCoreApplication.translate("Prompts", "Type / in Chat to use the same prompts"))
        for button, name in (
            (self.import_, QCoreApplication.translate("Prompts", "Import prompts")),
            (self.export, QCoreApplication.translate("Prompts", "Export prompt")),
            (self.new, QCoreApplication.translate("Prompts", "New prompt")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)
        self._word_head()
        names = (
            QCoreApplication.translate("Prompts", "Library"),
            QCoreApplication.translate("Prompts", "Text"),
            QCoreApplication.translate("Prompts", "Versions"),
        )
        for chip, name in zip(self._chips, names, strict=True):
            chip.setText(name)
        self.retranslated.emit()
