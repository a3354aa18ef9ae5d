"""Detection of audio formats."""

from __future__ import annotations

import base64
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.events import AudioDelta, AudioFormat
from app.mimo.audio_bytes import AudioDecoder, mp3_frame_length
from app.mimo.speech import Base64Stream

PCM = struct.pack("<40h", *range(-20, 20))
FRAME = b"\xff\xf3\x44\xc4" + bytes(140)  # MPEG 2 Layer III, 32 kbit/s, 24 kHz: 96 bytes to the next frame
MP3 = (FRAME[:96]) * 4


def wav(sound: bytes, channels: int = 1, bits: int = 16, rate: int = 24_000, size: int | None = None) -> bytes:
    fmt = struct.pack("<HHIIHH", 1, channels, rate, rate * channels * bits // 8, channels * bits // 8, bits)
    length = len(sound) if size is None else size
    chunks = b"fmt " + struct.pack("<I", 16) + fmt + b"LIST" + struct.pack("<I", 3) + b"abc\0"
    return b"RIFF" + struct.pack("<I", 36 + len(sound)) + b"WAVE" + chunks + b"data" + struct.pack("<I", length) + sound


def read(*pieces: bytes, asked: str = "pcm16", unwrap: bool = True) -> tuple[list[AudioFormat], bytes]:
    reader = AudioDecoder(unwrap=unwrap)
    events = [event for piece in pieces for event in reader.feed(piece)] + reader.close()
    formats = [event for event in events if isinstance(event, AudioFormat)]
    return formats, b"".join(event.content for event in events if isinstance(event, AudioDelta))


def bytewise(sound: bytes) -> list[bytes]:
    return [sound[place : place + 1] for place in range(len(sound))]


def test_raw_pcm() -> None:
    assert read(*bytewise(PCM)) == ([AudioFormat("pcm16")], PCM)
    assert read(PCM + b"\1") == ([AudioFormat("pcm16")], PCM)


@pytest.mark.parametrize("beginning", [b"\xff\xff\xff\xff", b"\xff\xf3\x44\xc4", b"RIFX", b"RIFF1234JUNK", b"ID"])
def test_pcm_that_begins_like_another_format_is_still_pcm(beginning: bytes) -> None:
    sound = beginning + PCM * 10
    assert read(*bytewise(sound)) == ([AudioFormat("pcm16")], sound)


@pytest.mark.parametrize("asked", ["pcm16", "wav", "mp3"])
def test_mp3_is_detected_whatever_was_requested(asked: str) -> None:
    assert mp3_frame_length(MP3) == 96
    assert read(*bytewise(MP3), asked=asked) == ([AudioFormat("mp3", 24_000)], MP3)
    assert read(b"ID3\4\0\0\0\0\0\0" + MP3)[0] == [AudioFormat("mp3", 24_000)]


def test_a_wav_is_unwrapped_in_a_stream_but_not_as_a_file() -> None:
    sound = wav(PCM, rate=16_000)
    assert read(*bytewise(sound)) == ([AudioFormat("pcm16", 16_000)], PCM)
    assert read(sound, unwrap=False, asked="wav") == ([AudioFormat("wav", 16_000)], sound)


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_a_wav_of_unknown_length_extends_to_the_end(size: int) -> None:
    assert read(*bytewise(wav(PCM, size=size))) == ([AudioFormat("pcm16")], PCM)


def test_concatenated_wavs_are_joined_and_trailing_chunks_ignored() -> None:
    trailer = b"LIST" + struct.pack("<I", 4) + b"tags"
    assert read(*bytewise(wav(PCM) + wav(PCM) + trailer)) == ([AudioFormat("pcm16")], PCM + PCM)


def test_a_header_with_too_small_a_size_loses_no_audio() -> None:
    assert read(wav(PCM[:30]), *bytewise(PCM[30:])) == ([AudioFormat("pcm16")], PCM)


def test_a_wav_that_is_not_16_bit_mono_is_passed_on_unchanged() -> None:
    formats, content = read(*bytewise(wav(PCM, channels=2)))
    assert formats == [AudioFormat("wav", 24_000)]
    assert content.startswith(b"RIFF") and content.endswith(PCM)


@pytest.mark.parametrize("size", [57 * 4, 57 * 4 + 1, 100])
def test_base64_may_contain_line_breaks(size: int) -> None:
    stream = Base64Stream()
    assert stream.feed(base64.encodebytes(bytes(size)).decode()) + stream.close() == bytes(size)


@given(st.binary(max_size=200), st.lists(st.integers(1, 30), max_size=30), st.booleans())
def test_base64_may_be_split_anywhere_and_padded_in_parts(sound: bytes, sizes: list[int], own_padding: bool) -> None:
    stream = Base64Stream()
    pieces = []
    place = 0
    source: bytes | str = sound if own_padding else base64.b64encode(sound).decode()
    for size in [*sizes, 10_000]:
        piece = source[place : place + size]
        place += size
        pieces.append(base64.b64encode(piece).decode() if isinstance(piece, bytes) else piece)
    assert b"".join(stream.feed(piece) for piece in pieces) + stream.close() == sound
