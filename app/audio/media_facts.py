"""What is in a sound or video file: length, size, codec, waveform and first frame. Libraries are loaded when used."""

from __future__ import annotations

import asyncio
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from app.core.errors import AudioError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PEAK_COLUMNS = 120
"""Pairs in the waveform of an attachment."""
FRAME_WIDTH = 640
"""Pixels of the first frame of a video; a wider one is scaled down."""
FRAME_TIMEOUT_SECONDS = 15.0
_SPAN_FRAMES = 1_024
_MAX_FRAME_BYTES = 8 << 20
_FRAME_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,avi,asf"
"""Demuxers for the formats of the service. Others, such as playlists, would open further files."""


class ContainerFacts(NamedTuple):
    """What the container of a file says; None or empty where it does not.

    Attributes:
        seconds: of the video, else of the sound.
        codec: of the video.
        has_video, has_sound: whether there is a track of it.
    """

    seconds: float | None = None
    width: int = 0
    height: int = 0
    codec: str = ""
    has_video: bool = False
    has_sound: bool = False


class SoundFacts(NamedTuple):
    """Length in seconds, and peaks as (lowest, highest) pairs of signed bytes."""

    seconds: float
    peaks: bytes


def container_facts(path: Path) -> ContainerFacts | None:
    """Read the container of a sound or video with MediaInfo.

    None if its library can't be loaded or the file can't be read. Blocks: call it in a thread.
    """
    try:
        from pymediainfo import MediaInfo

        parsed = MediaInfo.parse(str(path), parse_speed=0.2)
    except (ImportError, OSError, RuntimeError, ValueError, SyntaxError):
        # It reads the facts as XML, which can't contain every text of a tag; a ParseError is a SyntaxError.
        return None
    found = ContainerFacts()
    for track in parsed.tracks:
        seconds = _seconds(track.duration)
        if track.track_type == "Video" and not found.has_video:
            found = ContainerFacts(
                seconds or found.seconds, int(track.width or 0), int(track.height or 0), str(track.format or ""), True,
                found.has_sound,
            )  # fmt: skip
        elif track.track_type in ("General", "Audio") and found.seconds is None:
            found = found._replace(seconds=seconds)
        if track.track_type == "Audio":
            found = found._replace(has_sound=True)
    return found


def _seconds(milliseconds: object) -> float | None:
    try:
        return float(str(milliseconds)) / 1000 or None
    except ValueError:
        return None


def sound_facts(path: Path) -> SoundFacts:
    """Decode a sound block by block for its length and waveform. Blocks: call it in a thread.

    What can't be decoded to its end is measured as far as it goes. Raises AudioError as `files.open_sound`.
    """
    # Only now: the chat is built with this module, and numpy takes 8 MB of a window at rest.
    import numpy as np

    from app.audio.files import open_sound

    lows: list[NDArray[np.float32]] = []
    highs: list[NDArray[np.float32]] = []
    frames = 0
    with open_sound(path) as sound:
        try:
            for block in sound:
                frames += len(block)
                mono = block.mean(axis=1, dtype=np.float32)
                starts = np.arange(0, len(mono), _SPAN_FRAMES)
                lows.append(np.minimum.reduceat(mono, starts))
                highs.append(np.maximum.reduceat(mono, starts))
        except AudioError:
            if not frames:
                raise
        seconds = max(frames, sound.claimed) / sound.rate
    if not lows:
        return SoundFacts(seconds, b"")
    return SoundFacts(seconds, _packed(np.concatenate(lows), np.concatenate(highs)))


def _packed(lows: NDArray[np.float32], highs: NDArray[np.float32]) -> bytes:
    import numpy as np

    starts = np.unique(np.linspace(0, len(lows), min(PEAK_COLUMNS, len(lows)), endpoint=False).astype(np.int64))
    pairs = np.stack([np.minimum.reduceat(lows, starts), np.maximum.reduceat(highs, starts)], axis=1)
    return bytes(np.clip(np.rint(pairs * 127), -128, 127).astype(np.int8).tobytes())


async def first_frame(path: Path) -> bytes | None:
    """The first frame of a video as PNG through `ffmpeg`; None without that program, or if it can't decode it.

    The program is given a file of the home only, may open nothing else, and is ended after a time limit or when the
    caller is cancelled.
    """
    program = shutil.which("ffmpeg")
    if program is None:
        return None
    command = (
        program, "-v", "error", "-nostdin", "-protocol_whitelist", "file", "-format_whitelist", _FRAME_FORMATS,
        "-i", f"file:{path}", "-map", "0:v:0",
        "-frames:v", "1", "-vf", f"scale='min({FRAME_WIDTH},iw)':-2", "-f", "image2pipe", "-c:v", "png", "-",
    )  # fmt: skip
    try:
        process = await asyncio.create_subprocess_exec(
            *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
        )
    except OSError:
        return None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(FRAME_TIMEOUT_SECONDS):
            picture = await process.stdout.read(_MAX_FRAME_BYTES)
            while more := await process.stdout.read(_MAX_FRAME_BYTES):
                picture += more
                if len(picture) > _MAX_FRAME_BYTES:
                    return None
            code = await process.wait()
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return picture if code == 0 and picture.startswith(b"\x89PNG") else None
