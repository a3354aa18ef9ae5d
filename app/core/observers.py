"""Notifies observers one by one, so that one that fails stops no other and not the work that is reported on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable


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
