import re
from pathlib import Path

import pytest

from app.core import settings as declared
from app.core.errors import Code, InputError, StorageError
from app.core.settings import DECLARED, Settings


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
        (declared.PROFILES, [{"id": "a"}, {"id": "a"}]),
        (declared.PROFILES, [{"name": "no id"}]),
        (declared.PROFILES, {"id": "a"}),
        (declared.ALWAYS_ALLOWED_TOOLS, ["clock", 3]),
        (declared.MODELS, {"demo": "mimo"}),
    ],
)
def test_a_value_that_cannot_be_used_changes_nothing(setting, value):
    settings = Settings()
    before = settings.get(setting)
    with pytest.raises(InputError) as refused:
        settings.set(setting, value)
    assert refused.value.code is Code.SETTING_INVALID
    assert refused.value.params["key"] == setting.key
    assert settings.get(setting) == before


def test_who_watches_is_told_each_change_once_and_not_after_stopping():
    settings, seen = Settings(), []
    stop = settings.watch(declared.TEXT_SIZE, seen.append)
    settings.set(declared.TEXT_SIZE, 120)
    settings.set(declared.TEXT_SIZE, 120)
    settings.reset(declared.TEXT_SIZE)
    stop()
    settings.set(declared.TEXT_SIZE, 140)
    assert seen == [120, 100]


def test_a_list_that_was_handed_out_is_a_copy():
    settings = Settings()
    rows = [{"id": "a", "headers": {"x": 1}}]
    settings.set(declared.PROFILES, rows)
    rows[0]["headers"]["x"] = 2
    settings.get(declared.PROFILES).append({"id": "b"})
    assert settings.get(declared.PROFILES) == [{"id": "a", "headers": {"x": 1}}]


def test_a_change_that_could_not_be_written_holds_for_this_run_and_says_so():
    def full(values):
        raise StorageError(Code.DISK_FULL, path="/x")

    settings, seen = Settings(keep=full), []
    settings.watch(declared.THEME, seen.append)
    with pytest.raises(StorageError):
        settings.set(declared.THEME, "dark")
    assert settings.get(declared.THEME) == "dark"
    assert seen == ["dark"]


def test_every_setting_is_heeded() -> None:
    """A setting that nothing reads would be a promise."""
    app = Path(declared.__file__).parents[1]
    sources = "\n".join(path.read_text() for path in app.rglob("*.py") if path != Path(declared.__file__))
    names = {name for name, value in vars(declared).items() if isinstance(value, declared.Setting)}
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", sources)] == []
