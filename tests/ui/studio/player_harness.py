"""A player without a device that keeps its position until a test moves it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from app.core.errors import AudioError, Code


class State(NamedTuple):
    status: str = "idle"
    source: Any = None
    error: AudioError | None = None


class FakePlayer:
    """Fits `app.services.speech.ports.Player`."""

    def __init__(self) -> None:
        self.volume = 1.0
        self.state = State()
        self.heard = 0
        self._told: list[Callable[[Any], None]] = []

    def watch(self, told: Callable[[Any], None]) -> Callable[[], None]:
        self._told.append(told)
        return lambda: self._told.remove(told)

    def play(self, source: Any, *, start: int = 0, **_how: Any) -> None:
        self.heard = start
        self._become("playing", source)

    def switch(self, source: Any, **_how: Any) -> None:
        """Keep the point in time: a test moves `heard` itself if the rates differ."""
        self._become(self.state.status, source)

    def change(self, **_how: Any) -> None:
        pass

    def pause(self) -> None:
        if self.state.status in ("playing", "waiting"):
            self._become("paused", self.state.source)

    def resume(self) -> None:
        self._become("playing", self.state.source)

    def seek(self, frame: int) -> None:
        self.heard = frame
        self._become("playing" if self.state.status == "playing" else "paused", self.state.source)

    def stop(self) -> None:
        self.heard = 0
        self._become("idle", None)

    def lose_device(self) -> None:
        """Pause by itself, as when the device is unplugged."""
        self.state = State("paused", self.state.source, AudioError(Code.DEVICE_LOST))
        for told in tuple(self._told):
            told(self.state)

    def _become(self, status: str, source: Any) -> None:
        self.state = State(status, source)
        for told in tuple(self._told):
            told(self.state)
