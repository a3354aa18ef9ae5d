"""Ends the servers when the bridge is gone, however it ended. Run as a script of its own, with few imports.

It reads lines from its standard input: `+GROUP` and `-GROUP` add and remove a process group, `exit` ends it. When the
input closes without that, every group that is left is ended. It leaves the session of the window, so that a signal to
the window's group does not reach it, and ignores what asks it to end.
"""

import os
import signal
import subprocess
import sys
import time

GRACE_SECONDS = 0.4


def main() -> None:
    """Watch until the input closes."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    groups: set[int] = set()
    for line in sys.stdin:
        word = line.strip()
        if word == "exit":
            return
        if word[:1] == "+":
            groups.add(int(word[1:]))
        elif word[:1] == "-":
            groups.discard(int(word[1:]))
    end_groups(groups)


def end_groups(groups: set[int]) -> None:
    """End processes and what they started, gently first."""
    if sys.platform == "win32":
        for group in groups:
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(group)], capture_output=True, check=False)
        return
    for number in (signal.SIGTERM, signal.SIGKILL):
        left = {group for group in groups if _signal(group, number)}
        if not left:
            return
        if number == signal.SIGTERM:
            time.sleep(GRACE_SECONDS)


def _signal(group: int, number: int) -> bool:
    try:
        os.killpg(group, number)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    main()
