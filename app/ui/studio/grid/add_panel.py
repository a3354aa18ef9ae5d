"""The strip in which voices and directions are added to an audition grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.catalogue import catalogue
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import TextArea
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.spin_box import SpinBox
from app.ui.widgets.themed import Themed, paint_box

_CHOICE_WIDTH = 240
AddKind = Literal["voice", "direction", "description", "temperature"]


class AddPanel(Themed, Retranslated):
    """Offers what can be added as a column or row. Hidden until something is to be added.

    Signals:
        voice_chosen, direction_chosen: the key of what is to be added.
        all_voices_wanted: every offered voice is to be added.
        words_given: the words of a direction or of a voice, by what is shown.
        temperature_given: a temperature to be added.
        temperature_refused: what was typed is none, or none in the range.
        choice_refused: what was typed is neither a voice nor a direction that can be added.
        closed: the strip was closed.
    """

    voice_chosen = Signal(str)
    direction_chosen = Signal(str)
    all_voices_wanted = Signal()
    words_given = Signal(str)
    temperature_given = Signal(float)
    temperature_refused = Signal()
    choice_refused = Signal(str)
    closed = Signal()
    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._kind: AddKind | None = None
        self.voice = Choice("", searches=True)
        self.all_voices = Button()
        self.direction = Choice("", searches=True)
        self.words = TextArea("", min_lines=1, max_lines=4)
        self.add = Button("", Icon.PLUS)
        limits = catalogue().range_of("temperature", "speech-design")
        self.temperature = SpinBox("", limits.low, limits.high, 0.1, decimals=2, tall=True)
        self.temperature.setValue(limits.default)
        self.close_strip = IconButton(Icon.CLOSE, "")
        self._hint = Hint(wrap=True)
        self._choices, self._caption = QWidget(), Caption()
        flow = FlowLayout(self._choices, gap=Space.S8)
        for part in (self._caption, self.voice, self.all_voices, self.direction):
            flow.addWidget(part)
        self._typed = QWidget()
        typed = QHBoxLayout(self._typed)
        typed.setContentsMargins(0, 0, 0, 0)
        typed.setSpacing(Space.S8)
        typed.addWidget(self.words, 1)
        typed.addWidget(self.temperature)
        typed.addWidget(self.add, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(Space.S8)
        for widget in (self._choices, self._typed, self._hint):
            column.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S12, Space.S8, Space.S8, Space.S8)
        row.setSpacing(Space.S8)
        row.addLayout(column, 1)
        row.addWidget(self.close_strip, 0, Qt.AlignmentFlag.AlignTop)
        self.voice.chosen.connect(self._choose_voice)
        self.direction.chosen.connect(self._choose_direction)
        for choice in (self.voice, self.direction):
            choice.refused.connect(self.choice_refused)
        self.temperature.refused.connect(lambda reason: self._hint.setText(reason or self._hint_text()))
        self.words.textChanged.connect(self._offer_to_add)
        self.all_voices.clicked.connect(self.all_voices_wanted)
        self.add.clicked.connect(self._give)
        self.close_strip.clicked.connect(self.leave)
        self.hide()
        self.retranslate()
        self.follow_theme()

    @property
    def kind(self) -> AddKind | None:
        """What is being added; None while the strip is closed."""
        return self._kind

    def enter(self, kind: AddKind) -> None:
        """Open the strip for one kind, and move the focus into it."""
        self._kind = kind
        self.voice.setVisible(kind == "voice")
        self.all_voices.setVisible(kind == "voice")
        self.direction.setVisible(kind == "direction")
        self._choices.setVisible(kind in ("voice", "direction"))
        self._typed.setVisible(kind != "voice")
        self.words.setVisible(kind in ("direction", "description"))
        self.temperature.setVisible(kind == "temperature")
        self._offer_to_add()
        self.retranslate()
        self.show()
        first = {"voice": self.voice, "direction": self.direction, "temperature": self.temperature}
        (first.get(kind) or self.words).setFocus()

    def leave(self) -> None:
        """Close the strip. What was typed stays for the next time."""
        if self._kind is not None:
            self._kind = None
            self.hide()
            self.closed.emit()

    def offer_voices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Set the voices that can be added: keys and names."""
        self.voice.set_choices(choices)
        self.voice.set_key(None)
        self.voice.setEnabled(bool(choices))
        self.all_voices.setEnabled(bool(choices))

    def offer_directions(self, choices: Sequence[tuple[str, str]]) -> None:
        """Set the directions that can be added: keys and names."""
        self.direction.set_choices(choices)
        self.direction.set_key(None)
        self.direction.setEnabled(bool(choices))

    def _offer_to_add(self) -> None:
        """There is nothing to add while no words are written."""
        self.add.setEnabled(self._kind == "temperature" or bool(self.words.toPlainText().strip()))

    def _choose_voice(self, key: str) -> None:
        self.voice_chosen.emit(key)

    def _choose_direction(self, key: str) -> None:
        self.direction_chosen.emit(key)

    def _give(self) -> None:
        if self._kind == "temperature":
            self.temperature.finish()
            if self.temperature.refusal:
                self.temperature_refused.emit()
            else:
                self.temperature_given.emit(round(self.temperature.value(), 2))
            return
        words = self.words.toPlainText().strip()
        if words:
            self.words_given.emit(words)
        self.words.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() and self._typed.isVisible():
            self._give()
            return
        super().keyPressEvent(event)

    def restyle(self) -> None:
        for choice in (self.voice, self.direction):
            choice.setMinimumWidth(theme().px(_CHOICE_WIDTH))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(self.rect())
        paint_box(QPainter(self), area, Radius.ROW, theme().colour("raised"), theme().colour("line"))

    def retranslate(self) -> None:
        voice = QCoreApplication.translate("Grid", "Voice to add")
        direction = QCoreApplication.translate("Grid", "Direction to add")
        self._caption.setText(direction if self._kind == "direction" else voice)
        self.voice.set_name(voice)
        self.all_voices.setText(QCoreApplication.translate("Grid", "Add all voices"))
        self.direction.set_name(direction)
        temperature = QCoreApplication.translate("Grid", "Temperature to add")
        self.temperature.setAccessibleName(temperature)
        self.temperature.lineEdit().setAccessibleName(temperature)
        if self._kind == "description":
            name = QCoreApplication.translate("Grid", "Description to add")
            placeholder = QCoreApplication.translate("Grid", "Describe in a sentence who is speaking and how")
        else:
            name = QCoreApplication.translate("Grid", "Words of the direction")
            placeholder = QCoreApplication.translate("Grid", "Or describe how the line should sound")
        self.words.setAccessibleName(name)
        self.words.setPlaceholderText(placeholder)
        self.add.setText(QCoreApplication.translate("Grid", "Add"))
        self.add.setAccessibleName(QCoreApplication.translate("Grid", "Add to the grid"))
        self.close_strip.set_name(QCoreApplication.translate("Grid", "Close"))
        self._hint.setText(self._hint_text())

    def _hint_text(self) -> str:
        match self._kind:
            case "voice":
                return QCoreApplication.translate(
                    "Grid", "A voice is added when it is chosen. While the grid is being filled, it joins the queue."
                )
            case "direction":
                return QCoreApplication.translate(
                    "Grid", "Choose a direction, or write one. While the grid is being filled, it joins the queue."
                )
            case "description":
                return QCoreApplication.translate("Grid", "Every take designs the voice anew from its description.")
        return QCoreApplication.translate("Grid", "Higher temperatures vary more from take to take.")
