"""Which take is in which cell of an audition grid, and what a cell says about it."""

from __future__ import annotations

import msgspec
import pytest

from app.core.audition_grids import (
    MAX_SIDE,
    MAX_WORDS_LENGTH,
    AuditionGrid,
    Cell,
    GridDirection,
    GridIndex,
    cell_state,
    check_added,
    is_same_voice,
    job_owner,
    new_take,
    owning_grid,
    shown_take,
)
from app.core.errors import Code, InputError
from app.core.takes import Take, VoiceSnapshot

MIA, DEAN = (VoiceSnapshot("builtin", name, name) for name in ("Mia", "Dean"))
NARRATOR = VoiceSnapshot("cloned", "v1", "Narrator", sample="a" * 64)
CALM, NONE = GridDirection("slow and calm", "Calm"), GridDirection()
GRID = AuditionGrid("s", text="Hello.", voices=(MIA, DEAN, NARRATOR), directions=(CALM, NONE))
DESCRIBED = AuditionGrid(
    "s", "temperatures", "Hello.", descriptions=("an old sailor", "a young teacher"), temperatures=(0.2, 0.6, 1.2)
)
DEFAULT = 0.6


def made(cell: Cell, grid: AuditionGrid = GRID, **fields: object) -> Take:
    take = new_take(grid, cell, "mimo-v2.5-tts", DEFAULT)
    return msgspec.structs.replace(take, **({"id": "t", "state": "done", "frames": 10} | fields))


@pytest.mark.parametrize("grid", [GRID, DESCRIBED])
def test_the_take_of_each_cell_is_found_in_it(grid: AuditionGrid) -> None:
    index = GridIndex(grid, DEFAULT)
    for row in range(grid.row_count):
        for column in range(len(grid.columns)):
            assert index.cell(made(Cell(row, column), grid)) == (row, column)


def test_a_take_of_another_line_session_origin_voice_or_direction_is_in_no_cell() -> None:
    index = GridIndex(GRID, DEFAULT)
    for fields in (
        {"text": "Bye."}, {"session": "x"}, {"origin": "studio"}, {"voice": VoiceSnapshot("builtin", "Milo", "Milo")},
        {"direction": "angry"}, {"voice": msgspec.structs.replace(NARRATOR, sample="b" * 64)},
    ):  # fmt: skip
        assert index.cell(made(Cell(0, 0), **fields)) is None


def test_a_take_stays_in_its_cell_when_its_voice_is_renamed_or_columns_are_moved() -> None:
    take = made(Cell(0, 2))
    renamed = msgspec.structs.replace(NARRATOR, name="Narrator J")
    assert is_same_voice(renamed, NARRATOR)
    moved = msgspec.structs.replace(GRID, voices=(renamed, MIA), directions=(NONE, CALM))
    assert GridIndex(moved, DEFAULT).cell(take) == (1, 0)


def test_a_take_that_another_voice_spoke_for_the_default_is_in_the_cell_of_the_default() -> None:
    default = VoiceSnapshot("builtin", "mimo_default", "mimo_default")
    grid = msgspec.structs.replace(GRID, voices=(MIA, default))
    spoken = msgspec.structs.replace(made(Cell(0, 1), grid), voice=MIA, asked_voice="mimo_default")
    assert GridIndex(grid, DEFAULT).cell(spoken) == (0, 1)


def test_a_described_voice_gets_no_direction_and_only_a_temperature_that_is_not_the_default() -> None:
    assert [made(Cell(row, 0), DESCRIBED).temperature for row in range(3)] == [0.2, None, 1.2]
    take = made(Cell(2, 1), DESCRIBED)
    assert (take.direction, take.voice.kind, take.voice.description) == ("", "designed", "a young teacher")
    assert made(Cell(0, 1)).direction == "slow and calm"
    assert made(Cell(0, 1)).temperature is None


def test_the_columns_and_rows_of_the_other_axes_are_kept() -> None:
    both = msgspec.structs.replace(GRID, axes="temperatures", descriptions=("a sailor",), temperatures=(1.0,))
    assert (len(both.columns), both.row_count) == (1, 1)
    back = msgspec.structs.replace(both, axes="directions")
    assert (len(back.columns), back.row_count) == (3, 2)


def test_what_is_being_made_stands_for_a_cell_then_the_newest_with_sound() -> None:
    old, failed = made(Cell(0, 0), id="old"), made(Cell(0, 0), id="failed", state="failed", frames=0)
    going = made(Cell(0, 0), id="going", state="queued", frames=0)
    assert shown_take([]) is None
    assert shown_take([failed, old]) == old
    assert shown_take([going, failed, old]) == going
    assert shown_take([failed]) == failed


@pytest.mark.parametrize(
    ("fields", "is_active", "state"),
    [
        ({"state": "queued", "frames": 0}, True, "queued"),
        ({"state": "queued", "frames": 0}, False, "paused"),
        ({"state": "speaking", "frames": 0}, True, "waiting"),
        ({"state": "speaking"}, True, "speaking"),
        ({"state": "done"}, False, "ready"),
        ({"state": "cut", "error": "stopped"}, False, "ready"),
        ({"state": "cut", "error": "stopped", "frames": 0}, False, "planned"),
        ({"state": "cut", "error": "closed", "frames": 0}, False, "failed"),
        ({"state": "failed", "error": "server-error", "frames": 0}, False, "failed"),
    ],
)
def test_the_state_of_a_cell(fields: dict[str, object], is_active: bool, state: str) -> None:
    assert cell_state(made(Cell(0, 0), **fields), is_active=is_active) == state


def test_a_cell_without_a_take_is_planned() -> None:
    assert cell_state(None, is_active=False) == "planned"


def test_a_grid_from_outside_is_bounded() -> None:
    voices = tuple(msgspec.structs.replace(MIA, id=f"{number}") for number in range(99))
    grid = AuditionGrid("s", voices=voices, temperatures=(float("nan"), 0.5, -5.0, 1e300, 0.5), created=1e300)
    assert (grid.voices, grid.temperatures) == (voices[:MAX_SIDE], (0.5, 0.0, 1.5))
    assert grid.created < 1e11
    endless = "x" * (MAX_WORDS_LENGTH + 1)
    grid = AuditionGrid("s", directions=(CALM, GridDirection(endless)), descriptions=(" ", "a sailor", endless))
    assert (grid.directions, grid.descriptions) == ((CALM,), ("a sailor",))


def test_a_column_or_row_that_is_there_twice_is_one() -> None:
    """The takes of both would be in one of them, and the other would be asked for again with every fill."""
    renamed = msgspec.structs.replace(NARRATOR, name="Narrator J")
    named = GridDirection(CALM.words, "Another name")
    grid = AuditionGrid("s", voices=(NARRATOR, MIA, renamed, MIA), directions=(CALM, named, NONE, NONE))
    assert (grid.voices, grid.directions) == ((NARRATOR, MIA), (CALM, NONE))
    assert AuditionGrid("s", descriptions=("a sailor", "a sailor")).descriptions == ("a sailor",)


@pytest.mark.parametrize(
    ("side", "entry", "code"),
    [
        ("descriptions", " \n", Code.NO_DESCRIPTION),
        ("descriptions", "x" * 100_000, Code.WORDS_TOO_LONG),
        ("directions", GridDirection("x" * 100_000), Code.WORDS_TOO_LONG),
        ("temperatures", -5.0, Code.TEMPERATURE_RANGE),
        ("temperatures", 1e300, Code.TEMPERATURE_RANGE),
        ("temperatures", float("nan"), Code.TEMPERATURE_RANGE),
    ],
)
def test_what_no_service_takes_is_refused_before_it_is_added(side: str, entry: object, code: Code) -> None:
    with pytest.raises(InputError) as refused:
        check_added(DESCRIBED, **{side: (entry,)})
    assert refused.value.code is code
    check_added(DESCRIBED, descriptions=(*DESCRIBED.descriptions, "a librarian"), temperatures=(0.0, 1.5))


def test_the_owner_of_its_jobs_names_the_grid() -> None:
    assert owning_grid(job_owner("s")) == "s"
    assert owning_grid("s") == ""
