"""Creates Talk, and what its parts need of the services, when it is first switched on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from app.composition.container import OnClose, ServiceContainer
from app.core.catalogue import catalogue
from app.core.conversation import Conversation
from app.core.observers import Event
from app.core.settings import (
    TALK_CONTINUOUS,
    TALK_DIRECT,
    TALK_KEEPS_RECORDINGS,
    TALK_PAUSE,
    TALK_THINKS,
)
from app.core.takes import Take, VoiceSnapshot, message_session
from app.core.talk import TalkOptions
from app.services.talk.voices import ConversationVoices

if TYPE_CHECKING:
    from app.services.speech.playback import Playback
    from app.services.talk.spoken_takes import SpokenTakes
    from app.services.talk.talk import Talk
    from app.ui.chat.talk.assembly import TalkDependencies


def _talk_creator(services: ServiceContainer, voices: ConversationVoices, on_close: OnClose) -> Callable[[], Talk]:
    """What creates Talk at the first call, and with it player and recorder."""

    @cache
    def create() -> Talk:
        # Imported here: they need numpy.
        from app.services.talk.recordings import Recordings
        from app.services.talk.speech_queue import SpeechQueue
        from app.services.talk.talk import Talk

        audio, settings, database = services.audio_services(), services.settings, services.database

        def options() -> TalkOptions:
            return TalkOptions(
                settings.get(TALK_CONTINUOUS), settings.get(TALK_DIRECT), settings.get(TALK_THINKS),
                settings.get(TALK_KEEPS_RECORDINGS), settings.get(TALK_PAUSE),
            )  # fmt: skip

        def hush() -> None:
            audio.aloud.silence()
            audio.playback.pause()

        talk = Talk(
            audio.dictation, SpeechQueue(audio.speech, audio.playback, services.models),
            Recordings(database.blobs, audio.audio, services.workspace.settle, database.remove_unused),
            services.tasks, options, voices.voice, hush,
        )  # fmt: skip
        talk.hears = _hears
        talk.microphone = audio.input_name
        # Registered last, so that it ends first: what was said goes into a draft, which is saved later.
        on_close("talk", talk.aclose)

        def stay_silent() -> None:
            if talk.is_listening and audio.playback.playing:
                talk.escape()

        # A sound that was just silenced may be reported once more.
        audio.playback.on_change.subscribe(
            lambda: asyncio.get_running_loop().call_later(HALF_DUPLEX_SECONDS, stay_silent)
        )
        return talk

    return create


HALF_DUPLEX_SECONDS = 0.2
"""A sound that plays for so long while the microphone is open ends the listening: it would be recorded."""


class _Players(NamedTuple):
    """What plays the takes of answers, and recordings."""

    takes: SpokenTakes
    playback: Playback


def talk_dependencies(services: ServiceContainer, on_close: OnClose) -> TalkDependencies:
    """What the chat view needs for Talk; player and recorder are created when something is to be heard or said."""
    from app.ui.chat.talk.assembly import TalkDependencies
    from app.ui.language import shown_language

    voices = ConversationVoices(services.library, shown_language)
    _use_conversation_voices(services, voices)

    def players() -> _Players:
        from app.services.talk.spoken_takes import SpokenTakes

        playback = services.audio_services().playback
        return _Players(SpokenTakes(services.database.takes, playback), playback)

    on_spoken: Event[()] = Event()

    def note(take: Take) -> None:
        if take.has_ended and take.session.startswith(message_session("")):
            on_spoken.emit()

    services.on_audio_services.subscribe(lambda audio: audio.speech.on_take.subscribe(note))
    counts = services.database.takes.spoken_counts
    return TalkDependencies(_talk_creator(services, voices, on_close), voices, _hears, counts, players, on_spoken)


def _use_conversation_voices(services: ServiceContainer, voices: ConversationVoices) -> None:
    """Have answers read aloud in the voice of the open conversation."""

    def voice() -> tuple[VoiceSnapshot, str]:
        session = services.workspace.current
        conversation = session.conversation if session is not None else Conversation("")
        return voices.voice(conversation), conversation.direction

    services.on_audio_services.subscribe(lambda audio: audio.aloud.use_voice(voice))


def _hears(conversation: Conversation) -> bool:
    return catalogue().model(conversation.model).can("audio")
