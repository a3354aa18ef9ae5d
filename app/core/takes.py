"""Takes: single generations of speech with all their settings. A take is never overwritten."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from app.core.bounds import bound
from app.core.events import SPEECH_RATE
from app.core.messages import Usage
from app.core.requests import AudioContainer
from app.core.tags import beginning

MAX_SAMPLE_RATE = 768_000
MAX_STARS = 5
BURST_SECONDS = 0.1
"""A sound that arrived within this time arrived at once."""
_TITLE_LENGTH = 60
"""Maximum characters of a session title taken from its text."""
_PARTS = "parts "
_MESSAGE = "message "
TakeState = Literal["queued", "speaking", "done", "cut", "failed"]
"""`queued`: its request was not sent yet. `speaking`: it is being made. `cut`: it ended early (stopped, connection
lost, program killed); the audio received until then is saved."""


GenerationState = Literal["queued", "requesting", "waiting", "receiving", "saving", "unsaved", "saved"]
"""How far a take is that is being made. `queued`: nothing was sent. `requesting`: the service has not answered yet.
`waiting`: for the rate limit, or to be repeated. `unsaved`: it has ended, but could not be saved; its sound stays
playable until the program ends."""


class TakeProgress(NamedTuple):
    """How far a take is that is being made.

    `elapsed` is in seconds since its request left, 0 before. `streams` says whether its sound comes piece by piece.
    """

    state: GenerationState
    elapsed: float
    streams: bool


TriedConsent = Literal["", "given", "not-needed"]


class VoiceSnapshot(msgspec.Struct, frozen=True):
    """The voice of a take, as it was then.

    Attributes:
        kind: as in `app.core.requests`.
        id: the service's id of a built-in voice, or the id in the library; else empty.
        name: as shown when the take was made; of the default voice those that spoke for it, if several did.
        description: of a designed voice; `polish` as in the request.
        sample: digest of the clone sample's blob.
        consent: of a sample that is tried before it is saved: whether its speaker agreed to that. Voices of the library
            have a record of it instead.
    """

    kind: Literal["builtin", "designed", "cloned"]
    id: str = ""
    name: str = ""
    description: str = ""
    polish: bool = False
    sample: str = ""
    consent: TriedConsent = ""


class TakePart(msgspec.Struct, frozen=True):
    """One part of a take that was spoken in parts.

    Attributes:
        text: as sent.
        start, frames: where its sound is in the sound of the take; `frames` is 0 while it has none.
        error: why it is incomplete: a code as in `Take.error`, or `stopped`; else empty.
        audio: digest of the blob that has its sound at `start`, while the take is made from another one; else empty.
        take: id of the hidden take that makes it, or has failed to; else empty.
        call_id: id of its exchange in the inspector.
    """

    text: str
    start: int = 0
    frames: int = 0
    error: str = ""
    audio: str = ""
    take: str = ""
    call_id: str = ""

    def __post_init__(self) -> None:
        bound(self, counts=("start", "frames"), timestamps=())


class TakeFinding(msgspec.Struct, frozen=True):
    """Something about the sound of a take that a listener should know.

    Attributes:
        code: `abrupt` (ends at the level of speech), `hole` (a pause over a second), `clips`, `silent`; of the words,
            when it was read back: `missing`, `added`, or `unlike` (hardly any word of the text was heard). Others may
            be added, and a newer program may have stored one that this one does not know.
        at, seconds: where in the sound it is, and how long.
        words: the phrases it is about, a line each, if it is about words.
    """

    code: str
    at: float = 0.0
    seconds: float = 0.0
    words: str = ""

    def __post_init__(self) -> None:
        bound(self, counts=(), timestamps=(), durations=("at", "seconds"))


class ReadBack(msgspec.Struct, frozen=True):
    """What a recogniser heard in a take.

    Attributes:
        id: of the check, by which its call in the job queue is known.
        heard: the transcript.
        model: the recognition model.
        checked: Unix time in seconds.
    """

    id: str
    heard: str = ""
    model: str = ""
    checked: float = 0.0

    def __post_init__(self) -> None:
        bound(self, counts=(), timestamps=("checked",))


class Take(msgspec.Struct, frozen=True, rename={"origin": "place"}):
    """One take.

    Attributes:
        session: the studio session it belongs to, or `message_session` of the answer it speaks; empty for a take made
            elsewhere, such as a preview.
        number: its number among all takes ever made in the session, from 1; 0 outside of sessions.
        origin: where it was made (stored as `place`): `studio`, `design`, `clone`, `sample`, `chat`, `grid`, `script`
            or `drift`.
        text, direction: as sent; `spoken` is the polished text the service returned, if any.
        created: Unix time in seconds.
        audio: digest of the audio blob; empty while it is generated.
        rate: frames per second; `frames` is the length.
        first_sound: seconds from sending to the first audible sample; `seconds` is to the end. Likewise `sent` (the
            last byte of the request), `first_byte` and `last_byte` of the answer. None for what is not known.
        loudness, true_peak: LUFS and dBTP; None if silent or not measured.
        peaks: the waveform as pairs of signed bytes (minimum, maximum) at equal intervals.
        parent: the take this one was made from; `relation` is how (`part`: some of its parts were spoken again).
        stars: 0 to 5.
        call_id: id of its exchange in the inspector.
        error: code of the failure that ended it, `length` or `content_filter` if the service cut it, `stopped` by the
            user, `closed` if the program ended meanwhile; else empty.
        asked_voice: id of the service's default voice where the service did not know it, so that `voice` spoke instead.
            Empty if several voices spoke the parts: then `voice` is the default one, with their names.
        parts: of a take that was spoken in parts, in order. Each is made by a hidden take in the session
            `parts_session(id)`, and until all have ended this one is stored as `queued`.
        findings: what was found in its sound when it ended, and in its words when it was read back last; nothing for
            takes of earlier versions.
        read_back: what was heard when it was read back last; None if it never was.
        round: number of the round of designing a voice that it is a candidate of, from 1; 0 for any other take, and for
            candidates of earlier versions.
    """

    id: str
    voice: VoiceSnapshot
    text: str = ""
    direction: str = ""
    spoken: str = ""
    model: str = ""
    container: AudioContainer = "wav"
    stream: bool = True
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    session: str = ""
    origin: str = "studio"
    created: float = 0.0
    state: TakeState = "speaking"
    audio: str = ""
    rate: int = SPEECH_RATE
    frames: int = 0
    first_sound: float | None = None
    seconds: float = 0.0
    loudness: float | None = None
    true_peak: float | None = None
    peaks: bytes = b""
    usage: Usage | None = None
    parent: str | None = None
    relation: Literal["", "redo", "reuse", "polish", "keep", "part"] = ""
    note: str = ""
    stars: int = 0
    call_id: str = ""
    error: str = ""
    number: int = 0
    parts: tuple[TakePart, ...] = ()
    sent: float | None = None
    first_byte: float | None = None
    last_byte: float | None = None
    findings: tuple[TakeFinding, ...] = ()
    read_back: ReadBack | None = None
    asked_voice: str = ""
    round: int = 0

    def __post_init__(self) -> None:
        bound(
            self,
            counts=("frames", "number", "stars", "max_tokens", "round"),
            timestamps=("created",),
            durations=("first_sound", "seconds", "sent", "first_byte", "last_byte"),
        )
        if not 1 <= self.rate <= MAX_SAMPLE_RATE:
            msgspec.structs.force_setattr(self, "rate", SPEECH_RATE)
        if self.stars > MAX_STARS:
            msgspec.structs.force_setattr(self, "stars", MAX_STARS)

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will arrive."""
        return self.state not in ("queued", "speaking")

    @property
    def came_at_once(self) -> bool:
        """Whether the whole sound arrived at once: nothing could be heard before all of it was there."""
        if self.first_sound is None or self.last_byte is None:
            return False
        return self.last_byte - self.first_sound <= BURST_SECONDS


class SpeechSession(msgspec.Struct, frozen=True, rename={"takes_made": "made", "title_is_custom": "named"}):
    """A studio session: a text, its direction and voice. Takes refer to their session.

    Attributes:
        takes_made: number of takes made so far, including deleted ones (stored as `made`).
        title_is_custom: whether the user chose the title, which otherwise follows the text (stored as `named`).
        shown: which form of the direction is shown and sent where both have text; empty if only one has.
    """

    id: str
    title: str = ""
    text: str = ""
    direction: str = ""
    role: str = ""
    scene: str = ""
    guidance: str = ""
    voice: VoiceSnapshot | None = None
    model: str = ""
    sing: bool = False
    pinned: bool = False
    created: float = 0.0
    updated: float = 0.0
    takes_made: int = 0
    title_is_custom: bool = False
    shown: Literal["", "free", "layers"] = ""

    def __post_init__(self) -> None:
        bound(self, counts=("takes_made",), timestamps=("created", "updated"))


def parts_session(take_id: str) -> str:
    """The session of the hidden takes that make the parts of a take. No session of the studio has such an id."""
    return _PARTS + take_id


def message_session(message_id: str) -> str:
    """The session of the takes that speak an answer of the chat. No session of the studio has such an id."""
    return _MESSAGE + message_id


def joined_id(session: str) -> str:
    """The id of the take whose parts are made in a session; empty for any other session."""
    return session.removeprefix(_PARTS) if session.startswith(_PARTS) else ""


def title_of(session: SpeechSession) -> str:
    """The title the user chose, else the first words of the text; empty if there are none."""
    if session.title_is_custom and session.title:
        return session.title
    return beginning(session.text, _TITLE_LENGTH)
