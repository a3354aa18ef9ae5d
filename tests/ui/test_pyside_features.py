"""The start does no work that nobody asked for."""

from __future__ import annotations

import subprocess
import sys

LOADS_SOURCES = """
import linecache
import app.ui
import numpy, jsonschema
print(len([name for name in linecache.cache if name.endswith(".py") and ("numpy" in name or "jsonschema" in name)]))
"""

COLLECTS = """
import gc
import app.__main__
print(gc.isenabled())
"""


def printed(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


def test_no_source_is_read_for_what_is_imported() -> None:
    assert printed(LOADS_SOURCES) == "0"


def test_no_garbage_is_looked_for_while_the_program_is_imported() -> None:
    assert printed(COLLECTS) == "False"
