"""Find in conversation: a search field above the transcript with buttons for the previous and next match."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import Hint

MAX_WIDTH, MIN_WIDTH = 160, 72
"""Logical pixels of the field, before text scaling."""


class FindBar(Retranslated):
    """Asks to search the open conversation. Where there is little room, it is an icon until it is opened.

    Signals:
        searched: the text, and whether to search backwards from the selected match.
        closed: Escape was pressed in the empty field.
    """

    searched = Signal(str, bool)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = SearchField("")
        self._field.textChanged.connect(lambda text: self.searched.emit(text.strip(), False))
        self._field.returnPressed.connect(lambda: self._search(False))
        self._count = Hint()
        self._count.hide()
        self._result = (0, 0)
        self._is_compact = self._is_opened = False
        self._open = IconButton(Icon.SEARCH, "")
        self._open.clicked.connect(self.open)
        self._previous, self._next = IconButton(Icon.CHEVRON_UP, ""), IconButton(Icon.CHEVRON_DOWN, "")
        self._previous.clicked.connect(lambda: self._search(True))
        self._next.clicked.connect(lambda: self._search(False))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S4)
        for part in (self._open, self._count, self._field, self._previous, self._next):
            row.addWidget(part)
        backwards = QShortcut(QKeySequence("Shift+Return"), self._field, lambda: self._search(True))
        backwards.setContext(Qt.ShortcutContext.WidgetShortcut)
        self._field.textChanged.connect(self._update)
        theme().changed.connect(self._resize)
        self._resize()
        self.retranslate()
        self._update()

    def set_compact(self, is_compact: bool) -> None:
        """Whether there is too little room for a field that is not used."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            # A field that is being used stays.
            self._is_opened = self._field.hasFocus()
            self._update()

    def _update(self) -> None:
        has_query = bool(self._field.text().strip())
        is_shown = not self._is_compact or self._is_opened or has_query
        self._open.setVisible(not is_shown)
        self._field.setVisible(is_shown)
        for arrow in (self._previous, self._next):
            arrow.setVisible(has_query)

    def open(self) -> None:
        """Focus the field and select its text."""
        self._is_opened = True
        self._update()
        self._field.setFocus()
        self._field.selectAll()

    def show_result(self, number: int, total: int) -> None:
        """Show which match of how many is selected, from 1; a total of 0 means that there is none."""
        self._result = number, total
        self._describe_result()

    def show_query(self, text: str) -> None:
        """Put a text into the field. Emits no signal; the count is set by `show_result`."""
        blocked = self._field.blockSignals(True)
        self._field.setText(text)
        self._field.blockSignals(blocked)
        self._update()
        self._describe_result()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._is_opened = False
            self.closed.emit()
            self._update()
        else:
            super().keyPressEvent(event)

    def _describe_result(self) -> None:
        number, total = self._result
        if total:
            text = QCoreApplication.translate("Find", "{number} of {total}").format(number=number, total=total)
        else:
            text = QCoreApplication.translate("Find", "Not found")
        self._count.setText(text)
        self._count.setVisible(bool(self._field.text().strip()))

    def _search(self, backwards: bool) -> None:
        self.searched.emit(self._field.text().strip(), backwards)

    def _resize(self) -> None:
        self._field.setMaximumWidth(theme().px(MAX_WIDTH))
        self._field.setMinimumWidth(theme().px(MIN_WIDTH))

    def retranslate(self) -> None:
        self._field.setAccessibleName(QCoreApplication.translate("Find", "Find in conversation"))
        self._field.setPlaceholderText(QCoreApplication.translate("Find", "Find here"))
        self._describe_result()
        self._open.set_name(QCoreApplication.translate("Find", "Find in this conversation"))
        self._previous.set_name(QCoreApplication.translate("Find", "Previous match"))
        self._next.set_name(QCoreApplication.translate("Find", "Next match"))
