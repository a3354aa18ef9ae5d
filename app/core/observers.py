"""Events that others listen to: a listener that fails stops no other, and not the work that is reported on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Generic, TypeVarTuple

Ts = TypeVarTuple("Ts")


class Event(Generic[*Ts]):
    """Something that happens again and again: `Event[Take, WorkbenchError]` passes a take and an error.

    Not to be confused with `asyncio.Event`, which is a flag, and `app.core.events`, the events of a response.
    """

    def __init__(self, report: Callable[[Exception], object] | None = None) -> None:
        """`report` receives the exceptions of listeners, by default `sys.excepthook`, like one that nothing caught."""
        self._report = report
        self._listeners: dict[object, Callable[[*Ts], object]] = {}

    def __len__(self) -> int:
        """The number of listeners."""
        return len(self._listeners)

    def subscribe(self, listener: Callable[[*Ts], object]) -> Callable[[], None]:
        """Call `listener` from the next time on; return a function that ends this, and may be called repeatedly.

        Both can be called from any thread. A listener that subscribes twice is called twice, and leaves once for each.
        """
        entry = object()
        self._listeners[entry] = listener

        def unsubscribe() -> None:
            self._listeners.pop(entry, None)

        return unsubscribe

    def emit(self, *arguments: *Ts) -> bool:
        """Call every listener, oldest first; return whether all succeeded.

        Listeners that are added or removed meanwhile count from the next time on.
        """
        succeeded = True
        for listener in tuple(self._listeners.values()):
            try:
                listener(*arguments)
            except Exception as error:
                succeeded = False
                if self._report is None:
                    sys.excepthook(type(error), error, error.__traceback__)
                else:
                    self._report(error)
        return succeeded


class HeldEvent(Event[*Ts]):
    """An event that is not missed: the first listener also receives what was emitted before it subscribed."""

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[tuple[str, ...], tuple[*Ts]] = {}

    def subscribe(self, listener: Callable[[*Ts], object]) -> Callable[[], None]:
        unsubscribe = super().subscribe(listener)
        held, self._held = self._held, {}
        for arguments in held.values():
            self.emit(*arguments)
        return unsubscribe

    def emit(self, *arguments: *Ts) -> bool:
        """As `Event.emit`; without a listener the arguments are held, once for all that read the same."""
        if not self:
            self._held[tuple(map(str, arguments))] = arguments
        return super().emit(*arguments)

    def forget(self) -> None:
        """Drop what is held, because it no longer applies."""
        self._held.clear()
