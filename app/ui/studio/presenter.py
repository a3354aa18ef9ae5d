"""Connects the speech services to the studio's view: its sessions, its takes, and what is spoken."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.core.errors import Code, StorageError
from app.core.takes import Take
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.studio.compare.entry import CompareEntry
from app.ui.studio.context import SpeechContext
from app.ui.studio.direction_drafts import DirectionDrafts
from app.ui.studio.export.entry import ExportEntry
from app.ui.studio.grid.presenter import GridPresenter
from app.ui.studio.health.entry import HealthEntry
from app.ui.studio.part_speaking import PartSpeaking
from app.ui.studio.saved_directions import SavedDirections
from app.ui.studio.session_presenter import SessionPresenter
from app.ui.studio.speaking import Speaking
from app.ui.studio.take_actions import TakeActions
from app.ui.studio.take_arranging import TakeArranging
from app.ui.studio.take_menu import TakeMenu
from app.ui.studio.take_playback import TakePlayback
from app.ui.studio.take_progress import TakeProgressTimer
from app.ui.studio.take_settings import TakeSettings
from app.ui.studio.take_sharing import TakeSharing
from app.ui.studio.transcript_actions import TranscriptActions
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
        self._arranging = TakeArranging(view.takes_panel)
        self._progress = TakeProgressTimer(view.takes_panel.model, context.service, self)
        TakeMenu(view.takes_panel)
        self.sharing = TakeSharing(view.takes_panel, context, self._spawn)
        self._sessions = SessionPresenter(view, context, self._voice_picker, self._actions, self._playback, self._spawn)
        self._settings = TakeSettings(view, context.sessions, self._voice_picker)
        self._speaking = Speaking(view, context, self._settings, self._sessions, self._playback, self._spawn)
        self._parts = PartSpeaking(view, context, self._speaking, self._playback, self._spawn)
        self._sessions.shown.connect(self._speaking.show_running)
        self._transcript = TranscriptActions(view, context, self._sessions, self._spawn)
        self.grid = GridPresenter(view, context, self._spawn)
        self._speaking.is_shown_elsewhere = self.grid.shows_failure
        self._connect()
        self._compare = CompareEntry(view, context, lambda: self._sessions.session.id, self._spawn)
        self.grid.compare = self._compare.compare
        view.comparison_wanted.connect(lambda record_id: self._spawn(self._open_comparison(record_id)))
        view.transcript_wanted.connect(self._show_transcript)
        self.export = ExportEntry(view, context, self._spawn)
        self.health = HealthEntry(view, context, lambda: self._sessions.session.id, self._playback.play, self._spawn)
        self._hearing = VoiceHearing(view, context, self._voice_picker, self._spawn)
        self._directions = SavedDirections(view, context, self._spawn)
        self._drafts = DirectionDrafts(view, context, self._directions)
        self._actions.show(None)
        self._spawn(self._sessions.load())
        self._spawn(context.comparisons.load())
        self._spawn(context.auditions.load())
        self._spawn(self._transcription.stored.load())

    def _connect(self) -> None:
        view, panel, service = self._view, self._view.takes_panel, self._context.service
        panel.example.clicked.connect(self._settings.fill_example)
        panel.redo.clicked.connect(self._redo)
        panel.reuse.clicked.connect(lambda: self._actions.with_selected(self._settings.reuse))
        view.retranslated.connect(self._retranslate)
        panel.model.settled.connect(self._show_settled)
        service.on_take.subscribe(self._on_take)
        service.on_deleted.subscribe(self._on_deleted)

    def _redo(self) -> None:
        # The button is disabled until the take has ended, and would pass the focus on to whatever is beside it.
        if self._view.takes_panel.redo.hasFocus():
            self._view.takes_panel.list.setFocus()
        self._actions.with_selected(self._speaking.redo)

    async def _open_comparison(self, record_id: str) -> None:
        """Open the session of a comparison, then compare its takes again. Raises NOT_KEPT if they are gone."""
        record = self._context.comparisons.get(record_id)
        if record is None:
            raise StorageError(Code.NOT_KEPT, id=record_id)
        if record.session and record.session != self._sessions.session.id:
            await self._sessions.open(record.session)
        takes = {take.id: take for take in await self._context.service.of_session(record.session)}
        self._compare.reopen(record, [takes[take.id] for take in record.takes if take.id in takes])

    def _show_transcript(self, transcript_id: str) -> None:
        self._view.reveal_sessions()
        self._transcription.stored.show(transcript_id)

    async def aclose(self) -> None:
        """Save what was typed last, and close the microphone."""
        self._progress.stop()
        await self._transcription.aclose()
        await self._sessions.aclose()

    def _on_take(self, take: Take) -> None:
        if take.session == self._sessions.session.id:
            panel = self._view.takes_panel
            panel.model.show_take(take)
            self._progress.note(take)
            if panel.list.selected_key() == take.id:
                self._actions.show(take)
            if take.has_ended and not panel.model.is_changing:
                self._playback.show_gains()
        if take.has_ended and not self._view.takes_panel.model.is_changing:
            self._speaking.show_running()

    def _on_deleted(self, take_id: str) -> None:
        model = self._view.takes_panel.model
        model.remove(take_id)
        if not model.is_changing:
            self._show_settled()

    def _show_settled(self) -> None:
        """Show what is true of all takes together, after one has gone or many have changed."""
        self._progress.show()
        self._playback.show_gains()
        self._speaking.show_running()

    def _retranslate(self) -> None:
        self._voice_picker.show()
        self._sessions.retranslate()
        self._transcription.stored.retranslate()
        self._actions.with_selected(self._actions.show)
