"""The service that runs conversations side by side, over the demo service and a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from app.core.messages import Usage
from app.core.profiles import DEMO, Profile
from app.core.requests import Sampling
from app.core.side_by_side import Column
from app.mimo.client import MimoClient
from app.services.bench.desk import OpenDesk
from app.services.bench.profile_connections import ProfileConnections
from app.services.bench.run_budget import RunBudget
from app.services.bench.side_by_side import SideBySide
from app.services.chat.approval import Approvals
from app.services.chat.workspace import Workspace
from app.services.connection import Connection
from app.services.demo_process import DemoProcess
from app.services.record_autosaver import RecordAutosaver
from app.services.record_keeper import RecordKeeper
from app.services.tasks import TaskSet
from app.services.tools.builtin import builtin_tools
from app.services.tools.tool import Toolbox
from app.storage.database import Database
from app.storage.home import open_home
from tests.plugins.demo_service import DemoService

Opened = Callable[[], AbstractAsyncContextManager[SideBySide]]
PRO, OTHER = "mimo-v2.5-pro", "mimo-v2.5"
UNPRICED = "no-price"


class _Key:
    def __init__(self, value: str) -> None:
        self.value = value


class _Keys:
    def __init__(self, value: str) -> None:
        self._value = value

    async def find(self, name: str, /) -> _Key:
        return _Key(self._value)


def cost_of(profile: Profile, model: str, usage: Usage | None) -> tuple[float | None, str]:
    """A cent for every thousand tokens of answer; one service bills in another currency, one model has no price."""
    cost = None if usage is None or model == UNPRICED else usage.completion * 1e-5
    return cost, "CNY" if profile.id == "second" else "USD"


@pytest.fixture
def opened(demo_service: DemoService, tmp_path: Path) -> Opened:
    """Opens the service over one home, as often as wanted."""

    @asynccontextmanager
    async def open_() -> AsyncIterator[SideBySide]:
        failures: list[BaseException] = []
        tasks = TaskSet(failures.append)
        database = await Database.open(open_home(tmp_path / "home"))
        profile = msgspec.structs.replace(DEMO, id="here", kind="gateway", base_url=demo_service.base_url, retries=0)
        second = msgspec.structs.replace(profile, id="second", name="Second", base_url=f"{demo_service.root}/nothing")

        def connect(profile: Profile) -> Connection:
            return Connection(
                profile, keys=_Keys(demo_service.key), make_client=MimoClient, demo=DemoProcess(), ends_demo=False
            )

        connection, toolbox, approvals = connect(profile), Toolbox(builtin_tools()), Approvals(ask=False)
        workspace = Workspace(
            connection=connection, toolbox=toolbox, approvals=approvals, tasks=tasks,
            store=database.conversations, search=database.search,
        )  # fmt: skip
        await workspace.load()
        desk = OpenDesk(RecordAutosaver(database.desks, tasks, "desk"), workspace)
        desk.default_columns = lambda session: (
            Column("one", model=PRO, sampling=Sampling(thinking=False)),
            Column("two", model=OTHER, sampling=Sampling(thinking=False)),
        )
        made = SideBySide(
            desk, RecordKeeper(database.beside_runs, tasks, "run"), workspace, database.conversations,
            ProfileConnections(connection, lambda profile_id: second, connect), toolbox, approvals,
            RunBudget(cost_of, lambda: "USD"), tasks,
        )  # fmt: skip
        await made.load()
        try:
            yield made
        finally:
            await made.aclose()
            await workspace.aclose()
            await tasks.aclose()
            await connection.aclose()
            await database.close()
        assert failures == []

    return open_
