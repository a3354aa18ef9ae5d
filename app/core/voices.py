"""The voice library: voices, clone samples, named directions."""

from __future__ import annotations

from typing import Literal

import msgspec

from app.core.bounds import bound
from app.core.drift import TakeMeasures


class Consent(msgspec.Struct, frozen=True):
    """The speaker's consent: the statement as shown, and when it was given (Unix time in seconds).

    `voice` is the name of the voice whose consent this is a copy of: a voice made from what a cloned voice spoke. Empty
    where the speaker was asked for this voice itself. `withdrawn` is when it was withdrawn (Unix time in seconds), 0 if
    it was not. An empty statement says that consent is needed and was never given.
    """

    statement: str
    given: float
    voice: str = ""
    withdrawn: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("given", "withdrawn"))

    @property
    def is_valid(self) -> bool:
        return bool(self.statement) and not self.withdrawn


class Sample(msgspec.Struct, frozen=True):
    """A recording that a voice is cloned from.

    Attributes:
        audio: digest of its blob, of type `mime`.
        parent: the sample it was edited from; `fixes` are the codes of the edits.
    """

    id: str
    audio: str
    mime: Literal["audio/wav", "audio/mpeg"] = "audio/wav"
    name: str = ""
    rate: int = 0
    frames: int = 0
    channels: int = 1
    created: float = 0.0
    parent: str | None = None
    fixes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        bound(self, counts=("rate", "frames", "channels"), timestamps=("created",))


StepKind = Literal["file", "recording", "take", "description", "stretch", "fixes", "sample", "copy", "import"]


class VoiceStep(msgspec.Struct, frozen=True):
    """One step of how a voice was made. The steps of a voice stand in the order in which they were done.

    Attributes:
        name: of the file, description or voice the step began with; of a take that of the voice which spoke it.
        number: of a candidate, its place in its round, from 1; else 0.
        fixes: the codes of the edits, in the order in which they were applied.
        seconds, rate, channels, size: of the sound behind the step, in seconds, Hz, channels and bytes; 0 if unknown.
    """

    kind: StepKind
    name: str = ""
    fixes: tuple[str, ...] = ()
    seconds: float = 0.0
    rate: int = 0
    channels: int = 0
    size: int = 0
    number: int = 0

    def __post_init__(self) -> None:
        bound(self, counts=("rate", "channels", "size", "number"), durations=("seconds",))


class VoiceDrift(msgspec.Struct, frozen=True):
    """How steady a voice was: takes of one text, measured at a time (Unix time in seconds)."""

    text: str
    measured: float
    takes: tuple[TakeMeasures, ...] = ()

    def __post_init__(self) -> None:
        bound(self, timestamps=("measured",))


class Voice(msgspec.Struct, frozen=True):
    """A voice of the library.

    Attributes:
        source: how it was made; `take`: from a take with an existing voice, built-in or from the library.
        sample: digest of the blob with the clone sample, of type `mime`.
        description, preview_text: of a designed voice.
        take: the take it was made from.
        comparison: the take that speaks the same line with the kept voice, to be heard beside `take` or the sample.
        steps: how it was made.
        used: when it last spoke (Unix time in seconds); 0 for never.
        peaks: the waveform of the sample as in `Take.peaks`, of few columns; empty until it was first drawn.
        seconds: the length of the sample; 0 until then.
    """

    id: str
    name: str
    source: Literal["designed", "cloned", "take"]
    sample: str = ""
    mime: Literal["audio/wav", "audio/mpeg"] = "audio/wav"
    description: str = ""
    preview_text: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    note: str = ""
    take: str = ""
    consent: Consent | None = None
    created: float = 0.0
    comparison: str = ""
    steps: tuple[VoiceStep, ...] = ()
    favourite: bool = False
    used: float = 0.0
    drift: VoiceDrift | None = None
    peaks: bytes = b""
    seconds: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created", "used"), durations=("seconds",))


def needs_consent(voice: Voice) -> bool:
    """Whether a person was recorded for a voice, or for one that it was made from."""
    return voice.source == "cloned" or voice.consent is not None


def lacks_consent(voice: Voice) -> bool:
    """Whether a voice may be neither saved nor spoken until its speaker agrees."""
    return needs_consent(voice) and not (voice.consent is not None and voice.consent.is_valid)


DirectionKind = Literal["whole", "role", "scene", "guidance", "free"]
DIRECTION_KINDS: tuple[DirectionKind, ...] = ("whole", "role", "scene", "guidance", "free")


class Direction(msgspec.Struct, frozen=True):
    """A named direction, or a named part of one.

    Attributes:
        words: the free text.
        kind: `whole` for role, scene and guidance together, or the only part it has. Names are unique within a kind.
        created, updated: Unix time in seconds; `updated` is 0 where the direction is as it was created.
    """

    id: str
    name: str
    words: str = ""
    role: str = ""
    scene: str = ""
    guidance: str = ""
    created: float = 0.0
    kind: DirectionKind = "whole"
    updated: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created", "updated"))


class KeptRecording(msgspec.Struct, frozen=True):
    """A recording that was made for a clone and is not a saved voice: digest of its blob, Unix time in seconds."""

    id: str
    audio: str
    created: float = 0.0
    seconds: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created",), durations=("seconds",))


class DraftSample(msgspec.Struct, frozen=True):
    """A sample on the list of the Clone tab, and what was done to it.

    Attributes:
        id: of the entry; that of its recording for one.
        path: of a file; empty for others.
        take: id of a take; empty for others.
        trim: the kept part in milliseconds; (0, 0) if it was never opened.
        fixes, shrunk: the fixes that are on, and those of them that shrinking added.
        former: the trims that fixes replaced.
    """

    id: str
    path: str = ""
    take: str = ""
    trim: tuple[int, int] = (0, 0)
    fixes: tuple[str, ...] = ()
    former: tuple[tuple[str, tuple[int, int]], ...] = ()
    shrunk: tuple[str, ...] = ()


class VoiceDraft(msgspec.Struct, frozen=True):
    """What is typed in a tab of the voices view, apart from any voice or take.

    Attributes:
        id: `design` or `clone`.
        description, polish, candidates, sketch: of the Design tab.
        text: the preview text of the Design tab, or the test text of the Clone tab.
        name: the voice name.
        direction, texts: of the Clone tab, how the test text is spoken and what is spoken after it.
        recordings: of the Clone tab, oldest first. They stay until the user removes them.
        samples: of the Clone tab, all in the order of the list, recordings included.
        sample: id of the open one; empty for none.
        path: of the Clone tab, typed and not opened.
    """

    id: str
    description: str = ""
    text: str = ""
    polish: bool = False
    candidates: int = 3
    sketch: str = ""
    name: str = ""
    recordings: tuple[KeptRecording, ...] = ()
    direction: str = ""
    texts: tuple[str, ...] = ()
    samples: tuple[DraftSample, ...] = ()
    sample: str = ""
    path: str = ""


def mime_of(sample: bytes) -> Literal["audio/wav", "audio/mpeg"]:
    """The MIME type of a sample, by its first bytes."""
    return "audio/wav" if sample.startswith(b"RIFF") else "audio/mpeg"
