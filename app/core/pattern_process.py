"""Searches a text for a pattern in a process of its own, which its caller ends when it takes too long.

This file is run as a script where there is an interpreter, and by the program itself, with `ARGUMENT` alone, where it
is packaged as one. Pattern and text come as JSON through standard input; the exit status is the answer.
"""

from __future__ import annotations

import sys

ARGUMENT = "--search-pattern"
"""Makes the packaged program search instead of opening its window. No option for users."""
FOUND, NOT_FOUND = 10, 11
"""Exit statuses; any other one is a failure."""


def main() -> int:
    """Search once; return the exit status."""
    import json
    import re

    # Windows gives a program without a console no `sys.stdin`; what is piped into it is there all the same.
    with open(0, "rb", closefd=False) as pipe:
        pattern, text = json.loads(pipe.read())
    return FOUND if re.search(pattern, text) is not None else NOT_FOUND


if __name__ == "__main__":
    sys.exit(main())
