"""What audio bytes are, told from the bytes themselves (mimo-api 3.6: trust the bytes, not the request)."""

from __future__ import annotations

import struct
from typing import Literal

from app.core.events import AudioDelta, AudioFormat

PCM_RATE = 24_000

_BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


class AudioBytes:
    """Feed it the decoded audio of one answer; it names the format once and passes the bytes on.

    Raw PCM leaves in whole 2-byte frames. With `unwrap`, a 16 bit mono WAV leaves as the PCM inside it, header by
    header where several were strung together; any other WAV passes as the file it is.
    """

    def __init__(self, asked: Literal["wav", "mp3", "pcm16"], *, unwrap: bool) -> None:
        self._asked = asked
        self._unwrap = unwrap
        self._beginning = b""
        self._kind: str | None = None
        self._odd = b""
        self._wav: WavStream | None = None

    def feed(self, piece: bytes) -> list[AudioFormat | AudioDelta]:
        if self._kind is None:
            self._beginning += piece
            kind = sniff(self._beginning)
            if kind == "unsure":
                return []
            piece, self._beginning = self._beginning, b""
            return self._decide(kind, piece)
        return self._pass(piece)

    def close(self, piece: bytes = b"") -> list[AudioFormat | AudioDelta]:
        """The end, after a last `piece`; a half frame at the very end of raw PCM is dropped."""
        events = self.feed(piece) if piece else []
        if self._kind is None and self._beginning:
            kind = sniff(self._beginning, whole=True)
            piece, self._beginning = self._beginning, b""
            events += self._decide(kind, piece)
        if self._wav is not None:
            events += self._wav.close()
        return events

    def _decide(self, kind: str, piece: bytes) -> list[AudioFormat | AudioDelta]:
        if kind == "wav":
            self._kind = "wav"
            if self._unwrap:
                self._wav = WavStream()
                return self._wav.feed(piece)
            return [AudioFormat("wav", wav_rate(piece)), *self._pass(piece)]
        if kind == "mp3":
            self._kind = "mp3"
            return [AudioFormat("mp3", mp3_rate(piece)), *self._pass(piece)]
        self._kind = "pcm16"
        # Neither WAV nor MP3: whatever was asked for, raw PCM is what remains.
        return [AudioFormat("pcm16", PCM_RATE), *self._pass(piece)]

    def _pass(self, piece: bytes) -> list[AudioFormat | AudioDelta]:
        if self._wav is not None:
            return self._wav.feed(piece)
        if self._kind == "pcm16":
            if self._odd:
                piece, self._odd = self._odd + piece, b""
            if len(piece) % 2:
                piece, self._odd = piece[:-1], piece[-1:]
        return [AudioDelta(piece)] if piece else []


class WavStream:
    """A WAV file in pieces to raw PCM, one or several in a row; sizes of 0 or 2^32-1 mean "until the end"."""

    def __init__(self) -> None:
        self._held = b""
        self._left: int | None = 0
        """Bytes left of the data chunk; None until the end of the stream."""
        self._in_data = False
        self._as_file = False
        self._odd = b""
        self._rate: int | None = None
        self._format: tuple[int, int, int, int] | None = None

    def feed(self, piece: bytes) -> list[AudioFormat | AudioDelta]:
        if self._as_file:
            return [AudioDelta(piece)] if piece else []
        self._held += piece
        events: list[AudioFormat | AudioDelta] = []
        while self._held and (self._take_sound(events) if self._in_data else self._take_chunk(events)):
            pass
        return events

    def close(self) -> list[AudioFormat | AudioDelta]:
        """A file so short that its header never came whole leaves as it is."""
        if self._rate is None and not self._as_file and self._held:
            held, self._held = self._held, b""
            return [AudioFormat("wav", PCM_RATE), AudioDelta(held)]
        return []

    def _take_sound(self, events: list[AudioFormat | AudioDelta]) -> bool:
        sound = self._held if self._left is None else self._held[: self._left]
        self._held = self._held[len(sound) :]
        if self._left is not None:
            self._left -= len(sound)
            self._in_data = self._left > 0
        sound = self._odd + sound
        whole = len(sound) - len(sound) % 2
        self._odd = sound[whole:]
        if whole:
            events.append(AudioDelta(sound[:whole]))
        return not self._in_data

    def _take_chunk(self, events: list[AudioFormat | AudioDelta]) -> bool:
        held = self._held
        if held[:4] == b"RIFF":
            if len(held) < 12:
                return False
            self._held = held[12:]
            return True
        if len(held) < 8:
            return False
        name, size = held[:4], struct.unpack_from("<I", held, 4)[0]
        if self._rate is not None and not _names_chunk(name):
            # A header that spoke for the first piece alone: what follows is sound as well.
            self._left, self._in_data = None, True
            return True
        if name == b"data":
            return self._begin_data(size, events)
        size += size % 2
        if len(held) < 8 + size:
            return False
        if name == b"fmt " and size >= 16:
            tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", held, 8)
            if tag == 0xFFFE and size >= 26:
                tag = struct.unpack_from("<H", held, 8 + 24)[0]
            self._format = (tag, channels, bits, rate)
        self._held = held[8 + size :]
        return True

    def _begin_data(self, size: int, events: list[AudioFormat | AudioDelta]) -> bool:
        tag, channels, bits, rate = self._format or (1, 1, 16, PCM_RATE)
        if self._rate is None and (tag, channels, bits) != (1, 1, 16):
            self._as_file = True
            events += [AudioFormat("wav", rate), AudioDelta(_header(tag, channels, bits, rate) + self._held)]
            self._held = b""
            return False
        if self._rate is None:
            self._rate = rate
            events.append(AudioFormat("pcm16", rate))
        self._held = self._held[8:]
        self._left = None if size in (0, 0xFFFFFFFF) else size
        self._in_data = True
        return True


def sniff(beginning: bytes, *, whole: bool = False) -> str:
    """`wav`, `mp3`, `pcm16`, or `unsure` while more bytes could decide (never with `whole`).

    PCM may begin with the bits of an MP3 frame, so a second frame has to follow where the first says it does.
    """
    if beginning.startswith(b"RIFF"):
        if len(beginning) < 12:
            return "pcm16" if whole else "unsure"
        return "wav" if beginning[8:12] == b"WAVE" else "pcm16"
    if beginning.startswith(b"ID3"):
        return "mp3"
    if not whole and len(beginning) < 4:
        maybe = b"RIFF".startswith(beginning) or b"ID3".startswith(beginning) or beginning[:1] == b"\xff"
        return "unsure" if maybe else "pcm16"
    length = mp3_frame_length(beginning)
    if length is None:
        return "pcm16"
    if len(beginning) < length + 4:
        if not whole:
            return "unsure"
        return "mp3" if len(beginning) >= length else "pcm16"
    return "mp3" if mp3_frame_length(beginning[length : length + 4]) is not None else "pcm16"


def mp3_frame_length(header: bytes) -> int | None:
    """Bytes of the MPEG Layer III frame that begins here; None where none does."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or layer != 1 or bitrate in (0, 15) or rate == 3:
        return None
    kilobits = _BITRATES[1 if version == 3 else 2][bitrate]
    return (144 if version == 3 else 72) * kilobits * 1000 // _RATES[version][rate] + padding


def mp3_rate(beginning: bytes) -> int:
    """Sample rate of an MP3 that begins with a frame, or behind an ID3 tag; 24 kHz where it can't be seen."""
    start = 0
    if beginning.startswith(b"ID3") and len(beginning) >= 10:
        size = beginning[6:10]
        start = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    header = beginning[start : start + 4]
    if mp3_frame_length(header) is None:
        return PCM_RATE
    return _RATES[header[1] >> 3 & 3][header[2] >> 2 & 3]


def wav_rate(beginning: bytes) -> int:
    """Sample rate of a WAV file; 24 kHz where its format chunk is not in these bytes."""
    at = beginning.find(b"fmt ", 12)
    if at < 0 or len(beginning) < at + 16:
        return PCM_RATE
    return int(struct.unpack_from("<I", beginning, at + 12)[0])


def _names_chunk(name: bytes) -> bool:
    return all(0x20 <= letter < 0x7F for letter in name)


def _header(tag: int, channels: int, bits: int, rate: int) -> bytes:
    """A minimal RIFF header up to the data chunk, for a WAV that can't be unwrapped."""
    frame = channels * max(1, bits // 8)
    fmt = struct.pack("<HHIIHH", tag, channels, rate, rate * frame, frame, bits)
    return b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<I", len(fmt)) + fmt
