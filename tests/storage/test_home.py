import errno
import fcntl
import multiprocessing
import os
import stat
from pathlib import Path

import pytest

from app.core.errors import Code, StorageError
from app.storage.erasing import erase
from app.storage.files import name_aside
from app.storage.home import HomeLock, clear_leftovers, find_home, open_home


def test_the_argument_goes_before_the_environment_and_that_before_the_system(tmp_path):
    assert find_home(tmp_path / "a", {"MIMO_WORKBENCH_HOME": str(tmp_path / "b")}) == tmp_path / "a"
    assert find_home(None, {"MIMO_WORKBENCH_HOME": str(tmp_path / "b")}) == tmp_path / "b"
    assert "mimo-workbench" in str(find_home(None, {}))


def test_a_home_on_a_path_with_spaces_and_chinese_is_private(tmp_path):
    home = open_home(tmp_path / "我的 家" / "mimo")
    assert all(folder.is_dir() for folder in home.folders)
    if os.name != "nt":
        assert {stat.S_IMODE(folder.stat().st_mode) for folder in home.folders} == {0o700}


def _open_without_rights(root: Path, outcome) -> None:
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    try:
        open_home(root)
    except StorageError as error:
        outcome.put(error.code)
    else:
        outcome.put(None)


@pytest.mark.parametrize("missing", [True, False], ids=["not there yet", "there"])
def test_a_home_that_cannot_be_written_is_named_so(tmp_path, missing):
    root = tmp_path / "home"
    if not missing:
        open_home(root)
        root.chmod(0o555)
    tmp_path.chmod(0o555)
    for parent in (tmp_path.parent, tmp_path.parent.parent):
        parent.chmod(0o755)
    context = multiprocessing.get_context("fork")
    outcome = context.Queue()
    process = context.Process(target=_open_without_rights, args=(root, outcome))
    process.start()
    try:
        assert outcome.get(timeout=10) is Code.HOME_READ_ONLY
    finally:
        process.join(10)
        tmp_path.chmod(0o755)
        if not missing:
            root.chmod(0o755)


def test_a_home_below_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError) as refused:
        open_home(tmp_path / "file" / "home")
    assert refused.value.code is Code.FILE_NOT_WRITTEN


def _hold(path: Path, line) -> None:
    HomeLock(path).acquire()
    line.send("held")
    line.recv()


def test_a_second_program_on_one_home_is_told_who_holds_it(tmp_path):
    path = tmp_path / "lock"
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_hold, args=(path, there))
    process.start()
    try:
        assert here.poll(10) and here.recv() == "held"
        mine = HomeLock(path)
        with pytest.raises(StorageError) as refused:
            mine.acquire()
        assert refused.value.code is Code.HOME_IN_USE
        assert refused.value.params["process"] == str(process.pid)
        process.kill()
        process.join(10)
        mine.acquire()
        mine.release()
    finally:
        process.kill()
        process.join(10)


def test_a_home_on_a_file_system_without_locks_is_refused_and_nothing_stays_open(tmp_path, monkeypatch):
    asked = []

    def no_locks(descriptor, operation):
        asked.append(descriptor)
        raise OSError(errno.ENOLCK, "No locks available")

    with monkeypatch.context() as network:
        network.setattr(fcntl, "flock", no_locks)
        with pytest.raises(StorageError) as refused:
            HomeLock(tmp_path / "lock").acquire()
    assert refused.value.code is Code.FILE_NOT_WRITTEN
    assert refused.value.params["message"] == "No locks available"
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(*asked)


def leave_half_done(home):
    """What kills leave: in the middle of an export, of saving a key, of a backup."""
    copies = home.temporary / "export"
    copies.mkdir()
    left = [
        copies / "database.db", home.temporary / "salvaged.db", home.root / ".secrets.json.4711.tmp",
        home.root / ".settings.json.4711.tmp", home.backups / ".backup-000001-20260102-030405.db.tmp",
    ]  # fmt: skip
    for path in left:
        path.write_text("a key in plain text")
    return [*left, copies]


def test_what_a_kill_left_half_done_is_gone_at_the_next_start(tmp_path):
    home = open_home(tmp_path / "home")
    (home.root / "temporary").mkdir()
    kept = [
        home.settings, home.secrets, home.backups / "backup-000001-20260102-030405.db", home.root / "own.tmp",
        home.root / "temporary" / "thesis.odt", home.root / ".vimrc.tmp", home.backups / ".mine.tmp",
    ]  # fmt: skip
    for path in kept:
        path.write_text("kept")
    left = leave_half_done(home)
    clear_leftovers(home)
    assert not [path for path in left if path.exists()]
    assert all(path.read_text() == "kept" for path in kept)
    clear_leftovers(open_home(home.root))


def test_erasing_leaves_nothing_of_the_program_and_everything_of_the_person(tmp_path):
    home = open_home(tmp_path / "home")
    leave_half_done(home)
    for path in (home.settings, home.secrets, home.database, home.forward, home.replacement, home.log):
        path.write_text("kept")
    for path in (home.settings, home.secrets, home.database):
        name_aside(path).write_text("damaged")
    own = home.root / "notes.txt"
    own.write_text("of a person")
    home.lock.write_text("1")
    assert erase(home) == []
    assert sorted(path.name for path in home.root.iterdir()) == ["lock", "notes.txt"]
