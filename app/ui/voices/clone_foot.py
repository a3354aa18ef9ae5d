"""The foot of the Clone tab: keys, what is missing, the name, and Save voice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.widgets.buttons import PrimaryButton
from app.ui.widgets.fields import LineField
from app.ui.widgets.key_caps import KeyHint
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.themed import Themed, paint_box

_NAME_WIDTH = 180


class CloneFoot(Themed, QWidget):
    """What is saved, or what it needs first."""

    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self.keys = (KeyHint("Space"), KeyHint("[", "]"), KeyHint("Left", "Right"), KeyHint("B"))
        self.missing = ElidedLabel(size=Type.CONTROL, ink="text2")
        self.name = LineField("")
        self.save = PrimaryButton()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(Space.S24, Space.S12, Space.S24, Space.S12)
        self._row.setSpacing(Space.S8)
        for hint in self.keys:
            self._row.addWidget(hint)
        self._row.addStretch(1)
        self._row.addWidget(self.missing)
        self._row.addWidget(self.name)
        self._row.addWidget(self.save)
        self.name.returnPressed.connect(self.save.click)
        self.follow_theme()

    def set_narrow(self, narrow: bool) -> None:
        for hint in self.keys:
            hint.setVisible(not narrow)

    def restyle(self) -> None:
        self.name.setMinimumWidth(theme().px(_NAME_WIDTH))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Only the lower corners are round, as those of the panel.
        box = QRectF(self.rect())
        painter.setClipRect(box)
        paint_box(painter, box.adjusted(0, -Radius.PANEL, 0, 0), Radius.PANEL - 1, theme().colour("raised"), None)
        painter.fillRect(QRectF(0, 0, self.width(), 1), theme().colour("line"))

    def retranslate(self) -> None:
        actions = (
            QCoreApplication.translate("Voices", "play"),
            QCoreApplication.translate("Voices", "trim here"),
            QCoreApplication.translate("Voices", "nudge the handle"),
            QCoreApplication.translate("Voices", "before, after"),
        )
        for hint, action in zip(self.keys, actions, strict=True):
            hint.set_action(action)
        self.name.setAccessibleName(QCoreApplication.translate("Voices", "Voice name"))
        self.name.setPlaceholderText(QCoreApplication.translate("Voices", "Voice name"))
        self.save.setText(QCoreApplication.translate("Voices", "Save voice"))
