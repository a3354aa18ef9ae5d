"""A take: one generation of speech with everything that made it. Never overwritten."""

from __future__ import annotations

from typing import Literal

import msgspec

from app.core.messages import Usage
from app.core.requests import AudioContainer

TakeState = Literal["speaking", "done", "cut", "failed"]
"""`cut`: it broke off (stopped, connection lost, program killed); what had arrived is kept."""


class VoiceSnapshot(msgspec.Struct, frozen=True):
    """Which voice spoke.

    Attributes:
        kind: as in `app.core.requests`.
        id: the service's voice id for a built-in one, the library's id for a kept one, else empty.
        name: as it was shown then.
        description: of a designed voice; `polish` as in the request.
        sample: digest of the clone sample's blob.
    """

    kind: Literal["builtin", "designed", "cloned"]
    id: str = ""
    name: str = ""
    description: str = ""
    polish: bool = False
    sample: str = ""


class Take(msgspec.Struct, frozen=True):
    """One take.

    Attributes:
        session: the studio session it belongs to; empty for one made elsewhere (a preview, the chat).
        number: its place among all takes ever made in the session, from 1; 0 where nobody counts.
        place: where it was made: `studio`, `design`, `clone`, `chat`, `grid`, `script`, `drift`.
        text, direction: as they were sent; `spoken` is the polished text that came back, if any.
        created: Unix time in seconds.
        audio: digest of the blob with the sound; empty while it speaks.
        rate: frames per second; `frames`: length.
        first_sound: seconds from sending to the first audible sample; `seconds` to the end.
        loudness: LUFS, `true_peak`: dBTP; None when not measured or silent.
        peaks: the waveform as pairs of signed bytes (lowest, highest), equally spaced over the length.
        parent: the take this one was made from; `relation` says how.
        stars: 0 to 5.
        call_id: its exchange in the inspector.
        error: code of the failure that ended it, if any.
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
    place: str = "studio"
    created: float = 0.0
    state: TakeState = "speaking"
    audio: str = ""
    rate: int = 24_000
    frames: int = 0
    first_sound: float | None = None
    seconds: float = 0.0
    loudness: float | None = None
    true_peak: float | None = None
    peaks: bytes = b""
    usage: Usage | None = None
    parent: str | None = None
    relation: Literal["", "redo", "reuse", "polish", "keep"] = ""
    note: str = ""
    stars: int = 0
    call_id: str = ""
    error: str = ""
    number: int = 0


class SpeechSession(msgspec.Struct, frozen=True):
    """What the studio holds together: a text, how it is spoken and by whom; its takes name it.

    Attributes:
        made: takes made so far, those deleted since among them.
        named: a person chose the title; otherwise it follows the text.
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
    made: int = 0
    named: bool = False
