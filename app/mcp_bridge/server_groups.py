"""The process groups of the servers, and the watchdog that ends them when this process is gone."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

WATCHDOG = Path(__file__).with_name("watchdog.py")


class ServerGroups:
    """Tells the watchdog which process groups there are. It is started with the first one."""

    def __init__(self) -> None:
        self._watchdog: subprocess.Popen[bytes] | None = None

    def watch(self) -> None:
        """Start the watchdog, before the first server."""
        if self._watchdog is None:
            # -I and -S: nothing of the user's is imported, and it starts in milliseconds.
            self._watchdog = subprocess.Popen(
                [sys.executable, "-I", "-S", str(WATCHDOG)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def add(self, group: int) -> None:
        self._tell(f"+{group}")

    def remove(self, group: int) -> None:
        """Forget a group, of which nothing is left."""
        self._tell(f"-{group}")

    def close(self) -> None:
        """End the watchdog; there are no servers any more."""
        self._tell("exit")
        if self._watchdog is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._watchdog.wait(0.5)

    def _tell(self, word: str) -> None:
        if self._watchdog is not None and self._watchdog.stdin is not None:
            with contextlib.suppress(OSError, ValueError):
                self._watchdog.stdin.write(word.encode() + b"\n")
                self._watchdog.stdin.flush()


def signal_group(group: int, *, kill: bool) -> bool:
    """Ask a process group to end, or kill it. False if nothing of it is left."""
    if sys.platform == "win32":
        arguments = ["taskkill", "/T", "/PID", str(group), *(["/F"] if kill else [])]
        return subprocess.run(arguments, capture_output=True, check=False).returncode == 0
    try:
        os.killpg(group, signal.SIGKILL if kill else signal.SIGTERM)
    except ProcessLookupError:
        return False
    except PermissionError:
        return not kill
    return True
