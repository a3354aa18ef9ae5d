"""The panel beside the room: what differs, what is hidden while blind, or the blind tests of a line."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout

from app.core.comparison import Comparison
from app.core.takes import Take
from app.ui.retranslate import Retranslated
from app.ui.studio.compare.differs import DiffersPanel
from app.ui.texts.comparison import outcome_of_test, title_of_test
from app.ui.texts.numbers import day, short_time
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.labels import ElidedLabel, Label
from app.ui.widgets.panel import Panel
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel


class CompareSide(Retranslated):
    """Shows what belongs to the page of the room.

    Attributes:
        tests: the blind tests of the line whose names were shown.
        delete: deletes the selected one.

    Signals:
        test_selected: id of the test that was selected.
    """

    test_selected = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._listed: Sequence[Comparison] = ()
        self._differs = DiffersPanel()
        self._hidden, self._hidden_text = Panel(), Label(ink="text2", wrap=True)
        self._tests_panel, self._tests_hint = Panel(), ElidedLabel(size=Type.SMALL, ink="text3")
        self.tests, self._model = RowList(""), RowModel()
        self.tests.setModel(self._model)
        self.tests.row_selected.connect(self.test_selected)
        self.delete = IconButton(Icon.TRASH, "")
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S16, 0, Space.S16, Space.S8)
        inside.addWidget(self._hidden_text, 0, Qt.AlignmentFlag.AlignTop)
        inside.addStretch(1)
        self._hidden.body.addLayout(inside)
        self._tests_panel.add_action(self._tests_hint)
        self._tests_panel.add_action(self.delete)
        self._tests_panel.body.addWidget(self.tests)
        self._pages = QStackedWidget()
        for page in (self._differs, self._hidden, self._tests_panel):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the column: what does not fit is elided, also on the pages that are not shown."""
        return QSize(0, super().minimumSizeHint().height())

    def show_differences(self, takes: Sequence[Take]) -> None:
        self._differs.show_takes(takes)
        self._pages.setCurrentWidget(self._differs)

    def show_hidden(self) -> None:
        """Show what is hidden, and nothing of it."""
        self._differs.show_takes(())
        self._model.set_rows(())
        self._listed = ()
        self._pages.setCurrentWidget(self._hidden)

    def show_tests(self, tests: Sequence[Comparison], chosen: str) -> None:
        """List the tests of the line, the last one first."""
        self._listed = tests
        self._model.set_rows([self._row(test) for test in tests])
        self.tests.select_key(chosen)
        self._pages.setCurrentWidget(self._tests_panel)

    @staticmethod
    def _row(test: Comparison) -> Row:
        now = time.time()
        moment = (
            QCoreApplication.translate("Compare", "just now")
            if now - test.updated < 60
            else short_time(test.updated)
            if now - test.updated < 86_400
            else day(test.updated, now)
        )
        return Row(test.id, title_of_test(test), moment, outcome_of_test(test))

    def retranslate(self) -> None:
        self._differs.retranslate()
        self._hidden.set_title(QCoreApplication.translate("Compare", "Hidden while blind"))
        self._hidden_text.setText(
            QCoreApplication.translate(
                "Compare",
                "Names, voices, waveforms, lengths and gains. Which take is A is drawn anew for every pair. "
                "The verdict comes after the last pair, with how often chance alone would give it.",
            )
        )
        title = QCoreApplication.translate("Compare", "Blind tests of this line")
        self._tests_panel.set_title(title)
        self.tests.setAccessibleName(QCoreApplication.translate("Compare", "Blind tests"))
        self._tests_hint.setText(QCoreApplication.translate("Compare", "all kept"))
        self.delete.set_name(QCoreApplication.translate("Compare", "Delete test"))
        self._model.set_rows([self._row(test) for test in self._listed])
