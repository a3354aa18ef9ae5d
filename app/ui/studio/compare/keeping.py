"""Keeps a take that was compared: with a star, or as a voice of the library."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.takes import Take
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.texts.speech import default_voice_name

NoteKept = Callable[[str], object]
"""Notes the id of the take that was kept; an empty one when that is undone."""
KeepTake = Callable[[Take, int, NoteKept], Coroutine[Any, Any, None]]


class TakeKeeping:
    """Keeps takes, says so, and offers to undo it."""

    def __init__(self, context: SpeechContext, spawn: Spawn) -> None:
        self._context, self._spawn = context, spawn

    async def star(self, take: Take, number: int, note: NoteKept) -> None:
        """Give a take a star. Raises StorageError."""
        service = self._context.service
        await service.annotate(take.id, stars=max(1, take.stars))
        note(take.id)

        async def undo() -> None:
            await service.annotate(take.id, stars=0)
            note("")

        self._context.notifier.success(
            lambda: QCoreApplication.translate("Compare", "Take {n} is kept: it has a star.").format(n=number),
            undo=None if take.stars else lambda: self._spawn(undo()),
        )

    async def add_voice(self, take: Take, _number: int, note: NoteKept) -> None:
        """Add the sound of a take to the library as a voice. Raises InputError NO_SAMPLE and StorageError."""
        library = self._context.library
        voice = await library.keep_take(await self._context.service.ensure_saved(take), default_voice_name(take))
        note(take.id)

        async def undo() -> None:
            await library.delete(voice)
            note("")

        self._context.notifier.success(
            lambda: QCoreApplication.translate("Studio", "“{name}” is in the library.").format(name=voice.name),
            undo=lambda: self._spawn(undo()),
        )
