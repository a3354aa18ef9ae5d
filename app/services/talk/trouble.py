"""What went wrong while talking."""

from __future__ import annotations

from typing import NamedTuple

from app.core.errors import WorkbenchError
from app.core.talk import TroubleKind
from app.services.speech.dictation import Speech
from app.services.talk.speech_queue import Sentence


class Trouble(NamedTuple):
    """What went wrong, and what can be done about it.

    Attributes:
        speech: was recorded and can be recognised; `is_drafted`: its words then go into the draft and are not sent.
        sentence: was not spoken and can be spoken again.
        microphone: the name of the one that is listened to next; empty where that is not known or does not matter.
    """

    kind: TroubleKind
    error: WorkbenchError | None = None
    speech: Speech | None = None
    sentence: Sentence | None = None
    is_drafted: bool = False
    microphone: str = ""
