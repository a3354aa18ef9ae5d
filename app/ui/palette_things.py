"""The voices and the studio's sessions, transcripts and comparisons in the command palette.

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
    from app.core.comparison import Comparison
    from app.core.takes import SpeechSession
    from app.core.transcripts import Transcript
    from app.core.voices import Voice
    from app.ui.studio.context import SpeechContext
    from app.ui.studio.view import StudioView
    from app.ui.view_spec import ViewContext

Deliver = Callable[[Sequence[Thing]], None]
_MAX_FOUND = 6
"""Things of one kind that a search of their contents shows."""


def add_speech_things(context: ViewContext) -> None:
    """Add voices and sessions to the palette of the window."""
    things = _SpeechThings(context)
    context.window.commands.add_things(
        ThingSource("voices", lambda: QCoreApplication.translate("Palette", "Voices"), things.voices, things.load)
    )
    context.window.commands.add_things(
        ThingSource("sessions", lambda: QCoreApplication.translate("Palette", "Studio sessions"), things.sessions)
    )
    context.window.commands.add_things(
        ThingSource(
            "comparisons",
            lambda: QCoreApplication.translate("Palette", "Comparisons"),
            things.comparisons,
            things.find_comparisons,
        )
    )
    context.window.commands.add_things(
        ThingSource(
            "transcripts",
            lambda: QCoreApplication.translate("Palette", "Transcripts"),
            things.transcripts,
            things.find_transcripts,
        )
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
                await speech.comparisons.load()
                await speech.transcripts.load()
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

    def comparisons(self) -> Sequence[Thing]:
        return [self._comparison(record) for record in self._all_comparisons()]

    def find_comparisons(self, query: str, deliver: Deliver) -> None:
        """Find comparisons by what was said, by voices, directions and the session they belong to."""
        words, found = query.casefold().split(), list[Thing]()
        for record in self._all_comparisons():
            text = self._words_of(record)
            if all(word in text for word in words):
                found.append(self._comparison(record))
                if len(found) == _MAX_FOUND:
                    break
        if found:
            deliver(found)

    def _all_comparisons(self) -> Sequence[Comparison]:
        return self._speech.comparisons.in_order() if self._speech is not None else ()

    def _words_of(self, record: Comparison) -> str:
        from app.ui.texts.comparison import comparison_words
        from app.ui.texts.speech import session_title

        assert self._speech is not None
        session = self._speech.sessions.get(record.session)
        return "\n".join((comparison_words(record), session_title(session) if session else "")).casefold()

    def _comparison(self, record: Comparison) -> Thing:
        from app.ui.texts.comparison import comparison_detail, comparison_title

        return Thing(
            record.id,
            comparison_title(record),
            comparison_detail(record, time.time()),
            Icon.COMPARE,
            lambda: self._studio().comparison_wanted.emit(record.id),
        )

    def transcripts(self) -> Sequence[Thing]:
        from app.ui.texts.transcripts import transcript_title

        return [self._transcript(record, transcript_title(record)) for record in self._all_transcripts()]

    def find_transcripts(self, query: str, deliver: Deliver) -> None:
        """Find transcripts by all of their text."""
        from app.core.transcripts import excerpt_of

        found = [(record, excerpt_of(record.text, query)) for record in self._all_transcripts()]
        things = [self._transcript(record, excerpt) for record, excerpt in found if excerpt is not None]
        if things:
            deliver(things[:_MAX_FOUND])

    def _all_transcripts(self) -> Sequence[Transcript]:
        return self._speech.transcripts.in_order() if self._speech is not None else ()

    def _transcript(self, record: Transcript, title: str) -> Thing:
        from app.ui.texts.transcripts import transcript_detail

        return Thing(
            record.id,
            title,
            transcript_detail(record, time.time()),
            Icon.SUBTITLES,
            lambda: self._studio().transcript_wanted.emit(record.id),
        )

    def _studio(self) -> StudioView:
        """Show the studio, whose presenter listens then."""
        from app.ui.studio.view import StudioView

        self._context.window.show_view("studio")
        view = self._context.window.view("studio")
        assert isinstance(view, StudioView)
        return view

    def _open_session(self, session: SpeechSession) -> None:
        assert self._speech is not None
        self._speech.sessions.open(session.id)
        self._context.window.show_view("studio")
