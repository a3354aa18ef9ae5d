"""Find inside of a request, response or event: a field with the number of occurrences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import Hint

_PAUSE_MS = 120


class BodyFind(Retranslated):
    """Asks to search the text of the tab that is shown.

    Signals:
        searched: the text, and whether to search backwards, and whether to stay at an occurrence that is selected.
        closed: Escape or the button closed it.
    """

    searched = Signal(str, bool, bool)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._result: tuple[int, int] | None = None
        self._field = SearchField("")
        self._typing = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._typing.timeout.connect(lambda: self.searched.emit(self._field.text(), False, True))
        self._field.textChanged.connect(self._on_text)
        self._field.returnPressed.connect(lambda: self._search(False))
        self._count = Hint()
        self._previous, self._next = IconButton(Icon.CHEVRON_UP, ""), IconButton(Icon.CHEVRON_DOWN, "")
        self._close = IconButton(Icon.CLOSE, "")
        self._previous.clicked.connect(lambda: self._search(True))
        self._next.clicked.connect(lambda: self._search(False))
        self._close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S16, Space.S6, Space.S12, 0)
        row.setSpacing(Space.S4)
        row.addWidget(self._field, 1)
        for part in (self._count, self._previous, self._next, self._close):
            row.addWidget(part)
        backwards = QShortcut(QKeySequence("Shift+Return"), self._field, lambda: self._search(True))
        backwards.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.retranslate()

    def open(self) -> None:
        """Show it, focus the field and select its text."""
        self.show()
        self._field.setFocus()
        self._field.selectAll()

    @property
    def query(self) -> str:
        return self._field.text()

    def show_result(self, result: tuple[int, int] | None) -> None:
        """Show which occurrence of how many is selected, from 1; None while it is looked for."""
        self._result = result
        self._describe()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _on_text(self, _text: str) -> None:
        self.show_result(None)
        self._typing.start()

    def _search(self, backwards: bool) -> None:
        self._typing.stop()
        self.searched.emit(self._field.text(), backwards, False)

    def _describe(self) -> None:
        if self._result is None or not self._field.text():
            self._count.setText("")
        elif self._result[1]:
            text = QCoreApplication.translate("Find", "{number} of {total}")
            self._count.setText(text.format(number=self._result[0], total=self._result[1]))
        else:
            self._count.setText(QCoreApplication.translate("Find", "Not found"))

    def retranslate(self) -> None:
        self._field.setAccessibleName(QCoreApplication.translate("Inspector", "Find in call"))
        self._field.setPlaceholderText(QCoreApplication.translate("Find", "Find here"))
        self._previous.set_name(QCoreApplication.translate("Inspector", "Find previous in call"))
        self._next.set_name(QCoreApplication.translate("Inspector", "Find next in call"))
        self._close.set_name(QCoreApplication.translate("Inspector", "Close find in call"))
        self._describe()
