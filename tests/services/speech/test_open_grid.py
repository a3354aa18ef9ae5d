"""Filling an audition grid: what is asked for, in which state each cell is, and what is known before."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from app.core.audition_grids import MAX_SIDE, AuditionGrid, Cell, GridDirection, new_take
from app.core.errors import Code, InputError, ServiceError
from app.core.takes import Take, VoiceSnapshot
from tests.services.speech.grid_harness import CALM, DEAN, MIA, MILO, NONE, WILD, CellService, grid_harness
from tests.waiting import wait_until

CORNER = Cell(0, 0)
NARRATOR = VoiceSnapshot("cloned", "v", "Narrator", sample="0" * 64)


async def test_filling_makes_a_take_for_every_cell_in_the_session(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, DEAN)
        assert at.states() == [["planned"] * 2] * 2
        assert at.grid.plan().estimate is not None and at.grid.plan().estimate.requests == 4
        at.grid.fill()
        assert at.grid.is_running
        await at.settled()
        assert at.states() == [["ready"] * 2] * 2
        assert sorted(at.service.sent) == ["Dean", "Dean calm", "Mia", "Mia calm"]
        takes = await at.speech.of_session(at.session)
        assert {(take.origin, take.session) for take in takes} == {("grid", at.session)}
        assert sorted(take.number for take in takes) == [1, 2, 3, 4]
        assert at.grid.plan().kind == "none"
        (status,) = at.queue.jobs()
        assert status.total == 4


async def test_only_what_is_missing_is_asked_for_and_nothing_twice(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, directions=(CALM,))
        at.grid.fill()
        at.grid.fill()
        await at.settled()
        assert at.service.sent == ["Mia calm"]
        at.grid.edit(voices=(MIA, DEAN))
        assert at.grid.plan().cells == (Cell(0, 1),)
        at.grid.fill()
        await at.settled()
        assert at.service.sent == ["Mia calm", "Dean calm"]


async def test_cells_say_what_happens_to_them(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        at.service.held.add("Mia calm")
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        assert at.states() == [["queued", "queued"]]
        await wait_until(lambda: at.service.sent)
        assert at.states() == [["waiting", "queued"]]
        assert at.grid.elapsed_seconds(CORNER) > 0
        at.service.held.clear()
        await at.settled()
        assert at.states() == [["ready", "ready"]]
        assert at.grid.expected_seconds(CORNER) == pytest.approx(0.1)


async def test_voices_added_while_it_runs_join_the_queue(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        at.service.holds_all = True
        await at.begin(MIA, directions=(CALM,))
        at.grid.fill()
        at.grid.edit(voices=(MIA, DEAN))
        at.grid.edit(directions=(CALM, WILD))
        assert at.states() == [["queued", "queued"], ["queued", "queued"]]
        at.service.holds_all = False
        await at.settled()
        assert sorted(at.service.sent) == ["Dean calm", "Dean wild", "Mia calm", "Mia wild"]


async def test_voices_added_while_it_stands_are_only_planned(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        at.grid.edit(voices=(MIA, DEAN))
        assert at.states() == [["ready", "planned"]]
        at.service.holds_all = True
        at.grid.make(CORNER)
        at.grid.edit(voices=(MIA, DEAN, MILO))
        assert at.states() == [["queued", "planned", "planned"]], "one cell that is made again does not fill the grid"
        at.service.holds_all = False
        await at.settled()


async def test_stopping_keeps_what_is_ready_and_leaves_nothing_of_the_rest(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        await at.begin(MIA, DEAN, MILO, directions=(CALM,))
        at.service.held |= {"Dean calm"}
        at.grid.fill()
        await wait_until(lambda: len(at.service.sent) == 2)
        at.grid.stop()
        await at.settled()
        await wait_until(lambda: all(status.job.ended for status in at.queue.jobs()))
        assert at.states() == [["ready", "planned", "planned"]]
        assert at.service.sent == ["Mia calm", "Dean calm"]
        at.service.held.clear()
        at.grid.fill()
        await at.settled()
        assert at.states() == [["ready"] * 3]
        assert at.service.sent == ["Mia calm", "Dean calm", "Dean calm", "Milo calm"]


async def test_what_was_stopped_in_mid_speech_is_kept_and_spoken_again_when_all_else_is_made(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        await at.begin(MIA, DEAN, MILO, directions=(CALM,))
        at.service.halved |= {"Dean calm"}
        at.grid.fill()
        dean = Cell(0, 1)
        await wait_until(lambda: (take := at.grid.take(dean)) is not None and take.frames > 0)
        at.grid.stop()
        await at.settled()
        await wait_until(lambda: all(status.job.ended for status in at.queue.jobs()))
        assert at.states() == [["ready", "ready", "planned"]]
        half = at.grid.take(dean)
        assert half is not None and half.error == "stopped"
        at.service.halved.clear()
        at.grid.fill()
        await at.settled()
        assert at.service.sent == ["Mia calm", "Dean calm", "Milo calm"], "sound is spoken again only when said"
        plan = at.grid.plan()
        assert (plan.kind, plan.cells) == ("redo", (dean,))
        at.grid.fill()
        await at.settled()
        whole = at.grid.take(dean)
        assert whole is not None and whole.parent == half.id and whole.frames > half.frames
        assert {take.id for take in at.grid.takes(dean)} == {half.id, whole.id}
        assert at.grid.plan().kind == "none"


async def test_stopping_at_once_sends_nothing(tmp_path: Path) -> None:
    """The takes are still being stored with their job."""
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, DEAN)
        at.grid.fill()
        at.grid.stop()
        await at.settled()
        await wait_until(lambda: at.states() == [["planned"] * 2] * 2)
        assert at.service.sent == []
        assert await at.speech.of_session(at.session) == ()


async def test_the_takes_of_the_studio_go_on_when_the_grid_is_stopped_and_the_other_way_round(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        at.service.holds_all = True
        await at.begin(MIA, directions=(CALM,))
        line = Take("", DEAN, "Hello.", model="mimo-v2.5-tts", session=at.session)
        (own,) = at.speech.request([line], title="own", owner=at.session)
        at.grid.fill()
        await wait_until(lambda: len(at.service.sent) == 2)
        assert at.speech.active_in(at.session) == (own.id,)
        at.grid.stop()
        await at.settled()
        assert at.speech.is_active(own.id)
        at.grid.fill()
        await wait_until(lambda: len(at.service.sent) == 3)
        at.speech.stop(own.id)
        await wait_until(lambda: not at.speech.has_active(at.session))
        assert at.states() == [["waiting"]]
        at.service.holds_all = False
        await at.settled()


async def test_a_failed_cell_says_why_and_is_made_by_its_retry(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        at.service.refusals["Dean calm"] = ServiceError(Code.CONTENT_REFUSED)
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        failed = at.grid.take(Cell(0, 1))
        assert at.states() == [["ready", "failed"]]
        assert failed is not None and failed.error == Code.CONTENT_REFUSED
        assert at.grid.plan().kind == "retry"
        again = at.grid.make(Cell(0, 1))
        assert again is not None and again.parent == failed.id
        assert at.grid.make(Cell(0, 1)) is None, "it is being made"
        await at.settled()
        assert at.states() == [["ready", "ready"]]


async def test_what_failed_is_filled_when_nothing_else_is_left(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        at.service.refusals["Dean calm"] = ServiceError(Code.SERVER_ERROR)
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        at.grid.fill()
        await at.settled()
        assert at.states() == [["ready", "ready"]]
        assert at.service.sent == ["Mia calm", "Dean calm", "Dean calm"]


async def test_another_take_of_a_cell_stands_for_it_and_the_former_comes_back_when_it_is_deleted(
    tmp_path: Path,
) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        first = at.grid.take(CORNER)
        second = at.grid.make(CORNER)
        await at.settled()
        assert first is not None and second is not None
        assert [take.id for take in at.grid.takes(CORNER)] == [second.id, first.id]
        await at.speech.delete([second.id])
        assert at.grid.take(CORNER) == first
        await at.speech.delete([first.id])
        assert at.states() == [["planned"]]
        await at.speech.restore([second, first])
        assert [take.id for take in at.grid.takes(CORNER)] == [second.id, first.id]
        assert at.states() == [["ready"]]


async def test_a_take_made_again_in_the_list_of_takes_is_in_its_cell(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        first = at.grid.take(CORNER)
        assert first is not None
        redo = msgspec.structs.replace(first, parent=first.id, relation="redo")
        (again,) = at.speech.request([redo], title="", owner=at.session)
        await at.settled()
        assert (shown := at.grid.take(CORNER)) is not None and shown.id == again.id


async def test_another_line_empties_the_cells_and_the_former_line_fills_them_again(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        at.grid.edit(text="Bye.")
        assert at.states() == [["planned"]]
        assert len(await at.speech.of_session(at.session)) == 1
        at.grid.edit(text="Hello.")
        assert at.states() == [["ready"]]


async def test_what_is_queued_for_a_column_that_goes_is_not_sent(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        at.service.held.add("Mia calm")
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await wait_until(lambda: at.service.sent)
        at.grid.edit(voices=(MIA,))
        at.service.held.clear()
        await at.settled()
        await wait_until(lambda: all(status.job.ended for status in at.queue.jobs()))
        assert at.service.sent == ["Mia calm"]
        assert len(await at.speech.of_session(at.session)) == 1


async def test_descriptions_are_spoken_at_every_temperature(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA)
        at.grid.edit(axes="temperatures", descriptions=("a sailor", "a teacher"), temperatures=(0.2, 0.6))
        at.grid.fill()
        await at.settled()
        assert sorted(at.service.sent) == ["a sailor 0.2", "a sailor None", "a teacher 0.2", "a teacher None"]
        assert at.states() == [["ready"] * 2] * 2
        at.grid.edit(axes="directions")
        assert at.states() == [["planned"], ["planned"]]
        at.grid.edit(axes="temperatures")
        assert at.states() == [["ready"] * 2] * 2


async def test_voices_of_different_models_are_different_jobs_with_one_plan(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        sample = at.database.blobs.put(b"RIFF....")
        await at.begin(MIA, msgspec.structs.replace(NARRATOR, sample=sample), directions=(CALM,))
        plan = at.grid.plan()
        assert plan.estimate is not None and (plan.estimate.requests, plan.estimate.cost) == (2, 0.0)
        at.grid.fill()
        await at.settled()
        assert {status.job.model for status in at.queue.jobs()} == {"mimo-v2.5-tts", "mimo-v2.5-tts-voiceclone"}
        assert at.states() == [["ready", "ready"]]


async def test_what_cannot_be_spoken_is_refused_and_nothing_is_asked_for(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA)
        at.grid.edit(text=" ")
        with pytest.raises(InputError) as refused:
            at.grid.fill()
        assert refused.value.code is Code.NO_TEXT
        assert at.queue.jobs() == () and not at.grid.is_running


async def test_a_grid_that_would_be_too_large_is_refused(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA)
        before = at.grid.grid
        with pytest.raises(InputError) as refused:
            at.grid.edit(directions=tuple(GridDirection(str(number)) for number in range(MAX_SIDE + 1)))
        assert refused.value.code is Code.GRID_TOO_LARGE
        assert at.grid.grid == before


async def test_the_progress_counts_what_was_asked_for(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        at.service.refusals["Dean calm"] = ServiceError(Code.SERVER_ERROR)
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await at.settled()
        at.grid.edit(directions=(CALM, NONE))
        progress = at.grid.progress()
        assert (progress.cells, progress.asked, progress.ready, progress.failed) == (4, 2, 1, 1)
        assert not progress.is_running


async def test_the_grid_comes_back_with_its_session_after_a_restart(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, DEAN)
        at.grid.fill()
        await at.settled()
        before = at.grid.grid
    async with grid_harness(tmp_path) as at:
        assert at.grid.grid == before
        assert at.states() == [["ready"] * 2] * 2


async def test_what_was_queued_when_the_program_ended_is_paused_until_it_is_filled_again(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        await at.begin(MIA, DEAN, MILO, directions=(CALM,))
        at.service.held.add("Dean calm")
        at.grid.fill()
        await wait_until(lambda: len(at.service.sent) == 2)
    async with grid_harness(tmp_path) as at:
        assert at.states() == [["ready", "planned", "paused"]]
        assert not at.grid.is_running
        assert at.grid.progress().paused == 1
        plan = at.grid.plan()
        assert (plan.kind, plan.cells) == ("fill", (Cell(0, 1), Cell(0, 2)))
        at.grid.fill()
        await at.settled()
        assert at.states() == [["ready"] * 3]
        assert sorted(at.service.sent) == ["Dean calm", "Milo calm"]


async def test_pausing_the_job_is_seen_in_the_cells(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        at.service.held.add("Mia calm")
        await at.begin(MIA, DEAN, directions=(CALM,))
        at.grid.fill()
        await wait_until(lambda: at.service.sent)
        (status,) = at.queue.jobs()
        at.changed.clear()
        at.queue.pause(status.job.id)
        assert at.states() == [["waiting", "paused"]]
        assert at.changed == [Cell(0, 1)]
        at.queue.resume(status.job.id)
        assert at.states() == [["waiting", "queued"]]
        at.service.held.clear()
        await at.settled()


async def test_a_session_that_is_deleted_stops_its_grid(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, parallel=1) as at:
        at.service.holds_all = True
        await at.begin(MIA, DEAN)
        at.grid.fill()
        await wait_until(lambda: at.service.sent)
        await at.sessions.delete(at.session)
        at.service.holds_all = False
        await wait_until(lambda: all(status.job.ended for status in at.queue.jobs()))
        assert len(at.service.sent) == 1


async def test_the_takes_of_another_session_are_in_no_cell(tmp_path: Path) -> None:
    async with grid_harness(tmp_path) as at:
        await at.begin(MIA, directions=(CALM,))
        other = AuditionGrid("other", text="Hello.", voices=(MIA,), directions=(CALM,))
        at.speech.request([new_take(other, CORNER, "mimo-v2.5-tts", 0.6)], title="", owner="other")
        await wait_until(lambda: at.queue.jobs() and all(status.job.ended for status in at.queue.jobs()))
        assert at.states() == [["planned"]]


async def test_a_closed_grid_goes_on_being_filled(tmp_path: Path) -> None:
    async with grid_harness(tmp_path, CellService()) as at:
        await at.begin(MIA, DEAN)
        at.grid.fill()
        grid = at.grid.grid
        at.grid.close()
        assert at.states() == []
        await wait_until(lambda: at.queue.jobs() and all(status.job.ended for status in at.queue.jobs()))
        await at.grid.open(grid)
        assert at.states() == [["ready"] * 2] * 2
