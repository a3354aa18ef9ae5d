"""Windows that show an attachment: an image, and the question what to do with what can't be shown here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.messages import Media
from app.ui.texts.attachments import facts, shown_name
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.labels import ElidedLabel, Hint, Label
from app.ui.widgets.presentation_cover import presentation_cover

VIEWED_SIZE = QSize(4096, 4096)
"""An image is decoded up to this size; larger ones are scaled down."""
_SIZE = QSize(900, 640)
_MIN_SIZE = QSize(320, 240)


class ImageViewer(QDialog):
    """Shows an image as large as the window; Escape closes it.

    Signals:
        save: a copy is to be saved.
    """

    save = Signal()

    def __init__(self, media: Media, image: QImage, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._media = media
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._picture = _Picture(image)
        known = ElidedLabel(" · ".join(facts(media)), size=Type.SMALL, ink="text2")
        save = Button(QCoreApplication.translate("Attachments", "Save as…"))
        save.clicked.connect(self.save)
        close = PrimaryButton(QCoreApplication.translate("Attachments", "Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(Space.S8)
        foot.addWidget(known, 1)
        foot.addWidget(save)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S12, Space.S12, Space.S12, Space.S12)
        column.setSpacing(Space.S12)
        column.addWidget(self._picture, 1)
        column.addLayout(foot)
        self.setMinimumSize(_MIN_SIZE)
        self.resize(theme().px(_SIZE.width()), theme().px(_SIZE.height()))
        close.setFocus()
        presentation_cover().changed.connect(self._show_name)
        self._show_name()

    def _show_name(self) -> None:
        name = presentation_cover().mask(shown_name(self._media))
        self.setWindowTitle(name)
        self._picture.setAccessibleName(name)


class _Picture(QWidget):
    """Paints an image in the middle, scaled down to fit; never enlarged."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = QPixmap.fromImage(image)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("sunken"))
        size = self._image.size()
        if size.width() > self.width() or size.height() > self.height():
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self._image, QRectF(self._image.rect()))


class OpenQuestion(QDialog):
    """Asks what to do with a file that can't be shown here.

    Signals:
        save, open_file: what was chosen.
    """

    save = Signal()
    open_file = Signal()

    def __init__(self, media: Media, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(QCoreApplication.translate("Attachments", "Open this file?"))
        name = Label(shown_name(media), wrap=True)
        known = Hint(" · ".join(facts(media)))
        note = Label(
            QCoreApplication.translate(
                "Attachments",
                "It can't be shown here. Save a copy, or open one with the system's own program.",
            ),
            ink="text2",
            wrap=True,
        )
        cancel = Button(QCoreApplication.translate("Attachments", "Cancel"))
        cancel.clicked.connect(self.reject)
        save = Button(QCoreApplication.translate("Attachments", "Save as…"))
        save.clicked.connect(self.save)
        save.clicked.connect(self.accept)
        opened = PrimaryButton(QCoreApplication.translate("Attachments", "Open with the system"))
        opened.clicked.connect(self.open_file)
        opened.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(Space.S8)
        row.addStretch(1)
        for button in (cancel, save, opened):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S24, Space.S24, Space.S16)
        column.setSpacing(Space.S12)
        column.addWidget(Label(self.windowTitle(), size=Type.HEADING, weight=Type.SEMIBOLD))
        for line in (name, known, note):
            column.addWidget(line)
        column.addLayout(row)
        self.setMinimumWidth(theme().px(420))
