"""Records when voices spoke last, a few seconds later and together, so that speaking costs no write of its own."""

from __future__ import annotations

import asyncio
import logging
import time

from app.core.errors import StorageError
from app.core.settings import BUILTIN_VOICE_USE, Settings
from app.core.takes import Take
from app.services.speech.library import VoiceLibrary
from app.services.tasks import TaskSet

log = logging.getLogger(__name__)

DELAY_SECONDS = 3.0


class VoiceUse:
    """Notes the voices of finished takes. Its `note` is called for every change of a take."""

    def __init__(self, library: VoiceLibrary, settings: Settings, tasks: TaskSet) -> None:
        self._library, self._settings, self._tasks = library, settings, tasks
        self._moments: dict[str, float] = {}
        self._noted: set[str] = set()
        """Ids of takes that are being made, and so will have spoken when they end."""

    def note(self, take: Take) -> None:
        """Take note of a take that was made in this run and has sound now."""
        if not take.has_ended:
            self._noted.add(take.id)
            return
        if take.id not in self._noted:
            return
        self._noted.discard(take.id)
        if not take.frames or take.voice.kind == "designed" or not take.voice.id:
            return
        is_first = not self._moments
        self._moments[take.voice.id] = time.time()
        if is_first and not self._tasks.closed:
            self._tasks.spawn(self._save_later(), "voice use")

    async def _save_later(self) -> None:
        await asyncio.sleep(DELAY_SECONDS)
        await self.save()

    async def save(self) -> None:
        """Store what was noted. It orders lists and nothing more, so a failure is only logged."""
        try:
            await self._store()
        except StorageError as error:
            log.warning("when voices spoke is not stored: %s", error)

    async def _store(self) -> None:
        moments, self._moments = self._moments, {}
        own = {voice_id: moment for voice_id, moment in moments.items() if self._library.voice(voice_id) is not None}
        await self._library.mark_used(own)
        builtin = {voice_id: moment for voice_id, moment in moments.items() if voice_id not in own}
        if builtin:
            before: dict[str, float] = self._settings.get(BUILTIN_VOICE_USE)
            self._settings.set(BUILTIN_VOICE_USE, before | builtin)
