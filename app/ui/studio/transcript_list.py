"""The earlier transcripts, in the place of the one that is open."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import Hint
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowModel
from app.ui.widgets.themed import Themed

_LIST_HEIGHT = 146


class TranscriptList(Themed, QWidget):
    """Lists the stored transcripts. Selecting one opens it; Enter or a double click then shows its text.

    Signals:
        accepted: the text of the selected one is to be shown.
        delete_wanted: Del was pressed.

    Attributes:
        nothing: says that there is none, or that the search finds none.
    """

    accepted = Signal()
    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search, self.nothing = SearchField(""), Hint(wrap=True)
        self.list, self.model = RowList(""), RowModel()
        self.list.setModel(self.model)
        self.nothing.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.S4)
        for widget in (self.search, self.nothing, self.list):
            rows.addWidget(widget)
        self.list.doubleClicked.connect(lambda _index: self.accepted.emit())
        delete = QShortcut(QKeySequence("Del"), self.list, self.delete_wanted.emit)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.follow_theme()

    def restyle(self) -> None:
        self.list.setFixedHeight(theme().px(_LIST_HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the text of what is selected, from the list as well as from the search."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.selected_key():
            self.accepted.emit()
            return
        super().keyPressEvent(event)

    def show_nothing(self, text: str) -> None:
        """Say why there is no row; an empty text where there are some."""
        self.nothing.setText(text)
        self.nothing.setVisible(bool(text))

    def retranslate(self) -> None:
        self.search.setAccessibleName(QCoreApplication.translate("Studio", "Search transcripts"))
        self.search.setPlaceholderText(QCoreApplication.translate("Studio", "Search transcripts"))
        self.list.setAccessibleName(QCoreApplication.translate("Studio", "Transcripts"))
