"""One column: its settings, its answer, its figures and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.messages import Message
from app.ui.bench.beside.column_answer import ColumnAnswer
from app.ui.bench.beside.column_settings import ColumnSettings
from app.ui.bench.beside.figures import Figures
from app.ui.chat.markdown.view import MarkdownView
from app.ui.chat.model_choice import ModelChoice
from app.ui.chat.transcript.accessible_group import AccessibleGroup
from app.ui.chat.usage_summary import written_from_text
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space
from app.ui.widgets.buttons import IconButton, PrimaryButton, ordinary_look
from app.ui.widgets.chips import Badge
from app.ui.widgets.labels import ElidedLabel
from app.ui.widgets.painted_button import Look
from app.ui.widgets.panel import Divider
from app.ui.widgets.scroll_ahead import ScrollAhead
from app.ui.widgets.scroll_area import ScrollArea
from app.ui.widgets.themed import paint_box

MIN_WIDTH = 312
"""Logical pixels, before text scaling."""
_END = 12
"""Pixels from the end within which a reader is at the end."""


class _KeepButton(PrimaryButton):
    """The main action of the column in use; in the others it looks like any button."""

    def __init__(self) -> None:
        self._is_main = False
        super().__init__()

    def set_main(self, is_main: bool) -> None:
        self._is_main = is_main
        self.update()

    def look(self) -> Look:
        if not self.isEnabled():
            return Look(theme().colour("sunken"), theme().colour("line"), "text3")
        return super().look() if self._is_main else ordinary_look(self)


class ColumnView(AccessibleGroup):
    """A column, named by its number from 1.

    Signals:
        step: another of its answers is wanted: -1 or 1.
        scrolled: how far its answer was scrolled by hand, as a share of what can be scrolled.
    """

    step = Signal(int)
    scrolled = Signal(float)

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._is_current = self._is_scrolling = self._has_words = False
        self._follows_end = True
        self._ahead = ScrollAhead()
        self.answer: ColumnAnswer | None = None
        self.badge = Badge(str(number))
        self.model = ModelChoice()
        self.state = Badge("")
        self.remove = IconButton(Icon.CLOSE, "")
        self.settings = ColumnSettings()
        self.blank = MarkdownView(ground="surface", colour="text2")
        self.place = ElidedLabel(ink="text2")
        self.previous, self.next = IconButton(Icon.CHEVRON_LEFT, ""), IconButton(Icon.CHEVRON_RIGHT, "")
        self.figures = Figures()
        self.keep = _KeepButton()
        self.copy, self.again = IconButton(Icon.COPY, ""), IconButton(Icon.REDO, "")
        self.stop = IconButton(Icon.STOP, "")
        self._content = QWidget()
        self._answers = QVBoxLayout(self._content)
        self._answers.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S12)
        self._answers.addWidget(self.blank)
        self._answers.addStretch(1)
        self.area = ScrollArea(self._content)
        self.area.setMinimumHeight(theme().px(96))
        self._lay_out()
        self.previous.clicked.connect(lambda: self.step.emit(-1))
        self.next.clicked.connect(lambda: self.step.emit(1))
        self.area.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme().changed.connect(self._fit)
        self._fit()
        self.set_answers(0, 0)
        self.state.hide()
        self.stop.hide()
        for button in (self.keep, self.copy, self.again):
            button.setEnabled(False)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.S16, Space.S12, Space.S8, Space.S6)
        head.setSpacing(Space.S8)
        head.addWidget(self.badge)
        head.addWidget(self.model)
        head.addStretch(1)
        head.addWidget(self.state)
        head.addWidget(self.remove)
        self._steps = QWidget()
        steps = QHBoxLayout(self._steps)
        steps.setContentsMargins(Space.S16, 0, Space.S12, 0)
        steps.setSpacing(Space.S4)
        for widget in (self.previous, self.place, self.next):
            steps.addWidget(widget)
        steps.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S16, Space.S8, Space.S12, Space.S12)
        foot.setSpacing(Space.S4)
        foot.addWidget(self.keep)
        foot.addStretch(1)
        for button in (self.copy, self.again, self.stop):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.settings)
        column.addWidget(Divider())
        column.addWidget(self._steps)
        column.addWidget(self.area, 1)
        column.addWidget(Divider())
        column.addWidget(self.figures)
        column.addWidget(Divider())
        column.addLayout(foot)

    @property
    def number(self) -> int:
        return self._number

    def set_current(self, is_current: bool) -> None:
        """Frame the column in use, whose answer is the one to keep with the main button."""
        self._is_current = is_current
        self.badge.set_kind("accent" if is_current else "neutral")
        self.keep.set_main(is_current)
        self.update()

    @property
    def is_current(self) -> bool:
        return self._is_current

    def begin_answer(self, message: Message, number: int) -> ColumnAnswer:
        """Show another answer in place of the one before."""
        self.clear_answer()
        answer = self.answer = ColumnAnswer(message, number)
        self._answers.insertWidget(0, answer)
        answer.show()
        self.blank.hide()
        self._follows_end = True
        self._ahead.forget()
        self._content.setMinimumHeight(0)
        return answer

    def clear_answer(self) -> None:
        """Show that there is no answer yet."""
        if self.answer is not None:
            self._answers.removeWidget(self.answer)
            self.answer.hide()
            self.answer.setParent(None)
            self.answer.deleteLater()
            self.answer = None
        self._has_words = False
        self._name_blank()
        self.blank.show()

    def note_words(self) -> None:
        """The answer has words now, so that nothing else stands for it."""
        if not self._has_words and self.answer is not None and self.answer.answer_view is not None:
            self._has_words = True
            self._name_blank()

    def follow_end(self) -> None:
        """Keep the end of what streams in view, as long as the reader is there."""
        if self._follows_end and self.answer is not None:
            self._scroll_to_end()
            # Its height follows with the next layout.
            QTimer.singleShot(0, self, self._scroll_to_end)

    def _scroll_to_end(self) -> None:
        if self.answer is None or not self._follows_end:
            return
        bar, page = self.area.verticalScrollBar(), self.area.viewport().height()
        end = max(0, self.answer.y() + self.answer.end_height() + Space.S16 - page)
        value = self._ahead.of(end, page, grows=True)
        self._is_scrolling = True
        self._content.setMinimumHeight(value + page if value > end else 0)
        bar.setValue(value)
        self._is_scrolling = False

    def scroll_to_share(self, share: float) -> None:
        """Scroll as far as another column."""
        bar = self.area.verticalScrollBar()
        self._is_scrolling = True
        bar.setValue(round(share * bar.maximum()))
        self._is_scrolling = False

    def _on_scrolled(self, value: int) -> None:
        if self._is_scrolling:
            return
        bar = self.area.verticalScrollBar()
        end = bar.maximum()
        if self.answer is not None:
            end = self.answer.y() + self.answer.end_height() + Space.S16 - self.area.viewport().height()
        self._follows_end = value >= end - _END
        self._ahead.forget()
        self._content.setMinimumHeight(0)
        self.scrolled.emit(value / bar.maximum() if bar.maximum() else 0.0)

    def set_answers(self, number: int, count: int, written_from: int = 0) -> None:
        """Say which of its answers is shown, from 1, where there are several, and whether it was written from others.

        `written_from` is the number of those; 0 for an answer of the column.
        """
        self._steps.setVisible(count > 1 or written_from > 0)
        text = QCoreApplication.translate("Beside", "Answer {n} of {all}").format(n=number, all=count)
        self.place.setText(f"{text} · {written_from_text(written_from)}" if written_from else text)
        self.previous.setEnabled(number > 1)
        self.next.setEnabled(number < count)

    def _fit(self) -> None:
        self.setMinimumWidth(theme().px(MIN_WIDTH))
        self.update()

    def _name_blank(self) -> None:
        self.blank.setAccessibleName("" if self._has_words else QCoreApplication.translate("Transcript", "Answer"))

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        self.setAccessibleName(translate("Beside", "Column {n}").format(n=self._number))
        self.model.set_name(translate("Beside", "Model"))
        self.remove.set_name(translate("Beside", "Remove column"))
        self.previous.set_name(translate("Beside", "Previous answer"))
        self.next.set_name(translate("Beside", "Next answer"))
        self.keep.setText(translate("Beside", "Keep this answer"))
        self.copy.set_name(translate("Beside", "Copy answer"))
        self.again.set_name(translate("Beside", "Ask this column again"))
        self.stop.set_name(translate("Beside", "Stop column"))
        self._name_blank()
        self.blank.finish_with(translate("Beside", "The answer appears here."))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        paint_box(painter, area, Radius.PANEL, theme().colour("surface"), theme().colour("line"))
        if self._is_current:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().colour("accent"), 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), Radius.PANEL, Radius.PANEL)
