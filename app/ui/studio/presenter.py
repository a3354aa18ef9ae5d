"""Connects the speech services to the studio's view: its sessions, its takes, and what is spoken."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.core.takes import Take
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.studio.context import SpeechContext
from app.ui.studio.part_speaking import PartSpeaking
from app.ui.studio.session_presenter import SessionPresenter
from app.ui.studio.speaking import Speaking
from app.ui.studio.star_filter import StarFilter
from app.ui.studio.take_actions import TakeActions
from app.ui.studio.take_playback import TakePlayback
from app.ui.studio.take_settings import TakeSettings
from app.ui.studio.transcription import Transcription
from app.ui.studio.view import StudioView
from app.ui.studio.voice_hearing import VoiceHearing
from app.ui.studio.voice_picker import VoicePicker


class StudioPresenter(QObject):
    """Shows the open session with its takes as they change, and connects the parts of the studio."""

    def __init__(self, view: StudioView, context: SpeechContext) -> None:
        super().__init__(view)
        self._view, self._context = view, context
        self._spawn = ReportedTasks(context.tasks, "studio", in_notification(context.notifier)).spawn
        self._actions = TakeActions(view, context, self._spawn)
        self._transcription = Transcription(view, context)
        self._voice_picker = VoicePicker(view, context)
        self._playback = TakePlayback(view, context, self._actions, self._spawn)
        self._star_filter = StarFilter(view.takes_panel)
        self._sessions = SessionPresenter(view, context, self._voice_picker, self._actions, self._playback, self._spawn)
        self._settings = TakeSettings(view, context.sessions, self._voice_picker)
        self._speaking = Speaking(view, context, self._settings, self._sessions, self._playback, self._spawn)
        self._parts = PartSpeaking(view, context, self._speaking, self._playback, self._spawn)
        self._sessions.shown.connect(self._speaking.show_running)
        self._connect()
        self._hearing = VoiceHearing(view, context, self._voice_picker, self._spawn)
        self._actions.show(None)
        self._spawn(self._sessions.load())

    def _connect(self) -> None:
        view, panel, service = self._view, self._view.takes_panel, self._context.service
        panel.example.clicked.connect(self._settings.fill_example)
        panel.redo.clicked.connect(lambda: self._actions.with_selected(self._speaking.redo))
        panel.reuse.clicked.connect(lambda: self._actions.with_selected(self._settings.reuse))
        view.retranslated.connect(self._retranslate)
        service.on_take.subscribe(self._on_take)
        service.on_deleted.subscribe(self._on_deleted)

    async def aclose(self) -> None:
        """Save what was typed last."""
        await self._sessions.aclose()

    def _on_take(self, take: Take) -> None:
        if take.session == self._sessions.session.id:
            panel = self._view.takes_panel
            panel.model.show_take(take)
            if panel.list.selected_key() == take.id:
                self._actions.show(take)
            if take.has_ended:
                self._playback.show_gains()
        if take.has_ended:
            self._speaking.show_running()

    def _on_deleted(self, take_id: str) -> None:
        self._view.takes_panel.model.remove(take_id)
        self._speaking.show_running()

    def _retranslate(self) -> None:
        self._voice_picker.show()
        self._sessions.retranslate()
        self._actions.with_selected(self._actions.show)
