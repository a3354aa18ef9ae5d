import pytest

from app.core.redaction import Redactor
from app.storage.database import Database
from app.storage.home import open_home


@pytest.fixture
def home(tmp_path):
    return open_home(tmp_path / "我的 家")


@pytest.fixture
def redactor():
    return Redactor()


@pytest.fixture
async def database(home, redactor):
    opened = await Database.open(home, redactor)
    yield opened
    await opened.close()
