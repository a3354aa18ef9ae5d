"""Reads votes for blind audition pages in, and reveals which sample was which."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication, QObject

from app.core.auditions import Audition, revealed, tally
from app.core.tags import beginning
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.export.votes_tab import VotesTab
from app.ui.texts.export import listeners_text, sample_name, verdict, vote_count, votes_read_text
from app.ui.texts.numbers import short_time
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_model import Row

_HEADING_LENGTH = 120


class VotesPresenter(QObject):
    """Connects the tab of votes to the auditions of this home."""

    def __init__(self, tab: VotesTab, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(tab)
        self._tab, self._context, self._spawn = tab, context, spawn
        self._chosen = ""
        tab.pages.row_selected.connect(self._choose)
        tab.read.clicked.connect(self._read)
        tab.reveal.clicked.connect(self._reveal)
        tab.delete.clicked.connect(self._delete)
        self.destroyed.connect(context.auditions.on_change.subscribe(self.show))
        presentation_cover().changed.connect(self.show)
        self.show()

    def show(self) -> None:
        """List the pages, the last changed first, and show the result of the selected one."""
        auditions = self._context.auditions.in_order()
        if self._chosen not in {audition.id for audition in auditions}:
            self._chosen = auditions[0].id if auditions else ""
        self._tab.show_pages([page_row(audition) for audition in auditions], self._chosen)
        self._show_result()

    def _choose(self, audition_id: str) -> None:
        self._chosen = audition_id
        self._tab.delete.setEnabled(True)
        self._show_result()

    def _audition(self) -> Audition | None:
        return self._context.auditions.get(self._chosen)

    def _show_result(self) -> None:
        audition = self._audition()
        if audition is None:
            self._tab.show_result((), "", "", can_reveal=False)
            return
        voted = [place for place, section in enumerate(audition.sections) if len(section.takes) > 1]
        rows = [row for place in voted for row in result_rows(audition, place, has_section=len(voted) > 1)]
        sentences = [verdict(audition, place) for place in voted]
        if len(voted) > 1:
            sentences = [f"{place + 1}. {sentence}" for place, sentence in zip(voted, sentences, strict=True)]
        self._tab.show_result(rows, "\n".join(sentences), listeners_text(audition), can_reveal=not audition.revealed)

    def _read(self) -> None:
        """Add the votes in the typed text. What could not be used stays in the field."""
        read = self._context.auditions.read_in(self._tab.codes.toPlainText(), time.time())
        everything = read.counted and not read.unknown and not read.damaged
        self._tab.notice.say("good" if everything else "warn", lambda: votes_read_text(read))
        if read.pages:
            self._chosen = read.pages[0]
            self.show()
        if everything:
            self._tab.codes.clear()

    def _reveal(self) -> None:
        audition = self._audition()
        if audition is not None:
            self._context.auditions.put(revealed(audition, time.time()))

    def _delete(self) -> None:
        audition = self._audition()
        if audition is not None:
            self._spawn(self._delete_page(audition))

    async def _delete_page(self, audition: Audition) -> None:
        auditions = self._context.auditions
        await auditions.delete(audition)
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Export", "The audition page was deleted here, with its votes."),
            undo=lambda: self._spawn(auditions.restore(audition)),
        )


def page_row(audition: Audition) -> Row:
    """A page in the list of pages."""
    title = audition.title or QCoreApplication.translate("Export", "Audition")
    samples = QCoreApplication.translate("Export", "{n} samples").format(n=audition.samples)
    subtitle = f"{short_time(audition.created)} · {samples}"
    return Row(audition.id, title, subtitle, vote_count(len(audition.votes)), "accent" if audition.votes else "neutral")


def result_rows(audition: Audition, section: int, *, has_section: bool) -> list[Row]:
    """The samples of a section with their votes, and those without a preference."""
    counted = tally(audition, section)
    text = beginning(audition.sections[section].text, _HEADING_LENGTH)
    heading = f"{section + 1}. {text}" if has_section else ""
    rows = [
        Row(f"{section}-{place}", sample_name(audition, section, place), "", vote_count(votes),
            "good" if place == counted.best else "neutral", heading)
        for place, votes in enumerate(counted.counts)
    ]  # fmt: skip
    if counted.no_preference:
        none = QCoreApplication.translate("Export", "No preference")
        rows.append(Row(f"{section}-none", none, "", vote_count(counted.no_preference), "neutral", heading))
    return rows
