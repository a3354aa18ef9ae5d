"""The Beside page of the bench."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from app.core.side_by_side import MAX_COLUMNS
from app.ui.bench.beside.column import ColumnView
from app.ui.bench.beside.foot import BesideFoot
from app.ui.bench.beside.shared_turns import SharedTurns
from app.ui.retranslate import Retranslated
from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import Button, IconButton
from app.ui.widgets.chips import Chip
from app.ui.widgets.choice import Choice
from app.ui.widgets.differences_text import DifferencesText
from app.ui.widgets.labels import Hint, Label
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Panel
from app.ui.widgets.scroll_area import ScrollArea

COLUMNS_HEIGHT = 390
"""Least logical pixels of the columns, before text scaling; on less room the page scrolls."""
DIFFERENCES_HEIGHT = 124
"""Least logical pixels of what differs; it grows by dragging its upper edge."""
_ALL = 10_000
MAX_FOOT_SHARE = 0.45
"""Of the page; a higher foot scrolls with it."""


class BesidePage(Retranslated):
    """One conversation, answered in up to four columns.

    Attributes:
        head: what stands beside the tabs while the page is shown.
        columns: the columns that are shown.

    Signals:
        column_added: a new column view, which is to be connected.
        current_wanted: the conversation that is open in Chat is to be prepared here.
    """

    column_added = Signal(object)
    current_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head = QWidget()
        self.hint = Hint()
        self.difference = Chip("", Icon.COMPARE)
        self.base = Choice("", compact=True)
        self.together = Chip("", Icon.LINK)
        self.runs = Choice("", compact=True)
        self.new = IconButton(Icon.FILE, "")
        self.add = Button("", Icon.PLUS)
        self.notice = InlineNotice(dismissable=True)
        self.notice.hide()
        self.shared = SharedTurns()
        self.columns: list[ColumnView] = []
        self._row_widget = QWidget()
        self._row = QHBoxLayout(self._row_widget)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S12)
        self._columns_area = ScrollArea(self._row_widget, fill="bg")
        self._columns_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._columns_area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.differences_title = Label(weight=Type.MEDIUM)
        self.differences = DifferencesText()
        self._differences_panel = Panel()
        self.foot = BesideFoot()
        self._has_foot_inside = self._is_cramped = False
        # Where there is no room beside the tabs, what is chosen from words stands here.
        self._choices = QWidget()
        self._lay_out()
        self.head.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.head.installEventFilter(self)
        self.foot.installEventFilter(self)
        theme().changed.connect(self._fit)
        self._fit()
        self.show_columns(2)
        self.show_difference(False)
        self.runs.hide()
        self.retranslate()
        self.set_base(0)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S8)
        row.addStretch(1)
        row.addWidget(self.hint)
        for widget in (self.runs, self.together, self.difference, self.base, self.new, self.add):
            row.addWidget(widget)
        inner = QVBoxLayout()
        inner.setContentsMargins(Space.S16, Space.S12, Space.S12, Space.S4)
        inner.setSpacing(Space.S6)
        inner.addWidget(self.differences_title)
        inner.addWidget(self.differences, 1)
        self._differences_panel.body.addLayout(inner)
        self._body = QWidget()
        column = self._column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S12)
        choices = QHBoxLayout(self._choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(Space.S8)
        choices.addStretch(1)
        self._choices.hide()
        column.addWidget(self._choices)
        column.addWidget(self.notice)
        column.addWidget(self.shared)
        # A long difference, or long answers, need room that the other then gives.
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(Space.S12)
        self._split.addWidget(self._columns_area)
        self._split.addWidget(self._differences_panel)
        self._split.setStretchFactor(0, 1)
        self._split.setStretchFactor(1, 0)
        self._split.setSizes([_ALL, 0])  # What differs begins as low as it may be.
        column.addWidget(self._split, 1)
        self._scroll = ScrollArea(self._body, fill="bg")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        whole = self._whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.S12)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.foot)

    def show_columns(self, count: int) -> None:
        """Show this many columns; new ones are announced."""
        while len(self.columns) < min(count, MAX_COLUMNS):
            column = ColumnView(len(self.columns) + 1)
            self.columns.append(column)
            self._row.addWidget(column, 1)
            column.show()
            self.column_added.emit(column)
        while len(self.columns) > max(count, 1):
            column = self.columns.pop()
            self._row.removeWidget(column)
            column.hide()
            column.setParent(None)
            column.deleteLater()
        for column in self.columns:
            column.remove.setEnabled(len(self.columns) > 1)
        self._name_bases()
        self.add.setEnabled(len(self.columns) < MAX_COLUMNS)
        self.add.setToolTip(
            ""
            if self.add.isEnabled()
            else QCoreApplication.translate("Beside", "There can be at most {n} columns.").format(n=MAX_COLUMNS)
        )

    def show_difference(self, on: bool) -> None:
        """Show what differs, in the columns and below them."""
        blocked = self.difference.blockSignals(True)
        self.difference.setChecked(on)
        self.difference.blockSignals(blocked)
        self._differences_panel.setVisible(on)
        self._fit_head()

    def set_base(self, place: int) -> None:
        """Show which column the others are compared with, from 0."""
        self.base.set_key(str(place))
        self.hint.setText(
            QCoreApplication.translate("Beside", "underlined words are not in column {n}").format(n=place + 1)
        )

    def _name_bases(self) -> None:
        self.base.set_choices(
            [
                (str(at), QCoreApplication.translate("Beside", "from column {n}").format(n=at + 1))
                for at in range(len(self.columns))
            ]
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.head and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit_head()
        elif watched is self.foot and event.type() == QEvent.Type.LayoutRequest:
            self._place_foot()
        return super().eventFilter(watched, event)

    def _fit_head(self) -> None:
        """Leave out words where there is no room for them, the least needed first."""
        shown = (self.runs, self.together, self.difference, self.base, self.new, self.add)
        words = QCoreApplication.translate("Beside", "Add column")
        room = self.head.width() - Space.S8 * len(shown)
        needed = sum(widget.sizeHint().width() for widget in shown if not widget.isHidden())
        needed += self.together.saved_width + self.difference.saved_width
        needed += 0 if self.add.text() else self.add.fontMetrics().horizontalAdvance(words)
        has_hint = self.difference.isChecked() and needed + self.hint.sizeHint().width() <= room
        self.hint.setVisible(has_hint)
        for chip in (self.together, self.difference):
            is_short = needed > room
            needed -= chip.saving("") if is_short else 0
            chip.set_compact("" if is_short else None)
        is_short = needed > room
        needed -= self.add.fontMetrics().horizontalAdvance(words) if is_short else 0
        self._move_choices(is_cramped=needed > room)
        self.add.setText("" if is_short else words)
        self.add.setAccessibleName(words)

    def _move_choices(self, *, is_cramped: bool) -> None:
        """Put the run and the base column below the tabs, where only their arrows would be seen beside them."""
        self._choices.setVisible(is_cramped)
        if is_cramped == self._is_cramped:
            return
        self._is_cramped = is_cramped
        head, choices = self.head.layout(), self._choices.layout()
        assert isinstance(head, QHBoxLayout)
        assert isinstance(choices, QHBoxLayout)
        places = ((self.runs, 0, self.together), (self.base, 1, self.new))
        for choice, place, follower in places:
            was_hidden = choice.isHidden()
            (head if is_cramped else choices).removeWidget(choice)
            if is_cramped:
                choices.insertWidget(place, choice)
            else:
                head.insertWidget(head.indexOf(follower), choice)
            choice.setVisible(not was_hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_foot()

    def _place_foot(self) -> None:
        """Below what scrolls, or with it where it would take too much of the page."""
        is_large = self.foot.sizeHint().height() > MAX_FOOT_SHARE * self.height()
        if is_large == self._has_foot_inside:
            return
        self._has_foot_inside = is_large
        (self._column if is_large else self._whole).addWidget(self.foot)

    def _fit(self) -> None:
        self._columns_area.setMinimumHeight(theme().px(COLUMNS_HEIGHT))
        self._differences_panel.setMinimumHeight(theme().px(DIFFERENCES_HEIGHT))

    def retranslate(self) -> None:
        translate = QCoreApplication.translate
        self.difference.setText(translate("Beside", "Difference"))
        self.base.set_name(translate("Beside", "Base column"))
        self.together.setText(translate("Beside", "Scroll together"))
        self.runs.set_name(translate("Beside", "Runs"))
        self.new.set_name(translate("Beside", "Begin without a conversation"))
        self._fit_head()
        self.differences.setAccessibleName(translate("Beside", "Differences"))
        self._name_bases()
