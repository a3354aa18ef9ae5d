"""The section of the Parameters page for web search."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.requests import MAX_SEARCH_COUNT, WebSearch
from app.core.search_location import LocationIssue, SearchLocation, parse_location
from app.core.web_search import SearchLock
from app.ui.chat.parameters.row import ParameterRow
from app.ui.chat.parameters.switch_row import SwitchRow
from app.ui.retranslate import Retranslated
from app.ui.texts import web_search as texts
from app.ui.texts.parameters import parameter_caption, parameter_name
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Space, Type
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Hint, Label
from app.ui.widgets.spin_box import SpinBox


class WebSearchSection(Retranslated):
    """Edits whether and how the model may search the web.

    Signals:
        switched: whether web search is on.
        changed: the changed fields of `WebSearch` as a dict. A place that can't be meant is not among them.

    Attributes:
        rows: one for each parameter, which the page marks and resets.
    """

    switched = Signal(bool)
    changed = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_updating = self._is_unsure = False
        self._lock: SearchLock | None = None
        self._conversation_id = self._used_location = ""
        self._on_row, self._force_row = SwitchRow("web_search"), SwitchRow("force_search")
        self.on, self.force = self._on_row.switch, self._force_row.switch
        self.keywords = SpinBox("", 1, MAX_SEARCH_COUNT, 1, decimals=0)
        self.results = SpinBox("", 1, MAX_SEARCH_COUNT, 1, decimals=0)
        self.location = LineField("")
        self._keywords_row = ParameterRow("search_keywords", self.keywords, beside=True)
        self._results_row = ParameterRow("search_results", self.results, beside=True)
        self._location_row = ParameterRow("search_location", self.location, beside=False)
        self.rows: tuple[ParameterRow, ...] = (
            self._on_row, self._keywords_row, self._results_row, self._location_row, self._force_row,
        )  # fmt: skip
        self._refusals = {self.keywords: Label(size=Type.SMALL, ink="bad", wrap=True),
                          self.results: Label(size=Type.SMALL, ink="bad", wrap=True)}  # fmt: skip
        self._reason = Hint(wrap=True)
        self._location_hint = Hint(wrap=True)
        self._location_issue = Label(size=Type.SMALL, ink="bad", wrap=True)
        self.on.toggled.connect(lambda on: None if self._is_updating else self.switched.emit(on))
        self.force.toggled.connect(lambda on: self._emit("force", on))
        self.keywords.valueChanged.connect(lambda value: self._emit("keywords", round(value)))
        self.results.valueChanged.connect(lambda value: self._emit("results", round(value)))
        for field, refusal in self._refusals.items():
            field.refused.connect(lambda reason, refusal=refusal: _show(refusal, reason))
            refusal.hide()
        self.location.textChanged.connect(lambda _text: self._location_typed())
        self._lay_out()
        theme().changed.connect(self._resize)
        self._resize()
        self.retranslate()
        self.show_search("", WebSearch(), on=False, lock=None, unsure=False)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S12)
        self._on_row.body.addWidget(self._reason)
        self._keywords_row.body.addWidget(self._refusals[self.keywords])
        self._results_row.body.addWidget(self._refusals[self.results])
        self._location_row.body.addWidget(self._location_issue)
        self._location_row.body.addWidget(self._location_hint)
        for row in self.rows:
            column.addWidget(row)

    def _resize(self) -> None:
        for field in (self.keywords, self.results):
            field.setFixedWidth(theme().px(60))

    # -- values

    def show_search(
        self, conversation_id: str, search: WebSearch, *, on: bool, lock: SearchLock | None, unsure: bool
    ) -> None:
        """Show the options of a conversation. Emits no signal. What is typed and refused stays until another one.

        `lock` is why search can't be used now: it is shown as off then, and the options keep their values. `unsure`
        says that the service may not have it.
        """
        self._is_updating = True
        if conversation_id != self._conversation_id:
            self._conversation_id = conversation_id
            for field in (self.keywords, self.results):
                field.discard_typed()
            self.location.setText(search.location)
        elif search.location != self._used_location:
            self.location.setText(search.location)
        self._used_location = search.location
        self._lock, self._is_unsure = lock, unsure
        self.on.setChecked(on and lock is None)
        self.force.setChecked(search.force)
        self.keywords.setValue(search.keywords)
        self.results.setValue(search.results)
        for control in (self.on, self.force, self.keywords, self.results, self.location):
            control.setEnabled(lock is None)
        self._describe()
        self._is_updating = False

    def commit_typed(self) -> None:
        """Use what is typed in the number fields now, before another conversation is opened."""
        self.keywords.finish()
        self.results.finish()

    def _emit(self, name: str, value: object) -> None:
        if not self._is_updating:
            self.changed.emit({name: value})
            self._describe()

    def _location_typed(self) -> None:
        if self._is_updating:
            return
        typed = self.location.text()
        if isinstance(parse_location(typed), SearchLocation):
            self._used_location = typed
            self.changed.emit({"location": typed})
        self._describe()

    # -- words

    def _describe(self) -> None:
        reason = texts.lock_reason(self._lock) if self._lock else texts.unsure_hint() if self._is_unsure else ""
        _show(self._reason, reason)
        for control in (self.on, self.force):
            control.setAccessibleDescription(reason)
        for spin in (self.keywords, self.results):
            spin.set_description(reason)
        self._describe_location()

    def _describe_location(self) -> None:
        """Say how the place is understood, or why it is not used and what is used instead."""
        place = parse_location(self.location.text())
        if isinstance(place, LocationIssue):
            used = parse_location(self._used_location)
            issue = texts.location_issue(place)
            if isinstance(used, SearchLocation) and used.fields():
                hint = QCoreApplication.translate("WebSearch", "Until then this is sent: {place}").format(
                    place=texts.location_text(used)
                )
            else:
                hint = QCoreApplication.translate("WebSearch", "Until then no place is sent.")
        else:
            issue = ""
            hint = texts.location_text(place) or QCoreApplication.translate("WebSearch", "Form: {form}").format(
                form=texts.location_form()
            )
        _show(self._location_issue, issue)
        _show(self._location_hint, hint)
        self.location.setAccessibleDescription(" ".join(part for part in (issue, hint) if part))

    def retranslate(self) -> None:
        for row in self.rows:
            row.set_title(parameter_name(row.name), parameter_caption(row.name))
        self.on.setToolTip(
            QCoreApplication.translate(
                "WebSearch", "The model may search the web before it answers. Each keyword is a billed search."
            )
        )
        self.force.setToolTip(
            QCoreApplication.translate("WebSearch", "Search for every message, instead of letting the model decide.")
        )
        self.keywords.setToolTip(
            QCoreApplication.translate("WebSearch", "Keywords the model may search for, 1 to 50; 5 by default.")
        )
        self.results.setToolTip(
            QCoreApplication.translate("WebSearch", "Pages to find for each keyword, 1 to 50; 5 by default.")
        )
        self.location.setToolTip(texts.location_form())
        self.location.setPlaceholderText(QCoreApplication.translate("WebSearch", "China, Hubei, Wuhan"))
        for field in (self.keywords, self.results):
            field.lineEdit().setAccessibleName(field.accessibleName())
            field.retranslate()
        self._describe()


def _show(label: Label, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
