"""For every test: Qt draws without a display, and nothing may be left running.

Warnings of Python are errors by configuration (pyproject.toml), and so are those of Qt.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.plugins.demo_service", "tests.plugins.sound_harness"]

# How long an example takes says how busy the machine is, not whether the program is right.
_UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Every run tries the same examples, so that none fails by chance; `--hypothesis-profile=search` looks for others.
settings.register_profile("same", _UNTIMED, derandomize=True)
settings.register_profile("search", _UNTIMED, derandomize=False)
settings.load_profile("same")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

LONGEST_FILES = (
    "tests/ui/theme/test_live_change.py",
    "tests/ui/test_tab_walk.py",
    "tests/mimo/test_connections.py",
    "tests/storage/test_kills.py",
    "tests/ui/chat/test_hostile_answers.py",
    "tests/ui/settings/test_services_page.py",
    "tests/ui/studio/grid/test_grid_page.py",
    "tests/ui/studio/test_compare_blind.py",
    "tests/demo/test_hostile.py",
)
"""Files that take the longest. They come first, so that at the end no worker is left alone with one."""
THREAD_SECONDS = 2.0
"""How long a thread may take to end after its test."""

collect_ignore = [] if sys.platform == "linux" else ["e2e"]  # The accessibility tree they drive is AT-SPI.


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    root = Path(__file__).parent.parent
    rank = {root / name: index for index, name in enumerate(LONGEST_FILES)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """A test that starts a thread also ends it."""
    before = set(threading.enumerate())
    yield
    end = time.monotonic() + THREAD_SECONDS
    while left := [thread for thread in threading.enumerate() if thread not in before and _ours(thread)]:
        assert time.monotonic() < end, f"threads left running: {left}"
        time.sleep(0.01)


def _ours(thread: threading.Thread) -> bool:
    """Not one of a library's own that Python only happened to see, such as PortAudio's."""
    return thread.is_alive() and not isinstance(thread, threading._DummyThread)


@pytest.fixture(scope="module", autouse=True)
def heap_is_frozen() -> None:
    """Exclude what the modules and the tests before have left in memory from garbage collection.

    Each test of the window ends with a full collection. The modules of program and suite alone would make it 0.2 s.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def no_task_is_left() -> Iterator[None]:
    """A task that still runs when its loop ends was forgotten: the runner would cancel it without a word."""
    cancel = asyncio.runners._cancel_all_tasks

    def refuse(loop: asyncio.AbstractEventLoop) -> None:
        if asyncio.all_tasks(loop):
            loop.run_until_complete(asyncio.sleep(0))  # Those already cancelled end here.
        left = asyncio.all_tasks(loop)
        cancel(loop)
        assert not left, f"tasks left running: {left}"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asyncio.runners, "_cancel_all_tasks", refuse)
        yield
