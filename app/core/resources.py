"""Locates the files shipped with the program, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_APP = Path(__file__).resolve().parent.parent


def resource_path(*parts: str) -> Path:
    """The path of a shipped file, e.g. `resource_path("catalogue.toml")`; it may not exist."""
    installed = _APP / "_resources"
    return (installed if installed.is_dir() else _APP.parent / "resources").joinpath(*parts)
