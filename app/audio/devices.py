"""Lists the audio devices and watches for changes.

With PulseAudio or PipeWire the list comes from the server, because PortAudio sees only the server itself. Elsewhere it
comes from PortAudio, which can be reloaded only while no stream is open.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np

from app.audio import fade, portaudio, pulse
from app.audio.portaudio import Direction
from app.audio.source import FixedSource
from app.core.units import seconds_to_frames

POLL_INTERVAL_SECONDS = 4.0
"""Polling interval on systems without change notifications."""


class Device(msgspec.Struct, frozen=True):
    """A device to play on or to record from.

    Attributes:
        id: stable identifier for settings and for opening the device.
        name: the name shown by the system.
        default: whether it is the system's default.
    """

    id: str
    name: str
    default: bool = False


def output_devices() -> list[Device]:
    """List the output devices. Blocks for some milliseconds, so call it in a thread. Raises NO_PORTAUDIO."""
    return _devices("output")


def input_devices() -> list[Device]:
    """List the input devices. Blocks for some milliseconds, so call it in a thread. Raises NO_PORTAUDIO."""
    return _devices("input")


def test_tone(rate: int = 48_000) -> FixedSource:
    """A soft tone of 0.6 s on the left, then on the right, so that swapped loudspeakers are noticed too."""
    length = seconds_to_frames(0.6, rate)
    tone = 0.2 * np.sin(2 * np.pi * 440 * np.arange(length) / rate).astype(np.float32)
    edge = fade.rise(rate)[:, 0]
    tone[: len(edge)] *= edge
    tone[-len(edge) :] *= edge[::-1]
    samples = np.zeros((2 * length, 2), np.float32)
    samples[:length, 0] = tone
    samples[length:, 1] = tone
    return FixedSource(samples, rate)


class DeviceWatch:
    """Calls `on_change` on the creating event loop after devices were added or removed, or the default changed."""

    def __init__(self, on_change: Callable[[], object]) -> None:
        self._on_change = on_change
        self._loop = asyncio.get_running_loop()
        self._watch: pulse.PulseWatch | _Poll | None = None
        self._closed = False
        self._lock = threading.Lock()
        # Asking for the server may hang with it, so ask in a thread.
        threading.Thread(target=self._begin, name="device-choice", daemon=True).start()

    def close(self) -> None:
        """Stop watching. Waits at most 2 s for the thread."""
        with self._lock:
            self._closed = True
        if self._watch is not None:
            self._watch.stop()

    def _begin(self) -> None:
        with_server = pulse.devices("output") is not None
        with self._lock:
            if not self._closed:
                self._watch = pulse.PulseWatch(self._notify) if with_server else _Poll(self._notify)

    def _notify(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._on_change)


class _Poll:
    """Polls PortAudio's device list while no stream is open."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        self._on_change = on_change
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="device-poll", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(timeout=2)

    def _run(self) -> None:
        previous = None
        while not self._stopping.wait(POLL_INTERVAL_SECONDS):
            if not portaudio.loaded() or not portaudio.refresh():
                continue
            devices = (output_devices(), input_devices())
            if previous is not None and devices != previous:
                self._on_change()
            previous = devices


def _devices(direction: Direction) -> list[Device]:
    rows = pulse.devices(direction)
    if rows is not None:
        return [Device(*row) for row in rows]
    with portaudio.device_list() as sounddevice:
        default = sounddevice.default.device[direction]
        return [
            Device(portaudio.device_id(sounddevice, row), _shown_name(sounddevice, row), index == default)
            for index, row in enumerate(sounddevice.query_devices())
            if row[f"max_{direction}_channels"]
        ]


def _shown_name(sounddevice: Any, row: dict[str, Any]) -> str:
    """The name with its host API, because Windows lists every device once per host API."""
    return f"{row['name']} ({sounddevice.query_hostapis(row['hostapi'])['name']})"
