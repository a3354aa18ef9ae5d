"""Find in conversation: a field at the top of the transcript with a way to the next and the previous place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import Hint

WIDTH, LEAST = 160, 72
"""Logical pixels of the field, before text scaling: where there is room, and where there is none."""


class FindBar(Retranslated):
    """Looks for words.

    Signals:
        searched: the words, and whether to look backwards from where one is.
    """

    searched = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = SearchField("")
        self._field.textChanged.connect(lambda text: self.searched.emit(text.strip(), False))
        self._field.returnPressed.connect(lambda: self._search(False))
        self._nothing = Hint()
        self._nothing.hide()
        self._up, self._down = IconButton(Icon.CHEVRON_UP, ""), IconButton(Icon.CHEVRON_DOWN, "")
        self._up.clicked.connect(lambda: self._search(True))
        self._down.clicked.connect(lambda: self._search(False))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S4)
        for part in (self._nothing, self._field, self._up, self._down):
            row.addWidget(part)
        backwards = QShortcut(QKeySequence("Shift+Return"), self._field, lambda: self._search(True))
        backwards.setContext(Qt.ShortcutContext.WidgetShortcut)
        theme().changed.connect(self._resize)
        self._resize()
        self.retranslate()

    def open(self) -> None:
        """Take the keyboard, the old words selected."""
        self._field.setFocus()
        self._field.selectAll()

    def show_found(self, found: bool) -> None:
        """Say so when there is no (further) place."""
        self._nothing.setVisible(not found)

    def _search(self, backwards: bool) -> None:
        self.searched.emit(self._field.text().strip(), backwards)

    def _resize(self) -> None:
        self._field.setMaximumWidth(theme().px(WIDTH))
        self._field.setMinimumWidth(theme().px(LEAST))

    def retranslate(self) -> None:
        self._field.setAccessibleName(QCoreApplication.translate("Find", "Find in conversation"))
        self._field.setPlaceholderText(QCoreApplication.translate("Find", "Find here"))
        self._nothing.setText(QCoreApplication.translate("Find", "Not found"))
        self._up.set_name(QCoreApplication.translate("Find", "Previous place"))
        self._down.set_name(QCoreApplication.translate("Find", "Next place"))
