"""The tab that reads votes in: blind audition pages at the left, what was voted at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QVBoxLayout

from app.ui.retranslate import Retranslated
from app.ui.studio.export.columns import Columns
from app.ui.studio.export.form import CaptionedField
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.buttons import Button, IconButton, PrimaryButton
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.fields import TextArea
from app.ui.widgets.labels import Hint, Label
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel


class VotesTab(Retranslated):
    """The audition pages of this home, a field for codes, and the result of the selected page.

    Attributes:
        verdict: what the votes say, a line for each text.
        listeners: who voted.
    """

    def __init__(self) -> None:
        super().__init__()
        self.pages, self.pages_model = RowList(""), RowModel()
        self.pages.setModel(self.pages_model)
        self.codes, self.read = TextArea("", min_lines=3, max_lines=6, mono=True), PrimaryButton()
        self.notice = InlineNotice(dismissable=True)
        self.result, self.result_model = RowList(""), RowModel()
        self.result.setModel(self.result_model)
        self.verdict, self.listeners = Label(wrap=True), Hint(wrap=True)
        self.reveal, self.delete = Button("", Icon.EYE), IconButton(Icon.TRASH, "")
        self._left, self._right = Panel(), Panel()
        self._empty, self._no_result = EmptyState(Icon.GLOBE, ""), EmptyState(Icon.LIST, "")
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        self._left.add_action(self.delete)
        self._left.body.addWidget(EmptyStateContainer(self.pages, self._empty), 1)
        self._left.body.addWidget(Divider())
        self._codes_field = CaptionedField(self.codes, self.notice)
        entry = QVBoxLayout()
        entry.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S4)
        entry.setSpacing(Space.S8)
        entry.addWidget(self._codes_field)
        entry.addWidget(self.read, 0, Qt.AlignmentFlag.AlignRight)
        self._left.body.addLayout(entry)
        self._right.add_action(self.reveal)
        self._right.body.addWidget(EmptyStateContainer(self.result, self._no_result), 1)
        self._right.body.addWidget(Divider())
        told = QVBoxLayout()
        told.setContentsMargins(Space.S16, Space.S12, Space.S16, Space.S8)
        told.setSpacing(Space.S4)
        told.addWidget(self.verdict)
        told.addWidget(self.listeners)
        self._right.body.addLayout(told)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Columns(self._left, self._right))

    def show_pages(self, rows: Sequence[Row], chosen: str) -> None:
        self.pages_model.set_rows(rows)
        self.pages.select_key(chosen or None)
        self.delete.setEnabled(bool(chosen))

    def show_result(self, rows: Sequence[Row], verdict: str, listeners: str, *, can_reveal: bool) -> None:
        self.result_model.set_rows(rows)
        self.verdict.setText(verdict)
        self.verdict.setVisible(bool(verdict))
        self.listeners.setText(listeners)
        self.listeners.setVisible(bool(listeners))
        self.reveal.setEnabled(can_reveal)

    def retranslate(self) -> None:
        self._left.set_title(QCoreApplication.translate("Export", "Blind pages"))
        self.pages.setAccessibleName(QCoreApplication.translate("Export", "Audition pages"))
        self.delete.set_name(QCoreApplication.translate("Export", "Delete audition page"))
        self._empty.set_words(
            QCoreApplication.translate("Export", "Blind pages you save are listed here, with their votes.")
        )
        self._codes_field.set_caption(QCoreApplication.translate("Export", "Codes from listeners"))
        self.codes.setAccessibleName(QCoreApplication.translate("Export", "Vote codes"))
        self.codes.setPlaceholderText(
            QCoreApplication.translate("Export", "Paste one or more codes, or the whole message")
        )
        self.read.setText(QCoreApplication.translate("Export", "Read votes in"))
        self._right.set_title(QCoreApplication.translate("Export", "Result"))
        self.result.setAccessibleName(QCoreApplication.translate("Export", "Audition result"))
        self._no_result.set_words(QCoreApplication.translate("Export", "The votes for the selected page stand here."))
        self.reveal.setText(QCoreApplication.translate("Export", "Reveal names"))
