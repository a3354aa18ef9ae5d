"""What the speech views depend on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, NamedTuple

from app.core.settings import Settings
from app.services.models import Models
from app.services.speech.library import VoiceLibrary
from app.services.speech.part_joining import PartJoining
from app.services.speech.playback import Playback
from app.services.speech.ports import Audio, Blobs
from app.services.speech.recognition import Recognition
from app.services.speech.sessions import SpeechSessions
from app.services.speech.take_service import TakeService
from app.services.tasks import TaskSet
from app.ui.widgets.notifications import Notifier

Spawn = Callable[[Coroutine[Any, Any, None]], None]
"""Runs a coroutine as a task and reports its errors."""


class SpeechContext(NamedTuple):
    """The services the speech views work with."""

    service: TakeService
    parts: PartJoining
    playback: Playback
    library: VoiceLibrary
    recognition: Recognition
    models: Models
    blobs: Blobs
    audio: Audio
    sessions: SpeechSessions
    tasks: TaskSet
    settings: Settings
    notifier: Notifier
