"""Words to the person at the terminal, on stderr: stdout belongs to the command that was asked for."""

from __future__ import annotations

import sys


class Stop(Exception):
    """Set-up can't go on; the text says why and what to do."""


def say(text: str) -> None:
    print("mimo-workbench: " + text, file=sys.stderr, flush=True)
