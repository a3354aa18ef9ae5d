"""The fields of the open session: passes what is entered to the service, and fills them with another session."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.core.takes import SpeechSession
from app.services.speech.direction import Layers
from app.services.speech.sessions import SpeechSessions
from app.ui.studio.view import StudioView
from app.ui.studio.voice_picker import VoicePicker


class SessionFields(QObject):
    """Text, direction, voice and model of the open session."""

    def __init__(self, view: StudioView, sessions: SpeechSessions, voice_picker: VoicePicker) -> None:
        super().__init__(view)
        self._view, self._sessions, self._voice_picker = view, sessions, voice_picker
        self._is_filling = False
        view.voices.row_selected.connect(lambda _key: self.send(voice_is_chosen=True))
        for area in (view.text.text, view.direction, view.guidance):
            area.textChanged.connect(self.send)
        for line in (view.role, view.scene):
            line.textChanged.connect(lambda _text: self.send())
        # What was typed before the services were there.
        self.send()

    def send(self, *, voice_is_chosen: bool = False) -> None:
        """Pass on what is entered. The voice is part of the session, so choosing one changes it."""
        if self._is_filling:
            return
        view = self._view
        layers = Layers(view.direction.toPlainText(), view.role.text(), view.scene.text(), view.guidance.toPlainText())
        text, voice, model = view.text.plain_text(), self._voice_picker.voice(), view.model.key() or ""
        self._sessions.edit(text, layers, voice, model, voice_is_chosen=voice_is_chosen)

    def fill(self, session: SpeechSession) -> None:
        """Show a session, which is no edit."""
        self._is_filling = True
        try:
            self._view.text.set_plain_text(session.text)
            self._view.show_layers(Layers(session.direction, session.role, session.scene, session.guidance))
            if session.voice is not None:
                self._voice_picker.select_if_present(session.voice.id)
        finally:
            self._is_filling = False
