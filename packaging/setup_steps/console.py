"""Messages to the user on stderr; stdout is left to the command that is run."""

from __future__ import annotations

import sys


class SetupError(Exception):
    """Set-up can't continue; the message says why and what to do."""


def report(text: str) -> None:
    print("mimo-workbench: " + text, file=sys.stderr, flush=True)
