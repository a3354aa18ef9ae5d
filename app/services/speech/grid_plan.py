"""What filling an audition grid will take, and how far it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from app.core.audition_grids import AuditionGrid, Cell, CellState
from app.core.jobs import JobEstimate, JobStatus
from app.services.models import Models
from app.services.speech.voice_models import model_kind

FillKind = Literal["fill", "resume", "retry", "redo", "none", "loading"]
Estimate = Callable[[str, int], JobEstimate]
"""Returns what is known about a number of takes of a model before they are requested."""


class FillPlan(NamedTuple):
    """What filling the grid will do.

    Attributes:
        kind: `resume` if all that is left is paused, `retry` if all that is left has failed, `redo` if all that is left
            are takes that were stopped in mid-speech, `none` if nothing is left, `loading` while it is not known which
            takes there are.
        cells: the cells that get a take, by row.
        estimate: what is known about it before; None for `none` and `loading`.
    """

    kind: FillKind
    cells: tuple[Cell, ...]
    estimate: JobEstimate | None


class GridProgress(NamedTuple):
    """How far a grid is.

    Attributes:
        cells: number of cells; `asked` of them are not only planned, `ready` have sound, `failed` have none.
        seconds_left: estimate for what is queued; None if unknown.
    """

    cells: int
    asked: int
    ready: int
    failed: int
    paused: int
    is_running: bool
    seconds_left: float | None


def fill_plan(
    grid: AuditionGrid, states: Iterable[tuple[Cell, CellState]], error: Callable[[Cell], str],
    models: Models, estimate: Estimate,
) -> FillPlan:  # fmt: skip
    """The plan for a grid with cells in these states, by row; `error` tells with what the take of a cell ended.

    Of cells that failed, none is asked for again whose take the end of the program interrupted: it may be billed.
    """
    cells: list[Cell] = []
    failed: list[Cell] = []
    stopped: list[Cell] = []
    kind: FillKind = "resume"
    for cell, state in states:
        if state in ("planned", "paused"):
            cells.append(cell)
            kind = "fill" if state == "planned" else kind
        elif state == "failed":
            failed.append(cell)
        elif state == "ready" and error(cell) == "stopped":
            stopped.append(cell)
    if not cells:
        cells, kind = [cell for cell in failed if error(cell) != "closed"], "retry"
    if not cells:
        cells, kind = stopped, "redo"
    if not cells:
        return FillPlan("none", (), None)
    return FillPlan(kind, tuple(cells), _estimate(grid, cells, models, estimate))


def _estimate(grid: AuditionGrid, cells: Sequence[Cell], models: Models, estimate: Estimate) -> JobEstimate:
    """Models have limits of their own, so their jobs go on side by side."""
    columns = [models.chosen(model_kind(voice.kind)) for voice in grid.columns]
    counts: dict[str, int] = {}
    for cell in cells:
        counts[columns[cell.column]] = counts.get(columns[cell.column], 0) + 1
    each = [estimate(model, count) for model, count in counts.items()]
    free = [None if one.free is None else min(one.free, one.requests) for one in each]
    seconds = [one.seconds for one in each]
    costs, currencies = [one.cost for one in each], {one.currency for one in each if one.cost}
    return JobEstimate(
        len(cells),
        None if None in free else sum(count for count in free if count is not None),
        None if None in seconds else max(second for second in seconds if second is not None),
        None if None in costs or len(currencies) > 1 else math.fsum(cost for cost in costs if cost is not None),
        next(iter(currencies), each[0].currency),
    )


def seconds_left(jobs: Iterable[JobStatus]) -> float | None:
    """Seconds until the jobs of a grid that go on are done, side by side; None if unknown, or none goes on."""
    left = [status.seconds_left for status in jobs if status.job.state == "active"]
    if not left or None in left:
        return None
    return max(seconds for seconds in left if seconds is not None)
