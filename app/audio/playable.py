"""Sounds of files as the player reads them: short ones from memory, long ones from a temporary file."""

from __future__ import annotations

import numpy as np

from app.audio.files import open_sound
from app.audio.resampling import Samples
from app.audio.sound_writing import to_pcm16
from app.audio.source import FixedSource, Source, TakeSource
from app.core.errors import AudioError, Code, StorageError

HELD_BYTES = 8 * 1024 * 1024
"""Most that one sound takes in memory: 87 seconds of a take as float32, or the beginning of a longer one."""


def playable(content: bytes) -> Source:
    """A sound to be played, from the bytes of a file. A long one has 16-bit samples, as takes have.

    Where a file can't be decoded to its end, what comes before is the sound. Raises as `open_sound`, and DISK_FULL.
    """
    blocks: list[Samples] = []
    size, long = 0, None
    with open_sound(content) as sound:
        opened = iter(sound)
        while True:
            try:
                block = next(opened, None)
            except AudioError:
                if not size:
                    raise
                block = None
            if block is None:
                break
            size += block.nbytes
            if long is None and size > HELD_BYTES:
                long = TakeSource(sound.rate, sound.channels, in_memory=HELD_BYTES)
                for former in blocks:
                    _feed(long, former)
                blocks.clear()
            if long is None:
                blocks.append(block.copy())
            else:
                _feed(long, block)
        rate = sound.rate
    if not size:
        raise AudioError(Code.SOUND_EMPTY)
    if long is None:
        return FixedSource(np.concatenate(blocks), rate)
    long.finish()
    return long


def _feed(source: TakeSource, block: Samples) -> None:
    try:
        source.feed(to_pcm16(block).tobytes())
    except OSError as error:
        raise StorageError(Code.DISK_FULL, message=error.strerror or str(error)) from error
