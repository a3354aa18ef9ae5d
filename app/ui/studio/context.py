"""What the speech views depend on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from app.core.settings import USUAL_GAINS, Settings
from app.services.models import Models
from app.services.speech.library import VoiceLibrary
from app.services.speech.part_joining import PartJoining
from app.services.speech.playback import Playback
from app.services.speech.ports import Audio, Blobs
from app.services.speech.recognition import Recognition
from app.services.speech.sessions import SpeechSessions
from app.services.speech.take_service import TakeService
from app.services.speech.voice_drafts import VoiceDrafts
from app.services.tasks import TaskSet
from app.ui.widgets.notifications import Notifier


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
    voice_drafts: VoiceDrafts
    tasks: TaskSet
    settings: Settings
    notifier: Notifier

    @property
    def usual_gains(self) -> Mapping[str, float]:
        """The gain in dB that takes usually need to be equally loud, by model."""
        gains: dict[str, float] = self.settings.get(USUAL_GAINS)
        return gains
