"""The Design tab: generate up to three candidates a round from a description and save any as a voice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.description_linter import lint_description
from app.ui.retranslate import Retranslated
from app.ui.studio.player_bar import PlayerBar
from app.ui.studio.take_delegate import COMPACT_ROW_HEIGHT
from app.ui.studio.take_list import TakeList
from app.ui.studio.take_model import TakeModel
from app.ui.texts.voices import description_issue
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import LARGE, Space
from app.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import Caption, Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.overlaid_notices import OverlaidNotices
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.spin_field import SpinField
from app.ui.widgets.switch import CheckBox

MAX_CANDIDATES = 3
_HINT_HEIGHT = 34
"""Two lines."""


class DesignTab(Retranslated):
    """Lays out the controls of the Design tab."""

    def __init__(self) -> None:
        super().__init__()
        self.notice = InlineNotice(dismissable=True)
        self.description = TextArea("", min_lines=4, max_lines=6)
        self.hint = Hint("", wrap=True)
        self.description.textChanged.connect(self._lint)
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
        self.candidates = SpinField("", 1, MAX_CANDIDATES, 1, slider=False)
        self.candidates.set_value(MAX_CANDIDATES)
        self.example = Button()
        self.design = PrimaryButton()
        self.takes = TakeList("", compact=True)
        self.take_model = TakeModel(by_description=True)
        self.takes.setModel(self.take_model)
        self._empty = EmptyState(Icon.VOICES, "")
        self.polished = InlineNotice()
        self.player = PlayerBar()
        self.name = LineField("")
        self.keep = Button()
        self.delete = GhostButton("", Icon.TRASH)
        self.delete.setEnabled(False)
        self._can_save = self._is_running = self._is_narrow = False
        self._captions = [Caption() for _ in range(3)]
        self.notices = OverlaidNotices(self.description, self.description.reserve, self.notice, inset=Space.S2)
        self._take_notices = OverlaidNotices(
            self.takes, lambda height: self.takes.setViewportMargins(0, 0, 0, height), self.polished
        )
        self.hint.setMinimumHeight(theme().px(_HINT_HEIGHT))
        left, right = QVBoxLayout(), QVBoxLayout()
        for side in (left, right):
            side.setSpacing(Space.S8)
        for part in (self._captions[0], self.description, self.hint, self._chips, self._captions[1], self.preview):
            left.addWidget(part)
        options, actions = QHBoxLayout(), QHBoxLayout()
        options.addWidget(self.polish, 0, Qt.AlignmentFlag.AlignBottom)
        options.addWidget(self.candidates)
        options.addStretch(1)
        actions.addStretch(1)
        actions.addWidget(self.example, 0, Qt.AlignmentFlag.AlignBottom)
        actions.addWidget(self.design, 0, Qt.AlignmentFlag.AlignBottom)
        self._options_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for row in (options, actions, self._options_row):
            row.setSpacing(Space.S12)
        self._options_row.addLayout(options)
        self._options_row.addLayout(actions, 1)
        left.addLayout(self._options_row)
        left.addStretch(1)
        right.addWidget(self._captions[2])
        right.addWidget(EmptyStateContainer(self.takes, self._empty), 1)
        right.addWidget(self.player)
        saving = QHBoxLayout()
        saving.setSpacing(Space.S8)
        saving.addWidget(self.name, 1)
        saving.addWidget(self.keep)
        saving.addWidget(self.delete)
        right.addLayout(saving)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(Space.S24)
        self._pair.addLayout(left, 1)
        self._pair.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S24, Space.S16, Space.S24, Space.S16)
        column.setSpacing(Space.S12)
        column.addLayout(self._pair, 1)
        theme().changed.connect(self._fit)
        self._fit()
        self.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._is_narrow = narrow
        self._pair.setDirection(down if narrow else across)
        self._options_row.setDirection(down if narrow and theme().px(100) >= LARGE else across)

    def _fit(self) -> None:
        self.set_narrow(self._is_narrow)
        self.takes.setMinimumHeight(3 * theme().px(COMPACT_ROW_HEIGHT) + Space.S4)

    def _lint(self) -> None:
        """Show the most important hint about the description. Its line is always there, so that nothing moves."""
        issues = lint_description(self.description.toPlainText())
        text = description_issue(issues[0]) if issues else ""
        self.hint.setText(text)
        self.description.setAccessibleDescription(text)

    def _add(self, trait: str) -> None:
        description = self.description.toPlainText().rstrip()
        separator = "，" if description and ord(description[-1]) > 0x2E80 else ", "
        self.description.setPlainText(f"{description}{separator}{trait.lower()}" if description else trait)

    def set_can_save(self, on: bool) -> None:
        """Enable saving if a candidate with audio is selected."""
        self._can_save = on
        reason = "" if on else QCoreApplication.translate("Voices", "Select a finished candidate first.")
        self.keep.setEnabled(on)
        self.keep.setToolTip(reason)
        self.keep.setAccessibleDescription(reason)

    def show_polished(self, text: str) -> None:
        """Show the polished text of the selected candidate and offer it as preview text; empty to hide it."""
        if not text:
            self.polished.clear()
            return
        sentence = QCoreApplication.translate("Voices", "Polished text: {text}")
        action = QCoreApplication.translate("Voices", "Use this text")
        self.polished.say("neutral", presentation_cover().mask(sentence.format(text=text)), action)

    def show_running(self, running: bool) -> None:
        """Name the button for what pressing it does."""
        self._is_running = running
        text = (
            QCoreApplication.translate("Voices", "Stop")
            if running
            else QCoreApplication.translate("Voices", "Design voice")
        )
        self.design.setText(text)
        self.design.setAccessibleName(text)

    def retranslate(self) -> None:
        # The notice is in the old language: clear it. It comes back if it still applies.
        self.notice.clear()
        for caption, field, text in (
            (self._captions[0], self.description, QCoreApplication.translate("Voices", "Voice description")),
            (self._captions[1], self.preview, QCoreApplication.translate("Voices", "Preview text")),
            (self._captions[2], self.takes, QCoreApplication.translate("Voices", "Candidate takes")),
        ):
            caption.setText(text)
            field.setAccessibleName(text)
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
        for chip, text in zip(self._dimensions, dimensions, strict=True):
            chip.setText(text)
        self._empty.set_words(
            QCoreApplication.translate(
                "Voices", "Candidates appear here, each with a different voice. Keep the one you like."
            )
        )
        self.polish.setText(QCoreApplication.translate("Voices", "Polish the text"))
        self.candidates.set_name(QCoreApplication.translate("Voices", "Candidates"))
        self.example.setText(QCoreApplication.translate("Voices", "Try an example"))
        self.keep.setText(QCoreApplication.translate("Voices", "Keep voice"))
        self.delete.setText(QCoreApplication.translate("Voices", "Delete candidate"))
        self.set_can_save(self._can_save)
        self.name.setAccessibleName(QCoreApplication.translate("Voices", "Voice name"))
        self.name.setPlaceholderText(QCoreApplication.translate("Voices", "Voice name"))
        self.show_running(self._is_running)
        self._lint()
