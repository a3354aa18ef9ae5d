"""The list of calls: those of this conversation and of this run, or all, also of earlier runs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.chat.inspector.call_delegate import CallDelegate
from app.ui.chat.inspector.call_entry import CallEntry
from app.ui.retranslate import Retranslated
from app.ui.texts.numbers import count
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import Hint
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel

ROW_HEIGHT = 54
WIDTH = 208
SEARCH_WIDTH, LEAST_SEARCH_WIDTH = 170, 70
"""Logical pixels, before text scaling."""


class CallList(Retranslated):
    """Lists calls; the list acts on selection.

    Attributes:
        search: the field that searches the calls; placed in the header of the panel.

    Signals:
        picked: the key of the selected row.
        asked: what is listed has changed: the text to search, or the filter. See `query` and `shows_all`.
        more_wanted: the end of the list was reached.
        pick_cancelled: no call is chosen for the comparison after all.
    """

    picked = Signal(str)
    asked = Signal()
    more_wanted = Signal()
    pick_cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = 0, 0
        self.search = SearchField("")
        self.search.textChanged.connect(lambda _: self.asked.emit())
        self._here, self._all = Chip(""), Chip("")
        self._here.setChecked(True)
        for chip, other in ((self._here, self._all), (self._all, self._here)):
            chip.clicked.connect(lambda _, chip=chip, other=other: self._choose(chip, other))
        self._model = RowModel()
        self.rows = RowList("")
        self.rows.setModel(self._model)
        self.rows.setItemDelegate(CallDelegate(self.rows, height=ROW_HEIGHT))
        self.rows.row_selected.connect(self.picked)
        self.rows.verticalScrollBar().valueChanged.connect(self._on_scroll)
        self._empty, self._pick_hint = Hint(wrap=True), Hint(wrap=True)
        self._pick_hint.set_ink("accent")
        self._cancel = Button()
        self._cancel.clicked.connect(self.pick_cancelled)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(Space.S6)
        self._chips.addWidget(self._here)
        self._chips.addWidget(self._all)
        self._chips.addStretch(1)
        notes = QVBoxLayout()
        notes.setContentsMargins(Space.S12 + 2, Space.S12, Space.S12, Space.S8)
        notes.setSpacing(Space.S8)
        notes.addLayout(self._chips)
        for part in (self._empty, self._pick_hint):
            notes.addWidget(part)
        notes.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(notes)
        column.addWidget(self.rows, 1)
        self.set_picking(False)
        theme().changed.connect(self._resize)
        self._resize()
        self.retranslate()

    @property
    def query(self) -> str:
        """The text that calls are searched for."""
        return self.search.text().strip()

    @property
    def shows_all(self) -> bool:
        return self._all.isChecked()

    def show_entries(self, entries: Sequence[CallEntry], here: int, total: int) -> None:
        """List these; `here` and `total` are the numbers of calls that each filter lists."""
        query = self.query
        self._model.set_rows(
            [
                Row(entry.key, entry.title, entry.subtitle, entry.badge, entry.badge_kind, icon=entry.icon, found=query)
                for entry in entries
            ]
        )
        self._counts = here, total
        self._describe()

    def select(self, key: str | None) -> None:
        """Select a row without emitting `picked`."""
        self.rows.select_key(key)

    def set_picking(self, picking: bool) -> None:
        """Say that the next row that is selected is the one to compare with."""
        for part in (self._pick_hint, self._cancel):
            part.setVisible(picking)

    def set_low(self, rows: int | None) -> None:
        """Show so many rows, or as many as there is room for."""
        if rows is None:
            self.rows.setMinimumHeight(0)
            self.rows.setMaximumHeight(16_777_215)
        else:
            self.rows.setFixedHeight(theme().px(ROW_HEIGHT) * max(1, min(rows, self._model.rowCount())) + Space.S4)

    def _choose(self, chip: Chip, other: Chip) -> None:
        chip.setChecked(True)
        other.setChecked(False)
        self.asked.emit()

    def _on_scroll(self, value: int) -> None:
        bar = self.rows.verticalScrollBar()
        if self.shows_all and value >= bar.maximum() - theme().px(ROW_HEIGHT):
            self.more_wanted.emit()

    def _resize(self) -> None:
        self.search.setMinimumWidth(theme().px(LEAST_SEARCH_WIDTH))
        self.search.setMaximumWidth(theme().px(SEARCH_WIDTH))

    def _describe(self) -> None:
        here, total = self._counts
        self._here.setText(QCoreApplication.translate("Inspector", "Here {n}").format(n=count(here)))
        self._all.setText(QCoreApplication.translate("Inspector", "All {n}").format(n=count(total)))
        if self.query:
            text = QCoreApplication.translate("Inspector", "No call contains this.")
        elif total and not self.shows_all:
            text = QCoreApplication.translate("Inspector", "No calls here yet. Select All for earlier ones.")
        else:
            text = QCoreApplication.translate(
                "Inspector", "Every call to the service is listed here, exactly as it was sent and received."
            )
        self._empty.setText(text)
        self._empty.setVisible(not self._model.rowCount())

    def retranslate(self) -> None:
        self.rows.setAccessibleName(QCoreApplication.translate("Inspector", "Calls"))
        self.search.setAccessibleName(QCoreApplication.translate("Inspector", "Search calls"))
        self.search.setPlaceholderText(QCoreApplication.translate("Inspector", "Search calls"))
        self._here.setAccessibleName(QCoreApplication.translate("Inspector", "Calls here"))
        self._here.setToolTip(
            QCoreApplication.translate(
                "Inspector", "Calls of this conversation, and calls of this run that belong to none"
            )
        )
        self._all.setAccessibleName(QCoreApplication.translate("Inspector", "All calls"))
        self._all.setToolTip(QCoreApplication.translate("Inspector", "All calls, also of earlier runs"))
        self._pick_hint.setText(QCoreApplication.translate("Inspector", "Choose the call to compare with."))
        self._cancel.setText(QCoreApplication.translate("Inspector", "Cancel comparison"))
        self._describe()
