"""The side panel for one cell: values, the whole answer, the difference, the checks and the grade."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.cases import Grade
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton
from app.ui.widgets.chips import Badge, Chip, Kind
from app.ui.widgets.choice import Choice
from app.ui.widgets.differences_text import DifferencesText
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Caption, Hint, Label, PanelTitle
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.themed import Themed

_MAX_DIFFERENCE = 180
"""Logical pixels; longer differences scroll inside."""
_INKS = {"pass": "good", "fail": "bad", "none": "text3"}


class _Differences(DifferencesText):
    """As high as its text, up to a limit; longer ones scroll inside."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # Later, because the text is laid out again while it is being resized.
        self.document().documentLayout().documentSizeChanged.connect(
            lambda _size: QTimer.singleShot(0, self, self._fit)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        # A plain text document measures its height in lines.
        document, line = self.document(), self.fontMetrics().lineSpacing()
        high = round(document.size().height()) * line + round(2 * document.documentMargin()) + 2
        self.setFixedHeight(min(theme().px(_MAX_DIFFERENCE), max(theme().px(24), high)))


class CheckLine(QWidget):
    """One check with its reason."""

    def __init__(self, mark: str, state: str, name: str, reason: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.S4, 0, Space.S4)
        row.setSpacing(Space.S8)
        row.addWidget(Label(mark, size=Type.SMALL, weight=Type.SEMIBOLD, ink=_INKS[state]))
        row.addWidget(Label(name, size=Type.SMALL, weight=Type.MEDIUM))
        row.addWidget(Hint(reason, wrap=True), 1)


class CellPanel(Themed, Retranslated):
    """What is known of one cell.

    Signals:
        graded: a grade by hand; empty takes it back.
    """

    graded = Signal(str)
    ring_radius = None

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[QWidget] = []
        self._answer = ""
        self.title = PanelTitle()
        self.badge = Badge("")
        self.up, self.down = IconButton(Icon.CHEVRON_UP, ""), IconButton(Icon.CHEVRON_DOWN, "")
        self.close_button = IconButton(Icon.CLOSE, "")
        self.values = QVBoxLayout()
        self._values: list[QWidget] = []
        self.answer_caption, self.copy = Caption(""), IconButton(Icon.COPY, "")
        self.inspect = IconButton(Icon.CODE, "")
        self.answer = TextArea("", min_lines=2, max_lines=14, mono=True, size=Type.SMALL)
        self.answer.setReadOnly(True)
        self.earlier = Choice("")
        self.earlier.hide()
        self.notice = InlineNotice()
        self.against, self.differences = Caption(""), _Differences()
        self.checks_caption = Caption("")
        self._checks = QVBoxLayout()
        self.judge_again = Button("", Icon.REDO)
        self.figures, self.comparison = Hint(wrap=True), Hint(wrap=True)
        self.grade_caption = Hint()
        self.passes, self.fails = Chip("", Icon.CHECK), Chip("", Icon.CLOSE)
        self.retry, self.edit = IconButton(Icon.REDO, ""), PrimaryButton("")
        self.passes.clicked.connect(lambda: self.graded.emit("pass" if self.passes.isChecked() else ""))
        self.fails.clicked.connect(lambda: self.graded.emit("fail" if self.fails.isChecked() else ""))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S8)
        head.setSpacing(Space.S8)
        head.addWidget(self.title)
        head.addWidget(self.badge)
        head.addStretch(1)
        for step in (self.up, self.down, self.close_button):
            head.addWidget(step)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(Space.S16, 0, Space.S16, Space.S12)
        inner.setSpacing(Space.S8)
        inner.addWidget(self.notice)
        inner.addLayout(self.values)
        row = QHBoxLayout()
        row.addWidget(self.answer_caption, 1)
        for act in (self.retry, self.copy, self.inspect):
            row.addWidget(act)
        inner.addLayout(row)
        for part in (self.earlier, self.answer, self.against, self.differences, self.checks_caption):
            inner.addWidget(part)
        self._checks.setSpacing(0)
        inner.addLayout(self._checks)
        judged = QHBoxLayout()
        judged.addWidget(self.judge_again)
        judged.addStretch(1)
        inner.addLayout(judged)
        inner.addWidget(self.figures)
        inner.addWidget(self.comparison)
        inner.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S16, Space.S8, Space.S12, Space.S8)
        foot.setSpacing(Space.S8)
        for button in (self.grade_caption, self.passes, self.fails):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(ScrollArea(content, fill="surface"), 1)
        column.addWidget(Divider())
        column.addLayout(foot)

    def show_title(self, title: str, badge: str, kind: Kind) -> None:
        self.title.setText(title)
        self.badge.set_kind(kind, badge)
        self.badge.setVisible(bool(badge))

    def show_values(self, values: list[tuple[str, str]]) -> None:
        """Show the values of the case, name and value of each."""
        for widget in self._values:
            self.values.removeWidget(widget)
            widget.deleteLater()
        self._values = []
        for name, value in values:
            for widget in (Caption(name), Label(value, size=Type.CONTROL, wrap=True)):
                self.values.addWidget(widget)
                self._values.append(widget)

    def show_answer(self, answer: str) -> None:
        """Show the whole answer, as far as it has arrived."""
        if answer != self._answer:
            self._answer = answer
            self.answer.setPlainText(answer)

    def show_answers(self, answers: Sequence[tuple[str, str]], shown: str) -> None:
        """Offer the answers there are, the newest first, as id and words; nothing where there is only one."""
        self.earlier.setVisible(len(answers) > 1)
        self.earlier.set_choices(answers)
        self.earlier.set_key(shown)

    def show_retry(self, *, is_first: bool) -> None:
        """Name what asks for the answer: for the first time, or once more."""
        first = QCoreApplication.translate("Cases", "Run this case")
        self.retry.set_name(first if is_first else QCoreApplication.translate("Cases", "Retry"))

    def show_checks(self, lines: Sequence[tuple[str, str, str, str]], *, can_judge: bool) -> None:
        """Show the checks: sign, state, name and reason of each."""
        for widget in self._lines:
            self._checks.removeWidget(widget)
            widget.deleteLater()
        self._lines = [CheckLine(*line) for line in lines]
        for widget in self._lines:
            self._checks.addWidget(widget)
        self.checks_caption.setVisible(bool(lines))
        self.judge_again.setVisible(can_judge)

    def show_difference(self, against: str, parts: list[tuple[str, str]]) -> None:
        """Show how the answer differs from that of another version; nothing without one."""
        self.against.setText(against)
        for widget in (self.against, self.differences):
            widget.setVisible(bool(parts))
        self.differences.show_parts(parts)

    def show_grade(self, grade: Grade, *, can_grade: bool) -> None:
        self.passes.setChecked(grade == "pass")
        self.fails.setChecked(grade == "fail")
        for widget in (self.passes, self.fails):
            widget.setEnabled(can_grade)

    def show_edit(self, number: int) -> None:
        """Offer to edit the prompt as a version with this number; 0 for a prompt that is gone."""
        text = QCoreApplication.translate("Cases", "Edit as v{n}").format(n=number)
        self.edit.setText(text if number else QCoreApplication.translate("Cases", "Edit as new version"))
        self.edit.setEnabled(bool(number))
        self.edit.setToolTip(
            "" if number else QCoreApplication.translate("Cases", "The prompt is not in the library any more.")
        )
        self.edit.setAccessibleName(QCoreApplication.translate("Cases", "Edit as new version"))

    def retranslate(self) -> None:
        self.up.set_name(QCoreApplication.translate("Cases", "Case above"))
        self.down.set_name(QCoreApplication.translate("Cases", "Case below"))
        self.close_button.set_name(QCoreApplication.translate("Cases", "Close panel"))
        self.answer_caption.setText(QCoreApplication.translate("Cases", "Answer"))
        self.answer.setAccessibleName(QCoreApplication.translate("Cases", "Case answer"))
        self.differences.setAccessibleName(QCoreApplication.translate("Cases", "Case difference"))
        self.earlier.set_name(QCoreApplication.translate("Cases", "Earlier answers"))
        self.copy.set_name(QCoreApplication.translate("Cases", "Copy answer"))
        self.inspect.set_name(QCoreApplication.translate("Cases", "Inspect call"))
        self.checks_caption.setText(QCoreApplication.translate("Cases", "Checks"))
        self.judge_again.setText(QCoreApplication.translate("Cases", "Ask the judge again"))
        self.grade_caption.setText(QCoreApplication.translate("Cases", "Your grade"))
        self.passes.setText(QCoreApplication.translate("Cases", "Pass"))
        self.fails.setText(QCoreApplication.translate("Cases", "Fail"))
        self.show_retry(is_first=False)
