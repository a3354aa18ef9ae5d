"""How large a clone sample is when it is sent, and which fixes make it fit (WIRE.md section 3.4)."""

from __future__ import annotations

from app.services.speech.ports import Sound
from app.services.speech.sample_checks import HIGH_RATE, MAX_ENCODED_BYTES, WARN_ENCODED_BYTES, Fix, base64_size

WAV_HEADER_BYTES = 44
SMALLER_RATE = 24_000
"""Rate in Hz to which a sample of at most 48 kHz is resampled: the service speaks at this rate."""
MP3_BYTES_PER_SECOND = 14_000
"""Of `Audio.even_mp3_bytes` at `SMALLER_RATE`."""
_MP3_FRAME_BYTES = 336
_SHRINKING = (Fix.MONO, Fix.RATE, Fix.MP3)
"""The fixes that make a sample smaller, in the order in which they are tried."""


def target_rate(rate: int) -> int:
    """The rate in Hz that `Fix.RATE` gives."""
    return HIGH_RATE if rate > HIGH_RATE else min(rate, SMALLER_RATE)


def encoded_size(seconds: float, rate: int, channels: int, fixes: frozenset[Fix]) -> int:
    """The length in bytes, as base64, of a sound of `rate` and `channels` after the fixes; WAV exactly, MP3 nearly."""
    if Fix.MP3 in fixes:
        return base64_size(round(seconds * MP3_BYTES_PER_SECOND) + 3 * _MP3_FRAME_BYTES)
    frames = round(seconds * (target_rate(rate) if Fix.RATE in fixes else rate))
    return base64_size(WAV_HEADER_BYTES + 2 * frames * (1 if Fix.MONO in fixes else channels))


def shrinking_fixes(seconds: float, original: Sound, fixes: frozenset[Fix]) -> frozenset[Fix]:
    """The fewest further fixes that make a sample fit; none if it fits already, or if none make it fit."""
    added: frozenset[Fix] = frozenset()
    if encoded_size(seconds, original.rate, original.channels, fixes) <= WARN_ENCODED_BYTES:
        return added
    for fix in _SHRINKING:
        if fix is Fix.MONO and original.channels == 1:
            continue
        if fix is Fix.RATE and target_rate(original.rate) >= original.rate:
            continue
        added |= {fix}
        if encoded_size(seconds, original.rate, original.channels, fixes | added) <= WARN_ENCODED_BYTES:
            return added - fixes
    return frozenset()


def max_minutes() -> float:
    """The longest sample, in minutes, that fits with every fix."""
    return MAX_ENCODED_BYTES * 3 / 4 / MP3_BYTES_PER_SECOND / 60
