"""Audition grids: one line spoken by several voices in several ways, a cell for each pair."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

import msgspec

from app.core.bounds import bound
from app.core.catalogue import ParameterRange, catalogue
from app.core.errors import Code, InputError
from app.core.requests import AudioContainer
from app.core.takes import Take, VoiceSnapshot

ORIGIN = "grid"
"""`Take.origin` of the takes of a grid, and `Job.origin` of its jobs."""
MAX_SIDE = 40
"""Most columns, and most rows, of a grid."""
MAX_WORDS_LENGTH = 20_000
"""Most characters of a direction or a description."""
_OWNER = "grid "
_T = TypeVar("_T")

GridAxes = Literal["directions", "temperatures"]
"""`directions`: voices × directions. `temperatures`: voices described in words × temperatures."""
CellState = Literal["planned", "queued", "paused", "waiting", "speaking", "ready", "failed"]
"""`planned`: nothing was asked for, or it was stopped before any sound came. `queued`: its request was not sent yet;
`paused`: nor will it be by itself. `waiting`: it was sent, and no sound has arrived. `ready`: there is sound, if only
the beginning of it."""


class GridDirection(msgspec.Struct, frozen=True):
    """A row of a grid: how the line is spoken.

    Attributes:
        words: the direction as it is sent; empty for none.
        name: the name of a saved direction; empty for one that was not saved.
    """

    words: str = ""
    name: str = ""


class AuditionGrid(msgspec.Struct, frozen=True):
    """The grid of a studio session.

    The takes of a cell are not listed here: they are those takes of the session with the line, the voice and the
    direction of the cell (`GridIndex`). So one that is deleted, restored or made again is in its cell at once.

    A grid from outside is brought within bounds: of columns and rows that are the same only the first stays, and none
    that `check_added` would refuse; temperatures are brought into their range.

    Attributes:
        id: that of the session.
        axes: which columns and rows are shown; those of the other kind are kept.
        text: the line.
        container, stream: of the takes that are made next.
        voices, directions: columns and rows for `directions`.
        descriptions, temperatures: columns and rows for `temperatures`.
    """

    id: str
    axes: GridAxes = "directions"
    text: str = ""
    container: AudioContainer = "wav"
    stream: bool = True
    voices: tuple[VoiceSnapshot, ...] = ()
    directions: tuple[GridDirection, ...] = ()
    descriptions: tuple[str, ...] = ()
    temperatures: tuple[float, ...] = ()
    created: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created",))
        directions = (each for each in self.directions if len(each.words) <= MAX_WORDS_LENGTH)
        described = (words for words in self.descriptions if words.strip() and len(words) <= MAX_WORDS_LENGTH)
        self._set("voices", _distinct(self.voices, _identity))
        self._set("directions", _distinct(directions, lambda each: each.words))
        self._set("descriptions", _distinct(described, lambda words: words))
        self._set("temperatures", _distinct(_in_range(self.temperatures), lambda value: value))

    def _set(self, name: str, side: tuple[Any, ...]) -> None:
        if side != getattr(self, name):
            msgspec.structs.force_setattr(self, name, side)

    @property
    def columns(self) -> tuple[VoiceSnapshot, ...]:
        """The voices of the columns; described ones have no name."""
        if self.axes == "directions":
            return self.voices
        return tuple(VoiceSnapshot("designed", description=words) for words in self.descriptions)

    @property
    def row_count(self) -> int:
        return len(self.directions if self.axes == "directions" else self.temperatures)


def words_of_grid(grid: AuditionGrid) -> str:
    """Return the searchable text of a grid: all that is in it, whichever axes are shown."""
    directions = [words for each in grid.directions for words in (each.name, each.words)]
    return "\n".join((grid.text, *(voice.name for voice in grid.voices), *directions, *grid.descriptions))


def check_added(before: AuditionGrid, **fields: object) -> None:
    """Check columns and rows before a grid gets them instead of those it has.

    Raises InputError: GRID_TOO_LARGE, NO_DESCRIPTION, WORDS_TOO_LONG, or TEMPERATURE_RANGE with the range.
    """
    limits = temperature_range()
    for name, side in fields.items():
        if not isinstance(side, tuple):
            continue
        if len(side) > MAX_SIDE:
            raise InputError(Code.GRID_TOO_LARGE, most=MAX_SIDE)
        for entry in side:
            if entry in getattr(before, name):
                continue
            words = entry.words if isinstance(entry, GridDirection) else entry if isinstance(entry, str) else ""
            if len(words) > MAX_WORDS_LENGTH:
                raise InputError(Code.WORDS_TOO_LONG, most=MAX_WORDS_LENGTH, length=len(words))
            if name == "descriptions" and not words.strip():
                raise InputError(Code.NO_DESCRIPTION, field="description")
            if isinstance(entry, float | int) and not limits.low <= entry <= limits.high:
                raise InputError(Code.TEMPERATURE_RANGE, low=limits.low, high=limits.high)


def temperature_range() -> ParameterRange:
    """The temperatures of described voices."""
    return catalogue().range_of("temperature", "speech-design")


def _in_range(temperatures: Iterable[float]) -> Iterable[float]:
    limits = temperature_range()
    return (min(max(value, limits.low), limits.high) for value in temperatures if math.isfinite(value))


def _distinct(entries: Iterable[_T], key: Callable[[_T], Hashable]) -> tuple[_T, ...]:
    """The first of those entries that have the same key, at most as many as a side may have."""
    first: dict[Hashable, _T] = {}
    for entry in entries:
        first.setdefault(key(entry), entry)
    return tuple(first.values())[:MAX_SIDE]


class Cell(NamedTuple):
    """The place of a cell, from 0."""

    row: int
    column: int


class GridIndex:
    """Finds the cell of a take. Costs the same however large the grid is."""

    def __init__(self, grid: AuditionGrid, default_temperature: float) -> None:
        """`default_temperature` is that of a take that names none."""
        self._grid = grid
        self._default_temperature = default_temperature
        self._columns = {_identity(voice): column for column, voice in enumerate(grid.columns)}
        if grid.axes == "directions":
            self._rows: dict[object, int] = {each.words: row for row, each in enumerate(grid.directions)}
        else:
            self._rows = {value: row for row, value in enumerate(grid.temperatures)}

    def cell(self, take: Take) -> Cell | None:
        """The cell a take belongs to; None for a take of another line, or of a voice or direction not in the grid."""
        grid = self._grid
        if take.origin != ORIGIN or take.session != grid.id or take.text != grid.text:
            return None
        # Where the service did not know its default voice, another one spoke for it.
        asked = ("builtin", take.asked_voice, "") if take.asked_voice else _identity(take.voice)
        column = self._columns.get(asked)
        row = self._rows.get(self._row_of(take))
        return None if row is None or column is None else Cell(row, column)

    def _row_of(self, take: Take) -> object:
        if self._grid.axes == "directions":
            return take.direction
        return self._default_temperature if take.temperature is None else take.temperature


def new_take(grid: AuditionGrid, cell: Cell, model: str, default_temperature: float) -> Take:
    """The settings of a take for a cell, made with a model."""
    described = grid.axes == "temperatures"
    temperature = grid.temperatures[cell.row] if described else None
    return Take(
        "", grid.columns[cell.column], grid.text, "" if described else grid.directions[cell.row].words, model=model,
        container=grid.container, stream=grid.stream,
        temperature=None if temperature == default_temperature else temperature, session=grid.id, origin=ORIGIN,
    )  # fmt: skip


def shown_take(takes: Sequence[Take]) -> Take | None:
    """Which of the takes of a cell, newest first, stands for it.

    What is being made, else the newest with sound, else the newest; None if nothing is there to be shown.
    """
    for take in takes:
        if not take.has_ended:
            return take
    return next((take for take in takes if take.frames), next(iter(takes), None))


def cell_state(take: Take | None, *, is_active: bool) -> CellState:
    """The state of a cell that this take stands for; `is_active`: it is being made, or will be by itself."""
    if take is None:
        return "planned"
    match take.state:
        case "queued":
            return "queued" if is_active else "paused"
        case "speaking":
            return "speaking" if take.frames else "waiting"
        case _ if take.frames:
            return "ready"
        case "cut" if take.error in ("", "stopped"):
            return "planned"
    return "failed"


def job_owner(grid_id: str) -> str:
    """The owner of the jobs of a grid. Those of its session have another: either can be stopped alone."""
    return _OWNER + grid_id


def owning_grid(owner: str) -> str:
    """The id of the grid that owns a job; empty for any other owner."""
    return owner.removeprefix(_OWNER) if owner.startswith(_OWNER) else ""


def _identity(voice: VoiceSnapshot) -> tuple[str, ...]:
    """What a voice is, whatever it is called."""
    if voice.kind == "designed":
        return (voice.kind, voice.description)
    return (voice.kind, voice.id, voice.sample)


def is_same_voice(one: VoiceSnapshot, other: VoiceSnapshot) -> bool:
    """Whether both speak alike, even if one was renamed."""
    return _identity(one) == _identity(other)
