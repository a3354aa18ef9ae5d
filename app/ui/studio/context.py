"""What the speech views depend on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from app.core.settings import USUAL_GAINS, Settings
from app.services.chat.lone_call import LoneCalls
from app.services.jobs.queue import JobQueue
from app.services.models import Models
from app.services.speech.audition_grids import AuditionGrids
from app.services.speech.auditions import Auditions
from app.services.speech.comparisons import Comparisons
from app.services.speech.dictation import Microphone
from app.services.speech.directions import DirectionLibrary
from app.services.speech.drift_measuring import DriftMeasuring
from app.services.speech.library import VoiceLibrary
from app.services.speech.part_joining import PartJoining
from app.services.speech.playback import Playback
from app.services.speech.ports import Audio, Blobs
from app.services.speech.recognition import Recognition
from app.services.speech.sessions import SpeechSessions
from app.services.speech.take_files import TakeFiles
from app.services.speech.take_question import TakeQuestions
from app.services.speech.take_service import TakeService
from app.services.speech.transcripts import Transcripts
from app.services.speech.voice_drafts import VoiceDrafts
from app.services.speech.word_check_jobs import CostOf
from app.services.speech.word_checks import WordChecks
from app.services.tasks import TaskSet
from app.ui.widgets.notifications import Notifier


class SpeechContext(NamedTuple):
    """The services the speech views work with."""

    service: TakeService
    parts: PartJoining
    playback: Playback
    library: VoiceLibrary
    recognition: Recognition
    recorder: Microphone
    models: Models
    blobs: Blobs
    audio: Audio
    sessions: SpeechSessions
    voice_drafts: VoiceDrafts
    grids: AuditionGrids
    jobs: JobQueue
    take_files: TakeFiles
    comparisons: Comparisons
    auditions: Auditions
    transcripts: Transcripts
    directions: DirectionLibrary
    lone_calls: LoneCalls
    word_checks: WordChecks
    drift: DriftMeasuring
    questions: TakeQuestions
    cost_of: CostOf
    tasks: TaskSet
    settings: Settings
    notifier: Notifier
    temporary: Path
    """A folder of the home: what a killed process leaves in it is removed at the next start."""

    @property
    def usual_gains(self) -> Mapping[str, float]:
        """The gain in dB that takes usually need to be equally loud, by model."""
        gains: dict[str, float] = self.settings.get(USUAL_GAINS)
        return gains
