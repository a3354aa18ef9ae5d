"""Fixtures: one private desktop per session (per pytest-xdist worker) and one window per test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import Window, workbench

StartProgram = Callable[..., Window]


@pytest.fixture(scope="session")
def desktop() -> Iterator[VirtualDesktop]:
    with VirtualDesktop() as started:
        yield started


@pytest.fixture
def open_window(desktop: VirtualDesktop, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[StartProgram]:
    """Return a function that starts a program with a window. On teardown it is closed and its output is checked."""
    opened: list[Window] = []

    def start(command: list[str]) -> Window:
        opened.append(Window(desktop, command, tmp_path))
        return opened[-1]

    with ExitStack() as cleanup:
        yield start
        if getattr(request.node, "failed_call", False) and opened:
            desktop.screenshot(tmp_path / "failed.png")
            print(f"screenshot: {tmp_path / 'failed.png'}")
        for window in opened:
            cleanup.callback(window.kill)
        for window in opened:
            ended_by_test = window.process.poll() is not None
            status = window.close()
            assert ended_by_test or status == 0, f"it ended with {status}"
            assert window.unexpected_output() == []


@pytest.fixture
def start_workbench(open_window: StartProgram, tmp_path: Path) -> StartProgram:
    """Return a function that starts the workbench with a separate home and the demo service."""

    def start(*arguments: str, home: Path = tmp_path / "home") -> Window:
        return open_window(workbench("--demo", *arguments, home=home))

    return start


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call" and report.failed:
        item.failed_call = True
    return report
