"""Opens, renames and deletes sessions in the studio, and shows the open one with its takes."""

from __future__ import annotations

import asyncio
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.core.takes import SpeechSession
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.session_fields import SessionFields
from app.ui.studio.session_title_editor import SessionTitleEditor
from app.ui.studio.sessions import SessionList
from app.ui.studio.take_actions import TakeActions
from app.ui.studio.take_playback import TakePlayback
from app.ui.studio.view import StudioView
from app.ui.studio.voice_picker import VoicePicker
from app.ui.texts.speech import session_title


class SessionPresenter(QObject):
    """Connects the studio to its sessions.

    Signals:
        shown: the takes of another session are shown.

    Attributes:
        fields: the fields of the open session.
    """

    shown = Signal()

    def __init__(
        self, view: StudioView, context: SpeechContext, voice_picker: VoicePicker, actions: TakeActions,
        playback: TakePlayback, spawn: Spawn,
    ) -> None:  # fmt: skip
        super().__init__(view)
        self._view, self._context, self._sessions = view, context, context.sessions
        self._actions, self._playback, self._spawn = actions, playback, spawn
        self._shown_id = self.session.id
        self._takes_shown = asyncio.Event()
        self._takes_shown.set()
        self._title_editor = SessionTitleEditor(view, self._sessions)
        self._list = SessionList(view, self._sessions, spawn)
        self.fields = SessionFields(view, self._sessions, voice_picker)
        self._unsubscribe = self._sessions.on_open.subscribe(self._show)
        view.session_panel.new.clicked.connect(lambda: spawn(self._begin()))
        view.session_panel.delete.clicked.connect(lambda: spawn(self._delete(self.session.id)))
        view.session_panel.list.row_selected.connect(lambda session_id: spawn(self.open(session_id)))

    @property
    def session(self) -> SpeechSession:
        """The open session."""
        return self._sessions.current

    async def load(self) -> None:
        """Load the voices and sessions and open the last session, unless the user has typed something by now."""
        await self._context.library.load()
        await self._context.grids.load()
        await self._sessions.load()
        self._sessions.open_last()

    async def open(self, session_id: str) -> None:
        """Open a session and wait until its takes are shown. Raises NOT_KEPT if it no longer exists."""
        self._sessions.open(session_id)
        await self._takes_shown.wait()

    def retranslate(self) -> None:
        """Show the list in the current language."""
        self._list.show()

    async def aclose(self) -> None:
        """Save what was typed last."""
        self._actions.note.save()
        self._title_editor.finish()
        await self._sessions.flush()
        self._unsubscribe()
        self._list.unsubscribe()

    async def _begin(self) -> None:
        self._sessions.begin()
        await self._takes_shown.wait()
        self._view.text.text.setFocus()

    def _show(self, session: SpeechSession) -> None:
        self._title_editor.finish()
        self._actions.note.save()
        if session.id != self._shown_id:
            self._playback.stop_session()
            self._view.leave_session()
        self._shown_id, self._takes_shown = session.id, asyncio.Event()
        self._spawn(self._show_takes(session.id, self._takes_shown))
        self.fields.fill(session)
        self._playback.reset_recent()

    async def _show_takes(self, session_id: str, shown: asyncio.Event) -> None:
        try:
            takes, panel = await self._context.service.of_session(session_id), self._view.takes_panel
            if session_id != self._shown_id:
                return
            panel.model.set_takes(takes)
            self._playback.show_gains()
            panel.list.select_key(takes[0].id if takes else None)
            self._playback.choose(takes[0].id) if takes else self._actions.show(None)
            self.shown.emit()
        finally:
            shown.set()

    async def _delete(self, session_id: str) -> None:
        """Delete a session with its takes; undoing restores both."""
        self._title_editor.finish(save=False)
        # Saved before its take is deleted, so that undoing brings back the note as it was typed.
        await self._actions.save_note()
        for take in self._view.takes_panel.model.takes():
            if take.session == session_id:
                self._context.playback.forget(take.id)
        deleted = await self._sessions.delete(session_id)
        if deleted is not None:
            self._context.notifier.info(
                partial(_deleted_text, deleted),
                undo=lambda: self._spawn(self._sessions.restore(deleted)),
            )


def _deleted_text(session: SpeechSession) -> str:
    return QCoreApplication.translate("Studio", "“{title}” was deleted.").format(title=session_title(session))
