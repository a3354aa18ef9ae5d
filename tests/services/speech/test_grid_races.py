"""An audition grid that is filled, stopped, changed, left and interrupted at bad moments."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.core.audition_grids import Cell, GridDirection
from app.core.errors import Code, InputError, ServiceError, StorageError, TransportError
from app.core.takes import Take, VoiceSnapshot
from tests.services.speech.grid_harness import CALM, DEAN, MIA, MILO, NONE, WILD, GridHarness, grid_harness
from tests.waiting import wait_until

CORNER = Cell(0, 0)


async def ended(at: GridHarness) -> None:
    """Wait until every job has ended."""
    await wait_until(lambda: at.queue.jobs() and all(status.job.ended for status in at.queue.jobs()), interval=0.002)


async def test_nothing_is_asked_for_before_it_is_known_what_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        grid, read, may_read = at.grid.grid, at.speech.of_session, asyncio.Event()

        async def slow(session: str) -> tuple[Take, ...]:
            await may_read.wait()
            return await read(session)

        monkeypatch.setattr(at.speech, "of_session", slow)
        at.grid.close()
        opening = asyncio.ensure_future(at.grid.open(grid))
        await wait_until(lambda: at.grid.grid.id)
        assert at.grid.plan().kind == "loading"
        at.grid.fill()
        assert at.grid.make(CORNER) is None
        assert not at.grid.is_running
        may_read.set()
        await opening
        assert at.states() == [["ready", "ready"]]
        assert at.grid.plan().kind == "none"
        assert len(at.service.sent) == 2


async def test_takes_that_cannot_be_read_are_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, directions=(CALM,))
        grid = at.grid.grid

        async def fail(_session: str) -> tuple[Take, ...]:
            raise StorageError(Code.DATABASE_DAMAGED)

        monkeypatch.setattr(at.speech, "of_session", fail)
        with pytest.raises(StorageError):
            await at.grid.open(grid)
        at.grid.fill()
        assert not at.grid.is_running
        assert at.grid.plan().kind == "loading"


async def test_a_grid_with_a_column_twice_is_filled_once(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, msgspec.structs.replace(MIA, name="Mia again"), directions=(CALM, CALM))
        for _ in range(2):
            at.grid.fill()
            await at.settled()
        assert at.service.sent == ["Mia calm"]
        assert at.states() == [["ready"]]


async def test_a_fill_that_is_pressed_twice_while_it_is_resumed_sends_nothing_twice(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        at.service.held.add("Mia calm")
        await at.begin(MIA, DEAN, MILO, directions=(CALM,))
        at.grid.fill()
        await wait_until(lambda: at.service.sent)
        (status,) = at.queue.jobs()
        at.queue.pause(status.job.id)
        assert at.grid.plan().kind == "resume"
        at.grid.fill()
        at.grid.fill()
        assert at.states() == [["waiting", "queued", "queued"]]
        at.service.held.clear()
        await at.settled()
        assert at.service.sent == ["Mia calm", "Dean calm", "Milo calm"]


async def test_a_retry_that_had_not_left_when_the_program_ended_is_paused_and_resumed(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        at.service.refusals["Mia calm"] = ServiceError(Code.CONTENT_REFUSED)
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        at.service.limited.add("Mia calm")
        assert at.grid.make(CORNER) is not None
        await wait_until(lambda: len(at.queue.jobs()) == 2)
    async with grid_harness(tmp_path) as at:
        assert at.states() == [["paused", "ready"]], "it failed, and was asked for again"
        assert (at.grid.plan().kind, at.grid.plan().cells) == ("resume", (CORNER,))
        at.grid.fill()
        await at.settled()
        assert at.states() == [["ready", "ready"]]
        assert at.service.sent == ["Mia calm"]


async def test_a_row_that_comes_back_while_the_grid_is_filled_is_filled_too(tmp_path: Path) -> None:
    """What was stopped with it has not ended yet."""
    async with grid_harness(tmp_path, parallel=1) as at:
        at.service.held.add("Mia calm")
        await at.begin(MIA, DEAN, directions=(CALM, WILD))
        at.grid.fill()
        await wait_until(lambda: at.service.sent)
        at.grid.edit(directions=(CALM,))
        at.grid.edit(directions=(CALM, WILD))
        assert at.states() == [["waiting", "queued"], ["queued", "queued"]]
        at.service.held.clear()
        await at.settled()
        await ended(at)
        assert at.states() == [["ready"] * 2] * 2
        assert Counter(at.service.sent) == Counter(["Mia calm", "Dean calm", "Mia wild", "Dean wild"])
        assert len(await at.speech.of_session(at.session)) == 4


async def test_a_row_is_removed_while_one_of_its_cells_is_made_and_brought_back(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        at.service.held.add("Mia calm")
        await at.begin(MIA, DEAN, directions=(CALM, WILD))
        at.grid.fill()
        await wait_until(lambda: at.service.sent)
        at.grid.edit(directions=(WILD,))
        await at.settled()
        assert at.states() == [["ready", "ready"]]
        assert at.service.sent == ["Mia calm", "Mia wild", "Dean wild"]
        at.service.held.clear()
        at.grid.edit(directions=(CALM, WILD))
        assert at.states() == [["planned"] * 2, ["ready"] * 2], "the grid stands, so what came back is only planned"
        at.grid.fill()
        await at.settled()
        assert at.states() == [["ready"] * 2] * 2
        assert at.service.sent[3:] == ["Mia calm", "Dean calm"]


async def test_a_grid_that_is_stopped_and_filled_at_once_is_filled(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        at.service.held.add("Mia calm")
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await wait_until(lambda: at.service.sent)
        at.grid.stop()
        at.grid.stop()
        at.grid.fill()
        at.grid.edit(voices=(MIA, DEAN, MILO))
        await at.settled()
        at.service.held.clear()
        at.grid.fill()
        await at.settled()
        await ended(at)
        assert at.states() == [["ready"] * 3]
        assert Counter(at.service.sent)["Dean calm"] == Counter(at.service.sent)["Milo calm"] == 1


async def test_what_is_added_to_a_grid_does_not_join_because_the_former_one_is_filled(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        at.service.holds_all = True
        await at.begin(MIA, directions=(CALM,))
        at.grid.fill()
        first = at.session
        at.sessions.begin("Bye.")
        await at.begin(DEAN, directions=(NONE,))
        at.grid.make(CORNER)
        at.grid.edit(voices=(DEAN, MILO))
        assert at.states() == [["queued", "planned"]]
        at.grid.fill()
        await wait_until(lambda: len(at.service.sent) == 3)
        at.grid.stop()
        await at.settled()
        assert at.speech.is_busy, "the other grid goes on"
        at.service.holds_all = False
        stored = await at.grids.stored(first)
        assert stored is not None
        await at.grid.open(stored)
        await at.settled()
        assert at.states() == [["ready"]]


async def test_a_grid_that_is_reopened_while_it_is_filled_still_takes_what_is_added(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        at.service.holds_all = True
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await wait_until(lambda: len(at.service.sent) == 2)
        grid = at.grid.grid
        at.grid.close()
        await at.grid.open(grid)
        assert at.grid.is_running
        at.grid.edit(voices=(MIA, DEAN, MILO))
        assert at.states() == [["waiting", "waiting", "queued"]]
        at.service.holds_all = False
        await at.settled()
        assert at.states() == [["ready"] * 3]


@pytest.mark.parametrize("error", [ServiceError(Code.TOO_MANY_REQUESTS), TransportError(Code.UNREACHABLE)])
async def test_a_service_that_refuses_or_is_away_loses_no_cell(tmp_path: Path, error: Any) -> None:
    async with grid_harness(tmp_path, parallel=2) as at:
        at.service.refusals = {f"{voice.id} calm": error for voice in (MIA, DEAN, MILO)}
        await at.begin(MIA, DEAN, MILO, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        assert not {"planned", "ready"} & set(at.states()[0])
        while at.grid.plan().kind != "none":
            at.grid.fill()
            await at.settled()
        assert at.states() == [["ready"] * 3]


async def test_with_a_full_disk_nothing_is_sent_and_every_cell_can_be_filled_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with grid_harness(tmp_path) as at:
        reasons: list[Code] = []
        at.speech.on_failed.subscribe(lambda _take, reason: reasons.append(reason.code))
        await at.begin(MIA, DEAN, directions=(CALM,))

        async def full(*_arguments: object) -> None:
            raise StorageError(Code.DISK_FULL)

        with monkeypatch.context() as patch:
            patch.setattr(at.database.jobs, "keep", full)
            at.grid.fill()
            await at.settled()
        assert at.states() == [["planned", "planned"]]
        assert (at.service.sent, reasons) == ([], [Code.DISK_FULL])
        at.grid.fill()
        await at.settled()
        assert at.states() == [["ready", "ready"]]


async def test_a_cell_whose_sound_cannot_be_saved_stays_playable_and_is_not_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, directions=(CALM,))

        async def full(*_arguments: object) -> None:
            raise StorageError(Code.DISK_FULL)

        with monkeypatch.context() as patch:
            patch.setattr(at.database.takes, "keep", full)
            at.grid.fill()
            await at.settled()
        assert at.states() == [["ready"]]
        assert at.grid.plan().kind == "none"
        take = at.grid.take(CORNER)
        assert take is not None and (await at.speech.ensure_saved(take)).audio
        assert at.service.sent == ["Mia calm"]


async def test_a_change_that_is_refused_changes_nothing(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        at.service.holds_all = True
        await at.begin(MIA, directions=(CALM,))
        at.grid.fill()
        before = at.grid.grid
        clone = VoiceSnapshot("cloned", "v", "Narrator")
        for fields, code in (
            ({"voices": (MIA, clone)}, Code.NO_SAMPLE),
            ({"descriptions": (" ",)}, Code.NO_DESCRIPTION),
            ({"temperatures": (-5.0,)}, Code.TEMPERATURE_RANGE),
        ):
            with pytest.raises(InputError) as refused:
                at.grid.edit(**fields)
            assert refused.value.code is code
            assert at.grid.grid == before and at.states() == [["queued"]]
        at.service.holds_all = False
        await at.settled()


async def test_the_grid_of_a_session_that_was_deleted_is_not_changed(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, directions=(CALM,))
        before = at.grid.grid
        await at.sessions.delete(at.session)
        with pytest.raises(Exception, match=Code.NOT_KEPT):
            at.grid.edit(voices=(MIA, DEAN))
        assert at.grid.grid == before


async def test_a_call_costs_no_look_at_every_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a large grid this would take longer than the calls."""
    async with grid_harness(tmp_path) as at:
        looks, is_active = 0, at.speech.is_active

        def counted(take_id: str) -> bool:
            nonlocal looks
            looks += 1
            return is_active(take_id)

        monkeypatch.setattr(at.speech, "is_active", counted)
        voices = tuple(VoiceSnapshot("builtin", f"{number}", f"{number}") for number in range(8))
        await at.begin(*voices, directions=tuple(GridDirection(f"{number}") for number in range(8)))
        at.grid.fill()
        await at.settled()
        assert at.grid.progress().ready == 64
        assert looks < 12 * 64


async def test_the_largest_grid_is_planned_queued_and_stopped(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        at.service.holds_all = True
        voices = tuple(VoiceSnapshot("builtin", f"{number}", f"{number}") for number in range(40))
        await at.begin(*voices, directions=tuple(GridDirection(f"{number}") for number in range(40)))
        plan = at.grid.plan()
        assert plan.estimate is not None and plan.estimate.requests == len(plan.cells) == 1_600
        at.grid.fill()
        await wait_until(lambda: at.service.sent)
        assert at.grid.progress().asked == 1_600
        at.grid.stop()
        await at.settled()
        await ended(at)
        assert at.grid.progress().asked == 0
        assert len(at.service.sent) == 1
