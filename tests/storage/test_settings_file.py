import json
import os
import stat

import pytest

from app.core import settings as declared
from app.core.errors import Code, StorageError
from app.storage import files
from app.storage import settings as stored
from app.storage.settings import SettingsFile

ROW = {"id": "a", "kind": "gateway", "name": "家", "base_url": "https://a.example/v1"}


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "家 with spaces"
    folder.mkdir()
    return folder / "settings.json"


def test_what_was_set_is_there_at_the_next_start(path):
    settings = SettingsFile(path).load()
    settings.set(declared.TEXT_SIZE, 130)
    settings.set(declared.PROFILES, [ROW])
    again = SettingsFile(path).load()
    assert again.get(declared.TEXT_SIZE) == 130
    assert again.get(declared.PROFILES) == [ROW]
    assert again.get(declared.THEME) == "system"


def test_only_its_owner_reads_it(path):
    SettingsFile(path).load().set(declared.TEXT_SIZE, 130)
    assert stat.S_IMODE(path.stat().st_mode) == (0o666 if os.name == "nt" else 0o600)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe\x00", b"[]", b'{"version": 1}', b'{"version": "x", "values": {}}', b"[" * 100_000],
    ids=["empty", "cut", "not utf-8", "list", "no values", "no number", "deep"],
)
def test_a_bad_file_is_set_aside_and_the_defaults_apply(path, content):
    path.write_bytes(content)
    file = SettingsFile(path)
    settings = file.load()
    assert settings.get(declared.TEXT_SIZE) == 100
    assert file.problem is not None and file.problem.code is Code.SETTINGS_DAMAGED
    assert [one.read_bytes() for one in aside(path)] == [content]
    assert file.problem.params["aside"] == str(aside(path)[0])
    settings.set(declared.TEXT_SIZE, 120)
    assert SettingsFile(path).load().get(declared.TEXT_SIZE) == 120


def test_one_bad_value_costs_only_that_value_and_a_copy_is_kept(path):
    content = json.dumps({"version": 1, "values": {"theme": "purple", "text_size": 140}}).encode()
    path.write_bytes(content)
    file = SettingsFile(path)
    settings = file.load()
    assert settings.get(declared.THEME) == "system"
    assert settings.get(declared.TEXT_SIZE) == 140
    assert file.problem is not None and file.problem.params["keys"] == ("theme",)
    assert [one.read_bytes() for one in aside(path)] == [content]


def aside(path):
    return [one for one in path.parent.iterdir() if "damaged" in one.name]


def test_one_bad_row_costs_only_that_row_is_told_of_once_and_stays_in_the_copy(path):
    newer = {**ROW, "id": "b", "kind": "hologram"}
    content = json.dumps({"version": 1, "values": {"profiles": [{"id": "x", "kind": "gateway"}, ROW, newer]}}).encode()
    path.write_bytes(content)
    file = SettingsFile(path)
    assert file.load().get(declared.PROFILES) == [ROW]
    assert file.problem is not None and file.problem.code is Code.SETTINGS_DAMAGED
    assert file.problem.params["keys"] == ("profiles",)
    (copy,) = aside(path)
    assert file.problem.params["aside"] == str(copy)
    assert copy.read_bytes() == content
    assert stat.S_IMODE(copy.stat().st_mode) == (0o666 if os.name == "nt" else 0o600)
    again = SettingsFile(path)
    assert again.load().get(declared.PROFILES) == [ROW]
    assert again.problem is None
    assert aside(path) == [copy]


HOLOGRAM = {**ROW, "id": "b", "kind": "hologram"}
PRICE = {"currency": "USD", "hit": 0.1, "miss": 1.0, "output": 2.0}


def test_services_of_a_kind_only_a_newer_program_knows_stay_in_the_file(path):
    content = json.dumps({"version": 1, "values": {"profiles": [HOLOGRAM, ROW]}}).encode()
    path.write_bytes(content)
    file = SettingsFile(path)
    settings = file.load()
    assert settings.get(declared.PROFILES) == [ROW]
    assert file.problem is None and aside(path) == []
    assert path.read_bytes() == content, "nothing is written before something is set"
    settings.set(declared.PROFILES, [])
    settings.set(declared.THEME, "dark")
    assert json.loads(path.read_text())["values"] == {"theme": "dark", "profiles": [HOLOGRAM]}
    settings.set(declared.PROFILES, [{**ROW, "id": "b"}])
    assert json.loads(path.read_text())["values"]["profiles"] == [{**ROW, "id": "b"}]


def test_a_newer_service_stays_also_beside_a_bad_row_that_is_set_aside(path):
    path.write_text(json.dumps({"version": 1, "values": {"profiles": [{"id": "x", "kind": "gateway"}, HOLOGRAM]}}))
    file = SettingsFile(path)
    file.load()
    assert file.problem is not None and len(aside(path)) == 1
    assert json.loads(path.read_text())["values"]["profiles"] == [HOLOGRAM]


def test_whatever_of_a_newer_file_can_not_be_used_is_written_back(path):
    values = {
        "theme": "purple",
        "text_size": 900,
        "profiles": [{"id": "x", "shape": "round"}, ROW],
        "prices": {"a": {"m": PRICE, "n": {"per": "minute"}}, "b": {"o": {"per": "hour"}}},
    }
    content = json.dumps({"version": 99, "values": values}).encode()
    path.write_bytes(content)
    file = SettingsFile(path)
    settings = file.load()
    assert file.problem is None and aside(path) == [] and path.read_bytes() == content
    assert (settings.get(declared.THEME), settings.get(declared.PROFILES)) == ("system", [ROW])
    assert settings.get(declared.PRICES) == {"a": {"m": PRICE}}
    settings.set(declared.TEXT_SIZE, 120)
    settings.set(declared.PRICES, {"a": {"m": {**PRICE, "miss": 3.0}}, "c": {"p": PRICE}})
    written = json.loads(path.read_text())
    assert written["version"] == 99
    assert written["values"] == {
        "theme": "purple",
        "text_size": 120,
        "profiles": [ROW, {"id": "x", "shape": "round"}],
        "prices": {
            "a": {"m": {**PRICE, "miss": 3.0}, "n": {"per": "minute"}},
            "b": {"o": {"per": "hour"}},
            "c": {"p": PRICE},
        },
    }


def test_one_wrong_price_costs_only_that_price(path):
    table = {"a": {"m": PRICE, "n": {**PRICE, "hit": "free"}}, "b": {"o": {**PRICE, "currency": "EUR"}}, "c": 7}
    path.write_text(json.dumps({"version": 1, "values": {"prices": table}}))
    file = SettingsFile(path)
    assert file.load().get(declared.PRICES) == {"a": {"m": PRICE}}
    assert file.problem is not None and file.problem.params["keys"] == ("prices",)
    assert len(aside(path)) == 1


@pytest.mark.parametrize("content", [b"{", json.dumps({"version": 1, "values": {"theme": "purple"}}).encode()])
def test_what_could_not_be_set_aside_is_not_replaced_before_it_is(path, content, monkeypatch):
    path.write_bytes(content)
    with monkeypatch.context() as patched:
        patched.setattr(stored, "set_aside", refuse)
        patched.setattr(stored, "write_whole", refuse)
        file = SettingsFile(path)
        settings = file.load()
        settings.set(declared.TEXT_SIZE, 120)
        assert file.problem is not None and file.problem.params["aside"] == str(path)
        assert path.read_bytes() == content
    settings.set(declared.TEXT_SIZE, 130)
    assert [one.read_bytes() for one in aside(path)] == [content]
    assert SettingsFile(path).load().get(declared.TEXT_SIZE) == 130
    settings.set(declared.TEXT_SIZE, 140)
    assert len(aside(path)) == 1


def refuse(path, *rest):
    raise StorageError(Code.HOME_READ_ONLY, path=str(path))


def test_a_folder_whose_name_is_no_text_can_be_remembered(path):
    folder = "/tmp/\udcff\udce5 家"
    SettingsFile(path).load().set(declared.LAST_FOLDER, folder)
    file = SettingsFile(path)
    assert file.load().get(declared.LAST_FOLDER) == folder
    assert file.problem is None


def test_a_file_of_a_newer_program_keeps_what_we_do_not_know(path):
    path.write_text(json.dumps({"version": 99, "values": {"text_size": 140, "hologram": {"on": True}}}))
    file = SettingsFile(path)
    settings = file.load()
    settings.set(declared.THEME, "dark")
    assert file.problem is None
    written = json.loads(path.read_text())
    assert written == {"version": 99, "values": {"text_size": 140, "theme": "dark", "hologram": {"on": True}}}


def test_an_unreadable_file_never_stops_the_start(path):
    path.mkdir()
    file = SettingsFile(path)
    assert file.load().get(declared.TEXT_SIZE) == 100
    assert file.problem is not None


def test_a_full_disk_leaves_the_old_file_whole(path, monkeypatch):
    settings = SettingsFile(path).load()
    settings.set(declared.TEXT_SIZE, 130)
    before = path.read_bytes()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    failures = []
    settings.on_failed.subscribe(failures.append)
    with monkeypatch.context() as patched:
        patched.setattr(files.os, "fsync", full)
        settings.set(declared.TEXT_SIZE, 150)
    assert [error.code for error in failures] == [Code.DISK_FULL]
    assert settings.get(declared.TEXT_SIZE) == 150
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == ["settings.json"]
    settings.set(declared.TEXT_SIZE, 160)
    assert SettingsFile(path).load().get(declared.TEXT_SIZE) == 160
