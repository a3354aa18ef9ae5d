"""Which view a job was begun in."""

from __future__ import annotations

from app.ui.theme.icons import Icon
from app.ui.views import VIEWS

_VIEWS_OF = {
    "grid": "studio", "drift": "studio", "read-back": "studio",
    "cases": "bench",
    "design": "voices", "clone": "voices", "sample": "voices",
}  # fmt: skip
"""Origins that are parts of a view."""


def view_of(origin: str) -> str:
    """The name of the view of an origin; empty if it is none, or one of a later version of the program."""
    name = _VIEWS_OF.get(origin, origin)
    return name if any(view.name == name for view in VIEWS) else ""


def icon_of(origin: str) -> Icon:
    """The icon of the view of an origin."""
    name = view_of(origin)
    return next((view.icon for view in VIEWS if view.name == name), Icon.LIST)
