"""Asks before a file is replaced."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.ui.theme.icons import Icon, pixmap
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.labels import Label
from app.ui.widgets.presentation_cover import presentation_cover

MIN_WIDTH = 420


class ReplaceQuestion(QDialog):
    """Asks whether to replace the file `name`; it is accepted to replace it. Enter and Escape keep the file.

    Attributes:
        replace, cancel: its buttons.
    """

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("Files", "Replace the file?"))
        self.picture = QLabel()
        self.picture.setPixmap(pixmap(Icon.WARNING, "warn", 24, self.devicePixelRatioF()))
        words = QCoreApplication.translate(
            "Files", "“{name}” is already in this folder. Replacing it deletes what it contains."
        )
        sentence = presentation_cover().mask(words.format(name=name))
        self.setAccessibleDescription(sentence)
        self.cancel = PrimaryButton(QCoreApplication.translate("Files", "Keep the file"))
        self.cancel.clicked.connect(self.reject)
        self.cancel.setDefault(True)
        self.replace = Button(QCoreApplication.translate("Files", "Replace"))
        self.replace.setAutoDefault(False)
        self.replace.clicked.connect(self.accept)
        words_column = QVBoxLayout()
        words_column.setSpacing(Space.S8)
        words_column.addWidget(Label(self.windowTitle(), size=Type.HEADING, weight=Type.SEMIBOLD))
        words_column.addWidget(Label(sentence, size=Type.CONTROL, wrap=True))
        top, buttons = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(Space.S12)
        top.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words_column, 1)
        buttons.setSpacing(Space.S8)
        buttons.addStretch(1)
        buttons.addWidget(self.replace)
        buttons.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S24, Space.S24, Space.S16)
        column.setSpacing(Space.S16)
        column.addLayout(top)
        column.addLayout(buttons)
        self.setMinimumWidth(MIN_WIDTH)
