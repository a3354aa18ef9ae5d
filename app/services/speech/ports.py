"""Protocols for what speech needs from audio and storage.

Implemented by `app.composition.audio_adapter` and `app.storage`, and passed in by `main`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from app.core.errors import AudioError
from app.core.takes import Take
from app.services.jobs.ports import Write

Samples = NDArray[np.float32]
"""Shape (frames, channels), full scale ±1."""
T = TypeVar("T")


class Source(Protocol):
    """A playback source; frames may still arrive."""

    @property
    def rate(self) -> int: ...
    @property
    def channels(self) -> int: ...
    @property
    def known(self) -> int: ...
    @property
    def ended(self) -> bool: ...
    @property
    def memory_bytes(self) -> int: ...
    def read(self, start: int, count: int) -> Samples: ...
    def watch(self, wake: Callable[[], None]) -> Callable[[], None]: ...


class GrowingSource(Source, Protocol):
    """The source of a streaming take: 16-bit little-endian mono PCM."""

    def feed(self, piece: bytes) -> None: ...
    def finish(self) -> None: ...
    def fail(self, error: BaseException | None = None) -> None: ...
    def pcm(self, start: int = 0, count: int | None = None) -> NDArray[np.int16]: ...


class PlayerState(Protocol):
    """`status`: idle, waiting, playing, paused or ended; `error`: why the player paused by itself."""

    @property
    def status(self) -> str: ...
    @property
    def source(self) -> Any: ...
    @property
    def error(self) -> AudioError | None: ...


class Player(Protocol):
    """One playhead. Nothing raises; device errors are reported as a state."""

    volume: float

    @property
    def state(self) -> PlayerState: ...
    @property
    def heard(self) -> int: ...
    def watch(self, told: Callable[[Any], None]) -> Callable[[], None]: ...
    def play(self, source: Any, *, start: int = 0, gain_db: float = 0.0, loop: bool = False,
             region: tuple[int, int] | None = None, speed: float = 1.0) -> None: ...  # fmt: skip
    def switch(self, source: Any, *, gain_db: float = 0.0) -> None: ...
    def change(self, *, gain_db: float | None = None, loop: bool | None = None, speed: float | None = None) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...
    def seek(self, frame: int) -> None: ...
    def stop(self) -> None: ...
    def silence(self) -> None: ...


class Recorder(Protocol):
    """Records mono from the microphone into a WAV file."""

    @property
    def level(self) -> Any: ...
    @property
    def frames(self) -> int: ...
    async def start(self, path: Path) -> None: ...
    async def stop(self) -> Any: ...


class Sound(Protocol):
    """A sound in memory. `missing`: frames its file claimed and lacked; `silenced`: samples that were no numbers."""

    @property
    def samples(self) -> Samples: ...
    @property
    def rate(self) -> int: ...
    @property
    def channels(self) -> int: ...
    @property
    def depth(self) -> str: ...
    @property
    def seconds(self) -> float: ...
    @property
    def missing(self) -> int: ...
    @property
    def silenced(self) -> int: ...
    @property
    def is_first_format(self) -> bool: ...
    @property
    def is_damaged(self) -> bool: ...


class Loudness(Protocol):
    """`integrated` in LUFS, None for silence; `true_peak` in dBTP."""

    @property
    def integrated(self) -> float | None: ...
    @property
    def true_peak(self) -> float: ...


class SoundFaults(Protocol):
    """`clipped`: samples in flat tops at full scale; `holes`: (start, end) in frames of pauses that are too long."""

    @property
    def silent(self) -> bool: ...
    @property
    def abrupt(self) -> bool: ...
    @property
    def clipped(self) -> int: ...
    @property
    def holes(self) -> Sequence[tuple[int, int]]: ...


class SoundOutline(Protocol):
    """The course of a sound: `peaks`, int8 pairs, four every 10 ms; level in dBFS and clipping of every 10 ms."""

    @property
    def peaks(self) -> NDArray[np.int8]: ...
    @property
    def levels(self) -> NDArray[np.float64]: ...
    @property
    def clipped(self) -> NDArray[np.bool_]: ...
    @property
    def rate(self) -> int: ...
    @property
    def channels(self) -> int: ...
    @property
    def frames(self) -> int: ...
    @property
    def missing(self) -> float: ...
    @property
    def silenced(self) -> int: ...
    @property
    def is_damaged(self) -> bool: ...
    @property
    def seconds(self) -> float: ...


class Audio(NamedTuple):
    """Audio operations. All of them block and may raise AudioError: call them in a thread.

    The edits passed to `edited` are created by `trim`, `mono`, `level`, `centre`, `high_pass` and `change_rate`.
    """

    read_sound: Callable[..., Sound]
    write_sound: Callable[..., None]
    wav_bytes: Callable[[Any], bytes]
    make_sound: Callable[..., Sound]
    to_pcm16: Callable[[Samples], NDArray[np.int16]]
    resample: Callable[[Samples, int, int], Samples]
    growing: Callable[[int], GrowingSource]
    whole: Callable[[Samples, int], Source]
    playable: Callable[[bytes], Source]
    """A stored sound from the bytes of its file; a long one is read from a temporary file while it plays."""
    measure: Callable[[Samples, int], Loudness]
    faults: Callable[[Samples, int], SoundFaults]
    """What can be heard to be wrong with a spoken sound of shape (frames, 1)."""
    pitch: Callable[[NDArray[np.float32], int], float | None]
    """Median pitch in Hz of a mono sound of shape (frames,); None if too little of it is voiced."""
    analyse: Callable[..., Any]
    edited: Callable[[Any, tuple[Any, ...]], Sound]
    trim: Callable[[int, int], Any]
    mono: Callable[[], Any]
    level: Callable[[], Any]
    centre: Callable[[], Any]
    change_rate: Callable[[int], Any]
    clipped: Callable[[Samples, int], tuple[int, int]]
    """Number of samples in flat tops, at any level, and in tops that were flat before the sound was coded."""
    file_bytes: Callable[[Any, Any], bytes]
    """Encode a sound as `wav`, `flac`, `mp3` or `ogg`."""
    even_mp3_bytes: Callable[[Any], bytes]
    """Encode a sound as MP3 of a size that depends on its length alone."""
    spoken_span: Callable[[Any], tuple[int, int]]
    read_mono: Callable[[Path, int], Samples]
    """Read a file of any length, resampled to a rate in Hz and mixed to mono: shape (frames, 1)."""
    cut_at_silences: Callable[[Samples, int, float], list[tuple[int, int]]]
    """Frame ranges of consecutive pieces of at most the given number of seconds."""
    high_pass: Callable[[], Any]
    """The edit that removes hum and rumble."""
    compare_channels: Callable[[Samples], Any]
    """Difference in level in dB, None for mono, and correlation of the first two channels."""
    outline: Callable[[Samples, int], SoundOutline]
    outline_file: Callable[..., SoundOutline]
    """The outline of a file of any length: path, and what is told the part that was read."""
    read_span: Callable[..., Sound]
    """Read the frames of a file from a first to a last one, exclusive."""


class BlobWriter(Protocol):
    def write(self, piece: bytes) -> None: ...
    def finish(self, header: bytes = b"") -> str: ...
    def abandon(self) -> None: ...


class Blobs(Protocol):
    """Content-addressed files. Every call blocks and may raise StorageError."""

    def put(self, content: bytes) -> str: ...
    def read(self, digest: str) -> bytes: ...
    def __contains__(self, digest: str) -> bool: ...
    def path(self, digest: str) -> Path: ...
    def writer(self, name: str = "") -> BlobWriter: ...


class SpokenBy(Protocol):
    """What a voice spoke: how many takes by session, and the latest complete one."""

    @property
    def sessions(self) -> Mapping[str, int]: ...
    @property
    def last_take(self) -> Take | None: ...


class TakeStore(Protocol):
    """Stores takes; `keep` of a stored take updates its state, never its audio.

    Keys that were typed into a take are not stored: `keep`, `keep_joined` and `update` return what is.
    """

    async def keep(self, take: Take) -> Take: ...
    async def keep_joined(self, take: Take, parts: Sequence[Take]) -> Take: ...
    def keeping(self, takes: Sequence[Take]) -> Write: ...
    def deleting(self, take_ids: Sequence[str]) -> Write: ...
    async def complete(self, take_ids: Sequence[str]) -> set[str]: ...
    async def get(self, take_id: str) -> Take: ...
    async def update(self, take_id: str, change: Callable[[Take], Take]) -> Take: ...
    async def of_session(self, session: str = "") -> tuple[Take, ...]: ...
    async def spoken_by(self, voice_id: str) -> SpokenBy: ...
    async def highest_numbers(self) -> dict[str, int]: ...
    async def delete(self, take_ids: Sequence[str]) -> None: ...
    async def restore(self, take_ids: Sequence[str]) -> None: ...


class JoinedTakes(Protocol):
    """Takes that are spoken in parts, which are made by hidden takes."""

    async def settle(self, take: Take) -> Take:
        """Go on with a stored take that is not finished; return it as it is now."""

    async def repeated(self, takes: Sequence[Take]) -> tuple[Sequence[Take], Sequence[Take]]:
        """Find out what new takes that repeat others are for.

        Return them with the session in which they make parts, and the takes that are joined from those. Store all of
        them together, then `settle` the joined ones. Raises StorageError.
        """


class FoundTake(Protocol):
    """A take found by a search."""

    @property
    def take(self) -> Take: ...


class TakeSearch(Protocol):
    """Searches takes by text, direction, note and voice. Raises StorageError."""

    async def takes(self, query: str, limit: int = ...) -> Sequence[FoundTake]: ...


class RecordStore(Protocol[T]):
    """Stores records of one kind by id."""

    async def keep(self, record: T) -> None: ...
    async def find(self, record_id: str) -> T | None: ...
    async def listed(self) -> tuple[T, ...]: ...
    def unreadable(self) -> frozenset[str]: ...
    async def delete(self, record_id: str) -> None: ...
    async def restore(self, record_id: str) -> None: ...
