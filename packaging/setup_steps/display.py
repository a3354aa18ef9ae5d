"""Detects a display, and starts a virtual one for tours on machines without a display."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from .console import SetupError


def present() -> bool:
    """Whether a window can be shown. Always True on Windows and macOS."""
    return sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def missing_error() -> SetupError:
    return SetupError(
        "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
        "Start it from a desktop session, over `ssh -X`, or with `xvfb-run`."
    )


@contextlib.contextmanager
def virtual(size: str = "1440x900") -> Iterator[None]:
    """Run a virtual X server during the block and set DISPLAY to it."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    try:
        server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        raise SetupError("a tour without a display needs Xvfb, which is not installed.") from None
    finally:
        os.close(write)
    try:
        with os.fdopen(read) as announced:
            number = announced.readline().strip()
        if not number:
            raise SetupError("Xvfb did not start.")
        os.environ["DISPLAY"] = f":{number}"
        yield
    finally:
        os.environ.pop("DISPLAY", None)
        server.terminate()
        server.wait()
