"""Detects the format of audio from its bytes (WIRE.md section 3.6: trust the bytes, not the request)."""

from __future__ import annotations

import struct

from app.core.events import SPEECH_RATE, AudioDelta, AudioFormat

PCM_RATE = SPEECH_RATE
_POSSIBLE_RATES = range(4_000, 384_001)
"""Rates in Hz that a header may state; with any other the header is wrong, and the rate is the documented one."""

_BITRATES_KBIT = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLE_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


class AudioDecoder:
    """Turns the audio bytes of one response into one `AudioFormat` and `AudioDelta`s.

    Raw PCM is passed on in whole 2-byte frames. With `unwrap`, a 16 bit mono WAV file is passed on as its PCM, also
    when several files follow each other; any other WAV file is passed on unchanged.
    """

    def __init__(self, *, unwrap: bool) -> None:
        self._unwrap = unwrap
        self._beginning = b""
        self._kind: str | None = None
        self._half_frame = b""
        self._wav: WavStream | None = None

    def feed(self, data: bytes) -> list[AudioFormat | AudioDelta]:
        if self._kind is None:
            self._beginning += data
            kind = sniff(self._beginning)
            if kind == "unsure":
                return []
            data, self._beginning = self._beginning, b""
            return self._start(kind, data)
        return self._pass_on(data)

    def close(self, data: bytes = b"") -> list[AudioFormat | AudioDelta]:
        """End the audio after the last `data`; an incomplete frame at the end of raw PCM is dropped."""
        events = self.feed(data) if data else []
        if self._kind is None and self._beginning:
            kind = sniff(self._beginning, whole=True)
            data, self._beginning = self._beginning, b""
            events += self._start(kind, data)
        if self._wav is not None:
            events += self._wav.close()
        return events

    def _start(self, kind: str, data: bytes) -> list[AudioFormat | AudioDelta]:
        if kind == "wav":
            self._kind = "wav"
            if self._unwrap:
                self._wav = WavStream()
                return self._wav.feed(data)
            return [AudioFormat("wav", wav_rate(data)), *self._pass_on(data)]
        if kind == "mp3":
            self._kind = "mp3"
            return [AudioFormat("mp3", mp3_rate(data)), *self._pass_on(data)]
        self._kind = "pcm16"
        # Neither WAV nor MP3, so it is raw PCM, whatever was requested.
        return [AudioFormat("pcm16", PCM_RATE), *self._pass_on(data)]

    def _pass_on(self, data: bytes) -> list[AudioFormat | AudioDelta]:
        if self._wav is not None:
            return self._wav.feed(data)
        if self._kind == "pcm16":
            if self._half_frame:
                data, self._half_frame = self._half_frame + data, b""
            if len(data) % 2:
                data, self._half_frame = data[:-1], data[-1:]
        return [AudioDelta(data)] if data else []


class WavStream:
    """Extracts the PCM of one or several concatenated WAV files; a size of 0 or 2^32-1 means "until the end"."""

    def __init__(self) -> None:
        self._pending = b""
        self._remaining: int | None = 0
        """Remaining bytes of the data chunk; None for all until the end of the stream."""
        self._in_data = False
        self._is_passed_unchanged = False
        self._half_frame = b""
        self._rate: int | None = None
        self._format: tuple[int, int, int, int] | None = None

    def feed(self, data: bytes) -> list[AudioFormat | AudioDelta]:
        if self._is_passed_unchanged:
            return [AudioDelta(data)] if data else []
        self._pending += data
        events: list[AudioFormat | AudioDelta] = []
        while self._pending and (self._read_data(events) if self._in_data else self._read_chunk_header(events)):
            pass
        return events

    def close(self) -> list[AudioFormat | AudioDelta]:
        """Return a file unchanged that ended before its header was complete."""
        if self._rate is None and not self._is_passed_unchanged and self._pending:
            pending, self._pending = self._pending, b""
            return [AudioFormat("wav", PCM_RATE), AudioDelta(pending)]
        return []

    def _read_data(self, events: list[AudioFormat | AudioDelta]) -> bool:
        data = self._pending if self._remaining is None else self._pending[: self._remaining]
        self._pending = self._pending[len(data) :]
        if self._remaining is not None:
            self._remaining -= len(data)
            self._in_data = self._remaining > 0
        data = self._half_frame + data
        whole = len(data) - len(data) % 2
        self._half_frame = data[whole:]
        if whole:
            events.append(AudioDelta(data[:whole]))
        return not self._in_data

    def _read_chunk_header(self, events: list[AudioFormat | AudioDelta]) -> bool:
        pending = self._pending
        if pending[:4] == b"RIFF":
            if len(pending) < 12:
                return False
            self._pending = pending[12:]
            return True
        if len(pending) < 8:
            return False
        name, size = pending[:4], struct.unpack_from("<I", pending, 4)[0]
        if self._rate is not None and not _is_chunk_name(name):
            # The sizes in the header covered only the first part; what follows is audio data too.
            self._remaining, self._in_data = None, True
            return True
        if name == b"data":
            return self._begin_data(size, events)
        size += size % 2
        if len(pending) < 8 + size:
            return False
        if name == b"fmt " and size >= 16:
            tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", pending, 8)
            if tag == 0xFFFE and size >= 26:
                tag = struct.unpack_from("<H", pending, 8 + 24)[0]
            self._format = (tag, channels, bits, rate)
        self._pending = pending[8 + size :]
        return True

    def _begin_data(self, size: int, events: list[AudioFormat | AudioDelta]) -> bool:
        tag, channels, bits, rate = self._format or (1, 1, 16, PCM_RATE)
        if self._rate is None and (tag, channels, bits) != (1, 1, 16):
            self._is_passed_unchanged = True
            events += [AudioFormat("wav", rate), AudioDelta(_header(tag, channels, bits, rate) + self._pending)]
            self._pending = b""
            return False
        if self._rate is None:
            self._rate = rate if rate in _POSSIBLE_RATES else PCM_RATE
            events.append(AudioFormat("pcm16", self._rate))
        self._pending = self._pending[8:]
        self._remaining = None if size in (0, 0xFFFFFFFF) else size
        self._in_data = True
        return True


def sniff(beginning: bytes, *, whole: bool = False) -> str:
    """`wav`, `mp3`, `pcm16`, or `unsure` if more bytes are needed (never with `whole`).

    PCM may begin with the bits of an MP3 frame header, so a second frame must follow the first.
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
    """Length in bytes of the MPEG Layer III frame that begins here; None if there is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == 1 or layer != 1 or bitrate in (0, 15) or rate == 3:
        return None
    kilobits = _BITRATES_KBIT[1 if version == 3 else 2][bitrate]
    return (144 if version == 3 else 72) * kilobits * 1000 // _SAMPLE_RATES[version][rate] + padding


def mp3_rate(beginning: bytes) -> int:
    """Sample rate of an MP3 file that begins with a frame or an ID3 tag; 24 kHz if it can't be determined."""
    start = 0
    if beginning.startswith(b"ID3") and len(beginning) >= 10:
        size = beginning[6:10]
        start = 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    header = beginning[start : start + 4]
    if mp3_frame_length(header) is None:
        return PCM_RATE
    return _SAMPLE_RATES[header[1] >> 3 & 3][header[2] >> 2 & 3]


def wav_rate(beginning: bytes) -> int:
    """Sample rate of a WAV file; 24 kHz if its format chunk is not in these bytes."""
    at = beginning.find(b"fmt ", 12)
    if at < 0 or len(beginning) < at + 16:
        return PCM_RATE
    return int(struct.unpack_from("<I", beginning, at + 12)[0])


def _is_chunk_name(name: bytes) -> bool:
    return all(0x20 <= letter < 0x7F for letter in name)


def _header(tag: int, channels: int, bits: int, rate: int) -> bytes:
    """A minimal RIFF header up to the data chunk, for a WAV file that can't be unwrapped."""
    frame = channels * max(1, bits // 8)
    fmt = struct.pack("<HHIIHH", tag, channels, rate, rate * frame, frame, bits)
    return b"RIFF\xff\xff\xff\xffWAVEfmt " + struct.pack("<I", len(fmt)) + fmt
