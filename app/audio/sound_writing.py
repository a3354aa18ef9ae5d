"""Writes sound files with libsndfile: whole or not at all."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar

import msgspec
import numpy as np
import soundfile
from numpy.typing import NDArray

from app.audio import metadata as file_tags
from app.audio.files import BLOCK, Container, Sound
from app.audio.resampling import Samples
from app.audio.vorbis_comments import copy_with_comment
from app.core.errors import AudioError, Code

T = TypeVar("T")

EVEN_MP3_COMPRESSION = 0.3
"""About 112 kbit/s at 24 kHz, which is transparent for speech."""
_MP3_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000)


def _never_stopping() -> None:
    pass


def write_sound(
    path: Path,
    sound: Sound,
    container: Container,
    *,
    metadata: Mapping[str, str] | None = None,
    settings: Mapping[str, Any] | None = None,
    replace: bool = True,
    check: Callable[[], object] = _never_stopping,
) -> None:
    """Write a sound file atomically: to a temporary file that is synced and then renamed.

    Keys of `metadata` are those of `metadata.NAMES`. `settings` are stored in full, in a chunk of a WAV file or in a
    JSON file next to any other (see `metadata.settings_path`). WAV and FLAC files have 16-bit samples.
    `check` is called between blocks; what it raises stops the writing, and nothing is left of the file.
    Raises FILE_NOT_WRITTEN, DISK_FULL and SOUND_FORMAT, and FileExistsError without `replace`.
    """
    if container == "mp3" and (sound.rate not in _MP3_RATES or sound.channels > 2):
        raise AudioError(Code.SOUND_FORMAT, channels=sound.channels, rate=sound.rate)
    with _replacing(path, replace=replace) as temporary:
        _encode(temporary, sound, container, metadata or {}, check)
        if metadata and container == "wav":
            file_tags.append_chunk(temporary, file_tags.ID3_CHUNK, file_tags.id3(metadata))
        if settings is not None and container == "wav":
            file_tags.append_chunk(temporary, file_tags.SETTINGS_CHUNK, msgspec.json.encode(settings))
    if settings is not None and container != "wav":
        with _replacing(file_tags.settings_path(path)) as settings_file:
            settings_file.write(file_tags.encode_settings(settings))


def wav_bytes(sound: Sound) -> bytes:
    """Encode a 16-bit WAV file in memory, the format the service expects."""
    written = io.BytesIO()
    _encode(written, sound, "wav", {})
    return written.getvalue()


def file_bytes(sound: Sound, container: Container) -> bytes:
    """Encode a file in memory. Raises SOUND_FORMAT."""
    written = io.BytesIO()
    _encode(written, sound, container, {})
    return written.getvalue()


def even_mp3_bytes(sound: Sound) -> bytes:
    """Encode an MP3 file of constant bit rate in memory: sounds of equal length give files of equal size."""
    written = io.BytesIO()
    _encode_with_libsndfile(written, sound, "mp3", {}, bitrate_mode="CONSTANT", compression_level=EVEN_MP3_COMPRESSION)
    return written.getvalue()


def to_pcm16(samples: Samples) -> NDArray[np.int16]:
    """Convert to 16-bit samples. Samples that came from 16 bits are unchanged; values beyond full scale are clipped."""
    scaled = np.clip(np.rint(samples * np.float32(32768)), -32768, 32767)
    return np.asarray(scaled, np.int16)


def _encode(
    to: IO[bytes], sound: Sound, container: Container, metadata: Mapping[str, str],
    check: Callable[[], object] = _never_stopping,
) -> None:  # fmt: skip
    unknown = set(metadata) - set(file_tags.NAMES)
    if unknown:
        raise ValueError(f"no such tags: {sorted(unknown)}")
    if container != "mp3":
        plain = {name: text for name, text in metadata.items() if name not in file_tags.ID3_ONLY}
        lyrics = metadata.get("lyrics", "")
        if container == "wav" or not lyrics:
            _encode_with_libsndfile(to, sound, container, plain, check)
            return
        with tempfile.TemporaryFile() as encoded:
            _encode_with_libsndfile(encoded, sound, container, plain, check)
            copy_with_comment(encoded, to, container, "LYRICS", lyrics)
        return
    # libsndfile seeks to the beginning of the file when it closes an MP3, so the tag can't be written first.
    with tempfile.TemporaryFile() as encoded:
        _encode_with_libsndfile(encoded, sound, container, {}, check)
        encoded.seek(0)
        to.write(file_tags.id3(metadata))
        shutil.copyfileobj(encoded, to)


def _encode_with_libsndfile(
    to: IO[bytes], sound: Sound, container: Container, metadata: Mapping[str, str],
    check: Callable[[], object] = _never_stopping, **encoding: Any,
) -> None:  # fmt: skip
    subtype = {"wav": "PCM_16", "flac": "PCM_16", "mp3": "MPEG_LAYER_III", "ogg": "VORBIS"}[container]
    guarded = _Guarded(to)
    try:
        with soundfile.SoundFile(
            guarded, "w", sound.rate, sound.channels, subtype, format=container.upper(), **encoding
        ) as file:
            for name, text in metadata.items():
                setattr(file, name, text)
            for first in range(0, len(sound.samples), BLOCK):
                check()
                block = sound.samples[first : first + BLOCK]
                file.write(to_pcm16(block) if subtype == "PCM_16" else np.clip(block, -1, 1))
    except (soundfile.LibsndfileError, AssertionError) as error:
        if guarded.error is not None:
            raise guarded.error from None
        raise AudioError(Code.SOUND_FORMAT, channels=sound.channels, rate=sound.rate) from error
    if guarded.error is not None:
        raise guarded.error


class _Guarded:
    """Wraps a file for libsndfile, whose callbacks from C can't raise: the first error is stored in `error`."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, piece: bytes) -> int:
        return self._guard(lambda: self._file.write(piece), 0)

    def read(self, count: int = -1) -> bytes:
        return self._guard(lambda: self._file.read(count), b"")

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._guard(lambda: self._file.seek(offset, whence), -1)

    def tell(self) -> int:
        return self._guard(self._file.tell, -1)

    def _guard(self, operation: Callable[[], T], fallback: T) -> T:
        if self.error is not None:
            return fallback
        try:
            return operation()
        except OSError as error:
            self.error = error
            return fallback


@contextmanager
def _replacing(path: Path, *, replace: bool = True) -> Iterator[IO[bytes]]:
    """Open a temporary file in the folder of `path` that replaces `path` on success.

    Without `replace` an existing file stays, and FileExistsError is raised.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=".part", dir=path.parent)
    except OSError as error:
        raise _not_written(path, error) from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        if replace:
            temporary.replace(path)
        else:
            _rename_to_new(temporary, path)
    except FileExistsError:
        raise
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def _rename_to_new(temporary: Path, path: Path) -> None:
    """Rename a file to a name that must be free. Raises FileExistsError."""
    # The empty file claims the name: no other program can create one meanwhile.
    path.touch(exist_ok=False)
    try:
        temporary.replace(path)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _not_written(path: Path, error: OSError) -> AudioError:
    full = error.errno in (28, 122)  # ENOSPC, EDQUOT
    return AudioError(Code.DISK_FULL if full else Code.FILE_NOT_WRITTEN, path=str(path), message=error.strerror or "")
