"""Widgets in reference cycles are destroyed on the GUI thread, whichever thread allocates."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest

from app.ui.gui_thread_gc import SETTLED_TICKS, GuiThreadGc


class Knot:
    """An object in a reference cycle that records which thread collects it."""

    def __init__(self, seen: list[int]) -> None:
        self.itself = self
        self.seen = seen

    def __del__(self) -> None:
        self.seen.append(threading.get_ident())


@pytest.fixture
def collector(qapp: object) -> Iterator[GuiThreadGc]:
    collector = GuiThreadGc()
    gc.unfreeze()  # What tests/conftest.py has frozen.
    gc.collect()
    collector.begin()
    yield collector
    collector.end()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0


def allocate() -> list[object]:
    """Allocate enough objects in another thread to trigger a collection; they must stay alive to count."""
    kept: list[object] = []
    thread = threading.Thread(target=lambda: kept.extend([object()] for _ in range(100_000)))
    thread.start()
    thread.join()
    return kept


def test_other_threads_never_collect_garbage(collector: GuiThreadGc) -> None:
    seen: list[int] = []
    Knot(seen)
    kept = allocate()
    assert seen == []
    collector._tick()
    assert seen == [threading.get_ident()]
    assert kept


def test_long_lived_objects_are_frozen(collector: GuiThreadGc) -> None:
    for _ in range(SETTLED_TICKS):
        collector._tick()
    assert gc.get_freeze_count() > 10_000
    seen: list[int] = []
    Knot(seen)
    kept = allocate()
    collector._tick()
    assert seen == [threading.get_ident()]
    assert kept
