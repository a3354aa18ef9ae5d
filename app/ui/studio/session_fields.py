"""The fields of the open session: passes what is entered to the service, and fills them with another session."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.core.takes import SpeechSession
from app.services.speech.direction import Layers
from app.services.speech.sessions import SpeechSessions
from app.ui.studio.view import StudioView
from app.ui.studio.voice_picker import VoicePicker

_LONG = 2_000
"""Characters of a text that is passed on after its letters are painted, not while a key is pressed."""


class SessionFields(QObject):
    """Text, direction, voice and model of the open session."""

    def __init__(self, view: StudioView, sessions: SpeechSessions, voice_picker: VoicePicker) -> None:
        super().__init__(view)
        self._view, self._sessions, self._voice_picker = view, sessions, voice_picker
        self._is_filling = False
        view.voices.row_selected.connect(lambda _key: self.send(voice_is_chosen=True))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.send)
        sessions.read_entered = self._send_unsent
        view.text.text.textChanged.connect(self._on_text_change)
        for area in (view.direction, view.guidance):
            area.textChanged.connect(self.send)
        for line in (view.role, view.scene):
            line.textChanged.connect(lambda _text: self.send())
        view.direction_panel.shown_changed.connect(self.send)
        # What was typed before the services were there.
        self.send()

    def send(self, *, voice_is_chosen: bool = False) -> None:
        """Pass on what is entered. The voice is part of the session, so choosing one changes it."""
        if self._is_filling:
            return
        self._later.stop()
        view = self._view
        direction = view.direction_panel
        text, voice, model = view.text.plain_text(), self._voice_picker.voice(), view.model.key() or ""
        self._sessions.edit(
            text, direction.everything(), voice, model, voice_is_chosen=voice_is_chosen, shows_free=direction.is_free
        )

    def _on_text_change(self) -> None:
        if self._is_filling or self._view.text.text.document().characterCount() <= _LONG:
            self.send()
        else:
            self._later.start()

    def _send_unsent(self) -> None:
        if self._later.isActive():
            self.send()

    def fill(self, session: SpeechSession) -> None:
        """Show a session, which is no edit. What undo brings back is never of another session."""
        self._is_filling = True
        try:
            self._view.text.begin_text(session.text)
            self._view.direction_panel.begin(
                Layers(session.direction, session.role, session.scene, session.guidance),
                free=session.shown == "free" if session.shown else None,
            )
            if session.voice is not None:
                self._voice_picker.select_if_present(session.voice.id)
        finally:
            self._is_filling = False
