"""Opens the export page from the list of takes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.core.takes import Take
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.export.audition_presenter import AuditionPresenter
from app.ui.studio.export.files_presenter import FilesPresenter
from app.ui.studio.export.page import ExportPage, ExportTab
from app.ui.studio.export.votes_presenter import VotesPresenter
from app.ui.studio.view import StudioView
from app.ui.texts.export import take_count
from app.ui.texts.speech import session_title


class ExportEntry(QObject):
    """Connects Export below the takes. The page is built when it is first opened.

    Attributes:
        page: the page once it was opened.
    """

    def __init__(self, view: StudioView, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(view)
        self._view, self._panel, self._context, self._spawn = view, view.takes_panel, context, spawn
        self.page: ExportPage | None = None
        self._files: FilesPresenter | None = None
        self._audition: AuditionPresenter | None = None
        self._votes: VotesPresenter | None = None
        self._panel.export.clicked.connect(lambda: self.open("files"))
        self._panel.audition_wanted.connect(lambda: self.open("audition"))
        self._panel.votes_wanted.connect(lambda: self.open("votes"))
        view.retranslated.connect(self._retranslate)

    def open(self, tab: ExportTab) -> None:
        """Show the page with the selected takes, the oldest first."""
        page, files, audition = self._built()
        takes = sorted(_exportable(self._panel.selected_takes()), key=lambda take: (take.created, take.number))
        session = self._context.sessions.current
        title = session_title(session)
        files.show_takes(takes, title)
        audition.show_takes(takes, session.id, title)
        page.show_tab(tab)
        self._show_count()
        self._view.open_page(page)

    def _show_count(self) -> None:
        """Say how many takes the shown tab is about: those of a run that goes on, not what was chosen meanwhile."""
        if self.page is None or self._files is None or self._audition is None:
            return
        takes = self._audition.takes if self.page.tab == "audition" else self._files.takes
        self.page.show_takes(take_count(takes) if takes else "")

    def _built(self) -> tuple[ExportPage, FilesPresenter, AuditionPresenter]:
        if self.page is None or self._files is None or self._audition is None:
            self.page = page = ExportPage(self._context.settings)
            page.hide()
            page.setParent(self._view)
            self._files = FilesPresenter(page.files, self._context, self._spawn)
            self._audition = AuditionPresenter(page.audition, self._context, self._spawn)
            self._votes = VotesPresenter(page.votes, self._context, self._spawn)
            page.back.clicked.connect(self._view.close_page)
            page.tabs.currentChanged.connect(lambda _index: self._show_count())
        return self.page, self._files, self._audition

    def _retranslate(self) -> None:
        for presenter in (self._files, self._audition):
            if presenter is not None:
                presenter.retranslate()
        if self._votes is not None:
            self._votes.show()


def _exportable(takes: list[Take]) -> list[Take]:
    """The takes that can become files. One whose sound could not be saved is saved before."""
    return [take for take in takes if take.has_ended and (take.audio or take.frames)]
