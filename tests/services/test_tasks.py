"""Owned tasks report their failures and end when their owner does."""

import asyncio

import pytest

from app.services.tasks import ShuttingDown, TaskSet


async def test_a_failure_is_reported_at_once() -> None:
    reported: list[BaseException] = []
    tasks = TaskSet(reported.append)

    async def fails() -> None:
        raise ValueError("boom")

    tasks.spawn(fails(), "fails")
    await asyncio.sleep(0.01)
    assert [str(error) for error in reported] == ["boom"]
    assert len(tasks) == 0


async def test_closing_cancels_and_names_what_will_not_end() -> None:
    release = asyncio.Event()
    tasks = TaskSet(lambda error: pytest.fail(str(error)))

    async def stubborn() -> None:
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue

    polite = tasks.spawn(asyncio.sleep(60), "polite")
    kept = tasks.spawn(stubborn(), "stubborn")
    await asyncio.sleep(0)
    assert await tasks.aclose(0.05) == ["stubborn"]
    assert polite.cancelled()
    release.set()
    await kept


async def test_nothing_starts_after_the_end() -> None:
    tasks = TaskSet(lambda error: None)
    await tasks.aclose()
    with pytest.raises(ShuttingDown):
        tasks.spawn(asyncio.sleep(0), "late")
