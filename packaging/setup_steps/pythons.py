"""Finds the Python to create the environment with."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

from .console import SetupError

MINIMUM = (3, 11)
PREFERRED = ((3, 12), (3, 11), (3, 13), (3, 14))
"""Best first: all locked packages have wheels for 3.11 and 3.12; later versions must compile `pyebur128`."""
NEEDS_COMPILER = (3, 13)

_QUERY_SCRIPT = (
    "import sys; base = getattr(sys, '_base_executable', sys.executable);"
    " print(sys.version_info[0], sys.version_info[1], base)"
)
"""In a virtual environment, this prints its base Python: the environment itself may have to be created again."""


class Python(NamedTuple):
    """A working interpreter."""

    version: tuple[int, int]
    path: str


def find() -> Python | None:
    """Find the best Python on this machine; None if there is no supported version.

    The running Python is preferred if all packages have wheels for it.
    """
    best = None
    for command in _candidates():
        found = _query(command)
        if found is None or found.version not in PREFERRED:
            continue
        if found.version < NEEDS_COMPILER:
            return found
        if best is None or PREFERRED.index(found.version) < PREFERRED.index(best.version):
            best = found
    return best


def uv() -> str | None:
    """Path of the `uv` program, or None."""
    return shutil.which("uv")


def not_found_error() -> SetupError:
    expected = ".".join(map(str, MINIMUM))
    return SetupError(
        f"Python {expected} to 3.14 is required, and none was found. Install Python 3.12 from "
        "https://www.python.org/downloads/ (Debian, Ubuntu: apt-get install python3 python3-venv), "
        "or install uv, which downloads its own. Then run this again."
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
            # The first match on the path may be a version manager's shim that doesn't work.
            for folder in ("/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"):
                if shutil.which(folder + name):
                    yield [folder + name]
    for name in ("python3", "python"):
        if shutil.which(name):
            yield [name]


def _query(command: list[str]) -> Python | None:
    try:
        answer = subprocess.run(
            [*command, "-c", _QUERY_SCRIPT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20, text=True
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    parts = answer.stdout.strip().split(" ", 2)
    if answer.returncode != 0 or len(parts) != 3:
        return None
    return Python((int(parts[0]), int(parts[1])), parts[2])
