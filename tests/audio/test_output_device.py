"""When an output device counts as lost: sooner while it runs than while it starts."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from app.audio import output_device
from app.audio.output_device import OutputDevice

BLOCK = 1_800


class Rested:
    """A device, and the time that passes."""

    latency = 0.15
    active = True

    def __init__(self) -> None:
        self.now = 100.0
        self._callback: Any = None

    def open(self, direction: str, rate: int, channels: int, callback: Any, device: str | None) -> Rested:
        self._callback = callback
        return self

    def ask(self, blocks: int = 1) -> None:
        for _ in range(blocks):
            self._callback(np.zeros((BLOCK, 2), np.float32), BLOCK, None, None)


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Rested:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
    device = Rested()
    monkeypatch.setattr(output_device, "time", SimpleNamespace(monotonic=lambda: device.now))
    return device


def opened(device: Rested) -> OutputDevice:
    output = OutputDevice(None, device.open)
    output.ensure_open()
    device.ask(5)
    assert not output.is_dead()
    return output


def test_a_device_that_first_plays_what_it_had_begun_is_not_lost(device: Rested) -> None:
    """An idle PulseAudio sink fills its buffer at once and asks again after up to two seconds."""
    output = opened(device)
    device.now += 2.1
    assert not output.is_dead()
    device.ask()
    assert not output.is_dead()
    device.now += 1.6
    assert output.is_dead(), "once it runs, it asks all the time"


def test_a_device_that_never_asks_again_is_lost(device: Rested) -> None:
    output = opened(device)
    device.now += 4.9
    assert not output.is_dead()
    device.now += 0.2
    assert output.is_dead()


def test_a_stream_that_has_stopped_is_lost_at_once(device: Rested) -> None:
    output = opened(device)
    device.active = False
    assert output.is_dead()
