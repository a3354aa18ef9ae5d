"""Design: a description becomes up to three candidates; the one that is kept is frozen as a voice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.retranslate import Retranslated
from app.ui.studio.player_bar import PlayerBar
from app.ui.studio.take_list import ROW_TALL, TakeList, TakeModel
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, Space
from app.ui.widgets.buttons import Button, PrimaryButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.spin_field import SpinField
from app.ui.widgets.switch import CheckBox


class DesignTab(Retranslated):
    """What is seen of designing."""

    def __init__(self) -> None:
        super().__init__()
        self.notice = InlineNotice(dismissable=True)
        self.description = TextArea("", min_lines=3, max_lines=6)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips)
        self._dimensions: list[Chip] = []
        for _ in range(12):
            chip = Chip("", checkable=False)
            chip.clicked.connect(lambda _on=False, chip=chip: self._add(chip.text()))
            self._dimensions.append(chip)
            self._flow.addWidget(chip)
        self.preview = TextArea("", min_lines=2, max_lines=4)
        self.polish = CheckBox()
        self.candidates = SpinField("", 1, 3, 1, slider=False)
        self.candidates.set_value(3)
        self.example = Button()
        self.design = PrimaryButton()
        self.takes = TakeList("")
        self.take_model = TakeModel()
        self.takes.setModel(self.take_model)
        self._empty = EmptyState(Icon.VOICES, "")
        self.player = PlayerBar()
        self.name = LineField("")
        self.keep = Button()
        self._keeps = self._running = self._narrow = False
        self._captions = [Caption() for _ in range(3)]
        describing, hearing = QVBoxLayout(), QVBoxLayout()
        for side in (describing, hearing):
            side.setSpacing(Space.S8)
        for part in (self._captions[0], self.description, self._chips, self._captions[1], self.preview):
            describing.addWidget(part)
        how, act = QHBoxLayout(), QHBoxLayout()
        how.addWidget(self.polish, 0, Qt.AlignmentFlag.AlignBottom)
        how.addWidget(self.candidates)
        how.addStretch(1)
        act.addStretch(1)
        act.addWidget(self.example, 0, Qt.AlignmentFlag.AlignBottom)
        act.addWidget(self.design, 0, Qt.AlignmentFlag.AlignBottom)
        self._ordering = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for row in (how, act, self._ordering):
            row.setSpacing(Space.S12)
        self._ordering.addLayout(how)
        self._ordering.addLayout(act, 1)
        describing.addLayout(self._ordering)
        describing.addStretch(1)
        hearing.addWidget(self._captions[2])
        hearing.addWidget(EmptyStateContainer(self.takes, self._empty))
        hearing.addWidget(self.player)
        keeping = QHBoxLayout()
        keeping.setSpacing(Space.S8)
        keeping.addWidget(self.name, 1)
        keeping.addWidget(self.keep)
        hearing.addLayout(keeping)
        hearing.addStretch(1)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(Space.S24)
        self._pair.addLayout(describing, 1)
        self._pair.addLayout(hearing, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S16, Space.S24, Space.S16)
        column.setSpacing(Space.S12)
        column.addWidget(self.notice)
        column.addLayout(self._pair)
        column.addStretch(1)
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._narrow = narrow
        self._pair.setDirection(down if narrow else across)
        self._ordering.setDirection(down if narrow and theme().px(100) >= LARGE else across)

    def _fit(self) -> None:
        self.set_narrow(self._narrow)
        self.takes.setFixedHeight(3 * theme().px(ROW_TALL) + Space.S4)

    def _add(self, words: str) -> None:
        text = self.description.toPlainText().rstrip()
        joint = "，" if text and ord(text[-1]) > 0x2E80 else ", "
        self.description.setPlainText(f"{text}{joint}{words.lower()}" if text else words)

    def allow_keeping(self, on: bool) -> None:
        """A candidate with a sound is selected."""
        self._keeps = on
        why = "" if on else QCoreApplication.translate("Voices", "Select a finished candidate first.")
        self.keep.setEnabled(on)
        self.keep.setToolTip(why)
        self.keep.setAccessibleDescription(why)

    def show_running(self, running: bool) -> None:
        """The button's name says what pressing it does."""
        self._running = running
        words = (
            QCoreApplication.translate("Voices", "Stop")
            if running
            else QCoreApplication.translate("Voices", "Design voice")
        )
        self.design.setText(words)
        self.design.setAccessibleName(words)

    def retranslate(self) -> None:
        # Said in the former language; whoever needs it still is told again when he tries again.
        self.notice.clear()
        for caption, field, words in (
            (self._captions[0], self.description, QCoreApplication.translate("Voices", "Voice description")),
            (self._captions[1], self.preview, QCoreApplication.translate("Voices", "Preview text")),
            (self._captions[2], self.takes, QCoreApplication.translate("Voices", "Candidate takes")),
        ):
            caption.setText(words)
            field.setAccessibleName(words)
        self.description.setPlaceholderText(
            QCoreApplication.translate("Voices", "Who speaks and how: gender and age, texture, mood, pace.")
        )
        dimensions = (
            QCoreApplication.translate("Voices", "Woman in her twenties"),
            QCoreApplication.translate("Voices", "Man in his fifties"),
            QCoreApplication.translate("Voices", "Elderly man"),
            QCoreApplication.translate("Voices", "Child"),
            QCoreApplication.translate("Voices", "Silky and warm"),
            QCoreApplication.translate("Voices", "Hoarse"),
            QCoreApplication.translate("Voices", "Clear and bright"),
            QCoreApplication.translate("Voices", "Deep and magnetic"),
            QCoreApplication.translate("Voices", "Calm"),
            QCoreApplication.translate("Voices", "Cheerful"),
            QCoreApplication.translate("Voices", "Slow and deliberate"),
            QCoreApplication.translate("Voices", "Very fast"),
        )
        for chip, words in zip(self._dimensions, dimensions, strict=True):
            chip.setText(words)
        self._empty.set_words(
            QCoreApplication.translate(
                "Voices", "Candidates appear here, each with another voice. Keep the one that fits."
            )
        )
        self.polish.setText(QCoreApplication.translate("Voices", "Polish the text"))
        self.candidates.set_name(QCoreApplication.translate("Voices", "Candidates"))
        self.example.setText(QCoreApplication.translate("Voices", "Try an example"))
        self.keep.setText(QCoreApplication.translate("Voices", "Keep voice"))
        self.allow_keeping(self._keeps)
        self.name.setAccessibleName(QCoreApplication.translate("Voices", "Voice name"))
        self.name.setPlaceholderText(QCoreApplication.translate("Voices", "Voice name"))
        self.show_running(self._running)
