"""The voices and the studio's sessions in the command palette.

The services of speech are created by the first query, so that the start does not wait for them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.ui.commands import Thing, ThingSource
from app.ui.reported_tasks import ReportedTasks, in_notification
from app.ui.theme.icons import Icon

if TYPE_CHECKING:
    from app.core.takes import SpeechSession
    from app.core.voices import Voice
    from app.ui.studio.context import SpeechContext
    from app.ui.view_spec import ViewContext

Deliver = Callable[[Sequence[Thing]], None]


def add_speech_things(context: ViewContext) -> None:
    """Add voices and sessions to the palette of the window."""
    things = _SpeechThings(context)
    context.window.commands.add_things(
        ThingSource("voices", lambda: QCoreApplication.translate("Palette", "Voices"), things.voices, things.load)
    )
    context.window.commands.add_things(
        ThingSource("sessions", lambda: QCoreApplication.translate("Palette", "Studio sessions"), things.sessions)
    )


class _SpeechThings:
    def __init__(self, context: ViewContext) -> None:
        self._context = context
        self._speech: SpeechContext | None = None
        self._is_loading = False

    def load(self, _query: str, deliver: Deliver) -> None:
        """Read voices and sessions once, and have them shown then."""
        if self._is_loading:
            return
        self._is_loading = True
        speech = self._context.speech()
        self._spawn = ReportedTasks(speech.tasks, "palette", in_notification(self._context.notifier, "palette")).spawn

        async def read() -> None:
            try:
                await speech.library.load()
                await speech.sessions.load()
            except BaseException:
                self._is_loading = False  # The next query tries again.
                raise
            self._speech = speech
            deliver(())

        self._spawn(read())

    def voices(self) -> Sequence[Thing]:
        if self._speech is None:
            return ()
        from app.services.speech.builtin import BUILTIN
        from app.ui.texts.voices import builtin_name, builtin_traits

        saved = [self._saved_voice(voice) for voice in self._speech.library.voices]
        builtin = [
            Thing(voice.id, builtin_name(voice), builtin_traits(voice), Icon.VOICES, partial(self._use_voice, voice.id))
            for voice in BUILTIN
        ]
        return [*saved, *builtin]

    def _saved_voice(self, voice: Voice) -> Thing:
        from app.ui.texts.voices import origin_line

        return Thing(
            voice.id,
            voice.name,
            origin_line(voice),
            Icon.PLAY,
            partial(self._use_voice, voice.id),
            partial(self._play, voice) if voice.sample else None,
        )

    def _play(self, voice: Voice) -> None:
        """Play the sample of a voice, or pause it."""
        assert self._speech is not None
        playback = self._speech.playback
        if playback.key == voice.id:
            playback.toggle()
        else:
            self._spawn(playback.play_blob(voice.id, voice.sample))

    def _use_voice(self, key: str) -> None:
        """Choose a voice in the studio."""
        from app.ui.voices.use_in_studio import use_in_studio

        use_in_studio(self._context.window, key)

    def sessions(self) -> Sequence[Thing]:
        if self._speech is None:
            return ()
        from app.ui.texts.numbers import day
        from app.ui.texts.speech import session_title

        now = time.time()
        return [
            Thing(
                session.id,
                session_title(session),
                day(session.updated, now),
                Icon.STUDIO,
                partial(self._open_session, session),
            )
            for session in self._speech.sessions.sessions()
        ]

    def _open_session(self, session: SpeechSession) -> None:
        assert self._speech is not None
        self._speech.sessions.open(session.id)
        self._context.window.show_view("studio")
