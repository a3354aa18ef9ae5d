"""The event loop of Qt as that of asyncio, cheap enough for hundreds of network reads a second.

qasync starts a timer of Qt for each callback, and makes a socket notifier each time a connection goes on reading, which
is with every piece of an answer. Here what is ready shares one timer, and each socket keeps its notifier.
"""

from __future__ import annotations

import asyncio
import contextvars
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QTimerEvent
from qasync import QEventLoop

HAS_NOTIFIERS = sys.platform != "win32"
"""Elsewhere the loop waits for sockets by itself."""
TURN_SECONDS = 0.002
"""After this a turn leaves what is ready to the next one: many streams together do not hold up a key press."""


class WindowEventLoop(QEventLoop):  # type: ignore[misc]
    """Runs the callbacks of asyncio in the event loop of Qt, in the order in which they became ready."""

    def __init__(self, application: QCoreApplication | None = None) -> None:
        self._turns = _Turns()
        self._socket_readers: dict[int, _Reader] = {}
        super().__init__(application)

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Run a callback in the next turn of the event loop. Raises TypeError for what can't be called."""
        if not callable(callback):
            raise TypeError(f"callback must be callable: {callback!r}")
        handle = asyncio.Handle(callback, args, self, context=context)
        self._turns.add(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: Any, context: contextvars.Context | None = None
    ) -> asyncio.Handle:
        """Run a callback in `delay` seconds; without a delay in the next turn."""
        if delay <= 0:
            return self.call_soon(callback, *args, context=context)
        handle: asyncio.Handle = super().call_later(delay, callback, *args, context=context)
        return handle

    def close(self) -> None:
        """Release what the loop uses; what is ready is not run any more."""
        if not self.is_closed() and not self.is_running():
            self._turns.clear()
        super().close()
        for reader in self._socket_readers.values():
            reader.notifier.setEnabled(False)
        self._socket_readers.clear()

    if HAS_NOTIFIERS:

        def _add_reader(self, fd: Any, callback: Callable[..., object], *args: Any) -> None:
            self._check_closed()
            number = fd if isinstance(fd, int) else int(fd.fileno())
            reader = self._socket_readers.get(number)
            if reader is None:
                reader = self._socket_readers[number] = _Reader(number)
            reader.handle = asyncio.Handle(callback, args, self)
            reader.notifier.setEnabled(True)

        def _remove_reader(self, fd: Any) -> bool:
            if self.is_closed():
                return False
            reader = self._socket_readers.get(fd if isinstance(fd, int) else int(fd.fileno()))
            if reader is None or reader.handle is None:
                return False
            reader.handle = None
            # A connection that has been given a piece of an answer mostly reads on in the same turn.
            self._turns.rest_after_turn(reader)
            return True


class _Turns(QObject):
    """Runs what is ready, turn by turn of the event loop of Qt."""

    def __init__(self) -> None:
        super().__init__()
        self._handles: deque[asyncio.Handle] = deque()
        self._resting: list[_Reader] = []
        self._timer = 0
        self._depth = 0

    def add(self, handle: asyncio.Handle) -> None:
        """Run a callback in the next turn."""
        self._handles.append(handle)
        if not self._timer:
            self._timer = self.startTimer(0)

    def rest_after_turn(self, reader: _Reader) -> None:
        """Let a reader rest at the end of the current turn; at once if there is none."""
        if self._depth:
            self._resting.append(reader)
        else:
            reader.rest()

    def clear(self) -> None:
        """Forget what is ready."""
        self._handles.clear()
        self._resting.clear()
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0

    def timerEvent(self, event: QTimerEvent) -> None:
        """Run what is ready, as far as a turn has time; the rest and what it makes ready come after events of Qt."""
        # Another timer for the next turn: Qt fires none from within its own event, not even in a nested loop.
        self.killTimer(event.timerId())
        self._timer = 0
        self._depth += 1
        end = time.perf_counter() + TURN_SECONDS
        try:
            for _ in range(len(self._handles)):
                if not self._handles:  # a nested loop has run them
                    break
                handle = self._handles.popleft()
                if not handle.cancelled():
                    handle._run()
                if time.perf_counter() > end:
                    break
        finally:
            self._depth -= 1
            resting, self._resting = self._resting, []
            for reader in resting:
                reader.rest()
            if self._handles and not self._timer:
                self._timer = self.startTimer(0)


class _Reader:
    """The notifier of one socket; `handle` is called while there is something to read, None for nothing."""

    def __init__(self, number: int) -> None:
        self.handle: asyncio.Handle | None = None
        self.notifier = QSocketNotifier(number, QSocketNotifier.Type.Read)
        self.notifier.activated.connect(self._activated)

    def rest(self) -> None:
        """Stop watching the socket, unless it is read again."""
        if self.handle is None:
            self.notifier.setEnabled(False)

    def _activated(self) -> None:
        if self.handle is None:
            self.notifier.setEnabled(False)
        else:
            self.handle._run()
