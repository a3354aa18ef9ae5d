"""The row in which an attachment is given by its address."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Hint
from app.ui.widgets.notices import InlineNotice


class AddressRow(Retranslated):
    """A field for an address, with a check that is made only when it is asked for.

    Signals:
        added, checked: the address as typed; it stays in the field until `clear`.
        edited: the text changed.
        left: the row is being hidden while it has the keyboard focus.

    Attributes:
        field: the address.
        kind: what it is, asked for only where the address does not tell.
        notice: what is wrong with the address, or what the check found.
    """

    added = Signal(str)
    checked = Signal(str)
    edited = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_checking = False
        self.field = LineField("")
        self.kind = Choice("", compact=True)
        self.kind.hide()
        self._check, self._add = Button(), Button()
        self._close = IconButton(Icon.CLOSE, "")
        self._hint = Hint(wrap=True)
        self.notice = InlineNotice()
        self.field.textEdited.connect(self.edited)
        self.field.textChanged.connect(self._update_buttons)
        self.field.returnPressed.connect(self._submit)
        self._check.clicked.connect(lambda: self.checked.emit(self.field.text()))
        self._add.clicked.connect(self._submit)
        self._close.clicked.connect(self.close_row)
        row = QHBoxLayout()
        row.setSpacing(Space.S8)
        row.addWidget(self.field, 1)
        row.addWidget(self.kind)
        row.addWidget(self._check)
        row.addWidget(self._add)
        row.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S4)
        column.addLayout(row)
        column.addWidget(self._hint)
        column.addWidget(self.notice)
        self._update_buttons()
        self.retranslate()

    def open_row(self, address: str = "") -> None:
        """Show the row, with an address to begin with."""
        if address:
            self.field.setText(address)
            self.edited.emit()
        self.show()
        self.field.setFocus()

    def close_row(self) -> None:
        """Hide the row. A typed address stays in it."""
        focused = QApplication.focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.left.emit()
        self.hide()

    def clear(self) -> None:
        """Hide and empty the row after its address was added."""
        self.close_row()
        self.field.clear()
        self.ask_kind(False)
        self.notice.clear()

    def ask_kind(self, asked: bool) -> None:
        """Ask what the address is, or stop asking."""
        self.kind.setVisible(asked)
        if not asked:
            self.kind.set_key(None)

    def set_checking(self, checking: bool) -> None:
        """Lock the check while one is made."""
        self._is_checking = checking
        self._update_buttons()

    def _submit(self) -> None:
        if self.field.text().strip():
            self.added.emit(self.field.text())

    def _update_buttons(self) -> None:
        has_text = bool(self.field.text().strip())
        self._check.setEnabled(has_text and not self._is_checking)
        self._add.setEnabled(has_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_row()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.field.setAccessibleName(QCoreApplication.translate("Attachments", "Attachment address"))
        self.field.setPlaceholderText(QCoreApplication.translate("Attachments", "https://…"))
        self.kind.set_name(QCoreApplication.translate("Attachments", "Attachment kind"))
        self.kind.set_choices(
            (
                ("image", QCoreApplication.translate("Attachments", "Image")),
                ("audio", QCoreApplication.translate("Attachments", "Sound")),
                ("video", QCoreApplication.translate("Attachments", "Video")),
            )
        )
        edit = self.kind.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(QCoreApplication.translate("Attachments", "Kind"))
        self._check.setText(QCoreApplication.translate("Attachments", "Check address"))
        self._check.setToolTip(
            QCoreApplication.translate("Attachments", "Sends one request to this address, without your key.")
        )
        self._add.setText(QCoreApplication.translate("Attachments", "Add address"))
        self._close.set_name(QCoreApplication.translate("Attachments", "Close address"))
        self._hint.setText(
            QCoreApplication.translate(
                "Attachments",
                "The service fetches the file itself. This program does not, unless you check the address.",
            )
        )
