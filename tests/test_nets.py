"""The suite's own nets: whatever a test leaves behind or complains about must fail it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

LEAVERS = """
import asyncio, logging, threading, time, warnings
from PySide6.QtCore import QObject, QPropertyAnimation, QTimer, qWarning

kept = []

def test_clean():
    pass

async def test_clean_loop():
    await asyncio.create_task(asyncio.sleep(0))

def test_warning():
    warnings.warn("unexpected")

def test_thread():
    threading.Thread(target=time.sleep, args=(4,), daemon=True).start()

async def test_task():
    kept.append(asyncio.create_task(asyncio.sleep(60)))

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
    kept.append(timer)

def test_animation(qtbot):
    thing = QObject()
    animation = QPropertyAnimation(thing, b"objectName", duration=60000, startValue="a", endValue="b")
    animation.start()
    kept.extend([thing, animation])
"""


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Names of the tests above by what became of them."""
    folder = tmp_path_factory.mktemp("leavers")
    (folder / "test_leavers.py").write_text(LEAVERS)
    configuration = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), "-p", "no:cacheprovider"]
    nets = ["-p", "tests.conftest", "-p", "tests.ui.conftest"]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", *configuration, *nets, "-rA", "-q", "test_leavers.py"],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_ADDOPTS": ""},
        timeout=120,
    )
    became: dict[str, set[str]] = {"PASSED": set(), "FAILED": set(), "ERROR": set()}
    for line in ended.stdout.splitlines():
        kind, _, rest = line.partition(" ")
        if kind in became and "::" in rest:
            became[kind].add(rest.split("::")[1].split(" ")[0])
    assert became["PASSED"], ended.stdout + ended.stderr
    return became


@pytest.mark.parametrize(
    "leaver",
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
def test_what_is_left_behind_fails_the_test(outcome: dict[str, set[str]], leaver: str) -> None:
    assert leaver in outcome["FAILED"] | outcome["ERROR"]


def test_a_clean_test_passes(outcome: dict[str, set[str]]) -> None:
    assert outcome["PASSED"] - outcome["ERROR"] == {"test_clean", "test_clean_loop"}
