"""The test suite's own checks: a test that leaves something behind or causes a warning must fail."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

SUITE_WITH_LEFTOVERS = """
import asyncio, logging, threading, time, warnings
from PySide6.QtCore import QObject, QPropertyAnimation, QTimer, qWarning

leftovers = []

def test_clean():
    pass

async def test_clean_loop():
    await asyncio.create_task(asyncio.sleep(0))

def test_warning():
    warnings.warn("unexpected")

def test_thread():
    threading.Thread(target=time.sleep, args=(4,), daemon=True).start()

async def test_task():
    leftovers.append(asyncio.create_task(asyncio.sleep(60)))

def test_failed_task(qtbot):
    raise_later = threading.Thread(target=lambda: 1 / 0)
    raise_later.start()
    raise_later.join()

def test_open_file(tmp_path):
    (tmp_path / "left").open("w")

def test_qt_warning():
    qWarning("unexpected")

def test_exception_in_slot(qtbot):
    QTimer.singleShot(0, lambda: 1 / 0)
    qtbot.wait(20)

def test_timer(qtbot):
    timer = QTimer(interval=1000)
    timer.start()
    leftovers.append(timer)

def test_animation(qtbot):
    animated = QObject()
    animation = QPropertyAnimation(animated, b"objectName", duration=60000, startValue="a", endValue="b")
    animation.start()
    leftovers.extend([animated, animation])
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Names of the tests above by outcome."""
    folder = tmp_path_factory.mktemp("leftovers")
    (folder / "test_leftovers.py").write_text(SUITE_WITH_LEFTOVERS)
    configuration = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), "-p", "no:cacheprovider"]
    nets = ["-p", "tests.conftest", "-p", "tests.ui.conftest"]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", *configuration, *nets, "-rA", "-q", "test_leftovers.py"],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        timeout=120,
    )
    outcomes: dict[str, set[str]] = {"PASSED": set(), "FAILED": set(), "ERROR": set()}
    for line in result.stdout.splitlines():
        kind, _, rest = line.partition(" ")
        if kind in outcomes and "::" in rest:
            outcomes[kind].add(rest.split("::")[1].split(" ")[0])
    assert outcomes["PASSED"], result.stdout + result.stderr
    return outcomes


@pytest.mark.parametrize(
    "test_name",
    [
        "test_warning",
        "test_thread",
        "test_task",
        "test_failed_task",
        "test_open_file",
        "test_qt_warning",
        "test_exception_in_slot",
        "test_timer",
        "test_animation",
    ],
)
def test_leftovers_and_warnings_fail_the_test(outcome: dict[str, set[str]], test_name: str) -> None:
    assert test_name in outcome["FAILED"] | outcome["ERROR"]


def test_clean_tests_pass(outcome: dict[str, set[str]]) -> None:
    assert outcome["PASSED"] - outcome["ERROR"] == {"test_clean", "test_clean_loop"}


NESTED_LOOPS = {"processEvents", "exec", "qWait", "waitUntil", "waitSignal", "waitExposed", "waitForWindowShown"}
"""Methods that run Qt's event loop inside the running one: in a coroutine, other tasks then lose their wake-ups."""


def nested_loops(source: str) -> list[int]:
    """The lines of coroutines that run the event loop inside itself."""
    return [
        call.lineno
        for coroutine in ast.walk(ast.parse(source))
        if isinstance(coroutine, ast.AsyncFunctionDef)
        for call in ast.walk(coroutine)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        if call.func.attr in NESTED_LOOPS or ast.unparse(call.func) == "qtbot.wait"
    ]


@pytest.mark.parametrize("folder", ["app", "tests"])
def test_no_coroutine_runs_the_event_loop_inside_itself(folder: str) -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in (ROOT / folder).rglob("*.py")
        for line in nested_loops(path.read_text(encoding="utf-8"))
    }
    assert found == set()


def test_a_nested_loop_is_found() -> None:
    assert nested_loops("async def test():\n    QApplication.processEvents()\n") == [2]
    assert nested_loops("def test():\n    QApplication.processEvents()\n") == []
