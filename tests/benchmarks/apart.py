"""Measures floors in a process of their own: `python -m tests.benchmarks.apart MODULE FUNCTION [ARGUMENT …]`.

What has been loaded, cached and set in the process of another benchmark changes what bare Qt costs there.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys

TIMEOUT_SECONDS = 300.0


def apart(module: str, function: str, *arguments: str) -> float:
    """The number that a function of a benchmark returns in a process of its own, which has an offscreen application."""
    command = [sys.executable, "-m", "tests.benchmarks.apart", module, function, *arguments]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, timeout=TIMEOUT_SECONDS)
    return float(json.loads(done.stdout.splitlines()[-1]))


def main(module: str, function: str, *arguments: str) -> None:
    from PySide6.QtWidgets import QApplication

    application = QApplication([])
    number = getattr(importlib.import_module(f"tests.benchmarks.{module}"), function)(*arguments)
    application.processEvents()
    print(json.dumps(number))


if __name__ == "__main__":
    main(*sys.argv[1:])
