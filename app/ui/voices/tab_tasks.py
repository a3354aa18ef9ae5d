"""Work of a tab: what fails is said in its strip."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.errors import WorkbenchError
from app.core.takes import Take
from app.core.voices import Voice
from app.ui.studio.context import SpeechContext
from app.ui.texts.errors import words
from app.ui.widgets.notices import InlineNotice


class TabTasks:
    """Lets coroutines run and says in `notice` why one failed."""

    def __init__(self, speech: SpeechContext, notice: InlineNotice) -> None:
        self._speech, self._notice = speech, notice

    def spawn(self, work: Coroutine[Any, Any, object]) -> None:
        self._speech.tasks.spawn(self._run(work), "voices")

    def fail(self, error: WorkbenchError) -> None:
        self._notice.say("bad", str(words(error)))

    def follow(self, place: str) -> None:
        """Say also why a take that was made at this place failed."""

        def failed(take: Take, error: WorkbenchError) -> None:
            if take.origin == place:
                self.fail(error)

        self._speech.service.on_failed.append(failed)

    def kept(self, voice: Voice) -> None:
        """A voice came into the library; that can be undone."""
        self._speech.messages.done(
            QCoreApplication.translate("Voices", "“{name}” is in the library.").format(name=voice.name),
            undo=lambda: self.spawn(self._speech.library.delete(voice)),
        )

    async def _run(self, work: Coroutine[Any, Any, object]) -> None:
        self._notice.clear()
        try:
            await work
        except WorkbenchError as error:
            self.fail(error)
