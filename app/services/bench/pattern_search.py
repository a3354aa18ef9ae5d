"""Searches for patterns that could take long, in a process of its own that is ended when it takes too long.

Python can't interrupt a search, and lets no other thread run while it searches.
"""

from __future__ import annotations

import json
import subprocess
import sys

from app.core import pattern_process
from app.core.pattern_process import ARGUMENT, FOUND, NOT_FOUND

SECONDS = 2.0
"""For one search, with the start of an interpreter."""
PACKAGED_START_SECONDS = 8.0
"""For the start of the packaged program, which may have to unpack itself first."""


def _command() -> tuple[list[str], float]:
    """What searches, and how long it may take."""
    if getattr(sys, "frozen", False):  # There is no interpreter: the program itself searches.
        return [sys.executable, ARGUMENT], SECONDS + PACKAGED_START_SECONDS
    return [sys.executable, "-I", "-S", pattern_process.__file__], SECONDS


def search_apart(pattern: str, text: str) -> bool | None:
    """Whether a text has a match; None if that was not found out in time. Blocks: call it in a thread."""
    command, seconds = _command()
    try:
        given = json.dumps([pattern, text]).encode()
        done = subprocess.run(command, input=given, capture_output=True, timeout=seconds, check=False)
    except (subprocess.SubprocessError, OSError):
        return None
    return {FOUND: True, NOT_FOUND: False}.get(done.returncode)


class PatternSearch:
    """Searches apart, and not again for a pattern that took too long before: there may be thousands of answers."""

    def __init__(self) -> None:
        self._slow: dict[str, None] = {}

    def __call__(self, pattern: str, text: str) -> bool | None:
        if pattern in self._slow:
            return None
        found = search_apart(pattern, text)
        if found is None:
            self._slow[pattern] = None
        return found
