"""The page that reads takes back: which were checked, what was found, and the words with what differs marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.read_back import WordRun
from app.core.word_joining import needs_space
from app.ui.retranslate import Retranslated
from app.ui.studio.compare.buttons import RisingButton
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.differences_text import DifferencesText
from app.ui.widgets.labels import Label
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel


class WordsPage(Retranslated):
    """Lists takes with what was found in their words.

    Attributes:
        list: the takes; the words of the selected one are shown below.
        check: begins the check, and stops it while it runs.
        plan: what the check will take, or how far it is.
        notice: why takes could not be checked.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_running = False
        self.list, self._model = RowList(""), RowModel()
        self.list.setModel(self._model)
        self.words = DifferencesText()
        self.plan, self.notice = Label(size=Type.SMALL, ink="text2", wrap=True), InlineNotice(dismissable=True)
        self.check = RisingButton()
        self.check.set_primary(True)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S4)
        foot.setSpacing(Space.S12)
        foot.addWidget(self.plan, 1)
        foot.addWidget(self.check, 0, Qt.AlignmentFlag.AlignVCenter)
        text = QVBoxLayout()
        text.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S8)
        text.addWidget(self.notice)
        text.addWidget(self.words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 3)
        column.addWidget(Divider())
        column.addLayout(text, 2)
        column.addWidget(Divider())
        column.addLayout(foot)
        self.retranslate()

    def show_rows(self, rows: Sequence[Row]) -> None:
        self._model.set_rows(rows)
        if self.list.selected_key() is None and rows:
            self.list.select_key(rows[0].key)

    def show_words(self, runs: Sequence[WordRun], note: str = "") -> None:
        """Show a text with what was not heard struck out and what was added marked; `note` stands above it."""
        parts: list[tuple[str, str]] = [("note", note + "\n")] if note else []
        before = ""
        for run in runs:
            if needs_space(before, run.text):
                parts.append(("same", " "))
            parts.append((run.change, run.text))
            before = run.text[-1:]
        self.words.show_parts(parts)

    def show_running(self, is_running: bool) -> None:
        """Turn the button into one that stops, or back."""
        self._is_running = is_running
        self.check.set_primary(not is_running)
        self.retranslate()

    def retranslate(self) -> None:
        self.list.setAccessibleName(QCoreApplication.translate("Health", "Checked takes"))
        self.words.setAccessibleName(QCoreApplication.translate("Health", "Words heard"))
        if self._is_running:
            self.check.setText(QCoreApplication.translate("Health", "Stop checking"))
        else:
            self.check.setText(QCoreApplication.translate("Health", "Check words"))
