"""The audition grid of a session while it is shown: its cells, filling and stopping it, and what that will take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from statistics import median
from typing import Any

import msgspec

from app.core.audition_grids import (
    ORIGIN,
    AuditionGrid,
    Cell,
    CellState,
    GridIndex,
    cell_state,
    check_added,
    job_owner,
    new_take,
    shown_take,
    temperature_range,
)
from app.core.errors import WorkbenchError
from app.core.jobs import JobState, JobStatus
from app.core.observers import Event
from app.core.takes import Take
from app.services.jobs.queue import JobQueue
from app.services.models import Models
from app.services.speech.audition_grids import AuditionGrids
from app.services.speech.grid_plan import FillPlan, GridProgress, fill_plan, seconds_left
from app.services.speech.new_takes import as_redo
from app.services.speech.sessions import SpeechSessions
from app.services.speech.take_service import TakeService
from app.services.speech.voice_models import model_kind

_GOING: frozenset[CellState] = frozenset(("queued", "paused", "waiting", "speaking"))
_ACTIVE: frozenset[CellState] = frozenset(("queued", "waiting", "speaking"))


class OpenGrid:
    """A grid with its takes, as they change.

    Filling goes on when the grid is closed: its takes are in the job queue, and this only shows them.

    Attributes:
        grid: the grid as it is now.
        is_loaded: whether the takes of the session are known; until then nothing is asked for.
        on_layout: the line, columns or rows changed, or another grid was opened: all cells are new.
        on_cell: emitted with a cell whose takes or state changed.
        on_progress: emitted after changes of cells or of the queue.
        job_title: returns the title for new jobs.
    """

    def __init__(
        self, grids: AuditionGrids, takes: TakeService, queue: JobQueue, sessions: SpeechSessions, models: Models
    ) -> None:
        self._grids, self._takes, self._queue, self._sessions, self._models = grids, takes, queue, sessions, models
        self._default_temperature = temperature_range().default
        self.grid = AuditionGrid("")
        self._index = GridIndex(self.grid, self._default_temperature)
        self._all: dict[str, Take] = {}
        self._cells: dict[Cell, list[Take]] = {}
        self._states: dict[Cell, CellState] = {}
        self._counts: Counter[CellState] = Counter()
        """How many of `_states` are the same."""
        self._job_states: dict[str, JobState] = {}
        self._lengths: dict[int, float | None] = {}
        """Expected lengths by column, until another cell is ready."""
        self._is_filling = self.is_loaded = False
        self._stopping: set[str] = set()
        """Ids of takes that were stopped because their cells went, and have not ended yet."""
        self._subscriptions = ExitStack()
        self.on_layout: Event[()] = Event()
        self.on_cell: Event[Cell] = Event()
        self.on_progress: Event[()] = Event()
        self.job_title: Callable[[], str] = str

    # -- opening --------------------------------------------------------------------------------------------------

    async def open(self, grid: AuditionGrid) -> None:
        """Show a grid, with the takes of its session. Raises StorageError, and then nothing can be asked for."""
        self.close()
        self._subscriptions.callback(self._takes.on_take.subscribe(self._on_take))
        self._subscriptions.callback(self._takes.on_deleted.subscribe(self._on_deleted))
        self._subscriptions.callback(self._takes.on_jobs.subscribe(self._on_jobs))
        self.show(grid)
        takes = await self._takes.of_session(grid.id)
        if self.grid.id == grid.id:
            self.is_loaded = True
            self.show_takes(takes)
            self._is_filling = any(status.total > 1 for status in self._going() if status.job.state == "active")

    def show_takes(self, takes: Iterable[Take]) -> None:
        """Show takes of the session of the grid; those known already are newer."""
        self._all = {take.id: take for take in takes if take.origin == ORIGIN} | self._all
        self.show(self.grid)

    def close(self) -> None:
        """Show no grid any more. What is queued goes on."""
        self._subscriptions.close()
        self._all = {}
        self._is_filling = self.is_loaded = False
        self._stopping.clear()
        self.show(AuditionGrid(""))

    def show(self, grid: AuditionGrid) -> None:
        """Show a grid with the takes that are known of its session."""
        self.grid = grid
        self._index = GridIndex(grid, self._default_temperature)
        self._cells = {}
        for take in sorted(self._all.values(), key=lambda take: -take.created):
            cell = self._index.cell(take)
            if cell is not None:
                self._cells.setdefault(cell, []).append(take)
        self._states = {cell: self._state_of(cell) for cell in self._cells}
        self._counts = Counter(self._states.values())
        self._job_states = {}
        self._lengths = {}
        self.on_layout.emit()
        self.on_progress.emit()

    # -- what there is --------------------------------------------------------------------------------------------

    def cells(self) -> Iterable[Cell]:
        """All cells, row by row."""
        return (Cell(row, column) for row in range(self.grid.row_count) for column in range(len(self.grid.columns)))

    def takes(self, cell: Cell) -> tuple[Take, ...]:
        """The takes of a cell, newest first."""
        return tuple(self._cells.get(cell, ()))

    def take(self, cell: Cell) -> Take | None:
        """The take that stands for a cell."""
        return shown_take(self._cells.get(cell, ()))

    def state(self, cell: Cell) -> CellState:
        return self._states.get(cell, "planned")

    def cell_of(self, take_id: str) -> Cell | None:
        """The cell of a take; None if it is in none."""
        take = self._all.get(take_id)
        return self._index.cell(take) if take is not None else None

    def shown(self) -> tuple[Take, ...]:
        """The takes that stand for cells and have sound, row by row."""
        takes = (self.take(cell) for cell in self.cells() if cell in self._cells)
        return tuple(take for take in takes if take is not None and take.frames and take.has_ended)

    def expected_seconds(self, cell: Cell) -> float | None:
        """How long the sound of a cell will be: as its voice needed for the others at the median; None if unknown."""
        if cell.column not in self._lengths:
            lengths: list[tuple[int, float]] = []
            for take in self.shown():
                at = self._index.cell(take)
                if at is not None and take.state == "done":
                    lengths.append((at.column, take.frames / take.rate))
            own = [length for column, length in lengths if column == cell.column] or [length for _, length in lengths]
            self._lengths[cell.column] = median(own) if own else None
        return self._lengths[cell.column]

    def elapsed_seconds(self, cell: Cell) -> float:
        """Seconds since the request of a cell left; 0 if none is being made."""
        take = self.take(cell)
        generation = self._takes.generation(take.id) if take is not None else None
        return generation.elapsed_seconds if generation is not None else 0.0

    @property
    def is_running(self) -> bool:
        """Whether cells are being made, or will be by themselves."""
        return any(self._counts[state] for state in _ACTIVE)

    def progress(self) -> GridProgress:
        """How far the grid is."""
        count = self._counts
        return GridProgress(
            len(self.grid.columns) * self.grid.row_count, count.total() - count["planned"], count["ready"],
            count["failed"], count["paused"], self.is_running, seconds_left(self._going()),
        )  # fmt: skip

    def plan(self) -> FillPlan:
        """What `fill` will do now."""
        if not self.is_loaded:
            return FillPlan("loading", (), None)
        states = ((cell, self.state(cell)) for cell in self.cells())
        return fill_plan(self.grid, states, self._error, self._models, self._takes.estimate)

    def _error(self, cell: Cell) -> str:
        """With what the take of a cell ended; empty if it has none, or ended well."""
        take = self.take(cell)
        return take.error if take is not None else ""

    def _model(self, kind: str) -> str:
        return self._models.chosen(model_kind(kind))

    def _going(self) -> tuple[JobStatus, ...]:
        return self._queue.going(job_owner(self.grid.id)) if self.grid.id else ()

    # -- changing the grid ----------------------------------------------------------------------------------------

    def edit(self, **fields: Any) -> None:
        """Set fields of the grid, and save it. Takes of cells that go stay takes of the session.

        While the grid is filled, new cells join the queue. What was queued for cells that go is not sent, unless only
        the axes change. Raises InputError as `check_added`, NOT_KEPT if the session was deleted, or the reason why new
        cells can't be asked for; then nothing was changed.
        """
        check_added(self.grid, **fields)
        self._sessions.keep(self.grid.id)
        grid = msgspec.structs.replace(self.grid, **fields)
        before, joins = self.grid, self._is_filling and self.is_running
        known = {self._content(before, cell) for cell in self.cells()} if joins else set()
        active = self._active_takes()
        self.show(grid)
        added = [cell for cell in self.cells() if joins and self._content(grid, cell) not in known]
        try:
            self._request(self._specs([cell for cell in added if self._lacks_take(cell)]))
        except WorkbenchError:
            self.show(before)
            raise
        shown = {take.id for cell in self._cells for take in self._cells[cell]}
        for take in active if before.axes == grid.axes else ():
            if take.id not in shown:
                self._stopping.add(take.id)
                self._takes.stop(take.id)
        self._grids.edit(grid)

    def _lacks_take(self, cell: Cell) -> bool:
        """Whether a cell has no take that counts: none, or only what was stopped without sound, or is being stopped."""
        take = self.take(cell)
        return take is None or self.state(cell) == "planned" or (take.id in self._stopping and not take.frames)

    def _active_takes(self) -> list[Take]:
        """The takes of cells that are being made or queued."""
        takes = (self.take(cell) for cell in tuple(self._states))
        return [take for take in takes if take is not None and not take.has_ended]

    @staticmethod
    def _content(grid: AuditionGrid, cell: Cell) -> object:
        """What a cell is for, wherever it is in the grid."""
        row = grid.directions[cell.row].words if grid.axes == "directions" else grid.temperatures[cell.row]
        return grid.text, msgspec.structs.replace(grid.columns[cell.column], name=""), row

    # -- filling --------------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Do what `plan` says: ask for every cell that has no take, and go on with what is paused.

        Where only takes are left that were stopped in mid-speech, each is spoken again as another take of its cell.

        Raises InputError as `TakeService.request`, and NOT_KEPT if the session was deleted; then nothing was asked for.
        """
        plan = self.plan()
        if not plan.cells:
            return
        if plan.kind == "redo":
            self._request([as_redo(take) for cell in plan.cells if (take := self.take(cell)) is not None])
            self._is_filling = True
            self.on_progress.emit()
            return
        paused = [cell for cell in plan.cells if self.state(cell) == "paused"]
        specs = self._specs([cell for cell in plan.cells if self.state(cell) != "paused"])
        self._request(specs)
        self._is_filling = True
        jobs = {self._queue.job_of(take.id) for cell in paused if (take := self.take(cell)) is not None}
        for job_id in jobs - {""}:
            self._queue.resume(job_id)
        self.on_progress.emit()

    def stop(self) -> None:
        """Stop making cells. What has arrived is saved, and what is queued is not sent."""
        self._is_filling = False
        stopped = {status.job.id for status in self._going()}
        active = self._active_takes()
        for job_id in stopped:
            self._queue.stop(job_id)
        for take in active:
            # Not yet stored with their job, or asked for from the list of takes.
            if self._queue.job_of(take.id) not in stopped:
                self._takes.stop(take.id)
        self.on_progress.emit()

    def make(self, cell: Cell) -> Take | None:
        """Ask for a cell: its first take, or another one if it has some.

        Returns None while one is being made, or it is not known what there is.

        A take that failed is asked for with the models of now, another one with the settings of the last. Raises as
        `fill`.
        """
        if not self.is_loaded:
            return None
        take = self.take(cell)
        if take is None:
            return self._request(self._specs([cell]))[0]
        if not take.has_ended:
            return None
        if take.frames:
            return self._request([as_redo(take)])[0]
        (spec,) = self._specs([cell])
        return self._request([msgspec.structs.replace(spec, parent=take.id, relation="redo")])[0]

    def _specs(self, cells: Sequence[Cell]) -> list[Take]:
        grid = self.grid
        return [
            new_take(grid, cell, self._model(grid.columns[cell.column].kind), self._default_temperature)
            for cell in cells
        ]

    def _request(self, specs: Sequence[Take]) -> list[Take]:
        """Queue new takes, one job for each model, with the next numbers of the session."""
        if not specs:
            return []
        for spec in specs:
            self._takes.check(spec)
        session = self.grid.id
        self._grids.edit(self.grid)
        numbers = self._sessions.reserve_take_numbers(session, len(specs))
        by_model: dict[str, list[Take]] = {}
        for spec, number in zip(specs, numbers, strict=True):
            by_model.setdefault(spec.model, []).append(msgspec.structs.replace(spec, number=number))
        requested: list[Take] = []
        for takes in by_model.values():
            requested += self._takes.request(takes, title=self.job_title(), owner=job_owner(session))
        return requested

    # -- what happens ---------------------------------------------------------------------------------------------

    def _on_take(self, take: Take) -> None:
        if take.session != self.grid.id or take.origin != ORIGIN:
            return
        if take.has_ended:
            self._stopping.discard(take.id)
        is_new = take.id not in self._all
        self._all[take.id] = take
        cell = self._index.cell(take)
        if cell is None:
            return
        takes = self._cells.setdefault(cell, [])
        if is_new:
            takes.insert(0, take)
            takes.sort(key=lambda each: -each.created)
        else:
            takes[:] = [take if each.id == take.id else each for each in takes]
        self._changed(cell)

    def _on_deleted(self, take_id: str) -> None:
        self._stopping.discard(take_id)
        take = self._all.pop(take_id, None)
        cell = self._index.cell(take) if take is not None else None
        if cell is not None:
            self._cells[cell] = [each for each in self._cells[cell] if each.id != take_id]
            self._changed(cell)

    def _changed(self, cell: Cell) -> None:
        state = self._state_of(cell)
        self._set_state(cell, state)
        if state not in _GOING:
            self._lengths = {}
            self._is_filling = self._is_filling and self.is_running
        self.on_cell.emit(cell)
        self.on_progress.emit()

    def _on_jobs(self) -> None:
        """Jobs were paused or resumed: what is queued looks different. Nothing else of a cell follows from its job."""
        before = self._job_states
        self._job_states = {status.job.id: status.job.state for status in self._going()}
        # While all of them go on, what is queued is just that: a large grid is not looked through with every call.
        if self._job_states != before or "paused" in self._job_states.values():
            for cell, state in tuple(self._states.items()):
                if state in _GOING and (now := self._state_of(cell)) != state:
                    self._set_state(cell, now)
                    self.on_cell.emit(cell)
        self._is_filling = self._is_filling and self.is_running
        self.on_progress.emit()

    def _set_state(self, cell: Cell, state: CellState) -> None:
        before = self._states.get(cell)
        if before is not None:
            self._counts[before] -= 1
        self._counts[state] += 1
        self._states[cell] = state

    def _state_of(self, cell: Cell) -> CellState:
        take = self.take(cell)
        return cell_state(take, is_active=take is not None and self._takes.is_active(take.id))
