"""Shows the target of a link before the browser opens it, because text written by a model is not trusted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Label

OPENABLE_SCHEMES = ("http", "https", "mailto")
MIN_WIDTH = 480


class LinkQuestion(QDialog):
    """Asks whether to open an address; anything but web and mail addresses can only be copied."""

    def __init__(self, url: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._url = QUrl(url)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("Links", "Open this address?"))
        is_openable = self._url.isValid() and self._url.scheme() in OPENABLE_SCHEMES
        address = TextArea(QCoreApplication.translate("Links", "Address"), min_lines=1, max_lines=6, mono=True)
        address.setPlainText(url)
        address.setReadOnly(True)
        copy = Button(QCoreApplication.translate("Links", "Copy address"))
        copy.clicked.connect(self._copy)
        cancel = Button(QCoreApplication.translate("Links", "Cancel"))
        cancel.clicked.connect(self.reject)
        open_button = PrimaryButton(QCoreApplication.translate("Links", "Open in browser"))
        open_button.clicked.connect(self._open)
        open_button.setEnabled(is_openable)
        open_button.setDefault(is_openable)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S8)
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S24, Space.S24, Space.S16)
        column.setSpacing(Space.S12)
        column.addWidget(Label(self.windowTitle(), size=Type.HEADING, weight=Type.SEMIBOLD))
        column.addWidget(address)
        column.addLayout(buttons)
        self.setMinimumWidth(MIN_WIDTH)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._url.toString())
        self.accept()

    def _open(self) -> None:
        QDesktopServices.openUrl(self._url)
        self.accept()
