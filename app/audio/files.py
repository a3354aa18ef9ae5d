"""Reads sound files with libsndfile, and other formats through `ffmpeg`."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec
import numpy as np
import soundfile

from app.audio.file_bytes import open_bytes
from app.audio.joined_files import joined_files
from app.audio.ogg_pages import is_whole
from app.audio.resampling import Samples
from app.audio.true_length import MAX_REWRITTEN_BYTES, with_true_length
from app.core.errors import AudioError, Code
from app.core.given_files import problem_of
from app.core.units import frames_to_seconds

Container = Literal["wav", "flac", "mp3", "ogg"]
T = TypeVar("T")

MAX_DECODED_BYTES = 512 * 1024 * 1024
"""Largest decoded size, as float32 samples, that `read_sound` accepts: 46 minutes of 48 kHz stereo."""
MAX_CHANNELS = 8
RATES = range(4_000, 384_001)
BLOCK = 65_536
"""Frames read or written at a time."""
_FLAC_STEP = 1024
_JUMPS = ("WAV", "WAVEX", "W64", "RF64", "AIFF", "CAF", "FLAC")
"""Formats in which any frame is found without decoding those before it."""
DEPTHS = {
    "PCM_S8": "8", "PCM_U8": "8", "PCM_16": "16", "PCM_24": "24", "PCM_32": "32", "FLOAT": "float", "DOUBLE": "float",
    "ULAW": "8", "ALAW": "8",
}  # fmt: skip
"""What `Sound.depth` is, by the subtype of libsndfile."""
_UNKNOWN_FRAMES = 1 << 62
"""libsndfile states 2⁶³ - 1 where it does not know the number of frames."""
FFMPEG_TIMEOUT_SECONDS = 120
_FFMPEG_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,aac,asf,amr,caf,mp3,flac,ogg,wav,aiff,w64"
"""Formats that can't refer to other files, as playlists do."""


class Sound(msgspec.Struct, frozen=True):
    """A sound in memory.

    Attributes:
        samples: float32 of shape (frames, channels), full scale ±1.
        rate: frames per second.
        missing: frames that the file claims to hold and does not, or that could not be read.
        silenced: samples that were no numbers and are read as 0.
        is_first_format: the missing frames are those of joined files whose format is not that of the first.
        is_damaged: the file breaks off, or can't be decoded from somewhere on; how much is missing may be unknown.
        depth: bits of a sample in the file, `float` for floating point; empty where it stores no samples, as MP3.
    """

    samples: Samples
    rate: int
    missing: int = 0
    silenced: int = 0
    is_first_format: bool = False
    is_damaged: bool = False
    depth: str = ""

    @property
    def channels(self) -> int:
        return int(self.samples.shape[1])

    @property
    def seconds(self) -> float:
        return frames_to_seconds(len(self.samples), self.rate)


class SoundBlocks:
    """A sound file opened for reading block by block, in bounded memory.

    Attributes:
        rate, channels: as in the file.
        claimed: number of frames according to the header; the file may contain fewer.
        silenced: samples read so far that were no numbers.
        has_other_formats: joined files of other formats follow, which are not read.
        breaks_off: the file ends too early, as far as its format tells.
        depth: as `Sound.depth`.
    """

    def __init__(
        self,
        opened: Any,
        claimed: int = 0,
        has_other_formats: bool = False,
        breaks_off: bool = False,
        following: Sequence[Any] = (),
    ) -> None:
        """`following` are opened files that are joined to the first; those of another format are not read."""
        self.rate = int(opened.samplerate)
        self.channels = int(opened.channels)
        alike = [file for file in following if (file.samplerate, file.channels) == (self.rate, self.channels)]
        self.has_other_formats = has_other_formats or len(alike) < len(following)
        self.breaks_off = breaks_off
        self.depth = DEPTHS.get(opened.subtype, "")
        self._opened = (opened, *alike)
        self.silenced = 0
        seconds = sum(_stated_frames(file) / file.samplerate for file in (opened, *following))
        self.claimed = max(claimed, round(seconds * self.rate))

    def __iter__(self) -> Iterator[Samples]:
        """Yield float32 blocks of shape (up to 65536, channels). Raises SOUND_UNREADABLE where a file is damaged."""
        for opened in self._opened:
            yield from self._blocks(opened)

    def skip_to(self, frame: int) -> int:
        """Begin there, if the first file has it and can jump without decoding what comes before; return where."""
        first = self._opened[0]
        can_jump = first.format in _JUMPS and frame < _stated_frames(first)
        return int(first.seek(frame)) if can_jump else 0

    def _blocks(self, opened: Any) -> Iterator[Samples]:
        damage: Exception | None = None
        while damage is None:
            block, damage = self._block(opened)
            if not len(block):
                break
            finite = np.isfinite(block)
            if not finite.all():
                self.silenced += int(finite.size - finite.sum())
                block = np.where(finite, block, np.float32(0))
            yield block
        if damage is not None and _stated_frames(opened):
            raise AudioError(Code.SOUND_UNREADABLE, message=str(damage)) from damage

    def _block(self, opened: Any) -> tuple[Samples, Exception | None]:
        """The next frames, none at the end, and why there are no more where the file is damaged."""
        if opened.format != "FLAC":
            return _read(opened, BLOCK)
        # libsndfile drops the whole of what was asked for where a FLAC can't be decoded any more: then ask for less.
        # One that states no length can't be set back.
        if not _stated_frames(opened):
            return _read_in_steps(opened)
        at = opened.tell()
        block, damage = _read(opened, BLOCK)
        if damage is None:
            return block, None
        with suppress(soundfile.LibsndfileError, RuntimeError):
            opened.seek(at)
            block, _ = _read_in_steps(opened)
        return block, damage


def _read(opened: Any, count: int) -> tuple[Samples, Exception | None]:
    try:
        return opened.read(count, dtype="float32", always_2d=True), None
    except (soundfile.LibsndfileError, RuntimeError) as error:
        return np.empty((0, opened.channels), np.float32), error


def _read_in_steps(opened: Any) -> tuple[Samples, Exception | None]:
    pieces: list[Samples] = []
    damage = None
    while damage is None and sum(map(len, pieces)) < BLOCK:
        piece, damage = _read(opened, _FLAC_STEP)
        pieces.append(piece)
        if not len(piece):
            break
    return np.concatenate(pieces), damage


def _stated_frames(opened: Any) -> int:
    """The number of frames that an opened file states; 0 for a FLAC that was written to a pipe and states none."""
    return int(opened.frames) if opened.frames < _UNKNOWN_FRAMES else 0


@contextmanager
def open_sound(origin: Path | str | bytes) -> Iterator[SoundBlocks]:
    """Open a file by path, or from the bytes of a whole file. Wrong sizes in a WAV file are corrected.

    Raises FILE_MISSING, FILE_IS_FOLDER, FILE_IS_SPECIAL, FILE_UNREADABLE, SOUND_EMPTY, SOUND_UNREADABLE, SOUND_FORMAT
    (more than 8 channels or an implausible rate) and SOUND_NEEDS_FFMPEG.
    """
    size = len(origin) if isinstance(origin, bytes) else _size_of(Path(origin))
    if size == 0:
        raise AudioError(Code.SOUND_EMPTY)
    with tempfile.TemporaryDirectory(prefix="sound-") as folder:
        breaks_off = _breaks_off(origin, size)
        with ExitStack() as files:
            true = with_true_length(origin, size, files)
            following: list[Any] = []
            is_decoded = False
            try:
                opened = soundfile.SoundFile(true.readable)
            except (soundfile.LibsndfileError, TypeError) as error:
                # soundfile raises TypeError for a file named *.raw.
                opened, breaks_off = _through_ffmpeg(origin, Path(folder), error)
                is_decoded = True
            else:
                following = [files.enter_context(file) for file in _following(origin, size)]
                if not _stated_frames(opened) and not following:
                    opened, breaks_off = _of_unknown_length(opened, origin, Path(folder))
            files.enter_context(opened)
            if not 0 < opened.channels <= MAX_CHANNELS or opened.samplerate not in RATES:
                raise AudioError(Code.SOUND_FORMAT, channels=opened.channels, rate=opened.samplerate)
            claimed = round(true.seconds * opened.samplerate)
            blocks = SoundBlocks(opened, claimed, true.has_other_formats, breaks_off, following)
            if is_decoded:
                blocks.depth = ""
            yield blocks


def read_sound(
    origin: Path | str | bytes,
    *,
    max_bytes: int = MAX_DECODED_BYTES,
    progress: Callable[[float], None] | None = None,
) -> Sound:
    """Read a whole sound from a path or from the bytes of a file. Raises as `open_sound`, and SOUND_TOO_LARGE.

    `max_bytes` limits the size of the decoded samples; the length in the header is not trusted. `progress` is called
    with the part read so far, 0 to 1, in the calling thread, where the length is known. Where a file can't be decoded
    to its end, what comes before is the sound, and `is_damaged`.
    """
    frames, is_damaged = 0, False
    with open_sound(origin) as sound:
        # The stated length is only a hint. Pages that are not written to take no memory.
        largest = max_bytes // (4 * sound.channels)
        samples = np.empty((min(max(sound.claimed, BLOCK), largest), sound.channels), np.float32)
        blocks = iter(sound)
        while True:
            try:
                block = next(blocks, None)
            except AudioError:
                if not frames:
                    raise
                block, is_damaged = None, True
            if block is None:
                break
            if frames + len(block) > largest:
                raise AudioError(Code.SOUND_TOO_LARGE, limit=max_bytes)
            if frames + len(block) > len(samples):
                samples = _grown(samples, frames, min(largest, 2 * (frames + len(block))))
            samples[frames : frames + len(block)] = block
            frames += len(block)
            if progress is not None and sound.claimed:
                progress(min(1.0, frames / sound.claimed))
        rate, depth, is_damaged = sound.rate, sound.depth, is_damaged or sound.breaks_off
    if not frames:
        raise AudioError(Code.SOUND_EMPTY)
    samples = samples[:frames] if frames > len(samples) // 2 else samples[:frames].copy()
    # Less than 0.1 s is the delay and padding of an encoder.
    missing = sound.claimed - frames if sound.claimed - frames > rate // 10 else 0
    return Sound(samples, rate, missing, sound.silenced, bool(missing) and sound.has_other_formats, is_damaged, depth)


def _grown(samples: Samples, used: int, length: int) -> Samples:
    larger = np.empty((length, samples.shape[1]), np.float32)
    larger[:used] = samples[:used]
    return larger


def _breaks_off(origin: Path | str | bytes, size: int) -> bool:
    """Whether an Ogg file ends too early; False for other kinds, whose headers state a length."""
    if size > MAX_REWRITTEN_BYTES:
        return False
    if isinstance(origin, bytes):
        return origin[:4] == b"OggS" and not is_whole(origin)
    with open_bytes(Path(origin)) as file:
        head = file.read(4)
        return head == b"OggS" and not is_whole(head + file.read())


def _of_unknown_length(opened: Any, origin: Path | str | bytes, folder: Path) -> tuple[Any, bool]:
    """The file decoded by ffmpeg if possible: libsndfile loses the end of a FLAC that states no length."""
    try:
        decoded = _through_ffmpeg(origin, folder, AudioError(Code.SOUND_UNREADABLE))
    except AudioError:
        return opened, False
    opened.close()
    return decoded


def _following(origin: Path | str | bytes, size: int) -> list[Any]:
    """The files that are joined to the first in a FLAC or Ogg file, opened; those that can't be read are left out."""
    if size > MAX_REWRITTEN_BYTES:
        return []
    if isinstance(origin, bytes):
        content = origin
    else:
        with open_bytes(Path(origin)) as file:
            head = file.read(4)
            content = head + file.read() if head in (b"OggS", b"fLaC") else head
    found = []
    for part in joined_files(content)[1:]:
        with suppress(soundfile.LibsndfileError):
            found.append(soundfile.SoundFile(io.BytesIO(part)))
    return found


def _size_of(path: Path) -> int:
    try:
        problem = problem_of(path)
        if problem is not None:
            raise AudioError(problem, path=str(path))
        return path.stat().st_size
    except OSError as error:
        raise AudioError(Code.FILE_UNREADABLE, path=str(path), message=error.strerror or "") from error


def _through_ffmpeg(origin: Path | str | bytes, folder: Path, reason: Exception) -> tuple[Any, bool]:
    """Decode the audio track to a WAV file in `folder` and open it. Also returns whether parts could not be decoded."""
    unreadable = AudioError(Code.SOUND_UNREADABLE, message=getattr(reason, "error_string", str(reason)))
    program = shutil.which("ffmpeg")
    if program is None:
        raise AudioError(Code.SOUND_NEEDS_FFMPEG) if _known_to_ffmpeg(origin) else unreadable from reason
    path = folder / "given"
    if isinstance(origin, bytes):
        # A pipe is not seekable, and phones write the index at the end of the file.
        path.write_bytes(origin)
    else:
        path = Path(origin)
    wav = folder / "decoded.wav"
    command = [program, "-v", "error", "-nostdin", "-protocol_whitelist", "file", "-format_whitelist", _FFMPEG_FORMATS]
    command += [
        "-i",
        f"file:{path}",
        "-map",
        "0:a:0",
        "-c:a",
        "pcm_f32le",
        "-fs",
        str(MAX_DECODED_BYTES + BLOCK),
        "-f",
        "wav",
    ]
    try:
        finished = subprocess.run(
            [*command, str(wav)], capture_output=True, timeout=FFMPEG_TIMEOUT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise unreadable from reason
    if finished.returncode != 0 or not wav.exists():
        raise unreadable from reason
    return soundfile.SoundFile(str(wav)), bool(finished.stderr.strip())


def _known_to_ffmpeg(origin: Path | str | bytes) -> bool:
    """Whether the first bytes are those of M4A, MP4, WebM, Matroska, ADTS AAC, WMA or AMR."""
    if isinstance(origin, bytes):
        head = origin[:16]
    else:
        with Path(origin).open("rb") as file:
            head = file.read(16)
    starts = (b"\x1aE\xdf\xa3", b"\xff\xf1", b"\xff\xf9", b"0&\xb2u", b"#!AMR")
    return head[4:8] == b"ftyp" or head.startswith(starts)
