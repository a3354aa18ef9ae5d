"""Stops the service when the program that started it ends, even if that program is killed."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_SYNCHRONIZE = 0x0010_0000
_INFINITE = 0xFFFF_FFFF


def watch_stdin(on_exit: Callable[[], None]) -> None:
    """Call `on_exit` from another thread when stdin closes.

    The parent process holds the other end of the pipe, so it closes however the parent ends.
    """

    stdin = sys.stdin.fileno()

    def read() -> None:
        # Read the descriptor directly: a thread blocked in sys.stdin holds its lock, which aborts interpreter shutdown.
        while os.read(stdin, 4096):
            pass
        on_exit()

    threading.Thread(target=read, name="parent-stdin", daemon=True).start()


def watch_parent(parent: int, on_exit: Callable[[], None]) -> None:
    """Call `on_exit` from another thread when the process `parent` has ended."""
    wait = _wait_on_windows if sys.platform == "win32" else _wait_on_posix
    threading.Thread(target=wait, args=(parent, on_exit), name="parent-watch", daemon=True).start()


def terminate_with_parent() -> None:
    """Have the kernel send SIGTERM when the parent dies. Linux only; elsewhere the other two watches must suffice."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _wait_on_posix(parent: int, on_exit: Callable[[], None]) -> None:
    while _is_alive(parent):
        time.sleep(1.0)
    on_exit()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _wait_on_windows(parent: int, on_exit: Callable[[], None]) -> None:
    kernel = ctypes.CDLL("kernel32")
    process = kernel.OpenProcess(_SYNCHRONIZE, False, parent)
    if process:
        kernel.WaitForSingleObject(process, _INFINITE)
        kernel.CloseHandle(process)
    on_exit()
