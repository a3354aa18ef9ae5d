import re
from pathlib import Path

import pytest

from app.core import settings as declared
from app.core.errors import Code, InputError, StorageError
from app.core.settings import DECLARED, Settings

ROW = {"id": "a", "kind": "gateway", "name": "A", "base_url": "https://a.example/v1"}


def test_every_default_passes_its_own_check():
    for setting in DECLARED.values():
        assert setting.check(setting.default) == setting.default


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        (declared.THEME, "purple"),
        (declared.TEXT_SIZE, 79),
        (declared.TEXT_SIZE, 201),
        (declared.TEXT_SIZE, True),
        (declared.TEXT_SIZE, 100.0),
        (declared.IDLE_TIMEOUT, float("nan")),
        (declared.IDLE_TIMEOUT, "90"),
        (declared.PROXY, "x" * 5000),
        (declared.PROXY, "a\0b"),
        (declared.TRUST_ENV, 1),
        (declared.PROFILES, [ROW, ROW]),
        (declared.PROFILES, [{name: value for name, value in ROW.items() if name != "id"}]),
        (declared.PROFILES, ROW),
        (declared.ALWAYS_ALLOWED_TOOLS, ["clock", 3]),
        (declared.MODELS, {"demo": "mimo"}),
    ],
)
def test_an_invalid_value_is_refused_and_changes_nothing(setting, value):
    settings = Settings()
    before = settings.get(setting)
    with pytest.raises(InputError) as refused:
        settings.set(setting, value)
    assert refused.value.code is Code.SETTING_INVALID
    assert refused.value.params["key"] == setting.key
    assert settings.get(setting) == before


def test_a_watcher_gets_each_change_once_until_it_stops():
    settings, seen = Settings(), []
    stop = settings.watch(declared.TEXT_SIZE, seen.append)
    settings.set(declared.TEXT_SIZE, 120)
    settings.set(declared.TEXT_SIZE, 120)
    settings.reset(declared.TEXT_SIZE)
    stop()
    settings.set(declared.TEXT_SIZE, 140)
    assert seen == [120, 100]


def test_a_list_is_returned_as_a_copy():
    settings = Settings()
    rows = [{**ROW, "extra_body": {"x": 1}}]
    settings.set(declared.PROFILES, rows)
    rows[0]["extra_body"]["x"] = 2
    settings.get(declared.PROFILES).append({**ROW, "id": "b"})
    assert settings.get(declared.PROFILES) == [{**ROW, "extra_body": {"x": 1}}]


def test_the_valid_rows_of_a_list_are_salvaged():
    other = {**ROW, "id": "b"}
    bad = [{**ROW, "kind": "oracle"}, {"id": "x", "kind": "gateway"}, {**ROW, "retries": "3"}, 7, {**ROW, "id": ""}]
    bad += [{**ROW, "id": "this-run"}, {**ROW, "id": "this-run https://x"}, {**ROW, "id": 5}]
    assert declared.PROFILES.salvage([*bad, ROW, *bad, other, {**ROW, "name": "again"}]) == [ROW, other]
    assert declared.PROFILES.salvage("rows") is None
    for row in bad:
        with pytest.raises(InputError):
            Settings().set(declared.PROFILES, [ROW, row])


class Disk:
    """Saves values, or fails because it is full."""

    def __init__(self):
        self.full = True
        self.saved = {}

    def save(self, values):
        if self.full:
            raise StorageError(Code.DISK_FULL, path="/x")
        self.saved = values


def test_a_change_that_cannot_be_saved_applies_to_this_run_and_is_reported():
    disk, seen, failures = Disk(), [], []
    settings = Settings(save=disk.save)
    settings.on_failed.subscribe(failures.append)
    settings.watch(declared.THEME, seen.append)
    settings.set(declared.THEME, "dark")
    settings.reset(declared.THEME)
    settings.set(declared.TEXT_SIZE, 120)
    assert [error.code for error in failures] == [Code.DISK_FULL] * 3
    assert seen == ["dark", "system"]
    assert settings.get(declared.TEXT_SIZE) == 120
    disk.full = False
    settings.set(declared.THEME, "light")
    assert disk.saved == {"theme": "light", "text_size": 120}
    assert len(failures) == 3


def test_an_early_failure_is_reported_to_the_first_callback_unless_saved_since():
    disk, failures = Disk(), []
    settings = Settings(save=disk.save)
    settings.set(declared.THEME, "dark")
    settings.on_failed.subscribe(failures.append)
    settings.on_failed.subscribe(failures.append)
    assert [error.code for error in failures] == [Code.DISK_FULL]
    later = Settings(save=disk.save)
    later.set(declared.THEME, "dark")
    disk.full = False
    later.set(declared.THEME, "light")
    later.on_failed.subscribe(failures.append)
    assert len(failures) == 1


def test_every_setting_is_used_by_the_program() -> None:
    package = Path(declared.__file__).parent
    sources = "\n".join(path.read_text() for path in package.parents[1].rglob("*.py") if package not in path.parents)
    names = {name for name, value in vars(declared).items() if isinstance(value, declared.Setting)}
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", sources)] == []
