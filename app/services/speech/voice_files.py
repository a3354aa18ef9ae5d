"""Voices as files: one as JSON, several in a zip container, each with its sample and the speaker's consent.

Files come from anywhere: sizes, numbers and lengths are bounded, and a file is read completely before any of it is
used.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from app.core.bounded_archive import BoundedArchive
from app.core.bounds import OutOfBounds, TooLarge, check_json
from app.core.errors import Code, InputError, StorageError
from app.core.given_files import problem_of
from app.core.voices import Voice, VoiceDrift, mime_of
from app.services.atomic_write import not_written, write_atomically

if TYPE_CHECKING:  # this imports numpy, which is not needed during startup
    from app.services.speech.ports import Blobs

FILE_ENDING = ".mimovoice"
MAX_FILE_BYTES = 64 * 1024 * 1024
"""Of a file with one voice, and of a sample in a container."""
MAX_VOICES = 2_000
MAX_UNPACKED_BYTES = 2 << 30
_MAX_DIRECTORY_BYTES = 64 << 20
_DIRECTORY = "voices.json"
_MAX_TEXT, _MAX_LINE, _MAX_ITEMS = 20_000, 200, 50


class VoiceFile(msgspec.Struct, frozen=True, tag_field="format", tag="mimo-voice-1"):
    """A voice with its sample, as one JSON file."""

    voice: Voice
    sample: bytes


class _Directory(msgspec.Struct, frozen=True, tag_field="format", tag="mimo-voices-1"):
    """What a container holds; the sample of a voice is the entry `samples/` with the digest in `Voice.sample`."""

    voices: list[Voice]


# Made here, on one thread: msgspec crashes if two threads use a struct for the first time at once.
_voice_file, _directory = msgspec.json.Decoder(VoiceFile), msgspec.json.Decoder(_Directory)


def write_voices(path: Path, voices: Sequence[Voice], blobs: Blobs) -> None:
    """Write voices with their samples, replacing the file atomically. Blocks: call it in a thread.

    Raises FILE_NOT_WRITTEN and DISK_FULL, and StorageError for a sample that is missing or damaged.
    """
    if len(voices) == 1:
        write_atomically(path, msgspec.json.encode(VoiceFile(voices[0], blobs.read(voices[0].sample))))
        return
    sibling = path.with_name(f".{path.name}.part")
    try:
        with zipfile.ZipFile(sibling, "w", zipfile.ZIP_STORED) as file:
            file.writestr(_DIRECTORY, msgspec.json.encode(_Directory(list(voices))))
            for digest in dict.fromkeys(voice.sample for voice in voices):
                # One at a time: together they may be larger than the memory.
                file.writestr(f"samples/{digest}", blobs.read(digest))
        sibling.replace(path)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        with suppress(OSError):
            sibling.unlink(missing_ok=True)


def read_voices(path: Path) -> Iterator[VoiceFile]:
    """Yield the voices of a file of either kind, within bounds. Blocks: use it in a thread.

    Raises FILE_MISSING, FILE_IS_FOLDER, FILE_IS_SPECIAL, FILE_UNREADABLE, IMPORT_TOO_LARGE or IMPORT_UNREADABLE, also
    after some were yielded.
    """
    try:
        if (problem := problem_of(path)) is not None:
            raise InputError(problem, path=str(path))
        for found in _read_container(path) if zipfile.is_zipfile(path) else _read_one(path):
            if not _is_sound(found.sample):
                raise OutOfBounds("a sample is no sound")
            yield msgspec.structs.replace(found, voice=_bounded(found.voice, found.sample))
    except OSError as error:
        raise StorageError(Code.FILE_UNREADABLE, path=str(path), reason=error.strerror or "") from error
    except TooLarge as error:
        raise StorageError(Code.IMPORT_TOO_LARGE, path=str(path), message=str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OutOfBounds) as error:
        raise StorageError(Code.IMPORT_UNREADABLE, path=str(path)) from error
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, EOFError) as error:
        raise StorageError(Code.IMPORT_UNREADABLE, path=str(path)) from error


def _read_one(path: Path) -> Iterator[VoiceFile]:
    with path.open("rb") as file:
        content = file.read(MAX_FILE_BYTES + 1)
    check_json(content, MAX_FILE_BYTES)
    yield _voice_file.decode(content)


def _read_container(path: Path) -> Iterator[VoiceFile]:
    """Yield the voices one by one: their samples together may be larger than the memory."""
    with BoundedArchive(path, max_entries=2 * MAX_VOICES, max_unpacked=MAX_UNPACKED_BYTES) as archive:
        listed = archive.read(_DIRECTORY, _MAX_DIRECTORY_BYTES)
        check_json(listed, _MAX_DIRECTORY_BYTES)
        voices = _directory.decode(listed).voices
        if not voices:
            raise OutOfBounds("there is no voice in it")
        if len(voices) > MAX_VOICES:
            raise TooLarge(f"more than {MAX_VOICES} voices")
        for voice in voices:
            yield VoiceFile(voice, archive.read(f"samples/{voice.sample}", MAX_FILE_BYTES))


def _is_sound(sample: bytes) -> bool:
    """Whether a sample begins like a WAV or an MP3 file, the two kinds a request carries."""
    is_wav = sample[:4] == b"RIFF" and sample[8:12] == b"WAVE"
    return is_wav or sample[:3] == b"ID3" or (len(sample) > 1 and sample[0] == 0xFF and sample[1] & 0xE0 == 0xE0)


def _bounded(voice: Voice, sample: bytes) -> Voice:
    """An imported voice with texts and lists of lengths that the program itself would store."""
    consent = voice.consent
    if consent is not None:
        consent = msgspec.structs.replace(
            consent, statement=consent.statement[:_MAX_TEXT], voice=consent.voice[:_MAX_LINE]
        )
    steps = tuple(
        msgspec.structs.replace(step, name=step.name[:_MAX_LINE], fixes=step.fixes[:_MAX_ITEMS])
        for step in voice.steps[:_MAX_ITEMS]
    )
    drift = voice.drift
    if drift is not None:
        drift = VoiceDrift(drift.text[:_MAX_TEXT], drift.measured, drift.takes[:_MAX_ITEMS])
    return msgspec.structs.replace(
        voice, name=voice.name[:_MAX_LINE], description=voice.description[:_MAX_TEXT],
        preview_text=voice.preview_text[:_MAX_TEXT], language=voice.language[:_MAX_LINE],
        tags=tuple(tag[:_MAX_LINE] for tag in voice.tags[:_MAX_ITEMS]), note=voice.note[:_MAX_TEXT],
        mime=mime_of(sample), consent=consent, steps=steps, drift=drift, peaks=b"", seconds=0.0,
    )  # fmt: skip
