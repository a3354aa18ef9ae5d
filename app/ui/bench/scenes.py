"""The scenes of the bench for the gallery: each page empty, full and failed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app.ui.bench.beside import sample as beside
from app.ui.bench.cases import sample_cases
from app.ui.bench.prompts.sample_prompts import fill_failed, fill_prompts
from app.ui.bench.view import BenchView, PageName

SCENES: Mapping[str, tuple[PageName, Callable[[BenchView], None]]] = {
    "beside": ("beside", lambda view: None),
    "beside-full": ("beside", lambda view: beside.fill(view.beside)),
    "beside-failed": ("beside", lambda view: beside.fill_failed(view.beside)),
    "beside-attached": ("beside", lambda view: beside.fill_attached(view.beside)),
    "beside-edited": ("beside", lambda view: beside.fill_edited(view.beside)),
    "cases-empty": ("cases", lambda view: None),
    "cases": ("cases", lambda view: sample_cases.show_full(view.cases)),
    "cases-failed": ("cases", lambda view: sample_cases.show_failed(view.cases)),
    "prompts": ("prompts", lambda view: fill_prompts(view.prompts)),
    "prompts-empty": ("prompts", lambda view: None),
    "prompts-failed": ("prompts", lambda view: fill_failed(view.prompts)),
}
"""By name: the page that is shown, and what fills it."""


def show_scene(view: BenchView, name: str) -> None:
    page, fill = SCENES[name]
    view.show_page(page)
    fill(view)
