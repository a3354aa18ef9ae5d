"""The page that asks a model which hears about a take."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.ui.retranslate import Retranslated
from app.ui.studio.compare.buttons import RisingButton
from app.ui.studio.health.answer_view import AnswerView
from app.ui.texts.health import default_question
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import GhostButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Caption, Hint, Label
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.wrapping_row import WrappingRow


class AskPage(Retranslated):
    """A question, the model it goes to, and the answer as it arrives.

    Attributes:
        ask: asks, and stops the answer while it runs.
        with_text: whether text and direction of the take go with the question.
        plan: the model and the expected cost; `outcome` is what the answer took.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_running = False
        self._default = ""
        self._question_caption, self._answer_caption = Caption(), Caption()
        self.question = TextArea("", min_lines=3, max_lines=6)
        self.answer = AnswerView()
        self.model, self.with_text = Choice("", compact=True), Chip("")
        self.with_text.setChecked(True)
        self.plan, self.outcome = Label(size=Type.SMALL, ink="text2", wrap=True), Hint(wrap=True)
        self.notice, self.ask = InlineNotice(), RisingButton()
        self.ask.set_primary(True)
        self.copy, self.open_chat = GhostButton("", Icon.COPY), GhostButton("", Icon.CHAT)
        begin = QHBoxLayout()
        begin.setSpacing(Space.S12)
        begin.addWidget(self.plan, 1)
        begin.addWidget(self.ask, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.S16, Space.S4, Space.S16, Space.S8)
        column.setSpacing(Space.S8)
        for part in (self._question_caption, self.question, WrappingRow(self.model, self.with_text)):
            column.addWidget(part)
        column.addLayout(begin)
        for other in (self.notice, self._answer_caption, self.answer, self.outcome):
            column.addWidget(other)
        column.addWidget(WrappingRow(self.copy, self.open_chat))
        column.addStretch(1)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._ask_by_key).setContext(
                Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
        self.retranslate()

    def offer_question(self) -> None:
        """Select the question that nobody has edited: what is typed takes its place."""
        if self.question.toPlainText() == self._default:
            self.question.selectAll()

    def _ask_by_key(self) -> None:
        if not self._is_running:
            self.ask.click()

    def show_running(self, is_running: bool) -> None:
        """Turn the button into one that stops, or back."""
        self._is_running = is_running
        self.ask.set_primary(not is_running)
        self.question.setEnabled(not is_running)
        self._name_ask()

    def _name_ask(self) -> None:
        if self._is_running:
            self.ask.setText(QCoreApplication.translate("Health", "Stop answer"))
        else:
            self.ask.setText(QCoreApplication.translate("Health", "Ask MiMo"))

    def retranslate(self) -> None:
        """Set the texts; the question changes its language as long as nobody has edited it."""
        before, self._default = self._default, default_question()
        if self.question.toPlainText() == before:
            self.question.setPlainText(self._default)
        question = QCoreApplication.translate("Health", "Question")
        answer = QCoreApplication.translate("Health", "Answer")
        self._question_caption.setText(question)
        self._answer_caption.setText(answer)
        self.question.setAccessibleName(question)
        self.answer.set_texts(answer, QCoreApplication.translate("Health", "The answer appears here."))
        self.model.set_name(QCoreApplication.translate("Health", "Model that hears"))
        self.with_text.setText(QCoreApplication.translate("Health", "Send text and direction too"))
        self.copy.setText(QCoreApplication.translate("Health", "Copy answer"))
        self.open_chat.setText(QCoreApplication.translate("Health", "Open in Chat"))
        self._name_ask()
