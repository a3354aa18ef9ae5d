"""Imports run one way, and what lies below the window works without Qt."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

IMPORT_ALL_BELOW_UI = """
import importlib, pkgutil, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"PySide6", "shiboken6", "qasync"}:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, NoQt())
import app
names = [module.name for module in pkgutil.walk_packages(app.__path__, "app.", onerror=lambda name: None)
         if not module.name.startswith("app.ui") and not module.name.endswith("__main__")]
for name in names:
    importlib.import_module(name)
print(len(names))
"""

LOADED_BEFORE_FIRST_PAINT = """
import json, sys
import app.main, app.ui.chat.view, app.ui.runtime, app.ui.widgets.notifications, app.ui.window
print(json.dumps(sorted(sys.modules)))
"""

AFTER_FIRST_PAINT = {"msgspec", "sqlite3", "httpx", "numpy", "keyring", "pygments", "sounddevice", "soundfile"}
"""Each costs 20 to 200 ms to import, which nobody should wait for before there is a window."""


def python(code: str) -> str:
    """What fresh Python prints for `code`."""
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_imports_run_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    ended = subprocess.run([linter, "--no-cache"], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_everything_below_the_window_imports_with_qt_blocked() -> None:
    assert int(python(IMPORT_ALL_BELOW_UI)) > 50


def test_blocking_qt_really_blocks_it() -> None:
    with pytest.raises(AssertionError, match=r"PySide6(\.\w+)? is blocked"):
        python(IMPORT_ALL_BELOW_UI + "import app.ui.window")


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    loaded = set(json.loads(python(LOADED_BEFORE_FIRST_PAINT)))
    assert "app.ui.window" in loaded
    assert loaded & AFTER_FIRST_PAINT == set()


def test_the_chat_is_built_without_numpy() -> None:
    """It would stay in the memory of a window that never looks at a sound."""
    imports = "import json, sys, app.composition.attachments, app.ui.chat.presenter"
    assert json.loads(python(f"{imports}; print(json.dumps('numpy' in sys.modules))")) is False


EVERYTHING_OF_THE_WINDOW = """
import importlib, pkgutil, sys
import app
for module in pkgutil.walk_packages(app.__path__, "app."):
    if not module.name.startswith(("app.mcp_bridge", "app.museum_server")) and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(sorted(name for name in sys.modules if name.partition(".")[0] in ("mcp", "mcp_types", "pydantic", "httpx2")))
"""


def test_the_window_never_loads_the_package_for_tool_servers() -> None:
    assert python(EVERYTHING_OF_THE_WINDOW).strip() == "[]"
