"""Joins the speech services and the voices view, tab by tab."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.services.speech.ports import Recorder
from app.ui.studio.speech import Speech
from app.ui.voices.clone_presenter import ClonePresenter
from app.ui.voices.design_presenter import DesignPresenter
from app.ui.voices.library_presenter import LibraryPresenter
from app.ui.voices.view import VoicesView


class VoicesPresenter(QObject):
    """Lets the tabs act, and shows what comes of it."""

    def __init__(self, view: VoicesView, speech: Speech, recorder: Recorder) -> None:
        super().__init__(view)
        self._designing = DesignPresenter(view.design, speech, view.busy.emit)
        self._cloning = ClonePresenter(view.clone, speech, recorder, view.busy.emit)
        self._library = LibraryPresenter(view.library, speech)
        view.worded.connect(self._cloning.show_checks)
        view.worded.connect(self._library.show)
