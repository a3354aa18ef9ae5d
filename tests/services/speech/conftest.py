"""Speech services on the demo service and a real database, without a sound device."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest

from app.core.profiles import DEMO
from app.mimo.client import MimoClient
from app.services.connection import Connection
from app.services.demo_process import DemoProcess
from app.services.speech.take_service import TakeService
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.storage.home import open_home
from tests.plugins.demo_service import DemoService
from tests.plugins.take_services import take_service


class _Key:
    def __init__(self, value: str) -> None:
        self.value = value


class _Keys:
    def __init__(self, value: str) -> None:
        self._value = value

    async def find(self, name: str, /) -> _Key:
        return _Key(self._value)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(open_home(tmp_path / "home"))
    yield opened
    await opened.close()


@pytest.fixture
async def connection(demo_service: DemoService) -> AsyncIterator[Connection]:
    profile = msgspec.structs.replace(DEMO, kind="self-hosted", base_url=demo_service.base_url, retries=0)
    opened = Connection(profile, keys=_Keys(demo_service.key), make_client=MimoClient, demo=DemoProcess())
    yield opened
    await opened.aclose()


@pytest.fixture
async def speech(connection: Connection, database: Database) -> AsyncIterator[TakeService]:
    failures: list[BaseException] = []
    tasks = TaskSet(failures.append)
    async with take_service(connection, tasks, database) as (service, _queue, _playback):
        yield service
    await tasks.aclose()
    assert failures == []
