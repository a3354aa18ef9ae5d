"""The studio's sessions: the list, the open one, saving what is typed, and the numbers of their takes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from app.core.errors import Code, WorkbenchError
from app.core.messages import new_id
from app.core.observers import Event
from app.core.settings import LAST_SESSION, Settings
from app.core.takes import SpeechSession, Take, VoiceSnapshot, title_of
from app.services.speech.direction import Layers
from app.services.speech.session_saver import SessionSaver
from app.services.speech.session_search import SessionFilter, search_sessions
from app.services.tasks import TaskSet

if TYPE_CHECKING:  # imports numpy, which is not needed here
    from app.services.speech.ports import RecordStore, TakeSearch, TakeStore

AUTOSAVE_SECONDS = 0.4
"""Delay between the last edit and saving."""


class SpeechSessions:
    """The sessions of this home, of which one is open. Any of them can get takes at any time.

    A new session is listed and stored once it has text, a title or a take. Edits of the open session are in memory at
    once and saved shortly after the last one; everything else is saved at once, in the order in which it happens.

    Attributes:
        on_change: the list or one of its sessions changed.
        on_open: emits the session that was opened.
        on_deleted: emits the id of a session that was deleted.
        on_failed: emits why a session can't be saved, but not for repeated failures.
        more_words: returns further text of sessions by their ids, which a search finds.
        read_entered: called before the open session is saved, to pass on with `edit` what was entered a moment ago.
    """

    def __init__(
        self,
        store: RecordStore[SpeechSession],
        takes: TakeStore,
        search: TakeSearch,
        tasks: TaskSet,
        settings: Settings,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._store = store
        self._takes = takes
        self._search = search
        self._tasks = tasks
        self._settings = settings
        self._now = now
        self._listed: dict[str, SpeechSession] = {}
        """The listed sessions as they were saved or are about to be, the last changed first."""
        self._current = self._new()
        self._deleted: set[str] = set()
        self._saver = SessionSaver(store, tasks, lambda session_id: self._listed.get(session_id))
        self._autosave: asyncio.Task[None] | None = None
        self.more_words: Callable[[], Mapping[str, str]] = dict
        self.read_entered: Callable[[], None] = lambda: None
        self.on_change: Event[()] = Event()
        self.on_open: Event[SpeechSession] = Event()
        self.on_deleted: Event[str] = Event()
        self.on_failed = self._saver.on_failed

    # -- reading --------------------------------------------------------------------------------------------------

    @property
    def current(self) -> SpeechSession:
        """The open session with all edits; it is not listed before it has text, a title or a take."""
        return self._current

    def sessions(self) -> tuple[SpeechSession, ...]:
        """Return the listed sessions, the last changed first; edits are in them once they are saved."""
        return tuple(self._listed.values())

    def get(self, session_id: str) -> SpeechSession | None:
        """Return a session, the open one with all edits; None if there is none of this id."""
        return self._current if session_id == self._current.id else self._listed.get(session_id)

    async def search(self, query: str) -> SessionFilter:
        """Return the filter for a search in the sessions and their takes. Raises StorageError."""
        return await search_sessions(query, self._search, self.more_words())

    async def find_takes(self, query: str, limit: int) -> tuple[Take, ...]:
        """Return the takes of all sessions that a search finds, newest first. Raises StorageError."""
        return tuple(found.take for found in await self._search.takes(query, limit))

    async def load(self) -> None:
        """Read the sessions and the highest numbers of their takes. Those known already keep their state.

        Called before anything but the open session is used, and after an import. Raises StorageError.
        """
        stored, numbers = await self._store.listed(), await self._takes.highest_numbers()
        present = {session.id: session for session in stored if session.id not in self._deleted}
        self._saver.mark_stored(present)
        # What is not stored yet was changed last.
        newest = [known for known in self._listed if known not in present or self._saver.is_unsaved(known)]
        states = {known: self._listed.get(known) or present[known] for known in (*newest, *present)}
        self._listed = {known: _with_numbers(state, numbers.get(known, 0)) for known, state in states.items()}
        self._current = _with_numbers(self._current, numbers.get(self._current.id, 0))
        self.on_change.emit()

    # -- the open session -----------------------------------------------------------------------------------------

    def open_last(self) -> None:
        """Open the session that was open last, unless the user has typed something by now: that stays open."""
        self.read_entered()
        if _has_text(self._current):
            self._commit()
            self._remember_open()
            self.on_change.emit()
        else:
            self._show(self._listed.get(self._settings.get(LAST_SESSION), self._current))

    def open(self, session_id: str) -> None:
        """Save the open session and open another. Raises NOT_KEPT if that one no longer exists."""
        if session_id != self._current.id:
            session = self._existing(session_id)
            self._commit()
            self._show(session)

    def begin(self, text: str = "", title: str = "") -> None:
        """Save the open session and open a new one, which is saved at once if it has a text or title."""
        self._commit()
        title = " ".join(title.split())
        session = msgspec.structs.replace(self._new(), text=text, title=title, title_is_custom=bool(title))
        self._show(session)
        self._commit()

    def edit(
        self, text: str, layers: Layers, voice: VoiceSnapshot, model: str, *, voice_is_chosen: bool = False,
        shows_free: bool = False,
    ) -> None:  # fmt: skip
        """Set what is entered for the open session, and save it shortly after the last edit.

        `shows_free`: the free words of `layers` are shown and sent, not role, scene and guidance.

        Voice and model are recorded with an edit of the text or layers. Without one, they only are if
        `voice_is_chosen`: a voice that no longer exists is replaced on the screen, which is no edit.
        """
        before = self._current
        now = msgspec.structs.replace(
            before,
            text=text,
            direction=layers.free,
            role=layers.role,
            scene=layers.scene,
            guidance=layers.guidance,
            shown="" if not (layers.free and any(layers[1:])) else "free" if shows_free else "layers",
        )
        if now != before or voice_is_chosen:
            now = msgspec.structs.replace(now, voice=voice, model=model)
        if now != before:
            self._current = now
            if self._is_to_be_saved():
                self._commit_later()

    # -- any session ----------------------------------------------------------------------------------------------

    def rename(self, session_id: str, title: str) -> None:
        """Set a title; an empty one lets the title follow the text again. Raises NOT_KEPT."""
        title = " ".join(title.split())
        self._put(msgspec.structs.replace(self._existing(session_id), title=title, title_is_custom=bool(title)))

    def keep(self, session_id: str) -> None:
        """List and store a session without text, title or takes, because it has something else. Raises NOT_KEPT."""
        if session_id not in self._listed:
            self._put(self._existing(session_id))

    def reserve_take_numbers(self, session_id: str, count: int = 1) -> range:
        """Return the next `count` numbers for takes of a session, which are never given again, and save that.

        It is written before whatever a task that is started afterwards writes, such as the take; `flush` waits for it.
        `load` comes first, except for a session begun in this run. Raises NOT_KEPT if the session does not exist.
        """
        if count < 1:
            raise ValueError(f"{count} numbers can't be reserved")
        session = self._existing(session_id)
        numbers = range(session.takes_made + 1, session.takes_made + count + 1)
        self._put(msgspec.structs.replace(session, takes_made=numbers[-1]))
        return numbers

    def release_take_numbers(self, session_id: str, numbers: range) -> None:
        """Give back reserved numbers of takes that could not begin, unless later ones have been reserved since."""
        session = self.get(session_id)
        if session is None or not numbers or session.takes_made != numbers[-1]:
            return
        session = msgspec.structs.replace(session, takes_made=numbers[0] - 1)
        if _is_worth_keeping(session) or self._saver.is_stored(session_id):
            self._put(session)
            return
        self._forget(session_id)
        if session_id == self._current.id:
            self._current = session
        self.on_change.emit()

    async def delete(self, session_id: str) -> SpeechSession | None:
        """Soft-delete a session, and with it its takes; if it is open, open the first of the others.

        Returns the deleted session for `restore`, or None if it was never listed. Raises StorageError: then it stays.
        """
        self._commit()
        session, before = self._listed.get(session_id), self._listed
        if session is None:
            return None
        was_open, was_unsaved = session_id == self._current.id, self._saver.is_unsaved(session_id)
        self._forget(session_id)
        self._deleted.add(session_id)
        if was_open:
            self._show(next(iter(self._listed.values()), None) or self._new())
        else:
            self.on_change.emit()
        try:
            if was_unsaved:
                await self._store.keep(session)
            await self._store.delete(session_id)
        except WorkbenchError:
            self._reinstate(session, before, unsaved=was_unsaved, is_open=was_open)
            raise
        self.on_deleted.emit(session_id)
        return session

    def _reinstate(
        self, session: SpeechSession, before: dict[str, SpeechSession], *, unsaved: bool, is_open: bool
    ) -> None:
        """List a session that could not be deleted where it was `before`, or at the front if that has changed."""
        self._deleted.discard(session.id)
        unchanged = [known for known in before if known != session.id] == list(self._listed)
        order = before if unchanged else {session.id: session, **self._listed}
        self._listed = {known: self._listed.get(known, session) for known in order}
        if unsaved:
            self._saver.save(session.id)
        if is_open:
            self._commit()
            self._show(session)
        else:
            self.on_change.emit()

    async def restore(self, session: SpeechSession) -> None:
        """Undo `delete`, and open the session. Raises StorageError."""
        await self._store.restore(session.id)
        if session.id in self._listed:
            return
        self._deleted.discard(session.id)
        self._commit()
        self._listed = {session.id: session, **self._listed}
        # Stored again, so that it is the first of the list after a restart, too.
        self._saver.save(session.id)
        self._show(session)

    async def flush(self) -> None:
        """Save everything now. What can't be saved is reported by `on_failed` and retried."""
        self._commit()
        await self._saver.flush()

    async def aclose(self) -> None:
        """Save what was typed last. Called at the end of the program."""
        self._commit()
        await self._saver.aclose()

    # -- saving ---------------------------------------------------------------------------------------------------

    def _new(self) -> SpeechSession:
        return SpeechSession(new_id(), created=self._now())

    def _existing(self, session_id: str) -> SpeechSession:
        session = self.get(session_id)
        if session is None:
            raise WorkbenchError(Code.NOT_KEPT, id=session_id)
        return session

    def _show(self, session: SpeechSession) -> None:
        self._current = session
        self._remember_open()
        self.on_open.emit(session)
        self.on_change.emit()

    def _remember_open(self) -> None:
        self._settings.set(LAST_SESSION, self._current.id)

    def _put(self, session: SpeechSession) -> None:
        """Make this the state of a session, at the front of the list, and save it."""
        session = msgspec.structs.replace(session, title=title_of(session), updated=self._now())
        if session.id == self._current.id:
            self._current = session
            self._stop_autosave()
        self._listed = {session.id: session, **{known: other for known, other in self._listed.items()
                                                if known != session.id}}  # fmt: skip
        self._saver.save(session.id)
        self.on_change.emit()

    def _forget(self, session_id: str) -> None:
        """Remove a session from the list; a write of it that has not begun is left out."""
        self._listed = {known: other for known, other in self._listed.items() if known != session_id}
        self._saver.forget(session_id)

    def _commit(self) -> None:
        """Save the open session if it was edited and is worth it."""
        self.read_entered()
        self._stop_autosave()
        if self._is_to_be_saved():
            self._put(self._current)

    def _is_to_be_saved(self) -> bool:
        saved = self._listed.get(self._current.id)
        return self._current != saved and (saved is not None or _is_worth_keeping(self._current))

    def _commit_later(self) -> None:
        self._stop_autosave()
        self._autosave = self._tasks.spawn(self._commit_after_delay(), "autosave session")

    async def _commit_after_delay(self) -> None:
        await asyncio.sleep(AUTOSAVE_SECONDS)
        self._autosave = None
        self._commit()

    def _stop_autosave(self) -> None:
        if self._autosave is not None:
            self._autosave.cancel()
            self._autosave = None


def _has_text(session: SpeechSession) -> bool:
    """Whether any field of a session has text in it."""
    fields = (session.text, session.direction, session.role, session.scene, session.guidance)
    return any(text.strip() for text in fields)


def _is_worth_keeping(session: SpeechSession) -> bool:
    return _has_text(session) or session.title_is_custom or session.takes_made > 0


def _with_numbers(session: SpeechSession, highest: int) -> SpeechSession:
    """Return a session that counts takes up to at least `highest`."""
    return msgspec.structs.replace(session, takes_made=max(session.takes_made, highest))
