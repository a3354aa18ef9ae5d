"""Which Python the environment is made with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from .console import Stop

MINIMUM = (3, 11)
PREFERRED = ((3, 12), (3, 11), (3, 13), (3, 14))
"""Best first: every locked package has a wheel for 3.11 and 3.12, later ones compile `pyebur128`."""
NEEDS_COMPILER = (3, 13)

_ASK = (
    "import sys; base = getattr(sys, '_base_executable', sys.executable);"
    " print(sys.version_info[0], sys.version_info[1], base)"
)
"""An environment answers for the Python it was made with: it may itself be the one that is made again."""


class Python(NamedTuple):
    """An interpreter that answered."""

    version: tuple[int, int]
    path: str


def find() -> Python | None:
    """The best Python on this machine, or None where all are too old.

    The one that runs this file wins if it is one of those with wheels for everything.
    """
    best = None
    for command in _candidates():
        found = _ask(command)
        if found is None or found.version not in PREFERRED:
            continue
        if found.version < NEEDS_COMPILER:
            return found
        if best is None or PREFERRED.index(found.version) < PREFERRED.index(best.version):
            best = found
    return best


def uv() -> str | None:
    """The `uv` program, where the machine has one."""
    return shutil.which("uv")


def none_found() -> Stop:
    wanted = ".".join(map(str, MINIMUM))
    return Stop(
        f"needs Python {wanted} to 3.14, and there is none on this machine. Install Python 3.12 from "
        "https://www.python.org/downloads/ (Debian, Ubuntu: apt-get install python3 python3-venv), "
        "or install uv, which brings its own; then run this again."
    )


def _candidates() -> Iterator[list[str]]:
    yield [sys.executable]
    for major, minor in PREFERRED:
        name = f"python{major}.{minor}"
        if sys.platform == "win32":
            if shutil.which("py"):
                yield ["py", f"-{major}.{minor}"]
        elif shutil.which(name):
            yield [name]
            # A version manager's shim may come first on the path and refuse.
            for place in ("/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"):
                if shutil.which(place + name):
                    yield [place + name]
    for name in ("python3", "python"):
        if shutil.which(name):
            yield [name]


def _ask(command: list[str]) -> Python | None:
    try:
        answer = subprocess.run(
            [*command, "-c", _ASK], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    parts = answer.stdout.strip().split(" ", 2)
    if answer.returncode != 0 or len(parts) != 3:
        return None
    return Python((int(parts[0]), int(parts[1])), parts[2])
