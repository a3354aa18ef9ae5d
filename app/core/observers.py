"""Observers of an event, called one by one: one that fails stops no other and not the work that is reported on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Generic, TypeVarTuple, Unpack

Ts = TypeVarTuple("Ts")


class Event(Generic[*Ts]):
    """Something that happens again and again: `Event[Take, WorkbenchError]` passes a take and an error.

    Not to be confused with `asyncio.Event`, which is a flag, and `app.core.events`, the events of a response.
    """

    def __init__(self) -> None:
        self._listeners: list[Callable[[Unpack[Ts]], object]] = []

    def __len__(self) -> int:
        """The number of listeners."""
        return len(self._listeners)

    def subscribe(self, listener: Callable[[Unpack[Ts]], object]) -> Callable[[], None]:
        """Call `listener` from now on; return a function that ends this, and may be called repeatedly."""
        entry = _entry(listener)
        self._listeners.append(entry)

        def unsubscribe() -> None:
            for number, present in enumerate(self._listeners):
                if present is entry:
                    del self._listeners[number]
                    return

        return unsubscribe

    def emit(self, *arguments: *Ts) -> bool:
        """Call every listener, oldest first; return whether all succeeded. See `notify`."""
        return notify(self._listeners, *arguments)


def _entry(listener: Callable[[Unpack[Ts]], object]) -> Callable[[Unpack[Ts]], object]:
    """A callable of its own for each subscription, so that a listener that subscribed twice can leave once."""
    return lambda *arguments: listener(*arguments)


def notify(observers: Iterable[Callable[..., object]], *arguments: object) -> bool:
    """Call every observer with `arguments`; return whether all succeeded.

    Observers that are added or removed meanwhile count from the next time on. An exception is passed to
    `sys.excepthook`, like one that nothing caught.
    """
    succeeded = True
    for observer in tuple(observers):
        try:
            observer(*arguments)
        except Exception as error:
            succeeded = False
            sys.excepthook(type(error), error, error.__traceback__)
    return succeeded
