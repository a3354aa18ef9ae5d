"""One private desktop for the session (for each worker of pytest-xdist), one window for a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.e2e.virtual_desktop import VirtualDesktop
from tests.e2e.window import Window, workbench

Start = Callable[..., Window]


@pytest.fixture(scope="session")
def desk() -> Iterator[VirtualDesktop]:
    with VirtualDesktop() as built:
        yield built


@pytest.fixture
def open_window(desk: VirtualDesktop, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Start]:
    """Starts any command that opens a window; afterwards ends it and fails on whatever it complained about."""
    opened: list[Window] = []

    def start(command: list[str]) -> Window:
        opened.append(Window(desk, command, tmp_path))
        return opened[-1]

    with ExitStack() as endings:
        yield start
        if getattr(request.node, "failed_call", False) and opened:
            desk.screenshot(tmp_path / "failed.png")
            print(f"screenshot: {tmp_path / 'failed.png'}")
        for window in opened:
            endings.callback(window.kill)
        for window in opened:
            ended_by_test = window.process.poll() is not None
            status = window.close()
            assert ended_by_test or status == 0, f"it ended with {status}"
            assert window.complaints() == []


@pytest.fixture
def start_workbench(open_window: Start, tmp_path: Path) -> Start:
    """Starts the real program on a home of its own, with the demo service."""

    def start(*arguments: str, home: Path = tmp_path / "home") -> Window:
        return open_window(workbench("--demo", *arguments, home=home))

    return start


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call" and report.failed:
        item.failed_call = True
    return report
