"""The display a window needs, and a virtual one for when a tour runs where there is none."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from .console import Stop


def present() -> bool:
    """Whether a window can be shown. Windows and macOS answer for themselves."""
    return sys.platform != "linux" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )


def missing() -> Stop:
    return Stop(
        "there is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set): "
        "start it from a desktop session, over `ssh -X`, or under `xvfb-run`."
    )


@contextlib.contextmanager
def virtual(size: str = "1440x900") -> Iterator[None]:
    """An X server without a screen, in DISPLAY for as long as the block runs."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    try:
        server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    except FileNotFoundError:
        raise Stop("a tour without a display needs the program Xvfb, and this machine has none.") from None
    finally:
        os.close(write)
    try:
        with os.fdopen(read) as announced:
            number = announced.readline().strip()
        if not number:
            raise Stop("Xvfb did not start.")
        os.environ["DISPLAY"] = f":{number}"
        yield
    finally:
        os.environ.pop("DISPLAY", None)
        server.terminate()
        server.wait()
