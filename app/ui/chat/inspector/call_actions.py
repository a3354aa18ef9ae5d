"""The buttons below a call: copy it as code, compare it, send it again."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.choice import Choice


class _SmallButton(Button):
    text_size = Type.SMALL
    padding = 6

    def set_small(self, small: bool) -> None:
        self.text_size = Type.TINY if small else Type.SMALL
        self.padding = 4 if small else 6
        self.restyle()


class CallActions(Retranslated):
    """The buttons, in one row or two.

    Signals:
        curl, send_again, compare: a button was pressed; stop: Send again was, while it was named Stop call.
        python: Copy as Python was pressed, with the chosen library.
    """

    curl = Signal()
    python = Signal(str)
    compare = Signal()
    send_again = Signal()
    stop = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = 0
        self._may_send = False
        self._curl, self._python = _SmallButton(), _SmallButton()
        self._compare, self._send_again = _SmallButton(), _SmallButton()
        self._library = Choice("", compact=True)
        self._curl.clicked.connect(self.curl)
        self._python.clicked.connect(lambda: self.python.emit(self._library.key() or ""))
        self._compare.clicked.connect(self.compare)
        self._is_sending = False
        self._send_again.clicked.connect(lambda: (self.stop if self._is_sending else self.send_again).emit())
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S2)
        self._grid.setHorizontalSpacing(Space.S4)
        self._grid.setVerticalSpacing(Space.S6)
        self._arrange(1)
        theme().changed.connect(self._fit)
        self.retranslate()

    def set_libraries(self, libraries: tuple[str, ...]) -> None:
        """Offer these; the first is chosen if the one before is not among them."""
        self._library.set_choices([(library, library) for library in libraries])
        if self._library.key() not in libraries and libraries:
            self._library.set_key(libraries[0])

    def set_small(self, small: bool) -> None:
        """Take less width."""
        for button in (self._curl, self._python, self._compare, self._send_again):
            button.set_small(small)
        self._fit()

    def set_state(self, *, copy: str | None, compare: str | None, send: str | None, send_hint: str = "") -> None:
        """Say why something is not possible, or None where it is; empty for no call."""
        for button in (self._curl, self._python, self._library):
            button.setEnabled(copy is None)
            button.setToolTip(copy or "")
        self._compare.setEnabled(compare is None)
        self._compare.setToolTip(compare or "")
        self._may_send = send is None
        self._send_again.setEnabled(self._may_send or self._is_sending)
        self._send_again.setToolTip(send or send_hint)

    def set_sending(self, sending: bool) -> None:
        """Name the button Stop call while a call of its own runs."""
        self._is_sending = sending
        self._send_again.setEnabled(self._may_send or sending)
        self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        parts: tuple[QWidget, ...] = (self._curl, self._python, self._library, self._compare, self._send_again)
        needed = sum(part.sizeHint().width() for part in parts) + 5 * Space.S4 + 2 * Space.S16
        self._arrange(1 if self.width() >= needed else 2)

    def _arrange(self, rows: int) -> None:
        if rows == self._rows:
            return
        self._rows = rows
        for part in (self._curl, self._python, self._library, self._compare, self._send_again):
            self._grid.removeWidget(part)
        for column in range(6):
            self._grid.setColumnStretch(column, int(column == 3))
        if rows == 1:
            places: tuple[tuple[QWidget, int, int, int], ...] = (
                (self._curl, 0, 0, 1), (self._python, 0, 1, 1), (self._library, 0, 2, 1), (self._compare, 0, 4, 1),
                (self._send_again, 0, 5, 1),
            )  # fmt: skip
        else:
            places = (
                (self._curl, 0, 0, 1), (self._compare, 0, 1, 1), (self._send_again, 0, 2, 1), (self._python, 1, 0, 2),
                (self._library, 1, 2, 1),
            )  # fmt: skip
        for button, row, column, span in places:
            self._grid.addWidget(button, row, column, 1, span)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        hint.setWidth(0)
        return hint

    def retranslate(self) -> None:
        self._curl.setText(QCoreApplication.translate("Inspector", "Copy as curl"))
        self._python.setText(QCoreApplication.translate("Inspector", "Copy as Python"))
        self._library.set_name(QCoreApplication.translate("Inspector", "Python library"))
        self._compare.setText(QCoreApplication.translate("Inspector", "Compare with"))
        self._send_again.setText(
            QCoreApplication.translate("Inspector", "Stop call")
            if self._is_sending
            else QCoreApplication.translate("Inspector", "Send again")
        )
        self._fit()
