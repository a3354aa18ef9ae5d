"""Opens PortAudio streams and maps its errors. The library is loaded on first use.

PortAudio reads the device list only when it is initialised, and it can be reinitialised only while no stream is open.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, Protocol

from app.audio import pulse
from app.core.errors import AudioError, Code

LATENCY = 0.15
"""Default latency in seconds. The callback needs the interpreter lock; measured, it survives a lock held for 65 ms."""
PROBE_SECONDS = 10.0
HOST_CHOOSES = 0
"""Requested block size. Measured with PulseAudio, blocks of the host's size arrive evenly every 37 ms, whereas smaller
ones arrive in bursts 60 ms apart."""

Direction = Literal["output", "input"]
Callback = Callable[[Any, int, Any, Any], None]

_lock = threading.RLock()
_open_streams: set[Stream] = set()


class DeviceStream(Protocol):
    """An open device, as used by the player and the recorder."""

    @property
    def active(self) -> bool:
        """False once the device is lost."""
        ...

    @property
    def latency(self) -> float:
        """Seconds between the callback and the sound."""
        ...

    def abort(self) -> None:
        """Stop immediately and discard what the device has buffered."""
        ...

    def close(self) -> None: ...


OpenStream = Callable[[Direction, int, int, Callback, str | None], DeviceStream]
"""(direction, rate, channels, callback, device id or None for the default) -> a started stream."""


class Stream:
    """A started PortAudio stream. Its methods may be called from any thread except the callback's."""

    def __init__(self, stream: Any, latency: float) -> None:
        self._stream = stream
        self.latency = latency

    @property
    def active(self) -> bool:
        with _lock:
            return bool(self in _open_streams and self._stream.active)

    def abort(self) -> None:
        self._stream.abort(ignore_errors=True)

    def close(self) -> None:
        with _lock:
            if self in _open_streams:
                _open_streams.discard(self)
                self._stream.abort(ignore_errors=True)
                self._stream.close(ignore_errors=True)


def load() -> Any:
    """Import the `sounddevice` module.

    Raises NO_PORTAUDIO if the PortAudio library is missing, or if it would end this process.
    """
    if not loaded():
        _probe()
    try:
        import sounddevice
    except Exception as error:
        # OSError without the library. The import also initialises it, which may raise PortAudioError.
        raise AudioError(Code.NO_PORTAUDIO, message=str(error)) from error
    return sounddevice


def _probe() -> None:
    """Initialise PortAudio in another process: with a broken ALSA set-up an assertion aborts it. Raises NO_PORTAUDIO.

    Costs 0.2 s, once.
    """
    if not sys.platform.startswith("linux") or getattr(sys, "frozen", False):
        return
    try:
        probe = subprocess.run(
            [sys.executable, "-c", "import sounddevice"], capture_output=True, timeout=PROBE_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return  # Nothing is known then, and the import reports what is wrong.
    if probe.returncode < 0:
        lines = probe.stderr.decode("utf-8", "replace").strip().splitlines()
        raise AudioError(Code.NO_PORTAUDIO, message=lines[-1] if lines else f"signal {-probe.returncode}")


def loaded() -> bool:
    """Whether PortAudio has been loaded."""
    return "sounddevice" in sys.modules


@contextmanager
def device_list() -> Iterator[Any]:
    """Yield the `sounddevice` module, whose list of devices is not reloaded meanwhile by another thread.

    Raises NO_PORTAUDIO, also if PortAudio could not be initialised again.
    """
    sounddevice = load()
    with _lock:
        try:
            yield sounddevice
        except sounddevice.PortAudioError as error:
            raise AudioError(Code.NO_PORTAUDIO, message=str(error)) from error


def refresh() -> bool:
    """Reload the device list. Returns False if an open stream prevents it."""
    sounddevice = load()
    with _lock:
        if _open_streams:
            return False
        sounddevice._terminate()
        sounddevice._initialize()
        return True


def open_stream(
    direction: Direction,
    rate: int,
    channels: int,
    callback: Callback,
    device: str | None = None,
    *,
    latency: float = LATENCY,
) -> DeviceStream:
    """Open and start a stream. Blocks for up to a few hundred milliseconds.

    `device` is the id of a `Device`, None for the default. `latency` is the requested buffer length in seconds; the
    stream reports the actual one.

    Raises NO_PORTAUDIO, NO_OUTPUT, NO_INPUT, DEVICE_LOST or MICROPHONE_LOST (the chosen device is not connected), and
    DEVICE_BUSY.
    """
    sounddevice = load()
    with _lock:
        try:
            stream = _open(sounddevice, direction, rate, channels, callback, device, latency)
        except (sounddevice.PortAudioError, ValueError, AudioError):
            # The device list may be outdated.
            if not refresh():
                raise
            try:
                stream = _open(sounddevice, direction, rate, channels, callback, device, latency)
            except (sounddevice.PortAudioError, ValueError) as error:
                raise _as_audio_error(sounddevice, direction, error) from error
        _open_streams.add(stream)
    return stream


def _open(
    sounddevice: Any,
    direction: Direction,
    rate: int,
    channels: int,
    callback: Callback,
    device: str | None,
    latency: float,
) -> Stream:
    kind = sounddevice.OutputStream if direction == "output" else sounddevice.InputStream
    name = pulse.name_of(device)
    before = pulse.streams(direction) if name is not None else frozenset()
    extra = sounddevice.WasapiSettings(auto_convert=True) if _is_wasapi(sounddevice, direction) else None
    stream = kind(
        samplerate=rate,
        blocksize=HOST_CHOOSES,
        device=_index_of(sounddevice, direction, device),
        channels=channels,
        dtype="float32",
        latency=latency,
        callback=callback,
        extra_settings=extra,
    )
    try:
        stream.start()
        if name is not None and not pulse.move(direction, before, name):
            raise AudioError(_lost(direction), device=name)
    except Exception:
        stream.close(ignore_errors=True)
        raise
    return Stream(stream, float(stream.latency))


def _index_of(sounddevice: Any, direction: Direction, device: str | None) -> int | None:
    """The PortAudio index of a device id; None lets PortAudio choose."""
    rows = list(sounddevice.query_devices())
    if pulse.name_of(device) is not None:
        found = [index for index, row in enumerate(rows) if row["name"] == "pulse"]
        return found[0] if found else None
    if device is not None:
        for index, row in enumerate(rows):
            if row[f"max_{direction}_channels"] and device_id(sounddevice, row) == device:
                return index
        raise AudioError(_lost(direction), device=device.partition("/")[2])
    if sounddevice.default.device[direction] < 0:
        raise AudioError(Code.NO_OUTPUT if direction == "output" else Code.NO_INPUT)
    return None


def _lost(direction: Direction) -> Code:
    return Code.DEVICE_LOST if direction == "output" else Code.MICROPHONE_LOST


def device_id(sounddevice: Any, row: dict[str, Any]) -> str:
    """A stable identifier: host API and name. Indices change with every initialisation."""
    return f"{sounddevice.query_hostapis(row['hostapi'])['name']}/{row['name']}"


def _is_wasapi(sounddevice: Any, direction: Direction) -> bool:
    index = sounddevice.default.device[direction]
    if index < 0:
        return False
    return "WASAPI" in sounddevice.query_hostapis(sounddevice.query_devices(index)["hostapi"])["name"]


def _as_audio_error(sounddevice: Any, direction: Direction, error: Exception) -> AudioError:
    missing = Code.NO_OUTPUT if direction == "output" else Code.NO_INPUT
    number = error.args[1] if len(error.args) > 1 else None
    unavailable = -9985
    return AudioError(Code.DEVICE_BUSY if number == unavailable else missing, message=str(error.args[0]))
