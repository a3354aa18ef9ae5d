"""Opens, saves, renames and deletes the sessions of the studio."""

from __future__ import annotations

import time

import msgspec
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.core.errors import Code, WorkbenchError
from app.core.messages import new_id
from app.core.settings import LAST_SESSION
from app.core.takes import SpeechSession
from app.services.speech.direction import Layers
from app.ui.studio.context import Spawn, SpeechContext
from app.ui.studio.session_title_editor import SessionTitleEditor
from app.ui.studio.sessions import SessionList
from app.ui.studio.take_actions import TakeActions
from app.ui.studio.take_playback import TakePlayback
from app.ui.studio.view import StudioView
from app.ui.studio.voice_picker import VoicePicker
from app.ui.texts.speech import session_title

_AUTOSAVE_DELAY_MS = 400
"""Time after the last keystroke until the session is saved."""


class SessionPresenter(QObject):
    """Keeps one session open in the studio and saves it as it is edited.

    Signals:
        shown: another session was opened.

    Attributes:
        session: the open session; not stored before it has any text.
    """

    shown = Signal()

    def __init__(
        self,
        view: StudioView,
        context: SpeechContext,
        voice_picker: VoicePicker,
        actions: TakeActions,
        playback: TakePlayback,
        spawn: Spawn,
    ) -> None:
        super().__init__(view)
        self._view, self._context, self._voice_picker = view, context, voice_picker
        self._actions, self._playback, self._spawn = actions, playback, spawn
        self.session = SpeechSession(new_id(), created=time.time())
        self._voice_changed = False
        self._title_editor = SessionTitleEditor(view, lambda: self.session, self._rename)
        self._list = SessionList(view, context.search, spawn)
        self._autosave = QTimer(self, singleShot=True, interval=_AUTOSAVE_DELAY_MS)
        self._autosave.timeout.connect(self.save)
        view.voices.row_selected.connect(self._on_voice_picked)
        for area in (view.text.text, view.direction, view.guidance):
            area.textChanged.connect(self._autosave.start)
        for line in (view.role, view.scene):
            line.textChanged.connect(lambda _text: self._autosave.start())
        panel = view.session_panel
        panel.new.clicked.connect(lambda: spawn(self._begin()))
        panel.delete.clicked.connect(lambda: spawn(self._delete()))
        panel.list.row_selected.connect(lambda session_id: spawn(self.open(session_id)))

    async def load(self) -> None:
        """Load the voices and sessions and open the last session.

        If the user has typed something before the sessions were loaded, that becomes the open session instead.
        """
        await self._context.library.load()
        self._list.set_all(await self._context.sessions.listed())
        last = self._list.get(self._context.settings.get(LAST_SESSION))
        if self._has_text():
            self.save()
            self._mark_open()
        else:
            await self._show(last or self.session)

    async def open(self, session_id: str) -> None:
        """Save the open session and show another. Raises NOT_KEPT if that one no longer exists."""
        found = self._list.get(session_id)
        if found is None:
            raise WorkbenchError(Code.NOT_KEPT, id=session_id)
        if session_id != self.session.id:
            self.save()
            await self._show(found)

    def retranslate(self) -> None:
        """Show the list in the current language."""
        self._list.show()

    def next_take_number(self) -> int:
        """The number of the next take. Numbers of deleted takes are not used again."""
        takes = self._view.takes_panel.model.takes()
        return max(self.session.takes_made, len(takes), *(take.number for take in takes), 0) + 1

    def set_takes_made(self, number: int) -> None:
        """Record the highest take number given so far."""
        self.session = msgspec.structs.replace(self.session, takes_made=number)

    def save(self) -> None:
        """Save the open session if it has any text or has been saved before."""
        self._autosave.stop()
        view, before = self._view, self._list.get(self.session.id)
        if before is None and not self._has_text():
            return
        now = msgspec.structs.replace(
            self.session, text=view.text.plain_text(), direction=view.direction.toPlainText(), role=view.role.text(),
            scene=view.scene.text(), guidance=view.guidance.toPlainText(),
        )  # fmt: skip
        if now == before and not self._voice_changed:
            # Only viewed, not edited: the session keeps its position in the list.
            return
        self._voice_changed = False
        now = msgspec.structs.replace(
            now, updated=time.time(), voice=self._voice_picker.voice(), model=view.model.key() or ""
        )
        self.session = msgspec.structs.replace(now, title=session_title(now))
        self._store(self.session)

    async def aclose(self) -> None:
        """Save what was typed last."""
        self._actions.note.save()
        self._title_editor.finish()
        if self._autosave.isActive():
            self.save()

    async def _begin(self) -> None:
        self.save()
        await self._show(SpeechSession(new_id(), created=time.time()))
        self._view.text.text.setFocus()

    async def _show(self, session: SpeechSession) -> None:
        self._title_editor.finish()
        self._actions.note.save()
        if session.id != self.session.id:
            self._playback.stop_session()
        self.session = session
        self.shown.emit()
        view, panel = self._view, self._view.takes_panel
        view.text.set_plain_text(session.text)
        view.show_layers(Layers(session.direction, session.role, session.scene, session.guidance))
        if session.voice is not None:
            self._voice_picker.select_if_present(session.voice.id)
        self._autosave.stop()
        self._voice_changed = False
        self._playback.reset_recent()
        takes = await self._context.service.of_session(session.id)
        panel.model.set_takes(takes)
        self._playback.show_gains()
        panel.list.select_key(takes[0].id if takes else None)
        if takes:
            self._playback.choose(takes[0].id)
        else:
            self._actions.show(None)
        self._mark_open()

    def _mark_open(self) -> None:
        self._list.mark_open(self.session.id)
        self._context.settings.set(LAST_SESSION, self.session.id)

    def _on_voice_picked(self) -> None:
        """The voice is part of the session, so choosing one changes it."""
        self._voice_changed = True
        self._autosave.start()

    def _has_text(self) -> bool:
        """Whether any field of the session has text in it."""
        view = self._view
        areas = (view.text.text, view.direction, view.guidance)
        fields = (view.role.text(), view.scene.text(), *(area.toPlainText() for area in areas))
        return any(text.strip() for text in fields)

    def _store(self, session: SpeechSession) -> None:
        self._list.put(session)
        self._spawn(self._context.sessions.keep(session))

    def _rename(self, title: str, is_custom: bool) -> None:
        self.session = msgspec.structs.replace(
            self.session, title=title, title_is_custom=is_custom, updated=time.time()
        )
        self._store(self.session)

    async def _delete(self) -> None:
        """Delete the open session with its takes; undoing restores both."""
        self._title_editor.finish(save=False)
        deleted = self.session
        if deleted.id not in self._list:
            return
        for take in self._view.takes_panel.model.takes():
            self._context.playback.forget(take.id)
        self._list.remove(deleted.id)
        await self._context.sessions.delete(deleted.id)
        await self._show(self._list.first or SpeechSession(new_id(), created=time.time()))
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Studio", "“{title}” was deleted.").format(title=session_title(deleted)),
            undo=lambda: self._spawn(self._restore(deleted)),
        )

    async def _restore(self, deleted: SpeechSession) -> None:
        await self._context.sessions.restore(deleted.id)
        self._list.put(deleted)
        await self._show(deleted)
