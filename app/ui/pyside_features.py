"""Keeps PySide6 from reading the source of every module that is imported.

For `from __feature__ import snake_case`, shiboken looks for "PySide6" in the source of each module that is imported
after it, and the standard library's `linecache` then holds those lines for good: 9 ms before the first paint, and 14 MB
once everything is imported (measured with 361 modules). Nothing here switches features.
"""

from __future__ import annotations

import importlib
from typing import Any

import PySide6.QtCore  # noqa: F401  (the module below lies inside its extension)


def skip_source_scan() -> None:
    """Treat every module imported from now on as one that switches no features."""
    feature: Any = importlib.import_module("shibokensupport.feature")
    if not callable(getattr(feature, "_mod_uses_pyside", None)):
        raise RuntimeError("this PySide6 looks for features in another way")
    feature._mod_uses_pyside = lambda module: False
