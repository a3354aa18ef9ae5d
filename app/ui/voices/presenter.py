"""Connects the speech services and the tabs of the voices view."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.speech.ports import Recorder
from app.ui.studio.context import SpeechContext
from app.ui.voices.clone_presenter import ClonePresenter
from app.ui.voices.design_presenter import DesignPresenter
from app.ui.voices.library_presenter import LibraryPresenter
from app.ui.voices.view import VoicesView


class VoicesPresenter(QObject):
    """Creates a presenter for each tab and combines their busy states."""

    def __init__(self, view: VoicesView, context: SpeechContext, recorder: Recorder) -> None:
        super().__init__(view)
        self._view = view
        self._busy: set[str] = set()
        self._designing = DesignPresenter(view.design, context, lambda busy: self._show_busy("design", busy))
        self._cloning = ClonePresenter(view.clone, context, recorder, lambda busy: self._show_busy("clone", busy))
        self._library = LibraryPresenter(view.library, context)
        view.retranslated.connect(self._designing.retranslate)
        view.retranslated.connect(self._cloning.show_texts)
        view.retranslated.connect(self._library.show)

    async def aclose(self) -> None:
        """Save what is being typed and recorded. Called at the end of the program."""
        await self._cloning.aclose()
        await self._library.aclose()

    def _show_busy(self, tab: str, busy: bool) -> None:
        """Emit busy as long as at least one tab is."""
        self._busy = self._busy | {tab} if busy else self._busy - {tab}
        self._view.busy.emit(bool(self._busy))
