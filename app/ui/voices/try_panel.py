"""Tries the clone: texts, direction, what it takes, original beside clone, resemblance, and consent."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.texts.consent import consent_wording
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.voices.try_rows import TryRows
from app.ui.widgets.buttons import Button, GhostButton, IconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Heading, Hint, Label
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.switch import CheckBox

MAX_TEXTS = 6
_INDENT = 28
"""Where the text of the check box above the note begins."""


class Figure(QWidget):
    """One figure of the resemblance: its name, the difference, and the two values behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.value = Label(size=Type.TINY, ink="text2"), Label(size=Type.CONTROL, weight=Type.MEDIUM)
        self.detail = Label(size=Type.TINY, ink="text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S12, Space.S6, Space.S8, Space.S6)
        column.setSpacing(Space.S2)
        for part in (self.name, self.value, self.detail):
            column.addWidget(part)
        column.addStretch(1)

    def show_figure(self, value: str, detail: str = "") -> None:
        self.value.setText(value or QCoreApplication.translate("Voices", "not measured"))
        self.value.set_ink("text" if value else "text2")
        self.detail.setText(detail)


class TryPanel(QWidget):
    """The right half of the Clone tab.

    Signals:
        texts_changed: a text was added, removed or edited.
    """

    texts_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title = Heading()
        self.equal = Chip("", Icon.CHECK)
        self.test = TextArea("", min_lines=2, max_lines=4)
        self.direction = TextArea("", min_lines=2, max_lines=4)
        self._further: list[tuple[QWidget, TextArea, IconButton]] = []
        self._example_text = ""
        self.another = GhostButton("", Icon.PLUS)
        self.plan = Hint()
        self.speak = Button()
        self.is_speaking = False
        self.rows = TryRows()
        self.pitch, self.pace, self.loudness = Figure(), Figure(), Figure()
        self.agreed = CheckBox()
        self.consent_note, self.statement = Hint("", wrap=True), Hint("", wrap=True)
        self.read_wording = GhostButton(ink="tool")
        self.read_wording.setCheckable(True)
        self.statement.hide()
        self.read_wording.toggled.connect(self.statement.setVisible)
        self.another.clicked.connect(lambda: self.add_text().setFocus())
        self.test.textChanged.connect(self.texts_changed)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S8)
        head = QHBoxLayout()
        # As tall as the head of the checks beside it, which holds a button.
        head.setContentsMargins(0, Space.S4, 0, Space.S4)
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.equal)
        headed = QVBoxLayout()
        headed.setSpacing(0)
        headed.addLayout(head)
        headed.addWidget(Divider())
        column.addLayout(headed)
        first = QHBoxLayout()
        first.setSpacing(Space.S8)
        first.addWidget(self.test, 5)
        first.addWidget(self.direction, 2)
        self._texts = QVBoxLayout()
        self._texts.setSpacing(Space.S8)
        self._texts.addLayout(first)
        column.addLayout(self._texts)
        speaking = QHBoxLayout()
        speaking.addWidget(self.another)
        speaking.addStretch(1)
        speaking.addWidget(self.plan)
        speaking.addWidget(self.speak)
        column.addLayout(speaking)
        pair, figures = Panel(fill="surface", radius=10), Panel(fill="surface", radius=10)
        pair.body.setContentsMargins(0, 0, 0, 0)
        pair.body.addWidget(self.rows)
        column.addWidget(pair)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        for place, figure in enumerate((self.pitch, self.pace, self.loudness)):
            if place:
                beside.addWidget(Divider(orientation=Qt.Orientation.Vertical))
            beside.addWidget(figure, 1)
        figures.body.setContentsMargins(0, 0, 0, 0)
        figures.body.addLayout(beside)
        column.addWidget(figures)
        column.addWidget(self.agreed)
        self._noting = noting = QHBoxLayout()
        noting.addWidget(self.consent_note, 1)
        noting.addWidget(self.read_wording, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(noting)
        column.addWidget(self.statement)
        column.addStretch(1)

    # -- texts ----------------------------------------------------------------------------------------------------

    def add_text(self) -> TextArea:
        """Add a field for another text that is spoken after the others."""
        field, remove, row = TextArea("", min_lines=1, max_lines=3), IconButton(Icon.CLOSE, ""), QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S4)
        line.addWidget(field, 1)
        line.addWidget(remove, 0, Qt.AlignmentFlag.AlignTop)
        self._further.append((row, field, remove))
        self._texts.addWidget(row)
        field.textChanged.connect(self.texts_changed)
        remove.clicked.connect(lambda: self._remove_text(row))
        self._name_texts()
        self.texts_changed.emit()
        return field

    def _remove_text(self, row: QWidget) -> None:
        self._further = [entry for entry in self._further if entry[0] is not row]
        self._texts.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._name_texts()
        self.texts_changed.emit()

    def _name_texts(self) -> None:
        for number, (_row, field, remove) in enumerate(self._further, 2):
            field.setAccessibleName(QCoreApplication.translate("Voices", "Test text {n}").format(n=number))
            remove.set_name(QCoreApplication.translate("Voices", "Remove text {n}").format(n=number))
        self.another.setEnabled(len(self._further) + 1 < MAX_TEXTS)

    def texts(self) -> tuple[str, ...]:
        """The texts to speak, without empty further ones."""
        return (self.test.toPlainText(), *(text for text in self.further_texts() if text.strip()))

    def further_texts(self) -> tuple[str, ...]:
        """What is typed in the fields below the first one."""
        return tuple(field.toPlainText() for _row, field, _remove in self._further)

    def show_further_texts(self, texts: tuple[str, ...]) -> None:
        """Show these texts below the first one, in as many fields."""
        for row, _field, _remove in self._further[len(texts) :]:
            self._remove_text(row)
        while len(self._further) < len(texts[: MAX_TEXTS - 1]):
            self.add_text()
        for (_row, field, _remove), text in zip(self._further, texts, strict=False):
            if field.toPlainText() != text:
                field.setPlainText(text)

    def typed_test(self) -> str:
        """The test text, empty if it is the example."""
        text = self.test.toPlainText()
        return "" if text == self._example_text else text

    def show_test(self, text: str) -> None:
        """Show a test text, or the example if it is empty."""
        text = text or self._example_text
        if text != self.test.toPlainText():
            self.test.setPlainText(text)

    def show_speaking(self, speaking: bool) -> None:
        """Name the button for what pressing it does."""
        self.is_speaking = speaking
        self.speak.set_glyph(Icon.STOP if speaking else None)
        self.speak.setText(
            QCoreApplication.translate("Voices", "Stop")
            if speaking
            else QCoreApplication.translate("Voices", "Speak with this voice")
        )

    def show_consent_needed(self, needed: bool, note: str) -> None:
        """Ask for the consent of a person who was recorded, or say why none is needed."""
        for part in (self.agreed, self.read_wording):
            part.setVisible(needed)
        self._noting.setContentsMargins(theme().px(_INDENT) if needed else 0, 0, 0, 0)
        if not needed:
            self.read_wording.setChecked(False)
        self.consent_note.setText(note)

    def retranslate(self) -> None:
        self._title.setText(QCoreApplication.translate("Voices", "Try it"))
        self.equal.setText(QCoreApplication.translate("Voices", "Equal loudness"))
        self.test.setAccessibleName(QCoreApplication.translate("Voices", "Test text"))
        self.direction.setAccessibleName(QCoreApplication.translate("Voices", "Test direction"))
        self.direction.setPlaceholderText(QCoreApplication.translate("Voices", "Direction, if any"))
        self.another.setText(QCoreApplication.translate("Voices", "Another text"))
        # The example follows the language; what the user typed does not.
        is_example = self.test.toPlainText() in ("", self._example_text)
        self._example_text = QCoreApplication.translate("Voices", "Yes, I had a sandwich.")
        if is_example:
            self.test.setPlainText(self._example_text)
        self.show_speaking(self.is_speaking)
        self.pitch.name.setText(QCoreApplication.translate("Voices", "Pitch"))
        self.pace.name.setText(QCoreApplication.translate("Voices", "Pace"))
        self.loudness.name.setText(QCoreApplication.translate("Voices", "Loudness"))
        self.agreed.setText(QCoreApplication.translate("Voices", "The speaker has agreed"))
        self.read_wording.setText(QCoreApplication.translate("Voices", "Read the wording"))
        self.statement.setText(consent_wording())
        self.rows.retranslate()
        self._name_texts()
