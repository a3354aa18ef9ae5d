"""The scenes of the bench for the gallery: each page empty, full and failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.ui.bench.beside import sample as beside
from app.ui.bench.view import BenchView, PageName

SCENES: Mapping[str, tuple[PageName, Callable[[BenchView], None]]] = {
    "beside": ("beside", lambda view: None),
    "beside-full": ("beside", lambda view: beside.fill(view.beside)),
    "beside-failed": ("beside", lambda view: beside.fill_failed(view.beside)),
    "beside-edited": ("beside", lambda view: beside.fill_edited(view.beside)),
    "cases": ("cases", lambda view: None),
    "prompts": ("prompts", lambda view: None),
}
"""By name: the page that is shown, and what fills it."""


def show_scene(view: BenchView, name: str) -> None:
    page, fill = SCENES[name]
    view.show_page(page)
    fill(view)
