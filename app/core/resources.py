"""Where the files that ship with the program are, in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

_APP = Path(__file__).resolve().parent.parent
_PACKED = _APP / "_resources"
_ROOT = _PACKED if _PACKED.is_dir() else _APP.parent / "resources"


def resource_path(*parts: str) -> Path:
    """The path of a shipped file, such as `resource_path("icons", "play.svg")`; it need not exist."""
    return _ROOT.joinpath(*parts)
