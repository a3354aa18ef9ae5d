"""An audition grid with cells in all states, for the gallery."""

from __future__ import annotations

import math
import random
from typing import Any, cast

import msgspec

from app.core.audition_grids import AuditionGrid, Cell, GridDirection, new_take
from app.core.catalogue import ModelKind, catalogue
from app.core.jobs import JobEstimate
from app.core.settings import Settings
from app.core.takes import Take, TakeFinding, VoiceSnapshot
from app.services.speech.open_grid import OpenGrid
from app.ui.studio.grid.page import GridPage
from app.ui.studio.view import StudioView

_LINE = "(怅然 慵懒) 街口那个老周啊，媳妇走得早，[叹气] 一个人拉扯俩娃，白天蹬三轮，晚上还去夜市。[停顿] 他不去。"
_GRID = AuditionGrid(
    "s", text=_LINE, stream=True,
    voices=(
        VoiceSnapshot("builtin", "白桦", "白桦"), VoiceSnapshot("builtin", "茉莉", "茉莉"),
        VoiceSnapshot("cloned", "g", "Grandpa Zhou", sample="g"),
        VoiceSnapshot("cloned", "n", "Narrator J", sample="n"),
        VoiceSnapshot("builtin", "Dean", "Dean"),
    ),
    directions=(
        GridDirection("Role: 老前辈\n\nScene: 傍晚的街口\n\nGuidance:\n敬佩，娓娓道来"),
        GridDirection("slow, close to the microphone", "Late-night radio"),
        GridDirection("东北话，爽快"), GridDirection(),
    ),
)  # fmt: skip


class _Takes:
    """The little of a take service that a grid asks for while it is only shown."""

    def is_active(self, take_id: str) -> bool:
        return not take_id.startswith("paused")

    def estimate(self, _model: str, count: int) -> JobEstimate:
        return JobEstimate(count, 20, 1.8 * count, 0.0, "USD")


class _Nothing:
    """No jobs and no chosen model."""

    def going(self, _owner: str) -> tuple[()]:
        return ()

    def chosen(self, kind: ModelKind) -> str:
        return catalogue().default_model(kind).id


class _SampleGrid(OpenGrid):
    def elapsed_seconds(self, cell: Cell) -> float:
        return 3.1 if cell.row == 1 else 1.2


def show(view: StudioView, *, is_empty: bool = False) -> None:
    """Open the page with the sample grid, or with one that has no voices."""
    nothing = _Nothing()
    grid = _SampleGrid(cast(Any, None), cast(Any, _Takes()), cast(Any, nothing), cast(Any, None), cast(Any, nothing))
    page = GridPage(Settings())
    page.model.attach(grid)
    grid.is_loaded = True
    grid.show(msgspec.structs.replace(_GRID, voices=()) if is_empty else _GRID)
    if not is_empty:
        grid.show_takes(_takes())
    page.show_grid(grid.grid)
    page.header.show_plan(grid.plan(), grid.progress())
    page.corner.show_progress(grid.progress())
    view.open_page(page)
    if not is_empty:
        _play(page, grid)


def _play(page: GridPage, grid: OpenGrid) -> None:
    """Show the first cell as if it played."""
    cell = Cell(0, 0)
    take = grid.take(cell)
    assert take is not None
    page.table.choose(cell)
    page.show_selected()
    page.model.set_played(0.38)
    page.model.set_playing(take.id, is_playing=True)
    page.bar.show_take(take, page.model.name(cell), 0.4)
    page.bar.show_position(4_500)
    page.bar.show_playing(playing=True)
    page.bar.show_starred(3)
    page.bar.show_chosen(can_make=True, is_new=False, failed=False, can_star=True, has_take=True, starred=True)


def _takes() -> list[Take]:
    lengths = ((11.8, 10.9, 12.6, 11.1), (14.2, 13.5, 15.0, 0), (9.8, 9.4, 0, 0), (11.2, 4.1, 0, 0))
    starred = {Cell(0, 0), Cell(0, 2), Cell(1, 1)}
    special: dict[Cell, dict[str, Any]] = {
        Cell(1, 3): {"state": "speaking"},
        Cell(2, 1): {"findings": (TakeFinding("clips"),)},
        Cell(2, 2): {"state": "failed", "error": "sound-empty"},
        Cell(2, 3): {"state": "speaking"},
        Cell(3, 1): {"state": "speaking"},
        Cell(3, 2): {"state": "queued"},
        Cell(3, 3): {"state": "queued", "id": "paused"},
    }
    takes = []
    for row, columns in enumerate(lengths):
        for column, seconds in enumerate(columns):
            cell = Cell(row, column)
            model = catalogue().default_model("speech" if column < 2 else "speech-clone").id
            fields: dict[str, Any] = {
                "id": f"{row} {column}", "state": "done", "frames": round(24_000 * seconds),
                "peaks": _peaks(row * 7 + column) if seconds else b"", "loudness": -20.0 - row - 1.3 * column,
                "stars": int(cell in starred),
            }  # fmt: skip
            takes.append(msgspec.structs.replace(new_take(_GRID, cell, model, 0.6), **(fields | special.get(cell, {}))))
    return takes


def _peaks(seed: int) -> bytes:
    """The outline of something spoken."""
    chance = random.Random(seed)
    heights = [abs(math.sin(place / 5)) * chance.uniform(0.2, 0.7) for place in range(120)]
    return bytes(value % 256 for height in heights for value in (-round(90 * height), round(90 * height)))
