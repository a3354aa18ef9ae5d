"""The job queue: order, room, pause, stop, kills, refusals, and never sending twice what may have been billed."""

from __future__ import annotations

import asyncio
import time

import msgspec
import pytest

from app.core.errors import Code, ServiceError, StorageError, TransportError
from app.core.jobs import MAX_ITEMS, Job, JobStatus
from app.services.jobs.entry import JobEntry
from app.services.jobs.ports import Limits
from app.services.jobs.queue import ENDED_JOBS_KEPT_SECONDS
from tests.services.jobs.conftest import QueueHarness


def lost() -> TransportError:
    return TransportError(Code.CONNECTION_LOST, sent=True)


async def test_as_many_calls_run_at_the_same_time_as_there_is_room_for(desk: QueueHarness) -> None:
    job = await desk.add("a", "b", "c", "d", "e")
    assert desk.calls.running == ["a", "b", "c"]
    await desk.end("b")
    assert desk.calls.running == ["a", "c", "d"]
    status = desk.queue.status(job)
    assert (status.total, status.done, status.running, status.queued) == (5, 1, 3, 1)
    assert status.group == "running"


async def test_models_have_room_of_their_own(desk: QueueHarness) -> None:
    await desk.add("a", "b", "c", "d")
    await desk.add("x", model="chat")
    assert desk.calls.running == ["a", "b", "c", "x"]


async def test_a_job_that_is_done_is_finished_and_its_cost_added_up(desk: QueueHarness) -> None:
    job = await desk.add("a", "b")
    await desk.end("a", cost=0.25)
    await desk.end("b", cost=0.5)
    status = desk.queue.status(job)
    assert status.job.state == "finished" and status.job.ended
    assert status.cost == 0.75
    assert status.group == "finished"


async def test_an_unknown_cost_is_unknown_and_not_nothing(desk: QueueHarness) -> None:
    job = await desk.add("a", "b")
    await desk.end("a", cost=0.25)
    await desk.end("b", cost=None)
    assert desk.queue.status(job).cost is None


async def test_the_call_the_user_waits_for_begins_before_all_others(desk: QueueHarness) -> None:
    await desk.add("a", "b", "c", "d", "e")
    await desk.add("mine", "rest", interactive=1)
    assert desk.calls.running == ["a", "b", "c", "mine"]
    for subject in ("a", "b"):
        await desk.end(subject)
    assert desk.calls.running == ["c", "mine", "d"]  # The rest of the second job waits behind the first.


async def test_the_order_of_jobs_can_be_changed(desk: QueueHarness) -> None:
    first = await desk.add("a", "b", "c", "d")
    second = await desk.add("x", "y")
    desk.queue.move(second, before=first)
    await desk.end("a")
    assert desk.calls.running == ["b", "c", "x"]
    assert [status.job.id for status in desk.queue.jobs()] == [second, first]
    desk.queue.move(second)
    await desk.end("b")
    assert desk.calls.running == ["c", "x", "d"]


async def test_a_paused_job_begins_no_more_calls_until_it_is_resumed(desk: QueueHarness) -> None:
    job = await desk.add("a", "b", "c", "d")
    desk.queue.pause(job)
    await desk.end("a")
    assert desk.calls.running == ["b", "c"]
    assert desk.queue.status(job).job.pause_reason == "user"
    desk.queue.resume(job)
    await desk.settle()
    assert desk.calls.running == ["b", "c", "d"]


async def test_stopping_cancels_what_runs_and_drops_what_waits(desk: QueueHarness) -> None:
    job = await desk.add("a", "b", "c", "d", "e")
    await desk.end("a")
    desk.queue.stop(job)
    await desk.settle()
    status = desk.queue.status(job)
    assert (status.done, status.stopped, status.running, status.queued) == (1, 4, 0, 0)
    assert status.job.state == "stopped" and status.job.ended
    assert desk.calls.dropped == ["e"]


async def test_a_call_that_is_stopped_before_its_first_step_is_settled_too(desk: QueueHarness) -> None:
    added = await desk.queue.add(Job("", "takes", model="tts"), ["a"])
    desk.queue.stop(added.id)
    await desk.settle()
    assert desk.calls.begun == []
    assert desk.queue.status(added.id).job.state == "stopped"
    assert desk.queue.status(added.id).stopped == 1


async def test_one_subject_can_be_stopped_alone(desk: QueueHarness) -> None:
    job = await desk.add("a", "b", "c", "d", "e")
    for subject in ("d", "b"):
        desk.queue.stop_subject(subject)
    await desk.settle()
    assert desk.calls.running == ["a", "c", "e"]
    assert desk.calls.dropped == ["d"]
    assert desk.queue.status(job).stopped == 2


async def test_what_was_sent_when_the_program_was_killed_is_lost_and_not_sent_again(desk: QueueHarness) -> None:
    job = await desk.add("a", "b", "c", "d", "e")
    await desk.end("a")
    after = QueueHarness(desk.store)  # The store holds what was written; nothing else outlives a kill.
    interrupted: list[int] = []
    after.queue.on_interrupted.subscribe(interrupted.append)
    await after.queue.load()
    await after.settle()
    status = after.queue.status(job)
    assert (status.done, status.lost, status.queued) == (1, 3, 1)
    assert (status.job.state, status.job.pause_reason) == ("paused", "closed")
    assert after.calls.begun == [] and interrupted == [1]
    after.queue.resume(job)
    await after.settle()
    assert after.calls.begun == ["e"]
    await after.end("e")
    assert after.queue.status(job).group == "decide"
    await after.queue.send_again(job)
    await after.settle()
    assert after.calls.begun == ["e", "b-again1", "c-again2", "d-again3"]
    await after.aclose()


async def test_an_answer_that_was_complete_when_the_program_was_killed_is_done(desk: QueueHarness) -> None:
    job = await desk.add("a", "b")
    after = QueueHarness(desk.store)
    after.calls.complete = {"a"}
    await after.queue.load()
    status = after.queue.status(job)
    assert (status.done, status.lost) == (1, 1)
    assert status.group == "decide"
    after.queue.abandon_lost(job)
    assert after.queue.status(job).group == "finished"
    await after.aclose()


async def test_nothing_is_sent_before_it_is_stored_that_it_is(desk: QueueHarness) -> None:
    job = await desk.add("a", "b")
    assert [desk.store.items[f"{job}.0000{n}"].state for n in range(2)] == ["sent", "sent"]
    desk.store.failure = StorageError(Code.DISK_FULL)
    failures: list[Code] = []
    desk.queue.on_failed.subscribe(lambda error: failures.append(error.code))
    with pytest.raises(StorageError):
        await desk.add("x")
    desk.store.failure = None
    await desk.add("y", "z")
    desk.store.failure = StorageError(Code.DISK_FULL)
    await desk.end("a")  # The record that it is done can't be written; the next one was never sent.
    assert Code.DISK_FULL in failures
    assert "z" not in desk.calls.sent
    desk.store.failure = None


async def test_a_full_disk_pauses_a_job_but_not_the_call_the_user_waits_for(desk: QueueHarness) -> None:
    desk.parallel = 1
    job = await desk.add("mine", "b", "c", interactive=1)
    desk.store.failure = StorageError(Code.DISK_FULL)
    await desk.end("mine")
    status = desk.queue.status(job)
    assert (status.job.state, status.job.pause_reason, status.job.error) == ("paused", "error", "disk-full")
    assert desk.calls.sent == ["mine"]
    assert (status.failed, status.queued) == (0, 2)
    desk.store.failure = None
    desk.queue.resume(job)
    await desk.settle()
    assert desk.calls.sent == ["mine", "b"]


async def test_a_refusal_that_is_repeated_is_not_lost_by_a_kill_meanwhile(desk: QueueHarness) -> None:
    job = await desk.add("a")
    await desk.calls.progress["a"].refused(())
    await desk.settle()
    after = QueueHarness(desk.store)
    await after.queue.load()
    assert (after.queue.status(job).queued, after.queue.status(job).lost) == (1, 0)
    await after.aclose()


async def test_a_connection_that_breaks_after_sending_leaves_a_lost_answer(desk: QueueHarness) -> None:
    job = await desk.add("a", "b")
    await desk.end("a", lost())
    await desk.end("b", ServiceError(Code.BAD_REQUEST, message="no such voice"))
    status = desk.queue.status(job)
    assert (status.lost, status.failed, status.group) == (1, 1, "decide")
    assert [item.detail for item in desk.queue.items(job)] == ["", "no such voice"]
    await desk.queue.retry(job)
    await desk.settle()
    assert desk.calls.running == ["b-again1"]  # The lost one is not sent again by that.


async def test_a_failure_that_all_calls_would_share_pauses_the_job(desk: QueueHarness) -> None:
    desk.parallel = 1
    job = await desk.add("a", "b", "c")
    await desk.end("a", ServiceError(Code.UNAUTHORIZED))
    status = desk.queue.status(job)
    assert (status.job.state, status.job.error, status.failed, status.queued) == ("paused", "unauthorized", 1, 2)
    assert desk.calls.begun == ["a"]


async def test_a_job_waits_while_another_service_is_used(desk: QueueHarness) -> None:
    job = await desk.add("a", "b", "c", "d")
    desk.use("other")
    await desk.end("a")
    assert desk.calls.running == ["b", "c"]
    assert desk.queue.status(job).job.pause_reason == "service"
    desk.use("demo")
    await desk.settle()
    assert desk.calls.running == ["b", "c", "d"]


async def test_a_job_can_be_resumed_with_another_service(desk: QueueHarness) -> None:
    desk.parallel = 1
    job = await desk.add("a", "b")
    desk.use("other")
    await desk.end("a")
    desk.queue.resume(job)
    await desk.settle()
    assert desk.calls.running == ["b"]
    assert desk.queue.status(job).job.service_name == "Other"


async def test_a_pause_of_the_user_is_not_ended_by_a_change_of_service(desk: QueueHarness) -> None:
    desk.parallel = 1
    job = await desk.add("a", "b")
    desk.queue.pause(job)
    desk.use("other")
    desk.use("demo")
    assert desk.queue.status(job).job.pause_reason == "user"


async def test_closing_leaves_what_was_sent_lost_and_the_rest_paused(desk: QueueHarness) -> None:
    job = await desk.add("a", "b", "c", "d")
    await desk.aclose()
    after = QueueHarness(desk.store)
    await after.queue.load()
    status = after.queue.status(job)
    assert (status.lost, status.queued, status.job.pause_reason) == (3, 1, "closed")
    await after.aclose()


async def test_ended_jobs_are_cleared_and_brought_back(desk: QueueHarness) -> None:
    job = await desk.add("a")
    other = await desk.add("b")
    await desk.end("a")
    assert await desk.queue.clear() == (job,)
    assert [status.job.id for status in desk.queue.jobs()] == [other]
    await desk.queue.restore((job,))
    assert [status.job.id for status in desk.queue.jobs()] == [other, job]


async def test_a_job_to_decide_on_is_not_cleared(desk: QueueHarness) -> None:
    job = await desk.add("a")
    await desk.end("a", lost())
    assert await desk.queue.clear() == ()
    assert desk.queue.status(job).lost == 1


async def test_old_ended_jobs_are_forgotten(desk: QueueHarness) -> None:
    job = await desk.add("a")
    await desk.end("a")
    stored = desk.store.jobs[job]
    desk.store.jobs[job] = msgspec.structs.replace(stored, ended=time.time() - ENDED_JOBS_KEPT_SECONDS - 60)
    after = QueueHarness(desk.store)
    await after.queue.load()
    assert after.queue.jobs() == () and desk.store.deleted == {job}
    await after.aclose()


async def test_count_time_and_cost_are_known_before(desk: QueueHarness) -> None:
    assert desk.queue.estimate("takes", "tts", 7).seconds is None
    await desk.add("a")
    await asyncio.sleep(0.01)
    await desk.end("a")
    estimate = desk.queue.estimate("takes", "tts", 7)
    assert (estimate.requests, estimate.free, estimate.cost, estimate.currency) == (7, 100, 3.5, "USD")
    assert estimate.seconds is not None and estimate.seconds > 0


@pytest.mark.parametrize("number", [0, MAX_ITEMS + 1])
async def test_a_job_has_at_least_one_call_and_not_too_many(desk: QueueHarness, number: int) -> None:
    with pytest.raises(ValueError, match="calls"):
        await desk.queue.add(Job("", "takes"), [str(n) for n in range(number)])


async def test_changes_cost_the_same_in_a_large_job(desk: QueueHarness) -> None:
    """Each call looks at its own item and not at all others."""
    seen: list[str] = []
    desk.queue.on_change.subscribe(seen.append)
    await desk.add(*(str(n) for n in range(300)))
    before = len(seen)
    await desk.end("0")
    assert len(seen) - before <= 3


async def test_a_call_that_still_waits_is_not_sent_after_its_job_was_paused(desk: QueueHarness) -> None:
    """The service's limit may let it wait for a minute after it was begun."""
    desk.calls.gate.clear()
    job = await desk.add("a", "b")
    assert desk.calls.begun == ["a", "b"] and desk.queue.status(job).running == 2
    await desk.add("x")
    desk.queue.pause(job)
    assert desk.queue.status(job).job.pause_reason == "user"
    desk.calls.gate.set()
    await desk.settle()
    assert desk.calls.sent == ["x"]
    assert (desk.queue.status(job).queued, desk.queue.status(job).running) == (2, 0)
    desk.queue.resume(job)
    await desk.settle()
    assert sorted(desk.calls.sent) == ["a", "b", "x"]


async def test_a_call_is_only_sent_with_the_service_of_its_job(desk: QueueHarness) -> None:
    """Begun with one service, it would go to another after a switch: another account, another bill."""
    desk.calls.gate.clear()
    job = await desk.add("a", "b")
    desk.use("other")
    desk.calls.gate.set()
    await desk.settle()
    assert desk.calls.sent == [] and desk.queue.status(job).job.pause_reason == "service"
    desk.queue.resume(job)
    await desk.settle()
    assert desk.calls.sent == ["a", "b"] and desk.calls.services == ["other", "other"]


async def test_sending_again_twice_in_a_row_sends_once(desk: QueueHarness) -> None:
    job = await desk.add("a")
    await desk.end("a", lost())
    await asyncio.gather(desk.queue.send_again(job), desk.queue.send_again(job))
    await desk.settle()
    assert desk.calls.sent == ["a", "a-again1"]


async def test_what_cannot_be_stored_is_not_sent_again(desk: QueueHarness) -> None:
    job = await desk.add("a")
    await desk.end("a", lost())
    desk.store.failure = StorageError(Code.DISK_FULL)
    with pytest.raises(StorageError):
        await desk.queue.send_again(job)
    assert desk.calls.sent == ["a"] and desk.queue.status(job).group == "decide"
    desk.store.failure = None
    await desk.queue.send_again(job)
    await desk.settle()
    assert len(desk.calls.sent) == 2


async def test_a_kill_while_it_is_sent_again_leaves_it_in_the_queue(desk: QueueHarness) -> None:
    """The new call and that its job goes on are stored together."""
    desk.calls.gate.clear()
    desk.calls.gate.set()
    job = await desk.add("a")
    await desk.end("a", lost())
    desk.calls.gate.clear()
    await desk.queue.send_again(job)
    after = QueueHarness(desk.store)
    await after.queue.load()
    assert (after.queue.status(job).queued, after.queue.status(job).job.state) == (1, "paused")
    await after.aclose()
    desk.calls.gate.set()


@pytest.mark.parametrize("code", [Code.HOME_IN_USE, Code.FILE_NOT_WRITTEN, Code.DATABASE_DAMAGED])
async def test_a_database_that_cannot_be_written_pauses_a_job_instead_of_failing_all_its_calls(
    desk: QueueHarness, code: Code
) -> None:
    desk.parallel = 1
    job = await desk.add("a", "b", "c", "d")
    desk.store.failure = StorageError(code)
    await desk.end("a")
    desk.store.failure = None
    status = desk.queue.status(job)
    assert (status.job.state, status.job.error, status.failed, status.queued) == ("paused", code, 0, 3)
    assert desk.calls.sent == ["a"]


@pytest.mark.parametrize("code", [Code.UNREACHABLE, Code.TOO_MANY_REQUESTS, Code.KEY_MISSING])
async def test_calls_that_could_not_be_sent_stay_in_the_queue_and_the_job_is_paused(
    desk: QueueHarness, code: Code
) -> None:
    """With the network down, forty calls must not fail one after the other."""
    desk.calls.unsent_errors = {subject: TransportError(code) for subject in ("a", "b", "c")}
    job = await desk.add("a", "b", "c", "d")
    status = desk.queue.status(job)
    assert (status.job.state, status.job.error, status.failed, status.queued) == ("paused", code, 0, 4)
    assert desk.calls.sent == []


async def test_stop_does_not_hide_the_result_of_a_call_that_had_ended(desk: QueueHarness) -> None:
    job = await desk.add("a", "b")
    desk.calls.end("a", cost=0.25)
    desk.queue.stop(job)
    await desk.settle()
    status = desk.queue.status(job)
    assert (status.done, status.stopped, status.cost) == (1, 1, 0.25)


async def test_what_could_not_be_stored_is_stored_with_the_next_change(desk: QueueHarness) -> None:
    job = await desk.add("a", "b")
    desk.store.failure = StorageError(Code.DISK_FULL)
    await desk.end("a")
    desk.store.failure = None
    await desk.end("b")
    assert [item.state for item in desk.store.items.values()] == ["done", "done"]
    assert desk.store.jobs[job].state == "finished"


async def test_jobs_of_what_was_deleted_are_stopped(desk: QueueHarness) -> None:
    mine = (await desk.queue.add(Job("", "takes", model="tts", owner="s"), ["a", "b", "c", "d"])).id
    other = (await desk.queue.add(Job("", "takes", model="tts", owner="t"), ["x"])).id
    await desk.settle()
    desk.queue.stop_owned("s")
    await desk.settle()
    assert desk.queue.status(mine).stopped == 4 and desk.calls.dropped == ["d"]
    assert desk.queue.status(other).running == 1


async def test_the_order_can_be_changed_any_number_of_times(desk: QueueHarness) -> None:
    """Between two numbers there are only so many others."""
    desk.parallel = 0
    first, *others = [await desk.add(subject) for subject in "abc"]
    for _ in range(80):
        others.reverse()
        desk.queue.move(others[0], before=others[1])
        assert [status.job.id for status in desk.queue.jobs()] == [first, *others]


async def test_a_kill_while_a_job_is_stopped_leaves_nothing_queued(desk: QueueHarness) -> None:
    job = await desk.add("a", "b", "c", "d")
    desk.store.jobs[job] = msgspec.structs.replace(desk.store.jobs[job], state="stopped")
    after = QueueHarness(desk.store)
    await after.queue.load()
    await after.settle()
    status = after.queue.status(job)
    assert (status.lost, status.stopped, status.group) == (3, 1, "decide")
    assert after.calls.dropped == ["d"] and status.job.state == "stopped"
    await after.aclose()


async def test_an_import_does_not_pause_a_job_that_is_just_being_stored(desk: QueueHarness) -> None:
    await asyncio.gather(desk.queue.add(Job("", "takes", model="tts"), ["a"]), desk.queue.load())
    await desk.settle()
    assert [status.job.state for status in desk.queue.jobs()] == ["active"] and desk.calls.sent == ["a"]


@pytest.mark.parametrize(
    "fields",
    [
        {"rank": 1e308, "cost": -1e308, "seconds": 1e300, "created": -1e300},
        {"rank": float("inf")},
        {"rank": float("nan"), "cost": float("nan")},
        {"ended": 1e300},
    ],
)
async def test_absurd_numbers_of_a_stored_job_are_brought_within_bounds(
    desk: QueueHarness, fields: dict[str, float]
) -> None:
    job = await desk.add("a")
    desk.store.jobs[job] = Job(**(msgspec.structs.asdict(desk.store.jobs[job]) | fields))
    item = desk.store.items[f"{job}.00000"]
    item = msgspec.structs.replace(item, state="queued", cost=1e308, seconds=1e300, sent=1e300, position=10**30)
    desk.store.items[item.id] = item
    after = QueueHarness(desk.store)
    await after.queue.load()
    for stored in (after.queue.status(job).job, *after.queue.items(job)):
        assert msgspec.json.decode(msgspec.json.encode(stored), type=type(stored)) == stored
    other = await after.add("x")
    after.queue.move(other, before=job)
    after.queue.move(job, before=other)
    assert len(after.queue.jobs()) == 2
    await after.aclose()


async def test_a_call_that_is_stored_twice_is_made_once(desk: QueueHarness) -> None:
    job = await desk.add("a")
    first = msgspec.structs.replace(desk.store.items[f"{job}.00000"], state="queued")
    desk.store.items = {first.id: first, "odd": msgspec.structs.replace(first, id="odd", position=1)}
    after = QueueHarness(desk.store)
    await after.queue.load()
    after.queue.resume(job)
    await after.settle()
    assert after.calls.sent == ["a"]
    await after.aclose()


async def test_what_was_made_before_costs_nothing(desk: QueueHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    """With every change of a job the list is shown; the jobs that have ended are counted once and not looked at."""
    for number in range(30):
        await desk.add(f"old {number}")
        await desk.end(f"old {number}")
    job = await desk.add("a", "b", "c", "d")
    desk.queue.jobs()
    looked_at: list[str] = []
    status = JobEntry.status

    def counted(entry: JobEntry, seconds_left: float | None) -> JobStatus:
        looked_at.append(entry.job.id)
        return status(entry, seconds_left)

    monkeypatch.setattr(JobEntry, "status", counted)
    assert len(desk.queue.jobs()) == 31
    await desk.end("a")
    desk.queue.jobs()
    assert set(looked_at) == {job} and len(looked_at) == 2
    assert desk.queue.has_active("") and desk.queue.active_subjects("") == ("b", "c", "d")
    for subject in "bcd":
        await desk.end(subject)
    assert not desk.queue.has_active("") and desk.queue.jobs()[0].done == 4


async def test_resuming_all_leaves_the_jobs_of_other_services_to_the_user(desk: QueueHarness) -> None:
    other = await desk.add("a", "b", "c", "d")
    desk.use("second")
    here = await desk.add("e", "f", "g", "h")
    desk.queue.pause_all()
    desk.queue.resume_all()
    assert desk.queue.status(here).job.state == "active"
    assert desk.queue.status(other).job.state == "paused"


async def test_the_limits_are_those_of_what_goes_on(desk: QueueHarness, monkeypatch: pytest.MonkeyPatch) -> None:
    assert desk.queue.limits_in_use() is None
    limits = {"tts": Limits(100, 90, 3), "chat": Limits(100, 10, 3), "idle": Limits(100, 0, 3)}
    monkeypatch.setattr(desk.queue, "_limits", limits.__getitem__)
    await desk.add("x", model="idle")
    await desk.end("x")
    await desk.add("a")
    await desk.add("b", model="chat")
    assert desk.queue.limits_in_use() == limits["chat"]


async def test_a_few_more_calls_are_ready_than_may_be_sent(desk: QueueHarness) -> None:
    """They wait for the client's limit, so that it is kept full while the sounds of others are saved."""
    desk.parallel = 8
    await desk.add(*(str(number) for number in range(20)))
    assert len(desk.calls.begun) == 10


async def test_without_a_limit_of_the_client_no_more_calls_begin_than_may_run(desk: QueueHarness) -> None:
    desk.parallel, desk.requests = 8, 0
    await desk.add(*(str(number) for number in range(20)))
    assert len(desk.calls.begun) == 8


async def test_what_is_stopped_on_a_full_disk_is_stored_with_the_next_change(desk: QueueHarness) -> None:
    desk.parallel = 1
    job = await desk.add("a", "b")
    desk.store.failure = StorageError(Code.DISK_FULL)
    desk.queue.stop_subject("b")
    await desk.settle()
    desk.store.failure = None
    await desk.end("a")
    assert [item.state for item in desk.store.items.values()] == ["done", "stopped"]
    assert desk.store.jobs[job].state == "finished"
