"""The button that dictates, and beside it the level of the microphone while it is open."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.painted_button import Look

FLOOR_DB = -60
"""The left end of the meter, in dBFS."""
METER_WIDTH, METER_HEIGHT = 120, 6

DictationState = Literal["idle", "opening", "recording", "recognising"]


class DictateButton(IconButton):
    """Starts and ends dictation. While it is in use, assistive tools report the button as pressed.

    It is no check box, because pressing it while the words are recognised does not switch a state back.
    """

    def __init__(self) -> None:
        super().__init__(Icon.MIC, "")
        self.state: DictationState = "idle"
        self.clicked.connect(self.show_pressed)

    def show_state(self, state: DictationState) -> None:
        """Show what dictation is doing."""
        self.state = state
        self.set_glyph(Icon.STOP if state in ("opening", "recording") else Icon.MIC)
        self.show_pressed()

    def show_pressed(self) -> None:
        """Stay down while dictation is in use: Qt lifts a button after each press."""
        self.setDown(self.state != "idle")
        self.update()

    def look(self) -> Look:
        if self.state in ("opening", "recording"):
            shade = 0.12 if self.hot() else 0.0
            return Look(theme().mixed("bad_soft", "bad", shade), None, "bad")
        if self.state == "recognising":
            return Look(theme().colour("soft"), None, "soft_text")
        return super().look()


class DictationMeter(Retranslated):
    """The level and the length of the recording, or that its words are being recognised."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_recognising = False
        self.level = QProgressBar()
        self.level.setRange(FLOOR_DB, 0)
        self.level.setTextVisible(False)
        self.level.setFixedHeight(METER_HEIGHT)
        self.level.setFixedWidth(METER_WIDTH)
        self.label = Label(size=Type.SMALL, ink="text2")
        self._hint = ElidedLabel(size=Type.SMALL, ink="text3")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S4, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addWidget(self.level)
        row.addWidget(self.label)
        row.addWidget(self._hint, 1)
        self.hide()
        self.retranslate()

    def show_level(self, decibels: float, words: str) -> None:
        """Show the level in dBFS, and the time in words."""
        self.level.setValue(max(FLOOR_DB, min(0, round(decibels))))
        self._is_recognising = False
        self.level.show()
        self._hint.show()
        if words != self.label.text():
            self.label.setText(words)
        self.show()

    def show_recognising(self) -> None:
        """Show that the words are being recognised, without a level."""
        self.level.hide()
        self._hint.hide()
        self._is_recognising = True
        self.retranslate()
        self.show()

    def retranslate(self) -> None:
        self.level.setAccessibleName(QCoreApplication.translate("Composer", "Dictation level"))
        self._hint.setText(QCoreApplication.translate("Composer", "Pause to finish. Escape stops."))
        if self._is_recognising:
            self.label.setText(QCoreApplication.translate("Composer", "Recognising…"))
