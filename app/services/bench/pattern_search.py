"""Searches for patterns that could take long, in a process of its own that is ended when it takes too long.

Python can't interrupt a search, and lets no other thread run while it searches.
"""

from __future__ import annotations

import json
import subprocess
import sys

SECONDS = 2.0
"""For one search, with the start of the process."""
_PROGRAM = "import json,re,sys;p,t=json.load(sys.stdin);print(int(re.search(p,t) is not None))"


def search_apart(pattern: str, text: str) -> bool | None:
    """Whether a text has a match; None if that was not found out in time. Blocks: call it in a thread."""
    if getattr(sys, "frozen", False):
        # There is no interpreter to start.
        return None
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", _PROGRAM], input=json.dumps([pattern, text]), capture_output=True,
            text=True, timeout=SECONDS, check=True,
        )  # fmt: skip
    except (subprocess.SubprocessError, OSError, UnicodeError):
        return None
    return done.stdout.strip() == "1"


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
