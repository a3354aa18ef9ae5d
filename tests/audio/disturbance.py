"""Tests that listen to a device are tried again if the machine was too busy to play."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, ParamSpec

from app.audio import portaudio
from app.audio.output import Output

P = ParamSpec("P")
outputs: list[Output] = []
"""What was opened by `open_stream` in the test that runs."""


def open_stream(direction: Any, rate: int, channels: int, output: Any, device: str | None) -> portaudio.DeviceStream:
    """A stream on the real device whose underflows `undisturbed` knows."""
    outputs.append(output)
    return portaudio.open_stream(direction, rate, channels, output, device)


def undisturbed(test: Callable[P, Awaitable[None]]) -> Callable[P, Awaitable[None]]:
    """Retry at most three times if the device reports an underflow, because then the machine was overloaded."""

    @wraps(test)
    async def tried(*args: P.args, **kwargs: P.kwargs) -> None:
        for tries_left in (3, 2, 1, 0):
            outputs.clear()
            try:
                await test(*args, **kwargs)
            except AssertionError:
                if tries_left == 0 or not any(output.underflows for output in outputs):
                    raise
            else:
                return

    return tried
