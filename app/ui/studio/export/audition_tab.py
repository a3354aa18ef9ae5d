"""The tab that makes an audition page: what is on it at the left, its samples at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.languages import LANGUAGES
from app.core.settings import AUDITION_BLIND, Settings
from app.ui.retranslate import Retranslated
from app.ui.studio.export.columns import Columns
from app.ui.studio.export.form import CaptionedField, RunButton
from app.ui.theme.icons import Icon
from app.ui.theme.tokens import Space
from app.ui.widgets.choice import Choice
from app.ui.widgets.empty_state import EmptyState, EmptyStateContainer
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.labels import Hint
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.panel import Divider, Panel
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel
from app.ui.widgets.switch import CheckBox
from app.ui.widgets.thin_bar import ThinBar

MAX_TITLE_LENGTH = 200


class AuditionTab(Retranslated):
    """Title, note, blind vote and language of the page, and the samples on it."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._runs = False
        self.title, self.note = LineField(""), TextArea("", min_lines=3, max_lines=8)
        self.title.setMaxLength(MAX_TITLE_LENGTH)
        self.blind = CheckBox()
        self.blind.setChecked(settings.get(AUDITION_BLIND))
        self.language = Choice("")
        self.language.set_choices(LANGUAGES.items())
        self.samples, self.model = RowList(""), RowModel()
        self.samples.setModel(self.model)
        self._options, self._panel = Panel(), Panel()
        self._blind_hint, self._page_hint = Hint(wrap=True), Hint(wrap=True)
        self._empty = EmptyState(Icon.GLOBE, "")
        self.warning, self.notice = InlineNotice(), InlineNotice(dismissable=True)
        self.bar = ThinBar()
        self.bar.hide()
        self.save = RunButton()
        self._lay_out()
        self.blind.toggled.connect(self._show_hint)
        self.retranslate()

    def _lay_out(self) -> None:
        self._title_field, self._note_field = CaptionedField(self.title), CaptionedField(self.note)
        self._language_field = CaptionedField(self.language)
        inside = QVBoxLayout()
        inside.setContentsMargins(Space.S16, Space.S4, Space.S16, Space.S8)
        inside.setSpacing(Space.S16)
        for part in (self._title_field, self._note_field):
            inside.addWidget(part)
        blind = QVBoxLayout()
        blind.setSpacing(Space.S4)
        for widget in (self.blind, self._blind_hint, self.warning):
            blind.addWidget(widget)
        inside.addLayout(blind)
        inside.addWidget(self._language_field)
        inside.addWidget(self._page_hint)
        inside.addStretch(1)
        self._options.body.addLayout(inside)
        self._panel.body.addWidget(EmptyStateContainer(self.samples, self._empty), 1)
        said, foot = QHBoxLayout(), QHBoxLayout()
        said.setContentsMargins(Space.S12, 0, Space.S12, Space.S4)
        said.addWidget(self.notice)
        foot.setContentsMargins(Space.S16, Space.S8, Space.S16, Space.S4)
        foot.setSpacing(Space.S12)
        foot.addWidget(self.bar, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        foot.addWidget(self.save)
        self._panel.body.addLayout(said)
        self._panel.body.addWidget(Divider())
        self._panel.body.addLayout(foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Columns(self._options, self._panel))

    def show_samples(self, rows: Sequence[Row]) -> None:
        self.model.set_rows(rows)

    def show_progress(self, done: int, total: int, *, runs: bool) -> None:
        self._runs = runs
        self.bar.setVisible(runs)
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        for part in (self.title, self.note, self.blind, self.language):
            part.setEnabled(not runs)
        self._show_state()

    def _show_state(self) -> None:
        stop = QCoreApplication.translate("Export", "Stop saving")
        save = QCoreApplication.translate("Export", "Save audition page")
        self.save.show_state(stop if self._runs else save, runs=self._runs)

    def _show_hint(self) -> None:
        self._blind_hint.setText(
            QCoreApplication.translate(
                "Export",
                "Samples are shuffled, of equal length and without names. Which is which stays here: read the votes "
                "in on the next tab.",
            )
            if self.blind.isChecked()
            else QCoreApplication.translate("Export", "Names, voices and directions are shown. There is no vote.")
        )

    def retranslate(self) -> None:
        self._options.set_title(QCoreApplication.translate("Export", "Audition page"))
        title = QCoreApplication.translate("Export", "Title")
        self._title_field.set_caption(title)
        self.title.setAccessibleName(QCoreApplication.translate("Export", "Page title"))
        note = QCoreApplication.translate("Export", "Note to listeners")
        self._note_field.set_caption(note)
        self.note.setAccessibleName(note)
        self.blind.setText(QCoreApplication.translate("Export", "Blind vote"))
        self.blind.setAccessibleName(QCoreApplication.translate("Export", "Blind vote"))
        language = QCoreApplication.translate("Export", "Language of the page")
        self._language_field.set_caption(language)
        self.language.set_name(QCoreApplication.translate("Export", "Page language"))
        self._page_hint.setText(
            QCoreApplication.translate(
                "Export",
                "One HTML file with all sounds in it, equally loud, as MP3. It opens in any browser and sends nothing.",
            )
        )
        self._panel.set_title(QCoreApplication.translate("Export", "Samples"))
        self.samples.setAccessibleName(QCoreApplication.translate("Export", "Samples on the page"))
        self.bar.setAccessibleName(QCoreApplication.translate("Export", "Page progress"))
        self._empty.set_words(
            QCoreApplication.translate("Export", "Select takes in the studio. They become the samples of the page.")
        )
        self._show_hint()
        self._show_state()
