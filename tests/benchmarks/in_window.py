"""Measures in the real window, offscreen, in its own process: `python -m tests.benchmarks.in_window MODULE FOLDER URL`.

The window uses the service of `answer_server.py`, whose answers are as large and come as fast as their address says.
`MODULE` is a benchmark with `async def measure(window) -> dict[str, float]`; what it returns is printed as JSON.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TIMEOUT_SECONDS = 600.0


def measured(module: str, address: str = "1-1", prepare: Callable[[Path], object] = Path.exists) -> dict[str, Any]:
    """What a benchmark measures in a window whose service answers at `/ADDRESS/v1`, in a home that is prepared."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "MIMO_API_KEY": "any"}
    with tempfile.TemporaryDirectory() as folder, served() as port:
        prepare(Path(folder))
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks.in_window",
            module,
            folder,
            f"http://127.0.0.1:{port}/{address}/v1",
        ]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, timeout=TIMEOUT_SECONDS)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


@contextmanager
def served() -> Iterator[int]:
    """The port of an answer server that ends with the block."""
    command = [sys.executable, "-m", "tests.benchmarks.answer_server"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(TIMEOUT_SECONDS):
        while not condition():
            await asyncio.sleep(0.05)


def main(module: str, folder: Path, base_url: str) -> None:
    from PySide6.QtWidgets import QApplication

    from app.arguments import parse
    from app.composition.workbench import Workbench
    from app.core.redaction import Redactor
    from app.core.settings import Settings
    from app.storage.home import open_home
    from app.ui import runtime
    from app.ui.window import Window

    measure: Callable[[Any, Window], Awaitable[dict[str, float]]]
    measure = importlib.import_module(f"tests.benchmarks.{module}").measure
    application = runtime.make_application([sys.argv[0]])
    workbench = Workbench(
        parse(["--base-url", base_url, "--lang", "en"]), open_home(folder), Settings(), Redactor(), None
    )
    results: list[dict[str, float] | BaseException] = []

    async def begin(running: Any) -> None:
        try:
            await workbench.start(running)
            (window,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window))
            window.resize(1440, 900)
            results.append(await measure(workbench, window))
        except BaseException as error:
            results.append(error)
        running.quit()

    runtime.run(application, begin)
    (result,) = results
    if isinstance(result, BaseException):
        raise result
    print(json.dumps(result))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
