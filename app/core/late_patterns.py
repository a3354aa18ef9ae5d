"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial


def late_pattern(pattern: str, flags: int = 0) -> Callable[[], re.Pattern[str]]:
    """Return a function that returns the pattern. A large class of characters takes milliseconds of the start."""
    return cache(partial(re.compile, pattern, flags))
