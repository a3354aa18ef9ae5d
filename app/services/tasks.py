"""Sets of asyncio tasks: strongly referenced, with their errors reported, and cancelled on close."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from app.core.errors import WorkbenchError

Report = Callable[[BaseException], None]


class ShuttingDown(RuntimeError):
    """Raised by work that starts after its task set was closed. Expected while the program ends, never reported."""


class TaskSet:
    """Owns tasks until they end.

    The event loop keeps only weak references, and an exception in a task that is never awaited stays hidden until the
    task is collected; here it is passed to `report` at once.

    Attributes:
        report: called with every exception.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._refusing = False

    def __len__(self) -> int:
        return len(self._tasks)

    @property
    def closed(self) -> bool:
        """Whether the tasks have been cancelled; `spawn` raises from then on."""
        return self._closed

    @property
    def refusing(self) -> bool:
        """Whether the program has begun to end, so that new work of the user is refused."""
        return self._refusing or self._closed

    def refuse(self) -> None:
        """Set `refusing`. Tasks still run and can be started, so that services can finish what they have begun."""
        self._refusing = True

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Start `work` on the running loop and own it. Raises ShuttingDown after `aclose`."""
        if self._closed:
            work.close()
            raise ShuttingDown(f"task {name!r} started after the set was closed")
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.report(error)

    async def drain(self) -> None:
        """Wait until all tasks have ended, including those started meanwhile."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def aclose(self, seconds: float = 3.0) -> list[str]:
        """Cancel all tasks, wait at most `seconds`, and return the names of tasks that did not end."""
        self._closed = True
        waiting = set(self._tasks)
        for task in waiting:
            task.cancel()
        if not waiting:
            return []
        _, stuck = await asyncio.wait(waiting, timeout=seconds)
        return sorted(task.get_name() for task in stuck)


async def reporting(work: Awaitable[object], failed: Callable[[WorkbenchError], object]) -> None:
    """Await `work`, and pass a WorkbenchError to `failed` instead of raising it."""
    try:
        await work
    except WorkbenchError as error:
        failed(error)
